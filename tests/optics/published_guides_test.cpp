// SPDX-License-Identifier: GPL-3.0-or-later
// Ion-exchanged guides that others made and measured, from the recipe to the figure that was published. Nothing is
// adjusted to the measurement: where a recipe was not published, a bracket is solved and said to be one. Sources and
// confidence: docs/facts/optics.md sections 2 and 9.
#include "optics/bend_curve.hpp"
#include "optics/crossing_field.hpp"
#include "optics/end_fire.hpp"
#include "optics/guided_modes.hpp"
#include "optics/ion_exchange.hpp"
#include "optics/supermodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <vector>

using namespace beachfront::optics;

namespace {

constexpr double one_um2_per_min = 1 / 60e12; // D in m^2/s, so that a step's minutes are its D t in um^2

Glass soda_lime() {
  Glass glass;
  glass.name = "soda-lime";
  glass.ion_exchangeable = true;
  return glass;
}

IonField solved(const Recipe& recipe, const ExchangeGrid& grid = {}) {
  auto result = exchange_ions(recipe, soda_lime(), grid);
  EXPECT_THAT(result.findings.errors, testing::IsEmpty());
  return result.ions.value();
}

double depth_at_um(const IonField& ions, double fraction) { // of a fraction that falls with the depth
  double shallow = 0, deep = ions.y_um.back();
  for (int i = 0; i < 60; ++i) {
    const double middle = (shallow + deep) / 2;
    (ions.smooth_at(0, middle) > fraction ? shallow : deep) = middle;
  }
  return shallow;
}

// ---- Millar and Hutchins, J. Phys. D 11, 1567 (1978): silver nitrate, soda-lime slides, planar, 0.6328 um ----

/// The sheet's nonlinear reading of their profile: M = 0.2, D_A = 1.21e-7 m^2/s exp(-84.8 kJ/mol/RT).
IonField millar(double temperature_C, double time_min) {
  Recipe recipe;
  recipe.delta_n_max = 0.08875;
  recipe.diffusion = IonDiffusion{1.21e-7, 84.8, 0.2, 217, 330};
  recipe.steps = {{StepKind::exchange, temperature_C, time_min}};
  return solved(recipe);
}

/// TE modes that do not change along the surface; a planar guide also has those that travel at an angle.
std::vector<double> planar_te_indices(const IonField& ions) {
  const auto found = guided_modes({DiffusedProfile{ions, 0.08875}, 1.51625, 1.0}, 0.6328, 1.51625);
  std::vector<double> indices;
  for (const VectorMode& mode : found.modes) {
    Eigen::Index row = 0, column = 0;
    const double peak = mode.electric_field.cwiseAbs().maxCoeff(&row, &column);
    const bool uniform = mode.electric_field.col(column).cwiseAbs().minCoeff() > 0.999 * peak;
    if (mode.polarization == Polarization::te && uniform)
      indices.push_back(mode.effective_index);
  }
  return indices;
}

struct MillarRow {
  double temperature_C, time_min;
  std::vector<double> published; ///< of their profile, which fits their measured modes
  std::vector<double> shot;      ///< of the recipe, by another program: shooting, docs/facts/optics.md 9.1
};
const std::vector<MillarRow>& millar_rows() {
  static const std::vector<MillarRow> rows = {
      {217, 35, {1.56227, 1.52238}, {1.56280, 1.52337}},
      {217, 70, {1.57144, 1.54000}, {1.57235, 1.53951, 1.51785}},
      {217, 140, {1.57861, 1.55460, 1.53328}, {1.57979, 1.55435, 1.53300}},
      {250, 35, {1.57793, 1.55322, 1.53129}, {1.57908, 1.55290, 1.53121}},
      {300, 10, {1.58180, 1.56103, 1.54265}, {1.58306, 1.56115, 1.54195}},
  };
  return rows;
}

} // namespace

// They give 4e-4 from sample to sample. The recipe misses by up to 3.3 and in the mean by 1.9 of that. What differs is
// the shape: a constant M cannot follow their quadratic, which ends in a kink at 0.69 d, closer than 2.6 % of the index
// change; fitting M and D to the indices instead of the profile takes no more than 4 % off the mean (M 0.25). The kink
// also cuts off the third mode that the recipe has after 70 min.
TEST(PublishedGuides, PlanarSilverGuidesInSodaLimeHaveTheirModes) {
  double squares = 0;
  int count = 0;
  for (const MillarRow& row : millar_rows()) {
    SCOPED_TRACE(testing::Message() << row.temperature_C << " C, " << row.time_min << " min");
    const auto indices = planar_te_indices(millar(row.temperature_C, row.time_min));
    ASSERT_GE(indices.size(), row.shot.size());
    for (std::size_t i = 0; i < row.published.size(); ++i) {
      EXPECT_NEAR(indices[i], row.published[i], 1.3e-3);
      squares += std::pow(indices[i] - row.published[i], 2);
      ++count;
    }
    // D_A stands in three digits there, 0.5 %: the depth moves by 0.25 % and the steepest index by 0.045 of that
    for (std::size_t i = 0; i < row.shot.size(); ++i)
      EXPECT_NEAR(indices[i], row.shot[i], 1.2e-4);
  }
  EXPECT_LT(std::sqrt(squares / count), 9e-4);
}

