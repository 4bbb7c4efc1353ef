// SPDX-License-Identifier: GPL-3.0-or-later
// Evanescent transfer between a guide in glass and a strip (silicon nitride) on a chip bonded to it, whose width is
// tapered.
#pragma once

#include "optics/guided_modes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::optics {

/// What lies over the glass, upwards from its surface y = 0: the bond line, the strip with what is beside it, the chip.
struct TaperStack {
  double bond_line_um = 1;
  double bond_index = 1.5;
  double strip_thickness_um = 0.35;
  double strip_index = 2.0;
  double side_index = 1.5; ///< beside the strip: the adhesive, or the chip's oxide round a buried strip
  double chip_index = 1.447;
};

/// Local modes of the whole cross-section at some widths.
struct TaperLevel {
  double width_um = 0;
  double upper_index = 0;
  double lower_index = 0; ///< 0 where only one mode is guided
};

/// How strip and guide cross in effective index.
struct TaperModes {
  Polarization polarization = Polarization::te;
  double wavelength_um = 0;
  double guide_index = 0;         ///< without strip
  std::vector<TaperLevel> levels; ///< by rising width
  double match_width_um = 0;      ///< where the strip alone would have the index of the guide
  double gap_index = 0;           ///< between the two local modes there: twice the coupling
  double tip_loss_dB = 0;         ///< from the narrow end's local mode to the guide without strip
  std::string missing;            ///< why there is no crossing, or empty
};

/// The two highest modes of one polarisation, full-vector, at `count` widths between the two ends, closer about the
/// crossing; the strip stands `lateral_um` off the guide's middle. `profile` lies under its surface at y = 0; its cover
/// is not used. Strip and layers lie on element edges. Going from the elements' degree 6 to 10 moves the strip's index
/// by 2e-5 and the matching width by 0.2 nm (silicon nitride), for all that the field is singular at the strip's
/// corners.
TaperModes taper_modes(const IndexProfile& profile, const TaperStack& stack, double narrow_um, double wide_um,
                       double wavelength_um, Polarization polarization, double lateral_um = 0, int count = 10);

struct TaperTransfer {
  double transferred = 0;                     ///< share of power that ends in the guide, before the tip
  double loss_dB = 0;                         ///< of it, with the tip
  std::optional<double> landau_zener_loss_dB; ///< -10 log10(1 - exp(-2 pi kappa^2/|d(k delta)/dz|)), kappa = k gap/2,
                                              ///< a check; absent without a crossing
  double adiabaticity = 0;                    ///< its exponent
};

/// Sends light that fills the strip's local mode at the wide end down a taper of linear width; reciprocal. Two coupled
/// modes whose local ones have the levels' indices and whose guide has its own: detuning and coupling at each width
/// follow from the pair (where only one is guided, from that one and the nearest pair's coupling). Two-by-two
/// propagators, exact for each of many short steps. What the narrow strip radiates into the glass, absorption and
/// scattering are left out: a lower bound of the loss. Where strip and guide do not cross between the ends, the tip
/// loses what has not gone over. Throws std::invalid_argument if no width has two guided modes.
TaperTransfer taper_transfer(const TaperModes& modes, double length_um);

/// Loss of quasi-TM less that of quasi-TE, without sign, in dB.
double taper_polarization_dependent_loss_dB(const TaperTransfer& te, const TaperTransfer& tm);

} // namespace beachfront::optics
