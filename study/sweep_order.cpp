// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_order.hpp"

#include "study/hash.hpp"
#include "study/input_error.hpp"
#include "study/stage_keys.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

namespace beachfront::study {
namespace {

enum class Reach : std::size_t { modes, layout, assembly, cooling, loop, nothing };
constexpr std::size_t reaches = 6;

/// The dearest stage that reads what stands at a path.
Reach reach_of(const Tree& base, const StageKeys& was, const std::string& path) {
  Tree changed = base;
  Node other;
  other.kind = NodeKind::scalar;
  other.text = "another value";
  try {
    set_value(changed, path, other, {});
  } catch (const InputError&) {
    return Reach::modes; // not there yet: it may be anything
  }
  const StageKeys is = stage_keys(changed.root());
  return is.modes != was.modes         ? Reach::modes
         : is.layout != was.layout     ? Reach::layout
         : is.assembly != was.assembly ? Reach::assembly
         : is.cooling != was.cooling   ? Reach::cooling
         : is.point != was.point       ? Reach::loop
                                       : Reach::nothing;
}

using Keys = std::array<std::uint64_t, reaches>;

/// Hashes of the values up to each reach.
Keys keys_of(const Json& values, const std::map<std::string, Reach>& reach) {
  Keys keys{};
  for (const auto& [path, value] : values.items()) {
    const auto known = reach.find(path);
    const auto place = static_cast<std::size_t>(known == reach.end() ? Reach::modes : known->second);
    keys[place] = hash(std::to_string(keys[place]) + value.dump());
  }
  for (std::size_t i = 1; i < reaches; ++i)
    keys[i] = hash(std::to_string(keys[i - 1]) + ' ' + std::to_string(keys[i]));
  return keys;
}

} // namespace

SolvingOrder solving_order(const SweepPlan& plan, const std::vector<std::int64_t>& points) {
  constexpr auto dear = static_cast<std::size_t>(Reach::assembly);
  constexpr auto last = static_cast<std::size_t>(Reach::loop); // what reaches nothing needs no order
  std::map<std::string, Reach> reach;                          // by the column of the results
  const StageKeys base = stage_keys(plan.base.root());
  for (const Parameter& parameter : plan.parameters) {
    Reach dearest = Reach::nothing;
    for (const std::string& path : paths_of(parameter))
      dearest = std::min(dearest, reach_of(plan.base, base, path));
    reach[parameter.path] = dearest;
  }
  // By their first appearance, so that what need not move stays.
  using Ranks = std::array<std::uint32_t, last + 1>;
  std::vector<Ranks> ranks(points.size());
  std::array<std::unordered_map<std::uint64_t, std::uint32_t>, last + 1> seen;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Json values = point_values(plan, points[i]);
    const Keys keys = keys_of(values, reach);
    for (std::size_t level = 0; level <= last; ++level)
      ranks[i][level] =
          seen[level].try_emplace(keys[level], static_cast<std::uint32_t>(seen[level].size())).first->second;
  }
  std::vector<std::size_t> places(points.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  SolvingOrder order;
  for (const std::size_t place : places) {
    order.points.push_back(points[place]);
    order.groups.push_back(ranks[place][dear]);
  }
  return order;
}

} // namespace beachfront::study
