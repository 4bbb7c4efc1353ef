// SPDX-License-Identifier: GPL-3.0-or-later
// Glasses and furnace recipes, from resolved entries to the structs of optics.
#pragma once

#include "optics/recipe.hpp"
#include "study/tree.hpp"

namespace beachfront::study {

/// An entry of the library's glasses. Throws InputError on data that contradict one another.
optics::Glass read_glass_entry(const Value& glass);

/// An entry of the library's recipes as it is run in a glass. Throws InputError, at the value to blame, on an ion
/// without data and on steps that cannot be run.
optics::Recipe read_recipe(const Value& recipe, const optics::Glass& glass);

} // namespace beachfront::study
