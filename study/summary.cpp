// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/summary.hpp"

#include "study/compare.hpp"

#include <fmt/core.h>

#include <sstream>

namespace beachfront::study {

std::string summary(const Json& results, const std::vector<std::filesystem::path>& files) {
  std::ostringstream text;
  print_comparison(text, compare({results.at("design")}, {results}));
  const auto listed = [&](const char* title, const std::vector<std::string>& lines) {
    if (!lines.empty())
      text << '\n' << title << '\n';
    for (const std::string& line : lines)
      text << "  " << line << '\n';
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
  std::vector<std::string> paths;
  for (const std::filesystem::path& file : files)
    paths.push_back(file.string());
  listed("Files", paths);
  return text.str();
}

} // namespace beachfront::study
