# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of a solved mesh: warpage, averages over stated volumes, stresses at faces."""
import numpy as np


def lift_um(mesh, displacement_mm, points_mm):
    """Upward displacement at each point less that at the first."""
    w = [displacement_mm[mesh.node_at(*p), 2] for p in points_mm]
    return [1e3 * (v - w[0]) for v in w[1:]]


def volume_mean(mesh, stress_MPa, box_mm):
    """Mean over a box of whole elements: the six stresses, and the shear magnitude sqrt(xz^2 + yz^2) of the integration
    points. The points of a box element have equal weights."""
    low, high = mesh.cell_box_mm()
    box = np.asarray(box_mm).reshape(3, 2)
    inside = ((low > box[:, 0] - 1e-9) & (high < box[:, 1] + 1e-9)).all(axis=1)
    volume = (high - low).prod(axis=1)[inside]
    if abs(volume.sum() / np.prod(box[:, 1] - box[:, 0]) - 1.0) > 1e-9:
        raise ValueError(f"the box {box_mm} is not made of whole elements")
    s = stress_MPa[inside]
    magnitude = np.hypot(s[..., 4], s[..., 5])
    return {
        "shear_MPa": float(np.average(magnitude.mean(axis=1), weights=volume)),
        "txz_MPa": float(np.average(s[..., 4].mean(axis=1), weights=volume)),
        "tyz_MPa": float(np.average(s[..., 5].mean(axis=1), weights=volume)),
        "peel_MPa": float(np.average(s[..., 2].mean(axis=1), weights=volume)),
    }


def stress_at_corner(mesh, stress_MPa, point_mm, into_mm):
    """The stresses at a corner of an element, extended linearly from its 2 x 2 x 2 integration points (xi fastest).
    `into_mm` points from the corner into the element wanted."""
    low, high = mesh.cell_box_mm()
    point, into = np.asarray(point_mm, float), np.sign(into_mm)
    corner = np.where(into > 0, low, high)
    element = np.flatnonzero((np.abs(corner - point) < 1e-9).all(axis=1))
    if len(element) != 1:
        raise ValueError(f"{len(element)} elements at the corner {point_mm}")
    s = stress_MPa[element[0]]
    at = np.sqrt(3.0) * -into
    weights = [np.prod([(1 + (2 * ((p >> a) & 1) - 1) * at[a]) / 2 for a in range(3)]) for p in range(8)]
    return np.asarray(weights) @ s
