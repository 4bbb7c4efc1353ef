// SPDX-License-Identifier: GPL-3.0-or-later
// The link from the file to the results: standards of the library, new keys, tables.
#include "message_of.hpp"
#include "study/design.hpp"
#include "study/evaluate.hpp"
#include "study/feed_polarization.hpp"
#include "study/figures.hpp"
#include "study/lane_table.hpp"
#include "study/neighbours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

const std::filesystem::path reference = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference";

Tree open(const char* name, const std::vector<std::string>& settings = {}) {
  return open_design(reference / (std::string(name) + ".yaml"), {}, settings);
}

/// An entry of the library, in a design of 200G a lane.
optics::OpticalStandard standard(const std::string& name) {
  return read_design(open("102t-davisson-like", {"link.standard={use: " + name + ", lane_rate_Gbps: 200}"}))
      .link.standard;
}

/// What a stressed receiver gets at TP3: least launch, plant, penalties, and the worst eye on top.
double stressed_dBm(const optics::OpticalStandard& standard) {
  return standard.launch_oma_less_tdecq_min_dBm - standard.channel_loss_dB - standard.penalty_dB +
         standard.tdecq_max_dB;
}

// docs/facts/power.md (b) 15.
TEST(Standards, CloseTheirStressedSensitivities) {
  EXPECT_NEAR(stressed_dBm(standard("100g-dr")), -1.9, 1e-12);
  EXPECT_NEAR(stressed_dBm(standard("400g-fr4")), -2.6, 1e-12);
  const auto dr = standard("200g-dr");
  EXPECT_NEAR(dr.launch_min_dBm - dr.channel_loss_dB, -6.1, 1e-12);
}

TEST(Standards, LeaveNoReceiverShort) {
  for (const char* name : {"100g-dr", "400g-fr4", "100g-fr", "200g-dr", "200g-fr"}) {
    const auto s = standard(name);
    EXPECT_NEAR(s.launch_min_dBm - s.channel_loss_dB, s.receive_min_dBm, 1e-9) << name;
    EXPECT_GE(optics::amplitude_slack_dB(s), -1e-9) << name;
    EXPECT_LE(optics::amplitude_slack_dB(s), 0.2 + 1e-9) << name; // 0.2 dB between two drafts of 200G DR
  }
}

// The case study of the task force: at a TECQ of 1.5 dB the receiver of an earlier draft needs -2.8 dBm.
TEST(Standards, SensitivityFollowsTheEye) {
  const auto dr = standard("200g-dr");
  EXPECT_NEAR(optics::receiver_sensitivity_dBm(dr, 1.5), -2.8, 1e-12);
  EXPECT_NEAR(optics::receiver_sensitivity_dBm(dr, 0.5), -3.4, 1e-12);
  EXPECT_NEAR(optics::receiver_sensitivity_dBm(standard("100g-dr"), 0), -4.4, 1e-12);
}

TEST(Standards, AskForMoreAmplitudeAtLowExtinction) {
  const auto dr = standard("100g-dr"), fr = standard("400g-fr4");
  EXPECT_EQ(optics::launch_oma_less_tdecq_min_dBm(dr, 5.0), -2.2);
  EXPECT_EQ(optics::launch_oma_less_tdecq_min_dBm(dr, 4.9), -1.9);
  EXPECT_EQ(optics::launch_oma_less_tdecq_min_dBm(fr, 4.5), -1.7);
  EXPECT_EQ(optics::launch_oma_less_tdecq_min_dBm(fr, 4.4), -1.6);
  EXPECT_EQ(optics::launch_oma_less_tdecq_min_dBm(standard("200g-dr"), 3.5), -1.0);
}

TEST(Standards, DefaultOfTheLibraryIsThatOfOptics) {
  const auto from_library = standard("200g-dr"), own = optics::standard_200g_dr();
  EXPECT_EQ(from_library.launch_oma_less_tdecq_min_dBm, own.launch_oma_less_tdecq_min_dBm);
  EXPECT_EQ(from_library.sensitivity_less_tecq_dBm, own.sensitivity_less_tecq_dBm);
  EXPECT_EQ(from_library.pre_fec_bit_error_ratio, own.pre_fec_bit_error_ratio);
  EXPECT_EQ(from_library.penalty_dB, own.penalty_dB);
}

