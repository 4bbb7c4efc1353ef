// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/terminal.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace beachfront::app {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool utf8_locale() {
  std::string locale;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) // the first that is set counts, POSIX
    if (locale.empty())
      locale = variable(name);
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
}

} // namespace

study::TextStyle terminal_style() {
  if (!isatty(STDOUT_FILENO))
    return {};
  const std::string terminal = variable("TERM");
  const bool capable = !terminal.empty() && terminal != "dumb";
  return {capable && utf8_locale(), capable && variable("NO_COLOR").empty()};
}

} // namespace beachfront::app
