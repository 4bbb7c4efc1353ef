# SPDX-License-Identifier: GPL-3.0-or-later
"""A package to which something is attached at its own temperature, as two loads on one set of planes (C3D20R): the
package alone, then with what is attached. Used by stiffener.py and board.py."""
import argparse
import json

import numpy as np

import ccx
import figures
import grid

COARSE, FINE = 1.4, 0.9  # scales of the planes


def planes_z(bodies):
    """Every face, and layers cut into cells of 0.4 mm at most."""
    faces = sorted({box[i] for box, *_ in bodies for i in (4, 5)})
    cuts = []
    for low, high in zip(faces[:-1], faces[1:]):
        cuts.extend(np.linspace(low, high, max(1, int(np.ceil((high - low) / 0.4))) + 1)[:-1])
    return np.round(np.array(cuts + [faces[-1]]), 9)


def lifts_um(package, attached, stops_mm, rises_K, places_mm, scale, threads):
    """Lifts of the plane z = 0 against its middle, and the number of equations with all bodies. Bodies: box in the
    quarter, stiffness, expansion in ppm/K along three axes. `rises_K`: without and with what is attached."""
    everything = package + attached
    x, z = grid.graded_planes(stops_mm, 0.7, 5.0, scale), planes_z(everything)
    points = [(0, 0, 0)] + [(*p, 0) for p in places_mm]
    total, equations = np.zeros(len(places_mm)), 0
    for present, rise in ((package, rises_K[0]), (everything, rises_K[1])):
        box, stiffness, ppm = zip(*present)
        mesh = grid.Mesh(x, x, z, grid.body_of_cells(x, x, z, box), quadratic=True)
        run = ccx.solve(mesh, "C3D20R", stiffness, [[1e-6 * v for v in p] for p in ppm], rise, threads=threads)
        total += figures.lift_um(mesh, run.displacement_mm, points)
        equations = run.equations
    return total, equations


def write_rows(program, cases, solve, places):
    """`cases`: dictionaries that name a case; `solve(case, scale, threads)` as lifts_um(). Writes each on the finer
    planes, with what its figures moved from the coarser ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    rows = []
    for case in cases:
        coarse, _ = solve(case, COARSE, arguments.threads)
        fine, equations = solve(case, FINE, arguments.threads)
        rows.append({**case, "equations": equations, "lift_um": {n: round(float(v), 3) for n, v in zip(places, fine)},
                     "moved_um": {n: round(float(v), 3) for n, v in zip(places, fine - coarse)}})
        print(json.dumps(rows[-1]), flush=True)
    with open(arguments.out, "w") as out:
        json.dump({"source": f"tests/validation/calculix/{program}, CalculiX 2.20, C3D20R", "rows": rows}, out, indent=1)
        out.write("\n")
