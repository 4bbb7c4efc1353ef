// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"
#include "app/command.hpp"
#include "app/fidelity.hpp"
#include "study/compare_files.hpp"
#include "study/compare_plot.hpp"
#include "study/design.hpp"
#include "study/input_error.hpp"
#include "study/report_comparison.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include <unistd.h>

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

struct Options {
  std::vector<std::string> designs;
  std::vector<std::string> settings;
  std::filesystem::path folder;
  std::string fidelity;
  bool json = false;
  bool plot = false;
};

/// Every design is read before the first is solved, so that wrong input costs no minute.
std::vector<study::Tree> open_all(const Options& options, const Globals& globals) {
  std::vector<std::string> settings = options.settings;
  for (const study::Setting& setting : fidelity_settings(options.fidelity))
    settings.push_back(setting.path + "=" + setting.value);
  std::vector<study::Tree> trees;
  for (const std::string& file : options.designs) {
    trees.push_back(study::open_design(file, globals.library, settings));
    static_cast<void>(study::read_design(trees.back()));
  }
  return trees;
}

/// A solver that fails leaves its reason in place of the design's figures.
study::Candidate solved(const std::string& name, const study::Tree& tree) {
  study::Candidate candidate{name, {}};
  try {
    candidate.results = study::evaluate(tree);
  } catch (const study::InputError&) {
    throw;
  } catch (const std::exception& error) {
    candidate.failure = error.what();
  }
  return candidate;
}

int exit_code(const study::Comparison& comparison) {
  int code = good;
  for (const study::Compared& design : comparison.designs)
    code = std::max<int>(code, !design.failure.empty() ? failed : design.feasible ? good : infeasible);
  return code;
}

int compare_designs(const Options& options, const Globals& globals) {
  const std::vector<study::Tree> trees = open_all(options, globals);
  if (!options.folder.empty())
    study::make_comparison_folder(options.folder);
  const std::vector<std::string> names = short_names(options.designs);
  std::vector<study::Candidate> candidates;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    if (isatty(STDERR_FILENO))
      fmt::print(stderr, "solving {}, {} of {}\n", names[i], i + 1, trees.size());
    candidates.push_back(solved(names[i], trees[i]));
    candidates.back().differences = study::differing_keys(trees.front(), trees[i]);
  }

  const study::Comparison comparison = study::compare(candidates);
  std::vector<std::filesystem::path> files;
  if (!options.folder.empty()) {
    files = study::write_comparison(options.folder, comparison);
    files.push_back(study::write_comparison_report(options.folder, comparison, candidates));
  }
  if (options.json) {
    fmt::print("{}\n", study::comparison_json(comparison).dump(2));
    return exit_code(comparison);
  }
  study::print_comparison(std::cout, comparison);
  if (options.plot)
    study::print_bars(std::cout, comparison);
  for (const std::filesystem::path& file : files)
    std::cout << (file == files.front() ? "\nFiles\n  " : "  ") << file.string() << '\n';
  return exit_code(comparison);
}

} // namespace

void add_compare(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("compare", "The same figures of several designs side by side");
  command->add_option("DESIGN", options->designs, "Design files; each is set against the first")->required();
  command->add_option("-o,--output", options->folder, "Folder for report.html and comparison.csv, .json and .svg");
  command->add_option("--set", options->settings, "path=value, overrides one value of every design")->type_size(1);
  command->add_option("--fidelity", options->fidelity, "fast or full, for every discipline that has the model");
  command->add_flag("--plot", options->plot, "Draw bars below the table");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback(
      [&globals, &run, options] { run = [&globals, options] { return compare_designs(*options, globals); }; });
}

} // namespace beachfront::app
