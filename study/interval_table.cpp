// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/interval_table.hpp"

#include "study/compare.hpp"
#include "study/headlines.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ostream>

namespace beachfront::study {
namespace {

/// Four digits; from there on whole.
std::string number_text(double value) {
  return std::abs(value) >= 1e4 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string unit_of(const std::string& path) {
  for (const Headline& headline : headlines())
    if (headline.path == path)
      return headline.unit;
  return "";
}

std::string causes_text(const Json& causes, Footnotes& inputs) {
  std::string text;
  for (const Json& cause : causes)
    text += fmt::format("{}{:.0f} % ({})", text.empty() ? "" : ", ", 100 * cause.at("share").get<double>(),
                        inputs.number(cause.at("input").get<std::string>()));
  return text;
}

} // namespace

void print_intervals(std::ostream& out, const Json& results) {
  if (!results.contains("uncertainty"))
    return;
  const Json& uncertainty = results.at("uncertainty");
  out << fmt::format("\nHow sure: of {} draws of {} inputs, 5 % lie below and 5 % above\n",
                     uncertainty.at("samples").get<std::size_t>(), uncertainty.at("inputs").get<std::size_t>());
  out << fmt::format("{:<28} {:<8} {:>10} {:>18}  {}\n", "", "", "value", "5 %..95 %", " of the variance");
  Footnotes inputs;
  bool one_sided = false;
  for (const Json& figure : uncertainty.at("figures")) {
    const double value = figure.at("value").get<double>(), low = figure.at("p5").get<double>(),
                 high = figure.at("p95").get<double>();
    if (low == high)
      continue;
    const bool outside = value < low || value > high;
    one_sided = one_sided || outside;
    out << fmt::format("{:<28} {:<8} {:>10} {:>18}{} {}\n", figure.at("name").get<std::string>(),
                       unit_of(figure.at("path").get<std::string>()), number_text(value),
                       number_text(low) + ".." + number_text(high), outside ? "*" : " ",
                       causes_text(figure.at("causes"), inputs));
  }
  if (one_sided)
    out << "*   ranges reach further to one side of the design's values, so its own figure lies outside\n";
  for (std::size_t i = 0; i < inputs.reasons.size(); ++i)
    out << fmt::format("({}) {}\n", i + 1, inputs.reasons[i]);
  for (const Json& end : uncertainty.at("breaking"))
    out << fmt::format("{} at {:.4g} breaks the rule {}\n", end.at("input").get<std::string>(),
                       end.at("at").get<double>(), end.at("rule").get<std::string>());
}

} // namespace beachfront::study
