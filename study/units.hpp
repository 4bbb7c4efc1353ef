// SPDX-License-Identifier: GPL-3.0-or-later
// The units that keys end in: "width_mm" is the stem "width" and the unit mm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

struct Unit {
  std::string suffix;    ///< as a key ends: "dB_per_cm"
  std::string text;      ///< as people write it: "dB/cm"
  std::string dimension; ///< units of one dimension convert into each other
  double scale = 1;      ///< value in the dimension's base unit = scale * value + offset
  double offset = 0;
};

/// Every unit, longest suffix first among those that end alike.
const std::vector<Unit>& units();

struct NameParts {
  std::string stem;
  const Unit* unit = nullptr; ///< null where the name ends in no unit
};

/// Splits a key's name at its longest unit.
NameParts split_name(std::string_view name);

/// A value given in one unit, in another of the same dimension.
double convert(double value, const Unit& from, const Unit& to);

} // namespace beachfront::study
