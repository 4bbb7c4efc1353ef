// SPDX-License-Identifier: GPL-3.0-or-later
// What each stage of a solve reads of a design, as a hash: designs with equal keys have equal results of that stage.
#pragma once

#include "study/tree.hpp"

#include <cstdint>

namespace beachfront::study {

struct StageKeys {
  std::uint64_t modes = 0;    ///< solve_waveguide(), but for the losses that it only passes on
  std::uint64_t layout = 0;   ///< placement, routing, verification, electrical lanes, escape
  std::uint64_t assembly = 0; ///< the plate through its assembly, once the layout is known
  std::uint64_t cooling =
      0;                   ///< what heat does to the package, whatever its heat: lid, or mesh and assembly of the solid
  std::uint64_t point = 0; ///< the closed loop: all but names, prices and what is compared
};

/// Of a resolved design. A key counts everything but what its stage is known not to read, so that a new entry of the
/// design never meets an old result.
StageKeys stage_keys(const Value& root);

} // namespace beachfront::study
