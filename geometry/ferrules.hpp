// SPDX-License-Identifier: GPL-3.0-or-later
// How many ferrules which edge takes, and what to say when they do not fit.
#pragma once

#include "geometry/layout.hpp"

#include <array>
#include <functional>

namespace beachfront::geometry {

/// A count for each side, in the order of `Side`.
using PerSide = std::array<int, 4>;

inline std::size_t index_of(Side side) {
  return static_cast<std::size_t>(side);
}

/// The side reached by going round the package by `steps` quarter turns, clockwise.
Side clockwise(Side side, int steps = 1);

/// Where the ferrules of the engines that face one side go.
struct Spill {
  int to_left = 0;  ///< of the side's ferrules, from its left end, to the edge on its left seen from the die
  int to_right = 0; ///< from its right end, to the edge on its right
};

/// Ferrules that an edge takes at their pitch; 0 for an edge that may hold none.
int edge_capacity(const Package& package, Side edge);

/// How many ferrules the engines of each side need when a ferrule has so many fibres.
using FerrulesNeeded = std::function<PerSide(int fibres)>;

/// Leads what an edge cannot take to its neighbours, alternately left and right while both have room. Nothing, with a
/// "connector_edge" violation, where they have not.
std::optional<std::array<Spill, 4>> share_edges(const Package& package, const FerrulesNeeded& needed, Layout& layout);

} // namespace beachfront::geometry
