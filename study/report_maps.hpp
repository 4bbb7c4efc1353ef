// SPDX-License-Identifier: GPL-3.0-or-later
// What a report draws maps from: temperature and deflection over the package, and the bodies on it.
#pragma once

#include "study/results.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

/// [{name, kind, x_mm: [from, to], y_mm: [from, to], power_W, mean_C, max_C}] for dies, then engines; temperatures of
/// the active faces, left out where they are not solved.
Json heated_bodies(const OperatingPoint& point);

/// {x_mm, y_mm (planes of the cells), fields: [{name, C: [x fastest; null where nothing is]}]}; null without the fields
/// of full thermal fidelity.
Json temperature_map(const OperatingPoint& point);

/// {model, x_mm, y_mm, states: [{name, um: [x fastest]}]}, as thermal::DeflectionMap; null when there is no assembly.
/// `plate` as the loop left it, or empty: it is then made.
Json deflection_json(const OperatingPoint& point, thermal::PreparedMechanics& plate);

} // namespace beachfront::study
