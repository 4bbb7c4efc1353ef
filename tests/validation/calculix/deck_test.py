# SPDX-License-Identifier: GPL-3.0-or-later
"""The decks against exact solutions: free expansion, a plate bent by a temperature gradient, and a bilayer's middle.
  /usr/bin/python3 deck_test.py
Exit 77 without calculix-ccx."""
import shutil
import sys
import unittest

import numpy as np

import ccx
import figures
import grid


def mesh_of(x, y, z, boxes, quadratic=True):
    planes = [np.asarray(p, float) for p in (x, y, z)]
    return grid.Mesh(*planes, grid.body_of_cells(*planes, boxes), quadratic)


ORTHOTROPIC = {"E_GPa": [33, 30, 12], "nu": [0.15, 0.30, 0.25], "G_GPa": [8, 5, 4]}


class Decks(unittest.TestCase):
    def test_a_free_orthotropic_body_takes_its_free_strain_and_no_stress(self):
        strain = [1e-3, 2e-3, -3e-3]
        for element in ("C3D20R", "C3D8I"):
            mesh = mesh_of([0, 1, 3], [0, 2], [0, 0.1, 0.5], [(0, 3, 0, 2, 0, 0.5)], element == "C3D20R")
            run = ccx.solve(mesh, element, [ORTHOTROPIC], [strain], 1.0, [0])
            # Seven printed digits of 3e-3 mm.
            np.testing.assert_allclose(run.displacement_mm, mesh.nodes_mm * strain, atol=1e-9)
            self.assertLess(np.abs(run.stress_MPa).max(), 1e-5)

    def test_a_gradient_through_a_free_plate_bends_it_to_a_paraboloid_without_stress(self):
        mesh = mesh_of([0, 2, 6, 10], [0, 4, 8], [0, 0.5, 1], [(0, 10, 0, 8, 0, 1)])
        rise = 50.0 * mesh.nodes_mm[:, 2]
        run = ccx.solve(mesh, "C3D20R", [ccx.isotropic(70.0, 0.2)], [[1e-5] * 3], rise, [0])
        x, y, z = mesh.nodes_mm.T
        exact = np.stack([5e-4 * x * z, 5e-4 * y * z, 2.5e-4 * (z * z - x * x - y * y)], axis=1)
        np.testing.assert_allclose(run.displacement_mm, exact, atol=1e-8)
        self.assertLess(np.abs(run.stress_MPa).max(), 1e-3)
        self.assertAlmostEqual(figures.lift_um(mesh, run.displacement_mm, [(0, 0, 0), (10, 8, 0)])[0], -41.0, 4)

    def test_a_wide_bilayer_has_at_its_middle_the_stresses_of_laminate_theory(self):
        x = grid.graded_planes([(0, None), (30, 0.4)], 0.5, 4.0)
        mesh = mesh_of(x, x, [0, 0.25, 0.5, 0.7], [(0, 30, 0, 30, 0, 0.5), (0, 30, 0, 30, 0.5, 0.7)])
        lower, upper = ccx.isotropic(130.0, 0.28), ccx.isotropic(117.0, 0.34)
        run = ccx.solve(mesh, "C3D20R", [lower, upper], [[2.6e-6] * 3, [17e-6] * 3], -195.0, [0, 1])
        # Case 1b of docs/facts/thermal.md: silicon at the joint -276.52828, copper 226.28133 MPa.
        into = {-1: -276.52828, 1: 226.28133}
        for up, exact in into.items():
            s = figures.stress_at_corner(mesh, run.stress_MPa, (0, 0, 0.5), (1, 1, up))
            # Saint-Venant: the edges are 43 thicknesses away; what is left is the elements' own error.
            np.testing.assert_allclose(s[:2], exact, rtol=2e-3)

    def test_a_mean_over_parts_of_elements_and_a_missing_plane_are_refused(self):
        mesh = mesh_of([0, 1, 2], [0, 1], [0, 1], [(0, 2, 0, 1, 0, 1)])
        stress = np.ones((2, 8, 6))
        self.assertAlmostEqual(figures.volume_mean(mesh, stress, (0, 1, 0, 1, 0, 1))["shear_MPa"], np.sqrt(2.0))
        with self.assertRaises(ValueError):
            figures.volume_mean(mesh, stress, (0, 0.5, 0, 1, 0, 1))
        with self.assertRaises(ValueError):
            grid.body_of_cells([0, 1], [0, 1], [0, 1], [(0, 0.5, 0, 1, 0, 1)])
        with self.assertRaises(ValueError):
            grid.body_of_cells([0, 1], [0, 1], [0, 1], [(0, 1, 0, 1, 0, 1)] * 2)


if __name__ == "__main__":
    if shutil.which("ccx") is None:
        print("no calculix-ccx")
        sys.exit(77)
    unittest.main()
