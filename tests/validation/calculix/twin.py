# SPDX-License-Identifier: GPL-3.0-or-later
"""A glass and an organic package, otherwise the same, in CalculiX: one load on one mesh, figures as JSON.
  /usr/bin/python3 twin.py glass|organic uniform|together|warm [--scale 0.7] [--layers 2] [--edge 0.25] [--growth 1.4]
together: every body stress-free at 165 C, result at 25 C.
steps: die and underfill join at 165 C, the engine at 100 C, result at 25 C. The solution of 165 to 100 C without the
engine and that of 100 to 25 C, which is 75/140 of together's, are added; `uniform` gives both loads.
warm: every body stress-free at 25 C, then the field of temperature_C()."""
import argparse
import json
import sys

import numpy as np

import ccx
import figures
import grid

ORGANIC_705G = {"E_GPa": [33, 33, 12], "nu": [0.15, 0.30, 0.30], "G_GPa": [8, 5, 5]}
BUILD_UP = (ccx.isotropic(45.0, 0.32), [18.0] * 3)
CORES = {"glass": (ccx.isotropic(72.0, 0.22), [7.6] * 3), "organic": (ORGANIC_705G, [6.0, 6.0, 15.0])}
SILICON = (ccx.isotropic(130.0, 0.28), [3.15] * 3)
UNDERFILL = (ccx.isotropic(13.5, 0.32), [23.0] * 3)
EPOXY = (ccx.isotropic(3.4, 0.35), [54.0] * 3)
TOP_MM = 2.795


def bodies(core):
    """Name, box in the quarter, stiffness and expansion in ppm/K of every body. The last two are the engine's."""
    return [
        ("build-up below", (0, 45, 0, 45, 0.0, 0.36), *BUILD_UP),
        ("core", (0, 45, 0, 45, 0.36, 1.56), *CORES[core]),
        ("build-up above", (0, 45, 0, 45, 1.56, 1.92), *BUILD_UP),
        ("underfill", (0, 15, 0, 15, 1.92, 2.02), *UNDERFILL),
        ("die", (0, 15, 0, 15, 2.02, 2.795), *SILICON),
        ("engine joint", (24, 34, 10, 18, 1.92, 1.94), *EPOXY),
        ("engine", (24, 34, 10, 18, 1.94, 2.715), *SILICON),
    ]


def planes(scale, layers, edge=1.0, growth=0.7):
    """Planes at every body's faces and at the limits of every volume of an average. `scale` multiplies every cell's
    size, `edge` those wanted at the edges of die and engine joint, which grow by `growth` mm per mm away from them.
    `layers` is the number of elements in the engine's joint; more go with a finer z throughout."""
    x = [(0, None), (14.5, None), (14.9, None), (15, 0.05 * edge), (24, 0.025 * edge), (24.1, None), (24.5, None),
         (29, None), (34, 0.1), (45, None)]
    y = [(0, None), (5, None), (10, 0.025 * edge), (10.1, None), (10.5, None), (12, None), (14, None), (14.5, None),
         (14.9, None), (15, 0.05 * edge), (16, None), (18, 0.1), (45, None)]
    z = {1: [0, 0.36, 0.96, 1.56, 1.80, 1.92, 1.94, 2.02, 2.30, 2.715, 2.795],
         2: [0, 0.18, 0.36, 0.76, 1.16, 1.56, 1.74, 1.85, 1.89, 1.92, 1.93, 1.94, 1.98, 2.02, 2.10, 2.30, 2.50, 2.715,
             2.795],
         3: [0, 0.18, 0.36, 0.76, 1.16, 1.56, 1.74, 1.85, 1.89, 1.91, 1.92, 1.925, 1.935, 1.94, 1.965, 1.99, 2.01, 2.02,
             2.03, 2.06, 2.14, 2.30, 2.50, 2.715, 2.795]}[layers]
    return (grid.graded_planes(x, growth, 5.0, scale), grid.graded_planes(y, growth, 5.0, scale), np.array(z, float))


def temperature_C(nodes_mm):
    """Warmest at the die's middle, warmer upwards."""
    x, y, z = nodes_mm.T
    return 25.0 + 60.0 * np.exp(-(x * x + y * y) / (2.0 * 15.0 ** 2)) * (0.7 + 0.3 * z / TOP_MM)


BOTTOM_MM = {"corner": (45, 45, 0), "east_edge_middle": (45, 0, 0), "north_edge_middle": (0, 45, 0),
             "die_corner": (15, 15, 0), "engine_centre": (29, 14, 0)}
UNDERFILL_MEANS_MM = {
    "east_edge_0.1": (14.9, 15, 0, 5, 1.92, 2.02), "east_edge_0.5": (14.5, 15, 0, 5, 1.92, 2.02),
    "corner_0.1": (14.9, 15, 14.9, 15, 1.92, 2.02), "corner_0.5": (14.5, 15, 14.5, 15, 1.92, 2.02)}
