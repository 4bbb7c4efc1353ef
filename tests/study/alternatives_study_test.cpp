// SPDX-License-Identifier: GPL-3.0-or-later
// The alternatives from the design file to results.json and the table of the terminal.
#include "good_design.hpp"
#include "power/serdes.hpp"
#include "study/alternatives_table.hpp"
#include "study/design.hpp"
#include "study/evaluate.hpp"
#include "study/figures.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <sstream>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

Tree open(const std::vector<std::string>& settings = {}, const std::string& name = "102t-glass-fibre") {
  return open_design(example::source_dir / "designs/reference" / (name + ".yaml"), {}, settings);
}

const Json& solved() {
  static const Json results = evaluate(open());
  return results;
}

std::string fault_of(const std::vector<std::string>& settings) {
  return message_of([&] { read_design(open(settings)); });
}

const Json& named(const Json& results, const std::string& name) {
  for (const Json& alternative : results.at("power").at("alternatives"))
    if (alternative.at("name").get<std::string>() == name)
      return alternative;
  throw std::runtime_error("no alternative " + name);
}

double number(const Json& json, const char* key) {
  return json.at(key).get<double>();
}

} // namespace

TEST(StudyAlternatives, DefaultListHoldsEveryFamily) {
  const Design design = read_design(open({"comparison.alternatives=null"}));
  std::set<power::TransceiverKind> kinds;
  for (const power::Transceiver& one : design.alternatives)
    kinds.insert(one.kind);
  EXPECT_EQ(kinds.size(), 6u); // DSP, half-retimed, linear, near-packaged, co-packaged on fibre, on glass
}

TEST(StudyAlternatives, EveryFigureIsSplitWithSourceConfidenceAndRange) {
  for (const Json& alternative : solved().at("power").at("alternatives")) {
    const std::string name = alternative.at("name").get<std::string>();
    double value = 0, low = 0, high = 0;
    for (const auto& [part, estimate] : alternative.at("parts_W").items()) {
      EXPECT_LE(number(estimate, "low"), number(estimate, "value")) << name << ' ' << part;
      EXPECT_LE(number(estimate, "value"), number(estimate, "high")) << name << ' ' << part;
      EXPECT_FALSE(estimate.at("source").get<std::string>().empty()) << name << ' ' << part;
      EXPECT_FALSE(estimate.at("confidence").get<std::string>().empty()) << name << ' ' << part;
      value += number(estimate, "value");
      low += number(estimate, "low");
      high += number(estimate, "high");
    }
    EXPECT_EQ(alternative.at("parts_W").size(), 10u) << name;
    EXPECT_NEAR(value, number(alternative, "total_W"), 1e-6) << name;
    EXPECT_NEAR(low, number(alternative.at("total_span_W"), "low"), 1e-6) << name;
    EXPECT_NEAR(high, number(alternative.at("total_span_W"), "high"), 1e-6) << name;
  }
}

TEST(StudyAlternatives, SavingsCanBeWorkedOutAgainFromTheTable) {
  const Json& results = solved();
  const Json& alternatives = results.at("power").at("alternatives");
  ASSERT_EQ(results.at("power").at("savings").size(), 2 * (alternatives.size() - 1));
  const Json& own = alternatives.at(0);
  for (const Json& saving : results.at("power").at("savings")) {
    const Json& other = named(results, saving.at("against").get<std::string>());
    const auto power_W = [&](const Json& one) {
      return saving.at("host_and_cooling_included").get<bool>() ? number(one, "total_W")
                                                                : number(one, "optics_W") + number(one, "laser_W");
    };
    EXPECT_NEAR(number(saving, "denominator_W"), power_W(other), 1e-9);
    EXPECT_NEAR(number(saving, "numerator_W"), power_W(other) - power_W(own), 1e-9);
    EXPECT_NEAR(number(saving, "ratio"), 1 - power_W(own) / power_W(other), 1e-12);
    EXPECT_LE(number(saving, "ratio_low"), number(saving, "ratio"));
    EXPECT_GE(number(saving, "ratio_high"), number(saving, "ratio"));
  }
}

TEST(StudyAlternatives, NamesTellThemApart) {
  EXPECT_THAT(
      fault_of({"comparison.alternatives=[dsp-1.6t, {use: dsp-1.6t, bandwidth_Tbps: 0.8}]"}),
      HasSubstr("comparison.alternatives[1].name: found 'dsp-1.6t' a second time; must be a name that neither"));
  EXPECT_THAT(fault_of({"name=dsp-1.6t"}), HasSubstr("comparison.alternatives[0].name: found 'dsp-1.6t' a second"));
  EXPECT_EQ(fault_of({"comparison.alternatives=[dsp-1.6t, {use: dsp-1.6t, name: slower, bandwidth_Tbps: 0.8}]"}), "");
}

