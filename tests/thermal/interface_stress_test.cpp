// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/interface_stress.hpp"

#include "tests/thermal/validation_materials.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace beachfront::thermal {
namespace {

Adherend plate(const geometry::Material& m, double thickness_mm, double change_K = cooling_K) {
  const ElasticLayer layer = cooled(m, thickness_mm, change_K);
  return {layer.thickness_um, layer.youngs_modulus_GPa, layer.poisson_ratio, layer.thermal_strain, 0};
}

BondLayer film(const geometry::Material& m, double thickness_um) {
  return {thickness_um, m.youngs_modulus_GPa, m.poisson_ratio};
}

/// The die of cases 3 and 4: 30 mm, 0.775 mm silicon on 1.2 mm through 0.1 mm.
BondedPair die_on(const geometry::Material& core, const geometry::Material& joint = uf) {
  return {plate(si, 0.775), film(joint, 100), plate(core, 1.2), 15};
}

TEST(InterfaceStress, Case3And3bSuhir) {
  struct Row {
    const geometry::Material& core;
    double underfill_MPa, kl, solder_MPa;
  };
  // Six or seven printed digits.
  for (const Row& row : {Row{org15, 27.005913, 20.92714, 31.884616}, Row{org11, 18.294328, 20.92714, 21.599256},
                         Row{exg, 2.119550, 19.36336, 2.848866}, Row{g55, 10.882092, 19.30685, 14.663114},
                         Row{g83, 21.600087, 19.33103, 29.238209}}) {
    const ShearLag lag = shear_lag(die_on(row.core));
    EXPECT_NEAR(lag.peak_shear_MPa, row.underfill_MPa, 1e-6) << row.core.name;
    EXPECT_NEAR(lag.rate_per_mm * 15, row.kl, 1e-5) << row.core.name;
    EXPECT_NEAR(shear_lag(die_on(row.core, sac)).peak_shear_MPa, row.solder_MPa, 1e-6) << row.core.name;
  }
}

TEST(InterfaceStress, SuhirsShearCarriesSuhirsForce) {
  const BondedPair pair = die_on(org15);
  const ShearLag lag = shear_lag(pair);
  // Midpoint rule over the half joint; 1e-4 of 15 mm resolves 1/k = 0.7 mm to (2e-3)^2 / 24.
  constexpr int steps = 10000;
  double force = 0;
  for (int i = 0; i < steps; ++i)
    force += shear_MPa(lag, 15, 15 * (i + 0.5) / steps) * 15 / steps;
  EXPECT_NEAR(force, lag.force_N_per_mm, 1e-6 * lag.force_N_per_mm);
  EXPECT_NEAR(shear_MPa(lag, 15, 15), lag.peak_shear_MPa, 1e-12);
  EXPECT_NEAR(shear_MPa(lag, 15, -15), -lag.peak_shear_MPa, 1e-12);
  EXPECT_DOUBLE_EQ(shear_MPa(lag, 15, 0), 0);
}

TEST(InterfaceStress, SlipGoesFromFreeExpansionToTheLagLength) {
  BondedPair pair = die_on(org15);
  const double mismatch = (15 - 2.6) * 1e-6 * 195;
  // A stiff joint lets the edge slip by mismatch / k.
  const ShearLag lag = shear_lag(pair);
  EXPECT_NEAR(slip_um(pair, 15), mismatch / lag.rate_per_mm * 1e3, 1e-9);
  // A joint of no stiffness lets every point move freely; the first correction is (k l)^2 / 3.
  pair.bond.youngs_modulus_GPa = 1e-9;
  const double kl = shear_lag(pair).rate_per_mm * 15;
  EXPECT_NEAR(slip_um(pair, 15) / (mismatch * 15 * 1e3), 1, kl * kl);
  EXPECT_NEAR(slip_um(pair, 6) / (mismatch * 6 * 1e3), 1, kl * kl);
  EXPECT_DOUBLE_EQ(slip_um(pair, 20), slip_um(pair, 15));
  EXPECT_DOUBLE_EQ(slip_um(pair, -6), -slip_um(pair, 6));
}

TEST(InterfaceStress, PeelBalancesOverTheEdge) {
  // Nothing pulls on a free edge: peel sums to zero once the patch is many decay lengths wide (k and beta above 1/mm).
  for (const geometry::Material& core : {org15, exg, g83}) {
    const double edge = mean_peel_MPa(die_on(core), 100), whole = mean_peel_MPa(die_on(core), 40e3);
    EXPECT_LT(std::abs(whole), 1e-9 * std::abs(edge)) << core.name;
  }
}

TEST(InterfaceStress, PeelSolvesItsEquation) {
  // From the running sum S(d) = d x mean(d): p = S'. Two plates bent by shear and peel alone must part by p / spring:
  // p''''/spring + p (1/D1 + 1/D2) = tau' (h1/D1 - h2/D2) / 2.
  const BondedPair pair = die_on(org15);
  const ShearLag lag = shear_lag(pair);
  const double d1 = 130e3 * std::pow(0.775, 3) / 12 / 0.72, d2 = 26e3 * std::pow(1.2, 3) / 12 / 0.8;
  const double spring = 8e3 * 0.67 / (1.33 * 0.34) / 0.1;
  const double step = 0.02; // mm; central differences of S up to the fifth derivative, error ~ (k step)^2
  const auto sum = [&](double d) { return d * mean_peel_MPa(pair, d * 1e3); };
  const double at = 0.3;
  const double p = (sum(at + step) - sum(at - step)) / (2 * step);
  const double p4 = (sum(at + 3 * step) - 4 * sum(at + 2 * step) + 5 * sum(at + step) - 5 * sum(at - step) +
                     4 * sum(at - 2 * step) - sum(at - 3 * step)) /
                    (2 * std::pow(step, 5));
  const double driven = lag.shear_slope_MPa_per_mm * std::exp(-lag.rate_per_mm * at) * (0.775 / d1 - 1.2 / d2) / 2;
  EXPECT_NEAR(p4 / spring + p * (1 / d1 + 1 / d2), driven, 0.01 * std::abs(p) * (1 / d1 + 1 / d2));
}

TEST(InterfaceStress, Case4ChenAndNelson) {
  struct Row {
    const geometry::Material& core;
    double rate, shear;
  };
  for (const Row& row :
       {Row{org15, 1.12359306, 64.722547}, Row{exg, 0.79939869, 4.181715}, Row{g83, 0.78993802, 42.317967}}) {
    EXPECT_NEAR(chen_nelson_rate_per_mm(die_on(row.core)), row.rate, 1e-8) << row.core.name;
    EXPECT_NEAR(chen_nelson_shear_MPa(die_on(row.core)), row.shear, 1e-6) << row.core.name;
  }
}

TEST(InterfaceStress, Case4ChenAndNelsonDisc) {
  struct Row {
    const geometry::Material& core;
    double shear;
  };
  for (const Row& row : {Row{org15, 84.727172}, Row{exg, 5.500209}, Row{g83, 55.671059}}) {
    BondedPair pair = die_on(row.core);
    pair.upper.poisson_ratio = 0.25; // the case's common ratio; the radius is 15 mm
    EXPECT_NEAR(chen_nelson_disc_shear_MPa(pair), row.shear, 1e-6) << row.core.name;
  }
}

TEST(InterfaceStress, Case4bIndiumUnderCopper) {
  const BondedPair pair{plate(si, 0.775, -100), film(elastic_material("In", 11, 0.45, 30), 300), plate(cu, 2, -100),
                        15};
  EXPECT_NEAR(chen_nelson_rate_per_mm(pair), 0.42370789, 1e-8);
  EXPECT_NEAR(chen_nelson_shear_MPa(pair), 42.970138, 1e-6);
}

TEST(InterfaceStress, LongJointsDoNotOverflow) {
  BondedPair pair = die_on(org15);
  pair.half_length_mm = 1e4;
  EXPECT_TRUE(std::isfinite(shear_lag(pair).force_N_per_mm));
  EXPECT_TRUE(std::isfinite(slip_um(pair, 9999)));
  EXPECT_TRUE(std::isfinite(chen_nelson_disc_shear_MPa(pair)));
}

} // namespace
} // namespace beachfront::thermal
