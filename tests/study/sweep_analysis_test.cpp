// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_analysis.hpp"

#include "message_of.hpp"
#include "scratch_folder.hpp"
#include "study/input_error.hpp"
#include "study/sweep.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <sstream>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string base = "base: " BEACHFRONT_SOURCE_DIR "/designs/reference/102t-glass.yaml\n";

/// Nine designs: the lid cools the die and costs margin; 45 C is too hot for any lid, and with the thickest one fails.
const std::string nine = base + R"(
parameters:
  - {path: cooling.ambient_C, values: [25, 35, 45]}
  - {path: cooling.lid.thickness_mm, values: [1, 2, 4]}
constraints: [{figure: link.worst_margin_dB, min: 0}, {figure: temperature.asic_max_C, max: 80}]
objectives:
  - {figure: temperature.asic_max_C, goal: minimise}
  - {figure: link.worst_margin_dB, goal: maximise, reference: -1}
)";

struct FakeRow {
  Status status = Status::ok;
  double asic_max_C = 0, worst_margin_dB = 0;
};

FakeRow nine_row(const Json& values) {
  const auto ambient_C = values["cooling.ambient_C"].get<double>();
  const auto lid_mm = values["cooling.lid.thickness_mm"].get<double>();
  const Status status = ambient_C < 45 ? Status::ok : lid_mm < 4 ? Status::infeasible : Status::error;
  return {status, ambient_C + 60 / lid_mm, 3 - lid_mm};
}

struct SweepAnalysis : ScratchFolder {
  SweepPlan plan(const std::string& text) const {
    std::ofstream(folder / "sweep.yaml") << text;
    return load_sweep(folder / "sweep.yaml", {});
  }

  /// A store with every point of which the function gives a row; the points that `missing` names are not solved yet.
  void fill(const SweepPlan& plan, const std::function<FakeRow(const Json&)>& row,
            const std::vector<std::int64_t>& missing = {}) const {
    Store store = Store::create(store_file(folder), identity(plan, "0.1.0"));
    for (std::int64_t point = 0; point < plan.size; ++point) {
      if (std::find(missing.begin(), missing.end(), point) != missing.end())
        continue;
      const Json values = point_values(plan, point);
      const FakeRow found = row(values);
      const Json results = {{"temperature", {{"asic_max_C", found.asic_max_C}}},
                            {"link", {{"worst_margin_dB", found.worst_margin_dB}}},
                            {"absent", {{"mechanics", "not in this fake"}}}};
      StoredDesign design{point, "hash" + std::to_string(point), values, found.status, "", "", results.dump()};
      if (found.status == Status::infeasible)
        design.rule = "asic_temperature";
      if (found.status != Status::ok)
        design.message = found.status == Status::error ? "no convergence" : "die too hot, 105 C";
      if (found.status == Status::error)
        design.results.clear();
      store.add(design);
    }
  }
};

std::vector<std::int64_t> points_of(const Json& rows) {
  std::vector<std::int64_t> points;
  for (const Json& row : rows)
    points.push_back(row["point"].get<std::int64_t>());
  return points;
}

std::string printed(const Json& analysis) {
  std::ostringstream out;
  print_analysis(out, analysis);
  return out.str();
}

TEST_F(SweepAnalysis, RanksWhatKeepsToEveryConstraint) {
  // Figures (C, dB) by point: 0 (85, 2) 1 (55, 1) 2 (40, -1) 3 (95, 2) 4 (65, 1) 5 (50, -1) 6 (105, 2) infeasible
  // 7 (75, 1) infeasible 8 failed. Good: 1 and 4; 1 beats 4.
  const SweepPlan sweep = plan(nine);
  fill(sweep, nine_row);
  const Json found = analyse_sweep(sweep, folder);
  EXPECT_EQ(found["designs"].dump(),
            R"({"planned":9,"done":9,"searched":0,"ok":6,"infeasible":2,"failed":1,"good":2})");
  EXPECT_THAT(points_of(found["front"]), ElementsAre(1));
  EXPECT_EQ(found["front"][0]["figures"]["temperature.asic_max_C"], 55);
  EXPECT_EQ(found["front"][0]["parameters"]["cooling.lid.thickness_mm"], 2);
  // One point has no extent: the reference is a tenth beyond 55 C, and -1 dB as the file says.
  const Json& volume = found["hypervolume"];
  EXPECT_NEAR(volume["reference"]["temperature.asic_max_C"].get<double>(), 60.5, 1e-12);
  EXPECT_EQ(volume["reference"]["link.worst_margin_dB"], -1);
  EXPECT_NEAR(volume["value"].get<double>(), 5.5 * 2, 1e-12);
  EXPECT_NEAR(volume["share_of_box"].get<double>(), 1, 1e-12);
  EXPECT_THAT(volume["reference_given"].dump(), R"(["link.worst_margin_dB"])");
  EXPECT_EQ(read(analysis_file(folder)), found.dump(2) + "\n");
}

