// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/channel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <stdexcept>

using namespace beachfront;
using namespace beachfront::power;

namespace {

constexpr double pi = std::numbers::pi;
constexpr double c_m_per_s = 299792458;
constexpr double eta0_ohm = 4e-7 * pi * c_m_per_s;

/// Cohn, IRE Trans. MTT-3, 29 (1955): odd mode of traces without thickness, exact, in vacuum.
/// eta0/4 K(k')/K(k), k = tanh(pi w/2b) coth(pi (w + s)/2b).
double cohn_odd_ohm(double line, double space, double planes) {
  const double k = std::tanh(pi * line / 2 / planes) / std::tanh(pi * (line + space) / 2 / planes);
  return eta0_ohm / 4 * std::comp_ellint_1(std::sqrt(1 - k * k)) / std::comp_ellint_1(k);
}

/// Cohn: a single trace, k = tanh(pi w/2b).
double cohn_single_ohm(double line, double planes) {
  const double k = std::tanh(pi * line / 2 / planes);
  return eta0_ohm / 4 * std::comp_ellint_1(std::sqrt(1 - k * k)) / std::comp_ellint_1(k);
}

StriplinePair thin(double line_um, double space_um, double planes_um, double dielectric_constant = 1) {
  return {line_um, space_um, 0, planes_um / 2, dielectric_constant, 0, 58, 0};
}

StriplinePair build_up() {
  return {20, 30, 15, 30, 3.3, 0.0044, 58, 0.2};
}

} // namespace

TEST(Channel, ImpedanceOfThinTracesIsCohns) {
  struct Case {
    double line, space, planes;
  };
  for (const auto& [line, space, planes] :
       {Case{20, 20, 75}, Case{100, 10, 75}, Case{5, 5, 75}, Case{30, 2, 60}, Case{200, 500, 40}, Case{15, 30, 150}}) {
    const double exact_ohm = 2 * cohn_odd_ohm(line, space, planes);
    EXPECT_NEAR(differential_impedance_ohm(thin(line, space, planes)), exact_ohm, 5e-4 * exact_ohm)
        << line << " " << space << " " << planes;
  }
}

// Ten plane distances apart the neighbour is felt as exp(-10 pi), so the pair is two lone traces.
TEST(Channel, ImpedanceOfDistantTracesIsTwiceThatOfOne) {
  for (const double line_um : {10.0, 20.0, 60.0}) {
    const double exact_ohm = 2 * cohn_single_ohm(line_um, 75);
    EXPECT_NEAR(differential_impedance_ohm(thin(line_um, 750, 75)), exact_ohm, 5e-4 * exact_ohm);
  }
}

// A wide thick trace is a plate capacitor on either side but for its edges: of two widths the edges are the same, and
// C = 2 eps dw/film is what the wider one has more.
TEST(Channel, WideThickTracesDifferByPlates) {
  const auto capacitance = [](double line_um) { // of one trace, over eps0
    return 2 * eta0_ohm / differential_impedance_ohm({line_um, 300, 15, 30, 1, 0, 58, 0});
  };
  EXPECT_NEAR(capacitance(400) - capacitance(200), 2 * 200.0 / 30, 1e-3 * 2 * 200 / 30);
}

TEST(Channel, ImpedanceFallsWithTheRootOfTheDielectricConstant) {
  StriplinePair pair = build_up();
  const double film_ohm = differential_impedance_ohm(pair);
  pair.dielectric_constant = 1;
  EXPECT_NEAR(film_ohm * std::sqrt(3.3), differential_impedance_ohm(pair), 1e-9 * film_ohm);
}

TEST(Channel, ImpedanceMovesAsFieldsSay) {
  const double ohm = differential_impedance_ohm(build_up());
  StriplinePair pair = build_up();
  pair.line_um *= 1.1;
  EXPECT_LT(differential_impedance_ohm(pair), ohm);
  pair = build_up();
  pair.space_um *= 1.1;
  EXPECT_GT(differential_impedance_ohm(pair), ohm);
  pair = build_up();
  pair.film_um *= 1.1;
  EXPECT_GT(differential_impedance_ohm(pair), ohm);
  pair = build_up();
  pair.copper_thickness_um *= 1.1;
  EXPECT_LT(differential_impedance_ohm(pair), ohm);
}

// 0.66 um at 10 GHz is the textbook figure for copper; sqrt(rho/(pi f mu0)) with 1/58 MS/m is 0.6609 um.
TEST(Channel, SkinDepthOfCopper) {
  EXPECT_NEAR(skin_depth_um(10, 58), 0.6609, 5e-5);
  EXPECT_NEAR(skin_depth_um(40, 58), skin_depth_um(10, 58) / 2, 1e-12);
}

