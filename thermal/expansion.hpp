// SPDX-License-Identifier: GPL-3.0-or-later
// How one material strains and stiffens between two temperatures.
#pragma once

#include "geometry/material.hpp"

namespace beachfront::thermal {

/// Free thermal strain from one temperature to another: the exact integral of the expansion law.
/// A material with a glass transition changes its coefficient there in one step; without
/// cte_above_tg_ppm_per_K the lower coefficient holds everywhere. The silicon law is measured from 120 to 1500 K.
double thermal_strain(const geometry::Material& material, double from_C, double to_C);

/// The same across the layer; the in-plane law where the material has no coefficient across.
double thermal_strain_z(const geometry::Material& material, double from_C, double to_C);

/// Young's modulus at a temperature: one value below the glass transition, one above (where the material has both).
double youngs_modulus_GPa(const geometry::Material& material, double temperature_C);

/// One modulus for the whole step between two temperatures, weighted by the thermal strain of each part of it:
/// integral of E alpha dT over integral of alpha dT. That makes (secant modulus) x (thermal strain) exact for a film
/// held by a rigid adherend; for a film whose adherend expands as well it counts the rubbery part too much, because
/// there the polymer expands most. Equal temperatures give the modulus at that temperature.
double secant_modulus_GPa(const geometry::Material& material, double from_C, double to_C);
/// The same weights for another modulus of the material, below and above its glass transition.
double secant_of(const geometry::Material& material, double below, double above, double from_C, double to_C);

} // namespace beachfront::thermal
