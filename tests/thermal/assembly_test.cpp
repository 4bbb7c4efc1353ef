// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"
#include "thermal/transitions.hpp"

#include "tests/thermal/reference_package.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace beachfront::thermal {
namespace {

double corner_um(const PlateAssembly& assembly, const PlateField& field) {
  const auto w = [&](double x, double y) { return deflection(assembly.plan.mesh, field, {x, y}).w_mm * 1e3; };
  return (w(55, 55) + w(-55, 55) + w(55, -55) + w(-55, -55)) / 4 - w(0, 0);
}

TEST(PlatePlan, CellsShareOutTheBodies) {
  const geometry::Box substrate = geometry::box_around({0, 0}, 40, 40);
  const std::vector<Footprint> bodies{
      {geometry::box_around({1, 2}, 12, 8), geometry::box_around({1, 2}, 11, 7)},
      {geometry::box_around({-9, 2}, 6.3, 5), geometry::box_around({-9, 2}, 5, 4)},
      {geometry::box_around({10, -10}, 4, 4), geometry::Box{{10, -10}, {10, -10}}},
  };
  const PlatePlan plan = plate_plan(substrate, bodies, false, false);
  std::vector<double> engaged(3, 0), outline(3, 0);
  for (std::size_t j = 0; j < plan.mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < plan.mesh.cells_x(); ++i)
      for (const PlatePlan::Cover& cover : plan.cells[plan.mesh.cell(i, j)]) {
        const double area = (plan.mesh.x_mm[i + 1] - plan.mesh.x_mm[i]) * (plan.mesh.y_mm[j + 1] - plan.mesh.y_mm[j]);
        engaged[cover.body] += cover.engaged * area;
        outline[cover.body] += cover.outline * area;
      }
  EXPECT_NEAR(engaged[0], 77, 1e-9);
  EXPECT_NEAR(outline[0], 96, 1e-9);
  EXPECT_NEAR(engaged[1], 20, 1e-9);
  EXPECT_NEAR(outline[1], 31.5, 1e-9);
  EXPECT_EQ(engaged[2] + outline[2], 0) << "a body without an engaged part is left out";
}

TEST(PlatePlan, SymmetryIsOfPlacesSizesMaterialsAndTemperatures) {
  Package p = reference_package(alkali_glass());
  std::vector<double> even(25, 60.0);
  EXPECT_TRUE(symmetric_in_x(p, even, 1e-6) && symmetric_in_y(p, even, 1e-6));
  even[24] = 61; // west
  EXPECT_FALSE(symmetric_in_x(p, even, 1e-6));
  even[24] = 60;
  p.dies[1].thickness_um = 700;
  EXPECT_FALSE(symmetric_in_x(p, even, 1e-6));
  p = reference_package(alkali_glass());
  p.dies[0].outline = geometry::box_around({0, 0.5}, 26, 32);
  EXPECT_TRUE(symmetric_in_x(p, even, 1e-6));
  EXPECT_FALSE(symmetric_in_y(p, even, 1e-6));
}

TEST(Stack, ShearComplianceOfPlies) {
  const geometry::Material core = body("core", 70, 0.25, 5, 1); // G 28 GPa
  EXPECT_NEAR(shear_compliance_um_per_GPa({{core, 1200}}, 25, 25), 1200 / (3 * 28.0), 1e-12);
  EXPECT_NEAR(shear_compliance_um_per_GPa({{core, 300}, {core, 900}}, 25, 25), 1200 / (3 * 28.0), 1e-12);
  // A film that is thin and soft carries nearly all of the force on, its whole thickness over its own modulus; the
  // film in a patterned pair counts with its own modulus, the rest of the pair with that of the pair.
  const geometry::Material film = body("film", 0.26, 0.3, 20, 1); // G 0.1 GPa
  const double soft = shear_compliance_um_per_GPa({{core, 1200}, {film, 1}}, 25, 25) - 1200 / (3 * 28.0);
  EXPECT_NEAR(soft, 1 / 0.1, 1e-4 * soft);
  const double pair = shear_compliance_um_per_GPa({{core, 1200}, {core, 3, film, 1}}, 25, 25);
  const double share = 1200.0 / 1203;
  EXPECT_NEAR(pair, 1200 / (3 * 28.0) * share * share + (2 / 28.0 + 1 / 0.1) * (share * share + share + 1) / 3, 1e-9);
}

TEST(Assembly, QuarterHalfAndWholeAgree) {
  const Package p = reference_package(alkali_glass());
  const PlateAssembly quarter = assemble_plate(p, true, true), half = assemble_plate(p, true, false),
                      whole = assemble_plate(p, false, false);
  const double corner = corner_um(quarter, quarter.room.since_birth);
  // Without a plane of symmetry the mesh has no plane in the middle: within the error of the mesh, 0.4 %.
  EXPECT_NEAR(corner_um(half, half.room.since_birth), corner, 1e-3 * std::abs(corner));
  EXPECT_NEAR(corner_um(whole, whole.room.since_birth), corner, 1e-3 * std::abs(corner));
  ASSERT_EQ(quarter.steps.size(), p.assembly.size());
  for (std::size_t i = 0; i < quarter.steps.size(); ++i)
    EXPECT_NEAR(corner_um(whole, whole.steps[i].since_birth), corner_um(quarter, quarter.steps[i].since_birth),
                1e-3 * std::abs(corner));
}

TEST(Assembly, TheUsualMeshIsWithinOnePerCentOfAFineOne) {
  const Package p = reference_package(alkali_glass());
  PlateRules fine;
  fine.edge_mm = 1;
  fine.growth = 2;
  fine.largest_mm = 4;
  fine.merge_mm = 0.1;
  const PlateAssembly usual = assemble_plate(p, true, true), reference = assemble_plate(p, true, true, fine);
  for (const auto state : {&PlateAssembly::reflow, &PlateAssembly::room}) {
    const double exact = corner_um(reference, (reference.*state).since_birth);
    const double off = corner_um(usual, (usual.*state).since_birth) / exact - 1;
    std::printf("corner %.2f um, usual mesh %+.2f %% (%zu against %zu unknowns)\n", exact, 100 * off,
                unknowns(*usual.uppers[usual.finished].system), unknowns(*reference.uppers[reference.finished].system));
    EXPECT_LT(std::abs(off), 0.01);
  }
}

TEST(Assembly, AFactorServesEveryStateOfOneStiffness) {
  // With engines: below 105 C, to 111, to 115, to 153, to 217 C; room, idle and the board's step as reflow.
  const Package p = reference_package(alkali_glass());
  PlateRules every_transition;
  every_transition.same_transition_K = 0;
  EXPECT_EQ(assemble_plate(p, true, true, every_transition).factors.size(), 5U);
  // 105, 111 and 115 C in one at 110.3.
  EXPECT_EQ(assemble_plate(p, true, true).factors.size(), 3U);
}

TEST(Assembly, NearTransitionsInOneMoveNoStateByMoreThanThreeThousandthsOfTheGreatestWarpage) {
  // docs/theory-thermal.md states the difference; the plate with all transitions on its way is the exact one.
  PlateRules every_transition;
  every_transition.same_transition_K = 0;
  for (const geometry::Material& core : {alkali_glass(), core_705g()})
    for (const bool lidded : {false, true}) {
      Package p = reference_package(core);
      if (lidded)
        p.assembly.insert(p.assembly.end() - 1, {Joint::lid, 150});
      const PlateAssembly merged = assemble_plate(p, true, true),
                          exact = assemble_plate(p, true, true, every_transition);
      double greatest = std::abs(corner_um(exact, exact.room.since_birth));
      for (const StepState& step : exact.steps)
        greatest = std::max(greatest, std::abs(corner_um(exact, step.since_birth)));
      for (const auto state : {&PlateAssembly::reflow, &PlateAssembly::room, &PlateAssembly::idle}) {
        const double all = corner_um(exact, (exact.*state).since_birth);
        const double found = corner_um(merged, (merged.*state).since_birth);
        std::printf("corner %.3f um, transitions merged %+.2f %%\n", all, 100 * (found / all - 1));
        EXPECT_NEAR(found, all, 0.003 * greatest) << core.name << lidded;
      }
    }
}

TEST(Assembly, TransitionsFarApartStayTheirOwn) {
  Package p = reference_package(alkali_glass());
  for (SubstrateLayer& layer : p.substrate.stack_up)
    layer.material.glass_transition_C = std::nullopt;
  p.die_joint.underfill.glass_transition_C = 110;
  p.engine_joint.material.glass_transition_C = 124.9;
  p.cooling.lid.seal.glass_transition_C = 125;
  const Package unlidded = with_merged_transitions(p, 15);
  EXPECT_DOUBLE_EQ(*unlidded.die_joint.underfill.glass_transition_C, (110 + 124.9) / 2);
  EXPECT_DOUBLE_EQ(*unlidded.engine_joint.material.glass_transition_C, (110 + 124.9) / 2);
  EXPECT_EQ(unlidded.cooling.lid.seal.glass_transition_C, 125);
  EXPECT_FALSE(unlidded.substrate.stack_up.front().material.glass_transition_C);
  // 15 K above the lowest of a group a new one begins.
  p.assembly.insert(p.assembly.end() - 1, {Joint::lid, 150});
  EXPECT_EQ(with_merged_transitions(p, 15).cooling.lid.seal.glass_transition_C, 125);
  p.die_joint.underfill.glass_transition_C = 115;
  EXPECT_DOUBLE_EQ(*with_merged_transitions(p, 15).cooling.lid.seal.glass_transition_C, (115 + 124.9 + 125) / 3);
}

TEST(Assembly, BodiesHoldNoStressAtTheirJoint) {
  Package p = reference_package(alkali_glass());
  p.assembly = {{Joint::substrate, 200}, {Joint::die, 217}};
  p.operation.idle_C = 217;
  const PlateAssembly assembly = assemble_plate(p, true, true);
  const std::size_t die = 2 * assembly.glass_plies.size();
  for (const WatchedPlace& place : assembly.places)
    if (place.die) {
      const InPlaneStress* joined = assembly.idle.stresses.data() + place.first_stress + die;
      const InPlaneStress* cold = assembly.room.stresses.data() + place.first_stress + die;
      EXPECT_EQ(joined[0].x_MPa, 0);
      EXPECT_EQ(joined[1].x_MPa, 0);
      // Cooled, the die is pressed by a substrate that shrinks more and bent over it.
      if (*place.die == 0) {
        EXPECT_LT(cold[0].x_MPa, -20);
      }
      EXPECT_GT(cold[1].x_MPa, cold[0].x_MPa);
    }
}

TEST(Assembly, SectionsCarryNoForce) {
  // Without loads a column of cells carries no force across: stretching it as a whole does no work, and that is among
  // the plate's own shapes, so it holds to rounding.
  Package p = reference_package(alkali_glass());
  p.substrate.stack_up = {{"core", alkali_glass(), 1200}};
  p.dies = {p.dies[0]};
  p.engines.clear();
  p.assembly = {{Joint::substrate, 200}, {Joint::die, 217}};
  const PlateAssembly assembly = assemble_plate(p, true, true);
  const PlateMesh& mesh = assembly.plan.mesh;
  const PlateLayer core = plate_layer({1200, 72.9, 0.208, 7.2e-6 * (25 - 200)}, 0);
  constexpr double gauss = 0.21132486540518713; // exact for the strain, cubic at most
  int bare_columns = 0;
  for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
    double force = 0, size = 0;
    for (std::size_t j = 0; j < mesh.cells_y(); ++j)
      for (const double x : {gauss, 1 - gauss})
        for (const double y : {gauss, 1 - gauss}) {
          const PlateStrain strain = plate_strain(mesh, assembly.room.since_birth, i, j, x, y);
          const double part = stress_MPa(core, strain, 600).x_MPa * (mesh.y_mm[j + 1] - mesh.y_mm[j]);
          force += part;
          size += std::abs(part);
        }
    if (mesh.x_mm[i] < 13)
      continue; // under the die
    ++bare_columns;
    EXPECT_GT(size, 0);
    EXPECT_LT(std::abs(force), 1e-6 * size) << i;
  }
  EXPECT_GT(bare_columns, 1);
}

} // namespace
} // namespace beachfront::thermal
