// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of ownership and fleets from the design file to results.json.
#include "good_design.hpp"
#include "study/design.hpp"
#include "study/evaluate.hpp"
#include "study/figures.hpp"
#include "study/fleet.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

Tree open(const std::vector<std::string>& settings = {}) {
  return open_design(example::source_dir / "designs/reference/102t-organic-705g.yaml", {}, settings);
}

std::string fault_of(const std::vector<std::string>& settings) {
  return message_of([&] { read_design(open(settings)); });
}

/// The design's comparison without solving it: its own optics at 448 W, lasers 100 W of it.
power::ComparisonResult compared(const Design& design) {
  power::OwnOptics own;
  own.name = design.name;
  own.capacity_Tbps = design.package.engines.count * design.package.engines.bandwidth_Tbps;
  own.optics_W = 348;
  own.laser_W = 100;
  own.like = design.own_class;
  return power::compare(own, design.alternatives, design.comparison);
}

OwnedAlternative owned(const std::vector<std::string>& settings, std::size_t row) {
  const Design design = read_design(open(settings));
  return own_alternatives(design, compared(design)).at(row);
}

FleetSolution fleet(const std::vector<std::string>& settings) {
  const Design design = read_design(open(settings));
  const power::ComparisonResult comparison = compared(design);
  return solve_fleet(design, comparison, own_alternatives(design, comparison));
}

double number(const Json& results, const std::string& path) {
  return find_number(results, path).value();
}

const std::vector<std::string> million = {"fleet.accelerators=1000000", "fleet.transceivers_per_accelerator=10"};

} // namespace

TEST(OwnershipResults, CostIsThePresentValueOfAllItsParts) {
  const Json results = evaluate(open());
  for (const Json& row : results.at("power").at("alternatives")) {
    if (!row.contains("capex_eur")) // a class without a price, see below
      continue;
    double sum = 0;
    for (const Json& part : row.at("ownership").at("present_value"))
      sum += part.get<double>();
    EXPECT_NEAR(sum, row.at("tco_eur").get<double>(), 1e-6) << row.at("name");
    EXPECT_NEAR(row.at("ownership").at("present_value").at("purchase_eur").get<double>(),
                row.at("capex_eur").get<double>(), 1e-9);
    EXPECT_EQ(row.at("ownership").at("cash_flow_eur").size(), 6u); // five years and their start
    EXPECT_GT(row.at("ownership").at("failures_per_year").get<double>(), 0);
  }
  EXPECT_THAT(absent_reason(results, "power.alternatives[dsp-1.6t].ownership.break_even_years"),
              HasSubstr("the others are compared with"));
  EXPECT_THAT(absent_reason(results, "fleet"), HasSubstr("no block fleet"));
}

TEST(OwnershipResults, AClassWithoutAPriceIsShownWithoutCost) {
  const Json results = evaluate(open({"comparison.alternatives=[dsp-1.6t, half-retimed-800g]"}));
  const Json& row = results.at("power").at("alternatives").at(2);
  EXPECT_EQ(row.at("name"), "half-retimed-800g");
  EXPECT_GT(row.at("total_W").get<double>(), 0);
  EXPECT_GT(row.at("ownership").at("failures_per_year").get<double>(), 0);
  EXPECT_FALSE(row.contains("tco_eur"));
  for (const char* key : {"capex_eur", "tco_eur", "ownership.present_value", "ownership.break_even_years"})
    EXPECT_THAT(absent_reason(results, std::string("power.alternatives[half-retimed-800g].") + key),
                HasSubstr("half-retimed-800g has no price_usd_per_Gbps"))
        << key;
  EXPECT_TRUE(results.at("power").at("alternatives").at(0).contains("tco_eur"));
}

TEST(OwnershipResults, TheReferenceWithoutAPriceLeavesNoBreakEven) {
  const OwnedAlternative own = owned({"comparison.alternatives=[lpo-1.6t]"}, 0);
  EXPECT_TRUE(own.cost);
  EXPECT_FALSE(own.break_even_years);
  EXPECT_THAT(own.break_even_absent, HasSubstr("no DSP pluggable class"));
}

TEST(OwnershipResults, ALaserInTheFieldCostsLessThanOneInTheEngine) {
  const power::Ownership field = *owned({}, 0).cost;
  const power::Ownership inside = *owned({"laser.location=in_engine"}, 0).cost;
  EXPECT_NEAR(field.failures_per_year, inside.failures_per_year, 1e-12); // as often, but a whole switch each time
  EXPECT_GT(inside.present.replacement_eur, 3 * field.present.replacement_eur);
  EXPECT_GT(inside.present.downtime_eur, field.present.downtime_eur);
}

