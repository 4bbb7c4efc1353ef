// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/kept_stages.hpp"

namespace beachfront::study {

std::vector<StageUse> stage_uses(const KeptStages& kept) {
  const auto use = [](const char* stage, const auto& of) { return StageUse{stage, of.asked, of.found}; };
  return {use("modes", kept.modes), use("layout", kept.layouts), use("assembly", kept.packages),
          use("cooling", kept.lids), use("loop", kept.points)};
}

} // namespace beachfront::study
