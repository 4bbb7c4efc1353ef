// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/pareto.hpp"

#include <pagmo/utils/hypervolume.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace beachfront::study {
namespace {

constexpr double beyond_worst = 0.1;

struct Extent {
  double best = 0, worst = 0;
};

Extent extent(const std::vector<Costs>& rows, std::size_t objective) {
  Extent out{rows.front()[objective], rows.front()[objective]};
  for (const Costs& row : rows) {
    out.best = std::min(out.best, row[objective]);
    out.worst = std::max(out.worst, row[objective]);
  }
  return out;
}

/// Indices in an order in which no row is dominated by a later one.
std::vector<std::size_t> best_first(const std::vector<Costs>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rows[a] < rows[b]; });
  return order;
}

/// Greatest difference of two rows in units of the extents.
double distance(const Costs& a, const Costs& b, const std::vector<Extent>& extents) {
  double greatest = 0;
  for (std::size_t m = 0; m < a.size(); ++m) {
    const double whole = extents[m].worst - extents[m].best;
    greatest = std::max(greatest, whole > 0 ? std::abs(a[m] - b[m]) / whole : 0);
  }
  return greatest;
}

/// To 34 binary digits, 6e-11 of the value: two designs whose figure differs by the order of a sum's terms are equal.
double rounded(double value) {
  constexpr int digits = 34;
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  return std::ldexp(std::nearbyint(std::ldexp(mantissa, digits)), exponent - digits);
}

} // namespace

double excess(const Constraint& constraint, double value) {
  return std::max({0.0, constraint.min - value, value - constraint.max});
}

double cost(const Objective& objective, double value) {
  const double amount = rounded(value);
  switch (objective.goal) {
  case Goal::minimise:
    return amount;
  case Goal::maximise:
    return -amount;
  case Goal::least_magnitude:
    return std::abs(amount);
  }
  return amount;
}

bool dominates(const Costs& a, const Costs& b) {
  bool better = false;
  for (std::size_t m = 0; m < a.size(); ++m) {
    if (a[m] > b[m])
      return false;
    better = better || a[m] < b[m];
  }
  return better;
}

std::vector<std::size_t> non_dominated(const std::vector<Costs>& rows) {
  std::vector<std::size_t> front;
  for (const std::size_t each : best_first(rows)) {
    const auto beaten_by = [&](std::size_t other) { return dominates(rows[other], rows[each]); };
    // With two objectives the front's last row has the least second cost so far: none else can be the one that beats.
    const bool last_decides = rows[each].size() <= 2 && !front.empty();
    const bool beaten = last_decides ? beaten_by(front.back()) : std::any_of(front.rbegin(), front.rend(), beaten_by);
    if (!beaten)
      front.push_back(each);
  }
  std::sort(front.begin(), front.end());
  return front;
}

std::vector<Costs> rows_of(const std::vector<Costs>& rows, const std::vector<std::size_t>& indices) {
  std::vector<Costs> out;
  out.reserve(indices.size());
  for (const std::size_t index : indices)
    out.push_back(rows[index]);
  return out;
}

Costs reference_point(const std::vector<Costs>& front) {
  Costs reference;
  for (std::size_t m = 0; m < front.front().size(); ++m) {
    const auto [best, worst] = extent(front, m);
    const double size = worst > best ? worst - best : worst != 0 ? std::abs(worst) : 1;
    reference.push_back(worst + beyond_worst * size);
  }
  return reference;
}

double hypervolume(const std::vector<Costs>& rows, const Costs& reference) {
  if (reference.size() > most_objectives)
    throw std::invalid_argument("a hypervolume of more than six objectives");
  std::vector<Costs> inside;
  for (const Costs& row : rows) {
    bool beats = true;
    for (std::size_t m = 0; m < row.size(); ++m)
      beats = beats && row[m] < reference[m];
    if (beats)
      inside.push_back(row);
  }
  if (inside.empty())
    return 0;
  if (reference.size() == 1) // pagmo begins at two
    return reference[0] - extent(inside, 0).best;
  return pagmo::hypervolume(rows_of(inside, non_dominated(inside)), false).compute(reference);
}

std::vector<std::size_t> spread_over(const std::vector<Costs>& front, std::size_t count) {
  std::vector<std::size_t> chosen;
  if (front.empty() || count == 0)
    return chosen;
  std::vector<Extent> extents;
  for (std::size_t m = 0; m < front.front().size(); ++m)
    extents.push_back(extent(front, m));

  std::vector<double> apart(front.size(), std::numeric_limits<double>::infinity()); // from the nearest chosen one
  const auto choose = [&](std::size_t index) {
    chosen.push_back(index);
    for (std::size_t i = 0; i < front.size(); ++i)
      apart[i] = std::min(apart[i], i == index ? -1.0 : distance(front[i], front[index], extents));
  };
  for (std::size_t m = 0; m < extents.size() && chosen.size() < count; ++m) {
    const auto best =
        std::min_element(front.begin(), front.end(), [m](const Costs& a, const Costs& b) { return a[m] < b[m]; });
    const auto index = static_cast<std::size_t>(best - front.begin());
    if (apart[index] > 0)
      choose(index);
  }
  while (chosen.size() < std::min(count, front.size())) {
    const auto farthest = std::max_element(apart.begin(), apart.end());
    choose(static_cast<std::size_t>(farthest - apart.begin()));
  }
  return chosen;
}

} // namespace beachfront::study
