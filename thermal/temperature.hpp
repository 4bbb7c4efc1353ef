// SPDX-License-Identifier: GPL-3.0-or-later
// Steady temperatures of a package cooled through its lid, in closed form.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/conduction.hpp"
#include "thermal/package.hpp"

#include <optional>
#include <vector>

namespace beachfront::thermal {

/// Of an active face.
struct FaceTemperature {
  double max_C = 0;
  double mean_C = 0;
};

struct Temperatures {
  std::vector<FaceTemperature> dies;    ///< as Package::dies; empty when not solved
  std::vector<FaceTemperature> engines; ///< as Package::engines; empty when not solved
  std::optional<double> asic_max_C;
  std::optional<double> asic_mean_C; ///< over the area of the dies
  std::optional<double> substrate_max_C;
  double substrate_mean_C = 0; ///< under dies and engines their mean, elsewhere the lid's mean
  double bare_substrate_C = 0; ///< between and around dies and engines: the lid's mean
  double heat_to_lid_W = 0;
  double heat_to_board_W = 0;
  std::vector<std::vector<double>> resistance_K_per_W; ///< mean active face of i per watt in j; dies, then engines
  std::vector<geometry::Violation> violations;         ///< why it was not solved
};

/// Dies and engines that no lid plate holds whole: they have no way to the coolant. Or those where the lid's foot
/// stands. Or what meets the stiffener.
std::vector<geometry::Violation> uncovered_sources(const Package& package);

/// Each die and engine passes its heat, evenly over its outline, through its own thickness and TIM into the lid plate
/// that holds it, which spreads it exactly (`conduction.hpp`). The active face is the substrate side. With a board
/// heat transfer, heat also leaves through the substrate straight under each outline, in parallel.
///
/// Limits: patches of a power map spread in their body by its thickness on every side, whole bodies not at all (peaks
/// on the high side), none along the substrate (the heat to the board on the low side), one coolant temperature. The
/// bare substrate is taken at the lid's mean temperature. Nothing here depends on the glass but the path to the board.
Temperatures solve_temperature(const Package& package);

/// What solve_temperature does once for a package, whatever its heat: the lid's series, and the rise of each die and
/// engine per watt in each.
struct PreparedTemperature {
  std::vector<SlabSeries> plates;
  std::vector<std::vector<double>> influence_K_per_W; ///< mean rise of the lid over i for heat from j
  /// Where each die and engine is hottest is sought here: over its outline, then over each patch of its power map.
  /// Empty where that is not prepared; then it is found anew by every solve.
  std::vector<std::vector<SlabPlaces>> peaks;
};
/// `peaks`: whether the package will be solved for its peaks several times.
PreparedTemperature prepare_temperature(const Package& package, bool peaks = false);
/// Every number that prepare_temperature() reads: packages with the same ones share what it gives.
std::vector<double> numbers_prepared(const Package& package);
/// The same figures, of a package that differs from the prepared one in heat alone.
Temperatures solve_temperature(const Package& package, const PreparedTemperature& prepared);

/// The means alone, where they are all that is asked for: without the search for peaks, max_C is the mean, and the
/// resistances are left out.
Temperatures mean_temperatures(const Package& package, const PreparedTemperature& prepared);

} // namespace beachfront::thermal
