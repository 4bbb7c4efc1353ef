// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_comparison.hpp"

#include "study/report_page.hpp"
#include "study/write_file.hpp"

namespace beachfront::study {

namespace {

/// What the page draws of a design beside the compared figures; without results its name alone.
Json design_json(const Candidate& candidate) {
  Json design = {{"name", candidate.name}};
  for (const char* key : {"violations", "warnings", "provenance"})
    if (candidate.results.contains(key))
      design[key] = candidate.results.at(key);
  if (candidate.results.contains("power"))
    design["power"] = candidate.results.at("power").at("alternatives").at(0);
  return design;
}

} // namespace

std::string comparison_report(const Comparison& comparison, const std::vector<Candidate>& candidates) {
  Json designs = Json::array(), groups = Json::array();
  std::string title;
  for (const Candidate& candidate : candidates) {
    designs.push_back(design_json(candidate));
    title += (title.empty() ? "" : " against ") + candidate.name;
  }
  for (const ComparedFigure& figure : comparison.figures)
    groups.push_back(figure.group);
  const Json data = {{"report", "comparison"},
                     {"title", title},
                     {"comparison", comparison_json(comparison)},
                     {"groups", std::move(groups)},
                     {"designs", std::move(designs)}};
  return report_page(title, {"power.js", "comparison.js"}, data);
}

std::filesystem::path write_comparison_report(const std::filesystem::path& folder, const Comparison& comparison,
                                              const std::vector<Candidate>& candidates) {
  const std::filesystem::path file = folder / "report.html";
  write_file(file, comparison_report(comparison, candidates));
  return file;
}

} // namespace beachfront::study
