// SPDX-License-Identifier: GPL-3.0-or-later
// Resistances in one line: a stack of layers, and a centred source spreading into a plate.
#pragma once

#include <span>

namespace beachfront::thermal {

struct ConductiveLayer {
  double thickness_um = 0;
  double conductivity_W_per_mK = 0;
};

/// Sum of t / (k A), no spreading.
double stack_resistance_K_per_W(std::span<const ConductiveLayer> layers, double area_mm2);

/// 1 / (h A).
double film_resistance_K_per_W(double heat_transfer_W_per_m2K, double area_mm2);

struct SpreadingResistance {
  double mean_K_per_W = 0;
  double peak_K_per_W = 0;
};

/// Lee, Song, Au and Moran, IEEE SEMI-THERM 1995: source and plate taken as discs of equal area, source to coolant
/// including the plate and the film. Within 7 % of the exact series (worst for thin plates); one centred source.
SpreadingResistance lee_spreading(double source_area_mm2, double plate_area_mm2, double plate_thickness_mm,
                                  double conductivity_W_per_mK, double heat_transfer_W_per_m2K);

} // namespace beachfront::thermal
