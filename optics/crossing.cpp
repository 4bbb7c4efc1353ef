// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/crossing.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <stdexcept>

namespace beachfront::optics {
namespace {

double sine_of_deg(double angle_deg) {
  return std::sin(angle_deg * std::numbers::pi / 180);
}

double from_table(const std::vector<CrossingPoint>& table, double angle_deg) {
  if (angle_deg <= table.front().angle_deg)
    return table.front().loss_dB;
  for (std::size_t i = 1; i < table.size(); ++i) {
    const auto& low = table[i - 1];
    const auto& high = table[i];
    if (angle_deg <= high.angle_deg) {
      const double share = std::log(sine_of_deg(angle_deg) / sine_of_deg(low.angle_deg)) /
                           std::log(sine_of_deg(high.angle_deg) / sine_of_deg(low.angle_deg));
      return low.loss_dB * std::pow(high.loss_dB / low.loss_dB, share);
    }
  }
  return table.back().loss_dB;
}

} // namespace

std::string crossing_table_error(const CrossingModel& model) {
  double before_deg = 0;
  for (const auto& point : model.table) {
    if (!(point.angle_deg > before_deg && point.angle_deg <= 90 && point.loss_dB > 0 && std::isfinite(point.loss_dB)))
      return fmt::format(
          "crossing table: {} dB at {} degrees; angles must rise, from above 0 to at most 90, and losses "
          "be above 0",
          point.loss_dB, point.angle_deg);
    before_deg = point.angle_deg;
  }
  return {};
}

double crossing_diffraction_dB(const CrossedGuide& guide, double angle_deg) {
  const double open_um = guide.width_um / sine_of_deg(angle_deg);
  const double rayleigh_um =
      std::numbers::pi * guide.effective_index * guide.waist_um * guide.waist_um / guide.wavelength_um;
  const double spread = open_um / (2 * rayleigh_um);
  return 5 * std::log10(1 + spread * spread);
}

double crossing_loss_dB(const CrossingModel& model, const CrossedGuide& guide, double angle_deg) {
  if (!(angle_deg > 0 && angle_deg < 180))
    throw std::invalid_argument("crossing_loss_dB: the angle must be above 0 and below 180 degrees");
  if (const auto error = crossing_table_error(model); !error.empty())
    throw std::invalid_argument(error);
  const double acute = std::min(angle_deg, 180 - angle_deg);
  const double diffraction =
      model.table.empty() ? crossing_diffraction_dB(guide, acute) : from_table(model.table, acute);
  return diffraction + model.process_floor_dB;
}

} // namespace beachfront::optics
