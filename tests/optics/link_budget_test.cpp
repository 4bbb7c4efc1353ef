// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/link_budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>

using namespace beachfront::optics;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

constexpr double printed = 0.05; // powers in docs/facts/power.md are printed to 0.1 dB

/// "Laser budget (D)" of docs/facts/power.md section 4: no reserve, no guides, the 3 dB of an infinite extinction.
LinkDesign published(double laser_dBm, double coupling_dB) {
  LinkDesign design;
  design.laser.max_power_dBm = laser_dBm;
  design.laser.coupling_in_dB = coupling_dB;
  design.path.coupling_out_dB = coupling_dB;
  design.transmitter.extinction_ratio_dB = 300;
  design.reserve = {0, 0, 0};
  return design;
}

RouteLoss route(double loss_dB) {
  RouteLoss route;
  route.propagation_dB = route.total_dB = loss_dB;
  return route;
}

LaneLosses lane(const char* name, double transmit_dB = 0, std::size_t laser = 0) {
  LaneLosses losses;
  losses.name = name;
  losses.transmit = route(transmit_dB);
  losses.laser = laser;
  return losses;
}

LinkBudget budget(const LinkDesign& design, const LaneLosses& lane) {
  return link_budget(design, {&lane, 1});
}

double total(const std::vector<LedgerTerm>& terms) {
  return std::accumulate(terms.begin(), terms.end(), 0.0, [](double sum, const auto& t) { return sum + t.loss_dB; });
}

double term(const std::vector<LedgerTerm>& terms, const std::string& name) {
  for (const auto& t : terms)
    if (t.name == name)
      return t.loss_dB;
  ADD_FAILURE() << "no term " << name;
  return 0;
}

const LimitCheck& check(const LinkBudget& link, const std::string& name) {
  for (const auto& c : link.checks)
    if (c.name == name)
      return c;
  throw std::runtime_error("no check " + name);
}

auto rule(const char* name, const char* text) {
  return AllOf(Field(&beachfront::geometry::Violation::rule, name),
               Field(&beachfront::geometry::Violation::message, HasSubstr(text)));
}

} // namespace

TEST(LinkBudget, PublishedLaserBudget) {
  const auto launch_dBm = [](const LinkDesign& design) { return budget(design, lane("a")).lanes[0].launch_dBm; };
  EXPECT_NEAR(launch_dBm(published(24.5, 1.5)), 6.7, printed);
  EXPECT_NEAR(launch_dBm(published(20, 1.5)), 2.2, printed);
  EXPECT_NEAR(launch_dBm(published(24.5, 2.0)), 5.7, printed); // glass
  EXPECT_NEAR(launch_dBm(published(20, 2.0)), 1.2, printed);
}

// 9.8 dB above the least average and 2.7 dB above the most.
TEST(LinkBudget, PublishedMargins) {
  const auto standard = standard_200g_dr();
  const double launch_dBm = budget(published(24.5, 1.5), lane("a")).lanes[0].launch_dBm;
  EXPECT_NEAR(launch_dBm - standard.launch_min_dBm, 9.8, printed);
  EXPECT_NEAR(launch_dBm - standard.launch_max_dBm, 2.7, printed);
  EXPECT_NEAR(standard.launch_min_dBm - standard.channel_loss_dB, standard.receive_min_dBm, 1e-12);
}

// docs/facts/power.md (b) 13: 0 dBm - 10.63 dB + 20 = 9.37 dB over a receiver of -20 dBm.
TEST(LinkBudget, PublishedChainOverASensitivity) {
  LinkDesign design;
  design.laser.max_power_dBm = 0;
  design.laser.location = LaserLocation::in_engine;
  design.laser.lanes_per_laser = 1;
  design.laser.split_excess_dB = 0;
  design.path = {0, 0, 0, 0, 0, 0, 0, 0};
  design.reserve = {0, 0, 0};
  design.plant_loss_dB = 10.63 - 10 * std::log10(2); // the average of the modulation is the rest
  design.standard.penalty_dB = 0;
  design.transmitter = {300, 0, -200};
  design.receiver.sensitivity_dBm = -20 + 10 * std::log10(2); // OMA of an average of -20 dBm
  EXPECT_NEAR(budget(design, lane("a")).lanes[0].receive_margin_dB, 9.37, 1e-9);
}

