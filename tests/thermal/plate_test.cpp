// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate.hpp"

#include "tests/thermal/ringed_plate.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/interface_stress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

namespace beachfront::thermal {
namespace {

using Layers = std::vector<PlateLayer>;

/// Isotropic layers on top of each other.
Layers stacked(const std::vector<ElasticLayer>& layers, double share_above_first = 1) {
  Layers plate;
  double bottom_um = 0;
  for (const ElasticLayer& layer : layers) {
    plate.push_back(plate_layer(layer, bottom_um, plate.empty() ? 1 : share_above_first));
    bottom_um += layer.thickness_um;
  }
  return plate;
}

struct Plate {
  PlateMesh mesh;
  PlateField field;
  std::size_t unknowns = 0;

  double w_um(double x, double y) const {
    return 1e3 * (deflection(mesh, field, {x, y}).w_mm - deflection(mesh, field, {0, 0}).w_mm);
  }
};

/// `layers_at` a cell's middle; the reference plane at the mean neutral plane.
Plate solve(PlateMesh mesh, const std::function<Layers(double, double)>& layers_at) {
  std::vector<LaminateStiffness> stiffness(mesh.cells());
  std::vector<FreeStrainResultants> free(mesh.cells());
  double a = 0, b = 0;
  for (std::size_t j = 0; j < mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
      const std::size_t cell = mesh.cell(i, j);
      for (const PlateLayer& layer :
           layers_at((mesh.x_mm[i] + mesh.x_mm[i + 1]) / 2, (mesh.y_mm[j] + mesh.y_mm[j + 1]) / 2)) {
        add_layer(layer, stiffness[cell]);
        add_layer(layer, free[cell]);
      }
      const double area = (mesh.x_mm[i + 1] - mesh.x_mm[i]) * (mesh.y_mm[j + 1] - mesh.y_mm[j]);
      a += area * stiffness[cell].a_N_per_mm[0];
      b += area * stiffness[cell].b_N[0];
    }
  mesh.reference_mm = b / a;
  const auto system = plate_system(mesh);
  return {mesh, solve_plate(*factor_plate(system, stiffness), free), unknowns(*system)};
}

std::vector<double> even(double from, double to, int cells) {
  std::vector<double> planes;
  for (int i = 0; i <= cells; ++i)
    planes.push_back(from + (to - from) * i / cells);
  return planes;
}

const std::vector<ElasticLayer> four_layers{cooled(org11, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)};

TEST(Plate, OneLaminateBendsAsTheFreeLaminate) {
  const Bending bending = free_bending(four_layers, Constraint::equibiaxial);
  const std::vector<double> whole{-20, -13, -12, 4, 20}, half{0, 0.5, 11, 20};
  for (const PlateMesh& mesh : {PlateMesh{whole, whole}, PlateMesh{half, half, true, true},
                                PlateMesh{half, whole, true, false}, PlateMesh{whole, half, false, true}}) {
    const Plate plate = solve(mesh, [](double, double) { return stacked(four_layers); });
    // The rigid motion is free: compare what it does not touch.
    const double corners = plate.w_um(20, 20) + plate.w_um(-20, -20) + plate.w_um(20, -20) + plate.w_um(-20, 20);
    EXPECT_NEAR(corners, -4 * bending.curvature_per_mm * 400 * 1e3, 1e-8 * std::abs(corners));
    for (std::size_t j = 0; j < mesh.cells_y(); ++j)
      for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
        const PlateStrain s = plate_strain(plate.mesh, plate.field, i, j, 0.3, 0.9);
        EXPECT_NEAR(s.k_x_per_mm, bending.curvature_per_mm, 1e-8 * bending.curvature_per_mm);
        EXPECT_NEAR(s.k_y_per_mm, bending.curvature_per_mm, 1e-8 * bending.curvature_per_mm);
        EXPECT_NEAR(s.k_xy_per_mm, 0, 1e-8 * bending.curvature_per_mm);
        EXPECT_NEAR(s.e_x, bending.bottom_strain, 1e-8 * std::abs(bending.bottom_strain));
        EXPECT_NEAR(s.e_y, bending.bottom_strain, 1e-8 * std::abs(bending.bottom_strain));
        EXPECT_NEAR(s.g_xy, 0, 1e-8 * std::abs(bending.bottom_strain));
        for (const double z_um : {1500.0, 2275.0}) {
          const InPlaneStress stress = stress_MPa(stacked(four_layers)[3], s, z_um);
          const double exact_MPa = stress_MPa(four_layers[3], Constraint::equibiaxial, bending, z_um);
          EXPECT_NEAR(stress.x_MPa, exact_MPa, 1e-6);
          EXPECT_NEAR(max_principal_MPa(stress), exact_MPa, 1e-6);
        }
      }
  }
}

TEST(Plate, CrossPlyLaminate) {
  // docs/facts/thermal.md case 2e: [0/90] of T300/5208, 100 K colder. Plies of 0.125 mm.
  const double e1 = 181e3, e2 = 10.3e3, nu = 0.28, d = 1 - nu * nu * e2 / e1, t_um = 125;
  const double along = e1 / d, across = e2 / d, mixed = nu * e2 / d, a1 = 0.02e-6 * -100, a2 = 22.5e-6 * -100;
  const Layers plies{{0, t_um, {along, mixed, across, 7.17e3}, a1, a2},
                     {t_um, t_um, {across, mixed, along, 7.17e3}, a2, a1}};
  const Plate plate = solve({{-10, -3, 10}, {-8, 1, 8}}, [&](double, double) { return plies; });
  const PlateStrain s = plate_strain(plate.mesh, plate.field, 1, 0, 0.5, 0.5);
  const double middle_mm = t_um * 1e-3;
  EXPECT_NEAR(s.e_x + middle_mm * s.k_x_per_mm, -5.2095e-4, 5e-9);
  EXPECT_NEAR(s.e_y + middle_mm * s.k_y_per_mm, -5.2095e-4, 5e-9);
  EXPECT_NEAR(std::abs(s.k_x_per_mm), 6.80787e-3, 1e-8);
  EXPECT_NEAR(s.k_x_per_mm, -s.k_y_per_mm, 1e-12);
  // The ply along x holds the lower half of the plate; above it the plate shrinks more along x: a bowl along x.
  EXPECT_LT(s.k_x_per_mm, 0);
}

TEST(Plate, TheEvenFieldIsThatOfTheEquations) {
  // Plies across each other and off the reference plane: both curvatures and both strains differ.
  const Layers plies{{0, 125, {180e3, 3e3, 10e3, 7e3}, -2e-6, -2e-3}, {125, 250, {10e3, 3e3, 150e3, 7e3}, -1e-3, 3e-6}};
  LaminateStiffness stiffness;
  FreeStrainResultants free;
  for (const PlateLayer& layer : plies) {
    add_layer(layer, stiffness);
    add_layer(layer, free);
  }
  const std::vector<double> whole{-10, -3, 4, 10}, half{1, 4, 10};
  for (const PlateMesh& mesh : {PlateMesh{whole, half, false, true}, PlateMesh{half, whole, true, false}}) {
    const Plate solved = solve(mesh, [&](double, double) { return plies; });
    const PlateField even = even_field(solved.mesh, stiffness, free);
    for (const geometry::Point at : {geometry::Point{10, 10}, geometry::Point{-7, 6}, geometry::Point{3, -7}}) {
      const auto bow = [&](const PlateField& field, double x, double y) {
        return deflection(solved.mesh, field, {x, y}).w_mm;
      };
      const auto second = [&](const PlateField& field) { // what no rigid motion touches
        return bow(field, at.x_mm, at.y_mm) + bow(field, 2 - at.x_mm, 2 - at.y_mm) - 2 * bow(field, 1, 1);
      };
      EXPECT_NEAR(second(even), second(solved.field), 1e-9 * std::abs(second(solved.field)));
    }
    for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
      const PlateStrain a = plate_strain(solved.mesh, even, i, 1, 0.2, 0.7),
                        b = plate_strain(solved.mesh, solved.field, i, 1, 0.2, 0.7);
      EXPECT_NEAR(a.e_x, b.e_x, 1e-12);
      EXPECT_NEAR(a.e_y, b.e_y, 1e-12);
      EXPECT_NEAR(a.g_xy, b.g_xy, 1e-12);
      EXPECT_NEAR(a.k_x_per_mm, b.k_x_per_mm, 1e-11);
      EXPECT_NEAR(a.k_y_per_mm, b.k_y_per_mm, 1e-11);
      EXPECT_NEAR(a.k_xy_per_mm, b.k_xy_per_mm, 1e-11);
    }
  }
}

