// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/link_budget.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace beachfront::optics {

OpticalStandard standard_200g_dr() {
  return {"200G DR", -3.1, 4.0, -6.1, 3.0};
}

namespace {

double sum_dB(const std::vector<LedgerTerm>& terms) {
  double sum = 0;
  for (const auto& term : terms)
    sum += term.loss_dB;
  return sum;
}

std::vector<LedgerTerm> terms_to_launch(const LinkDesign& design, const LaneLosses& lane) {
  const auto& laser = design.laser;
  const auto& path = design.path;
  std::vector<LedgerTerm> terms{
      {"split over lanes", 10 * std::log10(laser.lanes_per_laser), "lanes_per_laser"},
      {"splitter excess", laser.split_excess_dB, "design"},
  };
  if (laser.location == LaserLocation::external) {
    terms.push_back({"laser connectors", laser.pm_connectors * laser.pm_connector_loss_dB, "design"});
    terms.push_back({"laser feed guide", lane.feed_guide_dB, "route"});
    terms.push_back({"coupling in", laser.coupling_in_dB, "design"});
    terms.push_back({"misalignment in", lane.misalignment_dB, "mechanics"});
  }
  terms.push_back({"modulator insertion", path.modulator_insertion_dB, "design"});
  terms.push_back({"modulation average", path.modulation_average_dB, "design"});
  terms.push_back({"multiplexer", path.multiplexer_loss_dB, "design"});
  terms.push_back({"coupling out", path.coupling_out_dB, "design"});
  terms.push_back({"misalignment out", lane.misalignment_dB, "mechanics"});
  terms.push_back({"data guide", lane.transmit_guide_dB, "route"});
  terms.push_back({"connector", path.connector_loss_dB, "design"});
  terms.push_back({"ageing", design.reserve.ageing_dB, "reserve"});
  terms.push_back({"temperature", design.reserve.temperature_dB, "reserve"});
  terms.push_back({"engineering margin", design.reserve.engineering_dB, "reserve"});
  return terms;
}

std::vector<LedgerTerm> terms_to_receiver(const LinkDesign& design, const LaneLosses& lane) {
  const auto& path = design.path;
  return {{"fibre plant", design.standard.channel_loss_dB, design.standard.name},
          {"receive connector", path.connector_loss_dB, "design"},
          {"receive guide", lane.receive_guide_dB, "route"},
          {"coupling to receiver", path.coupling_receive_dB, "design"},
          {"misalignment at receiver", lane.misalignment_dB, "mechanics"},
          {"demultiplexer", path.demultiplexer_loss_dB, "design"}};
}

LaneBudget lane_budget(const LinkDesign& design, const LaneLosses& lane) {
  LaneBudget budget;
  budget.name = lane.name;
  budget.to_launch = terms_to_launch(design, lane);
  budget.to_receiver = terms_to_receiver(design, lane);
  budget.launch_dBm = design.laser.max_power_dBm - sum_dB(budget.to_launch);
  budget.received_dBm = budget.launch_dBm - sum_dB(budget.to_receiver);
  budget.launch_margin_dB = budget.launch_dBm - design.standard.launch_min_dBm;
  budget.receive_margin_dB = budget.received_dBm - design.path.photodiode_sensitivity_dBm;
  budget.required_laser_dBm = design.laser.max_power_dBm - std::min(budget.launch_margin_dB, budget.receive_margin_dB);
  return budget;
}

} // namespace

LinkBudget link_budget(const LinkDesign& design, std::span<const LaneLosses> lanes) {
  if (lanes.empty() || design.laser.lanes_per_laser < 1)
    throw std::invalid_argument("link_budget: needs a lane, and at least one lane a laser");
  LinkBudget link;
  for (const auto& lane : lanes)
    link.lanes.push_back(lane_budget(design, lane));
  for (std::size_t i = 1; i < link.lanes.size(); ++i)
    if (link.lanes[i].required_laser_dBm > link.lanes[link.worst_lane].required_laser_dBm)
      link.worst_lane = i;
  const LaneBudget& worst = link.lanes[link.worst_lane];
  const auto& reserve = design.reserve;
  link.laser_power_dBm = worst.required_laser_dBm;
  link.worst_margin_dB = design.laser.max_power_dBm - worst.required_laser_dBm;
  double highest = link.lanes.front().launch_dBm;
  for (const auto& lane : link.lanes)
    highest = std::max(highest, lane.launch_dBm);
  link.highest_launch_dBm =
      highest - link.worst_margin_dB + reserve.ageing_dB + reserve.temperature_dB + reserve.engineering_dB;
  if (link.worst_margin_dB < 0)
    link.violations.push_back(
        {"link_margin",
         worst.name,
         {},
         worst.required_laser_dBm,
         design.laser.max_power_dBm,
         "dBm",
         fmt::format("lane {} needs {:.2f} dBm a laser, {:.2f} dB above its limit of {:.2f} dBm", worst.name,
                     worst.required_laser_dBm, -link.worst_margin_dB, design.laser.max_power_dBm)});
  if (link.highest_launch_dBm > design.standard.launch_max_dBm)
    link.violations.push_back(
        {"launch_power",
         "the lane with the least loss",
         {},
         link.highest_launch_dBm,
         design.standard.launch_max_dBm,
         "dBm",
         fmt::format("the lane with the least loss launches {:.2f} dBm, above the {:.2f} dBm that {} allows: the lanes "
                     "differ too much for one laser power",
                     link.highest_launch_dBm, design.standard.launch_max_dBm, design.standard.name)});
  double most_received_dB = 0;
  for (const auto& lane : link.lanes)
    most_received_dB = std::max(most_received_dB, sum_dB(lane.to_receiver) - design.standard.channel_loss_dB);
  link.standard_receive_margin_dB =
      design.standard.receive_min_dBm - most_received_dB - design.path.photodiode_sensitivity_dBm;
  return link;
}

} // namespace beachfront::optics
