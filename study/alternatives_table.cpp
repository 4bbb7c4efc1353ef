// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/alternatives_table.hpp"

#include "study/display_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

namespace beachfront::study {
namespace {

constexpr std::size_t name_columns = 20;
constexpr double longest_bar = 59; // 100 columns with name, power and range

/// A part of the power and how the bar shows it.
struct Part {
  const char* key;
  const char* name;
  const char* letter;
  const char* block;
  const char* colour; ///< of ANSI X3.64
};

constexpr std::array<Part, 4> parts = {{{"host_W", "host SerDes", "h", "█", "34"},
                                        {"optics_W", "optics", "o", "▓", "32"},
                                        {"laser_W", "lasers", "l", "▒", "31"},
                                        {"cooling_W", "fans, power conversion and facility", "c", "░", "36"}}};

/// In as many columns as names have, cut at a character.
std::string short_name(const std::string& name) {
  std::string text = name;
  while (display_width(text) > name_columns || (text.size() < name.size() && display_width(text) >= name_columns))
    text.pop_back();
  // what is cut off must not leave the first bytes of a character behind
  while (text.size() < name.size() && !text.empty() && (static_cast<unsigned char>(name[text.size()]) & 0xC0U) == 0x80)
    text.pop_back();
  text += text.size() < name.size() ? "~" : "";
  return text + std::string(name_columns - std::min(name_columns, display_width(text)), ' ');
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
  return fmt::format("{} {:>6.0f} {:>12} {:>6.2f} {:>12} {:>7} {} {:>6}\n",
                     short_name(alternative.at("name").get<std::string>()), watts.at("value").get<double>(),
                     span(watts, 0), energy.at("value").get<double>(), span(energy, 1), cost, saving_cells(saving),
                     latency);
}

std::string shown(const Part& part, const TextStyle& style) {
  const char* cell = style.blocks ? part.block : part.letter;
  return style.colours ? fmt::format("\x1b[{}m{}\x1b[0m", part.colour, cell) : cell;
}

/// A cell a column: the parts as long as their running sum, so that the bar is as long as the total, with a bracket
/// over it from the low to the high end of the range.
std::string bar(const Json& alternative, double greatest_W, const TextStyle& style) {
  const auto column = [&](double W) {
    return static_cast<std::size_t>(std::max(0.0, std::round(longest_bar * W / greatest_W)));
  };
  std::vector<std::string> cells;
  double so_far_W = 0;
  for (const Part& part : parts) {
    so_far_W += alternative.at(part.key).get<double>();
    cells.resize(std::max(cells.size(), column(so_far_W)), shown(part, style));
  }
  const std::size_t low = column(alternative.at("total_span_W").at("low").get<double>());
  const std::size_t high = column(alternative.at("total_span_W").at("high").get<double>());
  if (high > low + 1) {
    cells.resize(std::max(cells.size(), high), style.blocks ? "─" : "-");
    cells[low] = style.blocks ? "├" : "[";
    cells[high - 1] = style.blocks ? "┤" : "]";
  }
  return fmt::format("{}", fmt::join(cells, ""));
}

} // namespace

void print_alternatives(std::ostream& out, const Json& results, const TextStyle& style) {
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
    greatest_W = std::max(
        {greatest_W, alternative.at("total_W").get<double>(), alternative.at("total_span_W").at("high").get<double>()});
  }
  out << '\n';
  for (const Part& part : parts)
    out << shown(part, style) << ' ' << part.name << ", ";
  out << (style.blocks ? "├ ┤" : "[ ]") << " low and high\n";
  for (const Json& alternative : power.at("alternatives"))
    out << fmt::format("{} {:>6.0f} {:>12} {}\n", short_name(alternative.at("name").get<std::string>()),
                       alternative.at("total_W").get<double>(), span(alternative.at("total_span_W"), 0),
                       bar(alternative, greatest_W, style));
}

} // namespace beachfront::study
