// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

using namespace beachfront::optics;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

TableProfile table_of(const std::vector<double>& x, const std::vector<double>& y) {
  TableProfile table{x, y, {}};
  for (const double v : y)
    for (const double u : x)
      table.delta_n.push_back(0.01 * std::exp(-(u * u + v * v) / 9));
  return table;
}

std::vector<double> steps(double from, double to, int count) {
  std::vector<double> values;
  for (int i = 0; i <= count; ++i)
    values.push_back(from + (to - from) * i / count);
  return values;
}

double sum(const IndexGrid& grid) {
  double total = 0;
  for (std::size_t j = 0; j < grid.rows(); ++j)
    for (std::size_t i = 0; i < grid.columns(); ++i)
      total += (std::sqrt(grid.permittivity[j * grid.columns() + i]) - 1.5) *
               (grid.x_edges_um[i + 1] - grid.x_edges_um[i]) * (grid.y_edges_um[j + 1] - grid.y_edges_um[j]);
  return total;
}

} // namespace

TEST(Profile, SharpShapesKeepTheirAreaOnAnyGrid) {
  const auto edges = steps(-7.3, 6.1, 37);
  const IndexProfile channel{ChannelProfile{0.01, 6, 4, 0.3}, 1.5, {}};
  EXPECT_NEAR(sum(sample(channel, edges, edges)), 0.01 * 24, 1e-12);
  const IndexProfile fibre{StepFibreProfile{0.01, 4, 0}, 1.5, {}};
  EXPECT_NEAR(sum(sample(fibre, edges, edges)), 0.01 * std::numbers::pi * 16, 1e-3 * 0.5); // 16 strips a cell
}

TEST(Profile, ErfcSurfaceFollowsItsFormula) {
  const IndexProfile surface{SurfaceErfcProfile{0.03, 4, 5, 3}, 1.5, 1.0};
  EXPECT_DOUBLE_EQ(delta_n_at(surface, 1, 2), 0.03 * std::erfc(0.5) * (std::erf(3.5 / 3) - std::erf(-1.5 / 3)) / 2);
  EXPECT_EQ(delta_n_at(surface, 1, -0.1), 0);
}

TEST(Profile, CoverLiesAboveTheSurface) {
  const IndexProfile gaussian{GaussianProfile{0.01, 3, 3, 1}, 1.5, 1.0};
  const auto grid = sample(gaussian, {-1, 1}, {-1, 0, 1});
  EXPECT_DOUBLE_EQ(grid.permittivity[0], 1.0);
  EXPECT_GT(grid.permittivity[1], 2.25);
}

TEST(Profile, SizeOfAGaussian) {
  const IndexProfile gaussian{GaussianProfile{0.01, 4, 3, 8}, 1.5, 1.0};
  const auto size = size_of(gaussian);
  EXPECT_NEAR(size.peak_delta_n, 0.01, 1e-6);
  EXPECT_NEAR(size.peak_depth_um, 8, 0.05); // 400 places over the profile's depth
  EXPECT_NEAR(size.fwhm_x_um, 2 * 4 * std::sqrt(std::numbers::ln2), 1e-3);
  EXPECT_NEAR(size.fwhm_y_um, 2 * 3 * std::sqrt(std::numbers::ln2), 1e-3);
  EXPECT_NEAR(size.width_1_over_e_um, 8, 1e-3);
}

TEST(Profile, TableIsBilinearAndPlainOutside) {
  const IndexProfile table{TableProfile{{0, 1}, {0, 2}, {0, 0.01, 0.02, 0.03}}, 1.5, {}};
  EXPECT_DOUBLE_EQ(delta_n_at(table, 0.5, 1), 0.015);
  EXPECT_DOUBLE_EQ(delta_n_at(table, 1, 2), 0.03);
  EXPECT_EQ(delta_n_at(table, 1.01, 1), 0);
}

TEST(Profile, GoodTablesPassAndBadOnesAreNamed) {
  const auto wide = steps(-8, 8, 40);
  EXPECT_THAT(profile_errors({table_of(wide, wide), 1.5, {}}), IsEmpty());
  auto holes = table_of(wide, wide);
  holes.delta_n.pop_back();
  EXPECT_THAT(profile_errors({holes, 1.5, {}}), ElementsAre(HasSubstr("1680 values for 41 x 41 points")));
  auto gap = table_of(wide, wide);
  gap.delta_n[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(profile_errors({gap, 1.5, {}}), ElementsAre(HasSubstr("no number at x -6.8 um, y -8 um")));
  const auto narrow = steps(-3, 3, 20);
  EXPECT_THAT(profile_errors({table_of(narrow, narrow), 1.5, {}}), ElementsAre(HasSubstr("touches its window")));
  auto folded = table_of(wide, wide);
  std::swap(folded.x_um[3], folded.x_um[4]);
  EXPECT_THAT(profile_errors({folded, 1.5, {}}), ElementsAre(HasSubstr("each above the one before")));
}

TEST(Profile, NonsenseIsNamed) {
  EXPECT_THAT(profile_errors({GaussianProfile{-0.01, 4, 4, 0}, 1.5, {}}), ElementsAre(HasSubstr("gaussian")));
  EXPECT_THAT(profile_errors({ChannelProfile{0.01, 0, 4, 0}, 1.5, {}}), ElementsAre(HasSubstr("channel")));
  EXPECT_THAT(profile_errors({StepFibreProfile{0.01, NAN, 0}, 1.5, {}}), ElementsAre(HasSubstr("step fibre")));
  EXPECT_THAT(profile_errors({SurfaceErfcProfile{0.01, 4, 4, 0}, 1.5, {}}), ElementsAre(HasSubstr("surface")));
  EXPECT_THAT(profile_errors({GaussianProfile{0.01, 4, 4, 0}, 0.9, {}}), ElementsAre(HasSubstr("background index")));
  EXPECT_THAT(profile_errors({GaussianProfile{0.01, 4, 4, -20}, 1.5, 1.0}),
              ElementsAre(HasSubstr("above the surface")));
}
