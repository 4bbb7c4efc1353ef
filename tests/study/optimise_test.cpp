// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/input_error.hpp"
#include "study/optimise.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <limits>
#include <set>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string base = std::string(BEACHFRONT_SOURCE_DIR) + "/designs/reference/102t-glass.yaml";

/// Cooler is dearer: the front is every lid at the coldest coolant, and no more.
const std::string two_goals = "base: " + base + R"(
mode: sobol
designs: 16
parameters:
  - {path: cooling.ambient_C, range: {from: 20, to: 50}}
  - {path: cooling.lid.thickness_mm, range: {from: 1, to: 4}}
  - {path: laser.modules, range: {from: 10, to: 20}}
objectives:
  - {figure: temperature.asic_max_C, goal: minimise}
  - {figure: link.worst_margin_dB, goal: maximise}
constraints:
  - {figure: temperature.asic_max_C, max: 90}
)";

/// Stands in for the solver, in closed form: a thick lid cools and costs light; more than 45 C is infeasible, 13
/// modules always fail.
Json fake(const Tree& design, KeptStages&) {
  const double ambient_C = design.root().number("cooling.ambient_C");
  const double lid_mm = design.root().number("cooling.lid.thickness_mm");
  if (design.root().integer("laser.modules") == 13)
    throw std::runtime_error("no convergence");
  Json results = {{"feasible", ambient_C <= 45},
                  {"violations", Json::array()},
                  {"temperature", {{"asic_max_C", ambient_C + 60 / lid_mm}}},
                  {"link", {{"worst_margin_dB", 5 - lid_mm}}}};
  if (ambient_C > 45)
    results["violations"].push_back(
        {{"rule", "coolant"}, {"found", ambient_C}, {"required", 45}, {"message", "coolant too warm"}});
  return results;
}

struct Optimise : ScratchFolder {
  SweepPlan plan(const std::string& text = two_goals) const {
    std::ofstream(folder / "sweep.yaml") << text;
    return load_sweep(folder / "sweep.yaml", {});
  }
  OptimiseRun run(const std::string& name, int threads = 1, std::int64_t evaluations = 96) const {
    OptimiseRun out;
    out.folder = folder / name;
    out.threads = threads;
    out.tool_version = "0.1.0";
    out.evaluations = evaluations;
    out.population = 12;
    return out;
  }
  OptimiseRun resumed(const std::string& name, std::int64_t evaluations = 96) const {
    OptimiseRun out = run(name, 1, evaluations);
    out.resume = true;
    return out;
  }
  std::string csv(const std::string& name) const { return read(csv_file(folder / name)); }
};

TEST_F(Optimise, FindsTheFrontWithinItsConstraints) {
  const SweepPlan sweep = plan();
  const OptimiseOutcome outcome = optimise(sweep, fake, run("out", 1, 240));
  EXPECT_TRUE(outcome.complete);
  EXPECT_GE(outcome.evaluations, 240);
  EXPECT_LT(outcome.evaluations, 252) << "whole generations";
  EXPECT_EQ(outcome.start, 0);
  std::vector<Costs> good;
  Store::read(store_file(folder / "out")).for_each([&](const StoredDesign& row) {
    EXPECT_GE(row.point, 16) << "the sweep's own points stay free";
    const Judged judged = judge_row(sweep.goals, row);
    if (judged.violation == 0)
      good.push_back(judged.costs);
  });
  // At 20 C coolant: temperature 20 + 60/lid up to 90, margin 5 - lid: lids from 60/70 (below 1, so 1) to 4. To the
  // reference of 90 C and 1 dB: integral of (90 - 20 - 60/lid) over the lid from 1 to 4.
  const double whole = 70 * 3 - 60 * std::log(4.0);
  const double found = hypervolume(rows_of(good, non_dominated(good)), {90, -1});
  EXPECT_LT(found, whole);
  EXPECT_GT(found, 0.95 * whole);
}

TEST_F(Optimise, JudgesRowsByDebsRule) {
  const SweepGoals goals = plan().goals;
  StoredDesign row;
  KeptStages kept;
  const auto at = [&](double ambient_C, double lid_mm) {
    Tree design = plan().base;
    design = resolve_with(
        design,
        {{"cooling.ambient_C", std::to_string(ambient_C)}, {"cooling.lid.thickness_mm", std::to_string(lid_mm)}},
        design_schema(), plan().library);
    const Json results = fake(design, kept);
    row.status = results.at("feasible").get<bool>() ? Status::ok : Status::infeasible;
    row.results = results.dump();
    return judge_row(goals, row);
  };
  EXPECT_EQ(at(30, 2).violation, 0);
  EXPECT_EQ(at(30, 2).costs, (Costs{60, -3}));
  EXPECT_NEAR(at(40, 1).violation, (10.0 / 90) / (1 + 10.0 / 90), 1e-12); // 100 C where 90 are allowed
  EXPECT_NEAR(at(50, 2).violation, 1 + (5.0 / 45) / (1 + 5.0 / 45), 1e-12);
  row.status = Status::error;
  EXPECT_EQ(judge_row(goals, row).violation, std::numeric_limits<double>::infinity());
  row = {};
  row.results = R"({"feasible": true, "temperature": {"asic_max_C": 50}})";
  EXPECT_EQ(judge_row(goals, row).violation, std::numeric_limits<double>::infinity()) << "an objective is absent";
}

TEST_F(Optimise, GivesTheSameBytesForAnyNumberOfThreads) {
  const SweepPlan sweep = plan();
  optimise(sweep, fake, run("one", 1));
  optimise(sweep, fake, run("three", 3));
  EXPECT_EQ(csv("one"), csv("three"));
  OptimiseRun other = run("other");
  other.seed = 2;
  optimise(sweep, fake, other);
  EXPECT_NE(csv("one"), csv("other"));
}

