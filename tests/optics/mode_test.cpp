// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/line_mode.hpp"
#include "optics/mode.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

using namespace beachfront::optics;

namespace {

IndexGrid grid_of(const std::vector<double>& x, const std::vector<double>& y,
                  const std::function<double(double, double)>& permittivity) {
  IndexGrid grid{x, y, {}};
  for (std::size_t j = 0; j < grid.rows(); ++j)
    for (std::size_t i = 0; i < grid.columns(); ++i)
      grid.permittivity.push_back(permittivity((x[i] + x[i + 1]) / 2, (y[j] + y[j + 1]) / 2));
  return grid;
}

/// Separable effective index extrapolated from cells of `spacing` and half of it on a square window.
double extrapolated(double half_window, double spacing, const std::function<double(double, double)>& permittivity,
                    int order_x = 0) {
  const auto coarse = edges_through(std::vector{-half_window, half_window}, std::vector{spacing});
  const auto fine = halved(coarse);
  return extrapolate_h2(separable_mode(grid_of(coarse, coarse, permittivity), 1.31, order_x, 0).effective_index,
                        separable_mode(grid_of(fine, fine, permittivity), 1.31, order_x, 0).effective_index);
}

double squared_secants(double x, double y) {
  const double rise = 1.505 * 1.505 - 1.5 * 1.5;
  return 2.25 + rise * (std::pow(std::cosh(x / 5), -2) + std::pow(std::cosh(y / 4), -2));
}

/// n1^2 (1 - 2 Delta [(x/6)^2 + (y/5)^2]) of docs/facts/optics.md 3.3, without end
double paraboloid(double x, double y) {
  return 1.508 * 1.508 * (1 - 2 * 0.00331015 * (x * x / 36 + y * y / 25));
}

IndexProfile rectangle(double width_um, double height_um) {
  return {ChannelProfile{0.005, width_um, height_um, 0}, 1.503, {}};
}

struct Fibre {
  double core, cladding, radius_um, wavelength_um, effective_index;
};
constexpr Fibre f1{1.4520, 1.4468, 4.1, 1.31, 1.44957684};
constexpr Fibre f2{1.4492, 1.4440, 4.1, 1.55, 1.44623060};
constexpr Fibre f3{1.508, 1.503, 4.2, 1.31, 1.50573869};

GuidedMode mode_of(const IndexProfile& profile, double wavelength_um) {
  auto result = guided_mode(profile, wavelength_um);
  EXPECT_TRUE(result.mode) << result.reason;
  return *result.mode;
}

/// 1/e^2 diameter of LP01 from its Bessel functions.
double exact_diameter_um(const Fibre& f) {
  const double ka = 2 * std::numbers::pi / f.wavelength_um * f.radius_um;
  const double u = ka * std::sqrt(f.core * f.core - f.effective_index * f.effective_index);
  const double w = ka * std::sqrt(f.effective_index * f.effective_index - f.cladding * f.cladding);
  const auto field = [&](double rho) {
    return rho < 1 ? std::cyl_bessel_j(0.0, u * rho)
                   : std::cyl_bessel_j(0.0, u) * std::cyl_bessel_k(0.0, w * rho) / std::cyl_bessel_k(0.0, w);
  };
  double in = 0, out = 4;
  for (int i = 0; i < 60; ++i) {
    const double at = (in + out) / 2;
    (field(at) > std::exp(-1.0) ? in : out) = at;
  }
  return 2 * f.radius_um * in;
}

} // namespace

// Where n^2 = f(x) + g(y) the method is exact; 1e-6 is what docs/facts/optics.md section 8, rows 5 and 6, ask of the
// grid.
TEST(SeparableMode, ExactForASumOfSquaredSecants) {
  EXPECT_NEAR(extrapolated(45, 0.3, squared_secants), 1.5068381549, 1e-6);
}

TEST(SeparableMode, ExactForAParaboloid) {
  EXPECT_NEAR(extrapolated(18, 0.15, paraboloid), 1.504886704, 1e-6);
  EXPECT_NEAR(extrapolated(18, 0.15, paraboloid, 1), 1.502050835, 1e-6);
  const auto edges = edges_through(std::vector{-18.0, 18.0}, std::vector{0.1});
  const auto mode = separable_mode(grid_of(edges, edges, paraboloid), 1.31, 0, 0);
  EXPECT_NEAR(width_1_over_e2_um(edges, mode.x_field), 2 * 4.51561, 1e-3 * 9.03);
  EXPECT_NEAR(width_1_over_e2_um(edges, mode.y_field), 2 * 4.12217, 1e-3 * 8.24);
}

TEST(SeparableMode, SecondOrder) {
  double before = 0;
  auto edges = edges_through(std::vector{-45.0, 45.0}, std::vector{1.2});
  for (int level = 0; level < 3; ++level, edges = halved(edges)) {
    const double n = separable_mode(grid_of(edges, edges, squared_secants), 1.31, 0, 0).effective_index;
    const double error = std::abs(n - 1.5068381549);
    if (level > 0) {
      EXPECT_NEAR(std::log2(before / error), 2, 0.2);
    }
    before = error;
  }
}

TEST(SeparableMode, NoShortfallWhereItIsExact) {
  const auto edges = edges_through(std::vector{-45.0, 45.0}, std::vector{0.5});
  const auto grid = grid_of(edges, edges, squared_secants);
  EXPECT_LT(separability_shortfall(grid, separable_mode(grid, 1.31, 0, 0), 1.31), 1e-12);
}

