# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/data/calculix_twin.json from the outputs of twin.py on several meshes.
  /usr/bin/python3 collect.py OUTPUT.json... > calculix_twin.json
A figure's value is that of the finest scale with one layer, plus what two layers change at the finest scale that has
both. Its error is what would be left if errors were of first order: r / (1 - r) times the last change of scale, r the ratio
of the last two scales, plus the change by two layers."""
import json
import re
import sys

import twin


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


def name_of(mesh):
    element, scale, layers = mesh
    return f"{element} scale {scale:g} layers {layers}"


def collect(results):
    by_mesh = {}
    for r in results:
        meshes = by_mesh.setdefault((r["core"], r["load"]), {})
        meshes[(r["element"], r["scale"], r["layers"])] = dict(leaves(r["figures"]))
    figures = {}
    for (core, load), meshes in sorted(by_mesh.items()):
        single = sorted(scale for element, scale, layers in meshes if element == "C3D20R" and layers == 1)
        double = sorted(scale for element, scale, layers in meshes if element == "C3D20R" and layers == 2)
        both = next((scale for scale in double if scale in single), None)
        if len(single) < 2 or both is None:
            print(f"{core} {load}: a mesh is missing", file=sys.stderr)
            continue
        for path, fine in meshes["C3D20R", single[0], 1].items():
            left = single[0] / (single[1] - single[0]) * abs(fine - meshes["C3D20R", single[1], 1][path])
            by_layers = meshes["C3D20R", both, 2][path] - meshes["C3D20R", both, 1][path]
            order = sorted(meshes, key=lambda m: (m[0], m[2], -m[1]))
            put(figures, (core, load, *path), {
                "value": rounded(fine + by_layers), "error": float(f"{left + abs(by_layers):.2g}"),
                "by_mesh": {name_of(m): rounded(meshes[m][path]) for m in order}})
    return figures


def inputs():
    x, y, z = twin.planes(1.0, 1)
    keys = ("name", "box_mm", "material", "expansion_ppm_per_K")
    return {
        "quarter": "x = 0 and y = 0 are planes of symmetry, z up; boxes are x0 x1 y0 y1 z0 z1",
        "bodies": {core: [dict(zip(keys, body)) for body in twin.bodies(core)] for core in twin.CORES},
        "poisson": "nu and G are xy, xz, yz; nu_xy is the contraction along y of a pull along x",
        "loads": {
            "together": "every body stress-free at 165 C; 25 C",
            "steps": "from 165 to 100 C without engine joint and engine, from 100 to 25 C with them; 25 C, the sum",
            "warm": "every body stress-free at 25 C; then T = 25 + 60 exp(-(x^2 + y^2) / (2 15^2)) (0.7 + 0.3 z / 2.795)"},
        "lift": {"of": "upward displacement of the substrate's bottom less that at its centre", "at_mm": twin.BOTTOM_MM},
        "means": {"of": "volume means; shear is the mean of sqrt(txz^2 + tyz^2), peel of szz",
                  "underfill_mm": twin.UNDERFILL_MEANS_MM, "engine_joint_mm": twin.JOINT_MEANS_MM},
        "joint_jump": {"of": "displacement of the joint's top less that of its bottom, in the steps the engine is part of",
                       "at_mm": twin.JOINT_POINTS_MM},
        "die_centre": "stress at x = y = 0 at the die's bottom and top face",
        "planes_of_scale_1_layers_1": {"x_mm": [rounded_mm(v) for v in x], "y_mm": [rounded_mm(v) for v in y],
                                       "z_mm": [rounded_mm(v) for v in z]}}


def rounded_mm(value):
    return float(f"{value:.9g}")


def cost_of(results):
    costs = {}
    for r in results:
        key = f"{r['core']} {'warm' if r['load'] == 'warm' else 'uniform'} " + name_of(
            (r["element"], r["scale"], r["layers"]))
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
