// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/ownership.hpp"

#include "study/co_packaged.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

int whole(double count) {
  return static_cast<int>(std::lround(count));
}

power::CoPackagedCount own_count(const Design& design) {
  const geometry::Engines& row = design.package.engines;
  power::CoPackagedCount count;
  count.engines = row.count;
  count.spare_engines = row.spares;
  count.engine_Tbps = row.bandwidth_Tbps;
  count.lasers = lasers(design);
  count.lasers_per_module = design.laser.lasers_per_module;
  count.spare_lasers = std::max(0, design.laser.modules * design.laser.lasers_per_module - count.lasers);
  count.lasers_in_engine = design.laser.location == power::LaserLocation::in_engine;
  count.annual_failure_fraction_per_400G_port = std::nullopt; // nothing of the design itself has been counted
  return count;
}

power::CoPackagedCount class_count(const Design& design, const power::Transceiver& optics, double capacity_Tbps) {
  power::CoPackagedCount count;
  count.engines = whole(capacity_Tbps / optics.bandwidth_Tbps);
  count.engine_Tbps = optics.bandwidth_Tbps;
  const int lanes = whole(capacity_Tbps * 1e3 / design.traffic.lane_rate_Gbps);
  count.lasers = power::lasers_needed(std::max(1, lanes), design.ownership.lanes_per_laser);
  count.lasers_per_module = design.ownership.lasers_per_module;
  return count;
}

/// `optics`: the class, or null for the design's own engines.
std::vector<power::ServicedPart> parts_of(const Design& design, const power::Alternative& alternative,
                                          const power::Transceiver* optics) {
  std::optional<double> fraction;
  if (optics && optics->annual_failure_fraction_per_400G_port)
    fraction = optics->annual_failure_fraction_per_400G_port->value;
  if (optics && !is_co_packaged(optics->kind)) {
    const int modules = whole(alternative.capacity_Tbps / optics->bandwidth_Tbps);
    return power::pluggable_parts(design.ownership.pluggable, {modules, optics->bandwidth_Tbps,
                                                               alternative.capex_eur.value_or(0) / modules, fraction});
  }
  power::CoPackagedCount count = optics ? class_count(design, *optics, alternative.capacity_Tbps) : own_count(design);
  count.optics_eur = alternative.capex_eur.value_or(0);
  if (fraction)
    count.annual_failure_fraction_per_400G_port = fraction;
  return power::co_packaged_parts(design.ownership.co_packaged, count);
}

OwnedAlternative own_one(const Design& design, const power::Alternative& alternative,
                         const power::Transceiver* optics) {
  power::OwnedOptics owned;
  owned.name = alternative.name;
  owned.parts = parts_of(design, alternative, optics);
  OwnedAlternative result;
  result.name = alternative.name;
  for (const power::ServicedPart& part : owned.parts)
    result.failures_per_year += part.in_service * part.failures_per_year;
  if (!alternative.capex_eur) {
    result.absent = result.break_even_absent = alternative.cost_absent;
    return result;
  }
  owned.purchase_eur = *alternative.capex_eur;
  owned.traffic_Gbps = design.comparison.traffic_Tbps * 1e3;
  owned.energy_per_year_MWh = alternative.energy_per_year_MWh;
  owned.cooled_kW = (alternative.total_W - alternative.overhead.facility_W) / 1e3;
  owned.supply =
      !optics || is_co_packaged(optics->kind) ? design.ownership.co_packaged.supply : design.ownership.pluggable.supply;
  result.cost = power::own(owned, design.ownership.terms);
  return result;
}

} // namespace

std::vector<OwnedAlternative> own_alternatives(const Design& design, const power::ComparisonResult& comparison) {
  // The design's own comes first, where it carries the traffic; then one for each class.
  const std::size_t own_rows = comparison.alternatives.size() - design.alternatives.size();
  std::vector<OwnedAlternative> owned;
  std::optional<std::size_t> reference;
  for (std::size_t i = 0; i < comparison.alternatives.size(); ++i) {
    const power::Transceiver* optics = i < own_rows ? nullptr : &design.alternatives[i - own_rows];
    if (optics && !reference && optics->kind == power::TransceiverKind::pluggable_dsp)
      reference = i;
    owned.push_back(own_one(design, comparison.alternatives[i], optics));
  }
  for (std::size_t i = 0; i < owned.size(); ++i) {
    if (!owned[i].cost)
      continue;
    if (!reference) {
      owned[i].break_even_absent = "no DSP pluggable class among the alternatives to compare with";
    } else if (i == *reference) {
      owned[i].break_even_absent = "the class that the others are compared with";
    } else if (!owned[*reference].cost) {
      owned[i].break_even_absent = owned[*reference].absent;
    } else {
      const power::BreakEven even = power::break_even(*owned[i].cost, *owned[*reference].cost);
      owned[i].break_even_years = even.years;
      owned[i].break_even_absent = even.reason;
    }
  }
  return owned;
}

} // namespace beachfront::study