TEST_F(SweepAnalysis, TellsWhatRejectsDesigns) {
  const SweepPlan sweep = plan(nine);
  fill(sweep, nine_row);
  const Json found = analyse_sweep(sweep, folder);
  ASSERT_EQ(found["rules"].size(), 2U);
  EXPECT_EQ(found["rules"][0]["rule"], "asic_temperature");
  EXPECT_EQ(found["rules"][0]["designs"], 2);
  EXPECT_EQ(found["rules"][0]["first_point"], 6);
  EXPECT_EQ(found["rules"][1]["status"], "error");
  EXPECT_EQ(found["constraints"][0].dump(),
            R"({"figure":"link.worst_margin_dB","min":0.0,"broken":2,"broken_alone":2,"absent":0})");
  EXPECT_EQ(found["constraints"][1].dump(),
            R"({"figure":"temperature.asic_max_C","max":80.0,"broken":2,"broken_alone":2,"absent":0})");
}

TEST_F(SweepAnalysis, SharesOfAGridAreThoseOfItsTable) {
  const SweepPlan sweep = plan(nine);
  fill(sweep, [](const Json& values) {
    FakeRow row = nine_row(values);
    return FakeRow{Status::ok, row.asic_max_C, row.worst_margin_dB};
  });
  const Json found = analyse_sweep(sweep, folder);
  const Json& of_temperature = found["sensitivities"][0];
  EXPECT_EQ(of_temperature["figure"], "temperature.asic_max_C");
  EXPECT_EQ(of_temperature["method"], "regression");
  // Ambient 25, 35, 45 and lid 60, 30, 15 add up: squares 200 and 1,050 about their means.
  EXPECT_NEAR(of_temperature["parameters"][0]["share_alone"].get<double>(), 200.0 / 1250, 1e-12);
  EXPECT_NEAR(of_temperature["parameters"][1]["share_alone"].get<double>(), 1050.0 / 1250, 1e-12);
  EXPECT_NEAR(of_temperature["parameters"][0]["coefficient"]["value"].get<double>(), std::sqrt(200.0 / 1250), 1e-12);
  const Json& response = found["responses"][1];
  EXPECT_EQ(response["parameter"], "cooling.lid.thickness_mm");
  EXPECT_EQ(response["bins"][2].dump(), R"({"from":4.0,"to":4.0,"designs":3,"median":50.0,"p5":41.0,"p95":59.0})");
  EXPECT_FALSE(found.contains("yield")) << "a grid is no process";
}

TEST_F(SweepAnalysis, SharesOfASaltelliPlanAreThoseOfItsDistributions) {
  const SweepPlan sweep = plan(base + R"(
mode: saltelli
base_samples: 512
parameters:
  - {path: cooling.ambient_C, distribution: {kind: uniform, low: 20, high: 40}}
  - {path: cooling.lid.thickness_mm, distribution: {kind: normal, mean: 3, sd: 0.5, low: 0.5}}
objectives: [{figure: temperature.asic_max_C, goal: minimise}]
)");
  const auto linear = [](const Json& values) { // variances 400/12 and 9 (0.25)
    return FakeRow{Status::ok,
                   values["cooling.ambient_C"].get<double>() - 6 * values["cooling.lid.thickness_mm"].get<double>(), 1};
  };
  fill(sweep, linear, {3, 100, 101});
  const Json found = analyse_sweep(sweep, folder);
  const Json& shares = found["sensitivities"][0];
  EXPECT_EQ(shares["method"], "sobol_indices");
  EXPECT_EQ(shares["samples"], 510);
  EXPECT_EQ(shares["left_out"], 2);
  const double first = 400.0 / 12 / (400.0 / 12 + 9);
  EXPECT_NEAR(shares["parameters"][0]["first_order"]["value"].get<double>(), first, 0.01);
  EXPECT_NEAR(shares["parameters"][0]["total"]["value"].get<double>(), first, 0.01);
  EXPECT_NEAR(shares["parameters"][1]["total"]["value"].get<double>(), 1 - first, 0.01);
  EXPECT_EQ(found["sensitivities"].size(), 1U) << "the margin is the same everywhere";
  EXPECT_THAT(found["warnings"].dump(), HasSubstr("3 of 2048 designs are not solved yet"));
  EXPECT_EQ(found["yield"]["samples"], 1022) << "the sets A and B, of which points 100 and 101 are missing";
}

