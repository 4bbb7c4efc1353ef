// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/fleet_table.hpp"

#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <vector>

namespace beachfront::study {

namespace {

std::string saved_MW(const Json& alternative) {
  const auto saving = alternative.find("saving_vs_pluggable");
  if (saving == alternative.end() || saving->at("against") == alternative.at("name"))
    return fmt::format("{:>9} {:>5}", "-", "-");
  return fmt::format("{:>9.1f} {:>5}", saving->at("numerator_MW").get<double>(),
                     fmt::format("{:.0f} %", 100 * saving->at("ratio").get<double>()));
}

} // namespace

void print_fleet(std::ostream& out, const Json& results) {
  const auto fleet = results.find("fleet");
  if (fleet == results.end())
    return;
  out << fmt::format("\nA fleet of {:.0f} accelerators, {:.3g} optical link ends each, at the meter\n",
                     fleet->at("accelerators").get<double>(), fleet->at("link_ends_per_accelerator").get<double>());
  out << fmt::format("{:<20} {:>8} {:>15} {:>13} {:>15} {:>13}\n", "", "MW", "saved MW    %", "MEUR a year",
                     "million lasers", "failures/day");
  for (const Json& alternative : fleet->at("alternatives"))
    out << fmt::format("{:<20.20} {:>8.1f} {} {:>13.1f} {:>15.2f} {:>13.1f}\n",
                       alternative.at("name").get<std::string>(), alternative.at("meter_MW").get<double>(),
                       saved_MW(alternative), 1e-6 * alternative.at("electricity_eur_per_year").get<double>(),
                       1e-6 * alternative.at("lasers").get<double>(), alternative.at("failures_per_day").get<double>());
  const auto switching = fleet->find("ocs");
  if (switching == fleet->end())
    return;
  std::vector<std::string> ends;
  for (const Json& end : switching->at("reach"))
    ends.push_back(end.at("name").get<std::string>() +
                   (end.contains("reach_km") ? fmt::format(" {:.3g} km", end.at("reach_km").get<double>()) : " none"));
  const std::string reach = fmt::format("Reach left through an optical switch of {:.3g} dB: {}",
                                        switching->at("added_loss_dB").get<double>(), fmt::join(ends, ", "));
  for (const std::string& line : wrapped_lines(reach, 2, 100))
    out << line << '\n';
}

} // namespace beachfront::study
