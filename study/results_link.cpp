// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

#include <algorithm>

namespace beachfront::study {

namespace {

Json ledger(const std::vector<optics::LedgerTerm>& terms) {
  Json list = Json::array();
  for (const optics::LedgerTerm& term : terms)
    list.push_back({{"name", term.name}, {"loss_dB", term.loss_dB}, {"source", term.source}});
  return list;
}

} // namespace

void add_link(Document& document, const OperatingPoint& point) {
  const optics::LaneBudget& worst = point.link.lanes[point.link.worst_lane];
  double most_misaligned_dB = 0;
  for (const optics::MovementLoss& movement : point.movement)
    most_misaligned_dB = std::max(most_misaligned_dB, movement.total_dB());
  document.json["link"] = {{"worst_lane", worst.name},
                           {"worst_margin_dB", point.link.worst_margin_dB},
                           {"standard_receive_margin_dB", point.link.standard_receive_margin_dB},
                           {"laser_power_dBm", point.link.laser_power_dBm},
                           {"laser_electrical_W", point.laser.electrical_W},
                           {"laser_efficiency", point.laser.efficiency.value},
                           {"absorbed_light_per_engine_W", point.absorbed_light_W},
                           {"misalignment_max_dB", most_misaligned_dB},
                           {"to_launch", ledger(worst.to_launch)},
                           {"to_receiver", ledger(worst.to_receiver)}};
}

} // namespace beachfront::study
