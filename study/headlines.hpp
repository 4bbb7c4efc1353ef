// SPDX-License-Identifier: GPL-3.0-or-later
// The figures an engineer looks at first: what compare shows and what a sweep's table holds when it names no outputs.
#pragma once

#include <string>
#include <vector>

namespace beachfront::study {

/// How two values of a figure are set against each other: as a ratio, or as a difference where the zero is arbitrary
/// (temperatures in C, decibels).
enum class Against { ratio, difference };

struct Headline {
  std::string path;  ///< in results.json, see figures.hpp
  std::string label; ///< at most 28 characters
  std::string unit;
  Against against = Against::ratio;
};

const std::vector<Headline>& headlines();

} // namespace beachfront::study
