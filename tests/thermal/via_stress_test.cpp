// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/via_stress.hpp"

#include "tests/thermal/validation_materials.hpp"
#include "thermal/fracture.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include <cmath>

namespace beachfront::thermal {
namespace {

const geometry::Material silica = elastic_material("fused silica", 72.7, 0.16, 0.55);

TEST(ViaStress, Case13) {
  struct Row {
    const geometry::Material& glass;
    double from_C, to_C, face, inside;
  };
  for (const Row& row : {Row{exg, 220, 25, 120.64833, 177.34673}, Row{exg, 25, 255, -142.30316, -209.17819},
                         Row{g83, 220, 25, 78.96140, 116.52554}, Row{silica, 220, 25, 148.52751, 219.07130}}) {
    const ViaStress face = via_stress(cu, row.glass, ViaDepth::face, row.from_C, row.to_C);
    EXPECT_NEAR(face.radial_MPa, row.face, 6e-6);
    EXPECT_DOUBLE_EQ(face.radial_MPa, via_radial_stress_MPa(cu, row.glass, row.from_C, row.to_C));
    const ViaStress inside = via_stress(cu, row.glass, ViaDepth::inside, row.from_C, row.to_C);
    EXPECT_NEAR(inside.radial_MPa, row.inside, 6e-6);
    EXPECT_DOUBLE_EQ(inside.hoop_MPa, -inside.radial_MPa);
  }
  EXPECT_NEAR(via_stress(cu, exg, ViaDepth::inside, 220, 25).via_axial_MPa, 436.127, 5e-4);
}

/// Radial and axial stress by solving the equations of wall and via as they are written, plastic strain included.
Eigen::Vector3d solve_inside(const geometry::Material& metal, const geometry::Material& glass, double mismatch,
                             double deviator_MPa) {
  const double e = metal.youngs_modulus_GPa * 1e3, nu = metal.poisson_ratio;
  // Unknowns: radial, axial, axial plastic strain (each cross direction takes half of it, with the other sign).
  Eigen::Matrix3d a;
  a << (1 - nu) / e + (1 + glass.poisson_ratio) / (glass.youngs_modulus_GPa * 1e3), -nu / e, -0.5, // hoop strain
      -2 * nu / e, 1 / e, 1,                                                                       // axial strain
      -1, 1, 0;                                                                                    // yield
  return a.partialPivLu().solve(Eigen::Vector3d(-mismatch, -mismatch, deviator_MPa));
}

TEST(ViaStress, YieldingInsideSatisfiesStrainsAndYield) {
  const ViaStress found = via_stress(cu, exg, ViaDepth::inside, 220, 25, 150);
  const Eigen::Vector3d expected = solve_inside(cu, exg, (17 - 3.17) * 1e-6 * -195, 150);
  EXPECT_TRUE(found.yields);
  EXPECT_NEAR(found.radial_MPa, expected[0], 1e-9);
  EXPECT_NEAR(found.via_axial_MPa, expected[1], 1e-9);
  EXPECT_GT(expected[2], 0) << "a via held longer than it wants to be flows longer";
  const ViaStress hot = via_stress(cu, exg, ViaDepth::inside, 25, 255, 150);
  EXPECT_NEAR(hot.via_axial_MPa - hot.radial_MPa, -150, 1e-9);
}

TEST(ViaStress, YieldSetsInWhereElasticStressReachesIt) {
  const ViaStress elastic = via_stress(cu, exg, ViaDepth::inside, 220, 25);
  const double mises = elastic.via_axial_MPa - elastic.radial_MPa;
  EXPECT_FALSE(via_stress(cu, exg, ViaDepth::inside, 220, 25, mises * (1 + 1e-12)).yields);
  const ViaStress just = via_stress(cu, exg, ViaDepth::inside, 220, 25, mises * (1 - 1e-9));
  EXPECT_TRUE(just.yields);
  EXPECT_NEAR(just.radial_MPa, elastic.radial_MPa, 1e-5);
  EXPECT_GT(via_stress(cu, exg, ViaDepth::inside, 220, 25, 100).radial_MPa, elastic.radial_MPa);
  EXPECT_DOUBLE_EQ(via_stress(cu, exg, ViaDepth::face, 220, 25, 100).radial_MPa, 100);
  EXPECT_DOUBLE_EQ(via_stress(cu, exg, ViaDepth::face, 25, 255, 100).hoop_MPa, 100);
}

TEST(ViaStress, LikeMaterialsDoNotConcentrate) {
  const PrincipalInPlane far{40, -10};
  const WallStress wall = wall_stress(exg, exg, ViaDepth::inside, far);
  EXPECT_NEAR(wall.hoop_MPa, 40, 1e-12);
  EXPECT_NEAR(wall.radial_MPa, 40, 1e-12);
}

TEST(ViaStress, AVerySoftViaIsAHole) {
  geometry::Material soft = cu;
  soft.youngs_modulus_GPa = 1e-9;
  for (const ViaDepth depth : {ViaDepth::face, ViaDepth::inside})
    for (const PrincipalInPlane far :
         {PrincipalInPlane{40, -10}, PrincipalInPlane{-5, -30}, PrincipalInPlane{20, 20}}) {
      EXPECT_NEAR(wall_stress(soft, exg, depth, far).hoop_MPa, hole_hoop_MPa(far), 1e-6);
      EXPECT_NEAR(wall_stress(soft, exg, depth, far).radial_MPa, 0, 1e-6);
    }
}

TEST(ViaStress, ARigidViaHasGoodiersRadialStress) {
  // Goodier 1933, uniaxial tension, plane strain: (1 - nu)(5 - 4 nu) / (3 - 4 nu).
  geometry::Material rigid = cu;
  rigid.youngs_modulus_GPa = 1e12;
  const double nu = exg.poisson_ratio;
  EXPECT_NEAR(wall_stress(rigid, exg, ViaDepth::inside, {1, 0}).radial_MPa, (1 - nu) * (5 - 4 * nu) / (3 - 4 * nu),
              1e-9);
}

TEST(ViaStress, FilledCopperConcentratesLittle) {
  // Copper in glass: stiffer than the glass, so the hoop stress stays below the far stress's own and far below a
  // hole's.
  const PrincipalInPlane far{30, 30};
  const WallStress wall = wall_stress(cu, exg, ViaDepth::inside, far);
  EXPECT_LT(wall.hoop_MPa, 30);
  EXPECT_GT(wall.radial_MPa, 30);
  const WallStress sum = wall_stress(via_stress(cu, exg, ViaDepth::inside, 220, 25), wall);
  EXPECT_DOUBLE_EQ(sum.hoop_MPa, wall.hoop_MPa + via_stress(cu, exg, ViaDepth::inside, 220, 25).hoop_MPa);
}

} // namespace
} // namespace beachfront::thermal
