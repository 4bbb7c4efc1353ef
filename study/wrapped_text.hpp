// SPDX-License-Identifier: GPL-3.0-or-later
// Text broken into lines.
#pragma once

#include <string>
#include <vector>

namespace beachfront::study {

/// Broken at spaces, but not before a per cent sign, into lines of at most `width` columns, those after the first indented; a longer word stands
/// alone on its line. Without the ends of lines.
std::vector<std::string> wrapped_lines(const std::string& text, std::size_t indent, std::size_t width);

/// The same for each line of a text that is too long; the others stay as they are.
std::string wrapped_text(const std::string& text, std::size_t indent, std::size_t width);

} // namespace beachfront::study