TEST(Plate, TemperatureMomentOfALayer) {
  // One layer whose free strain falls upwards bends to it without stress.
  PlateLayer layer = plate_layer({1000, 70, 0.2, 3e-4}, 0);
  layer.free_strain_slope_per_mm = -2e-4;
  const Plate one = solve({{0, 3, 10}, {0, 10}, true, true}, [&](double, double) { return Layers{layer}; });
  const PlateStrain s = plate_strain(one.mesh, one.field, 0, 0, 0.5, 0.5);
  EXPECT_NEAR(s.k_x_per_mm, -2e-4, 1e-12);
  EXPECT_NEAR(s.e_x, 3e-4 + 1e-4, 1e-12);
  for (const double z_um : {0.0, 400.0, 1000.0})
    EXPECT_NEAR(stress_MPa(layer, s, z_um).x_MPa, 0, 1e-6);
  // Under another layer it is the limit of many slices: n slices leave the share 1 / n^2 of its moment out.
  const ElasticLayer top{500, 130, 0.28, 0};
  const Layers whole{layer, plate_layer(top, 1000)};
  Layers slices;
  constexpr int n = 1000;
  for (int k = 0; k < n; ++k)
    slices.push_back(plate_layer({1000.0 / n, 70, 0.2, 3e-4 - 2e-4 * ((k + 0.5) / n - 0.5)}, 1000.0 * k / n));
  slices.push_back(whole[1]);
  const PlateMesh mesh{{0, 10}, {0, 10}, true, true};
  const double whole_um = solve(mesh, [&](double, double) { return whole; }).w_um(10, 10);
  EXPECT_NEAR(solve(mesh, [&](double, double) { return slices; }).w_um(10, 10), whole_um, 2e-6 * std::abs(whole_um));
}

