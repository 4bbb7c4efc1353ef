// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/optical_switching.hpp"

#include "power/transceiver.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace beachfront::power {
namespace {

Cluster tree() {
  Cluster cluster;
  cluster.accelerators = 8192;
  cluster.link_Tbps = 0.8;
  cluster.radix = 128;
  cluster.tiers = 2;
  return cluster;
}

FleetClass module_class(double module_W) {
  FleetClass optics;
  optics.name = "dsp";
  optics.module_Tbps = 0.8;
  optics.optics_pJ_per_bit = energy_pJ_per_bit(module_W, 0.8);
  return optics;
}

TEST(OpticalSwitching, PortsAreCountedFibreByFibre) {
  OpticalSwitch palomar;
  // An end is one fibre out and one in: a port on either side.
  EXPECT_EQ(optical_switches_needed(palomar, 8192, 1), 64);
  EXPECT_EQ(optical_switches_needed(palomar, 8193, 1), 65);
  EXPECT_EQ(optical_switches_needed(palomar, 8192, 4), 256); // four parallel pairs
  palomar.circulators = true;
  EXPECT_EQ(optical_switches_needed(palomar, 8192, 1), 32);
  EXPECT_NEAR(added_loss_dB(palomar), 2.0 + 2 * 0.8, 1e-12);
}

TEST(OpticalSwitching, TheTierLosesItsSwitchesAndHalfItsTransceivers) {
  const SwitchingTier tier = switching_tier(tree(), {}, module_class(15), 18.4, 1, 1);
  EXPECT_EQ(tier.packet_switches, 64);
  EXPECT_EQ(tier.optical_switches, 64);
  EXPECT_NEAR(tier.packet_switch_MW, 64 * 102.4 * 18.4 * 1e-6, 1e-12);
  EXPECT_NEAR(tier.optics_MW_each_side, 8192 * 15e-6, 1e-12);
  EXPECT_NEAR(tier.optical_switch_MW, 64 * 108e-6, 1e-12);
  EXPECT_NEAR(tier.saving(), 1 - (8192 * 15 + 64 * 108.0) / (64 * 102.4 * 18.4 + 2 * 8192 * 15), 1e-12);
}

TEST(OpticalSwitching, SavesFortyPercentOfTheTransceiversOfItsTier) {
  // Published: 40 %, Google's fabric 41 %. Reading 1, transceivers alone: half of them go, the optical switches draw
  // 108 W for 128 ends, and the ends that stay must launch through 2 dB more. 47 % without that last term ...
  EXPECT_NEAR(switching_tier(tree(), {}, module_class(15), 18.4, 1, 1).optics_saving(), 0.47, 0.005);
  // ... and 40 % when those ends draw 14 % more: 0.5 (1 + x) + 0.028 = 0.60.
  EXPECT_NEAR(switching_tier(tree(), {}, module_class(15), 18.4, 1, 1.144).optics_saving(), 0.40, 0.005);
  // Reading 2, the whole tier with its packet switches: 65 %, more than published.
  EXPECT_NEAR(switching_tier(tree(), {}, module_class(15), 18.4, 1, 1).saving(), 0.65, 0.005);
}

TEST(OpticalSwitching, OfAWholeFabricTheSpineIsFortyPercent) {
  // Reading 3, Google's: the fabric's power falls to 59 % of its baseline. Two tiers of switches, 3 kW for 128 ends
  // each (section 5): below, half the ports face the machines and carry no optics here. The spine's switches and upper
  // transceivers go, its place taken by 108 W for 128 ends.
  const double packet_W = 3000 / 128.0; // a port
  const double optics_W = 15;
  const double baseline_W = 2 * packet_W + packet_W + 2 * optics_W; // ports down and up, spine port, two transceivers
  const double after_W = 2 * packet_W + optics_W + 108 / 128.0;
  EXPECT_NEAR(1 - after_W / baseline_W, 0.41, 0.05); // 37.5 %
  // The box alone: 108 W against 3 kW.
  EXPECT_NEAR(1 - 108.0 / 3000, 0.964, 1e-12);
}

TEST(OpticalSwitching, NeedsATierToReplace) {
  Cluster one = tree();
  one.tiers = 1;
  EXPECT_THROW(switching_tier(one, {}, module_class(15), 18.4, 1, 1), std::invalid_argument);
  Cluster given = tree();
  given.ends_per_accelerator = 4;
  EXPECT_THROW(switching_tier(given, {}, module_class(15), 18.4, 1, 1), std::invalid_argument);
}

TEST(OpticalReach, IsTheRestOfTheBudgetInFibre) {
  const OpticalReach fr{"fr", 4.0, 0.5, 10, std::nullopt, 0};
  const ReachLeft left = reach_left(fr, {}, 2, 0.35);
  EXPECT_NEAR(left.fibre_loss_left_dB, 4.0 - 2.0 - 0.7, 1e-12);
  EXPECT_NEAR(left.reach_km.value(), 1.3 / 0.5, 1e-12);
  EXPECT_EQ(left.limited_by, "loss");
  EXPECT_EQ(left.absent_because, "");
}

TEST(OpticalReach, OfDrFrAndCoherentEnds) {
  // DR: 3 dB less 2 and 0.7 leave 0.3 dB, enough for the 500 m of the standard at 0.5 dB/km.
  const ReachLeft dr = reach_left({"dr", 3.0, 0.5, 0.5, std::nullopt, 0}, {}, 2, 0.35);
  EXPECT_NEAR(dr.reach_km.value(), 0.5, 1e-12);
  EXPECT_EQ(dr.limited_by, "standard");
  // With the 2.75 dB that IEEE allots to connections, no light is left, and it says which term is to blame.
  const ReachLeft allotted = reach_left({"dr", 3.0, 0.5, 0.5, std::nullopt, 0}, {}, 5, 0.55);
  EXPECT_FALSE(allotted.reach_km);
  EXPECT_NEAR(allotted.fibre_loss_left_dB, -1.75, 1e-12);
  EXPECT_EQ(allotted.absent_because, "dr: 1.75 dB short of the 3 dB budget; switch 2 dB, circulators 0 dB, connectors "
                                     "2.75 dB; most by connectors");
  // 400ZR without amplifier: 11 dB; 8.3 dB are left for fibre of 0.25 dB/km.
  const ReachLeft zr = reach_left({"400zr", 11, 0.25, 120, 2400, 20}, {}, 2, 0.35);
  EXPECT_NEAR(zr.reach_km.value(), 8.3 / 0.25, 1e-9);
  EXPECT_EQ(zr.limited_by, "loss");
  // Behind an amplifier the same ends end at their dispersion, 2,400 ps/nm at 20 ps/(nm km).
  const ReachLeft amplified = reach_left({"400zr", 40, 0.25, 200, 2400, 20}, {}, 2, 0.35);
  EXPECT_NEAR(amplified.reach_km.value(), 120, 1e-9);
  EXPECT_EQ(amplified.limited_by, "dispersion");
}

TEST(OpticalReach, NamesTheTermThatTakesMost) {
  OpticalSwitch lossy;
  lossy.insertion_loss_dB = 5;
  EXPECT_NE(reach_left({"dr", 3, 0.5, 1, std::nullopt, 0}, lossy, 2, 0.35).absent_because.find("most by the switch"),
            std::string::npos);
  OpticalSwitch circulating;
  circulating.circulators = true;
  circulating.circulator_loss_dB = 1.5;
  EXPECT_NE(
      reach_left({"dr", 3, 0.5, 1, std::nullopt, 0}, circulating, 2, 0.35).absent_because.find("most by circulators"),
      std::string::npos);
}

} // namespace
} // namespace beachfront::power
