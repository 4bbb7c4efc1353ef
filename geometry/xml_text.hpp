// SPDX-License-Identifier: GPL-3.0-or-later
// Text inside XML: SVG and KLayout's report database.
#pragma once

#include <string>
#include <string_view>

namespace beachfront::geometry {

/// The text with its markup characters escaped, control characters as blanks: XML has none but white space.
std::string xml_text(std::string_view text);

} // namespace beachfront::geometry