TEST(Channel, RoughnessFactorGoesFromOneToTwo) {
  EXPECT_EQ(roughness_factor(0, 0.5), 1);
  EXPECT_NEAR(roughness_factor(0.5 / std::sqrt(1.4), 0.5), 1.5, 1e-12); // atan 1 = pi/4
  EXPECT_NEAR(roughness_factor(100, 0.5), 2, 2e-5);                     // 2/pi/(1.4 200^2) = 1.1e-5 short of it
}

// Far from its edges the current of a wide pair spreads over the trace's two faces and both planes:
// R = Rs/(2w) + Rs/(2w), and with Z = eta0 film/(2 w sqrt(er)) the loss is Rs sqrt(er)/(eta0 film) nepers. Edges change
// it by the order of film/line; two widths extrapolated to none leave the second order of 30/1000.
TEST(Channel, ConductorLossOfWideTracesIsThatOfPlates) {
  const auto loss_dB_per_mm = [](double line_um) {
    return pair_figures({line_um, 300, 15, 30, 3.3, 0, 58, 0}, 50).conductor_loss_dB_per_mm;
  };
  const double surface_ohm = std::sqrt(pi * 50e9 * 4e-7 * pi / 58e6);
  const double plates_dB_per_mm = 20 / std::log(10) * surface_ohm * std::sqrt(3.3) / (eta0_ohm * 0.030);
  EXPECT_NEAR(2 * loss_dB_per_mm(2000) - loss_dB_per_mm(1000), plates_dB_per_mm, 2e-3 * plates_dB_per_mm);
}

// pi f sqrt(er) tan(delta)/c: 3.3, 0.0044 and 53.125 GHz make 4.449 Np/m = 0.03865 dB/mm, by hand.
TEST(Channel, DielectricLossByItsFormula) {
  const PairFigures figures = pair_figures(build_up(), 53.125);
  EXPECT_NEAR(figures.dielectric_loss_dB_per_mm, 0.03865, 5e-6);
}

TEST(Channel, LimitingCases) {
  StriplinePair pair = build_up();
  pair.loss_tangent = 0;
  EXPECT_EQ(pair_figures(pair, 50).dielectric_loss_dB_per_mm, 0);
  pair.roughness_um = 0;
  const double smooth = pair_figures(pair, 50).conductor_loss_dB_per_mm;
  // Skin effect alone: the root of the frequency.
  EXPECT_NEAR(pair_figures(pair, 12.5).conductor_loss_dB_per_mm, smooth / 2, 1e-9);
  pair.roughness_um = 0.2;
  EXPECT_NEAR(pair_figures(pair, 50).conductor_loss_dB_per_mm, smooth * roughness_factor(0.2, skin_depth_um(50, 58)),
              1e-12);
}

TEST(Channel, LossGrowsWithFrequencyRoughnessAndLossTangent) {
  const double loss = pair_figures(build_up(), 53.125).loss_dB_per_mm();
  EXPECT_GT(pair_figures(build_up(), 60).loss_dB_per_mm(), loss);
  StriplinePair pair = build_up();
  pair.roughness_um = 0.3;
  EXPECT_GT(pair_figures(pair, 53.125).loss_dB_per_mm(), loss);
  pair = build_up();
  pair.loss_tangent = 0.017;
  EXPECT_GT(pair_figures(pair, 53.125).loss_dB_per_mm(), loss);
  pair = build_up();
  pair.line_um = 15; // narrower
  EXPECT_GT(pair_figures(pair, 53.125).loss_dB_per_mm(), loss);
}

// The reference package traces of IEEE 802.3 COM, alpha = gamma0 + a1 sqrt(f) + a2 f nepers a mm, f in GHz:
// clause 136 era 0, 1.734e-3, 1.455e-4; 802.3ck 5e-4, 9.909e-4, 2.772e-4; early 802.3dj 5e-4, 8.9e-4, 2.0e-4
// (docs/facts/electrical.md). Their delay of 6.141 ps/mm is that of a dielectric constant of 3.39. They spread by
// 12 % about their middle; trace widths of 20 to 40 um move a low-loss pair by 7 % and roughness of 0 to 0.2 um by
// 13 %, none of which they state: 32 % together.
TEST(Channel, LossOfAWidePairIsThatOfPublishedPackages) {
  const double index = 6.141e-12 * c_m_per_s / 1e-3;
  EXPECT_NEAR(index * index, 3.39, 0.005);
  const StriplinePair pair{30, 30, 15, 60, index * index, 0.0044, 58, 0.1};
  EXPECT_NEAR(differential_impedance_ohm(pair), 87.5, 0.05 * 87.5); // of 802.3ck's package
  struct Line {
    double gamma0, a1, a2;
  };
  for (const double f_GHz : {26.5625, 53.125}) {
    double low = 1e9;
    double high = 0;
    for (const Line& line : {Line{0, 1.734e-3, 1.455e-4}, Line{5e-4, 9.909e-4, 2.772e-4}, Line{5e-4, 8.9e-4, 2.0e-4}}) {
      const double dB_per_mm = 20 / std::log(10) * (line.gamma0 + line.a1 * std::sqrt(f_GHz) + line.a2 * f_GHz);
      low = std::min(low, dB_per_mm);
      high = std::max(high, dB_per_mm);
    }
    const double middle = (low + high) / 2;
    EXPECT_NEAR(pair_figures(pair, f_GHz).loss_dB_per_mm(), middle, 0.32 * middle) << f_GHz;
  }
}

