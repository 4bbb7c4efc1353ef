// SPDX-License-Identifier: GPL-3.0-or-later
// One parameter of a sweep: the keys it sets, and the values it takes.
#pragma once

#include "study/distribution.hpp"
#include "study/evaluate.hpp"
#include "study/resolve.hpp"
#include "study/sampling.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

/// A further key that changes with a parameter.
struct LinkedKey {
  std::string path;
  Mark mark;
  bool linear = false; ///< factor times the parameter's value plus offset; else the same value, of any kind
  double factor = 1;
  double offset = 0;
};

struct Parameter {
  std::string path;         ///< in the resolved base design; of bundles the name
  Mark mark;                ///< of the path in the sweep file
  std::vector<Json> values; ///< to choose from; empty where `distribution` gives them
  std::optional<Distribution> distribution;
  bool whole = false;   ///< values of the distribution are rounded to whole numbers, the only ones that the key takes
  bool bundled = false; ///< each value is a map: path -> value
  std::vector<LinkedKey> linked;
};

/// Reads a parameter of a sweep file. `base` is the resolved design it changes. Throws InputError for what does not go
/// together, an empty range, a distribution that is none, and one that the mode cannot draw from.
Parameter read_parameter(const Value& written, SweepMode mode, const Tree& base);

/// The value at a probability from 0 to 1: of `values` each is equally likely; of a distribution its quantile, with 12
/// digits, so that machines whose logarithms differ in the last digit agree.
Json value_at(const Parameter& parameter, double probability);

/// What a value of the parameter sets. Throws InputError where a number is to be linked and the value is none.
std::vector<Setting> settings_of(const Parameter& parameter, const Json& value);

/// Every path that the parameter sets.
std::vector<std::string> paths_of(const Parameter& parameter);

} // namespace beachfront::study
