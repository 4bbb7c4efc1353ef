#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What VTK, a reader that is not ours, finds in a .vtu of hexahedra or a .vtr, as JSON: sizes, bounds,
volume (of each body as well, with its bounds, where cells have one), of every array its range, mean and integral over the volume, and
how far displacement and stress are from their images in the planes x = 0 and y = 0. Exit 1, with the reasons on stderr, where VTK
complains, an array has not one tuple per point or cell, a number is not finite, a cell is turned inside out, or what
--array, --points and --cells ask for is missing.

  read_vtu.py FILE [--array NAME:point|cell:COMPONENTS]... [--points N] [--cells N] [--report JSON]

The integral of a point array takes the mean of a cell's eight corners, exact for a trilinear field in a box."""
import argparse
import base64
import contextlib
import json
import re
import sys
import xml.etree.ElementTree

import numpy as np
import vtk
from vtk.util.numpy_support import vtk_to_numpy

TYPES = {"Int8": "i1", "UInt8": "u1", "Int16": "i2", "UInt16": "u2", "Int32": "i4", "UInt32": "u4", "Int64": "i8",
         "UInt64": "u8", "Float32": "f4", "Float64": "f8"}
READERS = {"UnstructuredGrid": vtk.vtkXMLUnstructuredGridReader, "RectilinearGrid": vtk.vtkXMLRectilinearGridReader}


