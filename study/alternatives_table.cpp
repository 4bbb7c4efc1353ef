// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/alternatives_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <utility>

namespace beachfront::study {
namespace {

constexpr std::size_t name_columns = 20;
constexpr double longest_bar = 70; // 100 columns with name and power

std::string short_name(const std::string& name) {
  return name.size() <= name_columns ? name : name.substr(0, name_columns - 1) + "~";
}

/// Saving of the whole boundary against the named alternative, or null.
const Json* saving_against(const Json& power, const std::string& name) {
  if (power.contains("savings"))
    for (const Json& saving : power.at("savings"))
      if (saving.at("against").get<std::string>() == name && saving.at("host_and_cooling_included").get<bool>())
        return &saving;
  return nullptr;
}

std::string span(const Json& ends, int decimals) {
  return fmt::format("{:.{}f}..{:.{}f}", ends.at("low").get<double>(), decimals, ends.at("high").get<double>(),
                     decimals);
}

std::string saving_cells(const Json* saving) {
  if (!saving)
    return fmt::format("{:>5} {:>9}", "-", "");
  const std::string value = fmt::format("{:.0f} %", 100 * saving->at("ratio").get<double>());
  if (!saving->contains("ratio_low"))
    return fmt::format("{:>5} {:>9}", value, "");
  return fmt::format("{:>5} {:>9}", value,
                     fmt::format("{:.0f}..{:.0f}", 100 * saving->at("ratio_low").get<double>(),
                                 100 * saving->at("ratio_high").get<double>()));
}

std::string row(const Json& alternative, const Json* saving) {
  const Json& watts = alternative.at("total_span_W");
  const Json& energy = alternative.at("span_pJ_per_bit");
  const std::string cost =
      alternative.contains("capex_eur") ? fmt::format("{:.1f}", alternative.at("capex_eur").get<double>() / 1e3) : "-";
  const std::string latency = alternative.contains("latency_ns")
                                  ? fmt::format("{:.0f}", alternative.at("latency_ns").at("value").get<double>())
                                  : "-";
  return fmt::format("{:<20} {:>6.0f} {:>12} {:>6.2f} {:>12} {:>7} {} {:>6}\n",
                     short_name(alternative.at("name").get<std::string>()), watts.at("value").get<double>(),
                     span(watts, 0), energy.at("value").get<double>(), span(energy, 1), cost, saving_cells(saving),
                     latency);
}

/// One letter a part; lengths are of the running sum, so that the bar is as long as the total.
std::string bar(const Json& alternative, double greatest_W) {
  std::string drawn;
  double so_far_W = 0;
  for (const auto& [key, letter] :
       {std::pair{"host_W", 'h'}, std::pair{"optics_W", 'o'}, std::pair{"laser_W", 'l'}, std::pair{"cooling_W", 'c'}}) {
    so_far_W += alternative.at(key).get<double>();
    const auto end = static_cast<std::size_t>(std::max(0.0, std::round(longest_bar * so_far_W / greatest_W)));
    drawn.append(end > drawn.size() ? end - drawn.size() : 0, letter);
  }
  return drawn;
}

} // namespace

void print_alternatives(std::ostream& out, const Json& results) {
  if (!results.contains("power") || results.at("power").at("alternatives").empty())
    return;
  const Json& power = results.at("power");
  out << "\nThe same traffic by other optics: host SerDes, optics, lasers, fans, power conversion and facility;\n"
         "low..high: every part at that end; kEUR: purchase; saved: by the design against the row;\n"
         "ns: latency one way\n";
  out << fmt::format("{:<20} {:>6} {:>12} {:>6} {:>12} {:>7} {:>5} {:>9} {:>6}\n", "", "W", "low..high", "pJ/bit",
                     "low..high", "kEUR", "saved", "low..high", "ns");
  double greatest_W = 0;
  for (const Json& alternative : power.at("alternatives")) {
    const std::string name = alternative.at("name").get<std::string>();
    out << row(alternative, saving_against(power, name));
    greatest_W = std::max(greatest_W, alternative.at("total_W").get<double>());
  }
  out << "\nh host SerDes, o optics, l lasers, c fans, power conversion and facility\n";
  for (const Json& alternative : power.at("alternatives"))
    out << fmt::format("{:<20} {:>6.0f} {}\n", short_name(alternative.at("name").get<std::string>()),
                       alternative.at("total_W").get<double>(), bar(alternative, greatest_W));
}

} // namespace beachfront::study
