// SPDX-License-Identifier: GPL-3.0-or-later
// Intervals of the headline figures against brute force, and the ranges that they are made of.
#include "study/intervals.hpp"

#include "message_of.hpp"
#include "study/figures.hpp"
#include "study/results.hpp"
#include "study/uncertain_inputs.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

const std::filesystem::path source = BEACHFRONT_SOURCE_DIR;

/// Four engines with their lasers inside, an efficiency that holds where they run, and one class to compare with.
Tree open(std::vector<std::string> settings) {
  settings.insert(settings.begin(), {"laser.wall_plug_efficiency=0.2", "laser.efficiency_slope_per_K=-0.0067",
                                     "laser.efficiency_floor=0.05", "comparison.alternatives=[dsp-1.6t]"});
  return open_design(source / "tests/study/data/lasers-in-engines.yaml", source / "designs/library", settings);
}

/// With these ranges alone, and those of the class that it is compared with.
std::string ranges(const std::string& inputs) {
  return "uncertainty={ranges: {source: the test, inputs: []}, samples: 2000, inputs: [" + inputs + "]}";
}

const char* const light_power_and_cost =
    "{path: link.ageing_dB, low_factor: 0.5, high_factor: 1.5},"
    "{path: fibre_attach.coupling_loss_dB, low: 1, high: 2.2},"
    "{path: engines.energy.driver_pJ_per_bit, low_factor: 0.8, high_factor: 1.3},"
    "{path: laser.wall_plug_efficiency, low: 0.15, high: 0.22},"
    "{path: comparison.pue, low: 1.1, high: 1.5},"
    "{path: comparison.electricity_eur_per_kWh, low_factor: 0.67, high_factor: 1.67}";

Json with_intervals(const Tree& tree, int threads = 1) {
  return evaluate_with_intervals(tree, threads);
}

const Json& interval_of(const Json& results, const std::string& path) {
  for (const Json& figure : results.at("uncertainty").at("figures"))
    if (figure.at("path") == path)
      return figure;
  throw std::logic_error("no interval of " + path);
}

/// The whole program at values of all inputs drawn independently: each figure's values, sorted.
std::vector<std::vector<double>> brute_force(const Tree& tree, const std::vector<std::string>& paths,
                                             std::size_t samples) {
  const std::vector<UncertainInput> inputs = uncertain_inputs(tree);
  std::mt19937_64 generator(7);
  KeptStages kept;
  std::vector<std::vector<double>> values(paths.size());
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<Setting> settings;
    for (const UncertainInput& input : inputs)
      for (Setting& setting : at_value(input, quantile(input.range, static_cast<double>(generator() >> 11) * 0x1p-53)))
        settings.push_back(std::move(setting));
    const Tree drawn = resolve_with(tree, settings, design_schema(), {});
    const Design design = read_design(drawn);
    const Json results = results_json(design, solve(design, kept));
    for (std::size_t f = 0; f < paths.size(); ++f)
      values[f].push_back(find_number(results, paths[f]).value());
  }
  for (std::vector<double>& of_one : values)
    std::sort(of_one.begin(), of_one.end());
  return values;
}

TEST(Intervals, AreThoseOfBruteForce) {
  const Tree tree = open({ranges(light_power_and_cost)});
  const std::vector<std::string> paths = {"link.laser_power_dBm", "link.laser_electrical_W",
                                          "power.alternatives[0].total_W", "power.saving_vs_pluggable"};
  constexpr std::size_t samples = 400;
  const auto drawn = brute_force(tree, paths, samples);
  const Json results = with_intervals(tree);
  // The number of samples below a quantile is 20 with a standard deviation of sqrt(400 0.05 0.95) = 4.4: three of them
  // either way. What inputs do only together is left out by the intervals: 3 % of their width allowed for it.
  constexpr std::size_t fewest = 20 - 13, most = 20 + 13;
  for (std::size_t f = 0; f < paths.size(); ++f) {
    SCOPED_TRACE(paths[f]);
    const Json& interval = interval_of(results, paths[f]);
    const double p5 = interval.at("p5"), p95 = interval.at("p95"), allowed = 0.03 * (p95 - p5);
    EXPECT_GT(p5, drawn[f][fewest] - allowed);
    EXPECT_LT(p5, drawn[f][most] + allowed);
    EXPECT_GT(p95, drawn[f][samples - 1 - most] - allowed);
    EXPECT_LT(p95, drawn[f][samples - 1 - fewest] + allowed);
    EXPECT_LT(p5, interval.at("value"));
    EXPECT_GT(p95, interval.at("value"));
  }
}

