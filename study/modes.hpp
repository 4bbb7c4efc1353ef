// SPDX-License-Identifier: GPL-3.0-or-later
// What `beachfront modes` prints of one waveguide.
#pragma once

#include "study/evaluate.hpp"

#include <string>

namespace beachfront::study {

/// Solves a resolved waveguide file. "guided" tells whether there is a mode; figures without a value are in "absent".
/// Throws InputError for a recipe or profile that cannot be solved.
Json modes_json(const Tree& resolved);

/// The same as a table for people.
std::string modes_table(const Json& modes);

} // namespace beachfront::study
