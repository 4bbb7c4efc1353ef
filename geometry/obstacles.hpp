// SPDX-License-Identifier: GPL-3.0-or-later
// What guides must keep clear of on every layer.
#pragma once

#include "geometry/layout.hpp"

#include <optional>

namespace beachfront::geometry {

struct Obstacle {
  std::string name; ///< e.g. "die core", "engine E03", "keep-out via field"
  Box outline;
  std::optional<int> engine; ///< its index, where it is an engine
};

/// Dies, placed engines (spares too), keep-outs for guides, in this order.
std::vector<Obstacle> obstacles(const Package& package, const Layout& layout);

} // namespace beachfront::geometry