// docs/facts/power.md (b) 17: 0.72 connector + 0.26 glass + 1.0 evanescent = 1.98 dB.
TEST(LinkBudget, PublishedGlassChain) {
  auto design = published(24.5, 1.0);
  design.path.connector_loss_dB = 0;
  design.path.edge_dB = 0.72;
  const auto terms = budget(design, lane("a", 0.26)).worst_ledger.to_launch;
  EXPECT_NEAR(term(terms, "edge out") + term(terms, "transmit propagation") + term(terms, "coupling out"), 1.98, 1e-12);
}

TEST(LinkBudget, LedgerAddsUpAndNamesEveryPart) {
  LinkDesign design;
  design.laser.fibre_loss_dB = 0.002;
  design.laser.edge_dB = 0.7;
  design.laser.polarization_extinction_dB = 20;
  design.path.receive_pdl_dB = 0.2;
  LaneLosses losses = lane("a");
  losses.feed = {0.1, 0.2, 0.03, 0.07, 0.4, 0};
  losses.transmit = route(0.7);
  losses.receive = route(0.9);
  losses.movement = {0.08, 0.02};
  losses.feed_crossed_share = 0.5;
  const LinkBudget link = budget(design, losses);
  const LaneLedger& ledger = link.worst_ledger;
  const LaneBudget& lane = link.lanes[0];
  EXPECT_NEAR(design.laser.max_power_dBm - total(ledger.to_launch), lane.launch_dBm, 1e-12);
  EXPECT_NEAR(lane.launch_dBm - total(ledger.to_receiver), lane.received_dBm, 1e-12);
  EXPECT_EQ(lane.terms_dB.size(), ledger.to_launch.size() + ledger.to_receiver.size() + ledger.penalties.size());
  for (const auto& [name, loss_dB] : {std::pair{"laser connector 1", 0.5},
                                      {"laser connector 2", 0.5},
                                      {"laser fibre", 0.002},
                                      {"edge in", 0.7},
                                      {"feed propagation", 0.1},
                                      {"feed bends", 0.2},
                                      {"feed joints", 0.03},
                                      {"feed crossings", 0.07},
                                      {"shift in", 0.08},
                                      {"tilt out", 0.02}})
    EXPECT_DOUBLE_EQ(term(ledger.to_launch, name), loss_dB) << name;
  EXPECT_NEAR(term(ledger.to_launch, "feed polarisation"), 10 * std::log10(1.01), 1e-12);
  EXPECT_NEAR(term(ledger.to_launch, "stress birefringence"), 10 * std::log10(2), 1e-12);
  EXPECT_DOUBLE_EQ(term(ledger.to_receiver, "receive propagation"), 0.9);
  EXPECT_DOUBLE_EQ(term(ledger.to_receiver, "polarisation at receiver"), 0.2);
  EXPECT_DOUBLE_EQ(term(ledger.to_receiver, "fibre plant"), 3.0);
  EXPECT_DOUBLE_EQ(term(ledger.penalties, "transmitter eye closure"), 2.0);
}

// A laser at the required power leaves exactly no margin.
TEST(LinkBudget, RequiredPowerLeavesNoMargin) {
  LinkDesign design;
  const auto link = budget(design, lane("a", 0.5));
  design.laser.max_power_dBm = link.laser_power_dBm;
  const auto again = budget(design, lane("a", 0.5));
  EXPECT_NEAR(again.worst_margin_dB, 0, 1e-12);
  EXPECT_NEAR(check(again, "receiver_oma_min_dBm").margin(), again.lanes[0].receive_margin_dB, 1e-12);
  EXPECT_NEAR(again.lanes[0].far_end_margin_dB, check(again, "far_end_oma_min_dBm").margin(), 1e-12);
}

// The weaker side decides: OMA - TDECQ at the launch, or the amplitude at the photodiode.
TEST(LinkBudget, WeakerSideDecides) {
  LinkDesign design;
  LaneLosses losses = lane("a");
  design.receiver.sensitivity_dBm = -20;
  const auto launch = budget(design, losses);
  EXPECT_NEAR(launch.worst_margin_dB, launch.lanes[0].launch_margin_dB, 1e-12);
  EXPECT_NEAR(launch.lanes[0].launch_margin_dB, launch.lanes[0].launch_oma_dBm - 2.0 + 1.0, 1e-12);
  design.receiver.sensitivity_dBm = 0;
  const auto receive = budget(design, losses);
  EXPECT_NEAR(receive.worst_margin_dB, receive.lanes[0].received_oma_dBm - 2.0 - 0.1, 1e-12);
}