/// A die of 30 mm on 90 mm, its engaged edges `inside` its own.
Layers die_on(const geometry::Material& core, double x, double y, double inside_mm) {
  const double half = 15 - inside_mm;
  const bool die = std::abs(x) < half && std::abs(y) < half;
  return die ? stacked({cooled(core, 1.2), cooled(uf, 0.1), cooled(si, 0.775)}) : stacked({cooled(core, 1.2)});
}

/// From `from` to `to`: cells grow from `first` at `from` by `ratio` up to `largest`, then all are stretched to fit.
std::vector<double> graded(double from, double to, double first, double ratio, double largest) {
  std::vector<double> steps;
  double sum = 0;
  for (double h = first; sum < std::abs(to - from) - 1e-9; h = std::min(h * ratio, largest)) {
    steps.push_back(h);
    sum += h;
  }
  std::vector<double> planes{from};
  double at = 0;
  for (const double h : steps)
    planes.push_back(from + (to - from) * (at += h) / sum);
  return planes;
}

/// Quarter of the plan of 90 mm, cells fine at the edge of the die.
PlateMesh graded_quarter(double edge_mm, double first, double ratio, double largest) {
  std::vector<double> planes = graded(edge_mm, 0, first, ratio, largest);
  std::reverse(planes.begin(), planes.end());
  const std::vector<double> outside = graded(edge_mm, 45, first, ratio, largest);
  planes.insert(planes.end(), outside.begin() + 1, outside.end());
  return {planes, planes, true, true};
}

TEST(Plate, QuarterHalfAndWholeAgree) {
  const std::vector<double> half{0, 8, 14, 15, 16, 22, 45};
  std::vector<double> whole;
  for (std::size_t i = half.size() - 1; i > 0; --i)
    whole.push_back(-half[i]);
  whole.insert(whole.end(), half.begin(), half.end());
  const auto layers = [](double x, double y) { return die_on(org15, x, y, 0); };
  const Plate quarter = solve({half, half, true, true}, layers);
  for (const PlateMesh& mesh : {PlateMesh{whole, half, false, true}, PlateMesh{half, whole, true, false},
                                PlateMesh{whole, whole, false, false}}) {
    const Plate other = solve(mesh, layers);
    for (const geometry::Point p : {geometry::Point{45, 45}, {-45, 10}, {13, -31}, {-15, -15}}) {
      EXPECT_NEAR(other.w_um(p.x_mm, p.y_mm), quarter.w_um(p.x_mm, p.y_mm), 1e-6);
      EXPECT_NEAR(deflection(other.mesh, other.field, p).slope_x, deflection(quarter.mesh, quarter.field, p).slope_x,
                  1e-9);
    }
  }
}