TEST_F(Optimise, GoesOnWhereItWasStopped) {
  const SweepPlan sweep = plan();
  std::atomic<int> solved = 0;
  const auto count = [&](const Tree& design, KeptStages& kept) {
    ++solved;
    return fake(design, kept);
  };
  OptimiseRun first = run("out");
  first.stop = [&] { return solved >= 30; }; // in the middle of a generation
  const OptimiseOutcome stopped = optimise(sweep, count, first);
  EXPECT_FALSE(stopped.complete);
  EXPECT_FALSE(fs::exists(csv_file(folder / "out")));
  const OptimiseOutcome rest = optimise(sweep, count, resumed("out"));
  EXPECT_TRUE(rest.complete);
  EXPECT_EQ(stopped.solved + rest.solved, rest.evaluations);
  optimise(sweep, fake, run("straight"));
  EXPECT_EQ(csv("out"), csv("straight"));
  optimise(sweep, fake, run("longer", 1, 120));
  optimise(sweep, fake, resumed("out", 120));
  EXPECT_EQ(csv("out"), csv("longer")) << "more evaluations are the same search, further";
}

TEST_F(Optimise, StartsFromTheRowsOfTheSweep) {
  const SweepPlan sweep = plan();
  SweepRun before;
  before.folder = folder / "out";
  before.tool_version = "0.1.0";
  run_sweep(sweep, fake, before);
  EXPECT_THAT(message_of([&] { optimise(sweep, fake, run("out")); }), HasSubstr("--resume"));
  const OptimiseOutcome outcome = optimise(sweep, fake, resumed("out"));
  EXPECT_EQ(outcome.start, 16);
  const Store store = Store::read(store_file(folder / "out"));
  EXPECT_EQ(std::ssize(store.points()), 16 + outcome.evaluations);
  std::set<std::string> sets; // what the sweep has solved is not solved again
  store.for_each([&](const StoredDesign& row) { sets.insert(row.parameters.dump()); });
  EXPECT_EQ(std::ssize(sets), 16 + outcome.evaluations);
  // The sweep is as complete as before.
  EXPECT_EQ(store.counts(16).done(), 16);
  before.resume = true;
  const SweepOutcome again = run_sweep(sweep, fake, before);
  EXPECT_TRUE(again.complete);
  EXPECT_EQ(again.progress.counts.done(), 16);
}

TEST_F(Optimise, RefusesTheStoreOfAnotherSearch) {
  const SweepPlan sweep = plan();
  optimise(sweep, fake, run("out"));
  EXPECT_THAT(message_of([&] { optimise(sweep, fake, run("out")); }), HasSubstr("--resume"));
  OptimiseRun other = resumed("out");
  other.seed = 9;
  EXPECT_THAT(message_of([&] { optimise(sweep, fake, other); }),
              HasSubstr("its design 16 is of a search with another seed, population or start"));
}

TEST_F(Optimise, ChoosesAmongTheValuesOfAGrid) {
  const SweepPlan sweep = plan("base: " + base + R"(
parameters:
  - {path: cooling.ambient_C, values: [20, 30, 40]}
  - {path: cooling.lid.thickness_mm, range: {from: 1, to: 4, count: 7}}
objectives: [{figure: temperature.asic_max_C, goal: minimise}]
)");
  const OptimiseOutcome outcome = optimise(sweep, fake, run("out", 1, 60));
  EXPECT_TRUE(outcome.exhausted);
  EXPECT_TRUE(outcome.complete);
  EXPECT_LE(outcome.evaluations, 21) << "each design once";
  double least = 1000;
  Store::read(store_file(folder / "out")).for_each([&](const StoredDesign& row) {
    least = std::min(least, judge_row(sweep.goals, row).costs.at(0));
    EXPECT_EQ(std::fmod(row.parameters.at("cooling.lid.thickness_mm").get<double>(), 0.5), 0);
  });
  EXPECT_EQ(least, 20 + 60 / 4.0);
}

TEST_F(Optimise, SaysWhatItCannotSearch) {
  const std::string lid = "[{path: cooling.lid.thickness_mm, ";
  const std::string goal = "\nobjectives: [{figure: temperature.asic_max_C, goal: minimise}]\n";
  const auto refusal = [&](const std::string& text) {
    return message_of([&] { optimise(plan("base: " + base + "\n" + text), fake, run("out")); });
  };
  EXPECT_THAT(refusal("parameters: " + lid + "values: [1, 2]}]\n"), HasSubstr("objectives: missing"));
  EXPECT_THAT(refusal("mode: list\nparameters: " + lid + "values: [1, 2]}]" + goal),
              HasSubstr("mode: parameters of a"));
  EXPECT_THAT(refusal("mode: random\ndesigns: 4\nparameters: " + lid +
                      "distribution: {kind: normal, mean: 2, sd: 0.1}}]" + goal),
              HasSubstr("limited by low and high for a search"));
  OptimiseRun odd = run("out");
  odd.population = 18;
  EXPECT_THAT(message_of([&] { optimise(plan(), fake, odd); }), HasSubstr("must be a multiple of 4"));
  EXPECT_FALSE(fs::exists(folder / "out"));
  EXPECT_THAT(refusal("parameters: " + lid +
                      "values: [1, 2]}]\nobjectives: [{figure: temperature.asic_mx_C, goal: "
                      "minimise}]\n"),
              HasSubstr("did you mean 'temperature.asic_max_C'"));
}

} // namespace
} // namespace beachfront::study
