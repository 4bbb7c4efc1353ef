// SPDX-License-Identifier: GPL-3.0-or-later
// The electrical lanes between the switch die and the engines: their way out of the die, and what they lose on it.
#pragma once

#include "study/kept_stages.hpp"

namespace beachfront::study {

struct ElectricalFigures {
  std::optional<geometry::ElectricalEscape> escape; ///< empty without patterned copper or engines
  std::optional<power::ChannelFigures> channel;     ///< empty where the build-up has no pair of lines
};

/// `kept` holds the pair of lines, whose field is solved.
ElectricalFigures solve_electrical(const Design& design, const geometry::Layout& layout, KeptStages& kept);

} // namespace beachfront::study
