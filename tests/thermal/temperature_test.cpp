// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/temperature.hpp"

#include "tests/thermal/reference_package.hpp"
#include "thermal/conduction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace beachfront::thermal {
namespace {

/// One die over the whole of a lid of its own size: every path is one-dimensional.
Package one_die() {
  Package p = reference_package(alkali_glass());
  p.engines.clear();
  p.dies = {{"die", geometry::box_around({3, -2}, 25, 25), 500, 775, silicon()}};
  p.cooling.lid.plates = {p.dies[0].outline};
  p.cooling.lid.thickness_mm = 2;
  p.cooling.die_tim = {body("indium", 11, 0.45, 30, 80), 200, 0};
  return p;
}

TEST(Temperature, Case5OneDimensionalDie) {
  Package p = one_die();
  // The case's grease under its cold plate, 25 mm2K/W, joins the film: 1/h' = 1/2e4 + 25e-6.
  p.cooling.heat_transfer_W_per_m2K = 1 / (1 / 2e4 + 25e-6);
  const Temperatures t = solve_temperature(p);
  ASSERT_EQ(t.dies.size(), 1U);
  EXPECT_NEAR(t.dies[0].mean_C, 106.269231, 1e-6);
  EXPECT_NEAR(t.dies[0].max_C, 106.269231, 1e-6);
  EXPECT_NEAR(*t.asic_max_C, *t.asic_mean_C, 1e-6);
  EXPECT_NEAR(*t.substrate_max_C, *t.asic_max_C, 1e-12);
}

TEST(Temperature, BoardPathSharesTheHeat) {
  Package p = one_die();
  p.cooling.board_heat_transfer_W_per_m2K = 40;
  const Temperatures t = solve_temperature(p);
  EXPECT_NEAR(t.heat_to_lid_W + t.heat_to_board_W, 500, 1e-9);
  // Two resistances in parallel from one face, by hand: up Si, indium, lid, film; down mask, build-up, core, film.
  const double up = (775e-6 / 120 + 200e-6 / 80 + 2e-3 / 390 + 1 / 2e4) / 625e-6;
  const double pair_k = 45 / (30 / 0.4 + 15 / (0.5 * 390 + 0.5 * 0.4)), core_k = 0.01 * 390 + 0.99 * 1.05;
  const double down = (2 * 20e-6 / 0.2 + 16 * 45e-6 / pair_k + 1200e-6 / core_k + 1 / 40.0) / 625e-6;
  EXPECT_NEAR(t.dies[0].mean_C, 35 + 500 / (1 / up + 1 / down), 1e-6);
}

TEST(Temperature, ReferencePackageBalances) {
  for (const double board : {0.0, 30.0}) {
    Package p = reference_package(alkali_glass());
    p.cooling.board_heat_transfer_W_per_m2K = board;
    const Temperatures t = solve_temperature(p);
    ASSERT_EQ(t.dies.size(), 9U);
    ASSERT_EQ(t.engines.size(), 16U);
    EXPECT_NEAR(t.heat_to_lid_W + t.heat_to_board_W, 640 + 8 * 45 + 16 * 16, 1e-8);
    EXPECT_EQ(t.heat_to_board_W > 0, board > 0);
    for (const FaceTemperature& face : t.dies) {
      EXPECT_GT(face.mean_C, t.bare_substrate_C);
      EXPECT_GE(face.max_C, face.mean_C);
    }
    EXPECT_LT(t.substrate_mean_C, *t.substrate_max_C);
    EXPECT_GT(t.substrate_mean_C, t.bare_substrate_C);
  }
}

TEST(Temperature, MeansFollowTheInfluence) {
  const Package p = reference_package(alkali_glass());
  const Temperatures t = solve_temperature(p);
  const std::size_t engine = 9; // the first engine follows nine dies
  double rise = 0;
  for (std::size_t j = 0; j < 25; ++j)
    rise += t.resistance_K_per_W[engine][j] * (j < 9 ? p.dies[j].power_W : 16);
  EXPECT_NEAR(t.engines[0].mean_C, 35 + rise, 1e-9);
}

TEST(Temperature, QuarterTurnOfThePackageTurnsTheEngines) {
  Package p = reference_package(alkali_glass());
  p.dies = {{"die", geometry::box_around({0, 0}, 30, 30), 800, 775, silicon()}};
  const Temperatures t = solve_temperature(p);
  for (std::size_t i = 0; i < 16; ++i) // engines come in fours, one a side
    EXPECT_NEAR(t.engines[i].max_C, t.engines[i / 4 * 4].max_C, 1e-6) << i;
}

TEST(Temperature, SplitLidUncouplesTheEngines) {
  Package shared = reference_package(alkali_glass());
  Package split = shared;
  split.cooling.lid.plates = {geometry::box_around({0, 0}, 50, 50)};
  for (const Engine& engine : split.engines)
    split.cooling.lid.plates.push_back(engine.outline);
  const Temperatures a = solve_temperature(shared), b = solve_temperature(split);
  ASSERT_TRUE(b.violations.empty());
  EXPECT_GT(a.resistance_K_per_W[9][0], 0);
  EXPECT_EQ(b.resistance_K_per_W[9][0], 0);
  // Alone on a lid of its own outline: 16 W through Si, gel, copper and film over 80 mm2.
  EXPECT_NEAR(b.engines[0].mean_C, 35 + 16 * (775e-6 / 120 + 100e-6 / 5 + 3e-3 / 390 + 1 / 2e4) / 80e-6, 1e-6);
}

TEST(Temperature, SourceBesideTheLidIsAViolation) {
  Package p = reference_package(alkali_glass());
  p.cooling.lid.plates = {geometry::box_around({0, 0}, 60, 60)};
  const Temperatures t = solve_temperature(p);
  EXPECT_EQ(t.violations.size(), 16U);
  EXPECT_EQ(t.violations[0].rule, "lid_covers_source");
  EXPECT_THAT(t.violations[0].message, testing::HasSubstr("not wholly under a lid plate"));
  EXPECT_TRUE(t.dies.empty());
  EXPECT_FALSE(t.asic_max_C);
}

TEST(Temperature, SourceWhereTheLidsFootStandsIsAViolation) {
  Package p = reference_package(alkali_glass());
  const geometry::Box plate = p.cooling.lid.plates[0];
  ASSERT_TRUE(uncovered_sources(p).empty());
  double clear_mm = plate.width_mm();
  for (const Engine& engine : p.engines)
    clear_mm = std::min({clear_mm, engine.outline.min.x_mm - plate.min.x_mm, engine.outline.min.y_mm - plate.min.y_mm,
                         plate.max.x_mm - engine.outline.max.x_mm, plate.max.y_mm - engine.outline.max.y_mm});
  p.cooling.lid.foot_width_mm = clear_mm;
  EXPECT_TRUE(uncovered_sources(p).empty());
  p.cooling.lid.foot_width_mm = clear_mm + 0.01;
  const Temperatures t = solve_temperature(p);
  ASSERT_FALSE(t.violations.empty());
  EXPECT_EQ(t.violations[0].rule, "lid_foot_clear");
  EXPECT_NEAR(t.violations[0].found, clear_mm, 1e-9);
  EXPECT_FALSE(t.asic_max_C);
  p.cooling.lid.plates[0] = geometry::box_around({0, 0}, 1000, 1000); // beyond the substrate it has nothing to stand on
  EXPECT_TRUE(uncovered_sources(p).empty());
}

TEST(Temperature, PeaksPreparedBeforeTheHeatAreTheSame) {
  Package p = reference_package(alkali_glass());
  p.dies[0].power_map = {{"core", geometry::box_around(p.dies[0].outline.centre(), 4, 6), 90}};
  Package cold = p;
  cold.dies[0].power_W = cold.dies[0].power_map[0].power_W = 0;
  const Temperatures once = solve_temperature(p), prepared = solve_temperature(p, prepare_temperature(cold, true));
  for (std::size_t d = 0; d < once.dies.size(); ++d)
    EXPECT_EQ(prepared.dies[d].max_C, once.dies[d].max_C);
  for (std::size_t e = 0; e < once.engines.size(); ++e)
    EXPECT_EQ(prepared.engines[e].max_C, once.engines[e].max_C);
}

TEST(Temperature, NumbersPreparedTellWhatThePreparationHangsOn) {
  const Package before = reference_package(alkali_glass());
  const auto tells = [&](const std::function<void(Package&)>& change) {
    Package p = before;
    change(p);
    return numbers_prepared(p) != numbers_prepared(before);
  };
  EXPECT_TRUE(tells([](Package& p) { p.cooling.heat_transfer_W_per_m2K += 1; }));
  EXPECT_TRUE(tells([](Package& p) { p.cooling.lid.thickness_mm += 0.1; }));
  EXPECT_TRUE(tells([](Package& p) { p.cooling.lid.plates[0].max.x_mm += 1; }));
  EXPECT_TRUE(tells([](Package& p) { p.cooling.lid.material.conductivity_xy_W_per_mK += 1; }));
  EXPECT_TRUE(tells([](Package& p) { p.cooling.lid.material.conductivity_z_W_per_mK += 1; }));
  EXPECT_TRUE(tells([](Package& p) { p.engines[3].outline.min.y_mm += 0.1; }));
  EXPECT_TRUE(tells([](Package& p) { p.dies.pop_back(); }));
  EXPECT_TRUE(tells([](Package& p) { p.engines[0].power_map = {{"driver", p.engines[0].outline, 1}}; }));
  EXPECT_FALSE(tells([](Package& p) { p.engines[0].power_W += 1; }));
  EXPECT_FALSE(tells([](Package& p) { p.substrate.stack_up[0].thickness_um += 1; }));
}

TEST(Temperature, MoreHeatTransferCools) {
  Package p = reference_package(alkali_glass());
  double last = 1e9;
  for (const double film : {5e3, 1e4, 2e4, 5e4}) {
    p.cooling.heat_transfer_W_per_m2K = film;
    const double now = *solve_temperature(p).asic_max_C;
    EXPECT_LT(now, last);
    last = now;
  }
}

} // namespace
} // namespace beachfront::thermal
