// SPDX-License-Identifier: GPL-3.0-or-later
// Values of a tree as JSON.
#pragma once

#include "study/tree.hpp"

#include <nlohmann/json.hpp>

namespace beachfront::study {

/// Unquoted numbers, true and false become what they say, whole numbers below 1e15 integers; all other scalars texts.
nlohmann::ordered_json to_json(const Node& node);

/// Whole numbers as integers, so that 16 prints as 16.
nlohmann::ordered_json number_json(double value);

} // namespace beachfront::study
