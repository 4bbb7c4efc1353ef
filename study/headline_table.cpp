// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/headline_table.hpp"

#include "study/compare.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>

namespace beachfront::study {

namespace {

/// The last key of a path, after the list's element or the part that it belongs to: "core cte_ppm_per_K".
std::string short_name(const std::string& path) {
  std::vector<std::string> keys(1);
  bool in_brackets = false; // where names may hold dots
  for (const char c : path) {
    in_brackets = c == '[' || (in_brackets && c != ']');
    if (c == '.' && !in_brackets)
      keys.emplace_back();
    else
      keys.back() += c;
  }
  const std::string last = keys.back();
  while (keys.size() > 2 && (keys[keys.size() - 2] == "material" || keys[keys.size() - 2] == "power"))
    keys.erase(keys.end() - 2);
  if (keys.size() < 2)
    return last;
  std::string owner = keys[keys.size() - 2];
  if (const std::size_t open = owner.find('['); open != std::string::npos)
    owner = owner.substr(open + 1, owner.find(']') - open - 1);
  return owner + " " + last;
}

/// Digits enough to tell two ends of an interval apart, without an exponent.
std::string end_text(double value) {
  const double magnitude = std::abs(value);
  const int decimals = magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : magnitude >= 10 ? 2 : magnitude >= 0.1 ? 3 : 4;
  return fmt::format("{:.{}f}", value, decimals);
}

/// Ranges that reach further to one side of the design's values may leave its own figure outside.
bool outside(const Json& figure) {
  const double value = figure.at("value").get<double>();
  return value < figure.at("p5").get<double>() || value > figure.at("p95").get<double>();
}

bool spreads(const Json& figure) {
  return figure.at("p95").get<double>() != figure.at("p5").get<double>();
}

void print_causes(std::ostream& out, const Json& uncertainty) {
  const auto samples = uncertainty.at("samples").get<long long>();
  constexpr long long enough = 20; // one in twenty lies beyond 5 %
  const std::string what = samples < enough
                               ? fmt::format("Intervals are the ends of {} samples, too few for 5 % and 95 %,", samples)
                               : fmt::format("Intervals hold 90 % of {} samples", samples);
  const std::string intro = fmt::format("{} of {} uncertain inputs; most of their variance comes from", what,
                                        uncertainty.at("inputs").get<long long>());
  out << '\n';
  for (const std::string& line : wrapped_lines(intro, 2, 100))
    out << line << '\n';
  for (const Json& figure : uncertainty.at("figures")) {
    if (!spreads(figure) || figure.at("causes").empty())
      continue;
    std::string causes;
    for (const Json& cause : figure.at("causes"))
      causes += fmt::format("{}{} {:.0f} %", causes.empty() ? "" : ", ",
                            short_name(cause.at("input").get<std::string>()), 100 * cause.at("share").get<double>());
    for (const std::string& line :
         wrapped_lines(fmt::format("{:<28} {}", figure.at("name").get<std::string>(), causes), 29, 98))
      out << "  " << line << '\n';
  }
  for (const Json& end : uncertainty.at("breaking"))
    for (const std::string& line :
         wrapped_lines(fmt::format("{} at {:.4g} breaks the rule {}", end.at("input").get<std::string>(),
                                   end.at("at").get<double>(), end.at("rule").get<std::string>()),
                       4, 98))
      out << "  " << line << '\n';
}

} // namespace

void print_headlines(std::ostream& out, const Json& results) {
  std::map<std::string, const Json*> intervals; // by path
  const auto uncertainty = results.find("uncertainty");
  if (uncertainty != results.end())
    for (const Json& figure : uncertainty->at("figures"))
      intervals[figure.at("path").get<std::string>()] = &figure;

  const Comparison comparison = compare_briefly({{results.at("design"), results}});
  for (const std::string& line : wrapped_lines(design_state(comparison.designs.front()), 2, 100))
    out << line << '\n';
  out << '\n';
  if (!intervals.empty())
    out << fmt::format("{:<48}{}\n", "", "  5 %..95 % of samples");
  Footnotes notes;
  bool starred = false;
  for (const ComparedFigure& row : comparison.figures) {
    const std::string value =
        row.values[0] ? value_text(row, 0) : fmt::format("absent({})", notes.number(row.absent[0]));
    std::string line = fmt::format("{:<28} {:<8}{:>11}", row.headline.label, row.headline.unit, value);
    const auto interval = intervals.find(row.headline.path);
    if (interval != intervals.end() && spreads(*interval->second)) {
      const Json& figure = *interval->second;
      line += fmt::format("  {:>9}..{}{}", end_text(figure.at("p5").get<double>()),
                          end_text(figure.at("p95").get<double>()), outside(figure) ? "*" : "");
      starred = starred || outside(figure);
    }
    out << line << '\n';
  }
  if (starred)
    out << "*   ranges reach further to one side of the design's values, so its own figure lies outside\n";
  for (std::size_t i = 0; i < notes.reasons.size(); ++i)
    for (const std::string& line : wrapped_lines(fmt::format("({}) absent: {}", i + 1, notes.reasons[i]), 4, 100))
      out << (i == 0 && line.front() == '(' ? "\n" : "") << line << '\n';
  if (!intervals.empty())
    print_causes(out, *uncertainty);
}

} // namespace beachfront::study
