// SPDX-License-Identifier: GPL-3.0-or-later
// The power of one alternative split into its parts, from the host's SerDes to the meter of the building.
#pragma once

#include "power/estimate.hpp"
#include "power/facility.hpp"
#include "power/transceiver.hpp"

#include <string>
#include <vector>

namespace beachfront::power {

/// `name` is host, dsp, driver, receiver, control, other, laser, fans, conversion or facility.
struct BoundaryPart {
  std::string name;
  Estimate W;
};

/// Sum with each end of the ranges taken together: bounds of the sum, which independent parts do not reach.
Estimate sum_of(const std::vector<Estimate>& parts);

/// Every end of the range times `factor` >= 0; the source stays.
Estimate scaled(const Estimate& estimate, double factor);
ModulePower scaled(const ModulePower& power, double factor);

/// All parts in the order above. Fans, conversion and facility follow the load at each end of its range; the factors of
/// `facility` have no range here, being one set for all alternatives. Throws as overhead().
std::vector<BoundaryPart> boundary_parts(const Estimate& host_W, const ModulePower& modules_W,
                                         const Facility& facility);

/// Sum of the named parts, of all where no name is given.
Estimate sum_of(const std::vector<BoundaryPart>& parts, const std::vector<std::string>& names = {});

/// The word in front of the first colon of the source where it is one of measured, standard, vendor, analyst, derived,
/// recalled, assumed, solved; else "assumed": what names no confidence has none.
std::string confidence(const Estimate& estimate);

/// The source without that word.
std::string source_text(const Estimate& estimate);

} // namespace beachfront::power
