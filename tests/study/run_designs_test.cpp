// SPDX-License-Identifier: GPL-3.0-or-later
// Many designs through one store: the same rows whatever the threads, the order and the stages kept.
#include "study/run_designs.hpp"
#include "study/sweep.hpp"
#include "study/sweep_order.hpp"

#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <map>
#include <optional>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string source = BEACHFRONT_SOURCE_DIR;

Json solved(const Tree& design, KeptStages& kept) {
  return evaluate(design, kept);
}

Json solved_afresh(const Tree& design, KeptStages&) {
  return evaluate(design);
}

struct Runs : ScratchFolder {
  SweepPlan plan(const std::string& parameters, const std::string& more = "") const {
    std::ofstream(folder / "sweep.yaml") << "base: " << source << "/tests/study/data/lasers-in-engines.yaml\n"
                                         << more << "parameters:\n"
                                         << parameters;
    return load_sweep(folder / "sweep.yaml", source + "/designs/library");
  }
  SweepRun run(const std::string& name, int threads = 1) const {
    SweepRun out;
    out.folder = folder / name;
    out.threads = threads;
    out.tool_version = "0.1.0";
    return out;
  }
  /// Hash and results of every point.
  std::map<std::int64_t, std::string> rows(const std::string& name) const {
    std::map<std::int64_t, std::string> all;
    Store::read(store_file(folder / name)).for_each([&](const StoredDesign& design) {
      all[design.point] = design.hash + design.figures.dump() + design.message + design.results;
    });
    return all;
  }
};

// The price reaches nothing, the ageing the loop, the ambient the cooling, the expansion the assembly, the width the
// layout.
const std::string every_reach = R"(
  - {path: comparison.electricity_eur_per_kWh, values: [0.1, 0.2]}
  - {path: "substrate.stack_up[1].material.cte_ppm_per_K", values: [8, 9]}
  - {path: link.ageing_dB, values: [0.5, 1]}
  - {path: engines.width_mm, values: [8, 8.2]}
  - {path: cooling.ambient_C, values: [25, 30]}
)";

TEST_F(Runs, GiveTheSameRowsWithAndWithoutKeptStagesOnAnyNumberOfThreads) {
  const SweepPlan sweep = plan(every_reach);
  const SweepOutcome one = run_sweep(sweep, solved, run("one"));
  run_sweep(sweep, solved, run("three", 3));
  run_sweep(sweep, solved_afresh, run("afresh", 2));
  EXPECT_EQ(one.progress.counts.error, 0);
  EXPECT_EQ(rows("one"), rows("three"));
  EXPECT_EQ(rows("one"), rows("afresh"));
  EXPECT_EQ(read(csv_file(folder / "one")), read(csv_file(folder / "afresh")));
}

TEST_F(Runs, SolveEachStageAsOftenAsItsValuesDiffer) {
  const SweepOutcome outcome = run_sweep(plan(every_reach), solved, run("out"));
  std::map<std::string, std::int64_t> solves;
  for (const StageUse& use : outcome.progress.stages)
    solves[use.stage] = use.asked - use.found;
  const std::map<std::string, std::int64_t> least = {{"layout", 2}, {"assembly", 4}, {"cooling", 2}, {"loop", 16}};
  EXPECT_EQ(solves, least);
  std::map<std::string, std::int64_t> stored;
  for (const StageUse& use : Store::read(store_file(folder / "out")).stages())
    stored[use.stage] = use.asked - use.found;
  EXPECT_EQ(stored, least);
}

