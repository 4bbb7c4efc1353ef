// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "study/input_error.hpp"
#include "study/version.hpp"
#include "study/write_file.hpp"

#include <fmt/core.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>

namespace {

/// What was printed may still wait in a buffer, and the disk be full.
int printed(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
    return code;
  fmt::print(stderr, "error: the output could not be written: {}\n", std::strerror(errno));
  return beachfront::app::failed;
}

} // namespace

int main(int argc, char** argv) {
  using namespace beachfront;
  std::signal(SIGXFSZ, SIG_IGN); // a file-size limit is then an error of the write, with its clean-up
  CLI::App program{"beachfront: co-design of co-packaged optics on glass"};
  program.set_version_flag("--version", fmt::format("beachfront {} ({})", study::version(), study::git_commit()));
  program.require_subcommand(1);

  app::Globals globals;
  program.add_option("--library", globals.library,
                     "Folder of the library (default: beside the design, else the program's)");
  program.add_option("--threads", globals.threads, "Threads of sweeps and regress (default: what the process may use)")
      ->check(CLI::Range(1, 1024));
  program.fallthrough();

  app::Run run;
  for (auto add :
       {app::add_new, app::add_check, app::add_solve, app::add_modes, app::add_compare, app::add_sweep,
        app::add_optimise, app::add_regress, app::add_export, app::add_schema, app::add_completion, app::add_manual})
    add(program, globals, run);

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return printed(program.exit(error) == 0 ? app::good : app::wrong_input);
  }
  try {
    return printed(run());
  } catch (const study::InputError& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return app::wrong_input;
  } catch (const study::DiskFull& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return app::failed;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) != 0)
      return printed(app::failed);
    fmt::print(stderr, "internal error: {}\n", error.what());
    return app::failed;
  }
}
