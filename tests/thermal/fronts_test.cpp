// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/fronts.hpp"

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace beachfront::thermal {
namespace {

constexpr int leaf = 40, line = 25, unknowns = 2 * leaf + line;

/// Two parts that touch the first and the last 20 of a line of 25 between them.
std::vector<Front> two_parts() {
  std::vector<Front> fronts{{0, leaf, {}, {}}, {leaf, leaf, {}, {}}, {2 * leaf, line, {}, {0, 1}}};
  for (int i = 0; i < 20; ++i) {
    fronts[0].border.push_back(2 * leaf + i);
    fronts[1].border.push_back(2 * leaf + 5 + i);
  }
  return fronts;
}

/// Of no order, coupled as the parts allow, `shift` on the diagonal.
Eigen::MatrixXd matrix(double shift) {
  Eigen::MatrixXd m = Eigen::MatrixXd::Zero(unknowns, unknowns);
  const auto couple = [&](const std::vector<int>& with) {
    for (const int i : with)
      for (const int j : with)
        m(i, j) += std::cos(0.7 * i * i + 0.7 * j * j + 1.3 * (i + j));
  };
  for (const Front& front : two_parts()) {
    std::vector<int> all = front.border;
    for (int i = 0; i < front.own; ++i)
      all.push_back(front.first + i);
    couple(all);
  }
  m.diagonal().array() += shift;
  return m;
}

FrontFactor factor_of(const FrontTree& tree, const Eigen::MatrixXd& m) {
  // Each entry goes to the front that eliminates its earlier unknown.
  return factorise(tree, {true, true, true}, [&](std::size_t f, const FrontSum& sum) {
    const Front& front = tree.fronts[f];
    std::vector<int> rows;
    for (int i = 0; i < front.own; ++i)
      rows.push_back(front.first + i);
    rows.insert(rows.end(), front.border.begin(), front.border.end());
    for (int c = 0; c < front.own; ++c)
      for (std::size_t r = static_cast<std::size_t>(c); r < rows.size(); ++r)
        sum.at(c)[r] += m(rows[r], front.first + c);
  });
}

TEST(Fronts, SolveAsADenseFactorDoes) {
  const Eigen::MatrixXd m = matrix(80);
  const FrontTree tree = front_tree(two_parts());
  const FrontFactor factor = factor_of(tree, m);
  ASSERT_TRUE(factor.value);
  const Eigen::VectorXd exact = Eigen::VectorXd::LinSpaced(unknowns, -1, 2), right = m * exact;
  std::vector<double> x(right.data(), right.data() + unknowns);
  solve(tree, factor, x);
  for (int i = 0; i < unknowns; ++i)
    EXPECT_NEAR(x[static_cast<std::size_t>(i)], exact(i), 1e-12);
}

TEST(Fronts, MemoryOfAnEarlierFactorLeavesNoTrace) {
  const FrontTree tree = front_tree(two_parts());
  const std::vector<double> right(unknowns, 1.0);
  const auto solved = [&](double shift) {
    std::vector<double> x = right;
    solve(tree, factor_of(tree, matrix(shift)), x);
    return x;
  };
  const std::vector<double> first = solved(80);
  solved(1e6);
  EXPECT_EQ(solved(80), first);
}

TEST(Fronts, RefuseAMatrixThatIsNotPositive) {
  EXPECT_FALSE(factor_of(front_tree(two_parts()), matrix(-1)).value);
}

TEST(Fronts, ABorderMustStayInTheParent) {
  std::vector<Front> fronts = two_parts();
  fronts[0].border.push_back(unknowns);
  EXPECT_THROW(front_tree(std::move(fronts)), std::logic_error);
}

} // namespace
} // namespace beachfront::thermal
