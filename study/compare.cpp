// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"

#include "study/csv_cell.hpp"
#include "study/figures.hpp"
#include "study/number_text.hpp"
#include "study/wrapped_text.hpp"

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
  const auto size = [&](double value) { return std::abs(value) < headline.least ? 0 : std::abs(value); };
  return size(*first) > 0 ? std::optional(size(*other) / size(*first)) : std::nullopt;
}

std::optional<double> value_of(const Json& results, const Headline& headline) {
  const std::optional<double> value = find_number(results, headline.path);
  const std::size_t list = headline.path.find("[max]");
  if (!value || !headline.magnitude || list == std::string::npos)
    return value;
  std::string smallest = headline.path;
  const std::optional<double> other = find_number(results, smallest.replace(list, 5, "[min]"));
  return std::max(std::abs(*value), std::abs(other.value_or(0)));
}

ComparedFigure empty_row(const Headline& headline, const std::string& group) {
  return {headline, group, {}, {}, {}, {}};
}

/// One more design's value in a row; why it is not there, where it is not.
void add_value(ComparedFigure& row, const std::optional<double>& value, const std::string& reason) {
  const bool first = row.values.empty();
  row.values.push_back(value);
  row.changes.push_back(first ? std::nullopt : change(row.headline, row.values.front(), value));
  const auto sign = [&](const std::optional<double>& one) {
    return !one || std::abs(*one) < row.headline.least ? 0 : (*one > 0) - (*one < 0);
  };
  const bool signed_figure = row.headline.against == Against::ratio;
  row.flips.push_back(signed_figure && sign(row.values.front()) * sign(value) < 0);
  row.absent.push_back(value ? "" : reason.empty() ? "not among the results" : reason);
}

ComparedFigure figure_row(const std::vector<Candidate>& candidates, const Headline& headline,
                          const std::string& group) {
  ComparedFigure row = empty_row(headline, group);
  for (const Candidate& one : candidates) {
    if (one.failure.empty())
      add_value(row, value_of(one.results, headline), absent_reason(one.results, headline.path));
    else
      add_value(row, std::nullopt, one.failure);
  }
  return row;
}

bool has_any(const ComparedFigure& row) {
  return std::any_of(row.values.begin(), row.values.end(), [](const auto& value) { return value.has_value(); });
}

/// "mechanics.steps[].warpage_um" in parts.
struct StepPath {
  std::string list;
  std::string key; ///< with its dot
};

std::optional<StepPath> step_path(const std::string& path) {
  const std::size_t at = path.find("[]");
  return at == std::string::npos ? std::nullopt : std::optional(StepPath{path.substr(0, at), path.substr(at + 2)});
}

/// The steps of a design in their order; a second one of the same name is "lid 2".
std::vector<std::string> step_names(const Candidate& candidate, const StepPath& path) {
  std::vector<std::string> names;
  const std::optional<Json> list =
      candidate.failure.empty() ? find_figure(candidate.results, path.list) : std::optional<Json>();
  if (!list || !list->is_array())
    return names;
  for (const Json& step : *list) {
    const std::string name = step.value("name", std::string("?"));
    std::string unique = name;
    for (int i = 2; std::find(names.begin(), names.end(), unique) != names.end(); ++i)
      unique = fmt::format("{} {}", name, i);
    names.push_back(unique);
  }
  return names;
}

/// A row for each step that some design has; one without a value when none has any.
void add_step_rows(Comparison& out, const std::vector<Candidate>& candidates, const Headline& headline,
                   const StepPath& path, const std::string& group) {
  std::vector<std::vector<std::string>> steps_of;
  std::vector<std::string> all;
  for (const Candidate& candidate : candidates) {
    steps_of.push_back(step_names(candidate, path));
    for (const std::string& step : steps_of.back())
      if (std::find(all.begin(), all.end(), step) == all.end())
        all.push_back(step);
  }
  if (all.empty()) {
    Headline any = headline;
    any.path = path.list;
    any.label += "each step";
    out.figures.push_back(figure_row(candidates, any, group));
  }
  for (const std::string& step : all) {
    Headline named = headline;
    named.path = fmt::format("{}[{}]{}", path.list, step, path.key);
    named.label += step;
    ComparedFigure row = empty_row(named, group);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const auto at = std::find(steps_of[i].begin(), steps_of[i].end(), step);
      const std::string place = fmt::format("{}[{}]{}", path.list, at - steps_of[i].begin(), path.key);
      const Json& results = candidates[i].results;
      if (!candidates[i].failure.empty())
        add_value(row, std::nullopt, candidates[i].failure);
      else if (at != steps_of[i].end())
        add_value(row, find_number(results, place), absent_reason(results, place));
      else
        add_value(row, std::nullopt, steps_of[i].empty() ? absent_reason(results, path.list) : "no such assembly step");
    }
    out.figures.push_back(std::move(row));
  }
}

