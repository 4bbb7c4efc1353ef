// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as an engineer may write them, and as they are printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace beachfront::study {

/// Decimal only: sign, digits, point, exponent. No unit, no grouping, no octal or hexadecimal, no nan or infinity,
/// no overflow. Minus zero reads as zero.
std::optional<double> parse_number(std::string_view text);

/// Why parse_number refused and what to write instead; empty when the text is nothing like a number.
/// "12mm" -> "write 12 and keep the unit in the key".
std::string number_hint(std::string_view text);

/// The shortest decimal text that reads back to the same double; whole numbers below 1e15 without exponent.
std::string print_number(double value);

} // namespace beachfront::study
