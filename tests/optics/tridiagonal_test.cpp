// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/tridiagonal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace beachfront::optics;

namespace {

constexpr int n = 60;

Tridiagonal second_difference() {
  return {std::vector<double>(n, -2.0), std::vector<double>(n - 1, 1.0)};
}

double exact_eigenvalue(int order) {
  return -2 + 2 * std::cos((order + 1) * std::numbers::pi / (n + 1));
}

} // namespace

TEST(Tridiagonal, EigenpairsOfTheSecondDifference) {
  const auto matrix = second_difference();
  for (const int order : {0, 1, 2, 17, n - 1}) {
    const double value = eigenvalue_from_top(matrix, order);
    EXPECT_NEAR(value, exact_eigenvalue(order), 1e-14);
    const auto vector = eigenvector(matrix, value);
    for (int i = 0; i < n; ++i) { // the residual of a unit vector: rounding times the norm, 4
      const auto at = static_cast<std::size_t>(i);
      const double left = i > 0 ? vector[at - 1] : 0, right = i + 1 < n ? vector[at + 1] : 0;
      EXPECT_NEAR(left - 2 * vector[at] + right, value * vector[at], 1e-13);
    }
  }
}

TEST(Tridiagonal, EigenpairFromAVectorNearItOrNearAnother) {
  const auto matrix = second_difference();
  for (const int order : {0, 1, 5}) {
    for (const int start : {order, order + 2}) { // the second leads to another pair, and is found out
      std::vector<double> near = eigenvector(matrix, exact_eigenvalue(start));
      for (std::size_t i = 0; i < near.size(); ++i)
        near[i] += 0.02 * std::sin(1.7 * static_cast<double>(i));
      const EigenPair pair = eigenpair_from_top(matrix, order, near);
      EXPECT_NEAR(pair.value, exact_eigenvalue(order), 1e-13);
      const auto vector = eigenvector(matrix, exact_eigenvalue(order));
      double overlap = 0;
      for (std::size_t i = 0; i < vector.size(); ++i)
        overlap += vector[i] * pair.vector[i];
      EXPECT_NEAR(std::abs(overlap), 1, 1e-12);
    }
  }
}

TEST(Tridiagonal, OrderOutsideTheMatrixIsMisuse) {
  EXPECT_THROW(eigenvalue_from_top(second_difference(), n), std::invalid_argument);
  EXPECT_THROW(eigenvalue_from_top(second_difference(), -1), std::invalid_argument);
}
