// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

Json ledger(const std::vector<optics::LedgerTerm>& terms) {
  Json list = Json::array();
  for (const optics::LedgerTerm& term : terms)
    list.push_back({{"name", term.name}, {"loss_dB", term.loss_dB}, {"source", term.source}});
  return list;
}

template <typename T>
Json spread_of(const std::vector<T>& all, double T::*figure) {
  std::vector<double> values;
  for (const T& one : all)
    values.push_back(one.*figure);
  const optics::Spread spread = optics::spread(values);
  return {{"min", spread.min},   {"p5", spread.p5},   {"p50", spread.p50},
          {"mean", spread.mean}, {"p95", spread.p95}, {"max", spread.max}};
}

Json checks(const std::vector<optics::LimitCheck>& checks) {
  Json list = Json::array();
  for (const optics::LimitCheck& check : checks)
    list.push_back({{"limit", check.name},
                    {"found", check.found},
                    {"required", check.limit},
                    {"margin_dB", check.margin()},
                    {"unit", check.unit},
                    {"where", check.where}});
  return list;
}

void add_crosstalk(Document& document, const Design& design, const OperatingPoint& point) {
  double most = 0;
  for (const optics::GuideCrosstalk& guide : point.crosstalk)
    most = std::max(most, guide.sum);
  if (most > 0)
    document.json["link"]["crosstalk_max_dB"] = 10 * std::log10(most);
  else
    document.absent_because("link.crosstalk_max_dB", !design.guides ? "fibres are attached to the engines: no guides"
                                                     : point.crosstalk.empty()
                                                         ? "the modes give no pitch for the crosstalk budget"
                                                         : "no two guides run side by side");
}

void add_polarization(Document& document, const OperatingPoint& point) {
  const FeedPolarization& feeds = point.polarization;
  if (!feeds.absent_because.empty()) {
    for (const char* key : {"feed_crossed_share_max", "feed_delay_difference_max_ps", "feed_axis_angle_max_deg"})
      document.absent_because(std::string("link.") + key, feeds.absent_because);
    return;
  }
  double share = 0, delay_ps = 0;
  for (const optics::PolarizationTransfer& guide : feeds.guides) {
    share = std::max(share, guide.crossed_share);
    delay_ps = std::max(delay_ps, guide.delay_difference_ps);
  }
  document.json["link"]["feed_crossed_share_max"] = share;
  document.json["link"]["feed_delay_difference_max_ps"] = delay_ps;
  document.json["link"]["feed_axis_angle_max_deg"] = feeds.most_axis_angle_deg;
}

void add_guides(Document& document, const OperatingPoint& point) {
  if (!point.guides) {
    document.absent_because("link.guides_in_operation", "fibres are attached to the engines, or nothing was heated");
    return;
  }
  const optics::GuideInOperation& guides = *point.guides;
  document.json["link"]["guides_in_operation"] = {{"temperature_C", guides.temperature_C},
                                                  {"index_change", guides.index_change},
                                                  {"contrast_change_relative", guides.contrast_change},
                                                  {"mode_size_change_relative", guides.mode_size_change},
                                                  {"edge_loss_change_dB", guides.edge_loss_change_dB}};
}

} // namespace

void add_link(Document& document, const Design& design, const OperatingPoint& point) {
  const optics::LinkBudget& link = point.link;
  const optics::LaneBudget& worst = link.lanes[link.worst_lane];
  double most_misaligned_dB = 0;
  for (const optics::MovementLoss& movement : point.movement)
    most_misaligned_dB = std::max(most_misaligned_dB, movement.total_dB());
  document.json["link"] = {{"standard", design.link.standard.name},
                           {"worst_lane", worst.name},
                           {"worst_margin_dB", link.worst_margin_dB},
                           {"standard_receive_margin_dB", link.standard_receive_margin_dB},
                           {"receiver_sensitivity_oma_dBm", link.sensitivity_dBm},
                           {"rin_penalty_dB", link.rin_penalty_dB},
                           {"laser_power_dBm", link.laser_power_dBm},
                           {"laser_power_mean_dBm", point.laser_dBm},
                           {"laser_electrical_W", point.laser.electrical_W},
                           {"laser_efficiency", point.laser.efficiency.value},
                           {"absorbed_light_per_engine_W", point.absorbed_light_W},
                           {"misalignment_max_dB", most_misaligned_dB}};
  Json& json = document.json["link"];
  add_crosstalk(document, design, point);
  add_polarization(document, point);
  add_guides(document, point);
  json["margin_dB"] = spread_of(link.lanes, &optics::LaneBudget::margin_dB);
  json["launch_margin_dB"] = spread_of(link.lanes, &optics::LaneBudget::launch_margin_dB);
  json["receive_margin_dB"] = spread_of(link.lanes, &optics::LaneBudget::receive_margin_dB);
  json["required_laser_dBm"] = spread_of(link.lanes, &optics::LaneBudget::required_laser_dBm);
  json["checks"] = checks(link.checks);
  json["lasers"] = {{"count", link.lasers.size()},
                    {"required_dBm", spread_of(link.lasers, &optics::LaserNeed::required_dBm)},
                    {"power_dBm", spread_of(link.lasers, &optics::LaserNeed::power_dBm)}};
  json["to_launch"] = ledger(link.worst_ledger.to_launch);
  json["to_receiver"] = ledger(link.worst_ledger.to_receiver);
  json["penalties"] = ledger(link.worst_ledger.penalties);
  json["attack"] = ledger(link.attack);
}

} // namespace beachfront::study
