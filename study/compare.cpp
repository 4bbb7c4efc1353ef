// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"

#include "study/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace beachfront::study {
namespace {

constexpr std::size_t page_width = 100;

std::optional<double> change(const Headline& headline, const std::optional<double>& first,
                             const std::optional<double>& other) {
  if (!first || !other)
    return std::nullopt;
  if (headline.against == Against::difference)
    return *other - *first;
  return *first != 0 ? std::optional(*other / *first) : std::nullopt;
}

/// Four digits; thousands and millions without an exponent.
std::string short_number(double value) {
  const double size = std::abs(value);
  return size >= 1e4 && size < 1e7 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

std::string change_text(const Headline& headline, const std::optional<double>& change) {
  if (!change)
    return "-";
  return headline.against == Against::difference ? fmt::format("{:+.3g}", *change) : fmt::format("x{:.3g}", *change);
}

/// Breaks a text at spaces; the lines after the first are indented.
std::string wrapped(const std::string& text, std::size_t indent) {
  std::string out;
  std::size_t column = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::size_t length = end - at;
    if (column > indent && column + 1 + length > page_width) {
      out += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += text.substr(at, length);
    column += length;
    at = end + 1;
  }
  return out + '\n';
}

/// A, B, ..., Z, AA, ...: names are too long to head a column.
std::string letter(std::size_t place) {
  const std::string last(1, static_cast<char>('A' + place % 26));
  return place < 26 ? last : letter(place / 26 - 1) + last;
}

/// Number of a footnote, counted from 1; the same reason is told once.
std::size_t footnote(std::vector<std::string>& notes, const std::string& reason) {
  const auto at = std::find(notes.begin(), notes.end(), reason);
  if (at == notes.end()) {
    notes.push_back(reason);
    return notes.size();
  }
  return static_cast<std::size_t>(at - notes.begin()) + 1;
}

} // namespace

Comparison compare(const std::vector<std::string>& names, const std::vector<Json>& results) {
  Comparison out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool feasible = results[i].at("feasible").get<bool>();
    out.designs.push_back({names[i], feasible, feasible ? "" : first_violation(results[i])});
  }
  for (const Headline& headline : headlines()) {
    ComparedFigure row{headline, {}, {}, {}};
    for (const Json& one : results) {
      row.values.push_back(find_number(one, headline.path));
      const bool first = row.values.size() == 1;
      row.changes.push_back(first ? std::nullopt : change(headline, row.values.front(), row.values.back()));
      const std::string reason = absent_reason(one, headline.path);
      row.absent.push_back(row.values.back() ? "" : reason.empty() ? "not among the results" : reason);
    }
    out.figures.push_back(std::move(row));
  }
  return out;
}

void print_comparison(std::ostream& out, const Comparison& comparison) {
  const bool several = comparison.designs.size() > 1; // one alone needs no letter
  for (std::size_t i = 0; i < comparison.designs.size(); ++i) {
    const Compared& design = comparison.designs[i];
    const std::string state = design.feasible ? "feasible" : "infeasible: " + design.violation;
    out << wrapped((several ? letter(i) + "  " : "") + design.name + ", " + state, 3);
  }
  out << '\n';
  if (several) {
    out << fmt::format("{:<28} {:<8}", "", "");
    for (std::size_t i = 0; i < comparison.designs.size(); ++i)
      out << fmt::format("{:>11}", letter(i)) << (i > 0 ? fmt::format("{:>9}", letter(i) + " to A") : "");
    out << '\n';
  }

  std::vector<std::string> notes;
  for (const ComparedFigure& row : comparison.figures) {
    out << fmt::format("{:<28} {:<8}", row.headline.label, row.headline.unit);
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const std::string value =
          row.values[i] ? short_number(*row.values[i]) : fmt::format("absent({})", footnote(notes, row.absent[i]));
      out << fmt::format("{:>11}", value);
      out << (i > 0 ? fmt::format("{:>9}", change_text(row.headline, row.changes[i])) : "");
    }
    out << '\n';
  }
  out << (notes.empty() ? "" : "\n");
  for (std::size_t i = 0; i < notes.size(); ++i)
    out << wrapped(fmt::format("({}) absent: {}", i + 1, notes[i]), 4);
}

Json comparison_json(const Comparison& comparison) {
  const auto or_null = [](const std::vector<std::optional<double>>& values) {
    Json list = Json::array();
    for (const std::optional<double>& value : values)
      list.push_back(value ? Json(*value) : Json());
    return list;
  };
  Json designs = Json::array();
  for (const Compared& design : comparison.designs) {
    Json one = {{"name", design.name}, {"feasible", design.feasible}};
    if (!design.feasible)
      one["violation"] = design.violation;
    designs.push_back(std::move(one));
  }
  Json rows = Json::array();
  for (const ComparedFigure& row : comparison.figures) {
    Json absent = Json::object();
    for (std::size_t i = 0; i < row.absent.size(); ++i)
      if (!row.absent[i].empty())
        absent[comparison.designs[i].name] = row.absent[i];
    const bool ratio = row.headline.against == Against::ratio;
    rows.push_back({{"path", row.headline.path},
                    {"label", row.headline.label},
                    {"unit", row.headline.unit},
                    {"values", or_null(row.values)},
                    {ratio ? "ratio_to_first" : "difference_from_first", or_null(row.changes)},
                    {"absent", std::move(absent)}});
  }
  return {{"designs", std::move(designs)}, {"figures", std::move(rows)}};
}

} // namespace beachfront::study
