// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_analysis.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <string>
#include <vector>

namespace beachfront::study {
namespace {

constexpr std::size_t width = 100;
constexpr std::size_t most_columns = 8;
constexpr std::size_t most_rules = 8;
constexpr double longest_bar = 30;

void print_wrapped(std::ostream& out, const std::string& text, std::size_t indent) {
  for (const std::string& line : wrapped_lines(text, indent, width))
    out << line << '\n';
}

std::string bar(double value, double greatest) {
  const double length = greatest > 0 ? std::round(longest_bar * std::max(0.0, value) / greatest) : 0;
  return std::string(static_cast<std::size_t>(length), '#');
}

/// The end of a path that is too long; the last keys say most.
std::string shortened(const std::string& name, std::size_t most) {
  return name.size() <= most ? name : ".." + name.substr(name.size() - most + 2);
}

void print_counts(std::ostream& out, const Json& designs) {
  const auto number = [&](const char* key) { return designs.at(key).get<long long>(); };
  const long long searched = number("searched");
  const std::string more = searched > 0 ? fmt::format(" and {} of a search", searched) : "";
  out << fmt::format("{} of {} designs{}: {} ok, {} infeasible, {} failed; {} good\n", number("done"),
                     number("planned"), more, number("ok"), number("infeasible"), number("failed"), number("good"));
}

std::string limits(const Json& constraint) {
  const std::string figure = constraint["figure"];
  const std::string min = constraint.contains("min") ? fmt::format(" >= {:.4g}", constraint["min"].get<double>()) : "";
  const std::string max = constraint.contains("max") ? fmt::format(" <= {:.4g}", constraint["max"].get<double>()) : "";
  return shortened(figure, 50) + min + (min.empty() || max.empty() ? "" : ",") + max;
}

void print_rejections(std::ostream& out, const Json& analysis) {
  if (!analysis["rules"].empty()) {
    out << "\nWhat makes designs infeasible or fail (the first rule that each breaks)\n";
    std::size_t shown = 0;
    for (const Json& rule : analysis["rules"]) {
      if (++shown > most_rules)
        break;
      const bool failed = rule["status"] == "error";
      const std::string what = failed ? "failed" : rule["rule"].get<std::string>();
      const std::string line =
          fmt::format("  {:>7}  {}: {}", rule["designs"].get<long long>(), what, rule["message"].get<std::string>());
      print_wrapped(out, line, 11);
    }
  }
  if (!analysis["constraints"].empty()) {
    out << "\nWhat the constraints take out of the designs that are ok      broken   by it alone   no figure\n";
    for (const Json& each : analysis["constraints"])
      out << fmt::format("  {:<57}{:>9}{:>14}{:>12}\n", limits(each), each["broken"].get<long long>(),
                         each["broken_alone"].get<long long>(), each["absent"].get<long long>());
  }
}

std::string cell(const Json& value) {
  if (value.is_number())
    return fmt::format("{:.4g}", value.get<double>());
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (value.is_object() && value.size() == 1)
    text = value.begin().value().is_string() ? value.begin().value().get<std::string>() : text;
  return text.size() <= 10 ? text : text.substr(0, 9) + "~";
}

/// Columns have letters, so that a table of long names fits; the names stand above.
void print_front(std::ostream& out, const Json& analysis) {
  if (analysis["front"].empty())
    return;
  const Json& all = analysis["front"];
  const Json& shown = analysis["representatives"];
  out << fmt::format("\nBest designs: {} that no other beats{}\n", all.size(),
                     shown.size() < all.size() ? fmt::format(", {} spread over them shown", shown.size()) : "");
  std::vector<std::pair<std::string, std::string>> columns; // the part of a row, the key in it
  for (const Json& objective : analysis["objectives"])
    columns.emplace_back("figures", objective["figure"]);
  for (const Json& parameter : analysis["parameters"])
    columns.emplace_back("parameters", parameter["parameter"]);
  const std::size_t left_out = columns.size() - std::min(columns.size(), most_columns);
  columns.resize(columns.size() - left_out);
  std::string head = fmt::format("  {:>8}", "point");
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::string letter(1, static_cast<char>('a' + c));
    const bool goal = c < analysis["objectives"].size();
    out << fmt::format("  {}  {}{}\n", letter, shortened(columns[c].second, 80),
                       goal ? ", " + analysis["objectives"][c]["goal"].get<std::string>() : "");
    head += fmt::format("{:>11}", letter);
  }
  if (left_out > 0)
    out << fmt::format("  {} further parameters stand in analysis.json\n", left_out);
  out << head << '\n';
  for (const Json& row : all) {
    if (std::find(shown.begin(), shown.end(), row["point"]) == shown.end())
      continue;
    out << fmt::format("  {:>8}", row["point"].get<long long>());
    for (const auto& [part, key] : columns)
      out << fmt::format("{:>11}", row[part].contains(key) ? cell(row[part][key]) : "");
    out << '\n';
  }
}

void print_hypervolume(std::ostream& out, const Json& analysis) {
  if (!analysis.contains("hypervolume"))
    return;
  const Json& volume = analysis["hypervolume"];
  std::string reference;
  for (const Json& objective : analysis["objectives"]) {
    const std::string figure = objective["figure"];
    reference += fmt::format("{}{:.4g}", reference.empty() ? "" : ", ", volume["reference"][figure].get<double>());
  }
  const std::string share = volume.contains("share_of_box") ? fmt::format(", {:.3f} of the box to the best of each",
                                                                          volume["share_of_box"].get<double>())
                                                            : "";
  print_wrapped(
      out, fmt::format("  hypervolume {:.5g} to the reference ({}){}", volume["value"].get<double>(), reference, share),
      2);
}

/// What a method ranks parameters by, and what stands beside it.
struct Measure {
  const char* key;
  const char* title;
};

Measure measure_of(const Json& sensitivity) {
  const std::string method = sensitivity["method"];
  if (method == "sobol_indices")
    return {"total", "share of the variance it has a part in"};
  if (method == "elementary_effects")
    return {"mu_star", "mean change over its whole range"};
  return {"share_alone", "share of the variance by it alone"};
}

double magnitude(const Json& estimate) {
  return estimate.is_number() ? estimate.get<double>() : estimate["value"].get<double>();
}

/// The interval; of a share without one, which way the figure goes with the parameter.
std::string beside(const Json& parameter, const Json& estimate) {
  if (estimate.is_object())
    return fmt::format("{:.3g} .. {:.3g}", estimate["low"].get<double>(), estimate["high"].get<double>());
  if (!parameter.contains("rank_coefficient"))
    return "";
  return fmt::format("rank {:+.2f}", parameter["rank_coefficient"]["value"].get<double>());
}

void print_sensitivity(std::ostream& out, const Json& found) {
  const Measure measure = measure_of(found);
  std::vector<Json> parameters(found["parameters"].begin(), found["parameters"].end());
  std::stable_sort(parameters.begin(), parameters.end(),
                   [&](const Json& a, const Json& b) { return magnitude(a[measure.key]) > magnitude(b[measure.key]); });
  const double greatest = parameters.empty() ? 0 : magnitude(parameters.front()[measure.key]);
  const bool shares = found["method"] != "elementary_effects";
  const double whole_bar = shares ? std::max(1.0, greatest) : greatest;
  out << '\n';
  print_wrapped(out,
                fmt::format("{}: {} ({} samples{})", found["figure"].get<std::string>(), measure.title,
                            found["samples"].get<long long>(),
                            found.contains("r2") ? fmt::format(", r2 {:.2f}", found["r2"].get<double>()) : ""),
                2);
  for (const Json& parameter : parameters) {
    const Json& estimate = parameter[measure.key];
    out << fmt::format("  {:<36} {:>8.3g}  {:<18} |{}\n", shortened(parameter["parameter"], 36), magnitude(estimate),
                       beside(parameter, estimate), bar(magnitude(estimate), whole_bar));
  }
}

/// Of the objectives, where there are any: what else was asked stands in the file.
void print_sensitivities(std::ostream& out, const Json& analysis) {
  constexpr std::size_t most = 4;
  std::size_t shown = 0;
  for (const Json& found : analysis["sensitivities"]) {
    const bool wanted = shown < std::max(most, analysis["objectives"].size());
    if (wanted)
      print_sensitivity(out, found);
    shown += wanted ? 1U : 0U;
  }
  if (const std::size_t more = analysis["sensitivities"].size() - shown; more > 0)
    out << fmt::format("Sensitivities of {} further figures stand in analysis.json\n", more);
}

void print_yield(std::ostream& out, const Json& analysis) {
  if (!analysis.contains("yield"))
    return;
  const Json& yield = analysis["yield"];
  const auto percent = [](const Json& share) { return 100 * share.get<double>(); };
  const auto samples = yield["samples"].get<long long>();
  out << fmt::format("\nYield: {:.1f} % good of {} samples, 95 % interval {:.1f} .. {:.1f} %\n",
                     percent(yield["share"]), samples, percent(yield["low"]), percent(yield["high"]));
  if (const long long failed = analysis["designs"]["done"].get<long long>() - samples; failed > 0)
    out << fmt::format("  of the samples that were solved: {} failed and are left out\n", failed);
  if (yield["if_halved"].empty())
    return;
  out << "  with the spread halved of               gains, points   95 % interval      effective samples\n";
  for (const Json& each : yield["if_halved"]) {
    const Json& gain = each["gain"];
    out << fmt::format("  {:<38} {:>+13.2f}   {:<18} {:>17.0f}{}\n", shortened(each["parameter"], 38),
                       percent(gain["value"]),
                       fmt::format("{:+.2f} .. {:+.2f}", percent(gain["low"]), percent(gain["high"])),
                       each["effective_samples"].get<double>(), each["effective_samples"] < 30 ? " few" : "");
  }
}

} // namespace

void print_analysis(std::ostream& out, const Json& analysis) {
  print_counts(out, analysis["designs"]);
  print_rejections(out, analysis);
  print_front(out, analysis);
  print_hypervolume(out, analysis);
  print_sensitivities(out, analysis);
  print_yield(out, analysis);
  if (!analysis["warnings"].empty())
    out << '\n';
  for (const Json& warning : analysis["warnings"])
    print_wrapped(out, "warning: " + warning.get<std::string>(), 9);
}

} // namespace beachfront::study
