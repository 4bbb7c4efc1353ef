// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "study/input_error.hpp"
#include "study/starter.hpp"
#include "study/write_file.hpp"

#include <fmt/core.h>

#include <memory>

namespace beachfront::app {

void add_new(CLI::App& program, const Globals&, Run& run) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("new", "Write a commented starter design, NAME.yaml");
  command->add_option("NAME", *name, "Name of the design")->required();
  command->callback([&run, name] {
    run = [name] {
      const std::filesystem::path file = *name + ".yaml";
      if (std::filesystem::exists(file))
        throw study::InputError({file.string(), 0, 0}, "", "exists already; nothing was written");
      study::write_file(file, study::starter_design(file.stem().string()));
      fmt::print("{} written; next: beachfront solve {}\n", file.string(), file.string());
      return good;
    };
  });
}

} // namespace beachfront::app
