# SPDX-License-Identifier: GPL-3.0-or-later
"""Case 9 of docs/facts/thermal.md soldered to a board, in CalculiX (C3D20R): die and underfill join at 220 C, the board at
217 C, figures of the substrate's lower face at 25 C. The balls are one layer: cylinders of 0.6 x 0.4 mm on 1 mm, built in
at both ends. Writes tests/data/calculix_board.json.
  /usr/bin/python3 board.py OUT [--threads 2]"""
import math

import attached
import ccx
from stiffener import CORES, package

FR4 = (ccx.isotropic(25.0, 0.18), [15.0] * 3)
BALL_GPa, BALL_NU, BALL_PPM, DIAMETER_MM, HEIGHT_MM, PITCH_MM = 46.5, 0.37, 22.0, 0.6, 0.4, 1.0
FIELD_MM, END_MM, BOARD_MM = 43.5, 55.0, 2.0
PLACES_MM = {"corner": (45, 45), "edge_middle": (45, 0), "die_corner": (15, 15)}


def balls():
    area, shear_GPa = math.pi / 4 * DIAMETER_MM ** 2, BALL_GPa / (2 * (1 + BALL_NU))
    inertia = math.pi / 64 * DIAMETER_MM ** 4
    cowper = 6 * (1 + BALL_NU) / (7 + 6 * BALL_NU)
    stiffness = 1 / (HEIGHT_MM ** 3 / (12 * BALL_GPa * inertia) + HEIGHT_MM / (cowper * shear_GPa * area))
    shear, across = stiffness * HEIGHT_MM / PITCH_MM ** 2, BALL_GPa * area / PITCH_MM ** 2
    flat = 1e-3 * across
    return ({"E_GPa": [flat, flat, across], "nu": [0.0] * 3, "G_GPa": [1e-3 * shear, shear, shear]}, [BALL_PPM] * 3)


def solve(case, scale, threads):
    board = [((0, FIELD_MM, 0, FIELD_MM, -HEIGHT_MM, 0.0), *balls()),
             ((0, END_MM, 0, END_MM, -HEIGHT_MM - BOARD_MM, -HEIGHT_MM), *FR4)]
    stops = [(0, None), (15, 0.15), (FIELD_MM, 0.2), (45, 0.3), (END_MM, None)]
    return attached.lifts_um(package(case["core"], case["build_up"])[0], board, stops, (-3.0, -192.0),
                             PLACES_MM.values(), scale, threads)


if __name__ == "__main__":
    attached.write_rows("board.py", [{"core": core, "build_up": build_up} for core in CORES
                                     for build_up in (False, True)], solve, PLACES_MM)
