// SPDX-License-Identifier: GPL-3.0-or-later
// The commands and options that the program has, as plain data: for completion and the manual page.
#pragma once

#include "app/command.hpp"

#include <string>
#include <vector>

namespace beachfront::app {

struct OptionWords {
  std::vector<std::string> names; ///< "-o", "--output"; for a positional its name, "DESIGN"
  std::string description;
  bool positional = false;
  bool takes_value = false;
  std::vector<std::string> values; ///< where only a few words are meant
};

struct CommandWords {
  std::string path; ///< "sweep run"; empty for the program itself
  std::string description;
  std::vector<std::string> subcommands; ///< their last words
  std::vector<OptionWords> options;     ///< of its own and, --help apart, of the commands above it
};

/// The program first, then every command before its subcommands, in the order of the help.
std::vector<CommandWords> command_tree(const CLI::App& program);

} // namespace beachfront::app
