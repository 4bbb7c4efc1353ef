// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/warpage.hpp"

#include "tests/thermal/validation_materials.hpp"
#include "thermal/interface_stress.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <vector>

namespace beachfront::thermal {
namespace {

TEST(Warpage, OneRingIsTheFreeLaminate) {
  const std::vector<ElasticLayer> layers{cooled(org11, 1.2), cooled(abf, 0.2), cooled(si, 0.775)};
  const Bending bending = free_bending(layers, Constraint::equibiaxial);
  const RingedPlate plate = solve_ringed_plate(std::vector<Ring>{{20, layers}});
  for (const double r : {0.0, 7.0, 20.0, 31.0}) {
    EXPECT_NEAR(deflection_um(plate, r), -bending.curvature_per_mm * r * r / 2 * 1e3, 1e-9) << r;
    EXPECT_NEAR(slope_mrad(plate, r), -bending.curvature_per_mm * r * 1e3, 1e-11) << r;
    EXPECT_NEAR(curvatures(plate, r).radial_per_mm, bending.curvature_per_mm, 1e-15) << r;
    EXPECT_NEAR(curvatures(plate, r).tangential_per_mm, bending.curvature_per_mm, 1e-15) << r;
  }
  const double z_um = 1450;
  const PlateStress stress = stress_MPa(layers[2], plate.rings[0], 12, z_um);
  EXPECT_NEAR(stress.radial_MPa, stress_MPa(layers[2], Constraint::equibiaxial, bending, z_um), 1e-9);
  EXPECT_NEAR(stress.tangential_MPa, stress.radial_MPa, 1e-9);
}

TEST(Warpage, SplittingARingInTwoChangesNothing) {
  const std::vector<ElasticLayer> bare{cooled(org15, 1.2)};
  const std::vector<ElasticLayer> with_die{cooled(org15, 1.2), cooled(uf, 0.1), cooled(si, 0.775)};
  const RingedPlate two = solve_ringed_plate(std::vector<Ring>{{16, with_die}, {50, bare}});
  const RingedPlate four = solve_ringed_plate(std::vector<Ring>{{9, with_die}, {16, with_die}, {31, bare}, {50, bare}});
  for (const double r : {5.0, 12.0, 20.0, 40.0, 60.0})
    EXPECT_NEAR(deflection_um(two, r), deflection_um(four, r), 1e-8 * std::abs(deflection_um(two, r))) << r;
}

TEST(Warpage, BordersCarryForceMomentAndShape) {
  const std::vector<Ring> rings{{15, {cooled(org15, 1.2), cooled(si, 0.775)}},
                                {30, {cooled(org15, 1.2)}},
                                {45, {cooled(org15, 1.2), cooled(cu, 0.3)}}};
  const RingedPlate plate = solve_ringed_plate(rings);
  const auto radial_resultants = [&](std::size_t ring, double r) {
    double force = 0, moment = 0, bottom = 0;
    for (const ElasticLayer& layer : rings[ring].layers) {
      const double low = stress_MPa(layer, plate.rings[ring], r, bottom).radial_MPa;
      const double high = stress_MPa(layer, plate.rings[ring], r, bottom + layer.thickness_um).radial_MPa;
      const double t = layer.thickness_um * 1e-3, z = bottom * 1e-3;
      force += (low + high) / 2 * t;
      moment += (low + high) / 2 * t * z + (low + 2 * high) / 6 * t * t;
      bottom += layer.thickness_um;
    }
    return std::pair(force, moment);
  };
  for (std::size_t i = 0; i + 1 < rings.size(); ++i) {
    const double r = rings[i].outer_radius_mm;
    const auto inside = radial_resultants(i, r), outside = radial_resultants(i + 1, r);
    EXPECT_NEAR(inside.first, outside.first, 1e-9) << i;
    EXPECT_NEAR(inside.second, outside.second, 1e-9) << i;
    EXPECT_NEAR(slope_mrad(plate, r), slope_mrad(plate, r * (1 + 1e-12)), 1e-8) << i;
  }
  const auto rim = radial_resultants(2, 45);
  EXPECT_NEAR(rim.first, 0, 1e-9);
  EXPECT_NEAR(rim.second, 0, 1e-9);
}

TEST(Warpage, DieOfTheSubstratesExpansionDoesNotBendIt) {
  ElasticLayer die = cooled(si, 0.775), core = cooled(exg, 1.2);
  die.thermal_strain = core.thermal_strain;
  const RingedPlate plate = solve_ringed_plate(std::vector<Ring>{{16, {core, die}}, {50, {core}}});
  // Strains of 6e-4 over 50 mm: rounding of the solve stays below 1e-9 um.
  EXPECT_LT(std::abs(deflection_um(plate, 63)), 1e-9);
}

/// Case 9: CalculiX C3D20R, a 30 x 30 x 0.775 mm die on 0.1 mm of underfill on 90 x 90 x 1.2 mm, 220 to 25 C.
struct FiniteElements {
  const geometry::Material& core;
  double corner_um, edge_um, die_corner_um;
  double die_low_MPa, die_high_MPa; ///< at the die's centre, extreme integration points; NAN: not given
  int elements;                     ///< through the die, see below
};

class Case9 : public testing::TestWithParam<FiniteElements> {
protected:
  static RingedPlate plate(double die_radius_mm) {
    const geometry::Material& core = GetParam().core;
    const std::vector<ElasticLayer> bare{cooled(core, 1.2)};
    const std::vector<ElasticLayer> with_die{cooled(core, 1.2), cooled(uf, 0.1), cooled(si, 0.775)};
    return solve_ringed_plate(std::vector<Ring>{{die_radius_mm, with_die}, {equal_area_radius_mm(90 * 90), bare}});
  }
  static double shear_lag_mm() {
    const auto adherend = [](const geometry::Material& m, double thickness_mm) {
      const ElasticLayer layer = cooled(m, thickness_mm);
      return Adherend{layer.thickness_um, layer.youngs_modulus_GPa, layer.poisson_ratio, layer.thermal_strain, 0};
    };
    const BondLayer bond{100, uf.youngs_modulus_GPa, uf.poisson_ratio};
    return 1 / shear_lag({adherend(si, 0.775), bond, adherend(GetParam().core, 1.2), 15}).rate_per_mm;
  }
};

TEST_P(Case9, WarpageWithinTenPerCent) {
  const FiniteElements& fe = GetParam();
  const RingedPlate equal_area = plate(equal_area_radius_mm(30 * 30));
  const RingedPlate shrunk = plate(equal_area_radius_mm(30 * 30) - shear_lag_mm());
  struct Row {
    const char* place;
    double radius_mm, expected_um, tolerance;
  };
  // Three model errors meet: a laminate die engaged up to its edge (docs/facts/thermal.md case 9e: +4 to +13 % on
  // square plates, 1/k shrink +4 to -3 %), the disc in place of the square die, which leaves out the die's far corners,
  // and the disc in place of the square package. The first is opposed to the others, so that the unshrunk disc stays
  // within 10 %; the die's own corner lies where only the first two act and stays within 5 %.
  for (const Row& row : {Row{"corner", 45 * std::sqrt(2.0), fe.corner_um, 0.10}, Row{"edge", 45, fe.edge_um, 0.10},
                         Row{"die corner", 15 * std::sqrt(2.0), fe.die_corner_um, 0.05}}) {
    const double off = deflection_um(equal_area, row.radius_mm) / row.expected_um - 1;
    const double off_shrunk = deflection_um(shrunk, row.radius_mm) / row.expected_um - 1;
    std::printf("%-12s %-10s %+5.1f %%, shrunk by 1/k %+5.1f %%\n", fe.core.name.c_str(), row.place, 100 * off,
                100 * off_shrunk);
    EXPECT_LT(std::abs(off), row.tolerance) << row.place;
    // Less engaged die, less warpage, by not more than the die's relative loss of area.
    EXPECT_LT(off_shrunk, off);
    EXPECT_GT((1 + off_shrunk) / (1 + off), std::pow(1 - shear_lag_mm() / equal_area_radius_mm(30 * 30), 2));
  }
}

TEST_P(Case9, DieStressAtTheCentre) {
  const FiniteElements& fe = GetParam();
  if (std::isnan(fe.die_low_MPa))
    return; // the table has no die stress for this core
  const RingedPlate equal_area = plate(equal_area_radius_mm(30 * 30));
  const ElasticLayer die = cooled(si, 0.775);
  const double low = stress_MPa(die, equal_area.rings[0], 0, 1300).radial_MPa;
  const double high = stress_MPa(die, equal_area.rings[0], 0, 2075).radial_MPa;
  // The table is taken at integration points: with n elements through the die the outermost lie (1 - 1/sqrt(3))/(2n) of
  // its thickness below the faces. n is not in the table; the stresses tell 4 for the standard and 6 for the fine mesh.
  const double inside = (1 - 1 / std::sqrt(3.0)) / (2 * fe.elements);
  // 1.1 MPa: the ring's curvature is up to 0.9 % off over the die's centre, of a bending part of 121 MPa.
  EXPECT_NEAR(low + inside * (high - low), fe.die_low_MPa, 1.1);
  EXPECT_NEAR(high - inside * (high - low), fe.die_high_MPa, 1.1);
}

INSTANTIATE_TEST_SUITE_P(Facts, Case9,
                         testing::Values(FiniteElements{exg, -42.33, -29.33, -14.40, -11.72, -2.64, 6},
                                         FiniteElements{g55, -251.32, -173.42, -81.70, NAN, NAN, 0},
                                         FiniteElements{g83, -502.85, -346.57, -162.31, -79.65, 17.12, 4},
                                         FiniteElements{org11, -811.09, -551.23, -254.80, -98.49, 49.03, 4},
                                         FiniteElements{org15, -1196.91, -813.30, -375.31, -146.83, 78.53, 6}));

TEST(Warpage, RadiiMustGrow) {
  const std::vector<ElasticLayer> bare{cooled(exg, 1.2)};
  EXPECT_THROW(solve_ringed_plate({}), std::invalid_argument);
  EXPECT_THROW(solve_ringed_plate(std::vector<Ring>{{20, bare}, {20, bare}}), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
