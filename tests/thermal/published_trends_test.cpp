// SPDX-License-Identifier: GPL-3.0-or-later
// What has been published of glass against organic cores (docs/facts/thermal.md sections 0 and 3), as far as closed
// forms reach: sign always, size where the source gives one. Where theory and source differ in size the test holds
// theory's size and says why.
#include "ringed_plate.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/edge_flaw.hpp"
#include "thermal/fracture.hpp"
#include "thermal/interface_stress.hpp"
#include "thermal/laminate.hpp"
#include "thermal/solder.hpp"
#include "thermal/splitting.hpp"
#include "thermal/via_stress.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace beachfront::thermal {
namespace {

/// A glass of this expansion, else like the 8.3 ppm/K one.
geometry::Material glass(double cte_ppm) {
  return elastic_material("glass", 77, 0.22, cte_ppm);
}

/// Peak shear under a 10 mm die of 2.7 ppm/K on 0.3 mm of this glass.
double die_side_MPa(const geometry::Material& core) {
  const auto plate = [](const geometry::Material& m, double thickness_mm) {
    const ElasticLayer l = cooled(m, thickness_mm);
    return Adherend{l.thickness_um, l.youngs_modulus_GPa, l.poisson_ratio, l.thermal_strain, 0};
  };
  const geometry::Material die = elastic_material("die", 130, 0.28, 2.7);
  return std::abs(shear_lag({plate(die, 0.5), {50, 8, 0.33}, plate(core, 0.3), 5}).peak_shear_MPa);
}

double board_side_strain(const geometry::Material& core) {
  return shear_strain_range(12, (16 - core.cte_ppm_per_K) * 1e-6 * 100, 0.3);
}

TEST(PublishedTrends, OptimalExpansionLiesBetweenSiliconAndBoard) {
  // Tung et al., ECTC 2011: about 8.3 ppm/K is least for both sides of a glass interposer (die 2.7, board 16 ppm/K).
  // Each side in units of its worst; the best glass evens them out. Without bending of the board and creep of the
  // solder, which relieve the board side, the optimum of the closed forms is the middle, 9.35: sign and within 1.5
  // ppm/K.
  double best_ppm = 0, best = INFINITY;
  for (double ppm = 2.7; ppm < 16; ppm += 0.05) {
    const double worse = std::max(die_side_MPa(glass(ppm)) / die_side_MPa(glass(16)),
                                  board_side_strain(glass(ppm)) / board_side_strain(glass(2.7)));
    if (worse < best) {
      best = worse;
      best_ppm = ppm;
    }
  }
  EXPECT_NEAR(best_ppm, 8.3, 1.5);
  EXPECT_LT(best, 0.6) << "both sides gain";
  EXPECT_LT(die_side_MPa(glass(3.2)), die_side_MPa(glass(8.3)));
  EXPECT_LT(die_side_MPa(glass(8.3)), die_side_MPa(glass(15)));
  EXPECT_GT(board_side_strain(glass(3.2)), board_side_strain(glass(8.3)));
}

/// Dielectric and half-patterned copper as one (docs/facts/thermal.md 1.3).
const geometry::Material patterned = elastic_material("build-up", 23.7, 0.30, 20.9);

/// Corner below centre of 90 mm of this core under the 30 mm die of case 9, by the ringed plate.
double corner_um(const geometry::Material& core, double build_up_mm, const geometry::Material& build_up = patterned) {
  std::vector<ElasticLayer> bare{cooled(core, 1.2)};
  if (build_up_mm > 0)
    bare = {cooled(build_up, build_up_mm), cooled(core, 1.2), cooled(build_up, build_up_mm)};
  std::vector<ElasticLayer> with_die = bare;
  with_die.push_back(cooled(uf, 0.1));
  with_die.push_back(cooled(si, 0.775));
  const auto radius_mm = [](double area_mm2) { return std::sqrt(area_mm2 / std::numbers::pi); };
  return solve_two_rings(radius_mm(900), with_die, radius_mm(8100), bare).deflection_um(45 * std::sqrt(2));
}

TEST(PublishedTrends, LowExpansionGlassBendsTwentyEightTimesLess) {
  // Finding 1 (finite elements): bare die on 90 mm, 42 against 1197 um. A plate is 12.6 % high for EAGLE XG and 4.2 %
  // for the organic (case 9e); the difference of a square and a disc is allowed as much again.
  EXPECT_NEAR(corner_um(org15, 0) / corner_um(exg, 0) / 28.3, 1, 0.17);
}

TEST(PublishedTrends, BuildUpTakesMostOfTheAdvantage) {
  // Finding 1: with 0.2 mm of build-up on either side the ratio falls to about 6. CalculiX (docs/facts/mechanics.md 5)
  // says that this is a build-up of half copper, 178.1 against 1082.9 um; under neat ABF, five times softer, 107.2
  // against 1173.3 um. The ringed plate is held to 10 % of each.
  EXPECT_NEAR(corner_um(exg, 0.2) / -178.1, 1, 0.10);
  EXPECT_NEAR(corner_um(org15, 0.2) / -1082.9, 1, 0.10);
  EXPECT_NEAR(corner_um(exg, 0.2, abf) / -107.2, 1, 0.10);
  EXPECT_NEAR(corner_um(org15, 0.2, abf) / -1173.3, 1, 0.10);
}

TEST(PublishedTrends, AlkaliGlassLiesBetweenAlkaliFreeGlassAndOrganic) {
  // Case 9: 42, 251, 503, 811, 1197 um.
  EXPECT_GT(corner_um(exg, 0), corner_um(g55, 0));
  EXPECT_GT(corner_um(g55, 0), corner_um(g83, 0));
  EXPECT_GT(corner_um(g83, 0), corner_um(org11, 0));
  EXPECT_GT(corner_um(org11, 0), corner_um(org15, 0));
  EXPECT_NEAR(corner_um(g83, 0) / corner_um(org15, 0), 502.85 / 1196.91, 0.05);
}

std::vector<ElasticLayer> cored(double core_mm, const geometry::Material& build_up, double build_up_mm) {
  return {cooled(build_up, build_up_mm), cooled(exg, core_mm), cooled(build_up, build_up_mm)};
}

TEST(PublishedTrends, ThickBuildUpSplitsGlassFromDicingFlaws) {
  // Sony, ICEP 2024: build-up thickness drives the splitting of glass cores; McCann et al. (Georgia Tech, AGC): dicing
  // flaws under the pull of polymer and copper start it, and dielectrics of low expansion help.
  const double limit = release_rate_limit_J_per_m2(0.75, 73.6, 0.23);
  const auto harmless_um = [&](const std::vector<ElasticLayer>& layers) {
    return critical_split_flaw_um(layers, 1, limit);
  };
  EXPECT_EQ(harmless_um(cored(0.8, abf, 0.1)), INFINITY);
  EXPECT_GT(harmless_um(cored(0.8, abf, 0.2)), harmless_um(cored(0.8, abf, 0.3)));
  EXPECT_GT(flaw_splitting_J_per_m2(cored(0.8, abf, 0.2), 1, 50),
            2 * flaw_splitting_J_per_m2(cored(0.8, abf, 0.2), 1, 20));
  const geometry::Material low = elastic_material("low-expansion film", 5, 0.30, 20);
  EXPECT_LT(flaw_splitting_J_per_m2(cored(0.8, low, 0.2), 1, 50),
            0.3 * flaw_splitting_J_per_m2(cored(0.8, abf, 0.2), 1, 50));
}

TEST(PublishedTrends, ThickerCoreSplitsLess) {
  // Intel, NEPCON Japan 2026: two plies of 800 um and no splitting.
  EXPECT_LT(splitting_J_per_m2(cored(1.6, abf, 0.2), 1000), splitting_J_per_m2(cored(0.8, abf, 0.2), 600) / 2);
}

TEST(PublishedTrends, HeatingOpensRadialCracksRoundViasAndCoolingCircumferentialOnes) {
  // Okoro (Corning), ECTC 2021.
  for (const ViaDepth depth : {ViaDepth::face, ViaDepth::inside}) {
    EXPECT_GT(via_stress(cu, exg, depth, 25, 255).hoop_MPa, 0);
    EXPECT_LT(via_stress(cu, exg, depth, 25, 255).radial_MPa, 0);
    EXPECT_GT(via_stress(cu, exg, depth, 220, 25).radial_MPa, 0);
    EXPECT_LT(via_stress(cu, exg, depth, 220, 25).hoop_MPa, 0);
  }
}

TEST(PublishedTrends, DrilledGlassIsWeakerButNotByTheHolesFactor) {
  // Tung et al.: the strength of drilled glass in four-point bending falls by 10 to 30 % with via density. A hole
  // triples the stress; that the loss is not two thirds says that the walls of holes hold much shallower flaws than the
  // cut edge, which breaks otherwise. A wall flaw that breaks at the observed loss, in three times the stress, is this
  // deep:
  const EdgeFinish& edge = edge_finishes[0];
  const double wall_um =
      critical_depth_um(straight_edge_crack_factor, 0.75, hole_hoop_MPa({0.8 * edge.strength.characteristic_MPa, 0}));
  EXPECT_GT(wall_um, 2);
  EXPECT_LT(wall_um, edge.flaw_depth_um / 4);
  // A via filled with bonded copper hardly concentrates.
  EXPECT_LT(wall_stress(cu, exg, ViaDepth::inside, {1, 0}).hoop_MPa, 1.3);
}

TEST(PublishedTrends, HighExpansionGlassLivesLongerOnTheBoard) {
  // Georgia Tech, 18.4 mm glass packages soldered to the board: 9.8 ppm/K lives where 3.8 ppm/K needs a collar.
  const SolderService service{0.25, -40, 125, 15, 24, 1};
  const BallGrid grid{{{-9.2, -9.2}, {9.2, 9.2}}, 0.4, 0.4};
  const auto corner = [&](double ppm) { return joint_rows(grid, (16 - ppm) * 1e-6 * 165, sac305, service).front(); };
  EXPECT_NEAR(corner(3.8).strain_range / corner(9.8).strain_range, 12.2 / 6.2, 1e-9);
  EXPECT_GT(*corner(9.8).cycles, 3 * *corner(3.8).cycles);
}

TEST(PublishedTrends, GlassPackageIsNotAsStiffToTheBoardAsBareGlass) {
  // docs/facts/thermal.md 1.3: build-up raises the package's expansion, 3.17 to 5.84 ppm/K, and the joints gain.
  const geometry::Material build_up = elastic_material("build-up", 23.7, 0.30, 20.9);
  const std::vector<ElasticLayer> package{cooled(build_up, 0.3, 100), cooled(exg, 1.2, 100),
                                          cooled(build_up, 0.3, 100)};
  const double expansion = effective_plate(package).free_strain;
  EXPECT_NEAR(shear_strain_range(67.9, 16e-4 - expansion, 0.4) / shear_strain_range(67.9, 16e-4 - 3.17e-4, 0.4),
              (16 - 5.84) / (16 - 3.17), 1e-3);
}

} // namespace
} // namespace beachfront::thermal