TEST(OwnershipResults, SpareEnginesTakeOverFailures) {
  const std::vector<std::string> engines_fail = {"comparison.ownership.co_packaged.laser_failure_share=0"};
  std::vector<std::string> with_spares = engines_fail;
  with_spares.push_back("engines.spares=1");
  EXPECT_LT(owned(with_spares, 0).cost->repairs, 0.6 * owned(engines_fail, 0).cost->repairs);
}

TEST(OwnershipResults, HorizonAndRateAreTheDesigns) {
  const power::Ownership plain =
      *owned({"comparison.ownership.discount_rate_per_year=0", "comparison.horizon_years=2.5"}, 1).cost;
  EXPECT_EQ(plain.years.size(), 4u);
  double sum = 0;
  for (const power::CostParts& year : plain.years)
    sum += year.total_eur();
  EXPECT_NEAR(sum, plain.tco_eur, 1e-6);
  const Design design = read_design(open());
  const double energy_MWh = compared(design).alternatives[1].energy_per_year_MWh;
  EXPECT_NEAR(plain.present.electricity_eur, 2.5 * energy_MWh * 1e3 * 0.12, 1e-6);
}

TEST(OwnershipInput, RatesComeInPairsAndValuesInRanges) {
  EXPECT_THAT(fault_of({"comparison.ownership.co_packaged.laser_FIT=50"}), HasSubstr("both of them, or neither"));
  EXPECT_EQ(
      fault_of({"comparison.ownership.co_packaged.laser_FIT=50", "comparison.ownership.co_packaged.engine_FIT=10"}),
      "");
  EXPECT_THAT(fault_of({"comparison.ownership.stock_service_level=1"}), HasSubstr("stock_service_level"));
  EXPECT_THAT(fault_of({"comparison.ownership.discount_rate_per_year=-0.1"}), HasSubstr("from 0 to 10"));
  EXPECT_THAT(fault_of({"comparison.ownership.service_visit_usd=100"}), HasSubstr("unknown key"));
  EXPECT_THAT(fault_of({"comparison.ownership.pluggable.sources=0"}), HasSubstr("sources"));
}

TEST(FleetInput, AFabricIsATreeOrANumberOfTransceivers) {
  EXPECT_THAT(fault_of({"fleet.accelerators=1000"}), HasSubstr("switch_radix"));
  EXPECT_THAT(fault_of({"fleet.accelerators=0", "fleet.switch_radix=64"}), HasSubstr("fleet.accelerators"));
  EXPECT_THAT(fault_of({"fleet.accelerators=1000", "fleet.switch_radix=63"}), HasSubstr("an even number"));
  EXPECT_THAT(fault_of({"fleet.accelerators=9000", "fleet.switch_radix=128", "fleet.tiers=2"}),
              HasSubstr("enough for 9000 accelerators: this tree holds 8192"));
  EXPECT_THAT(fault_of({"fleet.accelerators=1000", "fleet.transceivers_per_accelerator=4", "fleet.switch_radix=64"}),
              HasSubstr("transceivers_per_accelerator"));
  EXPECT_THAT(fault_of({"fleet.accelerators=1000", "fleet.transceivers_per_accelerator=4", "fleet.tiers=2"}),
              HasSubstr("tiers belong to switch_radix"));
  EXPECT_THAT(fault_of({"fleet.accelerators=1000", "fleet.transceivers_per_accelerator=0.5",
                        "fleet.copper_to_accelerator=false"}),
              HasSubstr("at least 1"));
  EXPECT_THAT(fault_of({"fleet.accelerators=1000", "fleet.switch_radix=64", "fleet.ocs.insertion_loss_dB=-1"}),
              HasSubstr("insertion_loss_dB"));
}

TEST(FleetInput, TheLossOfAnOpticalSwitchReachesTheLinkWhenAsked) {
  std::vector<std::string> settings = {"fleet.accelerators=1000", "fleet.switch_radix=64",
                                       "fleet.ocs.insertion_loss_dB=1.5"};
  EXPECT_EQ(read_design(open(settings)).link.optical_switch_dB, 0);
  settings.push_back("fleet.ocs.in_link=true");
  EXPECT_NEAR(read_design(open(settings)).link.optical_switch_dB, 1.5, 1e-12);
  settings.push_back("fleet.ocs.circulators=true");
  EXPECT_NEAR(read_design(open(settings)).link.optical_switch_dB, 1.5 + 1.6, 1e-12);
}

// The published figures with the classes of the library; the same by hand in tests/power/fleet_test.cpp.

