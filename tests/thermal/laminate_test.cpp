// SPDX-License-Identifier: GPL-3.0-or-later
// Closed forms evaluated independently (docs/facts/thermal.md section 6); tolerance 1e-8 of the printed figure.
#include "thermal/laminate.hpp"

#include "tests/thermal/validation_materials.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace beachfront::thermal {
namespace {

void expect_close(double found, double expected, double relative = 1e-8) {
  EXPECT_NEAR(found, expected, relative * std::abs(expected));
}

/// Stress at the bottom and top face of layer i.
struct Faces {
  double bottom_MPa, top_MPa;
};
Faces faces(const std::vector<ElasticLayer>& layers, std::size_t i, Constraint constraint) {
  const Bending bending = free_bending(layers, constraint);
  const double bottom_um = thickness_um(std::span(layers).first(i));
  return {stress_MPa(layers[i], constraint, bending, bottom_um),
          stress_MPa(layers[i], constraint, bending, bottom_um + layers[i].thickness_um)};
}

double force_N_per_mm(const std::vector<ElasticLayer>& layers, std::size_t i, Constraint constraint) {
  const Faces f = faces(layers, i, constraint);
  return (f.bottom_MPa + f.top_MPa) / 2 * layers[i].thickness_um * 1e-3;
}

TEST(Laminate, Case1TimoshenkoBeam) {
  const std::vector<ElasticLayer> layers{cooled(si, 0.5), cooled(cu, 0.2)};
  const Bending bending = free_bending(layers, Constraint::beam);
  expect_close(bending.curvature_per_mm, -4.776971683e-3);
  expect_close(1 / bending.curvature_per_mm, -209.337645);
  expect_close(force_N_per_mm(layers, 0, Constraint::beam), -19.546913, 3e-8); // six decimals printed
  expect_close(faces(layers, 0, Constraint::beam).top_MPa, -194.34541, 3e-8);
  expect_close(faces(layers, 0, Constraint::beam).bottom_MPa, 116.15775, 5e-8);
  expect_close(faces(layers, 1, Constraint::beam).bottom_MPa, 153.62513, 4e-8);
}

TEST(Laminate, Case1bTimoshenkoPlate) {
  const std::vector<ElasticLayer> layers{cooled(si, 0.5), cooled(cu, 0.2)};
  expect_close(free_bending(layers, Constraint::equibiaxial).curvature_per_mm, -4.888978280e-3);
  expect_close(faces(layers, 0, Constraint::equibiaxial).top_MPa, -276.52828, 2e-8);
  expect_close(faces(layers, 1, Constraint::equibiaxial).bottom_MPa, 226.28133, 3e-8);
}

TEST(Laminate, Case1cStoneyIsTheThinFilmLimit) {
  const std::vector<ElasticLayer> layers{cooled(si, 0.775), cooled(cu, 0.001)};
  const double exact = -free_bending(layers, Constraint::equibiaxial).curvature_per_mm;
  expect_close(exact, 2.743699781e-5);
  const double film_MPa = 117e3 / (1 - 0.34) * 14.4e-6 * 195;
  expect_close(film_MPa, 497.78182);
  const double stoney = 6 * film_MPa * 0.001 / (130e3 / (1 - 0.28) * 0.775 * 0.775);
  expect_close(stoney, 2.754076625e-5);
  EXPECT_NEAR(stoney / exact - 1, 0.00378, 5e-6);
}

TEST(Laminate, Case2FourLayers) {
  const std::vector<ElasticLayer> layers{cooled(org11, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)};
  expect_close(free_bending(layers, Constraint::equibiaxial).curvature_per_mm, 1.0920950087e-3);
  const std::vector<Faces> expected{
      {-18.068393, 24.523312}, {44.389739, 45.949875}, {55.856507, 57.160501}, {-100.354231, 52.463230}};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Faces f = faces(layers, i, Constraint::equibiaxial);
    EXPECT_NEAR(f.bottom_MPa, expected[i].bottom_MPa, 1e-6) << i;
    EXPECT_NEAR(f.top_MPa, expected[i].top_MPa, 1e-6) << i;
  }
}

TEST(Laminate, Case2bAnd2cGlassCores) {
  const std::vector<ElasticLayer> eagle{cooled(exg, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)};
  expect_close(free_bending(eagle, Constraint::equibiaxial).curvature_per_mm, 6.5498704567e-5);
  EXPECT_NEAR(faces(eagle, 3, Constraint::equibiaxial).bottom_MPa, -18.273633, 1e-6);
  EXPECT_NEAR(faces(eagle, 3, Constraint::equibiaxial).top_MPa, -9.108363, 1e-6);
  EXPECT_NEAR(faces(eagle, 0, Constraint::equibiaxial).bottom_MPa, -8.440665, 1e-6);
  EXPECT_NEAR(faces(eagle, 0, Constraint::equibiaxial).top_MPa, -0.927879, 1e-6);
  const std::vector<ElasticLayer> alkali{cooled(g83, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)};
  expect_close(free_bending(alkali, Constraint::equibiaxial).curvature_per_mm, 7.1247762903e-4);
  EXPECT_NEAR(faces(alkali, 3, Constraint::equibiaxial).bottom_MPa, -76.517532, 1e-6);
  EXPECT_NEAR(faces(alkali, 3, Constraint::equibiaxial).top_MPa, 23.179859, 1e-6);
}

