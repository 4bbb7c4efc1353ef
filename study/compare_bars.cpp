// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>

namespace beachfront::study {
namespace {

constexpr double longest_bar = 46; // 100 columns with label, unit, letter and value

/// At least one character for anything but zero and noise.
std::string bar(double value, double greatest, double least) {
  if (value == 0 || std::abs(value) < least)
    return "";
  const double length = std::max(1.0, std::round(longest_bar * std::abs(value) / greatest));
  return std::string(static_cast<std::size_t>(length), value < 0 ? '-' : '#');
}

} // namespace

void print_bars(std::ostream& out, const Comparison& comparison) {
  std::string group;
  for (const ComparedFigure& row : comparison.figures) {
    double greatest = -1;
    for (const std::optional<double>& value : row.values)
      greatest = std::max(greatest, value ? std::abs(*value) : -1);
    if (greatest < 0)
      continue;

    if (row.group != group)
      out << '\n' << row.group << '\n';
    group = row.group;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const std::string what =
          i == 0 ? fmt::format("{:<28} {:<8}", row.headline.label, row.headline.unit) : std::string(37, ' ');
      const std::string drawn = row.values[i] ? bar(*row.values[i], greatest, row.headline.least) : "";
      const std::string value = row.values[i] ? value_text(row, i) : "absent";
      out << fmt::format("{} {:<2} {:<46} {:>11}\n", what, design_letter(i), drawn, value);
    }
  }
}

} // namespace beachfront::study
