// SPDX-License-Identifier: GPL-3.0-or-later
// The references themselves, against docs/facts/optics.md section 3.2 and Maxwell's conditions at the core's edge.
#include "exact/fibre.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace beachfront::optics::exact;

TEST(ExactFibre, FactsOfSection32) {
  const StepFibre f1{1.4520, 1.4468, 4.1}, f2{1.4492, 1.4440, 4.1}, f3{1.508, 1.503, 4.2};
  EXPECT_NEAR(v_number(f1, 1.31), 2.41436667, 5e-9);
  EXPECT_NEAR(v_number(f2, 1.55), 2.03855732, 5e-9);
  EXPECT_NEAR(v_number(f3, 1.31), 2.47171415, 5e-9);
  EXPECT_NEAR(lp_index(f1, 1.31, 0, 1), 1.44957684, 5e-9);
  EXPECT_NEAR(lp_index(f2, 1.55, 0, 1), 1.44623060, 5e-9);
  EXPECT_NEAR(lp_index(f3, 1.31, 0, 1), 1.50573869, 5e-9);
  EXPECT_EQ(lp_index(f2, 1.55, 1, 1), 0) << "below 2.405";
  EXPECT_GT(lp_index(f1, 1.31, 1, 1), 1.4468) << "just above 2.405";
  EXPECT_NEAR(lp01_spot(f1, 1.31).petermann_diameter_um, 8.8348, 5e-5);
  EXPECT_NEAR(lp01_spot(f2, 1.55).petermann_diameter_um, 10.0152, 5e-5);
  EXPECT_NEAR(lp01_spot(f3, 1.31).petermann_diameter_um, 8.9134, 5e-5);
}

TEST(ExactFibre, CutoffsAreZerosOfBesselFunctions) { // LP_11 at J_0's, LP_21 and LP_02 at J_1's first zero
  const auto guided = [](double v, int l, int m) {
    const StepFibre fibre{1.46, 1.45, v / (2 * std::acos(-1) / 1.31 * std::sqrt(1.46 * 1.46 - 1.45 * 1.45))};
    return lp_index(fibre, 1.31, l, m) > 0;
  };
  for (const auto& [l, m, zero] : {std::tuple{1, 1, 2.404825557695773}, std::tuple{2, 1, 3.831705970207512},
                                   std::tuple{0, 2, 3.831705970207512}}) {
    EXPECT_FALSE(guided(zero * 0.99, l, m)) << l << m;
    EXPECT_TRUE(guided(zero * 1.06, l, m)) << l << m; // nearer to it the index differs from the cladding's too little
  }
}

TEST(ExactFibre, HybridFieldsMeetAtTheEdge) { // the characteristic equation is these four, tested without it
  for (const StepFibre& fibre : {StepFibre{1.508, 1.503, 4.2}, StepFibre{3.4, 1.5, 0.3}}) {
    const double index = fibre_index(fibre, 1.31, FibreMode::he, 1, 1), a = fibre.core_radius_um;
    const VectorField in = he1_field(fibre, 1.31, index, a * (1 - 1e-14));
    const VectorField out = he1_field(fibre, 1.31, index, a * (1 + 1e-14));
    const double n1 = fibre.core_index, n2 = fibre.cladding_index;
    EXPECT_NEAR(out.e_phi / in.e_phi, 1, 1e-11);
    EXPECT_NEAR(out.h_phi / in.h_phi, 1, 1e-11);
    EXPECT_NEAR(out.h_r / in.h_r, 1, 1e-11);
    EXPECT_NEAR(n2 * n2 * out.e_r / (n1 * n1 * in.e_r), 1, 1e-11);
  }
}

TEST(ExactFibre, WeakGuidanceJoinsVectorAndScalar) {
  // HE11 falls below LP01 by a fraction of the contrast that is itself the contrast: halved contrast, quarter
  // difference
  const auto below = [](double contrast) { // same V
    const StepFibre fibre{1.5 * (1 + contrast), 1.5, 4 * std::sqrt(0.003 / contrast)};
    return lp_index(fibre, 1.31, 0, 1) - fibre_index(fibre, 1.31, FibreMode::he, 1, 1);
  };
  EXPECT_GT(below(0.004), 0);
  EXPECT_NEAR(below(0.004) / below(0.002), 4, 0.1);
  // LP11 splits into TE01, HE21, TM01; LP21 into EH11 and HE31
  const StepFibre fibre{1.52, 1.5, 5};
  const double lp11 = lp_index(fibre, 1.31, 1, 1), lp21 = lp_index(fibre, 1.31, 2, 1);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::te, 0, 1), lp11, 1e-4);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::tm, 0, 1), lp11, 1e-4);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::he, 2, 1), lp11, 1e-4);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::eh, 1, 1), lp21, 1e-4);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::he, 3, 1), lp21, 1e-4);
  EXPECT_NEAR(fibre_index(fibre, 1.31, FibreMode::te, 0, 1), lp11, 1e-12) << "TE01 is LP11 exactly";
}

TEST(ExactFibre, SpotSizes) {
  const StepFibre weak{1.4520, 1.4468, 4.1};
  const SpotSize scalar = lp01_spot(weak, 1.31);
  const VectorSpot vector = he11_spot(weak, 1.31);
  // by the contrast, 0.4 %, at most
  EXPECT_NEAR(vector.diameter_along_um / scalar.diameter_um, 1, 4e-3);
  EXPECT_NEAR(vector.diameter_across_um / scalar.diameter_um, 1, 4e-3);
  EXPECT_NEAR(vector.effective_area_um2 / scalar.effective_area_um2, 1, 4e-3);
  // the scalar ones again, from the field at single radii
  const double edge = lp_field(weak, 1.31, 0, 1, scalar.diameter_um / 2) / lp_field(weak, 1.31, 0, 1, 0);
  EXPECT_NEAR(edge, std::exp(-1), 1e-10);
  double power = 0, square = 0;
  const double h = 0.01; // midpoint rule; 40 um are 20 decay lengths
  for (double r = h / 2; r < 40; r += h) {
    const double intensity = std::pow(lp_field(weak, 1.31, 0, 1, r), 2);
    power += intensity * r * h;
    square += intensity * intensity * r * h;
  }
  EXPECT_NEAR(2 * std::acos(-1) * power * power / square / scalar.effective_area_um2, 1, 1e-5);
}
