// SPDX-License-Identifier: GPL-3.0-or-later
// OASIS files (SEMI P39) of a laid-out package: the polygons and texts of the GDSII file in a fraction of its size.
//
// An own writer, because Debian has no OASIS library with headers, and one flat cell needs twelve of its record types.
// Not compressed (CBLOCK): the bytes would depend on the release of the compressing library.
#pragma once

#include "geometry/drawing.hpp"

#include <ostream>

namespace beachfront::geometry {

/// Grid of 1 nm, coordinates from the package centre, names as S_GDS_PROPERTY 1 of their shapes: what write_gdsii()
/// writes, in its order, boxes as rectangles. Names of layers (see plain_name()), texts and properties stand in tables
/// behind the cell, all strict. No validation checksum.
/// Throws like write_gdsii(), and std::invalid_argument for a text other than printable ASCII.
void write_oasis(std::ostream& stream, const Drawing& drawing, const GridOptions& options = {});

} // namespace beachfront::geometry
