// SPDX-License-Identifier: GPL-3.0-or-later
// Violations as the text of a failed test.
#pragma once

#include "geometry/shapes.hpp"

#include <string>
#include <vector>

namespace beachfront::geometry {

inline std::string rules_of(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations)
    text += violation.rule + ": " + violation.message + "\n";
  return text;
}

} // namespace beachfront::geometry