// What no separable field can reach shows on sharp shapes. The bound must hold, the second-order estimate must find
// most of what is missing, and the stated error must cover the rest.
TEST(GuidedMode, RectanglesAndFibresWithinTheStatedError) {
  struct Case {
    IndexProfile profile;
    double wavelength_um, exact;
  };
  const auto fibre = [](const Fibre& f) {
    return Case{
        {StepFibreProfile{f.core - f.cladding, f.radius_um, 0}, f.cladding, {}}, f.wavelength_um, f.effective_index};
  };
  const Case cases[] = {
      {rectangle(6, 6), 1.31, 1.50502628}, // docs/facts/optics.md 3.4, +-2e-8
      {rectangle(8, 8), 1.31, 1.50589324}, {rectangle(8, 5), 1.31, 1.50512103}, fibre(f1), fibre(f2), fibre(f3)};
  for (const auto& c : cases) {
    const auto mode = mode_of(c.profile, c.wavelength_um);
    EXPECT_LT(mode.separable_index, c.exact);
    EXPECT_GT(mode.separable_index, c.exact - 3e-5);
    EXPECT_NEAR(mode.effective_index, c.exact, 1e-5);
    EXPECT_LE(std::abs(mode.effective_index - c.exact), mode.grid_error + mode.separability_error);
  }
}

// A separable field is not round: along the axes it misses the exact diameter by up to 2.5 %.
TEST(GuidedMode, FibreDiameter) {
  for (const Fibre& f : {f1, f2, f3}) {
    const auto mode = mode_of({StepFibreProfile{f.core - f.cladding, f.radius_um, 0}, f.cladding, {}}, f.wavelength_um);
    EXPECT_NEAR(mode.mode_field_diameter_x_um, mode.mode_field_diameter_y_um, 0.002 * mode.mode_field_diameter_x_um);
    EXPECT_NEAR(mode.mode_field_diameter_x_um, exact_diameter_um(f), 0.025 * exact_diameter_um(f));
  }
}

TEST(GuidedMode, AreaOfANearlyGaussianMode) { // pi w_x w_y of a Gaussian; a guide's mode has heavier tails
  const auto mode = mode_of({GaussianProfile{0.012, 4, 3, 0}, 1.5065, {}}, 1.31);
  const double gaussian = std::numbers::pi / 4 * mode.mode_field_diameter_x_um * mode.mode_field_diameter_y_um;
  EXPECT_NEAR(mode.effective_area_um2, gaussian, 0.05 * gaussian);
}

// Under air a wide, shallow guide tends to the slab of docs/facts/optics.md 3.1: a channel 120 um wide adds at most
// (pi/120)^2 to the transverse wave number squared, 1e-5 in effective index.
TEST(GuidedMode, WideChannelUnderAirIsTheSlab) {
  const auto mode = mode_of({ChannelProfile{0.008, 120, 6, 3}, 1.5, 1.0}, 1.31);
  EXPECT_NEAR(mode.effective_index, 1.5055414778, 1.1e-5);
  EXPECT_LT(mode.effective_index, 1.5055414778);
}

TEST(GuidedMode, WideErfcSurfaceIsTheExactOne) { // likewise
  const auto mode = mode_of({SurfaceErfcProfile{0.02, 5, 120, 3}, 1.503, 1.0}, 1.31);
  EXPECT_NEAR(mode.effective_index, 1.509344557, 1.1e-5);
}

TEST(GuidedMode, AnIndexMatchedCoverIsNoCover) {
  const GaussianProfile shape{0.008, 4, 4, 30};
  const auto with = mode_of({shape, 1.503, 1.503}, 1.31);
  const auto without = mode_of({shape, 1.503, {}}, 1.31);
  EXPECT_NEAR(with.effective_index, without.effective_index, 1e-7);
}

TEST(GuidedMode, BelowCutOffSaysSo) {
  const auto result = guided_mode({GaussianProfile{0.001, 1, 1, 1}, 1.503, 1.0}, 1.31);
  EXPECT_FALSE(result.mode);
  EXPECT_THAT(result.reason, testing::HasSubstr("below cut-off at 1.31 um"));
}

TEST(GuidedMode, ACoverDenserThanTheModeLetsItOut) {
  const auto result = guided_mode({GaussianProfile{0.008, 4, 4, 4}, 1.503, 1.6}, 1.31);
  EXPECT_FALSE(result.mode);
}

// A step fibre holds LP01 alone up to V = 2.405, and LP11, twice, up to 3.832.
TEST(CountModes, FibreAcrossItsCutOff) {
  const auto fibre = [](double v) {
    const double cladding = 1.503, core = 1.508;
    const double radius = v * 1.31 / (2 * std::numbers::pi * std::sqrt(core * core - cladding * cladding));
    return IndexProfile{StepFibreProfile{core - cladding, radius, 0}, cladding, {}};
  };
  EXPECT_EQ(count_modes(fibre(2.0), 1.31), 1);
  EXPECT_EQ(count_modes(fibre(3.2), 1.31), 3);
}

TEST(CountModes, SmallAndLargeChannels) {
  EXPECT_EQ(count_modes(rectangle(6, 6), 1.31), 1);
  EXPECT_EQ(count_modes(rectangle(30, 30), 1.31, 7), 7); // stops where it is told to
}
