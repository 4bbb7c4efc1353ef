// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/loop.hpp"

#include "power/decibel.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

/// What must stand still for the loop to be closed: laser power, then the heat of each engine.
std::vector<double> loop_state(const Chain& chain, const OperatingPoint& point) {
  std::vector<double> state = {power::mW_from_dBm(point.link.laser_power_dBm)};
  for (const std::size_t engine : chain.working)
    state.push_back(point.package.engines[engine].power_W);
  return state;
}

double largest_relative_change(const std::vector<double>& was, const std::vector<double>& is) {
  double change = 0;
  for (std::size_t i = 0; i < is.size(); ++i)
    if (is[i] != was[i])
      change = std::max(change, std::abs(is[i] - was[i]) / is[i]);
  return change;
}

std::vector<double> as_numbers(const std::vector<EngineState>& engines) {
  std::vector<double> all;
  for (const EngineState& engine : engines)
    all.insert(all.end(), {engine.mean_C, engine.movement.shift_dB, engine.movement.tilt_dB});
  return all;
}

/// Three iterates in a row, the last two each following from the one before: how much of a step the next one keeps, or
/// nothing where that says nothing about where they lead.
std::optional<double> kept_of_a_step(const std::vector<double>& first, const std::vector<double>& second,
                                     const std::vector<double>& third) {
  double steps = 0, squared = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    steps += (third[i] - second[i]) * (second[i] - first[i]);
    squared += (second[i] - first[i]) * (second[i] - first[i]);
  }
  const double kept = squared > 0 ? steps / squared : 0;
  constexpr double worth_it = 0.05, leads_away = 0.98;
  return kept > worth_it && kept < leads_away ? std::optional(kept) : std::nullopt;
}

/// Where a geometric series of steps ends.
std::vector<EngineState> extrapolated(std::vector<EngineState> engines, const std::vector<EngineState>& before,
                                      double kept) {
  const double ahead = kept / (1 - kept);
  const auto move = [&](double& value, double was) { value += ahead * (value - was); };
  for (std::size_t i = 0; i < engines.size(); ++i) {
    move(engines[i].mean_C, before[i].mean_C);
    move(engines[i].movement.shift_dB, before[i].movement.shift_dB);
    move(engines[i].movement.tilt_dB, before[i].movement.tilt_dB);
    engines[i].movement.shift_dB = std::max(engines[i].movement.shift_dB, 0.0);
    engines[i].movement.tilt_dB = std::max(engines[i].movement.tilt_dB, 0.0);
  }
  return engines;
}

/// The mean of the hottest engine.
double hottest_C(const std::vector<EngineState>& engines) {
  return std::max_element(engines.begin(), engines.end(),
                          [](const auto& a, const auto& b) { return a.mean_C < b.mean_C; })
      ->mean_C;
}

} // namespace

ClosedLoop close_loop(const Chain& chain, PackageModel& model, std::optional<double> start_C, OpenChain open) {
  const Loop& rules = chain.design.loop;
  ClosedLoop closed;
  OperatingPoint& point = closed.point;
  point = cold_point(chain);
  std::vector<EngineState> engines = aligned_engines(chain, start_C.value_or(chain.design.thermal.cooling.ambient_C));
  std::vector<std::vector<EngineState>> plain = {engines}; // since the last extrapolation
  std::vector<double> before(1 + chain.working.size(), 0.0);
  PackageTurn turn;

  while (closed.iterations < rules.max_iterations) {
    if (closed.iterations > 0 && model.fields)
      point.polarization = feed_polarization(chain.design, chain.layout, chain.waveguide, model.fields.get());
    ++closed.iterations;
    light_and_heat(chain, engines, point);
    const std::vector<double> now = loop_state(chain, point);
    closed.residuals.push_back(largest_relative_change(before, now));
    closed.converged = closed.residuals.back() <= rules.tolerance;
    before = now;

    // Done for the converged heat too, so that every figure belongs to the same point.
    turn = solve_turn(model, point.package);
    if (closed.iterations == 1)
      closed.open_chain = point;
    if (closed.converged || turn.temperatures.engines.empty())
      break;
    engines = engine_states(chain, turn.temperatures, turn.engines);
    point.guides = guides_in_operation(chain, turn.temperatures);
    plain.push_back(engines);
    if (plain.size() < 3)
      continue;
    if (const auto kept = kept_of_a_step(as_numbers(plain[0]), as_numbers(plain[1]), as_numbers(plain[2])))
      engines = extrapolated(engines, plain[1], *kept);
    plain = {engines};
  }
  // Heat may stand still while the temperature last tried, an extrapolated one, is not what that heat brings: where a
  // measured efficiency is flat or has ended.
  if (closed.converged && chain.link.laser.location == optics::LaserLocation::in_engine &&
      !turn.temperatures.engines.empty())
    point.laser.efficiency =
        power::laser_efficiency(chain.design.laser, hottest_C(engine_states(chain, turn.temperatures, turn.engines)));
  itemise(chain, point);
  if (open == OpenChain::all_figures)
    itemise(chain, closed.open_chain);
  const auto take = [](const PackageFigures& figures, OperatingPoint& to) {
    to.temperatures = figures.temperatures;
    to.mechanics = figures.mechanics;
  };
  take(solve_figures(model, point.package, turn), point);
  if (!model.fields && open == OpenChain::all_figures) // fields hold the operating point alone
    take(solve_figures(model, closed.open_chain.package, {}), closed.open_chain);
  point.fields = model.fields;
  point.operation = model.operation;
  if (point.fields)
    point.plate = thermal::solve_mechanics(point.package, point.temperatures);
  return closed;
}

ClosedLoop unsolved_loop(const Chain& chain, const std::vector<geometry::Violation>& reasons) {
  ClosedLoop loop;
  loop.point = cold_point(chain);
  light_and_heat(chain, aligned_engines(chain, chain.design.thermal.cooling.ambient_C), loop.point);
  itemise(chain, loop.point);
  loop.point.temperatures.violations = reasons;
  loop.open_chain = loop.point;
  return loop;
}

} // namespace beachfront::study
