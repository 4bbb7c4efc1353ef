// SPDX-License-Identifier: GPL-3.0-or-later
// GDSII stream files (Calma, release 6) of a laid-out package: one flat cell, polygons and texts.
//
// An own writer, because Debian has no GDSII library with headers (KLayout ships its program alone), and what a layout
// needs of the format is twenty record types.
#pragma once

#include "geometry/drawing.hpp"

#include <ostream>

namespace beachfront::geometry {

/// User unit 1 um, database unit 1 nm, coordinates from the package centre. Every polygon of a guide carries its net,
/// and every body its name, as property 1. All time stamps are 1970-01-01: the same drawing gives the same bytes.
/// Names are cut at 126 bytes, the format's limit for a property.
/// Throws std::out_of_range for a coordinate beyond 2.147 m, std::invalid_argument for a guide without an outline (see
/// outline()), a `max_vertices` out of range or an empty cell name.
void write_gdsii(std::ostream& stream, const Drawing& drawing, const GridOptions& options = {});

} // namespace beachfront::geometry