TEST_F(Runs, SolveWhatSharesDearStagesTogether) {
  const SweepPlan sweep = plan(every_reach);
  std::vector<std::int64_t> points(static_cast<std::size_t>(sweep.size));
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = static_cast<std::int64_t>(i);
  const SolvingOrder order = solving_order(sweep, points);
  // Width outermost, then expansion, ambient, ageing, price: bits 1, 3, 0, 2, 4 of the point.
  std::vector<std::int64_t> expected;
  for (const std::int64_t width : {0, 2})
    for (const std::int64_t core : {0, 8})
      for (const std::int64_t ambient : {0, 1})
        for (const std::int64_t ageing : {0, 4})
          for (const std::int64_t price : {0, 16})
            expected.push_back(width + core + ambient + ageing + price);
  EXPECT_EQ(order.points, expected);
  EXPECT_EQ(order.groups[0], order.groups[7]);
  EXPECT_NE(order.groups[7], order.groups[8]);
  EXPECT_THAT(solving_order(sweep, {}).points, IsEmpty());
}

TEST_F(Runs, CountWhatALinkedKeyReaches) {
  const SweepPlan sweep = plan(R"(
  - {path: comparison.electricity_eur_per_kWh, values: [0.1, 0.2], also: [{path: engines.width_mm, factor: 80, offset: 0}]}
  - {path: cooling.ambient_C, values: [25, 30]}
  - {path: link.ageing_dB, values: [0.5, 1]}
  - {path: name, values: [a, b]}
)");
  EXPECT_THAT(solving_order(sweep, {15, 1, 6, 7, 0}).points, ElementsAre(15, 1, 0, 6, 7));
}

TEST_F(Runs, LeaveTheOrderOfAListThatSharesNothing) {
  const SweepPlan sweep = plan("  - {path: engines.width_mm, values: [8.2, 8, 8.1]}\n", "mode: list\n");
  EXPECT_THAT(solving_order(sweep, {0, 1, 2}).points, ElementsAre(0, 1, 2));
}

TEST_F(Runs, TakeOnlyThePointsAskedFor) {
  SweepRun some = run("out");
  some.points = {1, 3};
  some.store_name = "results-2-of-9.sqlite";
  const SweepPlan sweep = plan("  - {path: cooling.ambient_C, values: [20, 25, 30, 35]}\n");
  const SweepOutcome outcome = run_sweep(sweep, solved, some);
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.progress.total, 2);
  EXPECT_THAT(Store::read(folder / "out" / some.store_name).points(), ElementsAre(1, 3));
  EXPECT_FALSE(fs::exists(csv_file(folder / "out")));
}

/// A batch of one design over and over, which fails where it is told to.
struct Batches : ScratchFolder {
  void SetUp() override {
    ScratchFolder::SetUp();
    opened.emplace(Store::create(folder / "results.sqlite", {"0.1.0", "a: 1", "b: 2", "aa", "bb", 100}));
  }
  void TearDown() override {
    opened.reset();
    ScratchFolder::TearDown();
  }
  RunOutcome solve(const Batch& designs, const Evaluate& evaluate, const RunRules& rules = {}) {
    return run_designs(*opened, designs, evaluate, rules, kept);
  }
  std::optional<Store> opened;
  std::vector<KeptStages> kept;

  static Batch batch(std::size_t size) {
    return {size, [](std::size_t i) {
              const auto number = static_cast<std::int64_t>(i);
              return Candidate{number, {{"number", number}}, [i] {
                                 Tree tree;
                                 tree.node.kind = NodeKind::map;
                                 Node value;
                                 value.kind = NodeKind::scalar;
                                 value.text = std::to_string(i);
                                 tree.node.entries.push_back({"number", {}, value});
                                 return tree;
                               }};
            }};
  }
  static Json number(const Tree& design, KeptStages&) {
    const double number = design.root().number("number");
    if (number == 3)
      throw std::runtime_error("three");
    return {{"feasible", number != 4}, {"number", number}};
  }
};

