// SPDX-License-Identifier: GPL-3.0-or-later
// A figure with the span of its sources: market data is never one number.
#pragma once

#include <string>

namespace beachfront::power {

/// A value, the range its sources span, and where it comes from. The name of the field that holds it carries the unit.
struct Estimate {
  double value = 0;
  double low = 0;     ///< at most `value`
  double high = 0;    ///< at least `value`
  std::string source; ///< publication or reason, and the confidence in it
};

} // namespace beachfront::power
