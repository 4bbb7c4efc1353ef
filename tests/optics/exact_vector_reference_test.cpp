// SPDX-License-Identifier: GPL-3.0-or-later
// The reference itself: against MPB and against its own refinement.
#include "exact/vector_reference.hpp"

#include <gtest/gtest.h>

using namespace beachfront::optics::exact;

TEST(VectorReference, BuriedGaussianMeetsMpb) {
  // tests/bench/optics_buried.ctl, cell 50 x 46 um, 2 points a um, tolerance 1e-12; the same on 40 x 36 to 1e-11
  const VectorGuide guide = buried_gaussian(1.5065, 0.012, 4, 3);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_te, 1.513).effective_index, 1.5121201435526, 5e-12);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_tm, 1.513).effective_index, 1.5121158835110, 5e-12);
}

TEST(VectorReference, SurfaceGuideMeetsMpb) {
  // tests/bench/optics_surface.ctl at 32 and 64 points a um of depth, its error of second order taken out
  const VectorGuide guide = surface_erfc(1.5065, 1, 0.03, 4, 4, 3);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_te, 1.514).effective_index, 1.50837164, 3e-8);
  EXPECT_NEAR(vector_mode(guide, {}, 1.31, Polarisation::quasi_tm, 1.514).effective_index, 1.50810656, 3e-8);
}

TEST(VectorReference, RefinementChangesNothing) {
  // figures of 24 nodes along the surface, 2 x 16 points in the air and 3 x 20 in the glass, good to 5e-12
  const VectorGuide guide = surface_erfc(1.5065, 1, 0.03, 4, 4, 3);
  VectorNodes nodes;
  nodes.half_x = 14;
  nodes.points_glass = 17;
  nodes.points_cover = 14;
  EXPECT_NEAR(vector_mode(guide, nodes, 1.31, Polarisation::quasi_te, 1.514).effective_index, 1.508371632747, 1e-10);
  EXPECT_NEAR(vector_mode(guide, nodes, 1.31, Polarisation::quasi_tm, 1.514).effective_index, 1.508106543689, 1e-10);
}
