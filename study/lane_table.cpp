// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/lane_table.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace beachfront::study {

namespace {

/// "laser connector 1" -> "laser_connector_1_dB"
std::string column(const std::string& term) {
  std::string name = term + "_dB";
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

} // namespace

void write_lane_table(std::ostream& stream, const optics::LinkBudget& link) {
  stream << "lane,laser,required_laser_dBm,laser_dBm,launch_average_dBm,launch_oma_dBm,received_average_dBm,"
            "received_oma_dBm,launch_margin_dB,receive_margin_dB,far_end_margin_dB,margin_dB";
  const optics::LaneLedger& names = link.worst_ledger;
  for (const auto* list : {&names.to_launch, &names.to_receiver, &names.penalties})
    for (const optics::LedgerTerm& term : *list)
      stream << ',' << column(term.name);
  stream << '\n';
  for (const optics::LaneBudget& lane : link.lanes) {
    stream << fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}", lane.name, lane.laser, lane.required_laser_dBm,
                          lane.laser_dBm, lane.launch_dBm, lane.launch_oma_dBm, lane.received_dBm,
                          lane.received_oma_dBm, lane.launch_margin_dB, lane.receive_margin_dB, lane.far_end_margin_dB,
                          lane.margin_dB);
    for (const double loss_dB : lane.terms_dB)
      stream << fmt::format(",{}", loss_dB);
    stream << '\n';
  }
}

void write_laser_table(std::ostream& stream, const optics::LinkBudget& link) {
  stream << "laser,required_dBm,power_dBm\n";
  for (const optics::LaserNeed& laser : link.lasers)
    stream << fmt::format("{},{},{}\n", laser.laser, laser.required_dBm, laser.power_dBm);
}

} // namespace beachfront::study
