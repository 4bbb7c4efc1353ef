# SPDX-License-Identifier: GPL-3.0-or-later
"""Rectilinear grids of boxes: graded planes, and the nodes and elements of a finite-element mesh on them."""
import numpy as np

# Corners of a hexahedron and the middles of its edges, as steps of half a cell, in the order of C3D20.
CORNERS = [(0, 0, 0), (2, 0, 0), (2, 2, 0), (0, 2, 0), (0, 0, 2), (2, 0, 2), (2, 2, 2), (0, 2, 2)]
MIDDLES = [(1, 0, 0), (2, 1, 0), (1, 2, 0), (0, 1, 0), (1, 0, 2), (2, 1, 2), (1, 2, 2), (0, 1, 2),
           (0, 0, 1), (2, 0, 1), (2, 2, 1), (0, 2, 1)]


def graded_planes(stops_mm, slope, largest_mm, scale=1.0):
    """Planes through every stop. A stop is (position, cell size wanted there or None). Between stops the wanted size
    grows by `slope` mm per mm up to `largest_mm`; `scale` multiplies the wanted size everywhere, so that meshes of
    falling scale form one family."""
    at = np.array([s[0] for s in stops_mm], float)
    sized = [(p, h) for p, h in stops_mm if h is not None]

    def wanted(x):
        size = np.full_like(x, largest_mm)
        for p, h in sized:
            size = np.minimum(size, h + slope * np.abs(x - p))
        return size * scale

    planes = [at[0]]
    for a, b in zip(at[:-1], at[1:]):
        # Sampled densely at both ends, where the size is small.
        t = 0.5 - 0.5 * np.cos(np.linspace(0.0, np.pi, 4001))
        x = a + (b - a) * t
        density = 1.0 / wanted(x)
        count = np.concatenate([[0.0], np.cumsum(0.5 * (density[1:] + density[:-1]) * np.diff(x))])
        cells = max(1, int(np.ceil(count[-1] - 0.05)))
        planes.extend(np.interp(np.linspace(0.0, count[-1], cells + 1)[1:-1], count, x))
        planes.append(b)
    return np.array(planes)


def refine(planes_mm, parts):
    """Every interval cut into `parts` equal ones."""
    fine = [np.linspace(a, b, parts + 1)[:-1] for a, b in zip(planes_mm[:-1], planes_mm[1:])]
    return np.append(np.concatenate(fine), planes_mm[-1])


def body_of_cells(x_mm, y_mm, z_mm, boxes_mm):
    """Index of the body of each cell [i, j, k], -1 where there is none. Faces of the boxes must lie on planes; a later
    box may not overlap an earlier one."""
    body = np.full((len(x_mm) - 1, len(y_mm) - 1, len(z_mm) - 1), -1, int)
    for index, box in enumerate(boxes_mm):
        cells = []
        for planes, low, high in ((x_mm, box[0], box[1]), (y_mm, box[2], box[3]), (z_mm, box[4], box[5])):
            ends = [int(np.argmin(np.abs(np.asarray(planes) - p))) for p in (low, high)]
            for end, wanted in zip(ends, (low, high)):
                if abs(planes[end] - wanted) > 1e-9:
                    raise ValueError(f"body {index}: no plane at {wanted} mm")
            cells.append(slice(ends[0], ends[1]))
        if (body[tuple(cells)] >= 0).any():
            raise ValueError(f"body {index} overlaps another")
        body[tuple(cells)] = index
    return body


class Mesh:
    """Nodes and elements of the filled cells. Nodes are numbered on the lattice of half cells; `lattice` gives the
    number of a lattice point's node, or -1. Elements are numbered from 1 in the order of `cells`."""

    def __init__(self, x_mm, y_mm, z_mm, body, quadratic):
        self.planes = (np.asarray(x_mm, float), np.asarray(y_mm, float), np.asarray(z_mm, float))
        self.cells = np.argwhere(body >= 0)
        self.body = body[tuple(self.cells.T)]
        steps = np.array(CORNERS + (MIDDLES if quadratic else []))
        points = 2 * self.cells[:, None, :] + steps[None, :, :]
        shape = [2 * len(p) - 1 for p in self.planes]
        flat = np.ravel_multi_index(points.reshape(-1, 3).T, shape)
        used, number = np.unique(flat, return_inverse=True)
        self.elements = number.reshape(len(self.cells), len(steps))
        self.lattice = np.full(shape, -1, int)
        self.lattice.flat[used] = np.arange(len(used))
        half = [np.interp(np.arange(2 * len(p) - 1) / 2.0, np.arange(len(p)), p) for p in self.planes]
        index = np.array(np.unravel_index(used, shape)).T
        self.nodes_mm = np.stack([half[a][index[:, a]] for a in range(3)], axis=1)

    def node_at(self, x_mm, y_mm, z_mm):
        point = np.array([x_mm, y_mm, z_mm])
        node = int(np.argmin(((self.nodes_mm - point) ** 2).sum(axis=1)))
        if np.abs(self.nodes_mm[node] - point).max() > 1e-9:
            raise ValueError(f"no node at {point}")
        return node

    def cell_box_mm(self):
        """Low and high corner of every element: two arrays (elements, 3)."""
        low = np.stack([self.planes[a][self.cells[:, a]] for a in range(3)], axis=1)
        high = np.stack([self.planes[a][self.cells[:, a] + 1] for a in range(3)], axis=1)
        return low, high