class File:
    """The XML of a VTK file and its appended bytes. Raw appended data is not XML: the text is read up to it."""

    def __init__(self, path):
        with open(path, "rb") as f:
            text = f.read()
        cut = text.find(b"<AppendedData")
        self.appended = b""
        if cut >= 0:
            head = text[cut:text.index(b">", cut)]
            self.encoded = b"raw" not in head
            self.appended = text[text.index(b"_", cut + len(head)) + 1:]
            text = text[:cut] + b"</VTKFile>"
        self.root = xml.etree.ElementTree.fromstring(text)
        self.kind = self.root.get("type")
        self.order = "<" if self.root.get("byte_order", "LittleEndian") == "LittleEndian" else ">"
        self.header = self.order + {"UInt32": "u4", "UInt64": "u8"}[self.root.get("header_type", "UInt32")]
        self.compressed = self.root.get("compressor") is not None

    def arrays(self):
        """(name, "point" or "cell", DataArray) of the data arrays."""
        for section in ("PointData", "CellData"):
            for data in self.root.iter(section):
                for array in data.iter("DataArray"):
                    yield array.get("Name"), section[:-4].lower(), array

    def numbers(self, array):
        """How many numbers the file holds for a DataArray. VTK reads what it needs and says nothing of the rest."""
        if array.get("format") == "ascii":
            return len(array.text.split())
        size = np.dtype(self.header).itemsize
        if array.get("format") == "appended":
            source, encoded = self.appended[int(array.get("offset")):], self.encoded
        else:
            source, encoded = array.text.strip().encode(), True
        words = 3 if self.compressed else 1
        # Base64 of the header is 4 characters to 3 bytes; what is cut off behind it does not matter here.
        head = source[:4 * -(-words * size // 3)] if encoded else source
        head = base64.b64decode(head) if encoded else head
        header = np.frombuffer(head[:words * size], self.header).astype(np.int64)
        octets = header[0] if not self.compressed else header[1] * (header[0] - (header[2] > 0)) + header[2]
        return int(octets) // np.dtype(TYPES[array.get("type")]).itemsize


def read(path, kind, faults):
    # Every part of VTK reports to the output window; a reader's own error event misses those of its parser.
    vtk.vtkLogger.SetStderrVerbosity(vtk.vtkLogger.VERBOSITY_OFF)
    window = vtk.vtkStringOutputWindow()
    vtk.vtkOutputWindow.SetInstance(window)
    reader = READERS[kind]()
    reader.SetFileName(path)
    reader.Update()
    lines = [line for line in window.GetOutput().splitlines() if line and not line.startswith("ERROR: In")]
    faults += ["VTK: " + re.sub(r" \(0x[0-9a-f]+\)", "", line) for line in lines]
    if reader.GetErrorCode():
        faults.append("VTK: " + vtk.vtkErrorCode.GetStringFromErrorCode(reader.GetErrorCode()))
    return reader.GetOutput()


def rectilinear(grid, faults):
    """Corner numbers (cells, 8) and volumes of the cells."""
    axes = [vtk_to_numpy(a) for a in (grid.GetXCoordinates(), grid.GetYCoordinates(), grid.GetZCoordinates())]
    for name, axis, extent in zip("xyz", axes, grid.GetDimensions()):
        if len(axis) != extent:
            faults.append(f"{name}: {len(axis)} coordinates for {extent} planes")
        if not (np.diff(axis) > 0).all():
            faults.append(f"{name}: coordinates do not ascend")
    n = [len(a) for a in axes]
    i, j, k = np.meshgrid(*[np.arange(m - 1) for m in n], indexing="ij")
    first = (i + n[0] * (j + n[1] * k)).transpose(2, 1, 0).ravel()
    steps = [a + n[0] * (b + n[1] * c) for c in (0, 1) for b in (0, 1) for a in (0, 1)]
    volume = np.einsum("k,j,i->kji", *[np.diff(a) for a in axes[::-1]]).ravel()
    return first[:, None] + np.array(steps), volume


def unstructured(grid, faults):
    types = vtk_to_numpy(grid.GetCellTypesArray()) if grid.GetNumberOfCells() else np.zeros(0)
    if not np.isin(types, (vtk.VTK_HEXAHEDRON, vtk.VTK_VOXEL)).all():
        faults.append(f"cell types {sorted(set(types.tolist()))}: not hexahedra only")
        return None, None
    offsets = vtk_to_numpy(grid.GetCells().GetOffsetsArray())
    corners = vtk_to_numpy(grid.GetCells().GetConnectivityArray())
    if not (np.diff(offsets) == 8).all():
        faults.append("a hexahedron has not 8 corners")
        return None, None
    corners = corners.reshape(-1, 8)
    if corners.size and (corners.min() < 0 or corners.max() >= grid.GetNumberOfPoints()):
        faults.append("a corner's number is out of range")
        return None, None
    corners = np.where((types == vtk.VTK_HEXAHEDRON)[:, None], corners[:, [0, 1, 3, 2, 4, 5, 7, 6]], corners)
    points = vtk_to_numpy(grid.GetPoints().GetData()).astype(float)[corners].reshape(-1, 2, 2, 2, 3)
    # Edges summed over the cell: four times the mean. Their triple product is the volume of a parallelepiped.
    along = [(points.take(1, axis) - points.take(0, axis)).sum(axis=(1, 2)) / 4.0 for axis in (3, 2, 1)]
    volume = np.einsum("ij,ij->i", np.cross(along[0], along[1]), along[2])
    if not (volume > 0).all():
        faults.append(f"{int((volume <= 0).sum())} cells of no or negative volume")
    return corners, volume


def describe(array, place, size, corners, volume, faults):
    name = array.GetName()
    if array.GetNumberOfTuples() != size:
        faults.append(f"{name}: {array.GetNumberOfTuples()} tuples for {size} {place}s")
        return None
    values = vtk_to_numpy(array).reshape(size, -1)
    if not np.isfinite(values).all():
        faults.append(f"{name}: {int((~np.isfinite(values)).sum())} numbers are not finite")
        return None
    report = {"type": array.GetDataTypeAsString(), "components": values.shape[1],
              "component_names": [array.GetComponentName(c) or "" for c in range(values.shape[1])]}
    if size == 0:
        return report
    values = values.astype(float)
    report |= {"least": values.min(axis=0).tolist(), "greatest": values.max(axis=0).tolist()}
    if volume is not None:
        in_cells = values[corners].mean(axis=1) if place == "point" else values
        integral = volume @ in_cells
        report |= {"integral": integral.tolist(), "mean": (integral / volume.sum()).tolist()}
    return report


def bodies(grid, corners, volume):
    """Names, volumes and bounds (x, then y, then z; empty without cells), and the state, where the file has them."""
    names, body = grid.GetFieldData().GetAbstractArray("body_name"), grid.GetCellData().GetArray("body")
    state = grid.GetFieldData().GetAbstractArray("state")
    found = {} if state is None else {"state": state.GetValue(0)}
    if names is None or body is None:
        return found
    body = vtk_to_numpy(body)
    points = vtk_to_numpy(grid.GetPoints().GetData()).astype(float)
    bounds = []
    for n in range(names.GetNumberOfValues()):
        own = points[corners[body == n].ravel()]
        bounds.append(np.stack([own.min(axis=0), own.max(axis=0)], axis=1).ravel().tolist() if len(own) else [])
    return found | {"body_names": [names.GetValue(n) for n in range(names.GetNumberOfValues())],
                    "body_volume": [float(volume[body == n].sum()) for n in range(names.GetNumberOfValues())],
                    "body_bounds": bounds}


def image_error(places, values, axis, signs):
    """Greatest difference of an array from its image in the plane where the axis is 0, and how many have an image."""
    at = {tuple(place): n for n, place in enumerate(places)}
    image = [at.get(tuple(-v + 0.0 if a == axis else v for a, v in enumerate(place))) for place in places]
    pairs = [(n, m) for n, m in enumerate(image) if m is not None]
    return max((abs(values[n] * signs - values[m]).max() for n, m in pairs), default=0.0), len(pairs)


def images(grid, corners):
    """Of displacement_um and stress_MPa, where the file has both."""
    moved, stress = grid.GetPointData().GetArray("displacement_um"), grid.GetCellData().GetArray("stress_MPa")
    if moved is None or stress is None:
        return {}
    points = vtk_to_numpy(grid.GetPoints().GetData()).astype(float)
    middles = ((points[corners].min(axis=1) + points[corners].max(axis=1)) / 2).round(4) + 0.0  # no -0
    points = points.round(4) + 0.0
    moved, stress = vtk_to_numpy(moved).astype(float), vtk_to_numpy(stress).astype(float)
    found = {"greatest_um": float(abs(moved).max())}
    # xx, yy, zz, xy, yz, xz: what turns with x are xy and xz, with y xy and yz.
    for name, axis, vector, tensor in (("x", 0, [-1, 1, 1], [1, 1, 1, -1, 1, -1]),
                                       ("y", 1, [1, -1, 1], [1, 1, 1, -1, -1, 1])):
        error_um, point_images = image_error(points.tolist(), moved, axis, vector)
        error_MPa, cell_images = image_error(middles.tolist(), stress, axis, tensor)
        found["image_" + name] = {"points": point_images, "cells": cell_images, "error_um": float(error_um),
                                  "error_MPa": float(error_MPa)}
    return found


def check(path, wanted, points, cells):
    faults = []
    try:
        file = File(path)
    except (OSError, ValueError, KeyError, xml.etree.ElementTree.ParseError) as fault:
        return {"file": path}, [f"not a VTK file in XML: {fault!r}"]
    kind = file.kind
    if kind not in READERS:
        return {"file": path}, [f"a VTKFile of type {kind}"]
    grid = read(path, kind, faults)
    report = {"file": path, "kind": kind, "points": grid.GetNumberOfPoints(), "cells": grid.GetNumberOfCells()}
    if faults or not report["points"] or not report["cells"]:
        return report, faults or ["no points or no cells"]
    coordinates = [] if kind == "RectilinearGrid" else vtk_to_numpy(grid.GetPoints().GetData())
    if not np.isfinite(coordinates).all() or not np.isfinite(grid.GetBounds()).all():
        return report, ["a coordinate is not finite"]
    corners, volume = (rectilinear if kind == "RectilinearGrid" else unstructured)(grid, faults)
    report["bounds"] = list(grid.GetBounds())
    report["volume"] = None if volume is None else float(volume.sum())
    if corners is not None:
        report["unused_points"] = report["points"] - len(np.unique(corners))
    for place, data, size in (("point", grid.GetPointData(), report["points"]),
                              ("cell", grid.GetCellData(), report["cells"])):
        found = report[place + "_data"] = {}
        for index in range(data.GetNumberOfArrays()):
            array = data.GetArray(index)
            if described := describe(array, place, size, corners, volume, faults):
                found[array.GetName()] = described
    for name, place, array in file.arrays():
        needed = report[place + "s"] * int(array.get("NumberOfComponents", 1))
        held = file.numbers(array)
        if held != needed:
            faults.append(f"{name}: the file holds {held} numbers for {needed}")
        if name not in report[place + "_data"]:
            faults.append(f"{name}: declared as {place} data but not sound")
    for want in wanted:
        name, place, components = want.rsplit(":", 2)
        if report[place + "_data"].get(name, {}).get("components") != int(components):
            faults.append(f"no {place} array {name} of {components} components")
    for what, number in (("points", points), ("cells", cells)):
        if number is not None and report[what] != number:
            faults.append(f"{report[what]} {what}, {number} expected")
    if kind == "UnstructuredGrid" and not faults:
        report |= bodies(grid, corners, volume) | images(grid, corners)
    return report, faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--array", action="append", default=[], metavar="NAME:point|cell:COMPONENTS")
    parser.add_argument("--points", type=int)
    parser.add_argument("--cells", type=int)
    parser.add_argument("--report", metavar="JSON", help="file for the report; without it, stdout")
    arguments = parser.parse_args()
    report, faults = check(arguments.file, arguments.array, arguments.points, arguments.cells)
    with open(arguments.report, "w") if arguments.report else contextlib.nullcontext(sys.stdout) as out:
        print(json.dumps(report, indent=1), file=out)
    for fault in faults:
        print(f"{arguments.file}: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)
