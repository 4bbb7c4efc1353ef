// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solder.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double kelvin_at_0_C = 273.15;

/// Balls along one side and the distance between them.
struct Side {
  int balls = 0;
  double first_mm = 0, pitch_mm = 0;
  double at(int i) const { return first_mm + i * pitch_mm; }
};

Side side(double from_mm, double to_mm, const BallGrid& grid) {
  const double width_mm = to_mm - from_mm - 2 * grid.edge_inset_mm;
  if (!(grid.pitch_mm > 0) || !(width_mm > 0))
    throw std::invalid_argument("a ball grid needs a positive pitch, and an inset below half the outline");
  const int gaps = std::max(1, static_cast<int>(std::lround(width_mm / grid.pitch_mm)));
  return {gaps + 1, from_mm + grid.edge_inset_mm, width_mm / gaps};
}

struct Sides {
  Side x, y;
};

Sides sides(const BallGrid& grid) {
  const geometry::Box& box = grid.outline;
  return {side(box.min.x_mm, box.max.x_mm, grid), side(box.min.y_mm, box.max.y_mm, grid)};
}

int ring(const Sides& s, int i, int k) {
  return std::min({i, s.x.balls - 1 - i, k, s.y.balls - 1 - k});
}

int rings(const Sides& s) {
  return (std::min(s.x.balls, s.y.balls) + 1) / 2;
}

double neutral_distance_mm(const BallGrid& grid, geometry::Point p) {
  return norm_mm(p - grid.outline.centre());
}

void add_life(JointRow& row, const FatigueAlloy& alloy, const SolderService& service) {
  row.cycles = cycles_to_failure(alloy, row.strain_range, (service.idle_C + service.hot_C) / 2, service.dwell_min);
  if (row.cycles && service.cycles_per_day > 0)
    row.years = years_to_failure(*row.cycles, service.cycles_per_day);
}

std::optional<double> reciprocal(double damage_per_cycle) {
  return damage_per_cycle > 0 ? std::optional(1 / damage_per_cycle) : std::nullopt;
}

} // namespace

double shear_strain_range(double neutral_distance_mm, double expansion_difference, double joint_height_mm,
                          double factor) {
  return factor * neutral_distance_mm * std::abs(expansion_difference) / joint_height_mm;
}

std::optional<double> cycles_to_failure(const FatigueAlloy& alloy, double strain_range, double mean_temperature_C,
                                        double dwell_min) {
  const double exponent =
      alloy.c0 + alloy.c1_per_K * mean_temperature_C + alloy.c2 * std::log1p(alloy.t0_min / dwell_min);
  if (!(strain_range > 0) || !(exponent < 0))
    return std::nullopt;
  const double cycles = 0.5 * std::pow(strain_range / (2 * alloy.fatigue_ductility), 1 / exponent);
  return std::isfinite(cycles) ? std::optional(cycles) : std::nullopt;
}

double years_to_failure(double cycles, double cycles_per_day) {
  constexpr double days_per_year = 365.25;
  return cycles / (cycles_per_day * days_per_year);
}

bool within_fatigue_range(double cycles, double dwell_min) {
  return dwell_min >= 1 && cycles >= 1e2 && cycles <= 1e5;
}

std::vector<Ball> balls(const BallGrid& grid) {
  const Sides s = sides(grid);
  std::vector<Ball> all;
  for (int k = 0; k < s.y.balls; ++k)
    for (int i = 0; i < s.x.balls; ++i)
      all.push_back({{s.x.at(i), s.y.at(k)}, ring(s, i, k)});
  return all;
}

std::vector<JointRow> joint_rows(const BallGrid& grid, double expansion_difference, const FatigueAlloy& alloy,
                                 const SolderService& service) {
  const Sides s = sides(grid);
  std::vector<JointRow> rows;
  for (int r = 0; r < rings(s); ++r) {
    JointRow row{r, neutral_distance_mm(grid, {s.x.at(r), s.y.at(r)}), 0, std::nullopt, std::nullopt};
    row.strain_range =
        shear_strain_range(row.distance_mm, expansion_difference, service.joint_height_mm, service.strain_factor);
    add_life(row, alloy, service);
    rows.push_back(row);
  }
  return rows;
}

std::vector<JointRow> joint_rows(const BallGrid& grid, std::span<const PadMovement> movements,
                                 const FatigueAlloy& alloy, const SolderService& service) {
  const std::vector<Ball> all = balls(grid);
  if (all.size() != movements.size())
    throw std::invalid_argument("the movements of the pads are not one for each ball");
  std::vector<JointRow> rows(static_cast<std::size_t>(rings(sides(grid))));
  for (std::size_t r = 0; r < rows.size(); ++r)
    rows[r] = {static_cast<int>(r), 0, -1, std::nullopt, std::nullopt};
  for (std::size_t i = 0; i < all.size(); ++i) {
    constexpr double mm_per_um = 1e-3;
    const double strain =
        service.strain_factor * std::hypot(movements[i].x_um, movements[i].y_um) * mm_per_um / service.joint_height_mm;
    JointRow& row = rows[static_cast<std::size_t>(all[i].row)];
    if (strain > row.strain_range) {
      row.strain_range = strain;
      row.distance_mm = neutral_distance_mm(grid, all[i].position);
    }
  }
  for (JointRow& row : rows)
    add_life(row, alloy, service);
  return rows;
}

double acceleration_factor(const CycleAcceleration& law, const ThermalCycle& test, const ThermalCycle& field) {
  return std::pow((test.high_C - test.low_C) / (field.high_C - field.low_C), law.swing_exponent) *
         std::pow(field.cycles_per_day / test.cycles_per_day, law.frequency_exponent) *
         std::pow(test.dwell_min / field.dwell_min, law.dwell_exponent) *
         std::exp(law.activation_K * (1 / (field.high_C + kelvin_at_0_C) - 1 / (test.high_C + kelvin_at_0_C)));
}

std::optional<double> syed_cycles_from_creep_strain(double creep_strain) {
  return reciprocal(0.0513 * creep_strain);
}

std::optional<double> syed_cycles_from_creep_energy(double creep_energy_MPa) {
  return reciprocal(0.0019 * creep_energy_MPa);
}

double saturation_stress_MPa(const AnandSolder& solder, double strain_rate_per_s, double temperature_C) {
  const double rate =
      strain_rate_per_s * std::exp(solder.activation_K / (temperature_C + kelvin_at_0_C)) / solder.rate_constant_per_s;
  return solder.saturation_MPa / solder.stress_multiplier * std::pow(rate, solder.saturation_rate_exponent) *
         std::asinh(std::pow(rate, solder.rate_sensitivity));
}

} // namespace beachfront::thermal
