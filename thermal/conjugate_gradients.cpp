// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/conjugate_gradients.hpp"

#include <cmath>
#include <numeric>

namespace beachfront::thermal {

GradientSolution conjugate_gradients(std::span<const double> right,
                                     const std::function<void(std::vector<double>&, std::vector<double>&)>& multiply,
                                     const std::function<void(std::vector<double>&)>& precondition, double tolerance,
                                     int most) {
  const std::size_t size = right.size();
  const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  GradientSolution solution{std::vector<double>(size, 0.0), false, 0, {}};
  std::vector<double> rest(right.begin(), right.end()), nearly = rest, product(size);
  precondition(nearly);
  std::vector<double> direction = nearly;
  const double first = dot(rest, nearly);
  double now = first;
  if (first == 0) {
    solution.converged = true;
    return solution;
  }
  for (int iteration = 0; iteration < most && now > 0; ++iteration) {
    multiply(direction, product);
    const double step = now / dot(direction, product);
    for (std::size_t u = 0; u < size; ++u) {
      solution.x[u] += step * direction[u];
      rest[u] -= step * product[u];
    }
    nearly = rest;
    precondition(nearly);
    const double next = dot(rest, nearly);
    solution.history.push_back(std::sqrt(std::abs(next) / first));
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
  multiply(solution.x, product);
  for (std::size_t u = 0; u < size; ++u)
    rest[u] = right[u] - product[u];
  solution.residual = std::sqrt(dot(rest, rest) / std::inner_product(right.begin(), right.end(), right.begin(), 0.0));
  return solution;
}

} // namespace beachfront::thermal
