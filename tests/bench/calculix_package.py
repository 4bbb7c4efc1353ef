#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A package's assembly steps in CalculiX, on planes that the caller gives, for comparison of time and figures.

  calculix_package.py PACKAGE.json [--element C3D20R|C3D8I] [--threads 2] [--solver spooles] [--keep FILE.npz]

PACKAGE.json: {"x_mm": [..], "y_mm": [..], "z_mm": [..], "bodies": [{"name", "box_mm": [x0, x1, y0, y1, z0, z1]}],
"steps": [{"present": [bodies], "material": [{"E_GPa": [x, y, z], "nu": [xy, xz, yz], "G_GPa": [xy, xz, yz]}],
"free_strain": [[x, y, z]]}]}, material and free strain of each present body in order. nu[xy] is the contraction along
y of a pull along x. Faces of bodies lie on planes; every cell is one element. The model is a quarter where x and y
start at 0. Each step is solved by itself from the undeformed shape; the displacements of the steps add.

Prints as JSON, of each step: equations, elements, seconds of CalculiX and of its equation solver, peak memory, and the
upward displacement of the lowest plane's far corner and edge middles less that at its first corner, of this step and of
the sum of the steps so far. --keep writes planes, lattice and summed displacement for a comparison point by point."""
import argparse
import json
import os
import sys
import time

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "validation", "calculix"))
import ccx  # noqa: E402
import figures  # noqa: E402
import grid  # noqa: E402


def solve_step(package, step, element, threads, solver):
    planes = [np.array(package[axis], float) for axis in ("x_mm", "y_mm", "z_mm")]
    present = step["present"]
    if not len(present) == len(step["material"]) == len(step["free_strain"]):
        raise ValueError("present, material and free_strain differ in length")
    boxes = [package["bodies"][b]["box_mm"] for b in present]
    mesh = grid.Mesh(*planes, grid.body_of_cells(*planes, boxes), quadratic=element != "C3D8I")
    # A rise of 1 K, so that the expansion is the free strain itself.
    run = ccx.solve(mesh, element, step["material"], step["free_strain"], 1.0, solver=solver, threads=threads)
    return mesh, run


def lowest_plane_lift_um(mesh, displacement_mm):
    low, high = mesh.nodes_mm.min(axis=0), mesh.nodes_mm.max(axis=0)
    bottom = mesh.nodes_mm[mesh.nodes_mm[:, 2] == low[2]]
    high = bottom.max(axis=0)
    points = [low, (high[0], high[1], low[2]), (high[0], low[1], low[2]), (low[0], high[1], low[2])]
    lifts = figures.lift_um(mesh, displacement_mm, points)
    return dict(zip(("corner", "east_edge_middle", "north_edge_middle"), lifts))


def run(package, element, threads, solver, keep):
    begin = time.monotonic()
    lattice_shape = [2 * len(package[axis]) - 1 for axis in ("x_mm", "y_mm", "z_mm")]
    total = np.zeros((*lattice_shape, 3))
    steps = []
    for step in package["steps"]:
        mesh, solved = solve_step(package, step, element, threads, solver)
        there = mesh.lattice >= 0
        # A body's points before it joins have moved with nothing: they stay at zero until then.
        total[there] += solved.displacement_mm[mesh.lattice[there]]
        of_mesh = np.empty_like(solved.displacement_mm)
        of_mesh[mesh.lattice[there]] = total[there]
        steps.append({
            "bodies": len(step["present"]), "elements": len(mesh.cells), "equations": solved.equations,
            "ccx_s": round(solved.wall_s, 2), "equation_solver_s": solved.solver_s and round(solved.solver_s, 2),
            "user_s": round(solved.user_s, 2), "peak_GB": round(solved.peak_GB, 3),
            "lift_um": lowest_plane_lift_um(mesh, solved.displacement_mm),
            "summed_lift_um": lowest_plane_lift_um(mesh, of_mesh)})
        print(f"step {len(steps)}: {solved.equations} equations, {solved.wall_s:.1f} s", file=sys.stderr)
    if keep:
        np.savez_compressed(keep, x_mm=package["x_mm"], y_mm=package["y_mm"], z_mm=package["z_mm"],
                            lattice_displacement_mm=total)
    return {"element": element, "solver": solver, "threads": threads, "steps": steps,
            "ccx_s": round(sum(s["ccx_s"] for s in steps), 2),
            "equation_solver_s": round(sum(s["equation_solver_s"] or 0.0 for s in steps), 2),
            "with_decks_s": round(time.monotonic() - begin, 2), "peak_GB": max(s["peak_GB"] for s in steps)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package")
    parser.add_argument("--element", default="C3D20R", choices=["C3D20R", "C3D8I"])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--solver", default="spooles", choices=ccx.SOLVERS)
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    with open(arguments.package) as f:
        given = json.load(f)
    json.dump(run(given, arguments.element, arguments.threads, arguments.solver, arguments.keep), sys.stdout, indent=1)
    print()
