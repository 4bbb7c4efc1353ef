// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/shipments.hpp"

#include <cmath>
#include <stdexcept>

namespace beachfront::power {

double shipped_MW(const Shipments& shipments) {
  return shipments.modules_million * shipments.module_W; // million times watt
}

double shipped_MW(const Shipments& shipments, int year) {
  return shipped_MW(shipments) * std::pow(1 + shipments.growth_per_year, year - shipments.first_year);
}

std::optional<int> target_year(const Shipments& shipments) {
  const double first_MW = shipped_MW(shipments);
  if (first_MW >= shipments.target_MW)
    return shipments.first_year;
  if (!(first_MW > 0) || !(shipments.growth_per_year > 0))
    return std::nullopt;
  const double years = std::log(shipments.target_MW / first_MW) / std::log1p(shipments.growth_per_year);
  constexpr double century = 100; // growth that slow never counts
  if (years > century)
    return std::nullopt;
  return shipments.first_year + static_cast<int>(std::ceil(years * (1 - 1e-12)));
}

double growth_needed(double from_MW, double to_MW, double years) {
  if (!(from_MW > 0) || !(to_MW > 0) || !(years > 0))
    throw std::invalid_argument("growth needs two powers and a time");
  return std::pow(to_MW / from_MW, 1 / years) - 1;
}

} // namespace beachfront::power
