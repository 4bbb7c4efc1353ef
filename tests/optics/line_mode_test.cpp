// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/line_mode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

using namespace beachfront::optics;

namespace {

using Permittivity = std::function<double(double)>;

double index_on(const std::vector<double>& edges, const Permittivity& permittivity, double wavelength_um, int order) {
  const double k = 2 * std::numbers::pi / wavelength_um;
  std::vector<double> k2n2;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    k2n2.push_back(k * k * permittivity((edges[i] + edges[i + 1]) / 2));
  return std::sqrt(line_mode(edges, k2n2, order).beta2_per_um2) / k;
}

/// Effective index on cells and halved cells, extrapolated.
double index_of(const std::vector<double>& edges, const Permittivity& permittivity, double wavelength_um,
                int order = 0) {
  return extrapolate_h2(index_on(edges, permittivity, wavelength_um, order),
                        index_on(halved(edges), permittivity, wavelength_um, order));
}

Permittivity layers(double cover, double core, double substrate, double thickness) {
  return [=](double x) { return x < 0 ? cover * cover : x < thickness ? core * core : substrate * substrate; };
}

/// Index n_s + dn(x) for x > 0 under air; windows and cells after the decay in each medium.
struct SurfaceCase {
  std::function<double(double)> dn;
  double expected[2];
};

} // namespace

constexpr double tolerance = 1e-6; // asked of an effective index by docs/facts/optics.md section 8, rows 1 to 5

TEST(LineMode, ExactSlabs) { // docs/facts/optics.md 3.1, TE
  const auto symmetric = edges_through(std::vector{-40.0, 0.0, 6.0, 46.0}, std::vector{0.1, 0.1, 0.1});
  EXPECT_NEAR(index_of(symmetric, layers(1.5, 1.508, 1.5, 6), 1.31, 0), 1.5061634469, tolerance);
  EXPECT_NEAR(index_of(symmetric, layers(1.5, 1.508, 1.5, 6), 1.31, 1), 1.5014821443, tolerance);
  const auto air = edges_through(std::vector{-3.0, 0.0, 6.0, 46.0}, std::vector{0.03, 0.1, 0.1});
  EXPECT_NEAR(index_of(air, layers(1.0, 1.508, 1.5, 6), 1.31), 1.5055414778, tolerance);
  const auto strong = edges_through(std::vector{-8.0, 0.0, 5.0, 15.0}, std::vector{0.04, 0.04, 0.04});
  EXPECT_NEAR(index_of(strong, layers(1.40, 1.50, 1.45, 5), 1.0, 0), 1.4974463218, tolerance);
  EXPECT_NEAR(index_of(strong, layers(1.40, 1.50, 1.45, 5), 1.0, 1), 1.4898170890, tolerance);
}

TEST(LineMode, ExponentialProfiles) { // docs/facts/optics.md 3.3; the first is the case Ansys ships
  const auto ansys = [](double x) { return x < 0 ? 1.0 : 6.1 + 0.3 * std::exp(-x / 2.5); };
  const auto fine = edges_through(std::vector{-0.6, 0.0, 30.0}, std::vector{0.004, 0.02});
  const double expected[] = {2.508796365, 2.495597876, 2.486872330};
  for (int order = 0; order < 3; ++order)
    EXPECT_NEAR(index_of(fine, ansys, 0.633, order), expected[order], tolerance);

  const double glass = 1.503 * 1.503, rise = 1.523 * 1.523 - glass;
  const auto iox = [=](double x) { return x < 0 ? 1.0 : glass + rise * std::exp(-x / 4); };
  const auto edges = edges_through(std::vector{-2.5, 0.0, 100.0}, std::vector{0.02, 0.08});
  EXPECT_NEAR(index_of(edges, iox, 1.31, 0), 1.510475839, tolerance);
  EXPECT_NEAR(index_of(edges, iox, 1.31, 1), 1.504927724, tolerance);
}

