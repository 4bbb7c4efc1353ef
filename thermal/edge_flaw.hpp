// SPDX-License-Identifier: GPL-3.0-or-later
// Fracture of glass from a flaw at its edge: stress intensity of the flaw, and how slow crack growth in humid air
// lowers the stress that the edge bears over its life. Flaws are small against everything else, stress across them
// even.
#pragma once

#include "thermal/weibull.hpp"

#include <array>
#include <span>
#include <string_view>

namespace beachfront::thermal {

/// K = Y stress sqrt(pi depth). Y of a straight crack along an even edge (Koiter's 1.1215): the worst shape of flaw.
inline constexpr double straight_edge_crack_factor = 1.1215;

/// Y of a half ellipse in a face, of `depth_um` into the glass and half length `half_length_um` along the face, in a
/// plate of `thickness_um`: the greater of its deepest point and of its ends. Newman and Raju, Eng. Fract. Mech. 15,
/// 185 (1981) under even tension, wide plate: within 5 % of their finite elements for depth <= half length and depth <=
/// 0.8 thickness. std::domain_error outside.
double surface_flaw_factor(double depth_um, double half_length_um, double thickness_um);

/// Y of a quarter ellipse at a corner (an edge of the cut face), the same authors, NASA TM-85793 (1984), same range.
double corner_flaw_factor(double depth_um, double half_length_um, double thickness_um);

double stress_intensity_MPa_sqrt_m(double factor, double stress_MPa, double depth_um);

/// The even tension that breaks the flaw at once. Infinite for no depth.
double inert_strength_MPa(double factor, double toughness_MPa_sqrt_m, double depth_um);

/// The depth that breaks at once under this tension: the deepest flaw an edge may have.
double critical_depth_um(double factor, double toughness_MPa_sqrt_m, double stress_MPa);

/// Crack velocity = velocity at K_Ic x (K / K_Ic)^n.
struct SlowGrowth {
  double exponent = 0; ///< n, above 2
  double velocity_at_toughness_mm_per_s = 0;
};

/// Soda-lime glass in humid air, design values: n of ASTM E1300 and of the NCSEA guide (docs/facts/mechanics.md 2);
/// the velocity is recalled from the structural-glass literature. Alkali-free glass grows more slowly.
inline constexpr SlowGrowth soda_lime_humid{16, 6};

/// Share of the inert strength that a flaw bears for so long under constant tension: x of
/// time = 2 depth / ((n - 2) velocity) (x^-n - x^-2), the integral of the growth law (Evans and Wiederhorn, Int. J.
/// Fract. 10, 379, 1974). 1 for no time.
double strength_share_over_life(const SlowGrowth& growth, double depth_um, double years_under_tension);

/// Life of the flaw under constant tension, in years; 0 above the inert strength, infinite in compression.
double life_years(const SlowGrowth& growth, double depth_um, double stress_per_inert_strength);

/// What a way of cutting leaves at the edge: Weibull's distribution of the inert strength (no time for slow growth) of
/// edges of the reference length. The flaw depth belongs to the characteristic strength (straight crack, K_Ic 0.75 MPa
/// sqrt(m)).
struct EdgeFinish {
  std::string_view name;
  double flaw_depth_um = 0;
  WeibullStrength strength;
  double reference_length_mm = 0;
};

/// The first three are assumptions, modulus and length included: they span the 60 to 200 MPa quoted for display glass
/// by quality of cut. The last is ASTM E1300's annealed edge (18.3 MPa at 0.8 % in 3 s, variation 0.22) without its
/// slow growth, its length assumed (docs/facts/mechanics.md 3).
inline constexpr std::array<EdgeFinish, 4> edge_finishes{{
    {"blade diced", 33.7, {8, 65}, 40},
    {"ground", 12.9, {8, 105}, 40},
    {"laser cut", 3.6, {8, 200}, 40},
    {"architectural cut", 27.8, {5.23, 71.6}, 1000},
}};

/// Depth that the deepest flaw along an edge of this length exceeds with this probability: that of a straight crack
/// which breaks at the stress of that probability.
double deepest_flaw_um(const EdgeFinish& finish, double toughness_MPa_sqrt_m, double edge_length_mm,
                       double probability);

/// What a glass edge risks under the tension along it.
struct EdgeFracture {
  double greatest_MPa = 0;                ///< of the spans; 0 when all are compressed
  double flaw_um = 0;                     ///< deepest over all spans, exceeded with the asked probability
  double stress_intensity_MPa_sqrt_m = 0; ///< of that flaw, as a straight crack, in the greatest tension
  double allowed_MPa = 0;           ///< even tension that breaks the whole edge with that probability within the life
  double probability_at_once = 0;   ///< of fracture when the load comes
  double probability_over_life = 0; ///< of fracture within the life, the load held
};

/// Spans along the whole edge; `probability` above 0 and below 1; the life counts years under tension only. Slow growth
/// lowers the strength of every flaw by the share of the deepest, which depends on depth by its 16th root.
EdgeFracture edge_fracture(const EdgeFinish& finish, double toughness_MPa_sqrt_m, const SlowGrowth& growth,
                           std::span<const StressedLength> spans, double years_under_tension, double probability);

} // namespace beachfront::thermal
