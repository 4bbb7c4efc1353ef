// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/mixture.hpp"

#include "tests/thermal/validation_materials.hpp"

#include <gtest/gtest.h>

namespace beachfront::thermal {
namespace {

geometry::Material dielectric(double modulus_GPa, double cte_ppm) {
  geometry::Material m = elastic_material("dielectric", modulus_GPa, 0.3, cte_ppm);
  m.conductivity_xy_W_per_mK = m.conductivity_z_W_per_mK = 0.4;
  return m;
}

geometry::Material copper() {
  geometry::Material m = cu;
  m.conductivity_xy_W_per_mK = m.conductivity_z_W_per_mK = 390;
  return m;
}

struct PairCase {
  double modulus_GPa, cte_ppm, copper_fraction, pair_modulus_GPa, pair_cte_ppm;
};

class PatternedPair : public testing::TestWithParam<PairCase> {};

TEST_P(PatternedPair, HasTheSourcedModulusAndExpansion) {
  const PairCase& c = GetParam();
  const geometry::Material pair =
      patterned_pair(dielectric(c.modulus_GPa, c.cte_ppm), 30, copper(), 15, c.copper_fraction);
  // Half a unit of the last printed digit.
  EXPECT_NEAR(pair.youngs_modulus_GPa, c.pair_modulus_GPa, 0.0501);
  EXPECT_NEAR(pair.cte_ppm_per_K, c.pair_cte_ppm, 0.0501);
}

// docs/facts/thermal.md 1.3: GX92, GX-T31, GL102, 30 um of film with 15 um of copper.
INSTANTIATE_TEST_SUITE_P(Facts, PatternedPair,
                         testing::Values(PairCase{5, 39, 0.30, 16.2, 23.1}, PairCase{5, 39, 0.50, 23.7, 20.9},
                                         PairCase{5, 39, 0.75, 33.0, 19.5}, PairCase{7.5, 23, 0.30, 18.5, 19.2},
                                         PairCase{7.5, 23, 0.50, 25.8, 18.5}, PairCase{7.5, 23, 0.75, 34.9, 18.0},
                                         PairCase{13, 20, 0.30, 23.4, 18.5}, PairCase{13, 20, 0.50, 30.3, 18.1},
                                         PairCase{13, 20, 0.75, 39.0, 17.8}));

TEST(Mixture, PatternedPairConducts) {
  for (const auto& [fraction, in_plane] : {std::pair{0.30, 39.0}, {0.50, 65.0}, {0.75, 98.0}}) {
    const geometry::Material pair = patterned_pair(dielectric(5, 39), 30, copper(), 15, fraction);
    EXPECT_NEAR(pair.conductivity_xy_W_per_mK, in_plane, 0.501);
    EXPECT_NEAR(pair.conductivity_z_W_per_mK, 0.60, 0.00501);
  }
}

TEST(Mixture, CoreWithVias) {
  geometry::Material core = exg;
  core.conductivity_xy_W_per_mK = core.conductivity_z_W_per_mK = 1.1;
  struct Row {
    double fraction, across, in_plane, cte;
  };
  for (const Row& row : {Row{0.005, 3.05, 1.11, 3.28}, Row{0.01, 4.99, 1.12, 3.39}, Row{0.02, 8.88, 1.14, 3.61},
                         Row{0.05, 20.5, 1.22, 4.24}}) {
    const geometry::Material mixed = core_with_vias(core, copper(), row.fraction);
    // One unit of the last printed digit: the table rounds 3.0445 up.
    EXPECT_NEAR(mixed.conductivity_z_W_per_mK, row.across, row.fraction < 0.05 ? 0.01 : 0.1);
    EXPECT_NEAR(mixed.conductivity_xy_W_per_mK, row.in_plane, 0.01);
    EXPECT_NEAR(mixed.cte_ppm_per_K, row.cte, 0.01);
  }
}

TEST(Mixture, KeepsTheMatrixTransitionAndToughness) {
  geometry::Material film = dielectric(13, 20);
  film.glass_transition_C = 153;
  film.youngs_modulus_above_tg_GPa = 1;
  film.cte_above_tg_ppm_per_K = 49;
  film.fracture_toughness_MPa_sqrt_m = 0.75;
  const geometry::Material pair = patterned_pair(film, 30, copper(), 15, 0.5);
  EXPECT_EQ(pair.glass_transition_C, 153);
  EXPECT_EQ(pair.fracture_toughness_MPa_sqrt_m, 0.75);
  // Above the transition copper alone holds: 117/6 + 1 x 5/6 GPa, near copper's own expansion.
  EXPECT_NEAR(*pair.youngs_modulus_above_tg_GPa, 117.0 / 6 + 5.0 / 6, 1e-12);
  EXPECT_NEAR(*pair.cte_above_tg_ppm_per_K, (17 * 19.5 + 49 * 5.0 / 6) / (19.5 + 5.0 / 6), 1e-12);
}

TEST(Mixture, NothingMixedInChangesNothing) {
  EXPECT_EQ(core_with_vias(exg, copper(), 0).youngs_modulus_GPa, exg.youngs_modulus_GPa);
  EXPECT_EQ(patterned_pair(abf, 30, copper(), 15, 0).cte_ppm_per_K, abf.cte_ppm_per_K);
  EXPECT_EQ(filled_bumps(uf, sac, 0).youngs_modulus_GPa, uf.youngs_modulus_GPa);
  EXPECT_EQ(filled_bumps(uf, sac, 1).cte_ppm_per_K, sac.cte_ppm_per_K);
  EXPECT_THROW(filled_bumps(uf, sac, 1.2), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
