// SPDX-License-Identifier: GPL-3.0-or-later
// A board as a body: balls as one layer, the package joined to it at its step, in solid and plate; against CalculiX and
// against what must be so.
#include "tests/thermal/case_9.hpp"
#include "tests/thermal/committed_block.hpp"
#include "tests/thermal/quarter_and_whole.hpp"
#include "tests/thermal/small_package.hpp"
#include "thermal/ball_layer.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/solid_figures.hpp"
#include "thermal/solid_mechanics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace beachfront::thermal {
namespace {

using testing::HasSubstr;

const geometry::Material fr4 = elastic_material("board", 25, 0.18, 15);
const geometry::Material solder = elastic_material("solder", 46.5, 0.37, 22);

Mechanics solve(const Package& p) {
  return solve_mechanics(p, {});
}

/// small_package() on 2 mm of board.
Package mounted_package() {
  Package p = small_package();
  p.board.body = BoardBody{fr4, 2, 6, solder, 0.6};
  return p;
}

// --- the layer of balls

TEST(BallLayer, OfStoutBallsShearsAndOfSlenderOnesBends) {
  Package p = mounted_package();
  const double fraction = std::numbers::pi / 4 * 0.36, shear_GPa = 46.5 / (2 * 1.37);
  p.board.ball_height_mm = 1e-4;
  EXPECT_NEAR(ball_layer(p).shear_GPa, 6 * 1.37 / (7 + 6 * 0.37) * shear_GPa * fraction, 1e-6);
  EXPECT_NEAR(ball_layer(p).across_GPa, 46.5 * fraction, 1e-9);
  p.board.ball_height_mm = 60; // a slender column, built in at both ends: 12 E I / h^3, on a pitch of 1 mm
  const double inertia_mm4 = std::numbers::pi / 64 * std::pow(0.6, 4);
  EXPECT_NEAR(ball_layer(p).shear_GPa, 12 * 46.5 * inertia_mm4 / (60 * 60), 1e-3 * ball_layer(p).shear_GPa);
}

TEST(BallLayer, ReachesHalfAPitchBeyondTheOutermostBalls) {
  Package p = mounted_package();
  EXPECT_DOUBLE_EQ(ball_layer_outline(p).width_mm(), 40 - 2 * 1.5);
  p.board.ball_edge_inset_mm = 0.2;
  EXPECT_DOUBLE_EQ(ball_layer_outline(p).width_mm(), 40);
}

// --- the assembly

TEST(Board, JoinsAtItsStepAndNotBefore) {
  const Package bare = small_package(), mounted = mounted_package();
  const GridRules rules{1, 4, 2, 0, 1300};
  const SolidPath alone = assemble_solid(bare, mesh(bare, rules), 1),
                  with = assemble_solid(mounted, mesh(mounted, rules), 1);
  const geometry::Point corner{20, 20};
  // What is not on the board yet is the same package on other planes.
  const double room = lift_um(alone, alone.room, corner);
  EXPECT_NEAR(lift_um(with, with.room, corner), room, 0.01 * std::abs(room));
  EXPECT_NEAR(lift_um(with, *with.reflow, corner), lift_um(alone, *alone.reflow, corner), 0.01 * std::abs(room));
  ASSERT_TRUE(with.mounted);
  EXPECT_FALSE(alone.mounted);
  EXPECT_GT(std::abs(lift_um(with, *with.mounted, corner) - room), 10);

  Package no_step = mounted;
  no_step.assembly.pop_back();
  EXPECT_FALSE(assemble_solid(no_step, mesh(no_step, rules), 1).mounted);
  EXPECT_FALSE(solve(no_step).mounted);
}

TEST(Board, ThatShrinksAsThePackageBendsNothing) {
  Package p = mounted_package();
  p.dies.clear();
  p.engines.clear();
  const geometry::Material all = elastic_material("all", 70, 0.22, 8);
  p.substrate.stack_up = {{"core", all, 800}};
  p.board.body->material = all;
  p.board.body->balls.cte_ppm_per_K = 8;
  p.assembly = {{Joint::substrate, 217}, {Joint::board, 217}};
  const SolidPath path = assemble_solid(p, mesh(p, coarse_rules), 1);
  EXPECT_NEAR(lift_um(path, *path.mounted, {20, 20}), 0, 1e-4);
  EXPECT_NEAR(solve(p).mounted->corner_um, 0, 1e-5);
  p.board.body->material.cte_ppm_per_K = 16;
  p.board.body->margin_mm = 0; // the plate has the board as far as the substrate
  EXPECT_LT(solve(p).mounted->corner_um, -100) << "a board that shrinks more pulls the corners down";
  const SolidPath bent = assemble_solid(p, mesh(p, {1, 4, 2, 0, 1300}), 1);
  const double solid = lift_um(bent, *bent.mounted, {20, 20});
  EXPECT_NEAR(solve(p).mounted->corner_um, solid, 0.05 * std::abs(solid));
}

TEST(Board, PlateBendsAsTheSolid) {
  for (const double thickness_mm : {1.0, 3.0}) {
    Package p = mounted_package();
    p.board.body->thickness_mm = thickness_mm;
    p.board.body->margin_mm = 0;
    const GridRules rules{1, 4, 2, 0, 1300};
    const SolidPath path = assemble_solid(p, mesh(p, rules), 1);
    const double solid = lift_um(path, *path.mounted, {20, 20}), idle = lift_um(path, path.idle, {20, 20});
    const Mechanics plate = solve(p);
    std::printf("board %g mm: mounted %.1f um (solid %.1f), idle %.1f (%.1f)\n", thickness_mm, plate.mounted->corner_um,
                solid, plate.idle->corner_um, idle);
    EXPECT_NEAR(plate.mounted->corner_um, solid, 0.07 * std::abs(solid));
    EXPECT_NEAR(plate.idle->corner_um, idle, 0.07 * std::abs(idle));
  }
}

TEST(Board, QuarterWholeAndUnfoldedAgree) {
  expect_quarter_whole_and_unfolded_agree(mounted_package(), &PlateAssembly::mounted);
}

TEST(Board, HeatLeavesThroughItAndAllFiguresAreThere) {
  Package p = mounted_package();
  p.cooling.lid = reference_package(eagle_glass()).cooling.lid;
  p.cooling.lid.plates = {geometry::box_around({0, 0}, 40, 40)};
  p.cooling.board_heat_transfer_W_per_m2K = 200;
  p.cooling.heat_transfer_W_per_m2K = 2000;
  PackageFields fields = prepare_fields(p, {coarse_rules}, 1);
  const FieldOperation operation = operate(fields, p);
  const Temperatures& t = operation.heat.temperatures;
  EXPECT_NEAR(t.heat_to_lid_W + t.heat_to_board_W, 140, 1e-5);
  EXPECT_GT(t.heat_to_board_W, 1);
  const Mechanics m = field_mechanics(fields, p, operation);
  ASSERT_TRUE(m.mounted && m.operating && m.room && m.idle && m.solder_life_years);
  EXPECT_EQ(m.engines.size(), 4U);
  // Guides end on the substrate's edge; the board goes on beyond it.
  for (const geometry::Point at : {geometry::Point{20, 3}, geometry::Point{-20, 3}, geometry::Point{3, 20}})
    EXPECT_TRUE(glass_surface_stress_MPa(fields.solid, fields.solid.room, at)) << at.x_mm << ' ' << at.y_mm;
  // The balls' life is that of a free board and a free package, whatever an elastic ball holds.
  const Mechanics plate = solve_mechanics(p, t);
  EXPECT_NEAR(*m.solder_strain_range, *plate.solder_strain_range, 1e-12);
  EXPECT_LT(t.substrate_mean_C, *t.asic_max_C);

  // Its lower face is what is cooled: an infinitely good cooler there still leaves the board in the way.
  Package thick = p;
  thick.board.body->thickness_mm = 6;
  PackageFields other = prepare_fields(thick, {coarse_rules}, 1);
  EXPECT_LT(operate(other, thick).heat.temperatures.heat_to_board_W, t.heat_to_board_W);
}

TEST(Board, NothingIsJoinedAfterIt) {
  Package p = mounted_package();
  std::swap(p.assembly[p.assembly.size() - 1], p.assembly[p.assembly.size() - 2]);
  EXPECT_THAT(assembly_fault(p).value_or(""), HasSubstr("after it joins the board"));
  p.board.body.reset();
  EXPECT_FALSE(assembly_fault(p));
}

// --- against CalculiX

/// tests/validation/calculix/board.py.
LiftCase mounted_case_9(const nlohmann::json& row) {
  Package p = case_9(row["core"] == "glass", row["build_up"]);
  p.board.body = BoardBody{fr4, 2, 10, solder, 0.6};
  p.assembly.push_back({Joint::board, 217});
  return {row["core"].get<std::string>() + (row["build_up"] ? ", build-up" : ""), p, 0,
          [](const SolidPath& path) -> const SolidState& { return *path.mounted; }, solve(p).mounted->corner_um};
}

std::vector<LiftRow> calculix_rows() {
  return lift_rows("calculix_board.json", {{"corner", {45, 45}}, {"edge_middle", {45, 0}}, {"die_corner", {15, 15}}},
                   mounted_case_9);
}

const CommittedBlock block{"<!-- board: written by BoardOfCase9 -->\n", "<!-- end of board -->\n"};

TEST(BoardOfCase9, SolidAndPlateAgreeWithCalculiXAndTheCommittedTable) {
  const std::vector<LiftRow> rows = calculix_rows();
  ASSERT_EQ(rows.size(), 12U);
  for (const LiftRow& row : rows) {
    SCOPED_TRACE(row.package + " " + row.place);
    EXPECT_LT(std::abs(row.mesh_moved), 1e-3 * std::abs(row.corner));
    EXPECT_LT(std::abs(share(row.solid, row)), 0.01);
    EXPECT_LT(std::abs(share(row.plate.value_or(row.expected), row)), 0.05);
  }
  EXPECT_EQ(committed(block), lift_table(rows))
      << "run: thermal_tests --gtest_also_run_disabled_tests --gtest_filter='BoardOfCase9.*Rewrite*'";
}

/// Not a test: writes the table into the document.
TEST(BoardOfCase9, DISABLED_RewriteCommittedTable) {
  commit(block, lift_table(calculix_rows()));
}

} // namespace
} // namespace beachfront::thermal
