// SPDX-License-Identifier: GPL-3.0-or-later
// `--fidelity` of the commands that solve designs.
#pragma once

#include "study/resolve.hpp"

#include <string>
#include <vector>

namespace beachfront::app {

/// The settings of "fast" or "full", none of an empty word; says on stderr which disciplines have no full model.
std::vector<study::Setting> fidelity_settings(const std::string& word);

} // namespace beachfront::app