TEST_F(SweepAnalysis, ElementaryEffectsOfATrajectoryPlan) {
  const SweepPlan sweep = plan(base + R"(
mode: morris
trajectories: 10
parameters:
  - {path: cooling.ambient_C, distribution: {kind: uniform, low: 20, high: 40}}
  - {path: cooling.lid.thickness_mm, range: {from: 1, to: 5}}
objectives: [{figure: temperature.asic_max_C, goal: minimise}]
)");
  fill(sweep, [](const Json& values) {
    return FakeRow{Status::ok,
                   values["cooling.ambient_C"].get<double>() - values["cooling.lid.thickness_mm"].get<double>(), 1};
  });
  const Json found = analyse_sweep(sweep, folder);
  const Json& effects = found["sensitivities"][0]["parameters"];
  EXPECT_NEAR(effects[0]["mu"].get<double>(), 20, 1e-9) << "over the whole range";
  EXPECT_NEAR(effects[1]["mu"].get<double>(), -4, 1e-9);
  EXPECT_NEAR(effects[1]["mu_star"]["value"].get<double>(), 4, 1e-9);
  EXPECT_FALSE(found.contains("yield"));
}

TEST_F(SweepAnalysis, YieldCountsFeasibleDesignsWithinTheConstraints) {
  const SweepPlan sweep = plan(base + R"(
mode: random
designs: 2000
parameters:
  - {path: cooling.ambient_C, distribution: {kind: normal, mean: 30, sd: 2}}
  - {path: cooling.lid.thickness_mm, distribution: {kind: normal, mean: 3, sd: 0.25, low: 0.5}}
constraints: [{figure: temperature.asic_max_C, max: 0}]
)");
  // 30 - 10 (3) = 0 in the middle, deviations 2 and 2.5: half are good; a tenth of 50 fail and do not count.
  fill(sweep, [](const Json& values) {
    const auto ambient_C = values["cooling.ambient_C"].get<double>();
    const double heat = ambient_C + 1 - 10 * values["cooling.lid.thickness_mm"].get<double>();
    return FakeRow{ambient_C > 35 ? Status::error : heat > 6 ? Status::infeasible : Status::ok, heat, 1};
  });
  const Json found = analyse_sweep(sweep, folder);
  const Json& yield = found["yield"];
  EXPECT_EQ(yield["samples"].get<int>() + yield["failed_left_out"].get<int>(), 2000);
  EXPECT_GT(yield["failed_left_out"].get<int>(), 3);
  const double expected = std::erfc(1 / std::sqrt(2 * (4 + 6.25))) / 2; // heat of mean 1 below 0
  EXPECT_LT(yield["low"].get<double>(), expected);
  EXPECT_GT(yield["high"].get<double>(), expected);
  EXPECT_EQ(yield["if_halved"].size(), 2U);
  EXPECT_GT(yield["if_halved"][0]["effective_samples"].get<double>(), 1000);
  // More below the middle than above: less spread makes it worse, that of the lid most.
  EXPECT_EQ(yield["if_halved"][1]["parameter"], "cooling.lid.thickness_mm");
  EXPECT_LT(yield["if_halved"][1]["gain"]["value"].get<double>(), 0);
}

TEST_F(SweepAnalysis, ChoicesAreNamedAndGrouped) {
  const SweepPlan sweep = plan(base + R"(
parameters:
  - {path: connectors.ferrule, values: [{use: mt-16}, {use: mt-24}]}
  - {path: cooling.ambient_C, values: [25, 35]}
outputs: [temperature.asic_max_C, link.worst_margin_dB]
)");
  fill(sweep, [](const Json& values) {
    return FakeRow{Status::ok, values["cooling.ambient_C"].get<double>(),
                   values["connectors.ferrule"]["use"] == "mt-24" ? 1.0 : 2.0};
  });
  const Json found = analyse_sweep(sweep, folder);
  EXPECT_EQ(found["parameters"][0].dump(),
            R"({"parameter":"connectors.ferrule","kind":"choice","choices":["mt-16","mt-24"]})");
  const Json& of_margin = found["sensitivities"][1];
  EXPECT_EQ(of_margin["figure"], "link.worst_margin_dB");
  EXPECT_NEAR(of_margin["parameters"][0]["coefficient"]["value"].get<double>(), -1, 1e-12) << "the second lowers it";
  EXPECT_EQ(found["responses"][2]["bins"][1].dump(),
            R"({"choice":"mt-24","designs":2,"median":1.0,"p5":1.0,"p95":1.0})");
  EXPECT_TRUE(found["front"].empty());
  EXPECT_THAT(found["warnings"].dump(), HasSubstr("names no objectives"));
}