// Differences between two times leave out what samples and surface index have in common.
TEST(PublishedGuides, PlanarSilverGuidesDeepenWithTheRootOfTime) {
  const auto early = millar(217, 35), late = millar(217, 140);
  EXPECT_NEAR(depth_at_um(late, 0.5) / depth_at_um(early, 0.5), 2, 1e-3);
  const double sample_to_sample = 4e-4, difference = std::sqrt(2.0) * sample_to_sample;
  EXPECT_NEAR(planar_te_indices(late)[0] - planar_te_indices(early)[0], 0.01634, 1.5 * difference);
}

// ---- Ramaswamy and Najafi, IEEE J. Quantum Electron. 22, 883 (1986): soda-lime, silver in sodium nitrate, planar ----

namespace {

constexpr double mobility_um2_per_V_min = 15.55, dilute_D_um2_per_min = 0.133; // abstract

Recipe driven(double diffusivity_um2_per_min, double field_V_per_um) {
  Recipe recipe;
  recipe.delta_n_max = 0.09;
  recipe.surface_fraction = 0.01;
  recipe.diffusion = IonDiffusion{diffusivity_um2_per_min * one_um2_per_min, 0, 0.2, 0, 0};
  recipe.steps = {{StepKind::exchange, 330, 10}};
  const double thermal_voltage_V = haven_voltage(*recipe.diffusion, 330); // of a Haven ratio of 1
  recipe.diffusion->haven_ratio = diffusivity_um2_per_min / (mobility_um2_per_V_min * thermal_voltage_V);
  recipe.steps[0].field_V_per_um = field_V_per_um;
  return recipe;
}

} // namespace

// A dilute melt leaves the sites to sodium, and the exchange of unequal ions becomes plain diffusion: erfc, half at
// 0.9539 sqrt(D t). The surface fraction of 0.01 with M = 0.2 is worth 0.3 % of depth. No error is published.
TEST(PublishedGuides, DiluteSilverDiffusesAsPlainErfc) {
  Recipe recipe = driven(dilute_D_um2_per_min, 0);
  recipe.steps[0].field_V_per_um.reset();
  recipe.steps[0].time_min = 60;
  const auto ions = solved(recipe);
  const double length_um = std::sqrt(dilute_D_um2_per_min * 60);
  EXPECT_NEAR(depth_at_um(ions, 0.005), 0.9539 * length_um, 0.005 * 0.9539 * length_um);
  for (const double x : {1.0, 3.0, 5.0})
    EXPECT_NEAR(ions.smooth_at(0, x), 0.01 * std::erfc(x / 2 / length_um), 0.01 * 0.005);
}

// Under a field the half point runs with mobility times field. They print half of erfc((x - mu E t)/sqrt(2 D t)); the
// drift equation itself has 2 sqrt(D t), and a second term that moves the half point by D/(mu E) or less: here 0.6 %.
// The front of c0 = 0.01 runs 1/(1 - alpha c0) faster, 0.8 %, for M = 0.2.
TEST(PublishedGuides, DrivenSilverGoesAsFarAsItsMobility) {
  const double drift_um = mobility_um2_per_V_min * 0.1 * 10;
  const auto ions = solved(driven(dilute_D_um2_per_min, 0.1));
  EXPECT_NEAR(depth_at_um(ions, 0.005), drift_um, 0.03 * drift_um);
  const auto farther = solved(driven(dilute_D_um2_per_min, 0.2));
  EXPECT_NEAR(depth_at_um(farther, 0.005) / depth_at_um(ions, 0.005), 2, 0.02);
}

// ---- Corning's guide, OFC 2025 Th3H.1: bath, times and opening are not published ----

