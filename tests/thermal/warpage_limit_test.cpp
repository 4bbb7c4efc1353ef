// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/warpage_limit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

TEST(WarpageLimit, ClassesOfEd7306) {
  EXPECT_DOUBLE_EQ(warpage_limit(0.4)->elevated_mm, 0.10);
  EXPECT_DOUBLE_EQ(warpage_limit(0.65)->elevated_mm, 0.14);
  EXPECT_DOUBLE_EQ(warpage_limit(1.0)->elevated_mm, 0.22);
  EXPECT_DOUBLE_EQ(warpage_limit(1.5)->elevated_mm, 0.25);
}

TEST(WarpageLimit, BetweenClassesTheStricterHolds) {
  EXPECT_DOUBLE_EQ(warpage_limit(0.9)->elevated_mm, 0.17);
  EXPECT_DOUBLE_EQ(warpage_limit(0.999)->room_mm, 0.10);
}

TEST(WarpageLimit, BelowTheStandardThereIsNone) {
  EXPECT_FALSE(warpage_limit(0.35));
}

/// A dome of this height on a tilted square, 41 points a side.
std::vector<SurfacePoint> tilted_dome(double height_um) {
  std::vector<SurfacePoint> points;
  for (int i = -20; i <= 20; ++i)
    for (int k = -20; k <= 20; ++k)
      points.push_back({3.0 + 2 * i, 7.0 + 2 * k, 5 + 0.3 * i - 1.7 * k - height_um * (i * i + k * k) / 800.0});
  return points;
}

TEST(JeitaWarpage, TiltDoesNotCountAndADomeIsPositive) {
  EXPECT_NEAR(jeita_warpage_um(tilted_dome(120)), 120, 1e-9);
  EXPECT_NEAR(jeita_warpage_um(tilted_dome(-120)), -120, 1e-9);
}

TEST(JeitaWarpage, OfADeflectionOverTheFieldOfBalls) {
  // A tilted bowl: its rim stands k r^2 over its middle.
  const geometry::Box field = geometry::box_around({2, -1}, 60, 40);
  const auto bowl_um = [](geometry::Point at) {
    const double x = at.x_mm - 2, y = at.y_mm + 1;
    return 0.05 * (x * x + y * y) + 3 * x - 2 * y + 11;
  };
  EXPECT_NEAR(ball_field_warpage_um(field, bowl_um), -0.05 * (30 * 30 + 20 * 20), 1e-9);
}

TEST(JeitaWarpage, NeedsAnArea) {
  EXPECT_EQ(jeita_warpage_um(std::vector<SurfacePoint>{{0, 0, 5}, {1, 0, 9}}), 0);
  EXPECT_EQ(jeita_warpage_um(std::vector<SurfacePoint>{{0, 0, 5}, {1, 1, 9}, {2, 2, 1}}), 0);
}

} // namespace
} // namespace beachfront::thermal