TEST_F(SweepAnalysis, SamplesWithoutTheFigureAreLeftOutWithAWarning) {
  const SweepPlan sweep = plan(nine);
  fill(sweep, nine_row); // one of nine failed: more than a tenth
  const Json found = analyse_sweep(sweep, folder);
  EXPECT_EQ(found["sensitivities"][0]["left_out"], 1);
  EXPECT_THAT(found["warnings"].dump(), HasSubstr("temperature.asic_max_C and 1 more: 1 of 9 samples are left out"));
}

TEST_F(SweepAnalysis, SaysWhenNothingIsGood) {
  std::string strict = nine;
  strict.replace(strict.find("max: 80"), 7, "max: 8");
  const SweepPlan sweep = plan(strict);
  fill(sweep, nine_row);
  const Json found = analyse_sweep(sweep, folder);
  EXPECT_TRUE(found["front"].empty());
  EXPECT_FALSE(found.contains("hypervolume"));
  EXPECT_THAT(printed(found), HasSubstr("there is no front"));
}

TEST_F(SweepAnalysis, PrintsWithinAHundredColumns) {
  const SweepPlan sweep = plan(nine);
  fill(sweep, nine_row);
  const std::string text = printed(analyse_sweep(sweep, folder));
  EXPECT_THAT(text, AllOf(HasSubstr("9 of 9 designs: 6 ok, 2 infeasible, 1 failed; 2 good"),
                          HasSubstr("asic_temperature: die too hot, 105 C"), HasSubstr("Best designs: 1 that no other"),
                          HasSubstr("hypervolume 11 to the reference (60.5, -1)"), Not(HasSubstr("nan"))));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 100U) << line;
}

TEST_F(SweepAnalysis, RefusesWhatIsNotTheResultsOfThisSweep) {
  const SweepPlan sweep = plan(nine);
  EXPECT_THAT(message_of([&] { analyse_sweep(sweep, folder); }), HasSubstr("there is no such store"));
  fill(sweep, nine_row);
  std::string changed = nine;
  changed.replace(changed.find("35"), 2, "36");
  EXPECT_THAT(message_of([&] { analyse_sweep(plan(changed), folder); }),
              AllOf(HasSubstr("holds the results of another sweep"), HasSubstr("was 35, now 36")));
  std::string unknown = nine;
  unknown.replace(unknown.find("figure: temperature.asic_max_C, goal"), 36, "figure: temperature.asic_may_C, goal");
  EXPECT_THAT(
      message_of([&] { analyse_sweep(plan(unknown), folder); }),
      HasSubstr("objectives[0].figure: found 'temperature.asic_may_C'; must be a number of results.json; did you "
                "mean 'temperature.asic_max_C'"));
  EXPECT_FALSE(std::filesystem::exists(analysis_file(folder))) << "nothing half-written";
}

TEST_F(SweepAnalysis, RowsOfASearchAreRankedButNoSamples) {
  const SweepPlan sweep = plan(nine);
  fill(sweep, nine_row);
  const Json before = analyse_sweep(sweep, folder);
  {
    Store store = Store::resume(store_file(folder), identity(sweep, "0.1.0"));
    const Json found = {{"temperature", {{"asic_max_C", 50}}}, {"link", {{"worst_margin_dB", 1}}}};
    const Json values = {{"cooling.ambient_C", 26.0}, {"cooling.lid.thickness_mm", 2.4}};
    store.add({9, "searched", values, Status::ok, "", "", found.dump()});
  }
  const Json after = analyse_sweep(sweep, folder);
  EXPECT_THAT(points_of(after["front"]), ElementsAre(9)) << "it beats point 1";
  EXPECT_EQ(after["designs"]["searched"], 1);
  EXPECT_EQ(after["designs"]["ok"], 7);
  EXPECT_EQ(after["sensitivities"].dump(), before["sensitivities"].dump());
  EXPECT_EQ(after["responses"].dump(), before["responses"].dump());
}

} // namespace
} // namespace beachfront::study
