// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/response.hpp"

#include "study/percentile.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

std::vector<std::size_t> ascending(const std::vector<double>& values) {
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < values.size(); ++k)
    if (std::isfinite(values[k]))
      order.push_back(k);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

std::size_t different(const std::vector<std::size_t>& order, const std::vector<double>& values) {
  std::size_t count = order.empty() ? 0 : 1;
  for (std::size_t k = 1; k < order.size(); ++k)
    count += values[order[k]] != values[order[k - 1]] ? 1U : 0U;
  return count;
}

} // namespace

std::vector<ValueGroup> groups_of(const std::vector<double>& values) {
  const std::vector<std::size_t> order = ascending(values);
  const double root = std::sqrt(static_cast<double>(order.size()));
  const bool one_a_value = different(order, values) <= most_groups;
  const std::size_t wanted = std::clamp<std::size_t>(static_cast<std::size_t>(root / 2), 2, most_groups);
  std::vector<ValueGroup> groups;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const double value = values[order[k]];
    const bool same_value = k > 0 && value == values[order[k - 1]];
    const bool full = one_a_value || groups.empty() || k * wanted >= groups.size() * order.size();
    if (full && !same_value)
      groups.push_back({value, value, "", {}});
    groups.back().to = value;
    groups.back().places.push_back(order[k]);
  }
  for (ValueGroup& group : groups)
    std::sort(group.places.begin(), group.places.end());
  return groups;
}

std::vector<ValueGroup> groups_of(const std::vector<std::string>& choices) {
  std::vector<ValueGroup> groups;
  for (std::size_t k = 0; k < choices.size(); ++k) {
    if (choices[k].empty())
      continue;
    auto at =
        std::find_if(groups.begin(), groups.end(), [&](const ValueGroup& group) { return group.choice == choices[k]; });
    if (at == groups.end()) {
      const auto place = static_cast<double>(groups.size());
      at = groups.insert(at, {place, place, choices[k], {}});
    }
    at->places.push_back(k);
  }
  return groups;
}

std::vector<ResponsePoint> response(const std::vector<ValueGroup>& groups, const std::vector<double>& figures) {
  std::vector<ResponsePoint> points;
  for (const ValueGroup& group : groups) {
    std::vector<double> found;
    for (const std::size_t place : group.places)
      if (std::isfinite(figures[place]))
        found.push_back(figures[place]);
    if (found.empty())
      continue;
    std::sort(found.begin(), found.end());
    points.push_back({group, found.size(), percentile(found, 0.5), percentile(found, 0.05), percentile(found, 0.95)});
  }
  return points;
}

} // namespace beachfront::study
