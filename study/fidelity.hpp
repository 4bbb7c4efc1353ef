// SPDX-License-Identifier: GPL-3.0-or-later
// One word for the models of all disciplines: `--fidelity fast|full`.
#pragma once

#include "study/resolve.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

struct FidelityChoice {
  std::vector<Setting> settings;       ///< of the design's block `fidelity`
  std::vector<std::string> stays_fast; ///< disciplines that have no full model
};

/// Puts every discipline that has such a model to "fast" or "full", the others to "fast". Throws InputError on another
/// word.
FidelityChoice choose_fidelity(const std::string& word);

} // namespace beachfront::study