TEST(LinkKeys, ReachTheBudget) {
  const auto link = read_design(open("102t-davisson-like",
                                     {"engines.modulator.extinction_ratio_dB=6", "engines.modulator.tdecq_dB=1.5",
                                      "laser.rin_dB_per_Hz=-145", "laser.setting=common", "link.crosstalk=incoherent",
                                      "link.receive_pdl_dB=0.3", "link.laser_fibre_length_m=500",
                                      "link.plant_loss_dB=2", "link.laser_polarisation_extinction_dB=18",
                                      "link.receiver.sensitivity_oma_dBm=-9", "link.receiver.overload_average_dBm=1"}))
                        .link;
  EXPECT_EQ(link.transmitter.extinction_ratio_dB, 6);
  EXPECT_EQ(link.transmitter.tdecq_dB, 1.5);
  EXPECT_EQ(link.transmitter.rin_dB_per_Hz, -145);
  EXPECT_FALSE(link.laser.each_trimmed);
  EXPECT_EQ(link.crosstalk, optics::Crosstalk::incoherent);
  EXPECT_EQ(link.path.receive_pdl_dB, 0.3);
  EXPECT_DOUBLE_EQ(link.laser.fibre_loss_dB, 0.5); // 1 dB/km
  EXPECT_EQ(link.plant_loss_dB, 2);
  EXPECT_EQ(link.laser.polarization_extinction_dB, 18);
  EXPECT_EQ(link.receiver.sensitivity_dBm, -9);
  EXPECT_EQ(link.receiver.overload_dBm, 1);
}

TEST(LinkKeys, BadValuesAreTold) {
  const auto message = [](const char* setting) {
    return message_of([&] { read_design(open("102t-davisson-like", {setting})); });
  };
  EXPECT_THAT(message("engines.modulator.extinction_ratio_dB=0"), HasSubstr("extinction_ratio_dB"));
  EXPECT_THAT(message("engines.modulator.tdecq_dB=-1"), HasSubstr("tdecq_dB"));
  EXPECT_THAT(message("laser.rin_dB_per_Hz=-50"), HasSubstr("rin_dB_per_Hz"));
  EXPECT_THAT(message("laser.setting=some"), HasSubstr("common"));
  EXPECT_THAT(message("link.crosstalk=none"), HasSubstr("incoherent"));
  EXPECT_THAT(message("link.receive_pdl_dB=-0.1"), HasSubstr("receive_pdl_dB"));
  EXPECT_THAT(message("link.laser_fibre_length_m=-1"), HasSubstr("laser_fibre_length_m"));
  EXPECT_THAT(message("link.laser_polarisation_extinction_dB=0"), HasSubstr("laser_polarisation_extinction_dB"));
  EXPECT_THAT(message("link.laser_fibre=smf-28"), HasSubstr("polarisation-maintaining"));
  EXPECT_THAT(message("link.receiver.responsivity_A_per_W=0"), HasSubstr("responsivity_A_per_W"));
  EXPECT_THAT(message("link.receiver.noise_pA_per_sqrt_Hz=-1"), HasSubstr("noise_pA_per_sqrt_Hz"));
  EXPECT_THAT(message("link.receiver.bandwidth_per_baud=0"), HasSubstr("bandwidth_per_baud"));
  EXPECT_THAT(message("link.receiver.implementation_penalty_dB=-1"), HasSubstr("implementation_penalty_dB"));
  EXPECT_THAT(message("link.receiver.overload_average_dBm=99"), HasSubstr("overload_average_dBm"));
  EXPECT_THAT(message("link.receiver.sensitivity_oma_dBm=99"), HasSubstr("sensitivity_oma_dBm"));
  EXPECT_THAT(message("link.standard=100g-dr"), HasSubstr("200 Gb/s a lane"));
  EXPECT_THAT(message("link.standard.pre_fec_bit_error_ratio=0"), HasSubstr("pre_fec_bit_error_ratio"));
}

