// SPDX-License-Identifier: GPL-3.0-or-later
// What `beachfront modes` prints of one waveguide.
#pragma once

#include "optics/waveguide.hpp"
#include "study/evaluate.hpp"
#include "study/library.hpp"

#include <string>

namespace beachfront::study {

/// Solves a resolved waveguide file. "guided" tells whether there is a mode; a figure without a value, and a list with
/// fewer rows than the file asks for, stands in "absent" with the reason. Below cut-off "nearest_recipe" names the
/// library's recipe that guides in the same glass with the nearest profile. Throws InputError, at the recipe or the
/// profile, for one that cannot be solved.
Json modes_json(const Tree& resolved, const Library& library, optics::Fidelity fidelity);

/// The same as a table for people.
std::string modes_table(const Json& modes);

} // namespace beachfront::study
