# SPDX-License-Identifier: GPL-3.0-or-later
"""Case 9 of docs/facts/thermal.md: a bare die on six substrates. Prints each figure beside the published one and fails
above 0.3 %.
  /usr/bin/python3 published_cases.py [--scale 0.7] [NAME...]"""
import argparse
import json
import sys

import numpy as np

import ccx
import figures
import grid

ORGO = {"E_GPa": [26, 26, 11], "nu": [0.20, 0.30, 0.30], "G_GPa": [9, 4, 4]}
SUBSTRATES = {
    "EXG": (ccx.isotropic(73.6, 0.23), [3.17] * 3, (-42.33, -29.33, -14.40)),
    "G55": (ccx.isotropic(75.0, 0.23), [5.5] * 3, (-251.32, -173.42, -81.70)),
    "G83": (ccx.isotropic(77.0, 0.22), [8.3] * 3, (-502.85, -346.57, -162.31)),
    "ORG11": (ccx.isotropic(26.0, 0.20), [11.0] * 3, (-811.09, -551.23, -254.80)),
    "ORG15": (ccx.isotropic(26.0, 0.20), [15.0] * 3, (-1196.91, -813.30, -375.31)),
    "ORGO": (ORGO, [15.0, 15.0, 35.0], (-1153.77, -812.29, -374.28)),
}
BOXES_MM = [(0, 45, 0, 45, 0, 1.2), (0, 15, 0, 15, 1.2, 1.3), (0, 15, 0, 15, 1.3, 2.075)]


def solve(name, scale, threads):
    stiffness, ppm, published = SUBSTRATES[name]
    x = grid.graded_planes([(0, None), (15, 0.15), (45, None)], 0.7, 5.0, scale)
    z = np.array([0.0, 0.4, 0.8, 1.0, 1.2, 1.3, 1.5, 2.075])
    mesh = grid.Mesh(x, x, z, grid.body_of_cells(x, x, z, BOXES_MM), quadratic=True)
    materials = [stiffness, ccx.isotropic(8.0, 0.33), ccx.isotropic(130.0, 0.28)]
    expansion = [[v * 1e-6 for v in ppm], [30e-6] * 3, [2.6e-6] * 3]
    run = ccx.solve(mesh, "C3D20R", materials, expansion, -195.0, [2], threads=threads)
    lifts = figures.lift_um(mesh, run.displacement_mm, [(0, 0, 0), (45, 45, 0), (45, 0, 0), (15, 15, 0)])
    centre = figures.stress_at_corner(mesh, run.stress_MPa, (0, 0, 1.3), (1, 1, 1))[0], \
        figures.stress_at_corner(mesh, run.stress_MPa, (0, 0, 2.075), (1, 1, -1))[0]
    return {"case": name, "equations": run.equations, "wall_s": round(run.wall_s, 1),
            "lift_um": {"corner": lifts[0], "edge_middle": lifts[1], "die_corner": lifts[2]},
            "published_um": published, "off": [round(a / b - 1.0, 5) for a, b in zip(lifts, published)],
            "die_centre_sxx_MPa": {"bottom": centre[0], "top": centre[1]}}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=0.7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("names", nargs="*", default=list(SUBSTRATES))
    arguments = parser.parse_args()
    failed = False
    for name in arguments.names:
        result = solve(name, arguments.scale, arguments.threads)
        print(json.dumps(result), flush=True)
        failed |= max(abs(v) for v in result["off"]) > 0.003
    sys.exit(1 if failed else 0)