TEST(LinkResults, TellDistributionChecksAndAbsences) {
  const Json results = evaluate(open("102t-davisson-like"));
  const Json& link = results.at("link");
  for (const char* figure : {"margin_dB", "launch_margin_dB", "receive_margin_dB", "required_laser_dBm"}) {
    const Json& spread = link.at(figure);
    EXPECT_LE(spread.at("min").get<double>(), spread.at("p50").get<double>()) << figure;
    EXPECT_LE(spread.at("p95").get<double>(), spread.at("max").get<double>()) << figure;
  }
  EXPECT_EQ(link.at("lasers").at("count"), 128); // 16 engines of 32 lanes, four a laser
  EXPECT_DOUBLE_EQ(link.at("margin_dB").at("min").get<double>(), link.at("worst_margin_dB").get<double>());
  std::vector<std::string> limits;
  for (const Json& check : link.at("checks")) {
    limits.push_back(check.at("limit"));
    const double found = check.at("found"), required = check.at("required");
    EXPECT_NEAR(std::abs(found - required), std::abs(check.at("margin_dB").get<double>()), 1e-12);
  }
  EXPECT_THAT(limits,
              testing::IsSupersetOf({"launch_average_min_dBm", "launch_average_max_dBm", "launch_oma_min_dBm",
                                     "launch_oma_max_dBm", "launch_oma_less_tdecq_min_dBm", "extinction_ratio_min_dB",
                                     "tdecq_max_dB", "receive_average_min_dBm", "receive_average_max_dBm",
                                     "far_end_oma_min_dBm", "receiver_oma_min_dBm", "receiver_overload_dBm"}));
  for (const char* figure : {"link.feed_crossed_share_max", "link.feed_delay_difference_max_ps",
                             "link.feed_axis_angle_max_deg", "link.crosstalk_max_dB"})
    EXPECT_THAT(absent_reason(results, figure), HasSubstr("no guides")) << figure;
}

// The margin changes by what the plant does, and no further than the launch allows.
TEST(LinkResults, FollowThePlant) {
  const auto margin_dB = [](const char* setting) {
    return find_number(evaluate(open("102t-davisson-like", {setting})), "link.receive_margin_dB.min").value();
  };
  EXPECT_NEAR(margin_dB("link.plant_loss_dB=2") - margin_dB("link.plant_loss_dB=3"), 1, 1e-9);
}

TEST(LinkResults, WeakLaserIsInfeasibleAndSaysWhatToAttack) {
  const Json results = evaluate(open("102t-davisson-like", {"laser.max_power_dBm=12"}));
  EXPECT_FALSE(results.at("feasible").get<bool>());
  EXPECT_THAT(first_violation(results), HasSubstr("attack first: "));
  EXPECT_EQ(results.at("link").at("attack").size(), 3U);
}

