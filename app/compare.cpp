// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"
#include "app/command.hpp"
#include "study/design.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace beachfront::app {

namespace {

/// The file's name, or its whole path where two files have the same name.
std::vector<std::string> short_names(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const std::string& file : files) {
    const auto same = [&](const std::string& other) {
      return std::filesystem::path(other).stem() == std::filesystem::path(file).stem();
    };
    const bool unique = std::count_if(files.begin(), files.end(), same) == 1;
    names.push_back(unique ? std::filesystem::path(file).stem().string() : file);
  }
  return names;
}

int compare_designs(const std::vector<std::string>& files, bool json, const Globals& globals) {
  std::vector<study::Json> results;
  for (const std::string& file : files)
    results.push_back(study::evaluate(study::open_design(file, globals.library, {})));
  const study::Comparison comparison = study::compare(short_names(files), results);
  if (json)
    fmt::print("{}\n", study::comparison_json(comparison).dump(2));
  else
    study::print_comparison(std::cout, comparison);
  const auto feasible = [](const study::Compared& design) { return design.feasible; };
  const bool all = std::all_of(comparison.designs.begin(), comparison.designs.end(), feasible);
  return all ? good : infeasible;
}

} // namespace

void add_compare(CLI::App& program, const Globals& globals, Run& run) {
  struct Options {
    std::vector<std::string> designs;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("compare", "The same figures of several designs side by side");
  command->add_option("DESIGN", options->designs, "Design files; each is set against the first")->required();
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback([&globals, &run, options] {
    run = [&globals, options] { return compare_designs(options->designs, options->json, globals); };
  });
}

} // namespace beachfront::app