TEST(StudyAlternatives, WithoutAPriceAreShownWithoutCostAndSayWhy) {
  const Json& unpriced = named(solved(), "half-retimed-1.6t");
  EXPECT_FALSE(unpriced.contains("capex_eur"));
  EXPECT_GT(number(unpriced, "total_W"), 0);
  for (const char* key : {"capex_eur", "tco_eur", "capex_span_eur"})
    EXPECT_THAT(absent_reason(solved(), std::string("power.alternatives[half-retimed-1.6t].") + key),
                HasSubstr("has no price_usd_per_Gbps"))
        << key;
}

TEST(StudyAlternatives, HostEnergyFollowsTheChannelUnlessTheDesignGivesIt) {
  const Json given = evaluate(open({"switch.serdes.energy_pJ_per_bit=1.5"}));
  EXPECT_NEAR(given.at("power").at("alternatives").at(0).at("host").at("energy_pJ_per_bit").at("value").get<double>(),
              1.5, 1e-12);

  const Json found = evaluate(open({"switch.serdes.energy_pJ_per_bit=null"}));
  const Json& host = found.at("power").at("alternatives").at(0).at("host");
  EXPECT_EQ(host.at("energy_pJ_per_bit").at("confidence").get<std::string>(), "derived");
  EXPECT_THAT(host.at("energy_pJ_per_bit").at("source").get<std::string>(), HasSubstr("mean of the design's lanes"));
  double sum = 0;
  int lanes = 0;
  for (const Json& engine : found.at("electrical").at("engines")) {
    sum +=
        engine.at("lanes").get<int>() * power::serdes_energy_pJ_per_bit(number(engine, "insertion_loss_dB"), 200).value;
    lanes += engine.at("lanes").get<int>();
  }
  EXPECT_NEAR(number(host.at("energy_pJ_per_bit"), "value"), sum / lanes, 1e-12);
  EXPECT_NEAR(number(found.at("power").at("alternatives").at(0), "host_W"), 102.4 * sum / lanes, 1e-9);
}

TEST(StudyAlternatives, LatencyIsThatOfTheLinkAsked) {
  const Json far = evaluate(open({"comparison.link.reach_m=500", "comparison.link.port_rate_Gbps=1600"}));
  const Json near = evaluate(open({"comparison.link.reach_m=0", "comparison.link.port_rate_Gbps=1600"}));
  for (const char* name : {"dsp-1.6t", "lpo-1.6t", "cpo-fibre"})
    EXPECT_NEAR(number(named(far, name).at("latency_ns"), "value") -
                    number(named(near, name).at("latency_ns"), "value"),
                500 * 1.4676 / 0.299792458, 1e-6)
        << name;
  // 12.8 ns of code and 50 ns of decoder; a DSP on both ends, 40 ns each.
  EXPECT_NEAR(number(named(near, "dsp-1.6t").at("latency_ns"), "value"), 12.8 + 50 + 80, 1e-9);
  EXPECT_LT(number(named(near, "lpo-1.6t").at("latency_ns"), "value"),
            number(named(near, "half-retimed-1.6t").at("latency_ns"), "value"));
}

TEST(StudyAlternatives, BadValuesAreTold) {
  EXPECT_THAT(fault_of({"comparison.link.reach_m=-1"}), HasSubstr("comparison.link.reach_m: found -1; must be"));
  EXPECT_THAT(fault_of({"comparison.link.port_rate_Gbps=0"}), HasSubstr("comparison.link.port_rate_Gbps: found 0"));
  EXPECT_THAT(fault_of({"comparison.engine_latency={transmit_ns: 5}"}),
              HasSubstr("comparison.engine_latency.receive_ns: missing"));
  EXPECT_THAT(fault_of({"comparison.alternatives=[{use: dsp-1.6t, host_energy_pJ_per_bit: {value: 4, low: 3, high: 5, "
                        "confidence: certain, source: me}}]"}),
              HasSubstr("confidence: found 'certain'; must be one of measured, standard"));
  EXPECT_THAT(fault_of({"comparison.alternatives=[{use: dsp-1.6t, host_energy_pJ_per_bit: {value: 4, low: 5, high: 6, "
                        "source: me}}]"}),
              HasSubstr("host_energy_pJ_per_bit is 4 in the range 5 to 6"));
  EXPECT_THAT(fault_of({"comparison.alternatives=[{use: dsp-1.6t, latency: {transmit_ns: {value: 4, low: 5, high: 6, "
                        "source: me}, receive_ns: {value: 1, low: 1, high: 1, source: me}}}]"}),
              HasSubstr("latency.transmit_ns is 4 in the range 5 to 6"));
}

TEST(StudyAlternatives, TableFitsAHundredColumnsAndHoldsARowAndABarEach) {
  std::ostringstream out;
  print_alternatives(out, solved());
  std::istringstream lines(out.str());
  std::string line;
  int rows = 0;
  while (std::getline(lines, line)) {
    EXPECT_LE(line.size(), 100u) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; })) << line;
    rows += line.starts_with("npo-6.4t") ? 1 : 0;
  }
  EXPECT_EQ(rows, 2);
  std::ostringstream nothing;
  print_alternatives(nothing, Json::object());
  EXPECT_EQ(nothing.str(), "");
}

} // namespace beachfront::study
