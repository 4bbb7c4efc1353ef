// SPDX-License-Identifier: GPL-3.0-or-later
// For a guide below cut-off: which recipe of the library would do.
#pragma once

#include "optics/waveguide.hpp"
#include "study/library.hpp"
#include "study/tree.hpp"

#include <optional>
#include <string>

namespace beachfront::study {

struct NearestRecipe {
  std::string name;
  optics::ProfileSize profile;
  double effective_index = 0; ///< at the first wavelength
};

/// Solves, at fast fidelity, every recipe of the library in the glass, under the cover and at the wavelengths of a
/// resolved waveguide file; of those that guide, the one whose peak index, width and depth are nearest to `profile` in
/// ratio. Planar guides are compared with planar recipes only. Empty where none guides.
std::optional<NearestRecipe> nearest_recipe(const Tree& resolved, const Library& library,
                                            const optics::ProfileSize& profile);

} // namespace beachfront::study