TEST(LaneTable, HasARowALaneAndAColumnATerm) {
  optics::LinkDesign design;
  optics::LaneLosses lanes[2];
  lanes[0].name = "E00.lane0";
  lanes[1].name = "E00.lane1";
  std::ostringstream table;
  write_lane_table(table, optics::link_budget(design, lanes));
  std::istringstream lines(table.str());
  std::string line;
  std::vector<std::size_t> commas;
  for (int n = 0; std::getline(lines, line); ++n) {
    commas.push_back(static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')));
    if (n == 0) {
      EXPECT_THAT(line, HasSubstr(",laser_connector_2_dB,"));
    }
  }
  ASSERT_EQ(commas.size(), 3U);
  EXPECT_EQ(commas[0], commas[1]);
  EXPECT_EQ(commas[0], commas[2]);
}

TEST(Polarization, OfFeedsIsAbsentWithItsReason) {
  Design design;
  EXPECT_THAT(feed_polarization(design, {}, {}, nullptr).absent_because, HasSubstr("no guides"));
  design.guides.emplace();
  optics::WaveguideFigures figures;
  EXPECT_THAT(feed_polarization(design, {}, figures, nullptr).absent_because, HasSubstr("fidelity.optics full"));
  figures.shape_birefringence = 4e-5;
  EXPECT_THAT(feed_polarization(design, {}, figures, nullptr).absent_because, HasSubstr("fidelity.thermal full"));
  design.link.laser.location = optics::LaserLocation::in_engine;
  EXPECT_THAT(feed_polarization(design, {}, figures, nullptr).absent_because, HasSubstr("no feed guides"));
}

geometry::Guide straight(double y_mm, double length_mm) {
  geometry::Guide guide;
  guide.kind = geometry::PortKind::tx;
  geometry::Segment segment;
  segment.start = {{0, y_mm}, 0};
  segment.length_mm = length_mm;
  guide.path = {segment};
  return guide;
}

// Two straight guides at the pitch of the budget, over its length, keep exactly to it; three give the middle one twice.
TEST(Neighbours, KeepTheBudgetAtItsPitchAndLength) {
  Design design;
  design.guides.emplace();
  optics::Waveguide& guide = design.guides->waveguide;
  guide.glass.dispersion.constant_index = 1.5;
  guide.wavelengths_um = {1.31};
  guide.budget = {0.02, -40, 20};
  optics::WaveguideFigures figures;
  figures.effective_index = 1.505;
  figures.min_pitch_um = 28;
  geometry::Layout layout;
  for (int k = 0; k < 3; ++k)
    layout.guides.push_back(straight(0.028 * k, 20));
  auto shares = guide_crosstalk(design, layout, figures);
  EXPECT_NEAR(shares[0].sum / 1e-4, 1, 1e-9);
  EXPECT_NEAR(shares[1].sum / 2e-4, 1, 1e-9);
  EXPECT_NEAR(shares[1].root_sum / 2e-2, 1, 1e-9);
  // Five times the length: 25 times the power. Further apart by d: exp(-2 g d). Both but for sin x < x.
  layout.guides = {straight(0, 100), straight(0.028, 100)};
  EXPECT_NEAR(guide_crosstalk(design, layout, figures)[0].sum / 25e-4, 1, 2e-3);
  layout.guides = {straight(0, 20), straight(0.030, 20)};
  const double g = 2 * std::acos(-1.0) / 1.31 * std::sqrt(1.505 * 1.505 - 1.5 * 1.5);
  EXPECT_NEAR(guide_crosstalk(design, layout, figures)[0].sum / (1e-4 * std::exp(-4 * g)), 1, 1e-4);
  layout.guides[1].kind = geometry::PortKind::rx; // light the other way
  EXPECT_EQ(guide_crosstalk(design, layout, figures)[0].sum, 0);
}

// Lasers beyond those that the lanes need stand by dark; their modules draw the overhead, 3.6 W each.
TEST(Link, SpareLasersGiveNoLight) {
  const auto laser_W = [](const char* modules) {
    return find_number(evaluate(open("102t-davisson-like", {modules})), "link.laser_electrical_W").value();
  };
  EXPECT_NEAR(laser_W("laser.modules=20") - laser_W("laser.modules=16"), 4 * 3.6, 1e-6);
}

// 32 lanes of an engine at three a laser are 11 lasers, 176 for 16 engines; engines share none.
TEST(Link, LanesOfTwoEnginesShareNoLaser) {
  const auto rules = [](const char* modules) {
    const Json results =
        evaluate(open("102t-davisson-like", {"laser.lanes_per_laser=3", "engines.optical_ports.laser=11",
                                             "laser.lasers_per_module=1", modules}));
    return results.at("violations").dump();
  };
  EXPECT_THAT(rules("laser.modules=175"), HasSubstr("512 lanes at 3 a laser need 176"));
  EXPECT_THAT(rules("laser.modules=176"), testing::Not(HasSubstr("laser_lanes")));
}

} // namespace
} // namespace beachfront::study
