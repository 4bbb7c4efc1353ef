// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes in which minutes are D_A t in um^2, for the tests of ion exchange.
#pragma once

#include "optics/ion_exchange.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace beachfront::optics {

inline constexpr double one_um2_per_min = 1 / 60e12; // D in m^2/s, so that a step's minutes are its D t in um^2

inline Glass alkali_glass() {
  Glass glass;
  glass.name = "test glass";
  glass.ion_exchangeable = true;
  return glass;
}

inline Recipe recipe(double mobility_ratio, double surface_fraction, std::vector<RecipeStep> steps) {
  Recipe r;
  r.surface_fraction = surface_fraction;
  r.delta_n_max = 0.05;
  r.diffusion = IonDiffusion{one_um2_per_min, 0, mobility_ratio, 0, 0};
  r.steps = std::move(steps);
  return r;
}

inline RecipeStep step(StepKind kind, double Dt_um2, double field_V_per_um = 0) {
  RecipeStep s;
  s.kind = kind;
  s.temperature_C = 300;
  s.time_min = Dt_um2;
  if (field_V_per_um > 0)
    s.field_V_per_um = field_V_per_um;
  return s;
}
inline RecipeStep exchange(double Dt_um2, double field_V_per_um = 0) {
  return step(StepKind::exchange, Dt_um2, field_V_per_um);
}
inline RecipeStep diffusion(double Dt_um2, double field_V_per_um = 0) {
  return step(StepKind::diffusion, Dt_um2, field_V_per_um);
}
inline RecipeStep anneal(double Dt_um2) {
  return step(StepKind::anneal, Dt_um2);
}

inline constexpr double thermal_voltage_300C_V = 0.049390; // kT/q, rounded to five digits

inline IonField solve(const Recipe& r, const ExchangeGrid& grid = {}) {
  auto result = exchange_ions(r, alkali_glass(), grid);
  EXPECT_THAT(result.findings.errors, testing::IsEmpty());
  return result.ions ? *result.ions : IonField{};
}

/// Recipe A0 of docs/facts/optics.md section 7.
inline Recipe recipe_a0() {
  auto r = recipe(0.15, 1, {exchange(3), diffusion(3)});
  r.mask_opening_um = 2;
  return r;
}

struct Peak {
  double fraction = 0, depth_um = 0;
};

inline Peak peak_of(const IonField& ions) {
  Peak peak;
  const double step_um = ions.y_um.back() / 20000;
  for (int k = 0; k < 20000; ++k)
    if (const double c = ions.smooth_at(0, k * step_um); c > peak.fraction)
      peak = {c, k * step_um};
  return peak;
}

} // namespace beachfront::optics
