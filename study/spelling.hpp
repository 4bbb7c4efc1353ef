// SPDX-License-Identifier: GPL-3.0-or-later
// "Did you mean": the word of a list that is nearest to a misspelt one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// Damerau-Levenshtein distance in its optimal string alignment form: insertions, deletions, substitutions and swaps of
/// neighbours, no part edited twice. O(a b) time; both words are compared without regard to case, '-' and '_' alike.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate at the least distance, the first of equals; empty when none is near enough to be a slip: more than a
/// third of the word, at least one and at most four edits.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

} // namespace beachfront::study
