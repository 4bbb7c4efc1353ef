// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/fidelity.hpp"
#include "study/input_error.hpp"
#include "study/kept_stages.hpp"
#include "study/sweep_plan.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string base = std::string(BEACHFRONT_SOURCE_DIR) + "/designs/reference/102t-glass.yaml";

struct SweepPlans : ScratchFolder {
  SweepPlan plan(const std::string& text) const {
    std::ofstream(folder / "sweep.yaml") << "base: " << base << "\n" << text << "\n";
    return load_sweep(folder / "sweep.yaml", {});
  }
  std::string refusal(const std::string& text) const {
    return message_of([&] { plan(text); });
  }
};

std::vector<Json> values(const SweepPlan& plan, const std::string& path) {
  std::vector<Json> out;
  for (std::int64_t k = 0; k < plan.size; ++k)
    out.push_back(point_values(plan, k).at(path));
  return out;
}

const std::string spread = R"(
parameters:
  - {path: cooling.ambient_C, distribution: {kind: normal, mean: 35, sd: 3, low: 30, high: 45}}
  - {path: cooling.lid.thickness_mm, distribution: {kind: uniform, low: 1, high: 3}}
  - {path: waveguides.engine_transfer_loss_dB, distribution: {kind: log_normal, median: 1, factor: 1.3}}
  - {path: connectors.ferrule, values: [{use: mt-16}, {use: mt-24}, {use: mt-32}]}
)";

TEST_F(SweepPlans, SampleEveryModeWithTheLayoutOfItsSampler) {
  const std::vector<std::pair<std::string, std::int64_t>> modes = {{"mode: random\ndesigns: 20", 20},
                                                                   {"mode: latin_hypercube\ndesigns: 20", 20},
                                                                   {"mode: sobol\ndesigns: 16", 16},
                                                                   {"mode: saltelli\nbase_samples: 4", 24}};
  for (const auto& [mode, size] : modes) {
    const SweepPlan sweep = plan(mode + spread);
    EXPECT_EQ(sweep.size, size);
    for (std::int64_t k = 0; k < size; ++k) {
      EXPECT_EQ(unit_point(sweep, k), unit_point(sweep.sampler, k));
      ASSERT_EQ(unit_point(sweep, k).size(), 4U);
    }
  }
  EXPECT_TRUE(unit_point(plan("parameters: [{path: cooling.ambient_C, values: [25]}]"), 0).empty());
}

TEST_F(SweepPlans, TurnProbabilitiesIntoValues) {
  const SweepPlan sweep = plan("mode: sobol\ndesigns: 32" + spread);
  for (std::int64_t k = 0; k < sweep.size; ++k) {
    const std::vector<double> u = unit_point(sweep, k);
    const Json row = point_values(sweep, k);
    EXPECT_NEAR(row.at("cooling.lid.thickness_mm").get<double>(), 1 + 2 * u[1], 1e-11);
    const double ambient_C = row.at("cooling.ambient_C").get<double>();
    EXPECT_TRUE(ambient_C >= 30 && ambient_C <= 45);
    const char* ferrule = u[3] < 1.0 / 3 ? "mt-16" : u[3] < 2.0 / 3 ? "mt-24" : "mt-32";
    EXPECT_EQ(row.at("connectors.ferrule").at("use"), ferrule);
    const Tree design = point_design(sweep, k);
    EXPECT_EQ(design.root().number("cooling.ambient_C"), ambient_C);
    EXPECT_EQ(design.root().text("connectors.ferrule.name"), ferrule);
  }
}

// 0 and 1 are levels of morris.
TEST_F(SweepPlans, ReachTheEndsInMorris) {
  const SweepPlan sweep = plan(R"(mode: morris
trajectories: 30
parameters:
  - {path: cooling.ambient_C, distribution: {kind: normal, mean: 35, sd: 3, low: 30, high: 45.5}}
  - {path: cooling.lid.thickness_mm, range: {from: 1, to: 3}}
  - {path: connectors.ferrule, values: [mt-16, mt-24]})");
  EXPECT_EQ(sweep.size, 120);
  std::set<double> lids, ambients;
  for (const Json& value : values(sweep, "cooling.lid.thickness_mm"))
    lids.insert(value.get<double>());
  for (const Json& value : values(sweep, "cooling.ambient_C"))
    ambients.insert(value.get<double>());
  EXPECT_THAT(lids, ElementsAre(1, 1.66666666667, 2.33333333333, 3));
  EXPECT_EQ(*ambients.begin(), 30);
  EXPECT_EQ(*ambients.rbegin(), 45.5);
}