TEST(Laminate, Case2dSymmetricStackStaysFlat) {
  const std::vector<ElasticLayer> layers{cooled(abf, 0.2), cooled(exg, 1.2), cooled(abf, 0.2)};
  const Bending bending = free_bending(layers, Constraint::equibiaxial);
  EXPECT_LT(std::abs(bending.curvature_per_mm), 1e-15);
  EXPECT_NEAR(faces(layers, 0, Constraint::equibiaxial).bottom_MPa, 48.693153, 1e-6);
  EXPECT_NEAR(faces(layers, 1, Constraint::equibiaxial).top_MPa, -16.231051, 1e-6);
}

TEST(Laminate, Case12PlaneStrainTriLayer) {
  struct Row {
    const geometry::Material& core;
    double force, curvature;
  };
  // Printed to 7 digits; two finite element and laminate solutions agree to them.
  for (const Row& row : {Row{exg, -4.93046, 7.475817e-5}, Row{org15, -20.70076, 2.024857e-3},
                         Row{org11, -15.25802, 1.372458e-3}, Row{g83, -18.40366, 9.455507e-4}}) {
    const std::vector<ElasticLayer> layers{cooled(row.core, 1.2), cooled(uf, 0.1), cooled(si, 0.775)};
    expect_close(force_N_per_mm(layers, 2, Constraint::plane_strain), row.force, 1.1e-6);
    expect_close(free_bending(layers, Constraint::plane_strain).curvature_per_mm, row.curvature, 3e-7);
  }
}

TEST(Laminate, ForcesAndMomentsBalance) {
  const std::vector<ElasticLayer> layers{cooled(org15, 0.9), cooled(abf, 0.3), cooled(cu, 0.05), cooled(si, 0.4)};
  double force = 0;
  for (std::size_t i = 0; i < layers.size(); ++i)
    force += force_N_per_mm(layers, i, Constraint::equibiaxial);
  EXPECT_NEAR(force, 0, 1e-12);
}

TEST(Laminate, EffectivePlateOfOneLayerIsThatLayer) {
  const std::vector<ElasticLayer> one{cooled(exg, 1.2)};
  const EffectivePlate plate = effective_plate(one);
  expect_close(plate.youngs_modulus_GPa, 73.6, 1e-13);
  expect_close(plate.poisson_ratio, 0.23, 1e-13);
  expect_close(plate.free_strain, 3.17e-6 * cooling_K, 1e-13);
  expect_close(plate.flexural_rigidity_N_mm, 73.6e3 * 1.2 * 1.2 * 1.2 / 12 / 0.77, 1e-13);
}

TEST(Laminate, PackageLevelExpansionOfTheFacts) {
  // docs/facts/thermal.md 1.3: core 1.2 mm with 0.3 mm of build-up a side, 23.7 GPa and 20.9 ppm/K; half a unit of the
  // last digit.
  const geometry::Material build_up = elastic_material("build-up", 23.7, 0.30, 20.9);
  struct Row {
    geometry::Material core;
    double cte, core_stress_MPa;
  };
  for (const Row& row : {Row{exg, 5.84, -45}, Row{g55, 7.78, -39}, Row{g83, 10.14, -32},
                         Row{elastic_material("laminate 11", 26, 0.20, 11), 14.4, NAN}}) {
    const std::vector<ElasticLayer> layers{cooled(build_up, 0.3, -175), cooled(row.core, 1.2, -175),
                                           cooled(build_up, 0.3, -175)};
    EXPECT_NEAR(effective_plate(layers).free_strain / -175 * 1e6, row.cte, row.cte > 14 ? 0.05 : 0.005)
        << row.core.name;
    if (!std::isnan(row.core_stress_MPa)) {
      EXPECT_NEAR(faces(layers, 1, Constraint::equibiaxial).top_MPa, row.core_stress_MPa, 0.5) << row.core.name;
    }
  }
}

TEST(Laminate, EnergyOfABeamMatchesItsStresses) {
  // Exact integral of sigma^2 / (2 E) over each layer, sigma being linear.
  const std::vector<ElasticLayer> layers{cooled(si, 0.5), cooled(cu, 0.2)};
  double energy = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Faces f = faces(layers, i, Constraint::beam);
    const double square = (f.bottom_MPa * f.bottom_MPa + f.bottom_MPa * f.top_MPa + f.top_MPa * f.top_MPa) / 3;
    energy += square / (2 * layers[i].youngs_modulus_GPa * 1e3) * layers[i].thickness_um * 1e-3 * 1e3;
  }
  expect_close(elastic_energy_J_per_m2(layers, Constraint::beam), energy, 1e-12);
}

TEST(Laminate, WithoutStiffnessIsMisuse) {
  EXPECT_THROW(free_bending({}, Constraint::beam), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
