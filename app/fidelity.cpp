// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fidelity.hpp"

#include "study/fidelity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace beachfront::app {

std::vector<study::Setting> fidelity_settings(const std::string& word) {
  if (word.empty())
    return {};
  const study::FidelityChoice choice = study::choose_fidelity(word);
  if (!choice.stays_fast.empty())
    fmt::print(stderr, "fidelity: no full model yet of {}: fast\n", fmt::join(choice.stays_fast, " and "));
  return choice.settings;
}

} // namespace beachfront::app
