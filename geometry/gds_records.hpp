// SPDX-License-Identifier: GPL-3.0-or-later
// The records of a GDSII stream: length, type and big-endian data.
#pragma once

#include "geometry/layers.hpp"
#include "geometry/outline.hpp"

#include <cstdint>
#include <ostream>
#include <string_view>

namespace beachfront::geometry {

/// GDSII's 8-byte real: a sign bit, an exponent of 16 in excess 64 and a 56-bit fraction. Exact for every double in its
/// range of about 1e-78 to 1e75; throws std::out_of_range outside.
std::uint64_t gds_real8(double value);

/// Header, library and the start of the one cell.
void write_gds_head(std::ostream& stream, std::string_view library, std::string_view cell);
/// A BOUNDARY with `name` as property 1, or without a property where the name is empty.
void write_gds_boundary(std::ostream& stream, LayerNumber layer, const GridPolygon& polygon, std::string_view name);
void write_gds_text(std::ostream& stream, LayerNumber layer, GridPoint place, std::string_view text);
void write_gds_tail(std::ostream& stream);

} // namespace beachfront::geometry
