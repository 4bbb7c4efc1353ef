// SPDX-License-Identifier: GPL-3.0-or-later
// A library entry with changes: `{use: silicon, cte_ppm_per_K: 3.0}`.
#pragma once

#include "study/schema.hpp"
#include "study/tree.hpp"

namespace beachfront::study {

/// Puts the changes over the entry. Blocks are changed key by key, everything else is replaced; a key that excludes
/// others by the schema (`index` and `sellmeier` of a glass) removes them, and null takes a key away that need not be
/// there.
void apply_changes(Node& entry, const Node& changes, const Key& schema);

} // namespace beachfront::study
