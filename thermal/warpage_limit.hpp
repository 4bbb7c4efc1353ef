// SPDX-License-Identifier: GPL-3.0-or-later
// What warpage an assembler accepts: JEITA ED-7306 (March 2007) at reflow temperatures by ball pitch, a reference for
// room temperature, and how the figure is measured. Sources in docs/facts/mechanics.md 4.
#pragma once

#include "geometry/shapes.hpp"

#include <array>
#include <functional>
#include <optional>
#include <span>

namespace beachfront::thermal {

/// Peak to valley over the ball field, sign left out.
struct WarpageLimit {
  double ball_pitch_mm = 0;
  double ball_height_mm = 0; ///< condition of the class
  double elevated_mm = 0;    ///< ED-7306 table 1, at and above the solder's melting point
  double room_mm = 0;        ///< coplanarity reference, a secondary text; not of ED-7306
};

/// ED-7306 table 1 for BGA and FBGA; the standard leaves stacked packages out.
inline constexpr std::array<WarpageLimit, 6> jeita_warpage_limits{{
    {0.4, 0.20, 0.10, 0.08},
    {0.5, 0.25, 0.11, 0.08},
    {0.65, 0.33, 0.14, 0.10},
    {0.8, 0.35, 0.17, 0.10},
    {1.0, 0.50, 0.22, 0.20},
    {1.27, 0.60, 0.25, 0.20},
}};

/// Room-temperature coplanarity of large flip-chip packages by agreement of maker and user: recalled, 0.20 to 0.30.
inline constexpr double large_package_room_mm_strict = 0.20;
inline constexpr double large_package_room_mm_lenient = 0.30;

/// The class of the widest pitch not above this one, so a pitch between two classes takes the stricter. Nothing below
/// 0.4 mm.
std::optional<WarpageLimit> warpage_limit(double ball_pitch_mm);

/// A point of a measured or computed surface.
struct SurfacePoint {
  double x_mm = 0;
  double y_mm = 0;
  double z_um = 0; ///< towards the die side
};

/// ED-7306's figure: the range of heights above the least-squares plane, positive when the middle stands towards the
/// die side of the rim (a dome), negative for a bowl. The sign is that of the heights' regression on the squared
/// distance from the middle of the points. 0 for fewer than three points or points on a line.
double jeita_warpage_um(std::span<const SurfacePoint> surface);

/// ED-7306's figure of a deflection, z up: from 21 x 21 places over the field of balls, whose outermost centres stand
/// on the field's edges.
double ball_field_warpage_um(const geometry::Box& field, const std::function<double(geometry::Point)>& deflection_um);

} // namespace beachfront::thermal
