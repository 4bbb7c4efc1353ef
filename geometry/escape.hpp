// SPDX-License-Identifier: GPL-3.0-or-later
// Escape density: how much bandwidth leaves a package, for each length and area it must cross.
#pragma once

#include "geometry/corridor.hpp"
#include "geometry/electrical_escape.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::geometry {

/// One stage on the way out, and how much of what it has is taken.
struct Stage {
  std::string name; ///< "die edge", "build-up layers", "engine row", "optical ports", "guide pitch", "connector edge",
                    ///< "fibre edge"
  double used = 0;
  double available = 0;
  std::string unit;
  std::string basis; ///< one sentence: what is set against what
  double ratio() const { return used / available; }
};

/// All bandwidths are one direction.
struct Escape {
  double per_direction_Tbps = 0;
  double die_shoreline_Tbps_per_mm = 0;        ///< of the perimeter of the rectangle around all dies
  double package_edge_Tbps_per_mm = 0;         ///< of the package perimeter
  double package_areal_Tbps_per_mm2 = 0;       ///< of the package area
  std::optional<double> used_edge_Tbps_per_mm; ///< of the edge that ferrules or ribbons take; absent without either
  struct Basis {
    std::string per_direction;
    std::string die_shoreline;
    std::string package_edge;
    std::string package_areal;
    std::string used_edge;
  } basis;
  std::vector<Stage> stages; ///< along the way out, die to edge
  std::string limited_by;    ///< the stage with the largest ratio, the first of equals; beyond 1 it does not fit
};

/// `bandwidth_Tbps` is what the design carries in one direction, whether or not the layout could be built (its
/// violations say so). With a certificate the guides' tightest gap is a stage too; with an electrical escape the die
/// edge and the build-up layers are.
Escape escape(const Package& package, const RoutingRules& rules, const Layout& layout, double bandwidth_Tbps,
              const Certificate* certificate = nullptr, const ElectricalEscape* electrical = nullptr);

} // namespace beachfront::geometry
