// SPDX-License-Identifier: GPL-3.0-or-later
// The figures an engineer looks at first: what solve prints and what a sweep's table holds when it names no outputs.
// Those and more of the package's mechanics: what compare sets side by side.
#pragma once

#include <string>
#include <vector>

namespace beachfront::study {

/// How two values of a figure are set against each other: as a ratio (of magnitudes, where a figure has a sign), or as
/// a difference where the zero is arbitrary (temperatures in C, decibels).
enum class Against { ratio, difference };

struct Headline {
  std::string path;  ///< in results.json, see figures.hpp
  std::string label; ///< at most 28 characters
  std::string unit;  ///< at most 8
  Against against = Against::ratio;
  bool detail = false; ///< for compare only
  /// Of a path with [max]: the greatest magnitude over the list, because engines on opposite sides move opposite ways.
  bool magnitude = false;
  double least = 0;       ///< a smaller magnitude is noise of the solution: shown as 0, without ratio or sign
  bool where_any = false; ///< left out of a comparison in which no design has it
};

struct HeadlineGroup {
  std::string title;
  std::vector<Headline> headlines;
};

/// Those that are no detail, in the order of the groups.
const std::vector<Headline>& headlines();

/// All of them. A path with "[]" stands for a figure of each assembly step; its label ends with the step's name.
const std::vector<HeadlineGroup>& comparison_headlines();

} // namespace beachfront::study
