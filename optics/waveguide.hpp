// SPDX-License-Identifier: GPL-3.0-or-later
// One call from a guide's description to all its figures: modes, losses, couplings and the rules routing needs.
#pragma once

#include "optics/coupling.hpp"
#include "optics/profile.hpp"
#include "optics/recipe.hpp"
#include "optics/route_loss.hpp"
#include "optics/taper.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace beachfront::optics {

/// fast: separable scalar modes and closed forms. full: vector modes, leaky modes of bends, supermodes, overlaps.
enum class Fidelity { fast, full };

/// Mechanical stress at the guide, in MPa, tension positive: x along the surface across the guide, y into the glass, z
/// along the guide.
struct GuideStress {
  double xx_MPa = 0, yy_MPa = 0, zz_MPa = 0, xy_MPa = 0;
};

/// The fibre at the end of a guide. Defaults: SMF at 1310 nm as the published coupling was measured with (Brusberg, OFC
/// 2025 Th3H.1), silica after Malitson, touching or index-matched.
struct FibreEnd {
  double mode_field_diameter_um = 9.2;
  double index = 1.4468;
  double gap_um = 0;
  std::optional<double> gap_index;         ///< 1.0 for air; absent: glass and fibre touch
  std::vector<double> offsets_um;          ///< lateral offsets to tabulate
  double vertical_offset_um = 0;           ///< at every tabulated offset
  double tilt_x_mrad = 0, tilt_y_mrad = 0; ///< in the medium of the joint
};

/// A silicon nitride strip over the guide, narrowing from the engine's end to its tip.
struct TaperDesign {
  TaperStack stack;
  double wide_um = 0.7;
  double narrow_um = 0.26;
  double length_mm = 3;
};

/// Evanescent transfer to the engine's taper: a measured loss, plus what a shift or tilt of the engine adds.
struct EngineTransfer {
  double transfer_loss_dB = 1.0; ///< guide to SiN, 2 mm taper, with its polarisation dependence (ECTC 2023)
  double lateral_shift_um = 0;
  double vertical_shift_um = 0;
  double tilt_x_mrad = 0;
  double tilt_y_mrad = 0;
  std::optional<TaperDesign> taper = {}; ///< full only: its solved loss takes the place of transfer_loss_dB
};

/// What the derived routing rules may spend.
struct RuleBudget {
  double bend_loss_dB_per_cm = 0.02;
  double crosstalk_dB = -40; ///< per neighbour, after parallel_length_mm
  double parallel_length_mm = 20;
};

using GuideSource =
    std::variant<Recipe, GaussianProfile, StepFibreProfile, ChannelProfile, SurfaceErfcProfile, TableProfile>;

struct Waveguide {
  Glass glass;
  std::optional<double> cover_index; ///< medium above the surface; absent: the glass goes on
  GuideSource source;
  std::vector<double> wavelengths_um = {1.31}; ///< the first is the one single figures are given at
  double propagation_loss_dB_per_cm = 0.1;     ///< by data: 0.1 at 1310 nm (Brusberg, OFC 2025 Th3H.1)
  CrossingModel crossing;
  RuleBudget budget;
  FibreEnd fibre;
  EngineTransfer engine;
  std::vector<double> bend_radii_mm; ///< to tabulate
  std::vector<double> gaps_um;       ///< centre to centre, to tabulate
  Fidelity fidelity = Fidelity::fast;
  std::optional<GuideStress> stress;       ///< full only; absent: none
  bool crossings_from_fields = false;      ///< full only: the crossing model's empty table is filled by propagation
  std::vector<double> crossing_angles_deg; ///< to tabulate, full only
};

struct ModeFigures {
  double wavelength_um = 0;
  std::string polarization = "scalar"; ///< the fast mode knows no polarisation; else TE (E along the surface) or TM
  double effective_index = 0;
  double group_index = 0;
  double mode_field_diameter_x_um = 0;
  double mode_field_diameter_y_um = 0;
  double effective_area_um2 = 0;
  int mode_count = 0;        ///< per polarisation
  double error_estimate = 0; ///< of effective_index: grid plus separability; not the process model's own
  // full only
  double second_moment_diameter_x_um = 0; ///< 4 sigma of power (ISO 11146)
  double second_moment_diameter_y_um = 0;
  double confinement = 0; ///< share of power where the index is above background + contrast/e
  double te_fraction = 0; ///< share of the transverse electric energy along the surface
};

