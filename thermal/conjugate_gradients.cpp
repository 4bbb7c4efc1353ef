// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/conjugate_gradients.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beachfront::thermal {

namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The next of the history from the last three, twice as great; more than one before there are three.
double foretold(const std::vector<double>& history) {
  constexpr double caution = 2;
  const std::size_t n = history.size();
  if (n < 3)
    return 2;
  return caution * history[n - 1] * std::max(history[n - 1] / history[n - 2], history[n - 2] / history[n - 3]);
}

} // namespace

GradientSolution conjugate_gradients(std::span<const double> right,
                                     const std::function<void(std::vector<double>&, std::vector<double>&)>& multiply,
                                     const std::function<void(std::vector<double>&)>& precondition, double tolerance,
                                     int most, std::span<const double> guess) {
  const std::size_t size = right.size();
  GradientSolution solution{std::vector<double>(size, 0.0), false, 0, {}};
  const double load = dot(right, right);
  if (load == 0) {
    solution.converged = true;
    return solution;
  }
  std::vector<double> rest(right.begin(), right.end()), product(size);
  if (!guess.empty()) {
    solution.x.assign(guess.begin(), guess.end());
    multiply(solution.x, product);
    for (std::size_t u = 0; u < size; ++u)
      rest[u] -= product[u];
  }
  std::vector<double> nearly = rest;
  precondition(nearly);
  std::vector<double> direction = nearly;
  double now = dot(rest, nearly);
  for (int iteration = 0; iteration < most && now > 0; ++iteration) {
    multiply(direction, product);
    const double step = now / dot(direction, product);
    double energy = 0; // x times matrix times x
    for (std::size_t u = 0; u < size; ++u) {
      solution.x[u] += step * direction[u];
      rest[u] -= step * product[u];
      energy += solution.x[u] * (right[u] - rest[u]);
    }
    if (const double next = foretold(solution.history); next <= tolerance) {
      solution.history.push_back(next);
      solution.converged = true;
      break;
    }
    nearly = rest;
    precondition(nearly);
    const double next = dot(rest, nearly);
    solution.history.push_back(std::sqrt(std::abs(next / energy)));
    if (!std::isfinite(next))
      break;
    if (solution.history.back() <= tolerance) {
      solution.converged = true;
      break;
    }
    for (std::size_t u = 0; u < size; ++u)
      direction[u] = nearly[u] + next / now * direction[u];
    now = next;
  }
  if (now == 0)
    solution.converged = true;
  multiply(solution.x, product);
  for (std::size_t u = 0; u < size; ++u)
    rest[u] = right[u] - product[u];
  solution.residual = std::sqrt(dot(rest, rest) / load);
  return solution;
}

} // namespace beachfront::thermal
