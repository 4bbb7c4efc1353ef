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
# A point and its image in x = 0, and a cell and its image, where the file has both.
points = [tuple(round(v, 4) for v in grid.GetPoint(p)) for p in range(grid.GetNumberOfPoints())]
at = {point: p for p, point in enumerate(points)}
images = [(p, at[(-x, y, z)]) for p, (x, y, z) in enumerate(points) if (-x, y, z) in at]
report["point_images"] = len(images)
moved = grid.GetPointData().GetArray("displacement_um")
if moved:
    moved = vtk_to_numpy(moved).astype(float)
    report["image_error_um"] = max(abs(moved[a] * [-1, 1, 1] - moved[b]).max() for a, b in images)
    report["greatest_um"] = abs(moved).max()
with open(sys.argv[2], "w") as out:
    json.dump(report, out)
