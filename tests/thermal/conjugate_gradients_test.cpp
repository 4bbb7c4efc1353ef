// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/conjugate_gradients.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

/// 2, -1 on a chain whose ends are held.
void chain(std::vector<double>& x, std::vector<double>& product) {
  for (std::size_t i = 0; i < x.size(); ++i)
    product[i] = 2 * x[i] - (i > 0 ? x[i - 1] : 0) - (i + 1 < x.size() ? x[i + 1] : 0);
}
void leave(std::vector<double>& /*x*/) {}

TEST(ConjugateGradients, SolveAChainInAsManyStepsAsItHasLinks) {
  const std::vector<double> pull(9, 1.0);
  const GradientSolution solution = conjugate_gradients(pull, chain, leave, 1e-13, 9);
  EXPECT_TRUE(solution.converged);
  EXPECT_LT(solution.residual, 1e-13);
  for (std::size_t i = 0; i < pull.size(); ++i) { // x_i = i (n + 1 - i) / 2
    const double n = static_cast<double>(i) + 1;
    EXPECT_NEAR(solution.x[i], n * (10 - n) / 2, 1e-12);
  }
}

TEST(ConjugateGradients, SayThatTheyDidNotConvergeAndHowFarTheyCame) {
  std::vector<double> pull(50, 0.0);
  pull.front() = 1;
  const GradientSolution solution = conjugate_gradients(pull, chain, leave, 1e-12, 7);
  EXPECT_FALSE(solution.converged);
  EXPECT_EQ(solution.history.size(), 7U);
  EXPECT_GT(solution.residual, 1e-3);
}

TEST(ConjugateGradients, StopAtAPreconditionerThatIsNotPositive) {
  std::vector<double> pull{1, 1, 0};
  pull.back() = 3;
  const auto mirror = [](std::vector<double>& x) { x.back() = -x.back(); };
  const GradientSolution solution = conjugate_gradients(pull, chain, mirror, 1e-12, 50);
  EXPECT_FALSE(solution.converged);
}

TEST(ConjugateGradients, NoLoadGivesNoMovement) {
  const GradientSolution solution = conjugate_gradients(std::vector<double>(4, 0.0), chain, leave, 1e-12, 5);
  EXPECT_TRUE(solution.converged);
  EXPECT_EQ(solution.x, std::vector<double>(4, 0.0));
  EXPECT_EQ(solution.residual, 0);
}

} // namespace
} // namespace beachfront::thermal