namespace {

/// Recipe A0: thermal exchange under a 2 um opening, then stripped. Chosen for the fibre loss of a single-mode guide,
/// not for bends (docs/facts/optics.md section 7); the two index changes bracket what the paper leaves open.
const IonField& thermal_ions() {
  static const IonField ions = [] {
    Recipe recipe;
    recipe.mask_opening_um = 2;
    recipe.delta_n_max = 0.05;
    recipe.diffusion = IonDiffusion{one_um2_per_min, 0, 0.15, 0, 0};
    recipe.steps = {{StepKind::exchange, 300, 3}, {StepKind::diffusion, 300, 3}};
    return solved(recipe, {8, 3e-4});
  }();
  return ions;
}

/// Recipe B: the second step under a field that drives a lone ion 8 um.
const IonField& field_buried_ions() {
  static const IonField ions = [] {
    Recipe recipe;
    recipe.mask_opening_um = 3;
    recipe.delta_n_max = 0.0355;
    recipe.diffusion = IonDiffusion{one_um2_per_min, 0, 0.15, 0, 0};
    recipe.steps = {{StepKind::exchange, 300, 1.5}, {StepKind::diffusion, 300, 2.5}};
    recipe.steps[1].field_V_per_um = 8 * haven_voltage(*recipe.diffusion, 300) / 2.5;
    return solved(recipe, {12, 3e-4}); // 0.1 % of the peak against 24 cells
  }();
  return ions;
}

constexpr double glass = 1.503, air = 1.0, wavelength_um = 1.31;
constexpr double low_dn = 0.049, high_dn = 0.052;

IndexProfile thermal_guide(double delta_n_max, double cover) {
  return {DiffusedProfile{thermal_ions(), delta_n_max}, glass, cover};
}
IndexProfile field_buried_guide() {
  return {DiffusedProfile{field_buried_ions(), 0.0355}, glass, air};
}

struct Pair {
  VectorMode te, tm;
};
Pair fundamental(const IndexProfile& profile) {
  ModeLimits limits;
  limits.all = false;
  limits.index_tolerance = 1e-7;
  const auto found = guided_modes(profile, wavelength_um, glass, limits);
  Pair pair;
  for (const VectorMode& mode : found.modes)
    (mode.polarization == Polarization::te ? pair.te : pair.tm) = mode;
  EXPECT_GT(pair.te.effective_index, glass);
  EXPECT_GT(pair.tm.effective_index, glass);
  return pair;
}

/// Into the 9.2 um mode of a touching fibre, mean of both polarisations.
double fibre_loss_dB(const IndexProfile& profile) {
  const auto modes = fundamental(profile);
  const GaussianMode fibre{9.2, 9.2};
  return (best_place(facet_field(modes.te), fibre).loss_dB + best_place(facet_field(modes.tm), fibre).loss_dB) / 2 +
         facet_reflection_loss_dB(glass, 1.4468, 0, 1);
}

StraightMode straight(const IndexProfile& profile, Polarization polarization) {
  return straight_mode(profile, wavelength_um, polarization).value();
}

} // namespace

// Recipe B by an explicit scheme written apart, central drift, the potential relaxed anew as the ions move, even cells
// of 1/8 and 1/16 um: peaks 0.175 to 0.178, depths 11.31 to 11.35, contents 8.657 and 8.750, of first order, so 8.842.
// With the current taken as uniform it gives 12.5 um: current goes round the silver.
TEST(PublishedGuides, FieldBurialIsThatOfAnExplicitScheme) {
  const auto& ions = field_buried_ions();
  double peak = 0, depth_um = 0;
  for (double y = 0; y < 25; y += 0.005)
    if (const double c = ions.smooth_at(0, y); c > peak) {
      peak = c;
      depth_um = y;
    }
  EXPECT_NEAR(peak, 0.1765, 0.0015);
  EXPECT_NEAR(depth_um, 11.33, 0.05);
  EXPECT_NEAR(ions.content_um2, 8.842, 0.01); // a tenth of what the extrapolation moved
}

// 0.3 dB a facet with air above the guide, 0.1 dB under index-matched adhesive, one digit each: half of it is the
// tolerance. The adhesive's index is taken as the glass's.
TEST(PublishedGuides, ThermalGuideCouplesToAFibreAsMeasured) {
  for (const double dn : {low_dn, high_dn}) {
    EXPECT_NEAR(fibre_loss_dB(thermal_guide(dn, air)), 0.3, 0.05);
    EXPECT_NEAR(fibre_loss_dB(thermal_guide(dn, glass)), 0.1, 0.05);
  }
}

// Radiation 0.015 (TE) and 0.019 dB/cm (TM) at 13.7 mm lies inside the bracket, and so does the radius that loses their
// mean. The ratio of the two owes nothing to the bracket: 1.27, between 1.19 and 1.34 as the digits are rounded.
TEST(PublishedGuides, ThermalGuideRadiatesInBendsAsPublished) {
  std::map<double, double> te, tm, radius_mm;
  for (const double dn : {low_dn, high_dn}) {
    const auto profile = thermal_guide(dn, air);
    te[dn] = bend_modes(straight(profile, Polarization::te), {13.7}, Outside::positive_x)[0].loss_dB_per_cm;
    tm[dn] = bend_modes(straight(profile, Polarization::tm), {13.7}, Outside::positive_x)[0].loss_dB_per_cm;
    radius_mm[dn] = radius_for_loss_mm(bend_guides(profile, wavelength_um), 0.017).value();
    EXPECT_GT(tm[dn] / te[dn], 0.0185 / 0.0155);
    EXPECT_LT(tm[dn] / te[dn], 0.0195 / 0.0145);
  }
  EXPECT_GT(te[low_dn], 0.015);
  EXPECT_LT(te[high_dn], 0.015);
  EXPECT_GT(tm[low_dn], 0.019);
  EXPECT_LT(tm[high_dn], 0.019);
  EXPECT_GT(radius_mm[low_dn], 13.7);
  EXPECT_LT(radius_mm[high_dn], 13.7);
  EXPECT_LT(radius_mm[low_dn] / radius_mm[high_dn], 1.17); // a narrow bracket: 8 % to either side
}

