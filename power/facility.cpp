// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/facility.hpp"

#include "power/reliability.hpp"

#include <stdexcept>

namespace beachfront::power {
namespace {

void require_loss(double conversion_loss_fraction) {
  if (!(conversion_loss_fraction >= 0 && conversion_loss_fraction < 1))
    throw std::invalid_argument("conversion_loss_fraction must be in [0, 1)");
}

} // namespace

Overhead overhead(double load_W, const Facility& facility) {
  require_loss(facility.conversion_loss_fraction);
  if (!(facility.pue >= 1))
    throw std::invalid_argument("pue must be at least 1");
  if (!(facility.fan_fraction >= 0))
    throw std::invalid_argument("fan_fraction must not be negative");
  Overhead result;
  result.fans_W = facility.fan_fraction * load_W;
  const double box_input_W = (load_W + result.fans_W) / (1 - facility.conversion_loss_fraction);
  result.conversion_W = facility.conversion_loss_fraction * box_input_W;
  result.facility_W = (facility.pue - 1) * box_input_W;
  return result;
}

double facility_power_W(double load_W, double conversion_loss_fraction, double cooling_fraction) {
  require_loss(conversion_loss_fraction);
  return load_W / (1 - conversion_loss_fraction) * (1 + cooling_fraction);
}

double energy_per_year_MWh(double power_W, double utilisation) {
  return power_W * 1e-6 * hours_per_year * utilisation;
}

} // namespace beachfront::power