TEST_F(Batches, EndAtTheFirstFailureWhereThatIsAsked) {
  RunRules rules;
  rules.fail_fast = true;
  const RunOutcome outcome = solve(batch(20), number, rules);
  EXPECT_TRUE(outcome.failed_fast);
  EXPECT_FALSE(outcome.complete);
  EXPECT_THAT(opened->points(), ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(opened->counts().error, 1);
}

TEST_F(Batches, GoOnAfterAFailureOtherwise) {
  const RunOutcome outcome = solve(batch(20), number);
  EXPECT_TRUE(outcome.complete);
  EXPECT_FALSE(outcome.failed_fast);
  EXPECT_EQ(outcome.solved, 20);
  EXPECT_EQ(opened->counts().ok, 18);
  EXPECT_EQ(opened->counts().infeasible, 1);
}

TEST_F(Batches, TellOfARowOnceItIsInTheStore) {
  RunRules rules;
  rules.threads = 3;
  std::int64_t told = 0;
  rules.stored = [&](const StoredDesign& row, const RunOutcome&) {
    ++told;
    EXPECT_THAT(Store::read(folder / "results.sqlite").find(row.hash), testing::Ne(std::nullopt));
  };
  solve(batch(40), number, rules);
  EXPECT_EQ(told, 40);
}

TEST_F(Batches, KeepTheFiguresThatAreAskedFor) {
  RunRules rules;
  rules.figures = {"number", "no.such"};
  solve(batch(3), number, rules);
  EXPECT_EQ(opened->find(hash_text(batch(3).candidate(2).design().root()))->figures.dump(),
            R"({"number":2.0,"no.such":null})");
}

TEST_F(Batches, EndWithWhatTheCallerThrowsAndKeepTheRow) {
  RunRules rules;
  rules.solved = [](const StoredDesign& row, const Json&) {
    if (row.point == 2)
      throw std::runtime_error("enough");
  };
  EXPECT_THROW(solve(batch(20), number, rules), std::runtime_error);
  EXPECT_THAT(opened->points(), ElementsAre(0, 1, 2));
}

TEST_F(Batches, AreNotSolvedTwice) {
  std::atomic<int> solves = 0;
  const auto count = [&](const Tree& design, KeptStages& stages) {
    ++solves;
    return number(design, stages);
  };
  solve(batch(5), count);
  Batch again = batch(5);
  again.candidate = [](std::size_t i) {
    Candidate same = batch(5).candidate(i);
    same.point = 10 + static_cast<std::int64_t>(i);
    return same;
  };
  const RunOutcome outcome = solve(again, count);
  EXPECT_EQ(solves, 5);
  EXPECT_EQ(outcome.reused, 5);
  EXPECT_THAT(opened->points(), SizeIs(10));
  EXPECT_EQ(opened->counts().error, 2) << "a failure is a result too";
}

TEST_F(Batches, SayWhichRungRejectedAndWhatTheAuditFound) {
  const auto rungs = [](const Tree& design, KeptStages&) -> Json {
    const double number = design.root().number("number");
    if (number < 5) // rejected and not solved
      return {{"feasible", false},
              {"violations", {{{"rule", "too_wide"}, {"message", "too wide"}}}},
              {"screened_by", "placement"}};
    if (number < 7) // audited: one was feasible after all
      return {{"feasible", number == 6},
              {"violations", {{{"rule", "too_wide"}, {"message", "too wide"}}}},
              {"audited_for", "placement"}};
    return {{"feasible", true}};
  };
  solve(batch(10), rungs);
  const std::vector<Screened> screened = opened->screened();
  ASSERT_THAT(screened, SizeIs(1));
  EXPECT_EQ(screened[0].rung, "placement");
  EXPECT_EQ(screened[0].designs, 7);
  EXPECT_EQ(screened[0].audited, 2);
  EXPECT_EQ(screened[0].feasible, 1);
  opened->for_each([](const StoredDesign& row) {
    EXPECT_EQ(row.results.empty(), row.point < 5) << row.point;
    EXPECT_EQ(row.results.find("audited_for"), std::string::npos);
    EXPECT_EQ(row.rule, row.point < 6 ? "too_wide" : "") << row.point;
  });
}

} // namespace
} // namespace beachfront::study
