// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/link_budget.hpp"

#include "optics/link_checks.hpp"
#include "optics/polarization.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace beachfront::optics {

namespace {

/// Terms as they are added up.
enum class Keep { sums, values, names };
struct Ledger {
  Keep keep = Keep::names;
  double sum_dB = 0;
  std::vector<double> values_dB = {};
  std::vector<LedgerTerm> terms = {};

  void add(std::string_view name, double loss_dB, std::string_view source) { add(name, "", loss_dB, source); }
  /// A name in two parts.
  void add(std::string_view name, std::string_view rest, double loss_dB, std::string_view source) {
    sum_dB += loss_dB;
    if (keep == Keep::values)
      values_dB.push_back(loss_dB);
    if (keep == Keep::names)
      terms.push_back({std::string(name).append(rest), loss_dB, std::string(source)});
  }
};

void add_guide(std::string_view guide, const RouteLoss& route, Ledger& terms) {
  terms.add(guide, " propagation", route.propagation_dB, "route");
  terms.add(guide, " bends", route.bends_dB, "route");
  terms.add(guide, " joints", route.joints_dB, "route");
  terms.add(guide, " crossings", route.crossings_dB, "route");
}

void add_movement(std::string_view where, const MovementLoss& movement, Ledger& terms) {
  terms.add("shift ", where, movement.shift_dB, "mechanics");
  terms.add("tilt ", where, movement.tilt_dB, "mechanics");
}

void add_feed(const LaserFeed& laser, const LaneLosses& lane, Ledger& terms) {
  for (int i = 1; i <= laser.pm_connectors; ++i)
    terms.add("laser connector ", terms.keep == Keep::names ? std::to_string(i) : "", laser.pm_connector_loss_dB,
              "design");
  terms.add("laser fibre", laser.fibre_loss_dB, "design");
  terms.add("edge in", laser.edge_dB, "modes");
  terms.add("heated edge in", lane.edge_change_dB, "temperature");
  add_guide("feed", lane.feed, terms);
  terms.add("coupling in", laser.coupling_in_dB, "design");
  add_movement("in", lane.movement, terms);
  if (laser.polarization_extinction_dB) {
    const double other = std::pow(10, -*laser.polarization_extinction_dB / 10);
    terms.add("feed polarisation", 10 * std::log10(1 + other), "design");
  }
  if (lane.feed_crossed_share)
    terms.add("stress birefringence", polarization_loss_dB(*lane.feed_crossed_share), "mechanics");
}

Ledger terms_to_launch(const LinkDesign& design, const LaneLosses& lane, Keep keep) {
  const auto& laser = design.laser;
  const auto& path = design.path;
  Ledger terms{keep};
  terms.add("split over lanes", 10 * std::log10(laser.lanes_per_laser), "lanes_per_laser");
  terms.add("splitter excess", laser.split_excess_dB, "design");
  if (laser.location == LaserLocation::external)
    add_feed(laser, lane, terms);
  terms.add("modulator insertion", path.modulator_insertion_dB, "design");
  terms.add("modulation average", modulation_loss_dB(design.transmitter.extinction_ratio_dB), "extinction ratio");
  terms.add("multiplexer", path.multiplexer_loss_dB, "design");
  terms.add("coupling out", path.coupling_out_dB, "design");
  add_movement("out", lane.movement, terms);
  add_guide("transmit", lane.transmit, terms);
  terms.add("edge out", path.edge_dB, "modes");
  terms.add("heated edge out", lane.edge_change_dB, "temperature");
  terms.add("connector", path.connector_loss_dB, "design");
  terms.add("ageing", design.reserve.ageing_dB, "reserve");
  terms.add("temperature", design.reserve.temperature_dB, "reserve");
  terms.add("engineering margin", design.reserve.engineering_dB, "reserve");
  return terms;
}

Ledger terms_to_receiver(const LinkDesign& design, const LaneLosses& lane, Keep keep) {
  const auto& path = design.path;
  Ledger terms{keep};
  terms.add("fibre plant", design.plant_loss_dB, design.standard.name);
  terms.add("optical switch", design.optical_switch_dB, "fleet.ocs");
  terms.add("receive connector", path.connector_loss_dB, "design");
  terms.add("edge at receiver", path.edge_dB, "modes");
  terms.add("heated edge at receiver", lane.edge_change_dB, "temperature");
  add_guide("receive", lane.receive, terms);
  terms.add("coupling to receiver", path.coupling_receive_dB, "design");
  add_movement("at receiver", lane.movement, terms);
  terms.add("polarisation at receiver", path.receive_pdl_dB, "design");
  terms.add("demultiplexer", path.demultiplexer_loss_dB, "design");
  return terms;
}

/// `q`: of the error ratio that the standard's code corrects.
Ledger penalties(const LinkDesign& design, const LaneLosses& lane, double q, Keep keep) {
  const GuideCrosstalk &out = lane.transmit_crosstalk, &in = lane.receive_crosstalk;
  const double crosstalk_dB = crosstalk_penalty_dB(design.crosstalk, out.sum + in.sum, out.root_sum + in.root_sum,
                                                   design.transmitter.extinction_ratio_dB, q);
  Ledger terms{keep};
  terms.add("transmitter eye closure", design.transmitter.tdecq_dB, "design");
  terms.add("crosstalk of neighbours", crosstalk_dB, "route");
  terms.add("reflections and group delay", design.standard.penalty_dB, design.standard.name);
  return terms;
}

struct Ledgers {
  Ledger to_launch, to_receiver, penalties;
};

Ledgers ledgers(const LinkDesign& design, const LaneLosses& lane, double q, Keep keep) {
  return {terms_to_launch(design, lane, keep), terms_to_receiver(design, lane, keep), penalties(design, lane, q, keep)};
}

LaneBudget lane_budget(const LinkDesign& design, const LaneLosses& lane, double sensitivity_dBm, double q, Keep keep) {
  const OpticalStandard& standard = design.standard;
  const Ledgers terms = ledgers(design, lane, q, keep);
  LaneBudget budget;
  budget.name = lane.name;
  budget.laser = lane.laser;
  budget.to_receiver_dB = terms.to_receiver.sum_dB;
  budget.penalties_dB = terms.penalties.sum_dB;
  for (const Ledger* of : {&terms.to_launch, &terms.to_receiver, &terms.penalties})
    budget.terms_dB.insert(budget.terms_dB.end(), of->values_dB.begin(), of->values_dB.end());
  const double oma_dB = oma_over_average_dB(design.transmitter.extinction_ratio_dB),
               tdecq_dB = design.transmitter.tdecq_dB;
  budget.launch_dBm = design.laser.max_power_dBm - terms.to_launch.sum_dB;
  budget.received_dBm = budget.launch_dBm - budget.to_receiver_dB;
  budget.launch_oma_dBm = budget.launch_dBm + oma_dB;
  budget.received_oma_dBm = budget.received_dBm + oma_dB;
  budget.launch_margin_dB =
      std::min({budget.launch_dBm - standard.launch_min_dBm, budget.launch_oma_dBm - standard.launch_oma_min_dBm,
                budget.launch_oma_dBm - tdecq_dB -
                    launch_oma_less_tdecq_min_dBm(standard, design.transmitter.extinction_ratio_dB)});
  budget.receive_margin_dB = budget.received_oma_dBm - budget.penalties_dB - sensitivity_dBm;
  budget.far_end_margin_dB = budget.launch_oma_dBm - design.plant_loss_dB - design.optical_switch_dB -
                             (budget.penalties_dB - tdecq_dB) - receiver_sensitivity_dBm(standard, tdecq_dB);
  budget.margin_dB = std::min(budget.launch_margin_dB, budget.receive_margin_dB);
  budget.required_laser_dBm = design.laser.max_power_dBm - budget.margin_dB;
  return budget;
}

/// What each laser must give for its worst lane, and what it gives.
void set_lasers(const LaserFeed& laser, LinkBudget& link) {
  std::map<std::size_t, double> required_dBm;
  for (const LaneBudget& lane : link.lanes) {
    const auto [at, is_new] = required_dBm.try_emplace(lane.laser, lane.required_laser_dBm);
    if (!is_new)
      at->second = std::max(at->second, lane.required_laser_dBm);
  }
  double sum_mW = 0;
  for (const auto& [number, need_dBm] : required_dBm) {
    const double power_dBm = std::min(laser.each_trimmed ? need_dBm : link.laser_power_dBm, laser.max_power_dBm);
    link.lasers.push_back({number, need_dBm, power_dBm});
    required_dBm[number] = power_dBm;
    sum_mW += std::pow(10, power_dBm / 10);
  }
  // One power for all is not put through the logarithm and back.
  link.mean_laser_dBm = laser.each_trimmed ? 10 * std::log10(sum_mW / static_cast<double>(link.lasers.size()))
                                           : link.lasers.front().power_dBm;
  for (LaneBudget& lane : link.lanes)
    lane.laser_dBm = required_dBm[lane.laser];
}

/// The lanes and what follows from their sums.
LinkBudget summed(const LinkDesign& design, std::span<const LaneLosses> lanes, Keep keep) {
  if (lanes.empty() || design.laser.lanes_per_laser < 1)
    throw std::invalid_argument("link_budget: needs a lane, and at least one lane a laser");
  const ReceivedSignal signal{design.standard.baud_GBd, design.standard.pre_fec_bit_error_ratio,
                              design.transmitter.extinction_ratio_dB, design.transmitter.rin_dB_per_Hz};
  LinkBudget link;
  link.sensitivity_dBm = receiver_sensitivity_dBm(design.receiver, signal);
  link.rin_penalty_dB = rin_penalty_dB(design.receiver, signal);
  const double q = pam4_q(design.standard.pre_fec_bit_error_ratio);
  link.lanes.reserve(lanes.size());
  for (const auto& lane : lanes)
    link.lanes.push_back(lane_budget(design, lane, link.sensitivity_dBm, q, keep));
  for (std::size_t i = 1; i < link.lanes.size(); ++i)
    if (link.lanes[i].required_laser_dBm > link.lanes[link.worst_lane].required_laser_dBm + same_lane_dB)
      link.worst_lane = i;
  const LaneBudget& worst = link.lanes[link.worst_lane];
  link.laser_power_dBm = worst.required_laser_dBm;
  link.worst_margin_dB = design.laser.max_power_dBm - worst.required_laser_dBm;
  set_lasers(design.laser, link);
  return link;
}

} // namespace

LinkBudget link_budget(const LinkDesign& design, std::span<const LaneLosses> lanes) {
  LinkBudget link = summed(design, lanes, Keep::values);
  Ledgers worst = ledgers(design, lanes[link.worst_lane], pam4_q(design.standard.pre_fec_bit_error_ratio), Keep::names);
  link.worst_ledger = {std::move(worst.to_launch.terms), std::move(worst.to_receiver.terms),
                       std::move(worst.penalties.terms)};
  link.attack = terms_to_attack(link.worst_ledger);
  check_limits(design, link);
  return link;
}

LinkBudget link_powers(const LinkDesign& design, std::span<const LaneLosses> lanes) {
  return summed(design, lanes, Keep::sums);
}

Spread spread(std::vector<double> values) {
  if (values.empty())
    throw std::invalid_argument("a spread needs values");
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  const auto at = [&](double share) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * n));
    return values[rank > 0 ? rank - 1 : 0];
  };
  double sum = 0;
  for (const double value : values)
    sum += value;
  return {values.front(), at(0.05), at(0.5), sum / n, at(0.95), values.back()};
}

} // namespace beachfront::optics
