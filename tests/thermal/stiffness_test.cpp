// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffness.hpp"

#include "tests/thermal/bonded_plates.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/laminate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

namespace beachfront::thermal {
namespace {

constexpr GridRules coarse{2, 8, 2, 0, 1300};

double w_mm(const Grid& grid, const std::vector<double>& u, std::size_t i, std::size_t j, std::size_t k) {
  return u[3 * node(grid, i, j, k) + 2];
}

TEST(Stiffness, FreeExpansionGivesNoStressWhateverTheShape) {
  // A stepped body of one material, in two halves of unlike stiffness but like expansion.
  std::vector<Body> all{plate(g83, 30, 20, 0, 1.2), plate(g83, 10, 8, 1.2, 0.3), plate(g83, 6, 6, 1.5, 0.001)};
  all[1].material.youngs_modulus_GPa = 3;
  const Grid mesh = grid(all, coarse, false, true);
  const FreeStrains strains = cooled(all, mesh, -200);
  const auto [u, residual] = Stiffness(mesh, tensors_of(all)).solve(strains);
  EXPECT_LT(residual, 1e-9);
  const double strain = 8.3e-6 * -200;
  for (std::size_t k = 0; k < mesh.cells_z(); ++k)
    for (std::size_t j = 0; j < mesh.cells_y(); ++j)
      for (std::size_t i = 0; i < mesh.cells_x(); ++i)
        if (mesh.body[mesh.cell(i, j, k)] != no_body) {
          for (const double value : middle_stress_MPa(mesh, all, strains, u, i, j, k))
            EXPECT_NEAR(value, 0, 1e-4); // of 128 MPa that holding it would take; the solve ends at 1e-9
        }
  const std::size_t last = mesh.x_mm.size() - 1;
  EXPECT_NEAR(u[3 * node(mesh, last, 0, 0)] - u[3 * node(mesh, 0, 0, 0)], strain * 30, 1e-10);
  EXPECT_NEAR(w_mm(mesh, u, last / 2, 0, mesh.z_mm.size() - 1) - w_mm(mesh, u, last / 2, 0, 0), strain * 1.501, 1e-10);
}

/// Deflection of the lower face and stress at the middle of a free square plate of layers against laminate theory.
void expect_laminate(const std::vector<Body>& all, const std::vector<ElasticLayer>& layers, const Grid& mesh,
                     double tolerance) {
  const FreeStrains strains = cooled(all, mesh, cooling_K);
  const auto [u, residual] = Stiffness(mesh, tensors_of(all)).solve(strains);
  EXPECT_LT(residual, 1e-9);
  const Bending bending = free_bending(layers, Constraint::equibiaxial);
  const std::size_t far = mesh.x_mm.size() / 2;
  const double r2_mm2 = 2 * mesh.x_mm[far] * mesh.x_mm[far];
  const double exact_mm = -bending.curvature_per_mm * r2_mm2 / 2;
  EXPECT_NEAR(w_mm(mesh, u, far, far, 0) - w_mm(mesh, u, 0, 0, 0), exact_mm, tolerance * std::abs(exact_mm));
  double scale_MPa = 0;
  for (const ElasticLayer& layer : layers)
    scale_MPa = std::max(scale_MPa, std::abs(stress_MPa(layer, Constraint::equibiaxial, bending, 0)));
  for (std::size_t k = 0; k < mesh.cells_z(); ++k) {
    const auto b = static_cast<std::size_t>(mesh.body[mesh.cell(0, 0, k)]);
    const Stress low = middle_stress_MPa(mesh, all, strains, u, 0, 0, k, -1);
    EXPECT_NEAR(low[0], stress_MPa(layers[b], Constraint::equibiaxial, bending, 1e3 * mesh.z_mm[k]),
                tolerance * scale_MPa);
    EXPECT_NEAR(low[2], 0, tolerance * scale_MPa);
  }
}

TEST(Stiffness, BimetalPlateBendsAsALaminateAwayFromItsEdges) {
  const std::vector<Body> all{plate(si, 60, 60, 0, 0.5), plate(cu, 60, 60, 0.5, 0.2)};
  // Cells of up to 8 x 8 x 0.2 mm: a locking element would be stiff by orders of magnitude here. What the free edges
  // disturb dies away within a few thicknesses.
  expect_laminate(all, {cooled(si, 0.5), cooled(cu, 0.2)}, grid(all, coarse, true, true), 1e-3);
}

TEST(Stiffness, LayerOfAMicrometreOnTwoMillimetresBendsAsALaminate) {
  const std::vector<Body> all{plate(si, 60, 60, 0, 2), plate(cu, 60, 60, 2, 0.001)};
  expect_laminate(all, {cooled(si, 2), cooled(cu, 0.001)}, grid(all, coarse, true, true), 1e-3);
}

TEST(Stiffness, LayerOfTenNanometresOnTwoMillimetresBendsAsALaminate) {
  // Tied to the plate some 100,000 times as firmly as the plate holds together: hard for single precision.
  const std::vector<Body> all{plate(si, 60, 60, 0, 2), plate(cu, 60, 60, 2, 1e-5)};
  expect_laminate(all, {cooled(si, 2), cooled(cu, 1e-5)}, grid(all, coarse, true, true), 2e-3);
}

TEST(Stiffness, GivesNoFiguresWhereTheSolveDoesNotConverge) {
  const std::vector<Body> all{plate(si, 20, 20, 0, 2)};
  const Grid mesh = grid(all, coarse, true, true);
  const Stiffness stiffness(mesh, tensors_of(all));
  const double single_MB = stiffness.factor_MB();
  EXPECT_THROW(stiffness.solve(FreeStrains(mesh.cells(), {1e200, 1e200, 1e200})), std::runtime_error);
  EXPECT_GT(stiffness.factor_MB(), 2 * single_MB); // the factor in double precision was made and asked first
}

TEST(Stiffness, FoilTooSlenderForSinglePrecisionBendsAsALaminate) {
  const std::vector<Body> all{plate(si, 100, 100, 0, 0.1), plate(cu, 100, 100, 0.1, 0.1)};
  const Grid mesh = grid(all, coarse, true, true);
  // A pivot in single precision is not positive; the factor in double precision takes twice the memory.
  Grid thick = mesh;
  for (double& z : thick.z_mm)
    z *= 100;
  const Stiffness foil(mesh, tensors_of(all)), plates(thick, tensors_of(all));
  EXPECT_GT(foil.factor_MB(), 1.8 * plates.factor_MB());
  expect_laminate(all, {cooled(si, 0.1), cooled(cu, 0.1)}, mesh, 1e-3);
}

TEST(Stiffness, ThinLayersOnEachOtherTakeFewIterations) {
  // Layers of a micrometre are a thousand times stiffer than what bends: single precision knows both only where the
  // node above is counted from the one below. Otherwise it takes 7.
  std::vector<Body> all{plate(si, 60, 60, 0, 1),       plate(cu, 40, 40, 1, 0.001),     plate(uf, 40, 40, 1.001, 0.001),
                        plate(si, 30, 30, 1.002, 0.5), plate(uf, 20, 20, 1.502, 0.001), plate(si, 20, 20, 1.503, 0.5)};
  const Grid mesh = grid(all, coarse, true, true);
  std::vector<double> history;
  const auto [u, residual] = Stiffness(mesh, tensors_of(all)).solve(cooled(all, mesh, cooling_K), &history);
  EXPECT_LT(residual, 1e-9);
  EXPECT_GE(history.size(), 1U); // of the factor in single precision
  EXPECT_LE(history.size(), 5U);
}

TEST(Stiffness, ALoadAfterOthersLikeItIsSolvedSooner) {
  const std::vector<Body> all{plate(si, 30, 20, 0, 0.7), plate(cu, 30, 20, 0.7, 0.1), plate(org11, 10, 8, 0.8, 0.02)};
  const Grid mesh = grid(all, coarse, true, true);
  const FreeStrains even = cooled(all, mesh, cooling_K);
  const auto load = [&](double share) { // colder towards the edge
    FreeStrains uneven = even;
    for (std::size_t cell = 0; cell < uneven.size(); ++cell)
      for (double& strain : uneven[cell])
        strain *= 1 + share * static_cast<double>(cell % mesh.cells_x()) / static_cast<double>(mesh.cells_x());
    return uneven;
  };
  const Stiffness stiffness(mesh, tensors_of(all));
  EarlierLoads earlier;
  stiffness.solve(load(0), nullptr, &earlier);
  stiffness.solve(load(1), nullptr, &earlier);
  std::vector<double> afresh, after;
  const auto expected = stiffness.solve(load(0.3), &afresh).displacement_mm,
             found = stiffness.solve(load(0.3), &after, &earlier).displacement_mm; // 0.7 of the one, 0.3 of the other
  EXPECT_EQ(earlier.force_N.size(), 2U);                                           // it says nothing new
  EXPECT_LE(after.size() + 2, afresh.size());
  double greatest = 0;
  for (const double u : expected)
    greatest = std::max(greatest, std::abs(u));
  for (std::size_t u = 0; u < found.size(); ++u)
    EXPECT_NEAR(found[u], expected[u], 1e-8 * greatest);
}

TEST(Stiffness, TheMemoryOfAnotherChangesNothing) {
  const std::vector<Body> all{plate(si, 30, 20, 0, 0.7), plate(cu, 30, 20, 0.7, 0.1)};
  const Grid mesh = grid(all, coarse, true, true);
  const FreeStrains load = cooled(all, mesh, cooling_K);
  const Stiffness fresh(mesh, tensors_of(all));
  auto other = std::make_unique<Stiffness>(mesh, tensors_of({plate(cu, 30, 20, 0, 0.7), plate(si, 30, 20, 0.7, 0.1)}));
  const Stiffness again(mesh, tensors_of(all), Parity::even, Parity::even, fresh.pattern(), std::move(other));
  EXPECT_EQ(again.solve(load).displacement_mm, fresh.solve(load).displacement_mm);
}

TEST(Stiffness, FourLayersBendAsALaminate) {
  const std::vector<Body> all{plate(org11, 60, 60, 0, 1.2), plate(abf, 60, 60, 1.2, 0.2), plate(uf, 60, 60, 1.4, 0.1),
                              plate(si, 60, 60, 1.5, 0.775, Part::die)};
  expect_laminate(all, {cooled(org11, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)},
                  grid(all, {1, 4, 2, 0, 1300}, true, true), 2e-3);
}

TEST(Stiffness, QuarterHalfAndWholeAreOneSolution) {
  const std::vector<Body> all{plate(org15, 40, 30, 0, 1.2), plate(uf, 16, 12, 1.2, 0.1), plate(si, 16, 12, 1.3, 0.775)};
  const Grid quarter = grid(all, coarse, true, true);
  const Grid half = unfolded(quarter, true), whole = unfolded(half, false);
  const auto solved = [&](const Grid& mesh) {
    return Stiffness(mesh, tensors_of(all)).solve(cooled(all, mesh, cooling_K)).displacement_mm;
  };
  const auto of_quarter = solved(quarter), of_half = solved(half), of_whole = solved(whole);
  const std::size_t middle_x = quarter.x_mm.size() - 1, middle_y = quarter.y_mm.size() - 1;
  double greatest_mm = 0;
  for (const double value : of_quarter)
    greatest_mm = std::max(greatest_mm, std::abs(value));
  for (std::size_t k = 0; k < quarter.z_mm.size(); ++k)
    for (std::size_t j = 0; j < quarter.y_mm.size(); ++j)
      for (std::size_t i = 0; i < quarter.x_mm.size(); ++i)
        for (std::size_t c = 0; c < 3; ++c) {
          const double expected = of_quarter[3 * node(quarter, i, j, k) + c];
          EXPECT_NEAR(of_half[3 * node(half, middle_x + i, j, k) + c], expected, 1e-9 * greatest_mm);
          EXPECT_NEAR(of_whole[3 * node(whole, middle_x + i, middle_y + j, k) + c], expected, 1e-9 * greatest_mm);
          const double sign_x = c == 0 ? -1 : 1, sign_y = c == 1 ? -1 : 1;
          EXPECT_NEAR(of_whole[3 * node(whole, middle_x - i, middle_y - j, k) + c], sign_x * sign_y * expected,
                      1e-9 * greatest_mm);
        }
}

TEST(Stiffness, FourParitiesAddUpToTheWholeUnderAnyLoad) {
  const std::vector<Body> all{plate(org15, 40, 30, 0, 1.2), plate(uf, 16, 12, 1.2, 0.1), plate(si, 16, 12, 1.3, 0.775)};
  const Grid quarter = grid(all, coarse, true, true), whole = unfolded(unfolded(quarter, true), false);
  const std::size_t nx = quarter.cells_x(), ny = quarter.cells_y(), nz = quarter.cells_z();
  std::mt19937 random(5);
  std::uniform_real_distribution<double> value(-1e-3, 1e-3);
  FreeStrains load(whole.cells());
  for (auto& strain : load)
    strain = {value(random), value(random), value(random)};
  const auto of_whole = Stiffness(whole, tensors_of(all)).solve(load).displacement_mm;

  const auto image = [&](std::size_t i, std::size_t j, std::size_t k, bool west, bool south) {
    return std::array{west ? nx - 1 - i : nx + i, south ? ny - 1 - j : ny + j, k};
  };
  std::vector<std::array<Stress, 4>> parts(quarter.cells()); // of each parity: even even, odd even, even odd, odd odd
  std::vector<double> sum_mm(3 * node_count(quarter), 0);    // in the quarter itself every sign is positive
  for (std::size_t p = 0; p < 4; ++p) {
    const bool odd_x = (p & 1U) != 0, odd_y = (p & 2U) != 0;
    FreeStrains share(quarter.cells(), {0, 0, 0});
    for (std::size_t k = 0; k < nz; ++k)
      for (std::size_t j = 0; j < ny; ++j)
        for (std::size_t i = 0; i < nx; ++i)
          for (const bool west : {false, true})
            for (const bool south : {false, true}) {
              const auto at = image(i, j, k, west, south);
              const double sign = (odd_x && west ? -1 : 1) * (odd_y && south ? -1 : 1);
              for (std::size_t c = 0; c < 3; ++c)
                share[quarter.cell(i, j, k)][c] += sign * load[whole.cell(at[0], at[1], at[2])][c] / 4;
            }
    const auto u =
        Stiffness(quarter, tensors_of(all), odd_x ? Parity::odd : Parity::even, odd_y ? Parity::odd : Parity::even)
            .solve(share);
    EXPECT_LT(u.residual, 1e-9);
    for (std::size_t n = 0; n < sum_mm.size(); ++n)
      sum_mm[n] += u.displacement_mm[n];
    for (std::size_t k = 0; k < nz; ++k)
      for (std::size_t j = 0; j < ny; ++j)
        for (std::size_t i = 0; i < nx; ++i)
          if (quarter.body[quarter.cell(i, j, k)] != no_body)
            parts[quarter.cell(i, j, k)][p] = middle_stress_MPa(quarter, all, share, u.displacement_mm, i, j, k);
  }
  for (std::size_t k = 0; k <= nz; ++k)
    for (std::size_t j = 0; j <= ny; ++j)
      for (std::size_t i = 0; i <= nx; ++i)
        for (std::size_t c = 0; c < 3; ++c)
          EXPECT_NEAR(sum_mm[3 * node(quarter, i, j, k) + c], of_whole[3 * node(whole, nx + i, ny + j, k) + c], 1e-10);
  for (std::size_t k = 0; k < nz; ++k)
    for (std::size_t j = 0; j < ny; ++j)
      for (std::size_t i = 0; i < nx; ++i)
        for (const bool west : {false, true})
          for (const bool south : {false, true}) {
            if (quarter.body[quarter.cell(i, j, k)] == no_body)
              continue;
            const auto at = image(i, j, k, west, south);
            const Stress expected = middle_stress_MPa(whole, all, load, of_whole, at[0], at[1], at[2]);
            for (std::size_t c = 0; c < 6; ++c) {
              double sum = 0;
              for (std::size_t p = 0; p < 4; ++p)
                sum += ((p & 1U) != 0 && west ? -1 : 1) * ((p & 2U) != 0 && south ? -1 : 1) *
                       parts[quarter.cell(i, j, k)][p][c];
              // yz turns with y, xz with x, xy with both.
              const double turned = (west && c >= 4 ? -1 : 1) * (south && (c == 3 || c == 5) ? -1 : 1);
              ASSERT_NEAR(turned * sum, expected[c], 1e-7) << "component " << c;
            }
          }
}

TEST(Stiffness, CornerDeflectionConvergesWithTheSecondPowerToCalculixs) {
  // docs/facts/thermal.md case 9 on three grids, each cell of one cut in eight for the next.
  const std::vector<Body> all{plate(org15, 90, 90, 0, 1.2), plate(uf, 30, 30, 1.2, 0.1),
                              plate(si, 30, 30, 1.3, 0.775, Part::die)};
  Grid mesh = grid(all, {6, 15, 3, 0, 1300}, true, true);
  std::array<double, 3> corner_um{};
  for (double& found : corner_um) {
    const auto u = Stiffness(mesh, tensors_of(all)).solve(cooled(all, mesh, cooling_K)).displacement_mm;
    found = 1e3 * (w_mm(mesh, u, mesh.x_mm.size() - 1, mesh.y_mm.size() - 1, 0) - w_mm(mesh, u, 0, 0, 0));
    mesh = refined(mesh);
  }
  const double order = std::log2((corner_um[1] - corner_um[0]) / (corner_um[2] - corner_um[1]));
  const double limit_um = corner_um[2] + (corner_um[2] - corner_um[1]) / 3; // of second order
  RecordProperty("order", std::to_string(order));
  EXPECT_GT(order, 1.5);
  EXPECT_LT(order, 3);
  EXPECT_NEAR(limit_um, -1196.91, 0.005 * 1196.91);
}

TEST(Stiffness, RefusesWhatFallsApart) {
  std::vector<Body> all{plate(si, 10, 10, 0, 1), plate(si, 10, 10, 1.5, 1)};
  EXPECT_THROW(Stiffness(grid(all, coarse, true, true), tensors_of(all)), std::invalid_argument);
  // Only the joint holds the two together: without it they are two pieces, with it one.
  all.push_back(plate(uf, 4, 4, 1, 0.5));
  auto tensors = tensors_of(all);
  EXPECT_NO_THROW(Stiffness(grid(all, coarse, true, true), tensors));
  tensors[2].reset();
  EXPECT_THROW(Stiffness(grid(all, coarse, true, true), tensors), std::invalid_argument);
  tensors[1].reset();
  EXPECT_NO_THROW(Stiffness(grid(all, coarse, true, true), tensors));
  tensors[0].reset();
  EXPECT_THROW(Stiffness(grid(all, coarse, true, true), tensors), std::invalid_argument);
}

TEST(Stiffness, RefusesAHinge) {
  // Two blocks that share an edge alone may swing about it.
  std::vector<Body> all{plate(si, 10, 10, 0, 1), plate(si, 10, 10, 1, 1)};
  all[1].outline = {{5, -5}, {15, 5}};
  EXPECT_THROW(Stiffness(grid(all, coarse, false, false), tensors_of(all)), std::invalid_argument);
}

TEST(Stiffness, ABodyOffTheMiddleIsHeldToo) {
  // Nothing lies at the middle of the plan.
  std::vector<Body> all{plate(g83, 4, 20, 0, 1), plate(g83, 20, 4, 0, 1)};
  all[0].outline = {{-20, -20}, {-16, 20}};
  all[1].outline = {{-16, -20}, {20, -16}};
  const Grid mesh = grid(all, coarse, false, false);
  const FreeStrains strains = cooled(all, mesh, 100);
  const auto [u, residual] = Stiffness(mesh, tensors_of(all)).solve(strains);
  EXPECT_LT(residual, 1e-9);
  for (std::size_t j = 0; j < mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < mesh.cells_x(); ++i)
      if (mesh.body[mesh.cell(i, j, 0)] != no_body) {
        for (const double value : middle_stress_MPa(mesh, all, strains, u, i, j, 0))
          EXPECT_NEAR(value, 0, 1e-6);
      }
}

TEST(Stiffness, EnergyOfALoadAndItsReactionIsMutual) {
  // Betti: the forces of one load do the same work on the movement of another as the other way round.
  const std::vector<Body> all{plate(exg, 40, 30, 0, 1.2), plate(uf, 16, 12, 1.2, 0.1), plate(si, 16, 12, 1.3, 0.775)};
  const Grid mesh = grid(all, coarse, false, true);
  std::mt19937 random(9);
  std::uniform_real_distribution<double> value(-1e-3, 1e-3);
  std::array<FreeStrains, 2> loads{FreeStrains(mesh.cells()), FreeStrains(mesh.cells())};
  for (auto& load : loads)
    for (auto& strain : load)
      strain = {value(random), value(random), value(random)};
  const Stiffness stiffness(mesh, tensors_of(all));
  const auto work = [&](const FreeStrains& load, const std::vector<double>& u) {
    double sum = 0;
    for (std::size_t k = 0; k < mesh.cells_z(); ++k)
      for (std::size_t j = 0; j < mesh.cells_y(); ++j)
        for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
          const std::size_t cell = mesh.cell(i, j, k);
          if (mesh.body[cell] == no_body)
            continue;
          const BrickVector f = free_strain_forces_N(isotropic(all[static_cast<std::size_t>(mesh.body[cell])].material),
                                                     cell_size_mm(mesh, i, j, k), load[cell]);
          const BrickVector moved = cell_displacement_mm(mesh, u, i, j, k);
          for (std::size_t n = 0; n < 24; ++n)
            sum += f[n] * moved[n];
        }
    return sum;
  };
  const auto first = stiffness.solve(loads[0]).displacement_mm, second = stiffness.solve(loads[1]).displacement_mm;
  EXPECT_NEAR(work(loads[0], second), work(loads[1], first), 1e-9 * work(loads[0], first));
  EXPECT_GT(work(loads[0], first), 0);
}

} // namespace
} // namespace beachfront::thermal
