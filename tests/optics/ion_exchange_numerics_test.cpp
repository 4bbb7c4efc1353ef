// SPDX-License-Identifier: GPL-3.0-or-later
#include "ion_exchange_cases.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

using namespace beachfront::optics;

namespace {

void expect_balance(const Recipe& r, const ExchangeGrid& grid) {
  const auto ions = solve(r, grid);
  EXPECT_GT(ions.content_um2, 0);
  EXPECT_NEAR(ions.absorbed_um2, ions.content_um2, 1e-10 * ions.content_um2);
}

/// Largest difference on a fine lattice over the largest fraction of the second.
double difference(const IonField& a, const IonField& b) {
  double most = 0;
  for (double y = 0; y < 12; y += 0.1)
    for (double x = 0; x < 12; x += 0.1)
      most = std::max(most, std::abs(a.smooth_at(x, y) - b.smooth_at(x, y)));
  return most / *std::max_element(b.fraction.begin(), b.fraction.end());
}

const IonField& converged_a0() {
  static const IonField ions = solve(recipe_a0(), {22, 1e-5});
  return ions;
}

} // namespace

TEST(IonExchangeNumerics, NothingIsLost) {
  const ExchangeGrid coarse{6, 3e-4};
  std::vector<std::vector<RecipeStep>> lists = {{exchange(3)},
                                                {exchange(3), diffusion(3)},
                                                {exchange(1), anneal(2)},
                                                {exchange(1), diffusion(1, 0.05)},
                                                {exchange(1, 0.003), diffusion(1, 0.05), anneal(1)}};
  for (const double M : {0.15, 1.0, 4.0})
    for (const auto& steps : lists)
      for (const Mask mask : {Mask::insulating, Mask::metal}) {
        auto r = recipe(M, 1, steps);
        expect_balance(r, coarse);
        r.mask_opening_um = 3;
        r.mask = mask;
        r.glass_thickness_mm = 0.1;
        expect_balance(r, coarse);
      }
}

// Ions that a field drives out of the back are counted.
TEST(IonExchangeNumerics, NothingIsLostThroughTheBack) {
  auto r = recipe(0.5, 1, {exchange(1), diffusion(4, 0.1)});
  r.glass_thickness_mm = 0.01;
  const auto ions = solve(r);
  EXPECT_LT(ions.content_um2, 0.9 * solve(recipe(0.5, 1, {exchange(1)})).content_um2);
  EXPECT_NEAR(ions.absorbed_um2, ions.content_um2, 1e-10 * ions.content_um2);
}

TEST(IonExchangeNumerics, StaysBetweenNothingAndTheSurfaceFraction) {
  for (const double opening : {0.5, 2.0, 60.0}) {
    auto r = recipe(0.05, 0.9, {exchange(3), diffusion(3)});
    r.mask_opening_um = opening;
    const auto c = solve(r, {8, 2e-4}).fraction;
    EXPECT_GE(*std::min_element(c.begin(), c.end()), 0);
    EXPECT_LE(*std::max_element(c.begin(), c.end()), 0.9);
  }
}

// The fraction falls all the way from the surface of an exchange, also where a field of 0.5 V/um drives a front much
// thinner than it is deep.
TEST(IonExchangeNumerics, DrivenFrontDoesNotRing) {
  const auto ions = solve(recipe(0.2, 1, {exchange(0.1, 0.5)}));
  for (std::size_t j = 1; j < ions.y_um.size(); ++j)
    EXPECT_LE(ions.fraction[j], ions.fraction[j - 1] + 2e-3) << ions.y_um[j];
}

// The default keeps 1e-4 of the largest index: recipe A0 against cells of 0.73 of the width and a fifth of the
// tolerance.
// The errors fall with the third power of the cells, so what the finer solution has left is 0.4 of that.
TEST(IonExchangeNumerics, DefaultKeepsOneInTenThousand) {
  const auto ions = solve(recipe_a0());
  const auto& fine = converged_a0();
  const double error = difference(ions, fine);
  EXPECT_LT(error, 1e-4);
  EXPECT_LT(error, ions.error_estimate);
  EXPECT_NEAR(ions.content_um2, fine.content_um2, 2e-5 * fine.content_um2);
}

// Under a mask the root singularity at its edge spoils first-order schemes; here it costs no more than one order of the
// four.
TEST(IonExchangeNumerics, ThirdOrderInSpaceUnderAMask) {
  const auto& exact = converged_a0();
  const double coarse = difference(solve(recipe_a0(), {6, 5e-6}), exact),
               fine = difference(solve(recipe_a0(), {12, 5e-6}), exact);
  EXPECT_GT(std::log2(coarse / fine), 2.5);
}

TEST(IonExchangeNumerics, FourthOrderInPlanarSpace) {
  const auto error = [](double cells) {
    const auto ions = solve(recipe(1, 1, {exchange(1)}), {cells, 1e-9});
    double most = 0;
    for (std::size_t j = 0; j < ions.y_um.size(); ++j)
      most = std::max(most, std::abs(ions.fraction[j] - std::erfc(ions.y_um[j] / 2)));
    return most;
  };
  EXPECT_NEAR(std::log2(error(8) / error(32)) / 2, 4, 0.6);
}

