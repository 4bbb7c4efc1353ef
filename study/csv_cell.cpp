// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/csv_cell.hpp"

#include <algorithm>

namespace beachfront::study {

std::string csv_cell(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.find_first_of(",\"\r") == std::string::npos)
    return text;
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c;
    if (c == '"')
      quoted += '"';
  }
  return quoted + '"';
}

} // namespace beachfront::study