TEST(Intervals, OfOneInputOnAStraightLineAreItsQuantiles) {
  // Light follows the reserve for ageing dB by dB: 1 dB, most likely the high end of 0.5 to 1.
  const Tree tree = open({"link.ageing_dB=1", ranges("{path: link.ageing_dB, low: 0.5, high: 1}")});
  const Json results = with_intervals(tree);
  const Json& light = interval_of(results, "link.laser_power_dBm");
  const double value = light.at("value");
  const auto below = [](double probability) { return quantile({0.5, 1, 1}, probability) - 1; };
  // Two thousand samples, one in each interval of 1/2000.
  EXPECT_GE(light.at("p5").get<double>(), value + below(0.05) - 1e-9);
  EXPECT_LE(light.at("p5").get<double>(), value + below(0.0505) + 1e-9);
  EXPECT_GE(light.at("p95").get<double>(), value + below(0.9495) - 1e-9);
  EXPECT_LE(light.at("p95").get<double>(), value + below(0.95) + 1e-9);
  ASSERT_EQ(light.at("causes").size(), 1U);
  EXPECT_EQ(light.at("causes")[0].at("input"), "link.ageing_dB");
  EXPECT_NEAR(light.at("causes")[0].at("share").get<double>(), 1, 1e-12);
}

TEST(Intervals, NameAtMostThreeCausesGreatestFirst) {
  const Json results = with_intervals(open({ranges(light_power_and_cost)}));
  for (const Json& figure : results.at("uncertainty").at("figures")) {
    const Json& causes = figure.at("causes");
    EXPECT_LE(causes.size(), 3U);
    double sum = 0;
    for (std::size_t i = 0; i < causes.size(); ++i) {
      const double share = causes[i].at("share");
      EXPECT_GE(share, 0.01);
      EXPECT_TRUE(i == 0 || share <= causes[i - 1].at("share").get<double>());
      sum += share;
    }
    EXPECT_LE(sum, 1 + 1e-12);
  }
}

TEST(Intervals, AreTheSameBytesOnAnyNumberOfThreads) {
  const Tree tree = open({ranges(std::string(light_power_and_cost) +
                                 ", {path: 'asic.dies[die].power_W', low: 100, high: 130}, "
                                 "{path: cooling.heat_transfer_W_per_m2K, low: 4000, high: 8000}, "
                                 "{path: 'substrate.stack_up[core].material.cte_ppm_per_K', low_factor: 0.9, "
                                 "high_factor: 1.1}")});
  EXPECT_EQ(with_intervals(tree, 1).dump(), with_intervals(tree, 2).dump());
}

TEST(Intervals, TellWhichEndBreaksARule) {
  const Json results = with_intervals(open({ranges("{path: 'asic.dies[die].power_W', low: 100, high: 400}")}));
  ASSERT_TRUE(results.at("feasible").get<bool>()) << first_violation(results);
  const Json& breaking = results.at("uncertainty").at("breaking");
  ASSERT_FALSE(breaking.empty());
  EXPECT_EQ(breaking[0].at("input"), "asic.dies[die].power_W");
  EXPECT_EQ(breaking[0].at("at"), 400);
  EXPECT_EQ(breaking[0].at("rule"), "die_temperature");
}

TEST(Intervals, AreAbsentWithTheirReason) {
  const Json none = with_intervals(open({"uncertainty.samples=0"}));
  EXPECT_FALSE(none.contains("uncertainty"));
  EXPECT_EQ(absent_reason(none, "uncertainty"), "uncertainty.samples is 0");
  const Json unbuilt = with_intervals(open({"laser.lasers_per_module=1"}));
  EXPECT_FALSE(unbuilt.contains("uncertainty"));
  EXPECT_THAT(absent_reason(unbuilt, "uncertainty"), HasSubstr("could not be built"));
  EXPECT_THAT(absent_reason(evaluate(open({})), "uncertainty"), HasSubstr("solve and regress alone"));
}

/// The inputs of a design by name.
std::vector<std::string> names(const std::vector<UncertainInput>& inputs) {
  std::vector<std::string> all;
  for (const UncertainInput& input : inputs)
    all.push_back(input.name);
  return all;
}