TEST(Channel, NyquistIsHalfTheSymbolRate) {
  EXPECT_NEAR(nyquist_GHz(200, 0.0625, 2), 53.125, 1e-12); // 106.25 GBd
  EXPECT_NEAR(nyquist_GHz(200, 0, 2), 50, 1e-12);
  EXPECT_NEAR(nyquist_GHz(56, 0, 1), 28, 1e-12);
  EXPECT_THROW(nyquist_GHz(200, 0, 0), std::invalid_argument);
}

TEST(Channel, EveryClassHasALimitThatNamesItsSource) {
  for (const double rate_Gbps : {100.0, 200.0}) {
    double before_dB = 0;
    for (const HostSerdes serdes :
         {HostSerdes::extra_short_reach, HostSerdes::very_short_reach, HostSerdes::long_reach}) {
      const ClassLimit limit = class_limit(serdes, rate_Gbps);
      EXPECT_GT(limit.loss_dB, before_dB); // reach by reach
      EXPECT_FALSE(limit.basis.empty());
      before_dB = limit.loss_dB;
    }
    EXPECT_FALSE(class_limit(HostSerdes::linear, rate_Gbps).basis.empty());
  }
}

TEST(Channel, LossOfEnginesIsLengthAndTwoEnds) {
  geometry::ElectricalEscape escape;
  for (const double length_mm : {5.0, 25.0, 12.0}) {
    escape.engines.push_back({});
    escape.engines.back().engine = static_cast<int>(escape.engines.size()) - 1;
    escape.engines.back().trace_length_mm = length_mm;
  }
  const ChannelFigures figures = channel_figures(escape, pair_figures(build_up(), 53.125), 53.125, 0.5, {10, "test"});
  const double per_mm = figures.line.loss_dB_per_mm();
  EXPECT_NEAR(figures.engines[0].insertion_loss_dB, 5 * per_mm + 1, 1e-12);
  EXPECT_NEAR(figures.worst_margin_dB, 10 - (25 * per_mm + 1), 1e-12);
  EXPECT_TRUE(figures.violations.empty());

  // The worst engine is told how much shorter it must be, and at that length it keeps the limit.
  const ChannelFigures short_of = channel_figures(escape, pair_figures(build_up(), 53.125), 53.125, 0.5, {4, "test"});
  ASSERT_EQ(short_of.violations.size(), 1u);
  EXPECT_EQ(short_of.violations[0].rule, "channel_loss");
  EXPECT_EQ(short_of.violations[0].where, "E01");
  const double shorter_mm = 25 - 3 / per_mm;
  EXPECT_NE(short_of.violations[0].message.find(std::to_string(shorter_mm).substr(0, 3)), std::string::npos)
      << short_of.violations[0].message;

  // Where the ends alone are too much, no length would help and none is asked for.
  const ChannelFigures hopeless = channel_figures(escape, pair_figures(build_up(), 53.125), 53.125, 3, {4, "test"});
  EXPECT_EQ(hopeless.violations.at(0).message.find("shorter"), std::string::npos);
}

TEST(Channel, NonsenseIsRefused) {
  StriplinePair pair = build_up();
  pair.space_um = 0;
  EXPECT_THROW(differential_impedance_ohm(pair), std::invalid_argument);
  pair = build_up();
  pair.dielectric_constant = 0.5;
  EXPECT_THROW(differential_impedance_ohm(pair), std::invalid_argument);
  pair = build_up();
  pair.copper_thickness_um = 0;
  EXPECT_THROW(pair_figures(pair, 50), std::invalid_argument);
  EXPECT_THROW(pair_figures(build_up(), 0), std::invalid_argument);
}