TEST(Plate, ANarrowCellChangesNothing) {
  // Another plane where the plate is even: what it changes is resolution, and rounding, 1e-16 (45 / 0.05)^3 = 7e-8.
  const auto layers = [](double x, double y) { return die_on(org15, x, y, 0); };
  const std::vector<double> planes{0, 8, 14, 15, 16, 22, 30, 45}, narrow{0, 8, 14, 15, 16, 22, 22.05, 30, 45};
  const double corner_um = solve({planes, planes, true, true}, layers).w_um(45, 45);
  EXPECT_NEAR(solve({narrow, narrow, true, true}, layers).w_um(45, 45), corner_um, 1e-3 * std::abs(corner_um));
}

TEST(Plate, ConvergesAtTheDiesEdges) {
  // The die's corner is singular, so even cells converge at about first order and cells graded towards the edges far
  // faster for their number. docs/facts/thermal.md section 5: 6500 unknowns of MITC4 plates reach 0.2 %.
  const auto layers = [](double x, double y) { return die_on(org15, x, y, 0); };
  const double exact_um = solve(graded_quarter(15, 0.05, 1.5, 4), layers).w_um(45, 45);
  std::printf("%-22s %9s %9s\n", "cells", "unknowns", "error");
  const auto error = [&](const char* name, const PlateMesh& mesh) {
    const Plate plate = solve(mesh, layers);
    const double off = plate.w_um(45, 45) / exact_um - 1;
    std::printf("%-22s %9zu %8.3f %%\n", name, plate.unknowns, 100 * off);
    return off;
  };
  std::vector<double> uniform;
  for (const int n : {6, 12, 24, 48})
    uniform.push_back(error("even", {even(0, 45, n), even(0, 45, n), true, true}));
  for (std::size_t i = 0; i + 1 < uniform.size(); ++i) {
    const double order = std::log2(uniform[i] / uniform[i + 1]);
    std::printf("order %.2f\n", order);
    EXPECT_GT(order, 0.9);
  }
  EXPECT_LT(std::abs(error("from 1 mm, ratio 3", graded_quarter(15, 1, 3, 12))), 0.004);
  EXPECT_LT(std::abs(error("from 0.5 mm, ratio 2", graded_quarter(15, 0.5, 2, 12))), 0.002);
}

TEST(Plate, RoundPlateIsTheRingedPlate) {
  // The exact rings: a disc of die on a disc of substrate, both staircased; beyond the rim next to nothing.
  const double die_mm = 16, rim_mm = 48;
  const std::vector<ElasticLayer> bare{cooled(org15, 1.2)};
  const std::vector<ElasticLayer> with_die{cooled(org15, 1.2), cooled(uf, 0.1), cooled(si, 0.775)};
  const TwoRings exact = solve_two_rings(die_mm, with_die, rim_mm, bare);
  std::vector<double> planes = even(0, 18, 45), outside = even(18, 50, 32);
  planes.insert(planes.end(), outside.begin() + 1, outside.end());
  const Plate plate = solve({planes, planes, true, true}, [&](double x, double y) {
    const double r = std::hypot(x, y);
    Layers layers = stacked(r < die_mm ? with_die : bare);
    for (double& q : layers[0].q_MPa)
      q *= r < rim_mm ? 1 : 1e-6;
    return layers;
  });
  // The steps at the die's edge of 0.4 mm cannot stiffen it as far as their outermost corners: the same area is within
  // 0.1 mm of radius, and the bow goes with the square of 16 mm.
  for (const double r : {8.0, 16.0, 30.0, 45.0})
    for (const double angle : {0.0, 0.5, 0.7854}) {
      const double expected_um = exact.deflection_um(r);
      EXPECT_NEAR(plate.w_um(r * std::cos(angle), r * std::sin(angle)), expected_um, 0.0125 * std::abs(expected_um))
          << r << " " << angle;
    }
}

/// Case 9: CalculiX C3D20R, 220 to 25 C.
struct FiniteElements {
  const geometry::Material& core;
  double corner_um, edge_um, die_corner_um;
  double die_low_MPa, die_high_MPa; ///< at the die's centre, extreme integration points; NAN: not given
  int elements;                     ///< through the die, see below
  double tolerance;
};

class PlateCase9 : public testing::TestWithParam<FiniteElements> {
protected:
  static double shear_lag_mm() {
    const auto adherend = [](const geometry::Material& m, double thickness_mm) {
      const ElasticLayer layer = cooled(m, thickness_mm);
      return Adherend{layer.thickness_um, layer.youngs_modulus_GPa, layer.poisson_ratio, layer.thermal_strain, 0};
    };
    const BondLayer bond{100, uf.youngs_modulus_GPa, uf.poisson_ratio};
    return 1 / shear_lag({adherend(si, 0.775), bond, adherend(GetParam().core, 1.2), 15}).rate_per_mm;
  }
};

