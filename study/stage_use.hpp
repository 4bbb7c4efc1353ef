// SPDX-License-Identifier: GPL-3.0-or-later
// How often a stage of the solve was asked for, and how often its result was there already.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace beachfront::study {

struct StageUse {
  std::string stage;
  std::int64_t asked = 0;
  std::int64_t found = 0;
};

/// Adds uses to those of the same stages.
void add_up(std::vector<StageUse>& to, const std::vector<StageUse>& more);

} // namespace beachfront::study
