// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/obstacles.hpp"

#include "geometry/names.hpp"

namespace beachfront::geometry {

std::vector<Obstacle> obstacles(const Package& package, const Layout& layout) {
  std::vector<Obstacle> result;
  for (const Die& die : package.dies)
    result.push_back({"die " + die.name, die.outline, {}});
  for (const PlacedEngine& engine : layout.engines)
    result.push_back({"engine " + engine_name(engine.index), engine.outline, engine.index});
  for (const KeepOut& keep_out : package.keep_outs)
    if (keep_out.guides)
      result.push_back({"keep-out " + keep_out.name, keep_out.outline, {}});
  return result;
}

} // namespace beachfront::geometry