TEST_F(SweepPlans, DrawWholeNumbersWhereTheKeyTakesOnlyThose) {
  const SweepPlan sweep = plan(R"(mode: latin_hypercube
designs: 400
parameters:
  - {path: laser.modules, range: {from: 15, to: 18}}
  - {path: fleet.accelerators, distribution: {kind: normal, mean: 100000, sd: 1000}}
  - {path: cooling.ambient_C, range: {from: 15, to: 18}})");
  std::map<int, int> counts;
  for (const Json& value : values(sweep, "laser.modules")) {
    ASSERT_TRUE(value.is_number_integer());
    ++counts[value.get<int>()];
  }
  EXPECT_THAT(counts, ElementsAre(testing::Pair(15, 100), testing::Pair(16, 100), testing::Pair(17, 100),
                                  testing::Pair(18, 100)));
  for (const Json& value : values(sweep, "fleet.accelerators"))
    EXPECT_TRUE(value.is_number_integer());
  EXPECT_TRUE(point_values(sweep, 0).at("cooling.ambient_C").is_number_float()) << "a key that takes any number";
}

TEST_F(SweepPlans, ChooseAmongTheStepsOfARangeWithACount) {
  const SweepPlan sweep = plan(R"(mode: sobol
designs: 64
parameters: [{path: cooling.lid.thickness_mm, range: {from: 1, to: 3, count: 5}}])");
  std::set<double> seen;
  for (const Json& value : values(sweep, "cooling.lid.thickness_mm"))
    seen.insert(value.get<double>());
  EXPECT_THAT(seen, ElementsAre(1, 1.5, 2, 2.5, 3));
}

TEST_F(SweepPlans, SetSeveralKeysToOneValue) {
  const SweepPlan sweep = plan(R"(parameters:
  - paths: ["substrate.stack_up[1].material", "substrate.stack_up[3].material"]
    values: [abf-gl102, abf-gx92]
  - paths: [substrate.width_mm, substrate.height_mm]
    range: {from: 110, to: 120, count: 2})");
  const Tree design = point_design(sweep, 3);
  for (const char* layer : {"substrate.stack_up[1]", "substrate.stack_up[3]"})
    EXPECT_EQ(design.root().at(layer).text("material.name"), "abf-gx92");
  EXPECT_EQ(design.root().number("substrate.width_mm"), 120);
  EXPECT_EQ(design.root().number("substrate.height_mm"), 120);
  EXPECT_EQ(point_values(sweep, 3).dump(), R"({"substrate.stack_up[1].material":"abf-gx92","substrate.width_mm":120})");
}

TEST_F(SweepPlans, LetANumberFollowAnother) {
  const SweepPlan sweep = plan(R"(parameters:
  - path: substrate.width_mm
    values: [110, 130]
    also: [{path: cooling.lid.width_mm, offset: -20}, {path: cooling.lid.height_mm, factor: 0.7, offset: 3}])");
  const Tree design = point_design(sweep, 1);
  EXPECT_EQ(design.root().number("cooling.lid.width_mm"), 110);
  EXPECT_EQ(design.root().number("cooling.lid.height_mm"), 94) << "12 digits, not 93.99999999999999";
}

TEST_F(SweepPlans, SetABundleOfKeysAtOnce) {
  const SweepPlan sweep = plan(R"(mode: random
designs: 12
seed: 3
parameters:
  - name: core
    bundles:
      - {}
      - {"substrate.stack_up[2].material": glass-borofloat-33, cooling.ambient_C: 25}
      - {"substrate.stack_up[2].material": {use: glass-alkali, cte_ppm_per_K: 8}, cooling.lid.thickness_mm: 2}
  - {path: laser.max_power_dBm, range: {from: 20, to: 24}})");
  std::set<std::string> seen;
  for (std::int64_t k = 0; k < sweep.size; ++k) {
    const Json bundle = point_values(sweep, k).at("core");
    seen.insert(bundle.dump());
    const Tree design = point_design(sweep, k);
    EXPECT_EQ(design.root().number("cooling.ambient_C"), bundle.contains("cooling.ambient_C") ? 25 : 35);
    if (bundle.contains("cooling.lid.thickness_mm")) {
      EXPECT_EQ(design.root().number("substrate.stack_up[2].material.cte_ppm_per_K"), 8);
    }
  }
  EXPECT_EQ(seen.size(), 3U);
}

