// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules are that a Violation names.
#pragma once

#include <string>

namespace beachfront::study {

/// One sentence; for a rule that has none, its name with spaces.
std::string rule_text(const std::string& rule);

} // namespace beachfront::study
