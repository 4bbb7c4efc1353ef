// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/stage_use.hpp"

#include <algorithm>

namespace beachfront::study {

void add_up(std::vector<StageUse>& to, const std::vector<StageUse>& more) {
  for (const StageUse& use : more) {
    const auto same = std::find_if(to.begin(), to.end(), [&](const StageUse& one) { return one.stage == use.stage; });
    if (same == to.end()) {
      to.push_back(use);
    } else {
      same->asked += use.asked;
      same->found += use.found;
    }
  }
}

} // namespace beachfront::study
