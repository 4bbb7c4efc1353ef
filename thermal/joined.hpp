// SPDX-License-Identifier: GPL-3.0-or-later
// How far an assembly has come.
#pragma once

#include "thermal/package.hpp"

namespace beachfront::thermal {

/// Which of a package's parts are on.
struct Joined {
  bool dies = false, underfill = false, engines = false, stiffener = false, lid = false, board = false;
  bool operator==(const Joined&) const = default;
};

/// The substrate is there from the start.
inline void join(Joint joint, Joined& joined) {
  joined.dies = joined.dies || joint == Joint::die;
  joined.underfill = joined.underfill || joint == Joint::underfill;
  joined.engines = joined.engines || joint == Joint::engine;
  joined.stiffener = joined.stiffener || joint == Joint::stiffener;
  joined.lid = joined.lid || joint == Joint::lid;
  joined.board = joined.board || joint == Joint::board;
}

} // namespace beachfront::thermal
