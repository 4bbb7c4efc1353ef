// SPDX-License-Identifier: GPL-3.0-or-later
// A stiffener's ring as bodies of the solid and as a plate on springs: against CalculiX, against what must be so, and
// where it may not stand.
#include "tests/thermal/case_9.hpp"
#include "tests/thermal/committed_block.hpp"
#include "tests/thermal/quarter_and_whole.hpp"
#include "tests/thermal/small_package.hpp"
#include "thermal/mechanics.hpp"
#include "thermal/rim.hpp"
#include "thermal/solid_mechanics.hpp"
#include "thermal/stiffener.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace beachfront::thermal {
namespace {

using testing::HasSubstr;

const geometry::Material steel = elastic_material("steel", 193, 0.29, 17.3);

Mechanics solve(const Package& p) {
  return solve_mechanics(p, {});
}

// --- against CalculiX

/// tests/validation/calculix/stiffener.py.
LiftCase ringed_case_9(const nlohmann::json& row) {
  const bool glass = row["core"] == "glass", build_up = row["build_up"], soft = row["adhesive"] == "soft";
  Package p = case_9(glass, build_up);
  p.stiffener = {steel,
                 geometry::box_around({0, 0}, 84, 84),
                 8,
                 1.5,
                 soft ? elastic_material("soft", 0.005, 0.47, 180) : elastic_material("stiff", 0.358, 0.47, 136),
                 100};
  p.assembly.push_back({Joint::stiffener, 150});
  // Without the ring: CalculiX, docs/facts/mechanics.md 7.
  const double alone_um = glass ? (build_up ? -177.8 : -41.9) : build_up ? -1083.0 : -1198.7;
  return {fmt::format("{}, {} adhesive{}", row["core"].get<std::string>(), row["adhesive"].get<std::string>(),
                      build_up ? ", build-up" : ""),
          p, alone_um, [](const SolidPath& path) -> const SolidState& { return path.room; }, solve(p).room->corner_um};
}

std::vector<LiftRow> calculix_rows() {
  return lift_rows(
      "calculix_stiffener.json",
      {{"corner", {45, 45}}, {"edge_middle", {45, 0}}, {"ring_corner", {34, 34}}, {"die_corner", {15, 15}}},
      ringed_case_9);
}

const CommittedBlock block{"<!-- stiffener: written by StiffenerOnCase9 -->\n", "<!-- end of stiffener -->\n"};

TEST(StiffenerOnCase9, SolidAndPlateAgreeWithCalculiXAndTheCommittedTable) {
  const std::vector<LiftRow> rows = calculix_rows();
  ASSERT_EQ(rows.size(), 32U);
  for (const LiftRow& row : rows) {
    SCOPED_TRACE(row.package + " " + row.place);
    EXPECT_LT(std::abs(row.mesh_moved), 1e-3 * std::abs(row.corner));
    EXPECT_LT(std::abs(share(row.solid, row)), 0.01);
    // Like the lid's: of the bow without the ring, with it, or of what it moves.
    const double scale = std::max({std::abs(row.alone), std::abs(row.corner), std::abs(row.corner - row.alone)});
    EXPECT_LT(std::abs(row.plate.value_or(row.expected) - row.expected), 0.03 * scale);
  }
  EXPECT_EQ(committed(block), lift_table(rows))
      << "run: thermal_tests --gtest_also_run_disabled_tests --gtest_filter='StiffenerOnCase9.*Rewrite*'";
}

/// Not a test: writes the table into the document.
TEST(StiffenerOnCase9, DISABLED_RewriteCommittedTable) {
  commit(block, lift_table(calculix_rows()));
}

// --- what must be so

const geometry::Box ring_outline = geometry::box_around({0, 0}, 38, 38);

/// small_package() with a ring of steel that is joined before the dies.
Package ringed_package() {
  Package p = small_package();
  p.stiffener = {steel, ring_outline, 3, 1.2, elastic_material("adhesive", 0.358, 0.47, 136), 100};
  p.assembly.insert(p.assembly.begin() + 1, {Joint::stiffener, 150});
  return p;
}

TEST(Stiffener, OfTheSubstratesOwnExpansionBendsNothing) {
  Package p = ringed_package();
  p.dies.clear();
  p.engines.clear();
  p.substrate.stack_up = {{"core", exg, 800}};
  p.assembly = {{Joint::substrate, 200}, {Joint::stiffener, 150}};
  p.stiffener->material.cte_ppm_per_K = exg.cte_ppm_per_K;
  // Nothing grows across the adhesive either: then every body shrinks alike.
  p.stiffener->adhesive.cte_ppm_per_K = exg.cte_ppm_per_K;
  const SolidPath path = assemble_solid(p, mesh(p, coarse_rules), 1);
  EXPECT_NEAR(lift_um(path, path.room, {20, 20}), 0, 1e-4);
  EXPECT_NEAR(solve(p).room->corner_um, 0, 1e-6);
  p.stiffener->material.cte_ppm_per_K = steel.cte_ppm_per_K;
  EXPECT_GT(solve(p).room->corner_um, 100) << "a ring that shrinks more on the die side pulls the rim up";
}

TEST(Stiffener, PlateChangesTheBowAsTheSolid) {
  const Package bare = small_package();
  for (const double adhesive_GPa : {0.005, 0.358, 3.0}) {
    Package p = ringed_package();
    p.stiffener->adhesive.youngs_modulus_GPa = adhesive_GPa;
    SCOPED_TRACE(adhesive_GPa);
    const GridRules rules{1, 4, 2, 0, 1300};
    const SolidPath with = assemble_solid(p, mesh(p, rules), 1), none = assemble_solid(bare, mesh(bare, rules), 1);
    const Mechanics plate = solve(p), alone = solve(bare);
    const auto changed = [&](const SolidState& a, const SolidState& b) {
      return lift_um(with, a, {20, 20}) - lift_um(none, b, {20, 20});
    };
    const double room = changed(with.room, none.room), reflow = changed(*with.reflow, *none.reflow);
    std::printf("adhesive %g GPa: room %.1f um (solid %.1f), reflow %.1f (%.1f)\n", adhesive_GPa,
                plate.room->corner_um - alone.room->corner_um, room, plate.reflow->corner_um - alone.reflow->corner_um,
                reflow);
    EXPECT_NEAR(plate.room->corner_um - alone.room->corner_um, room, 0.07 * std::abs(room));
    EXPECT_NEAR(plate.reflow->corner_um - alone.reflow->corner_um, reflow, 0.1 * std::abs(reflow));
  }
}

TEST(Stiffener, AdhesiveIsShearedWhereRingAndSubstrateShrinkApart) {
  Package p = ringed_package();
  p.cooling.lid = reference_package(eagle_glass()).cooling.lid;
  p.cooling.lid.plates = {geometry::box_around({0, 0}, 31, 31)};
  PackageFields fields = prepare_fields(p, {coarse_rules}, 1);
  const FieldOperation operation = operate(fields, p);
  const Mechanics m = field_mechanics(fields, p, operation);
  ASSERT_TRUE(m.stiffener_joint);
  EXPECT_GT(m.stiffener_joint->peak_shear_MPa, 1);
  EXPECT_FALSE(m.lid_joint) << "no foot";
  Package alike = p;
  alike.stiffener->material.cte_ppm_per_K = 4; // nearer to what it stands on
  PackageFields calm = prepare_fields(alike, {coarse_rules}, 1);
  const FieldOperation other = operate(calm, alike);
  EXPECT_LT(field_mechanics(calm, alike, other).stiffener_joint->peak_shear_MPa, m.stiffener_joint->peak_shear_MPa);
}

TEST(Stiffener, NothingChangesBeforeItsStepNorWithoutIt) {
  const Package bare = small_package();
  Package last = bare;
  last.stiffener = ringed_package().stiffener;
  last.stiffener->adhesive.glass_transition_C = 120; // near those of films that pass together
  const Mechanics a = solve(bare), never = solve(last);
  EXPECT_EQ(never.room->corner_um, a.room->corner_um);
  last.assembly.insert(last.assembly.end() - 1, {Joint::stiffener, 150});
  const Mechanics b = solve(last);
  ASSERT_EQ(b.steps.size(), a.steps.size() + 1);
  for (std::size_t i = 0; i < 4; ++i) // but for the planes of the mesh at the ring's edges
    EXPECT_NEAR(b.steps[i].warpage.corner_um, a.steps[i].warpage.corner_um, 0.01 * std::abs(a.room->corner_um)) << i;
  EXPECT_GT(std::abs(b.room->corner_um - a.room->corner_um), 10);
}

TEST(Stiffener, QuarterWholeAndUnfoldedAgreeWithTheLidToo) {
  Package p = ringed_package();
  p.cooling.lid = {body("copper", 117, 0.34, 16.9, 390), 3, {geometry::box_around({0, 0}, 31, 31)}, steel, 0, 100};
  p.assembly.insert(p.assembly.end() - 1, {Joint::lid, 150});
  ASSERT_TRUE(stiffener_in_the_way(p).empty());
  expect_quarter_whole_and_unfolded_agree(p, &PlateAssembly::room);
  Package crooked = p;
  crooked.stiffener->outline = geometry::box_around({0.5, 0}, 38, 38);
  const std::vector<double> even(5, 25);
  EXPECT_FALSE(symmetric_in_x(crooked, even, 1e-6));
  EXPECT_TRUE(symmetric_in_y(crooked, even, 1e-6));
}

// --- bodies, and where they may stand

TEST(Stiffener, IsFourBarsOnTheirAdhesive) {
  const Package p = ringed_package();
  double ring_mm3 = 0, adhesive_mm3 = 0, top_mm = 0;
  for (const Body& body : bodies(p)) {
    const double mm3 = body.outline.area_mm2() * (body.top_mm - body.bottom_mm);
    if (body.part == Part::stiffener)
      ring_mm3 += mm3;
    if (body.part == Part::stiffener_adhesive)
      adhesive_mm3 += mm3;
    if (body.part == Part::ply)
      top_mm = std::max(top_mm, body.top_mm);
    if (body.part == Part::stiffener) {
      EXPECT_NEAR(body.bottom_mm, top_mm + 0.1, 1e-12);
    }
  }
  const double area_mm2 = 38 * 38 - 32 * 32;
  EXPECT_NEAR(ring_mm3, 1.2 * area_mm2, 1e-9);
  EXPECT_NEAR(adhesive_mm3, 0.1 * area_mm2, 1e-9);
  EXPECT_TRUE(body_faults(bodies(p)).empty());
}

std::vector<std::string> in_the_way(const Package& p) {
  std::vector<std::string> names;
  for (const geometry::Violation& violation : stiffener_in_the_way(p)) {
    EXPECT_EQ(violation.rule, "stiffener_clear");
    EXPECT_THAT(violation.message, HasSubstr(violation.where));
    names.push_back(violation.where);
  }
  return names;
}

TEST(Stiffener, StandsClearOfDiesEnginesAndLid) {
  Package p = ringed_package();
  EXPECT_THAT(in_the_way(p), testing::IsEmpty());
  p.engines[0].name = "E00";
  p.engines[0].outline = geometry::box_around({0, 14}, 6, 4); // to 16 mm, where the ring begins
  EXPECT_THAT(in_the_way(p), testing::ElementsAre("E00"));
  p.dies[0].outline = geometry::box_around({0, 0}, 33, 10);
  EXPECT_THAT(in_the_way(p), testing::ElementsAre("die", "E00"));
  EXPECT_EQ(solve_temperature(p).violations.front().rule, "lid_covers_source"); // no lid: that is told first
}

TEST(Stiffener, MayLieUnderALidThatItDoesNotTouch) {
  Package p = ringed_package();
  p.cooling.lid = {body("copper", 117, 0.34, 16.9, 390), 3, {geometry::box_around({0, 0}, 40, 40)}, steel, 0, 100};
  const double underside_mm = 0.1 + 0.775 + 0.2; // of joint, die and film
  p.stiffener->thickness_mm = underside_mm - 0.1 - 0.01;
  EXPECT_THAT(in_the_way(p), testing::IsEmpty());
  p.stiffener->thickness_mm = underside_mm - 0.1;
  EXPECT_THAT(in_the_way(p), testing::ElementsAre("lid"));
  EXPECT_EQ(solve_temperature(p).violations.front().rule, "stiffener_clear");
  p.stiffener->thickness_mm = 0.5;
  p.cooling.lid.foot_width_mm = 2; // from 18 to 20 mm
  EXPECT_THAT(in_the_way(p), testing::ElementsAre("lid seal", "lid foot"));
  EXPECT_NEAR(std::abs(stiffener_in_the_way(p).front().place.y_mm), 18.5, 1e-9) << "where they meet";
}

TEST(Stiffener, AssemblyThatCannotBeIsTold) {
  Package p = ringed_package();
  p.stiffener.reset();
  EXPECT_THAT(assembly_fault(p).value_or(""), HasSubstr("substrate.stiffener"));
  p = ringed_package();
  p.cooling.lid.plates = {geometry::box_around({0, 0}, 40, 40)};
  p.assembly = {{Joint::substrate, 200}, {Joint::lid, 150}, {Joint::stiffener, 150}};
  EXPECT_THAT(assembly_fault(p).value_or(""), HasSubstr("the lid before what lies under it"));
  p.cooling.lid.plates = {geometry::box_around({0, 0}, 30, 30)}; // inside the ring
  EXPECT_FALSE(assembly_fault(p));
}

} // namespace
} // namespace beachfront::thermal
