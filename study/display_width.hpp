// SPDX-License-Identifier: GPL-3.0-or-later
// How many columns of a terminal a text takes.
#pragma once

#include <cstddef>
#include <string_view>

namespace beachfront::study {

/// Columns of one line of UTF-8: a character one, an East Asian wide one two, a combining mark none. Bytes that are no
/// UTF-8 count one each.
std::size_t display_width(std::string_view line);

} // namespace beachfront::study
