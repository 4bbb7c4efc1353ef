# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/data/calculix_twin.json from the outputs of twin.py on several meshes.
  /usr/bin/python3 collect.py OUTPUT.json... > calculix_twin.json
A figure's value is that of the BEST mesh. Its error is its change from the mesh of the same x and y planes with fewer
layers, plus the change of that mesh when x and y are refined, plus the last digit CalculiX prints. Both changes were
measured for the glass package's `together`; for other loads they are scaled with the largest figure of their group.
Half the change from the nearest other C3D20R mesh holds where it is more."""
import json
import re
import sys

import twin

BEST, FEWER_LAYERS = ("C3D20R", 1.0, 3, 0.25, 1.4), ("C3D20R", 1.0, 2, 0.25, 1.4)
FINER_PLAN = ("C3D20R", 1.0, 2, 0.25, 1.0)


def leaves(tree, path=()):
    """(path, number) of a tree of figures; a vector's components are x, y and z."""
    if isinstance(tree, list):
        tree = dict(zip("xyz", tree))
    if not isinstance(tree, dict):
        yield path, tree
        return
    for key, branch in tree.items():
        yield from leaves(branch, (*path, key))


def put(tree, path, value):
    for key in path[:-1]:
        tree = tree.setdefault(key, {})
    tree[path[-1]] = value


def rounded(value):
    return float(f"{value:.6g}")


def mesh_of(result):
    return tuple(result[key] for key in ("element", "scale", "layers", "edge", "growth"))


def name_of(mesh):
    element, scale, layers, edge, growth = mesh
    at_edges = "" if (edge, growth) == (1.0, 0.7) else f" edge {edge:g} growth {growth:g}"
    return f"{element} scale {scale:g} layers {layers}{at_edges}"


def largest_of_group(figures, path):
    """Of lifts and die stresses all are one group; else the figures of one place are."""
    depth = 1 if path[0] in ("lift_um", "die_centre_MPa") else 2
    return max(abs(value) for other, value in figures.items() if other[:depth] == path[:depth])


def collect(results):
    by_mesh = {}
    for r in results:
        by_mesh.setdefault((r["core"], r["load"]), {})[mesh_of(r)] = dict(leaves(r["figures"]))
    glass = by_mesh["glass", "together"]
    figures = {}
    for (core, load), meshes in sorted(by_mesh.items()):
        if BEST not in meshes:
            print(f"{core} {load}: not solved on the best mesh", file=sys.stderr)
            continue
        for path, value in meshes[BEST].items():
            change = abs(glass[BEST][path] - glass[FEWER_LAYERS][path])
            change += abs(glass[FEWER_LAYERS][path] - glass[FINER_PLAN][path])
            size = largest_of_group(meshes[BEST], path)
            error = change * size / largest_of_group(glass[BEST], path) + 1e-6 * size
            others = [abs(value - m[path]) for mesh, m in meshes.items() if mesh[0] == "C3D20R" and mesh != BEST]
            error = max(error, 0.5 * min(others))
            order = sorted(meshes, key=lambda m: (m[0], m[3] < 1.0, m[2], -m[1], -m[4]))
            put(figures, (core, load, *path), {
                "value": rounded(value), "error": float(f"{error:.2g}"),
                "by_mesh": {name_of(m): rounded(meshes[m][path]) for m in order}})
    return figures


def inputs():
    keys = ("name", "box_mm", "material", "expansion_ppm_per_K")
    return {
        "quarter": "x = 0 and y = 0 are planes of symmetry, z up; boxes are x0 x1 y0 y1 z0 z1",
        "bodies": {core: [dict(zip(keys, body)) for body in twin.bodies(core)] for core in twin.CORES},
        "poisson": "nu and G are xy, xz, yz; nu_xy is the contraction along y of a pull along x",
        "loads": {
            "together": "every body stress-free at 165 C; 25 C",
            "steps": "from 165 to 100 C without engine joint and engine, from 100 to 25 C with them; 25 C, the sum",
            "warm": "every body stress-free at 25 C; T = 25 + 60 exp(-(x^2 + y^2) / (2 15^2)) (0.7 + 0.3 z / 2.795)"},
        "lift": {"of": "upward displacement of the substrate's bottom less that at its centre",
                 "at_mm": twin.BOTTOM_MM},
        "means": {"of": "volume means; shear is the mean of sqrt(txz^2 + tyz^2), peel of szz",
                  "underfill_mm": twin.UNDERFILL_MEANS_MM, "engine_joint_mm": twin.JOINT_MEANS_MM},
        "joint_jump": {"of": "displacement of the joint's top less that of its bottom, in the engine's own steps",
                       "at_mm": twin.JOINT_POINTS_MM},
        "die_centre": "stress at x = y = 0 at the die's bottom and top face",
        "planes": {name_of(("", 1.0, layers, edge, growth)).strip(): planes_of(layers, edge, growth)
                   for layers, edge, growth in ((1, 1.0, 0.7), (2, 1.0, 0.7), (3, 0.25, 1.4))}}


def planes_of(layers, edge, growth):
    planes = twin.planes(1.0, layers, edge, growth)
    return {axis: [rounded_mm(v) for v in p] for axis, p in zip(("x_mm", "y_mm", "z_mm"), planes)}


def rounded_mm(value):
    return float(f"{value:.9g}")


def cost_of(results):
    costs = {}
    for r in results:
        key = f"{r['core']} {r['load']} {name_of(mesh_of(r))}"
        costs[key] = {"cells_xyz": r["cells_xyz"], "runs": r["cost"]}
    return dict(sorted(costs.items()))


if __name__ == "__main__":
    everything = []
    for file in sorted(sys.argv[1:]):
        with open(file) as f:
            everything += json.load(f)
    document = {"code": "CalculiX 2.20, linear static, SPOOLES", "error": " ".join(__doc__.split("\n", 2)[2].split()),
                "input": inputs(), "cost": cost_of(everything), "figures": collect(everything)}
    text = json.dumps(document, indent=1)
    # What holds no further tree stands on one line.
    print(re.sub(r"[\[{][^\[\]{}]*[\]}]", lambda m: re.sub(r"\s*\n\s*", " ", m.group()), text))