TEST(LineMode, SquaredSecant) {
  const double glass = 1.503 * 1.503, rise = 1.508 * 1.508 - glass;
  const auto profile = [=](double x) { return glass + rise / std::pow(std::cosh(x / 4), 2); };
  const auto edges = edges_through(std::vector{-70.0, 70.0}, std::vector{0.1});
  EXPECT_NEAR(index_of(edges, profile, 1.31, 0), 1.5062816076, tolerance);
  EXPECT_NEAR(index_of(edges, profile, 1.31, 1), 1.5037425566, tolerance);
}

TEST(LineMode, SurfaceProfilesUnderAir) { // docs/facts/optics.md 3.3, n_s = 1.503, 5 um deep
  const SurfaceCase cases[] = {
      {[](double x) { return 0.02 * std::erfc(x / 5); }, {1.509344557, 1.503072824}},
      {[](double x) { return 0.03 * std::erfc(x / 5); }, {1.514919082, 1.504627627}},
      {[](double x) { return 0.02 * std::exp(-x * x / 25); }, {1.514465375, 1.505764235}},
  };
  const auto edges = edges_through(std::vector{-2.5, 0.0, 140.0}, std::vector{0.02, 0.05});
  for (const auto& surface : cases)
    for (int order = 0; order < 2; ++order) {
      const auto profile = [&](double x) { return x < 0 ? 1.0 : std::pow(1.503 + surface.dn(x), 2); };
      EXPECT_NEAR(index_of(edges, profile, 1.31, order), surface.expected[order], tolerance);
    }
}

TEST(LineMode, BuriedGaussian) { // docs/facts/optics.md 3.3, 1/e half width 4
  const auto edges = edges_through(std::vector{-60.0, 60.0}, std::vector{0.1});
  const double expected[2][2] = {{1.508657152, 1.504784518}, {1.510342104, 1.505816862}};
  for (int strength = 0; strength < 2; ++strength)
    for (int order = 0; order < 2; ++order) {
      const double dn = 0.008 + 0.002 * strength;
      const auto profile = [=](double x) { return std::pow(1.503 + dn * std::exp(-x * x / 16), 2); };
      EXPECT_NEAR(index_of(edges, profile, 1.31, order), expected[strength][order], tolerance);
    }
}

TEST(LineMode, SecondOrderOnUnequalCellsAcrossAnInterface) {
  const auto profile = layers(1.0, 1.508, 1.5, 6);
  auto edges = edges_through(std::vector{-3.0, 0.0, 6.0, 46.0}, std::vector{0.05, 0.4, 0.4});
  double before = 0;
  for (int level = 0; level < 3; ++level, edges = halved(edges)) {
    const double error = std::abs(index_on(edges, profile, 1.31, 0) - 1.5055414778);
    if (level > 0) {
      EXPECT_NEAR(std::log2(before / error), 2, 0.25);
    }
    before = error;
  }
}

TEST(LineMode, FieldIsNormalisedAndItsEnergyAddsUp) {
  const auto edges = edges_through(std::vector{-10.0, 0.0, 10.0}, std::vector{0.1, 0.3});
  std::vector<double> k2n2;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    k2n2.push_back(50 + 0.5 * std::exp(-std::pow((edges[i] + edges[i + 1]) / 6, 2)));
  const auto mode = line_mode(edges, k2n2, 0);
  double norm = 0, potential = 0;
  for (std::size_t i = 0; i < k2n2.size(); ++i) {
    norm += (edges[i + 1] - edges[i]) * mode.field[i] * mode.field[i];
    potential += (edges[i + 1] - edges[i]) * mode.field[i] * mode.field[i] * k2n2[i];
  }
  EXPECT_NEAR(norm, 1, 1e-12);
  EXPECT_NEAR(potential - slope_energy_per_um2(edges, mode.field), mode.beta2_per_um2, 1e-11);
}

TEST(LineMode, WidthOfAGaussian) { // straight lines in the logarithm miss its curvature by (h/2)^2/w at most
  const auto edges = edges_through(std::vector{-20.0, 25.0}, std::vector{0.2});
  std::vector<double> field;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    field.push_back(std::exp(-std::pow(((edges[i] + edges[i + 1]) / 2 - 1.3) / 4.5, 2)));
  EXPECT_NEAR(width_1_over_e2_um(edges, field), 9.0, 2 * 0.01 / 4.5);
}
