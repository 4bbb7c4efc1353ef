// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of the standard and of the receiver, each with what the lanes have of it, and what follows from a broken one.
#pragma once

#include "optics/link_budget.hpp"

namespace beachfront::optics {

/// Fills checks, violations, highest_launch_dBm and standard_receive_margin_dB of a budget whose lanes and lasers
/// stand.
void check_limits(const LinkDesign& design, LinkBudget& link);

} // namespace beachfront::optics
