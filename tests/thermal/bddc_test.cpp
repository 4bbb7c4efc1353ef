// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/bddc.hpp"

#include "tests/thermal/bonded_bricks.hpp"
#include "thermal/stiffness_pattern.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

/// A plate of three layers, the middle one a film whose modulus is `contrast` times less, with a die on a part of it; a
/// cell a millimetre.
struct LayeredPlate {
  std::vector<ElasticBrick> bricks;
  Grid grid;
  Tensors tensors;
  FreeStrains strains;

  LayeredPlate(std::size_t cells, double contrast) {
    const double side_mm = static_cast<double>(cells);
    const auto layer = [&](double share, double bottom_mm, double top_mm, double modulus_GPa, double strain) {
      bricks.push_back({Part::ply,
                        {{0, 0}, {share * side_mm, share * side_mm}},
                        bottom_mm,
                        top_mm,
                        isotropic(modulus_GPa, 0.3),
                        {strain, strain, strain}});
    };
    layer(1, 0, 0.8, 74, 3e-6);
    layer(1, 0.8, 0.83, 74 / contrast, 30e-6);
    layer(1, 0.83, 1.03, 10, 17e-6);
    layer(0.5, 1.03, 1.8, 130, 2.6e-6);
    for (std::size_t n = 0; n <= cells; ++n)
      grid.x_mm.push_back(static_cast<double>(n));
    grid.y_mm = grid.x_mm;
    grid.z_mm = {0, 0.4, 0.8, 0.83, 1.03, 1.4, 1.8};
    const std::array<int, 6> body_of{0, 0, 1, 2, 3, 3};
    grid.half_x = grid.half_y = true;
    grid.body.assign(grid.cells(), no_body);
    strains.resize(grid.cells());
    for (std::size_t k = 0; k < grid.cells_z(); ++k)
      for (std::size_t j = 0; j < cells; ++j)
        for (std::size_t i = 0; i < cells; ++i) {
          const int body = body_of[k];
          if (body == 3 && (2 * i >= cells || 2 * j >= cells))
            continue;
          grid.body[grid.cell(i, j, k)] = body;
          for (double& strain : strains[grid.cell(i, j, k)])
            strain = -100 * bricks[static_cast<std::size_t>(body)].expansion_per_K[0];
        }
    tensors = tensors_of(bricks);
  }

  Stiffness stiffness(StiffnessSolver solver) const {
    return Stiffness(grid, tensors, Parity::even, Parity::even, stiffness_pattern(grid, tensors, nullptr, solver));
  }
  std::size_t iterations() const {
    std::vector<double> history;
    stiffness(StiffnessSolver::subdomains).solve(strains, &history);
    return history.size();
  }
};

TEST(Bddc, MovesAsTheFactorOfTheWhole) {
  const LayeredPlate plate(25, 100);
  const auto expected = plate.stiffness(StiffnessSolver::whole).solve(plate.strains).displacement_mm;
  const auto found = plate.stiffness(StiffnessSolver::subdomains).solve(plate.strains);
  EXPECT_LT(found.residual, 1e-7);
  double greatest = 0;
  for (const double u : expected)
    greatest = std::max(greatest, std::abs(u));
  for (std::size_t u = 0; u < expected.size(); ++u)
    EXPECT_NEAR(found.displacement_mm[u], expected[u], 1e-7 * greatest);
}

// Where everything expands alike nothing is strained, whatever the moduli: the exact solution is a stretch.
TEST(Bddc, EvenExpansionIsAStretch) {
  LayeredPlate plate(25, 100);
  constexpr double expansion = 1e-3;
  for (std::array<double, 3>& strain : plate.strains)
    strain = {expansion, expansion, expansion};
  const auto found = plate.stiffness(StiffnessSolver::subdomains).solve(plate.strains).displacement_mm;
  const double lift_mm = found[2]; // of the lowest face, which is held on the mean
  const Grid& grid = plate.grid;
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    const std::size_t i = cell % grid.cells_x(), j = cell / grid.cells_x() % grid.cells_y(),
                      k = cell / (grid.cells_x() * grid.cells_y());
    if (grid.body[cell] == no_body)
      continue;
    const double* const u = found.data() + 3 * node(grid, i, j, k);
    EXPECT_NEAR(u[0], expansion * grid.x_mm[i], 1e-8);
    EXPECT_NEAR(u[1], expansion * grid.y_mm[j], 1e-8);
    EXPECT_NEAR(u[2], lift_mm + expansion * grid.z_mm[k], 1e-8);
  }
}

TEST(Bddc, ThreadsChangeNoByte) {
  const LayeredPlate plate(25, 100);
  const auto alone = plate.stiffness(StiffnessSolver::subdomains).solve(plate.strains).displacement_mm;
  std::vector<double> shared;
#pragma omp parallel num_threads(3)
#pragma omp single
  shared = plate.stiffness(StiffnessSolver::subdomains).solve(plate.strains).displacement_mm;
  EXPECT_EQ(shared, alone);
}

// A load between two that were solved starts from them.
TEST(Bddc, ALoadLikeEarlierOnesIsSolvedSooner) {
  const LayeredPlate plate(25, 100);
  const Stiffness stiffness = plate.stiffness(StiffnessSolver::subdomains);
  EarlierLoads earlier;
  std::vector<double> first, again;
  FreeStrains more = plate.strains;
  for (std::array<double, 3>& strain : more)
    for (double& along : strain)
      along *= 1.1;
  stiffness.solve(plate.strains, &first, &earlier);
  const auto found = stiffness.solve(more, &again, &earlier).displacement_mm;
  EXPECT_LT(again.size(), first.size() / 2);
  const auto expected = stiffness.solve(more).displacement_mm;
  double greatest = 0;
  for (const double u : expected)
    greatest = std::max(greatest, std::abs(u));
  for (std::size_t u = 0; u < expected.size(); ++u)
    EXPECT_NEAR(found[u], expected[u], 1e-7 * greatest);
}

TEST(Bddc, IterationsDoNotGrowWithTheNumberOfSubdomains) {
  const std::size_t four = LayeredPlate(16, 100).iterations(), sixteen = LayeredPlate(32, 100).iterations(),
                    forty_nine = LayeredPlate(56, 100).iterations();
  EXPECT_LE(sixteen, four + 8);
  EXPECT_LE(forty_nine, sixteen + 3);
  EXPECT_LE(forty_nine, 25U);
}

TEST(Bddc, IterationsDoNotGrowWithTheContrastOfAFilm) {
  EXPECT_LE(LayeredPlate(32, 1000).iterations(), LayeredPlate(32, 1).iterations() + 6);
}

TEST(Bddc, APlateOfOneSubdomainNeedsNoMoreThanItsFactor) {
  EXPECT_LE(LayeredPlate(8, 10).iterations(), 8U);
}

TEST(Bddc, FourSubdomainsShareFourFacesAndTheColumnWhereTheCutsCross) {
  const LayeredPlate plate(16, 10);
  const auto cells = filled_cells(plate.grid, plate.tensors);
  const Subdomains cut = cut_plan(plate.grid, cells, number_nodes(plate.grid, cells), 8);
  EXPECT_EQ(cut.all.size(), 4U);
  EXPECT_EQ(cut.faces.size(), 4U);
  EXPECT_EQ(cut.corners.size(), 5U); // up to where three of the four end
}

} // namespace
} // namespace beachfront::thermal
