// SPDX-License-Identifier: GPL-3.0-or-later
// Places along a line that keep their order and their distances, as near as possible to where they would like to be.
#pragma once

#include <optional>
#include <vector>

namespace beachfront::geometry {

/// The positions x within [low, high], each at least `distance_mm` after the one before, with the least sum of squares
/// of x - wish. Nothing when they do not fit. Exact, O(n): isotonic regression of the wishes less their share of the
/// distances (pool adjacent violators: Ayer et al., Ann. Math. Statist. 26, 1955), then held to the ends.
std::optional<std::vector<double>> spread(const std::vector<double>& wishes_mm, double distance_mm, double low_mm,
                                          double high_mm);

} // namespace beachfront::geometry
