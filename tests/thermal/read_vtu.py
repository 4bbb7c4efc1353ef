# SPDX-License-Identifier: GPL-3.0-or-later
"""What VTK, a reader that is not ours, finds in a .vtu file: read_vtu.py FILE REPORT writes it as JSON."""
import json
import math
import sys

from vtkmodules.vtkFiltersVerdict import vtkCellSizeFilter
from vtkmodules.vtkIOXML import vtkXMLUnstructuredGridReader
from vtkmodules.util.numpy_support import vtk_to_numpy

failed = []
reader = vtkXMLUnstructuredGridReader()
reader.AddObserver("ErrorEvent", lambda *event: failed.append(str(event[1])))
reader.SetFileName(sys.argv[1])
reader.Update()
grid = reader.GetOutput()

sizes = vtkCellSizeFilter()
sizes.SetInputData(grid)
sizes.Update()
volume = vtk_to_numpy(sizes.GetOutput().GetCellData().GetArray("Volume")).astype(float)


def arrays(data, weights):
    found = {}
    for n in range(data.GetNumberOfArrays()):
        array = data.GetArray(n)
        values = vtk_to_numpy(array).astype(float).reshape(array.GetNumberOfTuples(), -1)
        found[array.GetName()] = {
            "type": array.GetDataTypeAsString(),
            "components": array.GetNumberOfComponents(),
            "finite": bool(all(map(math.isfinite, values.ravel()))),
            "least": values.min(axis=0).tolist(),
            "greatest": values.max(axis=0).tolist(),
            "integral": (weights @ values).tolist() if weights is not None else [],
        }
    return found


names = grid.GetFieldData().GetAbstractArray("body_name")
used = set()
for c in range(grid.GetNumberOfCells()):
    cell = grid.GetCell(c)
    used.update(cell.GetPointId(p) for p in range(cell.GetNumberOfPoints()))
bodies = vtk_to_numpy(grid.GetCellData().GetArray("body"))
report = {
    "errors": failed,
    "points": grid.GetNumberOfPoints(),
    "used_points": len(used),
    "cells": grid.GetNumberOfCells(),
    "hexahedra": sum(grid.GetCellType(c) == 12 for c in range(grid.GetNumberOfCells())),
    "bounds": list(grid.GetBounds()),
    "least_volume": float(volume.min()),
    "volume": [float(volume[bodies == b].sum()) for b in range(names.GetNumberOfValues())],
    "body_names": [names.GetValue(n) for n in range(names.GetNumberOfValues())],
    "cell_data": arrays(grid.GetCellData(), volume),
    "point_data": arrays(grid.GetPointData(), None),
}


def image_error(places, values, axis, signs):
    """Greatest difference of an array from its image in the plane where the axis is 0, and how many have an image."""
    at = {place: n for n, place in enumerate(places)}
    image = [at.get(tuple(-v if a == axis else v for a, v in enumerate(place))) for place in places]
    pairs = [(n, m) for n, m in enumerate(image) if m is not None]
    return max((abs(values[n] * signs - values[m]).max() for n, m in pairs), default=0.0), len(pairs)


moved = grid.GetPointData().GetArray("displacement_um")
stress = grid.GetCellData().GetArray("stress_MPa")
if moved and stress:
    points = [tuple(round(v, 4) + 0.0 for v in grid.GetPoint(p)) for p in range(grid.GetNumberOfPoints())]
    boxes = [grid.GetCell(c).GetBounds() for c in range(grid.GetNumberOfCells())]
    middles = [tuple(round((b[2 * a] + b[2 * a + 1]) / 2, 4) + 0.0 for a in range(3)) for b in boxes]
    moved, stress = vtk_to_numpy(moved).astype(float), vtk_to_numpy(stress).astype(float)
    report["greatest_um"] = abs(moved).max()
    # xx, yy, zz, xy, yz, xz: what turns with x are xy and xz, with y xy and yz.
    for name, axis, vector, tensor in (("x", 0, [-1, 1, 1], [1, 1, 1, -1, 1, -1]),
                                       ("y", 1, [1, -1, 1], [1, 1, 1, -1, -1, 1])):
        error_um, point_images = image_error(points, moved, axis, vector)
        error_MPa, cell_images = image_error(middles, stress, axis, tensor)
        report["image_" + name] = {"points": point_images, "cells": cell_images, "error_um": error_um,
                                   "error_MPa": error_MPa}
with open(sys.argv[2], "w") as out:
    json.dump(report, out)
