// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/conduction.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace beachfront::thermal {
namespace {

using geometry::Box;
using geometry::Point;

double at(const SlabSeries& series, const Box& source, double power_W, Point place) {
  return power_W * influence_K_per_W(series, source, {place, place});
}

Slab plate(double width_mm, double height_mm, double thickness_mm, double conductivity, double film) {
  return {{{0, 0}, {width_mm, height_mm}}, {{thickness_mm, conductivity, conductivity}}, film};
}

TEST(Conduction, Case6SourceOnALid) {
  const Box source{{27.5, 27.5}, {52.5, 52.5}};
  struct Row {
    double film, mean, centre;
  };
  for (const Row& row :
       {Row{1000, 0.28434102, 0.32651782}, Row{5000, 0.11799281, 0.14848317}, Row{20000, 0.05210850, 0.06772163}}) {
    const SlabSeries series = slab_series(plate(80, 80, 2, 390, row.film));
    EXPECT_NEAR(influence_K_per_W(series, source, source), row.mean, 1e-6);
    EXPECT_NEAR(at(series, source, 1, {40, 40}), row.centre, 1e-6);
  }
}

TEST(Conduction, Case7CentredSource) {
  const SlabSeries series = slab_series(plate(40, 40, 2, 150, 5000));
  const Box source{{15, 15}, {25, 25}};
  EXPECT_NEAR(25 + at(series, source, 50, {20, 20}), 56.04338, 1e-5);
  EXPECT_NEAR(25 + at(series, source, 50, {25, 20}), 46.50215, 1e-5);
  EXPECT_NEAR(25 + at(series, source, 50, {25, 25}), 40.67197, 1e-5);
  EXPECT_NEAR(25 + at(series, source, 50, {40, 40}), 27.038788, 1e-5);
  EXPECT_NEAR(25 + 50 * influence_K_per_W(series, source, source), 50.741293, 1e-5);
}

TEST(Conduction, Case7bEccentricSource) {
  const SlabSeries series = slab_series(plate(60, 40, 3, 390, 8000));
  const Box source{{10, 12}, {30, 24}};
  EXPECT_NEAR(40 + at(series, source, 200, {20, 18}), 73.407382, 1e-5);
  EXPECT_NEAR(40 + at(series, source, 200, {10, 12}), 59.814503, 1e-5);
  EXPECT_NEAR(40 + at(series, source, 200, {30, 24}), 57.090154, 1e-5);
  EXPECT_NEAR(40 + at(series, source, 200, {60, 40}), 42.127547, 1e-5);
}

TEST(Conduction, Case7cThreeLayers) {
  const Slab slab{{{0, 0}, {50, 50}}, {{0.775, 120, 120}, {0.05, 4, 4}, {3, 390, 390}}, 2e4};
  const SlabSeries series = slab_series(slab);
  const Box source{{12.5, 12.5}, {37.5, 37.5}};
  EXPECT_NEAR(30 + at(series, source, 500, {25, 25}), 75.33545, 1e-5);
  EXPECT_NEAR(30 + at(series, source, 500, {37.5, 25}), 55.85829, 1e-5);
  EXPECT_NEAR(30 + at(series, source, 500, {37.5, 37.5}), 45.33013, 1e-5);
  EXPECT_NEAR(30 + at(series, source, 500, {50, 50}), 33.222793, 1e-5);
}

/// The plain double series of the same slab, for the first `terms` cosines along each side.
double plain_series_K_per_W(const Slab& slab, const Box& source, Point place, int terms) {
  const double a = slab.outline.width_mm(), b = slab.outline.height_mm(), t = slab.layers[0].thickness_mm;
  const double k = slab.layers[0].conductivity_z_W_per_mK * 1e-3, h = slab.heat_transfer_W_per_m2K * 1e-6;
  const auto factor = [](int m, double length, double from, double to, double x) {
    if (m == 0)
      return 1 / length;
    const double w = m * std::numbers::pi / length;
    return 2 / length * (std::sin(w * to) - std::sin(w * from)) / (w * (to - from)) * std::cos(w * x);
  };
  double sum = 0;
  for (int m = 0; m < terms; ++m)
    for (int n = 0; n < terms; ++n) {
      const double z = std::numbers::pi * std::hypot(m / a, n / b);
      const double impedance =
          z == 0 ? t / k + 1 / h : (z + h / k * std::tanh(z * t)) / (z * std::tanh(z * t) + h / k) / (k * z);
      sum += factor(m, a, source.min.x_mm, source.max.x_mm, place.x_mm) *
             factor(n, b, source.min.y_mm, source.max.y_mm, place.y_mm) * impedance;
    }
  return sum;
}

TEST(Conduction, PlainSeriesConvergesToTheSplitSum) {
  const Slab slab = plate(60, 40, 3, 390, 8000);
  const Box source{{10, 12}, {30, 24}};
  const SlabSeries series = slab_series(slab);
  const Point inside{17, 19};
  const double exact = influence_K_per_W(series, source, {inside, inside});
  // The tail of the plain series inside a source falls with terms^-2 at least (up to its oscillation): 16 times the
  // terms, 256 times less error; a factor of 8 is left for the oscillation.
  const double coarse = std::abs(plain_series_K_per_W(slab, source, inside, 60) - exact);
  const double fine = std::abs(plain_series_K_per_W(slab, source, inside, 960) - exact);
  EXPECT_LT(fine, coarse / 32);
}

TEST(Conduction, TermsFollowTheBound) {
  const Slab slab = plate(90, 70, 3, 390, 2e4);
  const std::array<Box, 3> sources{Box{{10, 12}, {30, 24}}, Box{{0, 0}, {8, 9}}, Box{{60, 40}, {70, 48}}};
  const SlabSeries reference = slab_series(slab, 1e-15);
  std::size_t terms = 0;
  for (const double tolerance : {1e-2, 1e-4, 1e-6, 1e-9}) {
    const SlabSeries series = slab_series(slab, tolerance);
    EXPECT_GT(series.terms_x, terms);
    terms = series.terms_x;
    // Two parts, each below (2 / (pi k t)) x tolerance / 2 in the header's words.
    const double bound = 2 / (std::numbers::pi * 0.39 * 3) * tolerance + 1e-12;
    for (const Box& source : sources)
      for (const Point place :
           {source.centre(), source.min, Point{source.max.x_mm, source.centre().y_mm}, Point{88, 3}})
        EXPECT_LT(std::abs(influence_K_per_W(series, source, {place, place}) -
                           influence_K_per_W(reference, source, {place, place})),
                  bound)
            << tolerance;
  }
}

TEST(Conduction, MeanOverTheSlabIsOneDimensional) {
  const Slab slab{{{-30, -20}, {30, 20}}, {{1, 120, 120}, {2, 390, 390}}, 5000};
  const SlabSeries series = slab_series(slab);
  const double one_dimensional = (1e-3 / 120 + 2e-3 / 390 + 1.0 / 5000) / (60 * 40 * 1e-6);
  for (const Box& source : {Box{{-25, -15}, {-20, 3}}, Box{{-30, -20}, {30, 20}}, Box{{29, 19}, {30, 20}}})
    EXPECT_NEAR(influence_K_per_W(series, source, slab.outline), one_dimensional, 1e-9);
}

TEST(Conduction, InfluenceIsSymmetric) {
  const SlabSeries series = slab_series(plate(90, 90, 3, 390, 2e4));
  const Box a{{20, 20}, {50, 55}}, b{{50, 40}, {60, 48}}, c{{1, 70}, {9, 80}};
  EXPECT_NEAR(influence_K_per_W(series, a, b), influence_K_per_W(series, b, a), 1e-12);
  EXPECT_NEAR(influence_K_per_W(series, a, c), influence_K_per_W(series, c, a), 1e-12);
  EXPECT_GT(influence_K_per_W(series, a, a), influence_K_per_W(series, a, b));
  EXPECT_GT(influence_K_per_W(series, a, b), influence_K_per_W(series, a, c));
  EXPECT_GT(influence_K_per_W(series, a, c), 0);
}

TEST(Conduction, AnIsotropicBlockThickerThanWide) {
  // Half the block's top heated: a thick block needs the split bounded by its side, not by its depth. Against 500^2
  // terms of the plain series; on the rim of the source its tail is below ln(terms)/terms^2 of the flux scale.
  const Slab slab = plate(10, 10, 25, 100, 1e4);
  const Box source{{2, 1}, {6, 7}};
  const SlabSeries series = slab_series(slab);
  const Point place{4, 4};
  EXPECT_NEAR(influence_K_per_W(series, source, {place, place}), plain_series_K_per_W(slab, source, place, 500), 1e-5);
}

TEST(Conduction, AnisotropyOnlyStretchesDepth) {
  // k_xy = 4 k_z over thickness t equals an isotropic slab of sqrt(k_xy k_z) and thickness 2 t.
  const Slab ortho{{{0, 0}, {40, 30}}, {{1, 400, 100}}, 5000};
  const Slab iso = plate(40, 30, 2, 200, 5000);
  const Box source{{5, 5}, {15, 12}};
  for (const Point place : {Point{10, 8}, Point{15, 12}, Point{33, 29}})
    EXPECT_NEAR(influence_K_per_W(slab_series(ortho), source, {place, place}),
                influence_K_per_W(slab_series(iso), source, {place, place}), 1e-9);
}

TEST(Conduction, SourcesAdd) {
  const SlabSeries series = slab_series(plate(60, 40, 3, 390, 8000));
  const std::vector<HeatSource> sources{{{{10, 12}, {30, 24}}, 120}, {{{40, 5}, {48, 15}}, 16}};
  const std::array<double, 3> x{12, 30, 44};
  const std::array<double, 2> y{18, 10};
  const std::vector<double> rise = rise_K(series, slab_heat(series, sources), x, y);
  for (std::size_t j = 0; j < y.size(); ++j)
    for (std::size_t i = 0; i < x.size(); ++i)
      EXPECT_NEAR(rise[j * x.size() + i],
                  at(series, sources[0].outline, 120, {x[i], y[j]}) + at(series, sources[1].outline, 16, {x[i], y[j]}),
                  1e-9);
}

TEST(Conduction, PeakIsTheBestOfAFineGrid) {
  const SlabSeries series = slab_series(plate(60, 40, 3, 390, 8000));
  const std::vector<HeatSource> sources{{{{10, 12}, {30, 24}}, 120}, {{{33, 14}, {41, 22}}, 60}};
  const std::array<Box, 2> outlines{sources[0].outline, sources[1].outline};
  for (const HeatSource& source : sources) {
    std::vector<double> x, y;
    for (int i = 0; i <= 100; ++i) {
      x.push_back(source.outline.min.x_mm + i * source.outline.width_mm() / 100);
      y.push_back(source.outline.min.y_mm + i * source.outline.height_mm() / 100);
    }
    const std::vector<double> rise = rise_K(series, slab_heat(series, sources), x, y);
    const auto [low, high] = std::minmax_element(rise.begin(), rise.end());
    const double peak_K = peak_rise_K(peak_places(series, outlines, source.outline), slab_heat(series, sources));
    EXPECT_NEAR(peak_K, *high, 1e-3 * (*high - *low));
  }
}

TEST(Conduction, NonsenseIsMisuse) {
  EXPECT_THROW(slab_series(plate(0, 10, 1, 100, 100)), std::invalid_argument);
  EXPECT_THROW(slab_series(plate(10, 10, 1, 100, 0)), std::invalid_argument);
  EXPECT_THROW(slab_series({{{0, 0}, {1, 1}}, {}, 100}), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
