// SPDX-License-Identifier: GPL-3.0-or-later
// DXF drawings (AutoCAD 2000, AC1015) of a laid-out package for mechanical CAD: millimetres, true arcs.
//
// An own writer: Debian has no DXF library that writes and has headers. AC1015 is the oldest release with a unit in its
// header and polylines of one entity, and every reader takes it.
#pragma once

#include "geometry/drawing.hpp"

#include <ostream>

namespace beachfront::geometry {

/// Every shape is one closed LWPOLYLINE with its name as extended data of BEACHFRONT. A guide is the outline of its
/// mask opening: the edges of lines and arcs are exact (arcs as bulges); a clothoid, which DXF does not have, becomes
/// chords that stay within `chord_tolerance_nm` of it. Layers carry plain_name(); net names are off at first.
/// Lengths are written to 1e-9 mm. Throws std::invalid_argument where half the guide width reaches the bend radius.
void write_dxf(std::ostream& stream, const Drawing& drawing, double chord_tolerance_nm = 10);

} // namespace beachfront::geometry