JOINT_MEANS_MM = {
    "west_edge_0.1": (24, 24.1, 12, 16, 1.92, 1.94), "west_edge_0.5": (24, 24.5, 12, 16, 1.92, 1.94),
    "south_west_corner_0.1": (24, 24.1, 10, 10.1, 1.92, 1.94),
    "south_west_corner_0.5": (24, 24.5, 10, 10.5, 1.92, 1.94)}
JOINT_POINTS_MM = {"centre": (29, 14), "south_west": (24, 10), "south_east": (34, 10), "north_west": (24, 18),
                   "north_east": (34, 18)}


def figures_of(mesh, displacement_mm, stress_MPa, engine_mesh, engine_displacement_mm, engine_stress_MPa):
    """The engine's joint is of the mesh and the displacements it took part in."""
    lifts = figures.lift_um(mesh, displacement_mm, [(0, 0, 0), *BOTTOM_MM.values()])
    result = {"lift_um": dict(zip(BOTTOM_MM, lifts)), "die_centre_MPa": {}, "underfill": {}, "engine_joint": {},
              "joint_jump_um": {}}
    for face, z, into in (("bottom", 2.02, 1), ("top", 2.795, -1)):
        s = figures.stress_at_corner(mesh, stress_MPa, (0, 0, z), (1, 1, into))
        result["die_centre_MPa"][face] = {"sxx": float(s[0]), "syy": float(s[1])}
    for name, box in UNDERFILL_MEANS_MM.items():
        result["underfill"][name] = figures.volume_mean(mesh, stress_MPa, box)
    for name, box in JOINT_MEANS_MM.items():
        result["engine_joint"][name] = figures.volume_mean(engine_mesh, engine_stress_MPa, box)
    for name, (x, y) in JOINT_POINTS_MM.items():
        top, bottom = engine_mesh.node_at(x, y, 1.94), engine_mesh.node_at(x, y, 1.92)
        jump = 1e3 * (engine_displacement_mm[top] - engine_displacement_mm[bottom])
        result["joint_jump_um"][name] = [float(v) for v in jump]
    return result


def added(first, second, factor):
    """First solution, without the engine, plus a multiple of the second on the same planes: displacements and stresses
    on the first mesh."""
    mesh, displacement_mm, stress_MPa = first
    there = mesh.lattice >= 0
    summed = displacement_mm.copy()
    summed[mesh.lattice[there]] += factor * second[1][second[0].lattice[there]]
    keep = np.flatnonzero(second[0].body < 5)
    assert np.array_equal(mesh.cells, second[0].cells[keep])
    return mesh, summed, stress_MPa + factor * second[2][keep]


def solve(core, load, scale, layers, edge=1.0, growth=0.7, threads=1, element="C3D20R"):
    """Results of the loads: two for `uniform`."""
    everything = bodies(core)
    x, y, z = planes(scale, layers, edge, growth)
    costs = []

    def one(present, temperature_K):
        box, stiffness, ppm = zip(*[b[1:] for b in everything[:present]])
        mesh = grid.Mesh(x, y, z, grid.body_of_cells(x, y, z, box), quadratic=element != "C3D8I")
        rise = temperature_K(mesh.nodes_mm) if callable(temperature_K) else temperature_K
        stress_bodies = [b for b in (3, 4, 5) if b < present]
        run = ccx.solve(mesh, element, stiffness, [[1e-6 * v for v in p] for p in ppm], rise, stress_bodies,
                        threads=threads)
        costs.append({"elements": len(mesh.cells), "nodes": len(mesh.nodes_mm), "equations": run.equations,
                      "wall_s": round(run.wall_s, 1), "user_s": round(run.user_s, 1),
                      "solver_s": round(run.solver_s, 1), "peak_GB": round(run.peak_GB, 2), "threads": threads})
        return mesh, run.displacement_mm, run.stress_MPa

    if load == "warm":
        solved = one(7, lambda nodes_mm: temperature_C(nodes_mm) - 25.0)
        loads = {"warm": figures_of(*solved, *solved)}
    else:
        whole = one(7, -140.0)
        loads = {"together": figures_of(*whole, *whole)}
        if load == "uniform":
            last = 75.0 / 140.0
            both = added(one(5, -65.0), whole, last)
            loads["steps"] = figures_of(*both, whole[0], last * whole[1], last * whole[2])
    return [{"core": core, "load": name, "scale": scale, "layers": layers, "edge": edge, "growth": growth,
             "element": element,
             "cells_xyz": [len(x) - 1, len(y) - 1, len(z) - 1], "cost": costs, "figures": result}
            for name, result in loads.items()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("core", choices=CORES)
    parser.add_argument("load", choices=["uniform", "together", "warm"])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--layers", type=int, default=1, choices=[1, 2, 3])
    parser.add_argument("--edge", type=float, default=1.0)
    parser.add_argument("--growth", type=float, default=0.7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--element", default="C3D20R", choices=["C3D20R", "C3D8I"])
    a = parser.parse_args()
    json.dump(solve(a.core, a.load, a.scale, a.layers, a.edge, a.growth, a.threads, a.element), sys.stdout, indent=1)
    print()
