// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "study/design.hpp"
#include "study/uncertain_inputs.hpp"
#include "study/yaml.hpp"

#include <fmt/core.h>

#include <memory>

namespace beachfront::app {

void add_check(CLI::App& program, const Globals& globals, Run& run) {
  struct Options {
    std::string design;
    std::vector<std::string> settings;
    bool resolved = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("check", "Validate a design without solving it");
  command->add_option("DESIGN", options->design, "Design file")->required();
  command->add_option("--set", options->settings, "path=value, overrides one value")->type_size(1);
  command->add_flag("--resolved", options->resolved, "Print the design with every default and library value");
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      const study::Tree tree = study::open_design(options->design, globals.library, options->settings);
      const study::Design design = study::read_design(tree);
      study::uncertain_inputs(tree);
      if (options->resolved)
        fmt::print("{}", study::print_yaml(tree.node, study::Origins::shown));
      else
        fmt::print("{}: {} is well-formed\n", options->design, design.name);
      return good;
    };
  });
}

} // namespace beachfront::app
