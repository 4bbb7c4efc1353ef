#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""read_vtu.py accepts every encoding of a sound file with the right integrals, and refuses each planted fault. Exit 77
without python3-vtk9."""
import os
import pathlib
import sys
import tempfile
import unittest

import numpy as np
try:
    import vtk
except ImportError:
    print("no python3-vtk9")
    sys.exit(77)
from vtk.util.numpy_support import numpy_to_vtk

import read_vtu

X, Y, Z = np.array([0.0, 1.0, 3.0]), np.array([0.0, 0.5, 2.0, 2.5]), np.array([0.0, 0.1, 1.0])


def corner_points():
    z, y, x = np.meshgrid(Z, Y, X, indexing="ij")
    return np.stack([x.ravel(), y.ravel(), z.ravel()], axis=1)


def with_arrays(grid, broken=None):
    points = corner_points()
    trilinear = np.array(points[:, 0] * points[:, 1] * points[:, 2])
    body = np.arange(12, dtype=np.int32)
    stress = np.ones((12, 6))
    if broken == "nan":
        trilinear[5] = np.nan
    if broken == "short":
        body = body[:-1]
    for data, name, values in ((grid.GetPointData(), "temperature_C", trilinear), (grid.GetCellData(), "body", body),
                               (grid.GetCellData(), "stress_MPa", stress)):
        array = numpy_to_vtk(np.ascontiguousarray(values), deep=True)
        array.SetName(name)
        data.AddArray(array)
    return grid


def rectilinear(broken=None):
    grid = vtk.vtkRectilinearGrid()
    grid.SetDimensions(3, 4, 3)
    z = Z[[0, 2, 1]] if broken == "descending" else Z
    grid.SetXCoordinates(numpy_to_vtk(X, deep=True))
    grid.SetYCoordinates(numpy_to_vtk(Y, deep=True))
    grid.SetZCoordinates(numpy_to_vtk(z, deep=True))
    return with_arrays(grid, broken)


def hexahedra(broken=None):
    grid = vtk.vtkUnstructuredGrid()
    points = vtk.vtkPoints()
    points.SetDataTypeToDouble()
    points.SetData(numpy_to_vtk(corner_points(), deep=True))
    grid.SetPoints(points)
    steps = [0, 1, 4, 3, 12, 13, 16, 15]
    if broken == "inside out":
        steps = steps[4:] + steps[:4]
    for k in range(2):
        for j in range(3):
            for i in range(2):
                grid.InsertNextCell(vtk.VTK_HEXAHEDRON, 8, [i + 3 * j + 12 * k + s for s in steps])
    return with_arrays(grid, broken)


def encodings():
    for mode in ("ascii", "binary", "appended raw", "appended base64"):
        for compressed in (False, True):
            if not (mode == "ascii" and compressed):
                yield mode, compressed


class ReadVtu(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()

    def tearDown(self):
        self.folder.cleanup()

    def written(self, grid, mode="ascii", compressed=False):
        of_hexahedra = isinstance(grid, vtk.vtkUnstructuredGrid)
        writer = vtk.vtkXMLUnstructuredGridWriter() if of_hexahedra else vtk.vtkXMLRectilinearGridWriter()
        path = os.path.join(self.folder.name, "file.vtu" if of_hexahedra else "file.vtr")
        writer.SetFileName(path)
        writer.SetInputData(grid)
        {"ascii": writer.SetDataModeToAscii, "binary": writer.SetDataModeToBinary}.get(
            mode, writer.SetDataModeToAppended)()
        writer.SetEncodeAppendedData(mode == "appended base64")
        if not compressed:
            writer.SetCompressorTypeToNone()
        writer.Write()
        return path

    def test_every_encoding_gives_the_exact_integrals(self):
        # The integral of x y z over the box is the product of three half squares.
        exact = np.prod([axis[-1] ** 2 / 2 for axis in (X, Y, Z)])
        wanted = ["temperature_C:point:1", "body:cell:1", "stress_MPa:cell:6"]
        for make in (rectilinear, hexahedra):
            for mode, compressed in encodings():
                report, faults = read_vtu.check(self.written(make(), mode, compressed), wanted, 36, 12)
                self.assertEqual(faults, [], (make, mode, compressed))
                arrays = report["point_data"] | report["cell_data"]
                self.assertAlmostEqual(report["volume"], 7.5, 12)
                self.assertAlmostEqual(arrays["temperature_C"]["integral"][0], exact, 12)
                self.assertAlmostEqual(arrays["stress_MPa"]["mean"][3], 1.0, 12)
                self.assertEqual(arrays["body"]["greatest"], [11.0])
                self.assertEqual(report["unused_points"], 0)

    def refused(self, path, word, wanted=(), points=None):
        _, faults = read_vtu.check(path, list(wanted), points, None)
        self.assertTrue(any(word in f for f in faults), (word, faults))

    def test_a_number_that_is_not_finite_is_refused(self):
        for make in (rectilinear, hexahedra):
            self.refused(self.written(make("nan"), "binary"), "not finite")

    def test_a_short_array_is_refused(self):
        for make in (rectilinear, hexahedra):
            path = self.written(make())
            text = pathlib.Path(path).read_text()
            at = text.index('Name="body"')
            begin = text.index(">", at) + 1
            end = text.index("</DataArray", begin)
            pathlib.Path(path).write_text(text[:begin] + "0 1 2" + text[end:])
            self.refused(path, "body")

    def test_numbers_to_spare_are_refused(self):
        for mode in ("ascii", "binary", "appended raw", "appended base64"):
            for compressed in (False, True):
                path = self.written(hexahedra(), mode, compressed)
                data = pathlib.Path(path).read_bytes()
                field = b'Name="stress_MPa" NumberOfComponents='
                data = data.replace(field + b'"6"', field + b'"3"')
                pathlib.Path(path).write_bytes(data)
                self.refused(path, "holds 72 numbers for 36")

    def test_turned_cells_and_descending_planes_are_refused(self):
        self.refused(self.written(hexahedra("inside out")), "negative volume")
        self.refused(self.written(rectilinear("descending")), "ascend")

    def test_a_truncated_file_is_refused(self):
        for mode, _ in encodings():
            for make in (rectilinear, hexahedra):
                path = self.written(make(), mode)
                data = pathlib.Path(path).read_bytes()
                pathlib.Path(path).write_bytes(data[:len(data) * 2 // 3])
                _, faults = read_vtu.check(path, [], None, None)
                self.assertNotEqual(faults, [], (mode, make))

    def test_missing_arrays_and_other_sizes_are_refused(self):
        path = self.written(hexahedra())
        self.refused(path, "no cell array", ["temperature_C:cell:1"])
        self.refused(path, "no point array", ["temperature_C:point:3"])
        self.refused(path, "36 points, 35 expected", points=35)


if __name__ == "__main__":
    unittest.main()
