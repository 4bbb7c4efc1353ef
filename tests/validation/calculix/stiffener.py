# SPDX-License-Identifier: GPL-3.0-or-later
"""A ring of steel on case 9 of docs/facts/thermal.md, in CalculiX (C3D20R): die and underfill join at 220 C, the ring on
its adhesive at 150 C, figures at 25 C. Writes tests/data/calculix_stiffener.json: on the finer mesh, with what they moved
from the coarser one.
  /usr/bin/python3 stiffener.py OUT [--threads 2]"""
import argparse
import json

import numpy as np

import ccx
import figures
import grid

CORES = {"glass": (ccx.isotropic(73.6, 0.23), 3.17), "laminate": (ccx.isotropic(26.0, 0.20), 15.0)}
HALF_COPPER = (ccx.isotropic(23.7, 0.30), 20.9)
ADHESIVES = {"stiff": (ccx.isotropic(0.358, 0.47), 136.0), "soft": (ccx.isotropic(0.005, 0.47), 180.0)}
STEEL = (ccx.isotropic(193.0, 0.29), 17.3)
UNDERFILL = (ccx.isotropic(8.0, 0.33), 30.0)
SILICON = (ccx.isotropic(130.0, 0.28), 2.6)
OUTER_MM, INNER_MM, ADHESIVE_MM, RING_MM, FILM_MM, CORE_MM = 42.0, 34.0, 0.1, 1.5, 0.2, 1.2
CASES = [(core, adhesive, build_up) for core in CORES for adhesive in ADHESIVES for build_up in (False, True)]
PLACES_MM = {"corner": (45, 45), "edge_middle": (45, 0), "ring_corner": (34, 34), "die_corner": (15, 15)}


def bodies(core, adhesive, build_up):
    """Box in the quarter, stiffness, expansion; the ring last, its bars on their adhesive."""
    all_bodies, z = [], 0.0
    for thickness, body in ((FILM_MM, HALF_COPPER), (CORE_MM, CORES[core]), (FILM_MM, HALF_COPPER)):
        if body is not HALF_COPPER or build_up:
            all_bodies.append(((0, 45, 0, 45, z, round(z + thickness, 9)), *body))
            z = round(z + thickness, 9)
    for thickness, body in ((0.1, UNDERFILL), (0.775, SILICON)):
        top = round(z + thickness, 9)
        all_bodies.append(((0, 15, 0, 15, z, top), *body))
        z = top
    top = round(z - 0.875, 9)
    without = len(all_bodies)
    for low, high, body in ((top, top + ADHESIVE_MM, ADHESIVES[adhesive]),
                            (top + ADHESIVE_MM, top + ADHESIVE_MM + RING_MM, STEEL)):
        low, high = round(low, 9), round(high, 9)
        all_bodies.append(((INNER_MM, OUTER_MM, 0, OUTER_MM, low, high), *body))
        all_bodies.append(((0, INNER_MM, INNER_MM, OUTER_MM, low, high), *body))
    return all_bodies, without, top


def planes_z(all_bodies, parts):
    faces = sorted({box[i] for box, *_ in all_bodies for i in (4, 5)})
    cuts = []
    for low, high in zip(faces[:-1], faces[1:]):
        n = max(1, int(np.ceil((high - low) / 0.4))) * parts
        cuts.extend(np.linspace(low, high, n + 1)[:-1])
    return np.round(np.array(cuts + [faces[-1]]), 9)


def lifts_um(case, scale, parts, threads):
    all_bodies, without, _ = bodies(*case)
    x = grid.graded_planes([(0, None), (15, 0.15), (INNER_MM, 0.2), (OUTER_MM, 0.2), (45, 0.4)], 0.7, 5.0, scale)
    z = planes_z(all_bodies, parts)
    points = [(0, 0, 0)] + [(*p, 0) for p in PLACES_MM.values()]
    total = np.zeros(len(PLACES_MM))
    equations = 0
    for count, rise in ((without, -70.0), (len(all_bodies), -125.0)):
        box, stiffness, ppm = zip(*all_bodies[:count])
        mesh = grid.Mesh(x, x, z, grid.body_of_cells(x, x, z, box), quadratic=True)
        run = ccx.solve(mesh, "C3D20R", stiffness, [[1e-6 * p] * 3 for p in ppm], rise, threads=threads)
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
        coarse, _ = lifts_um(case, 1.4, 1, arguments.threads)
        fine, equations = lifts_um(case, 0.9, 1, arguments.threads)
        rows.append({"core": case[0], "adhesive": case[1], "build_up": case[2], "equations": equations,
                     "lift_um": {n: round(float(v), 3) for n, v in zip(PLACES_MM, fine)},
                     "moved_um": {n: round(float(v), 3) for n, v in zip(PLACES_MM, fine - coarse)}})
        print(json.dumps(rows[-1]), flush=True)
    with open(arguments.out, "w") as out:
        json.dump({"source": "tests/validation/calculix/stiffener.py, CalculiX 2.20, C3D20R", "rows": rows}, out,
                  indent=1)
        out.write("\n")