TEST(LinkBudget, EyeClosureAndCrosstalkAreTakenFromTheAmplitude) {
  LinkDesign design;
  LaneLosses losses = lane("a");
  const auto before = budget(design, losses).lanes[0];
  losses.transmit_crosstalk = losses.receive_crosstalk = {1e-4, 1e-2};
  const auto after = budget(design, losses).lanes[0];
  EXPECT_EQ(after.received_dBm, before.received_dBm);
  EXPECT_NEAR(before.receive_margin_dB - after.receive_margin_dB,
              crosstalk_penalty_dB(Crosstalk::coherent, 2e-4, 2e-2, 4.5, pam4_q(2.28e-4)), 1e-12);
}

TEST(LinkBudget, LasersAlikeOrEachAsItsWorstLaneNeeds) {
  LinkDesign design;
  const LaneLosses lanes[] = {lane("a", 0.5, 0), lane("b", 1.5, 0), lane("c", 1.0, 1)};
  const auto common = link_budget(design, lanes);
  EXPECT_EQ(common.worst_lane, 1U);
  EXPECT_DOUBLE_EQ(common.laser_power_dBm, common.lanes[1].required_laser_dBm);
  EXPECT_DOUBLE_EQ(common.mean_laser_dBm, common.laser_power_dBm);
  EXPECT_THAT(common.lasers, testing::SizeIs(2));
  design.laser.each_trimmed = true;
  const auto each = link_budget(design, lanes);
  EXPECT_DOUBLE_EQ(each.lasers[0].power_dBm, common.laser_power_dBm);
  EXPECT_NEAR(each.lasers[0].power_dBm - each.lasers[1].power_dBm, 0.5, 1e-12);
  EXPECT_NEAR(each.mean_laser_dBm, each.lasers[1].power_dBm + 10 * std::log10((1 + std::pow(10, 0.05)) / 2), 1e-12);
  // b and c need what they get; a launches 1 dB more, and the reserve of 1.5 dB on top while fresh
  EXPECT_NEAR(each.highest_launch_dBm, each.lanes[0].launch_dBm - each.worst_margin_dB + 1.5, 1e-12);
}

TEST(LinkBudget, WeakLaserNamesTheTermsToAttack) {
  LinkDesign design;
  design.laser.max_power_dBm = 10;
  const auto link = budget(design, lane("a", 2.5));
  EXPECT_LT(link.worst_margin_dB, 0);
  EXPECT_THAT(link.violations,
              ElementsAre(rule("link_margin", "above its limit of 10.00 dBm, and no lane has a margin")));
  // 2.5 dB of guide, then the couplings of 1.5 dB against the published 0.27 dB
  ASSERT_EQ(link.attack.size(), 3U);
  EXPECT_EQ(link.attack[0].name, "transmit propagation");
  EXPECT_NEAR(link.attack[0].loss_dB, 2.5, 1e-12);
  EXPECT_EQ(link.attack[1].name, "coupling in");
  EXPECT_NEAR(link.attack[1].loss_dB, 1.23, 1e-12);
  EXPECT_THAT(link.violations[0].message, HasSubstr("attack first: transmit propagation (2.50 dB above no guide)"));
}

TEST(LinkBudget, NoisyLaserBreaksTheStandardAndIsNamed) {
  LinkDesign design;
  design.standard.rin_max_dB_per_Hz = -139;
  design.transmitter.rin_dB_per_Hz = -139;
  EXPECT_THAT(budget(design, lane("a")).violations, IsEmpty());
  design.transmitter.rin_dB_per_Hz = -130; // no power is enough at 4.5 dB of extinction
  const auto link = budget(design, lane("a"));
  EXPECT_THAT(link.violations, testing::Contains(rule("transmitter", "-130.0 dB/Hz is above the -139.0 dB/Hz")));
  EXPECT_THAT(link.violations, testing::Contains(rule("link_margin", "attack first: noise of the laser's intensity")));
}