/// Four digits; thousands and millions without an exponent.
std::string short_number(double value) {
  const double size = std::abs(value);
  return size >= 1e4 && size < 1e7 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

/// In at most seven characters.
std::string short_ratio(double ratio) {
  if (ratio != 0 && (ratio < 1e-3 || ratio >= 1e4))
    return fmt::format("x{:.0e}", ratio);
  return ratio >= 1e3 ? fmt::format("x{:.0f}", ratio) : fmt::format("x{:.{}g}", ratio, ratio < 0.01 ? 2 : 3);
}

std::vector<Compared> compared_designs(const std::vector<Candidate>& candidates) {
  std::vector<Compared> out;
  for (const Candidate& one : candidates) {
    const bool feasible = one.failure.empty() && one.results.at("feasible").get<bool>();
    const std::string violation = feasible || !one.failure.empty() ? "" : first_violation(one.results);
    out.push_back({one.name, feasible, violation, one.failure, one.differences});
  }
  return out;
}

void print_lines(std::ostream& out, const std::string& text, std::size_t indent) {
  for (const std::string& line : wrapped_lines(text, indent, page_width))
    out << line << '\n';
}

void print_designs(std::ostream& out, const Comparison& comparison) {
  const bool several = comparison.designs.size() > 1; // one alone needs no letter
  for (std::size_t i = 0; i < comparison.designs.size(); ++i)
    print_lines(out, (several ? design_letter(i) + "  " : "") + design_state(comparison.designs[i]), 3);
  for (std::size_t i = 1; i < comparison.designs.size(); ++i)
    print_lines(out, differing_text("A", design_letter(i), comparison.designs[i].differences), 3);
  out << '\n';
}

constexpr std::size_t beside_first = 2; // designs in a table beside A

/// The figures of some designs, the first of them A. Returns whether a sign is not that of A.
bool print_table(std::ostream& out, const Comparison& comparison, const std::vector<std::size_t>& places,
                 Footnotes& notes) {
  if (comparison.designs.size() > 1) {
    out << fmt::format("{:<28} {:<8}", "", "");
    for (const std::size_t i : places)
      out << fmt::format("{:>11}", design_letter(i)) << (i > 0 ? fmt::format("{:>9}", design_letter(i) + " to A") : "");
    out << '\n';
  }
  bool flipped = false;
  std::string group;
  for (const ComparedFigure& row : comparison.figures) {
    if (row.group != group)
      out << '\n' << row.group << '\n';
    group = row.group;
    out << fmt::format("{:<28} {:<8}", row.headline.label, row.headline.unit);
    for (const std::size_t i : places) {
      const std::string value =
          row.values[i] ? value_text(row, i) : fmt::format("absent({})", notes.number(row.absent[i]));
      out << fmt::format("{:>11}", value) << (i > 0 ? fmt::format("{:>9}", change_text(row, i)) : "");
      flipped = flipped || row.flips[i];
    }
    out << '\n';
  }
  return flipped;
}

} // namespace

std::string design_letter(std::size_t place) {
  const std::string last(1, static_cast<char>('A' + place % 26));
  return place < 26 ? last : design_letter(place / 26 - 1) + last;
}

std::string design_state(const Compared& design) {
  if (!design.failure.empty())
    return design.name + ", failed: " + design.failure;
  const std::string model = design.mechanics_model.empty() ? "" : ", mechanics of the " + design.mechanics_model;
  return design.name + model + (design.feasible ? ", feasible" : ", infeasible: " + design.violation);
}

std::string value_text(const ComparedFigure& figure, std::size_t place) {
  const double value = figure.values[place].value();
  return short_number(std::abs(value) < figure.headline.least ? 0 : value);
}

std::string change_text(const ComparedFigure& figure, std::size_t place) {
  const std::optional<double>& change = figure.changes[place];
  if (!change)
    return "-";
  if (figure.headline.against == Against::difference)
    return fmt::format("{:+.3g}", std::round(*change * 1000) / 1000 + 0.0); // no -0
  return short_ratio(*change) + (figure.flips[place] ? "*" : "");
}

std::size_t Footnotes::number(const std::string& reason) {
  const auto at = std::find(reasons.begin(), reasons.end(), reason);
  if (at != reasons.end())
    return static_cast<std::size_t>(at - reasons.begin()) + 1;
  reasons.push_back(reason);
  return reasons.size();
}

