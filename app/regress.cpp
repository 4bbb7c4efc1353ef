// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/regress.hpp"
#include "app/command.hpp"
#include "study/design.hpp"
#include "study/input_error.hpp"
#include "study/threads.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace beachfront::app {

namespace {

struct Options {
  std::filesystem::path folder = "designs/reference";
  std::string reason;
  std::filesystem::path junit;
  std::vector<std::string> tolerances;
  bool show_tolerances = false;
  bool update = false;
  bool json = false;
};

/// The user as git knows them here, else as the system does.
std::string user() {
  std::string name;
  if (FILE* git = popen("git config user.name 2>/dev/null", "r")) {
    std::array<char, 256> text{};
    if (std::fgets(text.data(), static_cast<int>(text.size()), git))
      name = text.data();
    pclose(git);
  }
  name.erase(name.find_last_not_of("\r\n ") + 1);
  for (const char* variable : {"USER", "LOGNAME"})
    if (const char* value = std::getenv(variable); name.empty() && value)
      name = value;
  return name.empty() ? "unknown" : name;
}

int exit_code(const std::vector<study::Regression>& all, bool updated) {
  const auto any = [&all](study::Verdict verdict) {
    return std::any_of(all.begin(), all.end(), [&](const study::Regression& one) { return one.verdict == verdict; });
  };
  if (any(study::Verdict::wrong_input))
    return wrong_input;
  if (any(study::Verdict::failed))
    return failed;
  const bool drift = any(study::Verdict::drifted) || any(study::Verdict::no_golden);
  return (drift && !updated) || any(study::Verdict::no_design) ? infeasible : good;
}

/// What to do next, where figures moved or no golden is there yet.
void print_hint(const std::vector<study::Regression>& all, const Options& options,
                const std::filesystem::path& goldens) {
  const auto has = [&all](study::Verdict verdict) {
    return std::any_of(all.begin(), all.end(), [&](const study::Regression& one) { return one.verdict == verdict; });
  };
  if (has(study::Verdict::drifted))
    fmt::print(stderr, "where the change is meant: beachfront regress {} --update --reason TEXT\n",
               options.folder.string());
  else if (has(study::Verdict::no_golden))
    fmt::print(stderr,
               "{} holds no golden of these designs yet; to take today's figures as the first:\n"
               "  beachfront regress {} --update --reason \"first figures\"\n",
               goldens.string(), options.folder.string());
}

void check_options(const Options& options) {
  if (options.update != (options.reason.find_first_not_of(' ') != std::string::npos)) {
    throw study::InputError({"regress"}, "",
                            options.update ? "--update needs --reason TEXT: why the figures are to change"
                                           : "--reason is for --update, which is not given");
  }
  if (!options.junit.empty() && !options.junit.parent_path().empty() &&
      !std::filesystem::is_directory(options.junit.parent_path()))
    throw study::InputError({options.junit.string()}, "", "cannot be written: its folder is missing");
}

int regress_folder(const Options& options, const Globals& globals) {
  check_options(options);
  study::Tolerances own;
  for (const std::string& text : options.tolerances)
    own.push_back(study::parsed_tolerance(text));
  if (options.show_tolerances) {
    study::print_tolerances(std::cout, own);
    return good;
  }
  const std::filesystem::path goldens = study::golden_folder(options.folder);
  const auto evaluate = [&globals](const std::filesystem::path& file) {
    return study::evaluate_with_intervals(study::open_design(file, globals.library, {}), 1);
  };
  const std::vector<study::Regression> all =
      study::regress(options.folder, goldens, evaluate, study::usable_threads(globals.threads), own);
  if (options.json)
    fmt::print("{}\n", study::regressions_json(all).dump(2, ' ', false, study::Json::error_handler_t::replace));
  else
    study::print_regressions(std::cout, all);
  std::cout.flush(); // the hints follow on stderr
  if (!options.junit.empty())
    study::write_file(options.junit, [&](std::ostream& out) { study::write_junit(out, all); });
  if (options.update) {
    const study::Change change{options.reason, user(), fmt::format("{} ({})", study::version(), study::git_commit())};
    for (const std::filesystem::path& file : study::update_goldens(all, goldens, change))
      fmt::print(stderr, "written: {}\n", file.string());
  } else {
    print_hint(all, options, goldens);
  }
  return exit_code(all, options.update);
}

} // namespace

void add_regress(CLI::App& program, const Globals& globals, Run& run) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("regress", "Designs against their golden figures");
  command->add_option("DIR", options->folder, "Folder of designs; goldens in DIR/golden or DIR/../golden")
      ->capture_default_str();
  command->add_flag("--update", options->update, "Take the figures found as the new goldens where they moved");
  command->add_option("--reason", options->reason, "Why, for the history of the goldens");
  command
      ->add_option("--tolerance", options->tolerances,
                   "PATTERN=RELATIVE[,ABSOLUTE] of figures whose path fits; repeatable")
      ->type_size(1);
  command->add_flag("--show-tolerances", options->show_tolerances, "Print what is allowed, and solve nothing");
  command->add_option("--junit", options->junit, "File for JUnit XML, as build servers read it");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback(
      [&globals, &run, options] { run = [&globals, options] { return regress_folder(*options, globals); }; });
}

} // namespace beachfront::app
