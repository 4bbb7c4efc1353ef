// SPDX-License-Identifier: GPL-3.0-or-later
// Stress in and round one copper via through glass, far from others: from its own expansion (Lame), near the faces
// (plane stress) and deep inside (generalised plane strain), and from the package's in-plane stress, which the via
// concentrates (Goodier, J. Appl. Mech. 1, 39, 1933; Muskhelishvili's circular inclusion). Vias nearer than about four
// diameters disturb each other; so do caps, pads and a thin core.
#pragma once

#include "geometry/material.hpp"

namespace beachfront::thermal {

enum class ViaDepth { face, inside };

/// Tension positive. In the glass at distance r: radial and hoop fall with (radius / r)^2.
struct ViaStress {
  double radial_MPa = 0;    ///< at the wall; positive pulls the via off
  double hoop_MPa = 0;      ///< of the glass at the wall; positive opens radial cracks
  double via_axial_MPa = 0; ///< along the via; 0 at a face
  bool yields = false;      ///< whether the metal reached its yield stress
};

/// Elastic. Both materials stress-free at `from_C`.
ViaStress via_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth, double from_C,
                     double to_C);

/// The metal ideally plastic (von Mises) beyond its yield stress. At a face that caps the radial stress at the yield
/// stress; inside, the metal is held on all sides, its axial stress drops, and the radial stress even grows by some per
/// cent.
ViaStress via_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth, double from_C,
                     double to_C, double yield_MPa);

/// What the glass carries far from the via, in its plane.
struct PrincipalInPlane {
  double greater_MPa = 0; ///< principal
  double lesser_MPa = 0;
};

/// Greatest stresses at the wall of a via under in-plane stress, elastic and fully bonded: a filled via. The hoop
/// stress of a hollow, very soft or debonded via is that of a hole, `hole_hoop_MPa`.
struct WallStress {
  double hoop_MPa = 0;   ///< greatest of the glass, along the wall
  double radial_MPa = 0; ///< greatest, across the wall
};
WallStress wall_stress(const geometry::Material& metal, const geometry::Material& glass, ViaDepth depth,
                       PrincipalInPlane far);

/// 3 greater - lesser (Kirsch).
double hole_hoop_MPa(PrincipalInPlane far);

/// Sum of both loads: the via's own expansion and the package's stress. An upper bound when the metal yields.
WallStress wall_stress(const ViaStress& own, const WallStress& package);

} // namespace beachfront::thermal
