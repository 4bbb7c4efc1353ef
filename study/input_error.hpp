// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with what the engineer wrote: one exception, one message, exit code 2.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// Where something was written. Line and column count from 1; line 0 means the whole file, or no file at all
/// (then `file` names the source, such as "--set engines.count=3").
struct Mark {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "designs/x.yaml:12:7", or only the file where there is no line.
std::string to_string(const Mark& mark);

/// Wrong input. what() is the whole message; the parts are kept for `--json` and for tests.
struct InputError : std::runtime_error {
  InputError(Mark where, std::string path, std::string problem);

  std::string file;
  int line = 0;
  int column = 0;
  std::string path;    ///< of the key, e.g. "waveguides.recipe.steps[0].time_min"; empty for a fault of the file itself
  std::string found;   ///< what stands there, empty when something is missing
  std::string allowed; ///< what may stand there
  std::string nearest; ///< the valid key or word that was probably meant, may be empty
};

/// "PATH: found FOUND; must be ALLOWED; did you mean 'NEAREST'? HINT", the last two where there are any.
InputError bad_value(const Mark& where, const std::string& path, const std::string& found, const std::string& allowed,
                     const std::string& nearest = "", const std::string& hint = "");

/// "PATH: unknown key 'KEY'; did you mean 'NEAREST'? HINT; allowed here: A, B, C", the middle where there is any.
InputError unknown_key(const Mark& where, const std::string& path, const std::string& key,
                       const std::vector<std::string>& allowed, const std::string& nearest = "",
                       const std::string& hint = "");

/// "PATH: missing; must be ALLOWED".
InputError missing_key(const Mark& where, const std::string& path, const std::string& allowed);

/// The message of an error without the place in a file that it starts with.
std::string problem(const InputError& error);

} // namespace beachfront::study
