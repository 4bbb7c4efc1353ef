// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/run_away.hpp"

#include <algorithm>

namespace beachfront::study {

namespace {

double heat_W(const Chain& chain, const thermal::Package& package) {
  double sum_W = 0;
  for (const std::size_t engine : chain.working)
    sum_W += package.engines[engine].power_W;
  return sum_W;
}

double hottest_mean_C(const std::vector<EngineState>& engines) {
  double hottest_C = engines.front().mean_C;
  for (const EngineState& engine : engines)
    hottest_C = std::max(hottest_C, engine.mean_C);
  return hottest_C;
}

/// Temperatures and shifts on the line through two turns of the package: at `share` 0 the first, at 1 the second.
PackageTurn on_the_line(const PackageTurn& first, const PackageTurn& second, double share) {
  PackageTurn turn = first;
  const auto move = [&](double& value, double other) { value += share * (other - value); };
  for (std::size_t e = 0; e < turn.temperatures.engines.size(); ++e) {
    move(turn.temperatures.engines[e].mean_C, second.temperatures.engines[e].mean_C);
  }
  for (std::size_t e = 0; e < turn.engines.size(); ++e) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      move(turn.engines[e].shift_um[axis], second.engines[e].shift_um[axis]);
      move(turn.engines[e].rotation_mrad[axis], second.engines[e].rotation_mrad[axis]);
    }
    move(turn.engines[e].pitch_error_um, second.engines[e].pitch_error_um);
  }
  return turn;
}

} // namespace

std::optional<RunAway> find_run_away(const Chain& chain, PackageModel& model, const OperatingPoint& point) {
  PackageTurn here;
  here.temperatures = point.temperatures;
  here.engines = point.mechanics.engines;
  thermal::Package doubled = point.package;
  for (const std::size_t engine : chain.working) {
    doubled.engines[engine].power_W *= 2;
    for (thermal::HeatPatch& patch : doubled.engines[engine].power_map)
      patch.power_W *= 2;
  }
  const PackageTurn twice = solve_turn(model, doubled);
  if (model.fields) // the fields stay those of the operating point
    solve_turn(model, point.package);
  const double given_W = heat_W(chain, point.package);

  OperatingPoint trial = point;
  std::vector<EngineState> engines;
  const auto asked_over_given = [&](double factor) {
    const PackageTurn turn = on_the_line(here, twice, factor - 1);
    engines = engine_states(chain, turn.temperatures, turn.engines);
    light_and_heat(chain, engines, trial);
    return heat_W(chain, trial.package) / (factor * given_W);
  };
  const auto runs_away = [&](double factor) {
    return asked_over_given(factor) >= 1 || trial.laser.efficiency.at_floor;
  };
  double below = 1.02, above = below; // the operating point itself stands at 1
  while (!runs_away(above) && above < largest_factor) {
    below = above;
    above *= 2;
  }
  if (above >= largest_factor || above == below)
    return std::nullopt;
  constexpr double resolution = 1e-6;
  while (above - below > resolution * above) {
    const double middle = (below + above) / 2;
    (runs_away(middle) ? above : below) = middle;
  }
  // Where it is the efficiency that ends, nothing is known of what lies beyond.
  if (asked_over_given(above) < 1)
    return std::nullopt;
  asked_over_given(below);
  const double engine_C = hottest_mean_C(engines);
  return RunAway{below, engine_C, trial.laser.electrical_W,
                 engine_C - hottest_mean_C(engine_states(chain, here.temperatures, here.engines))};
}

} // namespace beachfront::study
