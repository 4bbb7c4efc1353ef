// SPDX-License-Identifier: GPL-3.0-or-later
// One thin file a command: each adds itself to the program and, when it is chosen, leaves what is to be run.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace beachfront::app {

/// Exit codes of design.md section 4.
enum Exit : int { good = 0, infeasible = 1, wrong_input = 2, failed = 3, interrupted = 75 };

/// Options every command takes.
struct Globals {
  std::filesystem::path library; ///< --library, empty: found beside the design
  int threads = 0;               ///< --threads, 0: what the process may use
};

/// The chosen command; returns an Exit. Empty until the command line was parsed.
using Run = std::function<int()>;

void add_new(CLI::App& program, const Globals& globals, Run& run);
void add_check(CLI::App& program, const Globals& globals, Run& run);
void add_solve(CLI::App& program, const Globals& globals, Run& run);
void add_modes(CLI::App& program, const Globals& globals, Run& run);
void add_compare(CLI::App& program, const Globals& globals, Run& run);
void add_sweep(CLI::App& program, const Globals& globals, Run& run);
void add_optimise(CLI::App& program, const Globals& globals, Run& run);
void add_regress(CLI::App& program, const Globals& globals, Run& run);
void add_export(CLI::App& program, const Globals& globals, Run& run);
void add_schema(CLI::App& program, const Globals& globals, Run& run);
void add_completion(CLI::App& program, const Globals& globals, Run& run);
void add_manual(CLI::App& program, const Globals& globals, Run& run);

} // namespace beachfront::app