TEST(LinkBudget, AttackNamesWhatLosesMostWhereverItStands) {
  LinkDesign design;
  design.optical_switch_dB = 50;
  design.plant_loss_dB = 30;
  const auto link = budget(design, lane("a"));
  EXPECT_EQ(link.attack[0].name, "optical switch");
  EXPECT_NEAR(link.attack[0].loss_dB, 48, 1e-12);
  EXPECT_EQ(link.attack[1].name, "fibre plant");
  EXPECT_NEAR(link.attack[1].loss_dB, 26, 1e-12);
  // lasers at their limit for the receiver's sake, not because lanes differ
  EXPECT_THAT(link.violations, testing::Contains(rule("launch_power", "what reaches the receiver is too little")));
}

TEST(LinkBudget, UnequalLanesOfOneLaserLaunchTooMuch) {
  LinkDesign design;
  design.laser.max_power_dBm = 30;
  const LaneLosses unequal[] = {lane("near"), lane("far", 7)};
  EXPECT_THAT(link_budget(design, unequal).violations,
              testing::Contains(rule("launch_power", "lane near, fresh, launches")));
  const LaneLosses trimmed[] = {lane("near"), lane("far", 7, 1)};
  design.laser.each_trimmed = true;
  EXPECT_THAT(link_budget(design, trimmed).violations, IsEmpty());
}

TEST(LinkBudget, LimitsOfTheTransmitter) {
  LinkDesign design;
  design.transmitter.extinction_ratio_dB = 3.0;
  EXPECT_THAT(budget(design, lane("a")).violations,
              testing::Contains(rule("transmitter", "extinction ratio of 3.00 dB")));
  design.transmitter = {4.5, 3.6, -150};
  EXPECT_THAT(budget(design, lane("a")).violations, testing::Contains(rule("transmitter", "TDECQ) of 3.60 dB")));
}

// Without a plant the photodiode gets the fresh launch less connector and coupling, 2.0 dB.
TEST(LinkBudget, ShortestPlantOverloads) {
  LinkDesign design;
  design.receiver.overload_dBm = -2;
  const auto link = budget(design, lane("a"));
  EXPECT_NEAR(check(link, "receiver_overload_dBm").found, link.highest_launch_dBm - 2.0, 1e-12);
  EXPECT_THAT(link.violations, ElementsAre(rule("receiver_overload", "without loss in the fibre plant")));
}

TEST(LinkBudget, LaserInTheEngineSkipsTheFeed) {
  LinkDesign design;
  LaneLosses losses = lane("a", 0.5);
  losses.feed = route(0.8);
  losses.receive = route(0.5);
  losses.movement = {0.15, 0.05};
  const auto external = budget(design, losses);
  design.laser.location = LaserLocation::in_engine;
  const auto inside = budget(design, losses);
  // two connectors, the feed guide, the coupling in and its misalignment fall away
  EXPECT_NEAR(external.laser_power_dBm - inside.laser_power_dBm, 1.0 + 0.8 + 1.5 + 0.2, 1e-12);
}

TEST(LinkBudget, MisalignmentCountsAtEveryPassage) {
  LinkDesign design;
  LaneLosses losses = lane("a");
  const auto before = budget(design, losses).lanes[0];
  losses.movement = {0.2, 0.1};
  const auto after = budget(design, losses).lanes[0];
  EXPECT_NEAR(before.launch_dBm - after.launch_dBm, 0.6, 1e-12);
  EXPECT_NEAR(before.received_dBm - after.received_dBm, 0.9, 1e-12);
}

TEST(LinkBudget, SpreadByHand) {
  std::vector<double> values;
  for (int i = 100; i >= 1; --i)
    values.push_back(i);
  const Spread s = spread(values);
  EXPECT_EQ(s.min, 1);
  EXPECT_EQ(s.p5, 5);
  EXPECT_EQ(s.p50, 50);
  EXPECT_DOUBLE_EQ(s.mean, 50.5);
  EXPECT_EQ(s.p95, 95);
  EXPECT_EQ(s.max, 100);
  EXPECT_EQ(spread({3}).p5, 3);
  EXPECT_THROW(spread({}), std::invalid_argument);
}

TEST(LinkBudget, NoLaneIsMisuse) {
  EXPECT_THROW(link_budget({}, {}), std::invalid_argument);
  LinkDesign design;
  design.laser.lanes_per_laser = 0;
  EXPECT_THROW(budget(design, lane("a")), std::invalid_argument);
}