// The fan-out's sixteen S-bends, 9 mm long and up to 1.5 mm aside, lose 0.14 +-0.13 dB more than straight guides. Two
// arcs an S-bend: two joints, a reversal, radiation along the way. Interference of the three jumps is left out.
TEST(PublishedGuides, FanOutOfTheThermalGuideLosesWhatWasMeasured) {
  for (const double dn : {low_dn, high_dn}) {
    const BendCurve curve = bend_curve(bend_guides(thermal_guide(dn, air), wavelength_um), 13.7);
    double mean_dB = 0;
    for (int channel = 0; channel < 8; ++channel) { // the other eight mirror these
      const double aside_mm = 0.1 + 0.2 * channel, length_mm = 9;
      const double r_mm = (length_mm * length_mm + aside_mm * aside_mm) / (4 * aside_mm);
      const double along_cm = 2 * r_mm * std::asin(length_mm / 2 / r_mm) / 10;
      mean_dB +=
          (2 * jump_loss_dB(curve, 1 / r_mm) + jump_loss_dB(curve, 2 / r_mm) + loss_dB_per_cm(curve, r_mm) * along_cm) /
          8;
    }
    EXPECT_NEAR(mean_dB, 0.14, 0.13);
  }
}

// GlassBridge is announced with core pitches from 30 um. There the neighbour gets less than -50 dB over 10 mm; at 25 um
// it would get more than -40 dB.
TEST(PublishedGuides, PublishedPitchLiesWhereCrosstalkHasDied) {
  for (const double dn : {low_dn, high_dn})
    for (const auto polarization : {Polarization::te, Polarization::tm}) {
      const auto alone = straight(thermal_guide(dn, air), polarization);
      const auto crosstalk = [&](double pitch_um) {
        return crosstalk_dB(supermodes(alone, pitch_um).value().coupling_per_mm, 10);
      };
      EXPECT_LT(crosstalk(30), -50);
      EXPECT_GT(crosstalk(25), -40);
    }
}

// ---- Outcomes without a full recipe ----

// Tervonen et al., Appl. Opt. 30, 338 (1991): the best fibre coupling of a field-buried guide is 0.05 dB, of one buried
// by diffusion below 0.2 dB. Guides that were not optimised for a fibre here already reach both.
TEST(PublishedGuides, BuriedGuidesReachThePublishedOptimum) {
  EXPECT_LT(fibre_loss_dB(field_buried_guide()), 0.05);
  EXPECT_LT(fibre_loss_dB(thermal_guide(low_dn, glass)), 0.2);
  EXPECT_LT(fibre_loss_dB(field_buried_guide()), fibre_loss_dB(thermal_guide(low_dn, glass)));
}

// Measured 0.019 dB at 90 degrees for 5 um guides (docs/facts/optics.md section 2): diffraction alone must stay below.
TEST(PublishedGuides, SquareCrossingsDiffractLessThanMeasured) {
  for (const auto& profile : {thermal_guide(low_dn, air), thermal_guide(high_dn, air), field_buried_guide()}) {
    const double loss_dB = crossing_field(straight(profile, Polarization::te), 90, CrossingExposure::one_mask).loss_dB;
    EXPECT_GT(loss_dB, 0);
    EXPECT_LT(loss_dB, 0.019);
  }
}

// Yliniemi et al., Appl. Opt. 45, 6602 (2006): birefringence of buried silver guides up to 1e-5, stress included. The
// shape's own must not exceed it. Right under the surface it does, four times: air pulls TM up less than TE.
TEST(PublishedGuides, BuriedGuidesAreAsFreeOfBirefringenceAsMeasured) {
  const auto birefringence = [](const IndexProfile& profile) {
    const auto modes = fundamental(profile);
    return modes.te.effective_index - modes.tm.effective_index;
  };
  EXPECT_LT(std::abs(birefringence(field_buried_guide())), 1e-5);
  EXPECT_LT(std::abs(birefringence(thermal_guide(low_dn, glass))), 1e-5);
  EXPECT_GT(birefringence(thermal_guide(low_dn, air)), 2e-5);
}
