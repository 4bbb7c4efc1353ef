// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/regress.hpp"
#include "app/command.hpp"
#include "study/design.hpp"
#include "study/input_error.hpp"
#include "study/threads.hpp"
#include "study/version.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace beachfront::app {

namespace {

struct Options {
  std::filesystem::path folder = "designs/reference";
  std::string reason;
  bool update = false;
  bool json = false;
};

int exit_code(const std::vector<study::Regression>& all, bool updated) {
  const auto any = [&all](study::Verdict verdict) {
    return std::any_of(all.begin(), all.end(), [&](const study::Regression& one) { return one.verdict == verdict; });
  };
  if (any(study::Verdict::wrong_input))
    return wrong_input;
  if (any(study::Verdict::failed))
    return failed;
  const bool drift = any(study::Verdict::drifted) || any(study::Verdict::no_golden);
  return drift && !updated ? infeasible : good;
}

int regress_folder(const Options& options, const Globals& globals) {
  if (options.update != (options.reason.find_first_not_of(' ') != std::string::npos)) {
    throw study::InputError({"regress"}, "",
                            options.update ? "--update needs --reason TEXT: why the figures are to change"
                                           : "--reason is for --update, which is not given");
  }
  const std::filesystem::path goldens = study::golden_folder(options.folder);
  const auto evaluate = [&globals](const std::filesystem::path& file) {
    return study::evaluate_with_intervals(study::open_design(file, globals.library, {}), 1);
  };
  const std::vector<study::Regression> all =
      study::regress(options.folder, goldens, evaluate, study::usable_threads(globals.threads));
  if (options.json)
    fmt::print("{}\n", study::regressions_json(all).dump(2));
  else
    study::print_regressions(std::cout, all);
  if (options.update) {
    const std::string version = fmt::format("{} ({})", study::version(), study::git_commit());
    for (const std::filesystem::path& file : study::update_goldens(all, goldens, options.reason, version))
      fmt::print(stderr, "written: {}\n", file.string());
  }
  const int code = exit_code(all, options.update);
  if (code == infeasible) {
    fmt::print(stderr, "where the change is meant: beachfront regress {} --update --reason TEXT\n",
               options.folder.string());
  }
  return code;
}

} // namespace

void add_regress(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("regress", "Designs against their golden figures");
  command->add_option("DIR", options->folder, "Folder of designs; goldens in DIR/golden or DIR/../golden")
      ->capture_default_str();
  command->add_flag("--update", options->update, "Take the figures found as the new goldens where they moved");
  command->add_option("--reason", options->reason, "Why, for the history of the goldens");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback(
      [&globals, &run, options] { run = [&globals, options] { return regress_folder(*options, globals); }; });
}

} // namespace beachfront::app