Comparison compare_briefly(const std::vector<Candidate>& candidates) {
  Comparison out{compared_designs(candidates), {}};
  for (const Headline& headline : headlines())
    out.figures.push_back(figure_row(candidates, headline, ""));
  return out;
}

Comparison compare(const std::vector<Candidate>& candidates) {
  Comparison out{compared_designs(candidates), {}};
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (const std::optional<Json> model = find_figure(candidates[i].results, "mechanics.model"))
      out.designs[i].mechanics_model = model->get<std::string>();
  for (const HeadlineGroup& group : comparison_headlines())
    for (const Headline& headline : group.headlines) {
      if (const std::optional<StepPath> path = step_path(headline.path))
        add_step_rows(out, candidates, headline, *path, group.title);
      else if (ComparedFigure row = figure_row(candidates, headline, group.title); !headline.where_any || has_any(row))
        out.figures.push_back(std::move(row));
    }
  return out;
}

void print_comparison(std::ostream& out, const Comparison& comparison) {
  print_designs(out, comparison);
  Footnotes notes;
  bool flipped = false;
  // as many designs beside A as a page is wide, then the next table
  for (std::size_t begin = 1; begin == 1 || begin < comparison.designs.size(); begin += beside_first) {
    std::vector<std::size_t> places = {0};
    for (std::size_t i = begin; i < std::min(begin + beside_first, comparison.designs.size()); ++i)
      places.push_back(i);
    out << (begin > 1 ? "\n" : "");
    flipped = print_table(out, comparison, places, notes) || flipped;
  }
  out << (notes.reasons.empty() && !flipped ? "" : "\n");
  if (flipped)
    out << "*   the sign is not that of A; the ratio is one of magnitudes\n";
  for (std::size_t i = 0; i < notes.reasons.size(); ++i)
    print_lines(out, fmt::format("({}) absent: {}", i + 1, notes.reasons[i]), 4);
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
    if (!design.mechanics_model.empty())
      one["mechanics_model"] = design.mechanics_model;
    if (!design.violation.empty())
      one["violation"] = design.violation;
    if (!design.failure.empty())
      one["failure"] = design.failure;
    if (!designs.empty()) {
      one["differs_from_first"] = Json::array();
      for (const DifferingKey& key : design.differences)
        one["differs_from_first"].push_back({{"path", key.path}, {"first", key.first}, {"this", key.other}});
    }
    designs.push_back(std::move(one));
  }
  Json rows = Json::array();
  for (const ComparedFigure& row : comparison.figures) {
    Json absent = Json::object();
    for (std::size_t i = 0; i < row.absent.size(); ++i)
      if (!row.absent[i].empty())
        absent[comparison.designs[i].name] = row.absent[i];
    const bool ratio = row.headline.against == Against::ratio;
    Json one = {{"path", row.headline.path},
                {"label", row.headline.label},
                {"unit", row.headline.unit},
                {"values", or_null(row.values)},
                {ratio ? "ratio_to_first" : "difference_from_first", or_null(row.changes)}};
    if (ratio)
      one["sign_flips"] = row.flips;
    one["absent"] = std::move(absent);
    rows.push_back(std::move(one));
  }
  return {{"designs", std::move(designs)}, {"figures", std::move(rows)}};
}

void write_comparison_csv(std::ostream& out, const Comparison& comparison) {
  out << "group,figure,unit,path,against";
  for (const Compared& design : comparison.designs)
    out << ',' << csv_cell(design.name);
  for (std::size_t i = 1; i < comparison.designs.size(); ++i)
    out << ',' << csv_cell(comparison.designs[i].name + ": against first") << ','
        << csv_cell(comparison.designs[i].name + ": sign flips");
  out << ",absent\n";
  for (const ComparedFigure& row : comparison.figures) {
    const Headline& headline = row.headline;
    out << csv_cell(row.group) << ',' << csv_cell(headline.label) << ',' << headline.unit << ','
        << csv_cell(headline.path) << ',' << (headline.against == Against::ratio ? "ratio" : "difference");
    for (const std::optional<double>& value : row.values)
      out << ',' << (value ? print_number(*value) : "");
    for (std::size_t i = 1; i < row.values.size(); ++i)
      out << ',' << (row.changes[i] ? print_number(*row.changes[i]) : "") << ',' << (row.flips[i] ? "yes" : "no");
    std::string absent;
    for (std::size_t i = 0; i < row.absent.size(); ++i)
      if (!row.absent[i].empty())
        absent += fmt::format("{}{}: {}", absent.empty() ? "" : "; ", comparison.designs[i].name, row.absent[i]);
    out << ',' << csv_cell(absent) << '\n';
  }
}

} // namespace beachfront::study
