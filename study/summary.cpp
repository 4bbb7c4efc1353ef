// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/summary.hpp"

#include "study/alternatives_table.hpp"
#include "study/fleet_table.hpp"
#include "study/headline_table.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <sstream>

namespace beachfront::study {

namespace {

/// Lines of at most 100 columns.
std::string wrapped(const std::string& text, std::size_t indent) {
  return fmt::format("{}", fmt::join(wrapped_lines(text, indent, 100), "\n"));
}

/// The stage that limits the escape, with its figures; empty where there is no layout.
std::string escape_limit(const Json& results) {
  if (!results.contains("escape"))
    return "";
  const Json& escape = results.at("escape");
  for (const Json& stage : escape.at("stages"))
    if (stage.at("name") == escape.at("limited_by"))
      return wrapped(fmt::format("Escape is limited by {}: {:.4g} of {:.4g} {}", stage.at("name").get<std::string>(),
                                 stage.at("used").get<double>(), stage.at("available").get<double>(),
                                 stage.at("unit").get<std::string>()),
                     2);
  return "";
}

/// What the plate says where the solid was solved; empty elsewhere.
std::string plate_beside_solid(const Json& results) {
  if (!results.contains("mechanics") || !results.at("mechanics").contains("plate"))
    return "";
  const Json& plate = results.at("mechanics").at("plate");
  std::vector<std::string> states;
  for (const auto& [state, um] : plate.at("warpage_um").items())
    states.push_back(
        fmt::format("{} {:.4g} ({:+.3g})", state, um.get<double>(), plate.at("less_solid_um").at(state).get<double>()));
  std::vector<std::string> figures;
  for (const auto& [key, both] : plate.at("figures").items())
    figures.push_back(
        fmt::format("{} {:.3g} ({:+.2g})", key, both.at("plate").get<double>(), both.at("less_solid").get<double>()));
  return wrapped(fmt::format("Plate model's warpage in um, and less the solid's: {}", fmt::join(states, ", ")), 2) +
         '\n' +
         wrapped(fmt::format("Plate model's other figures, and less the solid's: {}", fmt::join(figures, ", ")), 2);
}

} // namespace

std::string summary(const Json& results, const std::vector<std::filesystem::path>& files, const TextStyle& style) {
  std::ostringstream text;
  print_headlines(text, results);
  print_alternatives(text, results, style);
  print_fleet(text, results);
  if (const std::string limit = escape_limit(results); !limit.empty())
    text << '\n' << limit << '\n';
  if (const std::string plate = plate_beside_solid(results); !plate.empty())
    text << plate << '\n';
  const auto listed = [&](const char* title, const std::vector<std::string>& lines) {
    if (!lines.empty())
      text << '\n' << title << '\n';
    for (const std::string& line : lines)
      text << wrapped("  " + line, 4) << '\n';
  };
  std::vector<std::string> violations;
  constexpr std::size_t most = 10; // results.json has them all
  for (const Json& violation : results.at("violations"))
    if (violations.size() < most)
      violations.push_back(
          fmt::format("{}: {}", violation.at("rule").get<std::string>(), violation.at("message").get<std::string>()));
  if (results.at("violations").size() > most)
    violations.push_back(fmt::format("... and {} more", results.at("violations").size() - most));
  listed("Violations", violations);
  listed("Warnings", results.at("warnings").get<std::vector<std::string>>());
  if (!files.empty())
    text << "\nFiles\n";
  for (const std::filesystem::path& file : files) // one a line, to be copied whole
    text << "  " << file.string() << '\n';
  return text.str();
}

} // namespace beachfront::study