// Entries of the shipped library, each as a whole: what belongs to the one before must not stay behind.
TEST_F(SweepPlans, TakeWholeEntriesOfTheLibrary) {
  const SweepPlan sweep = plan(R"(mode: list
parameters:
  - {path: waveguides.glass, values: [{use: glass-alkali}, {use: n-bk7}, soda-lime]}
  - {path: waveguides.recipe, values: [{use: iox-thermal-a}, {use: iox-potassium-bk7}, millar-hutchins-217c-35min]}
  - {path: connectors.ferrule, values: [{use: mt-16}, {use: mt-24, body_width_mm: 7}, mt-32]}
  - {path: "substrate.stack_up[2].material", values: [glass-alkali, {use: glass-borofloat-33}, glass-d263t]})");
  const std::vector<std::vector<std::string>> names = {
      {"glass-alkali", "iox-thermal-a", "mt-16", "glass-alkali"},
      {"n-bk7", "iox-potassium-bk7", "mt-24", "glass-borofloat-33"},
      {"soda-lime", "millar-hutchins-217c-35min", "mt-32", "glass-d263t"}};
  for (std::int64_t k = 0; k < 3; ++k) {
    const Tree design = point_design(sweep, k);
    const std::vector<std::string> found = {
        design.root().text("waveguides.glass.name"), design.root().text("waveguides.recipe.name"),
        design.root().text("connectors.ferrule.name"), design.root().text("substrate.stack_up[2].material.name")};
    EXPECT_EQ(found, names[static_cast<std::size_t>(k)]);
  }
  EXPECT_EQ(point_design(sweep, 1).root().number("connectors.ferrule.body_width_mm"), 7);
  EXPECT_THAT(
      refusal("parameters: [{path: connectors.ferrule, values: [{use: mt-61}]}]"),
      AllOf(HasSubstr("parameters[0]: connectors.ferrule = {\"use\":\"mt-61\"}"), HasSubstr("did you mean 'mt-16'")));
}

TEST_F(SweepPlans, AreOthersForAnotherSeedSamplerOrSize) {
  const auto hash = [&](const std::string& mode) { return identity(plan(mode + spread), "1").sweep_hash; };
  std::set<std::string> hashes;
  for (const char* mode : {"mode: sobol\ndesigns: 16", "mode: sobol\ndesigns: 16\nseed: 2", "mode: random\ndesigns: 16",
                           "mode: sobol\ndesigns: 32"})
    hashes.insert(hash(mode));
  EXPECT_EQ(hashes.size(), 4U);
  EXPECT_EQ(hash("mode: sobol\ndesigns: 16"), hash("seed: 1\ndesigns: 16\nmode: sobol"));
}

TEST_F(SweepPlans, HoldAMillionPoints) {
  const SweepPlan sweep = plan("mode: latin_hypercube\ndesigns: 1000000" + spread);
  EXPECT_EQ(sweep.size, 1000000);
  EXPECT_NE(point_values(sweep, 999999).dump(), point_values(sweep, 0).dump());
}

