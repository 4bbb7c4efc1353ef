// SPDX-License-Identifier: GPL-3.0-or-later
// The layout as GeoJSON (RFC 7946): for scripts and viewers that read features with properties.
#pragma once

#include "study/results.hpp"
#include "study/solve.hpp"

namespace beachfront::study {

/// A FeatureCollection: bodies as polygons, guides as lines, crossings and violations as points, each with its `type`.
/// Coordinates are millimetres in the package frame, not the degrees that RFC 7946 means; `coordinates_note` says so.
/// Curves become chords that stand off by at most `chord_tolerance_nm`; `length_mm` is that of the curve.
/// A guide of the reference designs takes about 3 kB.
Json layout_geojson(const geometry::Package& package, const Solution& solution, double chord_tolerance_nm = 1000);

} // namespace beachfront::study
