// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/block_cholesky.hpp"

#include "tests/thermal/cholmod_cholesky.hpp"
#include "tests/thermal/reference_package.hpp"
#include "thermal/library_threads.hpp"
#include "thermal/solid.hpp"
#include "thermal/solid_nodes.hpp"
#include "thermal/stiffness_pattern.hpp"

#include <gtest/gtest.h>
#include <suitesparse/cholmod.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace beachfront::thermal {
namespace {

/// The lower triangle of a 5-point Laplacian plus `shift` on the diagonal, and what CHOLMOD sees of it.
struct Laplacian {
  LowerTriangle matrix;
  cholmod_sparse seen{};
  Cholesky analysed;

  Laplacian(int side, double shift) : matrix(side * side, side * side) {
    std::vector<Eigen::Triplet<double>> entries;
    for (int j = 0; j < side; ++j)
      for (int i = 0; i < side; ++i) {
        const int n = i + side * j;
        entries.emplace_back(n, n, 4 + shift);
        if (i + 1 < side)
          entries.emplace_back(n + 1, n, -1);
        if (j + 1 < side)
          entries.emplace_back(n + side, n, -1);
      }
    matrix.setFromTriplets(entries.begin(), entries.end());
    seen.nrow = seen.ncol = static_cast<std::size_t>(side * side);
    seen.nzmax = static_cast<std::size_t>(matrix.nonZeros());
    seen.p = matrix.outerIndexPtr();
    seen.i = matrix.innerIndexPtr();
    seen.x = matrix.valuePtr();
    seen.stype = -1;
    seen.itype = CHOLMOD_INT;
    seen.xtype = CHOLMOD_REAL;
    seen.dtype = CHOLMOD_DOUBLE;
    seen.sorted = seen.packed = 1;
    analysed = analyse(matrix);
  }
};

TEST(BlockCholesky, SolvesToSinglePrecision) {
  const Laplacian plate(40, 0.1);
  const OneThreadLibraries alone;
  BlockFactor factor;
  ASSERT_TRUE(factorise(*plate.analysed, plate.seen, factor));
  std::vector<double> exact(1600), right(1600);
  for (std::size_t n = 0; n < exact.size(); ++n)
    exact[n] = std::sin(0.37 * static_cast<double>(n));
  const Eigen::Map<const Eigen::VectorXd> x(exact.data(), 1600);
  Eigen::Map<Eigen::VectorXd>(right.data(), 1600) = plate.matrix.selfadjointView<Eigen::Lower>() * x;
  solve(factor, right);
  for (std::size_t n = 0; n < exact.size(); ++n)
    EXPECT_NEAR(right[n], exact[n], 2e-5); // condition 80, 6e-8 a sum
}

TEST(BlockCholesky, RefusesAMatrixThatIsNotPositive) {
  const OneThreadLibraries alone;
  BlockFactor factor;
  const Laplacian indefinite(12, -1), negative(3, -5);
  EXPECT_FALSE(factorise(*indefinite.analysed, indefinite.seen, factor));
  EXPECT_FALSE(factorise(*negative.analysed, negative.seen, factor));
}

/// Displacements of an increment by CHOLMOD's own factor, as the nodes are held.
std::vector<double> direct(const Grid& grid, const SolidIncrement& increment) {
  const auto pattern = stiffness_pattern(grid, increment.tensors);
  const Support support = held(grid, pattern->numbering, Parity::even, Parity::even);
  const auto unknowns = static_cast<Eigen::Index>(support.fixed.size());
  std::vector<Eigen::Triplet<double>> entries;
  std::vector<double> forces(support.fixed.size(), 0.0);
  for (const FilledCell& cell : pattern->cells) {
    const BrickSize size = cell_size_mm(grid, cell.i, cell.j, cell.k);
    const BrickMatrix k = brick_stiffness_N_per_mm(*increment.tensors[cell.body], size);
    const BrickVector load = free_strain_forces_N(*increment.tensors[cell.body], size,
                                                  increment.free_strain[grid.cell(cell.i, cell.j, cell.k)]);
    std::array<std::size_t, 24> unknown{};
    const auto nodes = nodes_of(grid, cell);
    for (std::size_t n = 0; n < 24; ++n)
      unknown[n] = 3 * static_cast<std::size_t>(pattern->numbering.of_node[nodes[n / 3]]) + n % 3;
    for (std::size_t r = 0; r < 24; ++r) {
      if (support.fixed[unknown[r]] != 0)
        continue;
      forces[unknown[r]] += load[r];
      for (std::size_t c = 0; c < 24; ++c)
        if (support.fixed[unknown[c]] == 0 && unknown[r] >= unknown[c])
          entries.emplace_back(static_cast<int>(unknown[r]), static_cast<int>(unknown[c]), k[r][c]);
    }
  }
  for (std::size_t u = 0; u < support.fixed.size(); ++u)
    if (support.fixed[u] != 0)
      entries.emplace_back(static_cast<int>(u), static_cast<int>(u), 1);
  LowerTriangle matrix(unknowns, unknowns);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Cholesky factor = factorise(analyse(matrix), matrix);
  const std::vector<double> moved = solve(factor, forces);
  std::vector<double> displacement_mm(3 * node_count(grid), 0.0);
  for (std::size_t n = 0; n < pattern->numbering.nodes.size(); ++n)
    for (std::size_t c = 0; c < 3; ++c)
      displacement_mm[3 * pattern->numbering.nodes[n] + c] = moved[3 * n + c];
  level(grid, pattern->numbering, support, displacement_mm);
  return displacement_mm;
}

/// Every third increment of a package against the factor in double precision.
void expect_direct(const Package& package, const GridRules& rules) {
  const SolidPath path = assemble_solid(package, mesh(package, rules), 1);
  for (std::size_t i = path.increments.size() % 3; i < path.increments.size(); i += 3) {
    const SolidIncrement& increment = path.increments[i];
    const std::vector<double> expected = direct(path.grid, increment);
    double greatest = 0, difference = 0;
    for (std::size_t u = 0; u < expected.size(); ++u) {
      greatest = std::max(greatest, std::abs(expected[u]));
      difference = std::max(difference, std::abs(expected[u] - increment.displacement_mm[u]));
    }
    EXPECT_LT(difference, 1e-7 * greatest); // 1e-11 in energy, of which the soft modes hold least
  }
}

constexpr GridRules coarse{3, 14, 2, 0, 1300};

TEST(SinglePrecisionSolid, BarePackageMovesAsByTheFactorInDoublePrecision) {
  expect_direct(reference_package(core_705g()), coarse); // steps on both sides of three glass transitions
}

TEST(SinglePrecisionSolid, LiddedPackageOnAMicrometreOfEpoxyMovesAsByTheFactorInDoublePrecision) {
  Package package = reference_package(alkali_glass());
  package.engine_joint.thickness_um = 1;
  package.cooling.die_tim.material.flow_stress_MPa = 1;
  package.cooling.lid.foot_width_mm = 3;
  package.assembly.insert(package.assembly.end() - 1, {Joint::lid, 150});
  expect_direct(package, coarse);
}

TEST(SinglePrecisionSolid, IterationsDoNotGrowWithTheMesh) {
  Package package = reference_package(alkali_glass());
  package.engine_joint.thickness_um = 10;
  std::array<std::size_t, 2> iterations{}, unknowns{};
  std::size_t n = 0;
  for (const GridRules& rules : {coarse, GridRules{1, 4, 2, 0, 450}}) {
    const SolidPath path = assemble_solid(package, mesh(package, rules), 1);
    const SolidIncrement& last = path.increments[path.room.increments.back()];
    std::vector<double> history;
    const Stiffness stiffness(path.grid, last.tensors);
    EXPECT_LT(stiffness.solve(last.free_strain, &history).residual, 1e-9);
    unknowns[n] = stiffness.unknowns();
    iterations[n++] = history.size();
  }
  EXPECT_GT(2 * unknowns[1], 3 * unknowns[0]);
  EXPECT_LE(iterations[1], 15U); // of a factor that is right to single precision
  EXPECT_LE(iterations[1], iterations[0] + 4);
}

TEST(SinglePrecisionSolid, NumberOfThreadsDoesNotChangeABit) {
  const Package package = reference_package(alkali_glass());
  const Mesh meshed = mesh(package, coarse);
  const SolidPath one = assemble_solid(package, meshed, 1), two = assemble_solid(package, meshed, 2);
  ASSERT_EQ(one.increments.size(), two.increments.size());
  for (std::size_t i = 0; i < one.increments.size(); ++i)
    EXPECT_EQ(one.increments[i].displacement_mm, two.increments[i].displacement_mm);
}

} // namespace
} // namespace beachfront::thermal