// Error against the number of time steps. The scheme is of third order; the sudden start takes some of it.
TEST(IonExchangeNumerics, TimeErrorFallsWithTheSteps) {
  const auto at = [](double tolerance) { return solve(recipe(0.15, 1, {exchange(1), diffusion(1)}), {12, tolerance}); };
  const auto exact = at(1e-8), rough = at(1e-3), good = at(1e-5);
  const double order =
      std::log(std::abs(rough.content_um2 - exact.content_um2) / std::abs(good.content_um2 - exact.content_um2)) /
      std::log(double(good.steps[0].time_steps + good.steps[1].time_steps) /
               (rough.steps[0].time_steps + rough.steps[1].time_steps));
  EXPECT_GT(order, 2);
}

// Crank, The Mathematics of Diffusion, section 4.3: a plate of thickness d with both faces held,
// c = 1 - (4/pi) sum (-1)^n/(2n+1) exp[-D (2n+1)^2 pi^2 t/d^2] cos[(2n+1) pi z/d], z from its middle. The half of it
// is also a plate with a tight back.
TEST(IonExchangeNumerics, ThinPlateOfTwoFacesAndOfOne) {
  auto both = recipe(1, 0.8, {exchange(9)}), one = both;
  both.glass_thickness_mm = 0.010;
  both.two_sided = true;
  one.glass_thickness_mm = 0.005;
  for (const auto& r : {both, one}) {
    const auto ions = solve(r);
    for (const double depth : {0.0, 1.0, 2.5, 4.0, 5.0}) {
      double c = 1;
      for (int n = 0; n < 40; ++n) {
        const double k = (2 * n + 1) * std::numbers::pi / 10;
        c -= 4 / std::numbers::pi * (n % 2 == 0 ? 1 : -1) / (2 * n + 1) * std::exp(-9 * k * k) *
             std::cos(k * (5 - depth));
      }
      EXPECT_NEAR(ions.smooth_at(0, depth), 0.8 * c, 0.8e-4) << depth;
    }
  }
}

// Masks step by step: a melt over the stripped surface is planar; a sodium melt through the opening takes ions only
// there; a second melt of a smaller fraction takes some back.
TEST(IonExchangeNumerics, MasksAndFractionsOfEachStep) {
  const ExchangeGrid grid{8, 1e-4};
  auto r = recipe(0.3, 1, {exchange(1)});
  r.mask_opening_um = 3;
  r.steps[0].mask = Mask::stripped;
  const auto open = solve(r, grid), planar = solve(recipe(0.3, 1, {exchange(1)}), grid);
  for (const double y : {0.5, 1.0, 2.0})
    for (const double x : {0.0, 5.0})
      EXPECT_NEAR(open.smooth_at(x, y), planar.smooth_at(0, y), 1e-3);
  r.steps = {exchange(1), diffusion(1)};
  const auto stripped = solve(r, grid);
  r.steps[1].mask = Mask::insulating;
  const auto masked = solve(r, grid);
  EXPECT_GT(masked.content_um2, stripped.content_um2);
  EXPECT_GT(masked.smooth_at(3, 0), 0.01);
  EXPECT_EQ(stripped.smooth_at(3, 0), 0);
  r.steps = {exchange(1), exchange(1)};
  r.steps[1].surface_fraction = 0.2;
  const auto second = solve(r, grid);
  EXPECT_NEAR(second.smooth_at(0, 0), 0.2, 1e-12);
  EXPECT_GT(peak_of(second).depth_um, 0.3);
}

TEST(IonExchangeNumerics, SmoothFieldMeetsItsNodesAndIsSymmetric) {
  const auto ions = solve(recipe_a0(), {8, 1e-4});
  const std::size_t nx = ions.x_um.size();
  for (std::size_t j = 0; j < ions.y_um.size(); j += 5)
    for (std::size_t i = 0; i < nx; i += 5)
      EXPECT_NEAR(ions.smooth_at(ions.x_um[i], ions.y_um[j]), ions.fraction[j * nx + i], 1e-15);
  EXPECT_EQ(ions.smooth_at(-1.3, 2.7), ions.smooth_at(1.3, 2.7));
  EXPECT_EQ(ions.smooth_at(0, -0.1), 0);
  EXPECT_EQ(ions.smooth_at(2 * ions.x_um.back(), 1), 0);
  // Slopes and curvatures from both sides of a node: a jump of either would show as 1 against h.
  const double x = ions.x_um[9], y = ions.y_um[11], h = 1e-3;
  const auto jump = [&](double dx, double dy) {
    const auto f = [&](double s) { return ions.smooth_at(x + s * dx, y + s * dy); };
    const double right = (f(2 * h) - 2 * f(h) + f(0)) / (h * h), left = (f(0) - 2 * f(-h) + f(-2 * h)) / (h * h);
    return std::abs(right - left);
  };
  EXPECT_LT(jump(1, 0), 2e-3);
  EXPECT_LT(jump(0, 1), 2e-3);
}
