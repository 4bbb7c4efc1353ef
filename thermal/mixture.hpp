// SPDX-License-Identifier: GPL-3.0-or-later
// One material in place of two that lie side by side: build-up with patterned copper, a core with copper vias,
// underfill with bumps. Moduli in parallel (equal strain, an upper bound), expansion after Turner (J. Res. NBS 37, 239,
// 1946) with the moduli as weights. Name, glass transition and toughness stay the matrix's; silicon's law cannot be
// mixed.
#pragma once

#include "geometry/material.hpp"

namespace beachfront::thermal {

/// A dielectric film and the patterned copper layer on it as one layer of thickness dielectric + copper.
/// The gaps of the pattern are filled with the dielectric. Conductivity: parallel in the plane, in series across; so
/// are the moduli. Expansion across: by thickness, the hold of the copper on the film left out. Valid in the plane
/// while lines run both ways; a layer of parallel lines is stiffer along them than across.
geometry::Material patterned_pair(const geometry::Material& dielectric, double dielectric_thickness_um,
                                  const geometry::Material& copper, double copper_thickness_um, double copper_fraction);

/// A core with metal vias across it, `via_fraction` of its area. Conductivity across: parallel; in the plane: Maxwell's
/// formula for cylinders (dilute, below about 0.3). Turner's expansion is the one along the vias; in the plane it is
/// high by about 3 % of itself at 1 % of copper in a 3 ppm/K glass (Schapery's transverse value 3.31 against 3.39).
geometry::Material core_with_vias(const geometry::Material& core, const geometry::Material& metal, double via_fraction);

/// Underfill with solder bumps in it, `bump_fraction` of its area: equal strain.
geometry::Material filled_bumps(const geometry::Material& underfill, const geometry::Material& solder,
                                double bump_fraction);

} // namespace beachfront::thermal
