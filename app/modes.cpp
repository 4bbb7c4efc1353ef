// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/modes.hpp"
#include "app/command.hpp"
#include "study/design.hpp"

#include <fmt/core.h>

#include <memory>

namespace beachfront::app {

void add_modes(CLI::App& program, const Globals& globals, Run& run) {
  struct Options {
    std::string waveguide;
    std::vector<std::string> settings;
    bool json = false;
    bool fast = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("modes", "Index profile, modes and losses of one waveguide");
  command->add_option("WAVEGUIDE", options->waveguide, "Waveguide file: the block `waveguides` of a design alone")
      ->required();
  command->add_option("--set", options->settings, "path=value, overrides one value")->type_size(1);
  command->add_flag("--fast", options->fast, "Scalar modes and closed forms, as designs use them by default");
  command->add_flag("--json", options->json, "Print one JSON document on stdout");
  command->callback([&globals, &run, options] {
    run = [&globals, options] {
      const study::Tree tree = study::open_waveguide(options->waveguide, globals.library, options->settings);
      const study::Json modes = study::modes_json(tree, study::open_library(options->waveguide, globals.library),
                                                  options->fast ? optics::Fidelity::fast : optics::Fidelity::full);
      if (options->json)
        fmt::print("{}\n", modes.dump(2));
      else
        fmt::print("{}", study::modes_table(modes));
      return modes.at("guided").get<bool>() ? good : infeasible;
    };
  });
}

} // namespace beachfront::app