struct BendFigures {
  double radius_mm = 0;
  double loss_dB_per_cm = 0;
  double joint_loss_dB = 0; ///< one straight-to-bend joint
  bool guiding = true;      ///< false: below the radius at which a mode survives; the loss then only says "lost"
  // full only; the figures above are the larger of both polarisations and, for a lopsided guide, of both directions
  double wavelength_um = 0;
  double te_loss_dB_per_cm = 0, tm_loss_dB_per_cm = 0;
  double left_loss_dB_per_cm = 0, right_loss_dB_per_cm = 0; ///< centre of curvature at negative, at positive x
  double shift_um = 0;                                      ///< outward, of the mode
  double reversal_loss_dB = 0;                              ///< between opposite bends of this radius
  double best_offset_um = 0;       ///< inward offset of the bend at a joint, for the least loss
  double offset_joint_loss_dB = 0; ///< then
  double clothoid_length_um = 0;   ///< over which a linear rise of curvature takes the joint's loss down by 20 dB
};

struct CouplerFigures {
  double gap_um = 0; ///< centre to centre
  double index_splitting = 0;
  double coupling_length_mm = 0;
  double crosstalk_dB = 0; ///< over the budget's parallel length
  // full only; the figures above are those of the polarisation that couples more
  double wavelength_um = 0;
  double te_index_splitting = 0, tm_index_splitting = 0;
  bool merged = false; ///< the profiles overlap: the two guides are one wide one
};

struct FibreFigures {
  double offset_um = 0; ///< from the lateral position of best overlap
  double loss_dB = 0;   ///< overlap and reflection; full: mean power of both polarisations
  // full only
  double wavelength_um = 0;
  double te_loss_dB = 0, tm_loss_dB = 0;
  double reflection_loss_dB = 0; ///< contained in the losses
};

struct CrossingFigures {
  double angle_deg = 0;
  double loss_dB = 0; ///< with the process floor of the crossing model
  double diffraction_loss_dB = 0;
};

/// Evanescent transfer through the given taper, a lower bound: radiation at its tip is left out.
struct TaperFigures {
  double te_loss_dB = 0, tm_loss_dB = 0;
  double te_match_width_um = 0, tm_match_width_um = 0; ///< where strip and guide have one index
};

/// A figure without a value, named as in results.json, and why.
struct AbsentFigure {
  std::string figure;
  std::string reason;
};

struct WaveguideFigures {
  std::optional<double> index_contrast; ///< largest index above the glass
  std::optional<double> effective_index, mode_field_diameter_x_um, mode_field_diameter_y_um;
  std::optional<int> mode_count;
  std::optional<double> propagation_loss_dB_per_cm;
  std::optional<double> min_bend_radius_mm;      ///< for the budget at the worst of the wavelengths
  std::optional<double> min_pitch_um;            ///< likewise
  std::optional<double> fibre_coupling_loss_dB;  ///< overlap and reflection, aligned
  std::optional<double> engine_coupling_loss_dB; ///< with the given shift and tilt
  std::optional<double> error_estimate;
  std::vector<ModeFigures> modes; ///< fast: one a wavelength; full: every guided mode of every wavelength
  std::vector<BendFigures> bends;
  std::vector<CouplerFigures> couplers;
  std::vector<FibreFigures> fibre_coupling;
  std::optional<ProfileSize> profile;
  std::optional<GuideLosses> losses; ///< for route_loss, at the first wavelength
  std::vector<AbsentFigure> absent;
  std::vector<std::string> errors; ///< wrong input: nothing was solved
  std::vector<std::string> warnings;
  // full only
  std::optional<double> birefringence;             ///< n_TE - n_TM of the fundamental modes, with the stress
  std::optional<double> shape_birefringence;       ///< of the guide without stress
  std::optional<double> ion_stress_birefringence;  ///< what the exchanged ions' own stress adds, contained in the whole
  std::optional<double> stress_birefringence;      ///< difference of the principal indices that the stress adds
  std::optional<double> polarisation_rotation_deg; ///< of the principal axes against the surface
  std::optional<double> fibre_pdl_dB;              ///< |TE - TM| of the aligned fibre coupling
  std::optional<double> bend_pdl_dB_per_cm;        ///< |TE - TM| of the radiation at min_bend_radius_mm
  std::vector<CrossingFigures> crossings;
  std::optional<TaperFigures> taper;
};

/// Solves a guide at its fidelity. Deterministic, single-threaded. A guide below cut-off leaves every figure that needs
/// a mode in `absent`, with the reason.
WaveguideFigures solve_waveguide(const Waveguide& guide);

/// The figures with the losses that solve_waveguide() only passes on taken from `guide`, which may differ from the
/// guide that was solved in nothing else: propagation, and the transfer to the engine where no taper is solved.
WaveguideFigures with_given_losses(WaveguideFigures figures, const Waveguide& guide);

/// Loss of the transfer between guide and engine: transfer_loss_dB, plus two equal Gaussians of the guide's size that
/// miss each other by the given shift and tilt.
double engine_coupling_loss_dB(const EngineTransfer& engine, double mode_field_diameter_x_um,
                               double mode_field_diameter_y_um, double effective_index, double wavelength_um);

} // namespace beachfront::optics
