// SPDX-License-Identifier: GPL-3.0-or-later
// End-fire coupling of a solved field at a facet: into a fibre that misses it, and into another solved field.
#pragma once

#include "optics/coupling.hpp"
#include "optics/guided_modes.hpp"

#include <optional>

namespace beachfront::optics {

/// A field on a facet. Mirror planes continue it evenly; it is 0 beyond its section.
struct FacetField {
  SpectralLine x, y;
  bool mirror_x = false, mirror_y = false;
  Eigen::MatrixXd at_nodes; ///< in any unit
  double wavelength_um = 0;
  double effective_index = 0;
  double peak_x_um = 0, peak_y_um = 0; ///< of the power
};

/// The main component of a mode's electric field. The others hold less than 1e-5 of the energy of an ion-exchanged
/// guide and couple to nothing a fibre has.
FacetField facet_field(const VectorMode& mode);

/// What misplacements count from.
enum class OffsetOrigin {
  best_overlap, ///< where the fibre, square to the facet and at the same gap, couples best
  power_peak,   ///< of the guide
};

struct FacetPlace {
  double x_um = 0, y_um = 0;
  double loss_dB = 0; ///< there, without reflection
};

/// Where a Gaussian mode square to the facet couples best across a gap. It is searched along x and y in turn, from the
/// centre of the field's power: the highest place of a field with one lobe.
FacetPlace best_place(const FacetField& field, const GaussianMode& fibre, double gap_um = 0, double medium_index = 1);

/// Power lost from the guide into the Gaussian mode of a fibre, without reflection, in dB; at or above 0. The fibre's
/// Gaussian crosses the gap in closed form (paraxial), as in gaussian_coupling_loss_dB; tilts turn it about its own
/// centre on the facet. The overlap is integrated on panels far shorter than either mode, exactly within the field's
/// own polynomials. `place` is best_place's, for offsets that count from there.
double end_fire_loss_dB(const FacetField& field, const GaussianMode& fibre, const Misalignment& miss,
                        const FacetPlace& place);
double end_fire_loss_dB(const FacetField& field, const GaussianMode& fibre, const Misalignment& miss,
                        OffsetOrigin origin = OffsetOrigin::best_overlap);

/// Power lost where one solved field butts against another whose origin lies offset_x, offset_y from the first one's,
/// in dB. No gap: both fields are as they are.
double butt_loss_dB(const FacetField& one, const FacetField& other, double offset_x_um = 0, double offset_y_um = 0);

/// The same where the other's offset is the best, searched like best_place.
FacetPlace best_butt_place(const FacetField& one, const FacetField& other);

/// Reflection at the facet: one interface when the fibre touches (no gap), else both faces of the gap, their powers
/// added. The etalon between them is left out: its fringes swing about this by up to twice the product of the two
/// amplitudes.
double facet_reflection_loss_dB(double guide_index, double fibre_index, double gap_um, double medium_index);

} // namespace beachfront::optics