TEST_F(SweepPlans, SayWhatIsWrong) {
  const std::string lid = "cooling.lid.thickness_mm";
  const auto one = [&](const std::string& rest) { return "parameters: [{path: " + lid + ", " + rest + "}]"; };
  const auto drawn = [&](const std::string& distribution) {
    return "mode: random\ndesigns: 10\n" + one("distribution: {" + distribution + "}");
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"mode: monte_carlo\n" + one("values: [1]"), "mode: found 'monte_carlo'; must be one of grid, list, random"},
      {"mode: random\n" + one("values: [1]"), "designs: missing; must be a whole number in mode random"},
      {"mode: morris\ndesigns: 3\n" + one("values: [1]"), "designs: found 3; must be left out in mode morris"},
      {"mode: saltelli\n" + one("values: [1]"), "base_samples: missing"},
      {"seed: 4\n" + one("values: [1]"), "seed: found 4; must be left out in mode grid"},
      {"mode: random\ndesigns: 0\n" + one("values: [1]"), "designs: found 0; must be a whole number from 1 to 1000000"},
      {"mode: random\ndesigns: 2000000\n" + one("values: [1]"), "designs: found 2000000"},
      {"mode: random\ndesigns: 9\nseed: -1\n" + one("values: [1]"), "seed: found -1"},
      {"mode: morris\ntrajectories: 9\nlevels: 5\n" + one("range: {from: 1, to: 2}"),
       "levels: found 5; must be an even number"},
      {"mode: morris\ntrajectories: 900000\n" + one("range: {from: 1, to: 2}"),
       "parameters: found 1800000 points; must be at most 1000000; take fewer samples"},
      {"mode: saltelli\nbase_samples: 400000\n" + one("range: {from: 1, to: 2}"), "found 1200000 points"},
      {one("distribution: {kind: uniform, low: 1, high: 2}"),
       "parameters[0].distribution: found a distribution; must be values, or a range with a count, in modes grid"},
      {"mode: list\n" + one("values: [2, 3, 400]"), "design 2 of the list: "},
      {"mode: list\n" + one("range: {from: 1, to: 2}"), "range.count: missing; must be a whole number in modes grid"},
      {one("range: {from: 3, to: 1, count: 3}"), "range.from: found 3; must be less than to, which is 1"},
      {one("range: {from: 2, to: 2, count: 3}"), "range.from: found 2; must be less than to, which is 2"},
      {one("range: {from: 1, to: 2, count: 0}"), "range.count: found 0"},
      {"mode: sobol\ndesigns: 4\n" + one("range: {from: 2, to: 1}"), "range.from: found 2; must be less than to"},
      {drawn("kind: normal, mean: 2, sd: 0"), "distribution.sd: found 0; must be a number above 0"},
      {drawn("kind: normal, mean: 2, sd: -1"), "distribution.sd: found -1"},
      {drawn("kind: normal, mean: 2"), "distribution.sd: missing"},
      {drawn("kind: normal, mean: 2, sd: 1, low: 3, high: 3"), "distribution.low: found 3; must be less than high"},
      {drawn("kind: normal, mean: 2, sd: 0.1, low: 3"), "limits that leave next to nothing of the curve"},
      {drawn("kind: uniform, low: 3, high: 2"), "distribution.low: found 3; must be less than high, which is 2"},
      {drawn("kind: triangular, low: 1, mode: 4, high: 3"),
       "distribution.mode: found 4; must be from low to high, 1 to 3"},
      {drawn("kind: log_normal, median: 0, factor: 2"), "distribution.median: found 0; must be a number above 0"},
      {drawn("kind: log_normal, median: 2, factor: 1"), "distribution.factor: found 1"},
      {drawn("kind: log_normal, median: 2"), "needs one of sigma_ln, or factor"},
      {drawn("kind: log_normal, median: 2, sigma_ln: 1, factor: 2"), "'factor' beside 'sigma_ln'"},
      {drawn("kind: log_normal, median: 2, sigma_ln: 1, low: -1"), "distribution.low: found -1; must be at least 0"},
      {drawn("kind: gauss, mean: 2, sd: 1"), "distribution.kind: found 'gauss'"},
      {drawn("kind: normal, mean: 2, sd: 2"), "cooling.lid.thickness_mm: found -"}, // a tail below 0
      {"mode: morris\ntrajectories: 4\n" + one("distribution: {kind: normal, mean: 2, sd: 0.1}"),
       "limited by low and high in mode morris"},
      {"mode: random\ndesigns: 4\nparameters: [{path: laser.modules, range: {from: 16.2, to: 16.8}}]",
       "range: found 16.2 to 16.8; must be wide enough to hold a whole number"},
      {"mode: random\ndesigns: 4\nparameters: [{path: laser.modules, distribution: {kind: uniform, low: 1.2, high: "
       "1.8}}]",
       "distribution: found 1.2 to 1.8; must be wide enough to hold a whole number"},
      {"mode: random\ndesigns: 4\nparameters: [{path: cooling.ambent_C, range: {from: 20, to: 30}}]",
       "did you mean 'ambient_C'?"},
      {"parameters: [{paths: [substrate.width_mm, substrate.hight_mm], values: [110]}]", "did you mean 'height_mm'?"},
      {"parameters: [{paths: [substrate.width_mm, substrate.width_mm], values: [110]}]",
       "'substrate.width_mm', which the same parameter sets too"},
      {"parameters: [{path: substrate.width_mm, values: [110], also: [{path: cooling.lid.width_mm}]}, "
       "{path: cooling.lid, values: [{material: copper}]}]",
       "parameters[1].path: found 'cooling.lid', which another parameter sets too"},
      {"parameters: [{path: connectors.ferrule, values: [mt-16], also: [{path: substrate.width_mm}]}]",
       "follows connectors.ferrule = \"mt-16\", which is no number"},
      {"parameters: [{path: substrate.width_mm, values: [110], also: [{path: cooling.lid.width_mm, facter: 2}]}]",
       "did you mean 'factor'?"},
      {"parameters: [{name: core, values: [1]}]", "found a name without bundles; must be both"},
      {"parameters: [{path: substrate.width_mm, bundles: [{cooling.ambient_C: 3}]}]", "bundles without a name"},
      {"parameters: [{name: core, bundles: [{cooling.ambient_C: 25}, {cooling.ambient_K: 25}]}]",
       "parameters[0]: core = {\"cooling.ambient_K\":25}"},
      {"parameters: [{name: core, bundles: [{cooling.ambient_C: 25}]}, {path: cooling.ambient_C, values: [30]}]",
       "'cooling.ambient_C', which another parameter sets too"},
  };
  for (const auto& [text, expected] : cases)
    EXPECT_THAT(refusal(text), HasSubstr(expected)) << text;
}

