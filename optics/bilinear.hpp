// SPDX-License-Identifier: GPL-3.0-or-later
// Straight-line interpolation between the nodes of a tensor grid.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace beachfront::optics {

/// Between nodes low and low + 1, `share` of the way; before the first node and beyond the last their own value.
struct NodePlace {
  std::size_t low = 0;
  double share = 0;
};

inline NodePlace place_among(const std::vector<double>& nodes, double at) {
  const auto after = static_cast<std::size_t>(std::upper_bound(nodes.begin(), nodes.end(), at) - nodes.begin());
  if (after == 0)
    return {};
  if (after == nodes.size())
    return {after - 1, 0};
  return {after - 1, (at - nodes[after - 1]) / (nodes[after] - nodes[after - 1])};
}

/// Value at a place of values[j * columns + i]; a share of 0 never reads the node after.
inline double bilinear(const std::vector<double>& values, std::size_t columns, NodePlace x, NodePlace y) {
  const double* row = &values[y.low * columns + x.low];
  const std::size_t right = x.share > 0 ? 1 : 0, down = y.share > 0 ? columns : 0;
  return (1 - y.share) * ((1 - x.share) * row[0] + x.share * row[right]) +
         y.share * ((1 - x.share) * row[down] + x.share * row[down + right]);
}

} // namespace beachfront::optics
