// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/link_budget.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

using namespace beachfront::optics;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

constexpr double printed = 0.05; // powers in docs/facts/power.md are printed to 0.1 dB

/// "Laser budget (D)" of docs/facts/power.md section 4: no reserve, no guides.
LinkDesign published(double laser_dBm, double coupling_dB) {
  LinkDesign design;
  design.laser.max_power_dBm = laser_dBm;
  design.laser.coupling_in_dB = coupling_dB;
  design.path.coupling_out_dB = coupling_dB;
  design.reserve = {0, 0, 0};
  return design;
}

LaneLosses lane(const char* name, double transmit_dB = 0) {
  return {name, 0, transmit_dB, 0, 0};
}

double launch_dBm(const LinkDesign& design) {
  const LaneLosses lanes[] = {lane("a")};
  return link_budget(design, lanes).lanes[0].launch_dBm;
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

} // namespace

TEST(LinkBudget, PublishedLaserBudget) {
  EXPECT_NEAR(launch_dBm(published(24.5, 1.5)), 6.7, printed);
  EXPECT_NEAR(launch_dBm(published(20, 1.5)), 2.2, printed);
  EXPECT_NEAR(launch_dBm(published(24.5, 2.0)), 5.7, printed); // glass
  EXPECT_NEAR(launch_dBm(published(20, 2.0)), 1.2, printed);
}

TEST(LinkBudget, PublishedMargins) {
  const LaneLosses lanes[] = {lane("a")};
  EXPECT_NEAR(link_budget(published(24.5, 1.5), lanes).lanes[0].launch_margin_dB, 9.8, printed);
  EXPECT_NEAR(link_budget(published(20, 1.5), lanes).lanes[0].launch_margin_dB, 5.3, printed);
  const auto standard = standard_200g_dr();
  EXPECT_NEAR(standard.launch_min_dBm - standard.channel_loss_dB, standard.receive_min_dBm, 1e-12);
}

// docs/facts/power.md (b) 17: 0.72 connector + 0.26 glass + 1.0 evanescent = 1.98 dB.
TEST(LinkBudget, PublishedGlassChain) {
  auto design = published(24.5, 1.0);
  design.path.connector_loss_dB = 0.72;
  const LaneLosses lanes[] = {lane("a", 0.26)};
  const auto terms = link_budget(design, lanes).lanes[0].to_launch;
  EXPECT_NEAR(term(terms, "connector") + term(terms, "data guide") + term(terms, "coupling out"), 1.98, 1e-12);
}

TEST(LinkBudget, LedgerAddsUp) {
  LinkDesign design;
  const LaneLosses lanes[] = {{"a", 0.4, 0.7, 0.9, 0.1}};
  const auto lane = link_budget(design, lanes).lanes[0];
  EXPECT_NEAR(design.laser.max_power_dBm - total(lane.to_launch), lane.launch_dBm, 1e-12);
  EXPECT_NEAR(lane.launch_dBm - total(lane.to_receiver), lane.received_dBm, 1e-12);
  EXPECT_DOUBLE_EQ(term(lane.to_launch, "laser feed guide"), 0.4);
  EXPECT_DOUBLE_EQ(term(lane.to_launch, "data guide"), 0.7);
  EXPECT_DOUBLE_EQ(term(lane.to_receiver, "receive guide"), 0.9);
  EXPECT_DOUBLE_EQ(term(lane.to_receiver, "misalignment at receiver"), 0.1);
  EXPECT_DOUBLE_EQ(term(lane.to_receiver, "fibre plant"), 3.0);
}

// A laser at the required power leaves exactly no margin; the default receiver balances the default transmitter.
TEST(LinkBudget, RequiredPowerLeavesNoMargin) {
  LinkDesign design;
  const LaneLosses lanes[] = {lane("a", 0.5)};
  const auto link = link_budget(design, lanes);
  design.laser.max_power_dBm = link.laser_power_dBm;
  EXPECT_NEAR(link_budget(design, lanes).worst_margin_dB, 0, 1e-12);
  EXPECT_NEAR(link.lanes[0].launch_margin_dB, link.lanes[0].receive_margin_dB, 1e-12);
}

TEST(LinkBudget, ReceiveSideLimitsWhenItIsTheWeaker) {
  LinkDesign design;
  const LaneLosses lanes[] = {{"a", 0, 0.5, 2.0, 0}};
  const auto link = link_budget(design, lanes);
  EXPECT_NEAR(link.worst_margin_dB, link.lanes[0].receive_margin_dB, 1e-12);
  EXPECT_NEAR(link.lanes[0].launch_margin_dB - link.lanes[0].receive_margin_dB, 2.0, 1e-12);
}

TEST(LinkBudget, WorstLaneSetsTheLaser) {
  LinkDesign design;
  const LaneLosses lanes[] = {lane("a", 0.5), lane("b", 1.5), lane("c", 1.0)};
  const auto link = link_budget(design, lanes);
  EXPECT_EQ(link.worst_lane, 1U);
  EXPECT_DOUBLE_EQ(link.laser_power_dBm, link.lanes[1].required_laser_dBm);
  EXPECT_THAT(link.violations, IsEmpty());
  // the lane with least loss launches 1 dB more than the worst one's minimum, and the reserve on top while fresh
  EXPECT_NEAR(link.highest_launch_dBm, -3.1 + 1.0 + 1.5, 1e-12);
}

TEST(LinkBudget, WeakLaserAndUnequalLanesAreReasons) {
  LinkDesign design;
  design.laser.max_power_dBm = 12;
  const LaneLosses one[] = {lane("a")};
  EXPECT_THAT(link_budget(design, one).violations,
              ElementsAre(Field(&beachfront::geometry::Violation::message, HasSubstr("above its limit of 12.00 dBm"))));
  EXPECT_LT(link_budget(design, one).worst_margin_dB, 0);
  design.laser.max_power_dBm = 26;
  const LaneLosses unequal[] = {lane("near"), lane("far", 7)};
  EXPECT_THAT(link_budget(design, unequal).violations,
              ElementsAre(Field(&beachfront::geometry::Violation::message, HasSubstr("the lanes differ too much"))));
}

TEST(LinkBudget, LaserInTheEngineSkipsTheFeed) {
  LinkDesign design;
  const LaneLosses lanes[] = {{"a", 0.8, 0.5, 0.5, 0.2}};
  const auto external = link_budget(design, lanes);
  design.laser.location = LaserLocation::in_engine;
  const auto inside = link_budget(design, lanes);
  // two connectors, the feed guide, the coupling in and its misalignment fall away
  EXPECT_NEAR(external.laser_power_dBm - inside.laser_power_dBm, 1.0 + 0.8 + 1.5 + 0.2, 1e-12);
}

TEST(LinkBudget, MisalignmentCountsAtEveryPassage) {
  LinkDesign design;
  const LaneLosses good[] = {{"a", 0, 0, 0, 0}}, bad[] = {{"a", 0, 0, 0, 0.3}};
  const auto before = link_budget(design, good).lanes[0], after = link_budget(design, bad).lanes[0];
  EXPECT_NEAR(before.launch_dBm - after.launch_dBm, 0.6, 1e-12);
  EXPECT_NEAR(before.received_dBm - after.received_dBm, 0.9, 1e-12);
}

TEST(LinkBudget, NoLaneIsMisuse) {
  EXPECT_THROW(link_budget({}, {}), std::invalid_argument);
  LinkDesign design;
  design.laser.lanes_per_laser = 0;
  const LaneLosses lanes[] = {lane("a")};
  EXPECT_THROW(link_budget(design, lanes), std::invalid_argument);
}