std::vector<std::string> shipped_sweeps() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(BEACHFRONT_SOURCE_DIR "/designs/sweeps"))
    names.push_back(entry.path().stem());
  return names;
}

/// Every row of a list, each value of a grid once, and as many samples as show a design, another and every choice.
std::vector<std::int64_t> points_that_show_all(const SweepPlan& plan) {
  std::vector<std::int64_t> points;
  std::set<std::string> seen;
  for (std::int64_t k = 0; k < plan.size; ++k) {
    bool fresh = plan.mode == SweepMode::list || k < 2;
    for (const Parameter& parameter : plan.parameters)
      if (!parameter.distribution)
        fresh |= seen.insert(parameter.path + point_values(plan, k).at(parameter.path).dump()).second;
    if (fresh)
      points.push_back(k);
  }
  return points;
}

struct ShippedSweeps : testing::TestWithParam<std::string> {};

TEST_P(ShippedSweeps, AreSolvedWithoutAnError) {
  const SweepPlan plan =
      load_sweep(BEACHFRONT_SOURCE_DIR "/designs/sweeps/" + GetParam() + ".yaml", {}, choose_fidelity("fast").settings);
  KeptStages kept;
  int feasible = 0;
  for (const std::int64_t k : points_that_show_all(plan))
    EXPECT_EQ(
        message_of([&] { feasible += evaluate(point_design(plan, k), kept, plan.screening).at("feasible") == true; }),
        "")
        << "point " << k;
  EXPECT_GE(feasible, 1);
}

INSTANTIATE_TEST_SUITE_P(Designs, ShippedSweeps, testing::ValuesIn(shipped_sweeps()), [](const auto& sweep) {
  std::string name = sweep.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_F(SweepPlans, RefuseMoreDimensionsThanSobolHas) {
  std::string many = "mode: saltelli\nbase_samples: 1\nparameters:\n";
  for (int i = 0; i < 1834; ++i)
    many += "  - {path: x" + std::to_string(i) + ", values: [1]}\n";
  EXPECT_THAT(refusal(many), HasSubstr("parameters: found 1834 of them; must be at most 1833 in mode saltelli"));
}

} // namespace
} // namespace beachfront::study
