// SPDX-License-Identifier: GPL-3.0-or-later
// Ringed laminate plate: a round plate whose laminate changes from ring to ring (dies in the middle, bare substrate,
// engines, bare substrate), free at its rim. Classical laminate theory, solved exactly: without a lateral load the
// equations of a ring separate, so u = a r + b / r and w' = c r + d / r in each.
//
// A square package becomes the disc of equal area and a rectangular die complex the disc of equal area; the value at a
// true corner is the outer ring's solution continued to the corner. Against three-dimensional finite elements (bare
// 30 mm die on 90 mm, docs/facts/thermal.md case 9) see tests/thermal/warpage_test.cpp.
#pragma once

#include "thermal/laminate.hpp"

#include <span>
#include <vector>

namespace beachfront::thermal {

/// Layers from the bottom up; the bottom (z = 0) is common to all rings.
struct Ring {
  double outer_radius_mm = 0;
  std::vector<ElasticLayer> layers;
};

/// Radial displacement of the bottom u = linear x r + inverse / r and slope w' = slope_linear x r + slope_inverse / r.
struct RingField {
  double inner_radius_mm = 0;
  double outer_radius_mm = 0;
  double linear = 0;
  double inverse_mm2 = 0;
  double slope_linear_per_mm = 0;
  double slope_inverse_mm = 0;
};

/// From the centre outwards. Radii beyond the rim continue the last ring.
struct RingedPlate {
  std::vector<RingField> rings;
};

/// Rings from the centre outwards with growing radii (std::invalid_argument otherwise). A ring whose layer covers only
/// a part of it is given by scaling that layer's modulus with the covered fraction (equal strain, an upper bound).
RingedPlate solve_ringed_plate(std::span<const Ring> rings);

/// Deflection relative to the centre, z up: negative where the rim hangs down (a dome).
double deflection_um(const RingedPlate& plate, double radius_mm);

/// dw/dr.
double slope_mrad(const RingedPlate& plate, double radius_mm);

/// Positive for a dome, as in Bending: radial -w'' and tangential -w'/r.
struct Curvatures {
  double radial_per_mm = 0;
  double tangential_per_mm = 0;
};
/// At a radius; on a border between rings that of the inner one.
Curvatures curvatures(const RingedPlate& plate, double radius_mm);

/// In-plane stress of a layer of one ring at a radius of that ring and a height above the bottom of the stack.
struct PlateStress {
  double radial_MPa = 0;
  double tangential_MPa = 0;
};
PlateStress stress_MPa(const ElasticLayer& layer, const RingField& ring, double radius_mm, double z_um);

/// Radius of the disc of equal area.
double equal_area_radius_mm(double area_mm2);

} // namespace beachfront::thermal
