// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of temperature and stress.
#pragma once

#include "study/solve.hpp"

#include <iosfwd>

namespace beachfront::study {

/// x_mm, y_mm, substrate_C (upper face of the substrate, where engines and dies stand), lid_C (upper face of the lid;
/// empty beside it), at the middle of every column of cells. Needs fields.
void write_temperature_map(std::ostream& stream, const OperatingPoint& point);

/// Mean of the row's active face per watt in the column's; dies, then engines.
void write_resistance_table(std::ostream& stream, const OperatingPoint& point);

/// Along every guide: net, place, stress across, up, along and shear in the guide's frame.
void write_guide_stress_table(std::ostream& stream, const Solution& solution);

} // namespace beachfront::study
