// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"
#include "study/run_away.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {

namespace {

/// The headline figures that the loop moves.
Json moving_figures(const OperatingPoint& point, const power::ComparisonResult& comparison) {
  Json figures = {
      {"laser_power_dBm", point.link.laser_power_dBm},
      {"laser_electrical_W", point.laser.electrical_W},
      {"engine_power_W", std::max_element(point.engines.begin(), point.engines.end(), [](const auto& a, const auto& b) {
                           return a.total_W() < b.total_W();
                         })->total_W()}};
  if (point.temperatures.asic_max_C)
    figures["asic_max_C"] = *point.temperatures.asic_max_C;
  if (!point.temperatures.engines.empty())
    figures["engine_max_C"] = std::max_element(point.temperatures.engines.begin(), point.temperatures.engines.end(),
                                               [](const auto& a, const auto& b) { return a.max_C < b.max_C; })
                                  ->max_C;
  if (point.mechanics.operating)
    figures["warpage_operating_um"] = point.mechanics.operating->corner_um;
  if (!comparison.alternatives.empty()) {
    figures["total_W"] = comparison.alternatives.front().total_W;
    figures["pJ_per_bit"] = comparison.alternatives.front().pJ_per_bit;
  }
  if (comparison.saving_vs_pluggable)
    figures["saving_vs_pluggable"] = comparison.saving_vs_pluggable->ratio;
  return figures;
}

} // namespace

void add_loop(Document& document, const Solution& solution) {
  const ClosedLoop& loop = *solution.loop;
  Json& block = document.json["loop"];
  block = {{"iterations", loop.iterations}, {"converged", loop.converged}, {"residuals", loop.residuals}};
  if (loop.residuals.empty())
    document.absent_because("loop.residual", "the temperature could not be solved: see violations");
  else
    block["residual"] = loop.residuals.back();

  const Json closed = moving_figures(loop.point, solution.comparison);
  Json open = Json::object(), moved = Json::object();
  const Json before = moving_figures(loop.open_chain, solution.open_comparison);
  for (const auto& [key, value] : before.items())
    if (closed.contains(key)) {
      open[key] = value;
      moved[key] = closed.at(key).get<double>() - value.get<double>();
    }
  block["open_chain"] = std::move(open);
  block["moved_by"] = std::move(moved);

  if (loop.run_away)
    block["run_away"] = {{"heat_factor", loop.run_away->heat_factor},
                         {"engine_C", loop.run_away->engine_C},
                         {"laser_electrical_W", loop.run_away->laser_electrical_W},
                         {"margin_K", loop.run_away->margin_K}};
  else
    document.absent_because("loop.run_away",
                            loop.converged ? fmt::format("no second fixed point up to {} times the engines' heat, or "
                                                         "as far as the lasers' efficiency is known",
                                                         largest_factor)
                                           : "the loop did not converge");
}

} // namespace beachfront::study