TEST_P(PlateCase9, AgreesWithSolidElements) {
  const FiniteElements& fe = GetParam();
  for (const bool shrunk : {false, true}) {
    const double inside_mm = shrunk ? shear_lag_mm() : 0;
    const Plate plate = solve(graded_quarter(15 - inside_mm, 0.5, 2, 6),
                              [&](double x, double y) { return die_on(fe.core, x, y, inside_mm); });
    const double corner = plate.w_um(45, 45) / fe.corner_um - 1, edge = plate.w_um(45, 0) / fe.edge_um - 1;
    const double die = plate.w_um(15, 15) / fe.die_corner_um - 1;
    std::printf("%-12s %-10s corner %+5.1f %%, edge %+5.1f %%, die corner %+5.1f %%\n", fe.core.name.c_str(),
                shrunk ? "less 1/k" : "whole die", 100 * corner, 100 * edge, 100 * die);
    if (!shrunk) {
      EXPECT_GT(corner, 0.04) << "a laminate engages the die up to its edge: always high";
      continue;
    }
    EXPECT_LT(std::abs(corner), fe.tolerance);
    EXPECT_LT(std::abs(edge), fe.tolerance);
    EXPECT_LT(std::abs(die), fe.tolerance);
    if (std::isnan(fe.die_low_MPa))
      continue;
    // The table is taken at integration points: with n elements through the die the outermost lie (1 - 1/sqrt(3))/(2n)
    // of its thickness below the faces. n is not in the table; the stresses tell 4 for the standard and 6 for the fine
    // mesh.
    const PlateStrain centre = plate_strain(plate.mesh, plate.field, 0, 0, 0, 0);
    const PlateLayer silicon = die_on(fe.core, 0, 0, inside_mm)[2];
    const double low = stress_MPa(silicon, centre, 1300).x_MPa, high = stress_MPa(silicon, centre, 2075).x_MPa;
    const double inset = (1 - 1 / std::sqrt(3.0)) / (2 * fe.elements);
    std::printf("  die %.2f .. %.2f MPa, solid %.2f .. %.2f\n", low + inset * (high - low), high - inset * (high - low),
                fe.die_low_MPa, fe.die_high_MPa);
    // The curvature is as far off as the die's warpage, up to 2 %; of the bending that is this much.
    const double tolerance_MPa = 0.02 * (fe.die_high_MPa - fe.die_low_MPa);
    EXPECT_NEAR(low + inset * (high - low), fe.die_low_MPa, tolerance_MPa);
    EXPECT_NEAR(high - inset * (high - low), fe.die_high_MPa, tolerance_MPa);
  }
}

// docs/facts/thermal.md case 9e: with the footprint less 1/k a plate is 1 to 3 % low where die and core do not match;
// with a matched core the shrinkage of the underfill, which the plate loads up to the die's edge, dominates: 4 to 5 %.
INSTANTIATE_TEST_SUITE_P(Facts, PlateCase9,
                         testing::Values(FiniteElements{exg, -42.33, -29.33, -14.40, -11.72, -2.64, 6, 0.06},
                                         FiniteElements{g55, -251.32, -173.42, -81.70, NAN, NAN, 0, 0.03},
                                         FiniteElements{g83, -502.85, -346.57, -162.31, -79.65, 17.12, 4, 0.03},
                                         FiniteElements{org11, -811.09, -551.23, -254.80, -98.49, 49.03, 4, 0.03},
                                         FiniteElements{org15, -1196.91, -813.30, -375.31, -146.83, 78.53, 6, 0.03}));

TEST(Plate, BadInputIsRefused) {
  EXPECT_THROW(plate_system({{0}, {0, 1}}), std::invalid_argument);
  EXPECT_THROW(plate_system({{0, 1, 1}, {0, 1}}), std::invalid_argument);
  EXPECT_THROW(plate_system({{0, 1, 1.00001}, {0, 1}}), std::invalid_argument) << "too narrow for the precision";
  const auto system = plate_system({{0, 1, 2}, {0, 1}});
  EXPECT_THROW(factor_plate(system, std::vector<LaminateStiffness>(3)), std::invalid_argument);
  EXPECT_THROW(factor_plate(system, std::vector<LaminateStiffness>(2)), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
