// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/laser.hpp"

#include "power/decibel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace beachfront::power {
namespace {

int laser_count(const LaserSource& source) {
  return source.modules * source.lasers_per_module;
}

bool is_fraction(double value) {
  return value > 0 && value <= 1;
}

double on_curve(const std::vector<EfficiencyPoint>& curve, double temperature_C) {
  for (std::size_t i = 0; i < curve.size(); ++i)
    if (!is_fraction(curve[i].efficiency) || (i > 0 && !(curve[i].temperature_C > curve[i - 1].temperature_C)))
      throw std::invalid_argument("an efficiency curve rises in temperature, its efficiencies are in (0, 1]");
  const auto after =
      std::upper_bound(curve.begin(), curve.end(), temperature_C,
                       [](double wanted_C, const EfficiencyPoint& point) { return wanted_C < point.temperature_C; });
  if (after == curve.begin() || after == curve.end())
    return after == curve.begin() ? curve.front().efficiency : curve.back().efficiency;
  const EfficiencyPoint& low = *std::prev(after);
  const double share = (temperature_C - low.temperature_C) / (after->temperature_C - low.temperature_C);
  return low.efficiency + share * (after->efficiency - low.efficiency);
}

} // namespace

LaserEfficiency laser_efficiency(const LaserSource& source, double temperature_C) {
  const std::vector<EfficiencyPoint>& curve = source.efficiency_curve;
  if (!curve.empty())
    return {on_curve(curve, temperature_C), temperature_C > curve.back().temperature_C, temperature_C,
            curve.back().temperature_C};
  if (!is_fraction(source.wall_plug_efficiency) || !is_fraction(source.efficiency_floor))
    throw std::invalid_argument("wall_plug_efficiency and efficiency_floor must be in (0, 1]");
  const double line =
      source.wall_plug_efficiency * (1 + source.efficiency_slope_per_K * (temperature_C - source.reference_C));
  const double floor_C = source.efficiency_slope_per_K < 0
                             ? source.reference_C + (source.efficiency_floor / source.wall_plug_efficiency - 1) /
                                                        source.efficiency_slope_per_K
                             : std::numeric_limits<double>::infinity();
  return {std::clamp(line, source.efficiency_floor, 1.0), line < source.efficiency_floor, temperature_C, floor_C};
}

int lasers_needed(int lanes, int lanes_per_laser) {
  if (lanes < 0 || lanes_per_laser < 1)
    throw std::invalid_argument("lanes must not be negative and lanes_per_laser at least 1");
  return lanes / lanes_per_laser + (lanes % lanes_per_laser != 0 ? 1 : 0);
}

LaserPower laser_power(const LaserSource& source, double required_power_dBm, double temperature_C) {
  if (source.modules < 1 || source.lasers_per_module < 1)
    throw std::invalid_argument("modules and lasers_per_module must be at least 1");
  if (!std::isfinite(required_power_dBm) || !std::isfinite(temperature_C))
    throw std::invalid_argument("required power and temperature must be finite");
  LaserPower result;
  result.lasers = source.lit > 0 ? std::min(source.lit, laser_count(source)) : laser_count(source);
  result.efficiency = laser_efficiency(source, temperature_C);
  result.optical_W = result.lasers * mW_from_dBm(required_power_dBm) * 1e-3;
  result.electrical_W = result.optical_W / result.efficiency.value + source.modules * source.module_overhead_W;
  return result;
}

LaserPower laser_power_on_sink(const LaserSource& source, double required_power_dBm, double sink_C) {
  if (source.case_rise_K_per_W == 0)
    return laser_power(source, required_power_dBm, sink_C);
  constexpr double hottest_C = 300, tolerance_K = 1e-10;
  const auto above_case_K = [&](double case_C) {
    const LaserPower power = laser_power(source, required_power_dBm, case_C);
    const double heat_W = (power.electrical_W - power.optical_W) / source.modules;
    return sink_C + source.case_rise_K_per_W * heat_W - case_C;
  };
  // The case climbs monotonically to the first temperature that holds itself.
  double case_C = sink_C;
  for (double rise_K = above_case_K(case_C); rise_K > tolerance_K && case_C < hottest_C; rise_K = above_case_K(case_C))
    case_C += rise_K;
  LaserPower power = laser_power(source, required_power_dBm, std::min(case_C, hottest_C));
  power.efficiency.at_floor = power.efficiency.at_floor || case_C >= hottest_C;
  return power;
}

std::optional<geometry::Violation> laser_shortage(const LaserSource& source, int lanes) {
  return laser_shortage(source, lanes, lasers_needed(lanes, source.lanes_per_laser));
}

std::optional<geometry::Violation> laser_shortage(const LaserSource& source, int lanes, int needed) {
  const int lasers = laser_count(source);
  if (needed <= lasers)
    return std::nullopt;
  return geometry::Violation{"laser_lanes",
                             "laser",
                             {},
                             static_cast<double>(lasers),
                             static_cast<double>(needed),
                             "lasers",
                             fmt::format("{} modules of {} lasers are {} lasers; {} lanes at {} a laser need {}",
                                         source.modules, source.lasers_per_module, lasers, lanes,
                                         source.lanes_per_laser, needed)};
}

LaserHeat laser_heat(const LaserSource& source, const LaserPower& power, int engines, const EngineLight& light) {
  if (engines < 1)
    throw std::invalid_argument("laser_heat needs at least one engine");
  // A hair of slack: callers sum lane by lane what the lasers give in one product.
  const double given_W = power.optical_W / engines * (1 + 1e-12);
  if (source.location == LaserLocation::in_engine) {
    if (light.arriving_W != 0)
      throw std::invalid_argument("lasers in the engine: no laser light arrives from outside");
    if (light.launched_W > given_W)
      throw std::invalid_argument("an engine launches more light than its lasers give");
    return {0.0, power.electrical_W / engines - light.launched_W + light.received_W};
  }
  if (light.arriving_W > given_W)
    throw std::invalid_argument("more laser light arrives than the modules give");
  if (light.launched_W > light.arriving_W)
    throw std::invalid_argument("an engine launches more light than arrives");
  return {power.electrical_W - engines * light.arriving_W, light.arriving_W - light.launched_W + light.received_W};
}

} // namespace beachfront::power
