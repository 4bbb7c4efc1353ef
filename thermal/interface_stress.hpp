// SPDX-License-Identifier: GPL-3.0-or-later
// Shear and peel in a bond layer between two plates of unlike expansion.
// Suhir's model leaves out the expansion of the bond itself: where the two plates nearly match (silicon on a 3 ppm/K
// glass) the bond's own shrinkage dominates and these figures only bound from below. Against plane-strain finite
// elements (docs/facts/thermal.md 2.5): peak shear averaged over the bond 26.2 (equal lengths) to 29.8 MPa (substrate
// three times longer) where this model says 28.7 (silicon on 15 ppm/K); centre curvature within 0.3 to 10 %.
#pragma once

namespace beachfront::thermal {

/// A plate in the model. Without its own flexural rigidity that of a homogeneous plate, E h^3 / (12 (1 - nu)), holds.
struct Adherend {
  double thickness_um = 0;
  double youngs_modulus_GPa = 0;
  double poisson_ratio = 0;
  double free_strain = 0; ///< strain it would take if not bonded
  double flexural_rigidity_N_mm = 0;
  double shear_compliance_um_per_GPa = 0; ///< of a layered plate; 0: thickness / (3 G)
};

struct BondLayer {
  double thickness_um = 0;
  double youngs_modulus_GPa = 0;
  double poisson_ratio = 0; ///< below 0.49: peel uses the confined modulus
};

/// Two plates bonded over a half length l; `upper` lies on `lower`.
struct BondedPair {
  Adherend upper;
  BondLayer bond;
  Adherend lower;
  double half_length_mm = 0;
};

/// Suhir, J. Appl. Mech. 53, 657 (1986), plate form with the die-attach compliance 2/3 h0/G0.
struct ShearLag {
  double rate_per_mm = 0;               ///< k; 1/k is the length in which the load enters the upper plate
  double axial_compliance_mm_per_N = 0; ///< lambda
  double peak_shear_MPa = 0;            ///< at the edge; positive: upper plate compressed
  double shear_slope_MPa_per_mm = 0;    ///< d(shear)/dx at the edge
  double force_N_per_mm = 0;            ///< carried by the lower plate at the centre; positive: upper compressed
  double curvature_per_mm = 0;          ///< at the centre; positive: dome
};
ShearLag shear_lag(const BondedPair& pair);

/// Shear at a distance from the centre, |x| <= half length.
double shear_MPa(const ShearLag& lag, double half_length_mm, double x_mm);

/// Movement of the upper plate's bond face against the lower's at a distance x from the centre (shear x compliance):
/// (free strain difference / k) sinh(kx)/cosh(kl), upper minus lower, away from the centre. Without a bond it would be
/// (free strain difference) x. Beyond the edge the edge's value holds.
double slip_um(const BondedPair& pair, double x_mm);

/// What of that the bond itself slips, between its two faces; the rest is shear inside the plates. Never more than
/// `slip_um`. This is what parts a port from the guide below it.
double bond_slip_um(const BondedPair& pair, double x_mm);

/// Opening of the joint at a distance inside the upper plate's edge when the pair is bent to a curvature (dome
/// positive) that the upper plate has not: its free edge carries no moment, so that it stays flat there, within the
/// decay length 1/beta of two plates on the bond's confined modulus. d = curvature / (2 beta^2) exp(-beta s) (cos beta
/// s - sin beta s) up from the lower plate, and its slope towards the edge. For joints many 1/beta long.
struct EdgeOpening {
  double opening_um = 0;
  double slope_mrad = 0;
};
EdgeOpening edge_opening(const BondedPair& pair, double curvature_per_mm, double distance_from_edge_mm);

/// Mean peel stress within a patch at the edge; positive opens the joint. Two plates on an elastic foundation (the
/// bond's confined modulus over its thickness) bent by the shear of `shear_lag`, edges free of moment and force:
/// p'''' + 4 beta^4 p = K (h1/D1 - h2/D2) tau'/2. For joints many 1/k long. Elastic peaks at a real edge do not
/// converge, so the patch belongs to the figure; 100 um is the distance over which finite elements agree with each
/// other.
double mean_peel_MPa(const BondedPair& pair, double patch_um);

/// Chen and Nelson, IBM J. Res. Dev. 23, 179 (1979): peak shear with bending suppressed, strip of half length l.
double chen_nelson_shear_MPa(const BondedPair& pair);
/// The decay rate of that model.
double chen_nelson_rate_per_mm(const BondedPair& pair);
/// The same for a disc of radius `half_length_mm` whose plates share the upper plate's Poisson ratio.
double chen_nelson_disc_shear_MPa(const BondedPair& pair);

} // namespace beachfront::thermal
