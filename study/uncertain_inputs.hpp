// SPDX-License-Identifier: GPL-3.0-or-later
// The inputs of a design that carry ranges, as its `uncertainty` block and its classes of optics give them.
#pragma once

#include "study/distribution.hpp"
#include "study/resolve.hpp"
#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

struct UncertainInput {
  std::string name;                ///< the path as written
  std::vector<std::string> places; ///< paths that move together
  Triangular range;                ///< about the design's value
  std::string source;
};

/// Those of `uncertainty.inputs`, then those of the set of ranges that the design does not give itself and has, then
/// every estimate of the first class of pluggable optics, which savings are measured against. Without inputs whose
/// range is a point. A range of the set ends where its key's own range does. Throws InputError for an own path that
/// does not exist or is no number, and an own range that does not hold the design's value or leaves what its key allows.
std::vector<UncertainInput> uncertain_inputs(const Tree& resolved);

/// The settings that bring an input to a value.
std::vector<Setting> at_value(const UncertainInput& input, double value);

} // namespace beachfront::study
