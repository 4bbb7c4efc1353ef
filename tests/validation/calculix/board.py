# SPDX-License-Identifier: GPL-3.0-or-later
"""Case 9 of docs/facts/thermal.md soldered to a board, in CalculiX (C3D20R): die and underfill join at 220 C, the board at
217 C, figures of the substrate's lower face at 25 C. The balls are one layer: cylinders of 0.6 x 0.4 mm on 1 mm, built in
at both ends. Writes tests/data/calculix_board.json: on the finer mesh, with what they moved from the coarser one.
  /usr/bin/python3 board.py OUT [--threads 2]"""
import argparse
import json
import math

import numpy as np

import ccx
import figures
import grid
from stiffener import CORES, HALF_COPPER, SILICON, UNDERFILL, planes_z

FR4 = (ccx.isotropic(25.0, 0.18), [15.0] * 3)
BALL_GPa, BALL_NU, BALL_PPM, DIAMETER_MM, HEIGHT_MM, PITCH_MM = 46.5, 0.37, 22.0, 0.6, 0.4, 1.0
FIELD_MM, MARGIN_MM, BOARD_MM = 43.5, 10.0, 2.0
CASES = [(core, build_up) for core in CORES for build_up in (False, True)]
PLACES_MM = {"corner": (45, 45), "edge_middle": (45, 0), "die_corner": (15, 15)}


def balls():
    area, shear_GPa = math.pi / 4 * DIAMETER_MM ** 2, BALL_GPa / (2 * (1 + BALL_NU))
    inertia = math.pi / 64 * DIAMETER_MM ** 4
    cowper = 6 * (1 + BALL_NU) / (7 + 6 * BALL_NU)
    stiffness = 1 / (HEIGHT_MM ** 3 / (12 * BALL_GPa * inertia) + HEIGHT_MM / (cowper * shear_GPa * area))
    shear, across = stiffness * HEIGHT_MM / PITCH_MM ** 2, BALL_GPa * area / PITCH_MM ** 2
    flat = 1e-3 * across
    return ({"E_GPa": [flat, flat, across], "nu": [0.0] * 3, "G_GPa": [1e-3 * shear, shear, shear]}, [BALL_PPM] * 3)


def bodies(core, build_up):
    """Box in the quarter, stiffness, expansions; the board and its balls last. The substrate's lower face is at 0."""
    film = (HALF_COPPER[0], [HALF_COPPER[1]] * 3)
    layers = [(0.2, film)] * build_up + [(1.2, (CORES[core][0], [CORES[core][1]] * 3))] + [(0.2, film)] * build_up
    all_bodies, z = [], 0.0
    for thickness, body in layers:
        all_bodies.append(((0, 45, 0, 45, z, round(z + thickness, 9)), *body))
        z = round(z + thickness, 9)
    for thickness, (stiffness, ppm) in ((0.1, UNDERFILL), (0.775, SILICON)):
        all_bodies.append(((0, 15, 0, 15, z, round(z + thickness, 9)), stiffness, [ppm] * 3))
        z = round(z + thickness, 9)
    end = 45 + MARGIN_MM
    return all_bodies, [((0, FIELD_MM, 0, FIELD_MM, -HEIGHT_MM, 0.0), *balls()),
                        ((0, end, 0, end, -HEIGHT_MM - BOARD_MM, -HEIGHT_MM), *FR4)]


def lifts_um(case, scale, threads):
    package, board = bodies(*case)
    x = grid.graded_planes([(0, None), (15, 0.15), (FIELD_MM, 0.2), (45, 0.3), (45 + MARGIN_MM, None)], 0.7, 5.0, scale)
    z = planes_z(package + board, 1)
    points = [(0, 0, 0)] + [(*p, 0) for p in PLACES_MM.values()]
    total, equations = np.zeros(len(PLACES_MM)), 0
    for present, rise in ((package, -3.0), (package + board, -192.0)):
        box, stiffness, ppm = zip(*present)
        mesh = grid.Mesh(x, x, z, grid.body_of_cells(x, x, z, box), quadratic=True)
        run = ccx.solve(mesh, "C3D20R", stiffness, [[1e-6 * v for v in p] for p in ppm], rise, threads=threads)
        total += figures.lift_um(mesh, run.displacement_mm, points)
        equations = run.equations
    return total, equations


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    rows = []
    for case in CASES:
        coarse, _ = lifts_um(case, 1.4, arguments.threads)
        fine, equations = lifts_um(case, 0.9, arguments.threads)
        rows.append({"core": case[0], "build_up": case[1], "equations": equations,
                     "lift_um": {n: round(float(v), 3) for n, v in zip(PLACES_MM, fine)},
                     "moved_um": {n: round(float(v), 3) for n, v in zip(PLACES_MM, fine - coarse)}})
        print(json.dumps(rows[-1]), flush=True)
    with open(arguments.out, "w") as out:
        json.dump({"source": "tests/validation/calculix/board.py, CalculiX 2.20, C3D20R", "rows": rows}, out, indent=1)
        out.write("\n")