TEST(UncertainInputs, OfOneNameInAListMoveTogether) {
  const Tree tree = open({ranges("{path: 'substrate.stack_up[build-up].material.cte_ppm_per_K', low_factor: 0.8, "
                                 "high_factor: 1.2}, {path: 'asic.dies[die].power_W', low: 100, high: 150}")});
  const std::vector<UncertainInput> inputs = uncertain_inputs(tree);
  EXPECT_THAT(inputs[0].places, testing::ElementsAre("substrate.stack_up[0].material.cte_ppm_per_K",
                                                     "substrate.stack_up[2].material.cte_ppm_per_K"));
  EXPECT_THAT(inputs[1].places, testing::ElementsAre("asic.dies[0].power_W"));
  const Tree hot = resolve_with(tree, at_value(inputs[0], 33), design_schema(), {});
  EXPECT_EQ(hot.root().number("substrate.stack_up[0].material.cte_ppm_per_K"), 33);
  EXPECT_EQ(hot.root().number("substrate.stack_up[2].material.cte_ppm_per_K"), 33);
  EXPECT_NE(hot.root().number("substrate.stack_up[1].material.cte_ppm_per_K"), 33);
}

TEST(UncertainInputs, StandAboutTheDesignsOwnValue) {
  const auto inputs = uncertain_inputs(open({"link.ageing_dB=2", ranges(light_power_and_cost)}));
  EXPECT_EQ(inputs[0].range.low, 1);
  EXPECT_EQ(inputs[0].range.mode, 2);
  EXPECT_EQ(inputs[0].range.high, 3);
  EXPECT_EQ(inputs[1].range.low, 1);
  EXPECT_EQ(inputs[1].range.mode, 1.5);
  EXPECT_EQ(inputs[1].range.high, 2.2);
}

TEST(UncertainInputs, OfTheDesignReplaceTheUsual) {
  const Tree tree = open({"uncertainty.inputs=[{path: link.ageing_dB, low_factor: 0.9, high_factor: 1.1}]"});
  const std::vector<UncertainInput> inputs = uncertain_inputs(tree);
  EXPECT_EQ(std::count_if(inputs.begin(), inputs.end(), [](const auto& i) { return i.name == "link.ageing_dB"; }), 1);
  EXPECT_NEAR(inputs[0].range.high, 1.1 * inputs[0].range.mode, 1e-12);
  // Usual ones that this design has, not those of guides, and the class of optics.
  EXPECT_THAT(names(inputs), testing::Contains("fibre_attach.coupling_loss_dB"));
  EXPECT_THAT(names(inputs), testing::Each(testing::Not(testing::StartsWith("waveguides"))));
  EXPECT_THAT(names(inputs), testing::Contains(testing::StartsWith("comparison.alternatives[dsp-1.6t].")));
}

TEST(UncertainInputs, ThatAreCertainAreLeftOut) {
  const auto all = names(uncertain_inputs(open({ranges("{path: link.ageing_dB, low_factor: 1, high_factor: 1}")})));
  EXPECT_THAT(all, testing::Not(testing::Contains("link.ageing_dB")));
}

std::string message(const std::string& input) {
  return message_of([&] { uncertain_inputs(open({ranges(input)})); });
}

TEST(UncertainInputs, ThatDoNotExistAreInputErrors) {
  EXPECT_THAT(message("{path: link.agening_dB, low_factor: 0.5, high_factor: 1.5}"),
              HasSubstr("uncertainty.inputs[0].path: found link.agening_dB; must be a number of the design; did you "
                        "mean link.ageing_dB?"));
  EXPECT_THAT(message("{path: 'asic.dies[dye].power_W', low: 1, high: 500}"),
              HasSubstr("found asic.dies[dye].power_W; must be a number of the design"));
  EXPECT_THAT(message("{path: link.standard.name, low: 1, high: 2}"), HasSubstr("must be a number of the design"));
  EXPECT_THAT(message("{path: link, low: 1, high: 2}"), HasSubstr("must be a number of the design"));
}

TEST(UncertainInputs, ThatDoNotHoldTheDesignsValueAreInputErrors) {
  EXPECT_THAT(message("{path: fibre_attach.coupling_loss_dB, low: 1.6, high: 2}"),
              HasSubstr("uncertainty.inputs[0]: found a range from 1.6 to 2; must be one that holds the design's own "
                        "value, 1.5"));
}

TEST(UncertainInputs, WithOneEndAreInputErrors) {
  for (const char* input : {"{path: link.ageing_dB, low: 1}", "{path: link.ageing_dB, high_factor: 2}",
                            "{path: link.ageing_dB}", "{path: link.ageing_dB, low: 1, high_factor: 2}",
                            "{path: link.ageing_dB, low: 0, high: 9, low_factor: 0.5, high_factor: 2}"})
    EXPECT_THAT(message(input), HasSubstr("uncertainty.inputs[0]")) << input;
}

} // namespace
} // namespace beachfront::study