TEST(FleetResults, AMillionAcceleratorsWithTheLibrarysClasses) {
  const FleetSolution solution = fleet(million);
  ASSERT_EQ(solution.alternatives.size(), 7u); // own, dsp-1.6t, half-retimed, lpo, npo, cpo-fibre, cpo-glass
  const power::FleetFigures& dsp = solution.alternatives[1].figures;
  // Ten ends of 800 Gb/s: half a 1.6T module each, 13 W, 130 MW; "20 W a module" would be 200 MW.
  EXPECT_NEAR(dsp.optics_MW, 10e6 * 26 / 2 * 1e-6, 1e-6);
  EXPECT_EQ(dsp.modules, 5e6);
  EXPECT_NEAR(dsp.lasers, 40e6, 1); // eight a module
  // Co-packaged: 50 to 75 % of the optics, at the meter with the hosts as well.
  EXPECT_GT(solution.alternatives[5].of_optics->ratio, 0.50);
  EXPECT_LT(solution.alternatives[5].of_optics->ratio, 0.75);
  EXPECT_GT(solution.alternatives[5].at_the_meter->ratio, 0.50);
  EXPECT_LT(solution.alternatives[5].at_the_meter->ratio, 0.75);
  // About 150 MW and more than 100 million euros a year hold at the meter, where the hosts' SerDes and the overhead
  // count: 130 MW of modules alone cannot give 150.
  EXPECT_NEAR(solution.alternatives[5].at_the_meter->numerator_MW, 150, 25);
  EXPECT_GT(solution.alternatives[5].at_the_meter->eur_per_year, 100e6);
  EXPECT_NEAR(solution.alternatives[1].at_the_meter->ratio, 0, 1e-12);
}

TEST(FleetResults, OwnOpticsScaleWithTheTrafficTheyCarry) {
  const FleetSolution solution = fleet(million);
  // 448 W for 102.4 Tb/s, 8,000 Pb/s of link ends.
  EXPECT_NEAR(solution.alternatives[0].figures.optics_MW, 448 / 102.4 * 8e6 * 1e-6, 1e-6);
}

TEST(FleetResults, AcceleratorsKeepTheirModulesWhereTheirLinksAreLight) {
  std::vector<std::string> settings = million;
  settings.push_back("fleet.copper_to_accelerator=false");
  const FleetSolution solution = fleet(settings);
  EXPECT_EQ(solution.alternatives[5].figures.at_accelerators, "dsp-1.6t");
  EXPECT_NEAR(solution.ends.at_switches, 9, 1e-12);
  EXPECT_LT(solution.alternatives[5].of_optics->ratio, fleet(million).alternatives[5].of_optics->ratio);
}

TEST(FleetResults, TreeAndOpticalSwitchesAreReported) {
  const Json results = evaluate(open(
      {"fleet.accelerators=8192", "fleet.switch_radix=128", "fleet.ocs.ports=128", "fleet.shipments.first_year=2024"}));
  EXPECT_EQ(number(results, "fleet.tiers"), 2);
  EXPECT_EQ(results.at("fleet").at("packet_switches").dump(), "[128.0,64.0]");
  EXPECT_EQ(number(results, "fleet.link_ends_per_accelerator"), 2);
  EXPECT_EQ(number(results, "fleet.ocs.tier.packet_switches_removed"), 64);
  EXPECT_GT(number(results, "fleet.ocs.tier.optics_saving"), 0.2);
  EXPECT_LT(number(results, "fleet.ocs.tier.optics_saving"), 0.5);
  EXPECT_NEAR(number(results, "fleet.ocs.reach[dr].reach_km"), 0.5, 1e-9);
  EXPECT_NEAR(number(results, "fleet.ocs.reach[fr].fibre_loss_left_dB"), 1.3, 1e-9);
  EXPECT_NEAR(number(results, "fleet.ocs.reach[400zr-unamplified].reach_km"), 33.2, 1e-9);
  EXPECT_EQ(number(results, "fleet.shipments.target_year"), 2029);
  EXPECT_THAT(absent_reason(results, "fleet.alternatives[cpo-fibre].at_accelerators"), HasSubstr("copper"));
}

TEST(FleetResults, AReachThatIsGoneSaysWhatTookIt) {
  const Json results =
      evaluate(open({"fleet.accelerators=1000", "fleet.transceivers_per_accelerator=4", "fleet.ocs.connectors=5"}));
  EXPECT_NEAR(number(results, "fleet.ocs.reach[dr].fibre_loss_left_dB"), -0.75, 1e-9);
  EXPECT_THAT(absent_reason(results, "fleet.ocs.reach[dr].reach_km"), HasSubstr("0.75 dB short of the 3 dB budget"));
  EXPECT_THAT(absent_reason(results, "fleet.ocs.tier"), HasSubstr("give fleet.switch_radix"));
  EXPECT_THAT(absent_reason(results, "fleet.tiers"), HasSubstr("not tiers"));
}

} // namespace beachfront::study
