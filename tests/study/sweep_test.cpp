// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/sweep.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <thread>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string base = std::string(BEACHFRONT_SOURCE_DIR) + "/designs/reference/102t-glass.yaml";

/// Nine designs: 25 C is fine, 35 C infeasible, 45 C with the thick lid fails.
const std::string nine = "base: " + base + R"(
mode: grid
parameters:
  - {path: cooling.ambient_C, values: [25, 35, 45]}
  - {path: cooling.lid.thickness_mm, range: {from: 1, to: 3, count: 3}}
outputs: [temperature.asic_max_C, link.worst_margin_dB]
)";

/// Stands in for the solver: a few figures in closed form.
Json fake(const Tree& design, KeptStages&) {
  const double ambient_C = design.root().number("cooling.ambient_C");
  const double lid_mm = design.root().number("cooling.lid.thickness_mm");
  if (ambient_C == 45 && lid_mm == 3)
    throw design.root().at("cooling.lid.thickness_mm").error("3", "less than 3 at 45 C");
  Json results = {{"feasible", ambient_C != 35},
                  {"violations", Json::array()},
                  {"temperature", {{"asic_max_C", ambient_C + 50 / lid_mm}}},
                  {"link", {{"worst_margin_dB", 3 - ambient_C / 100}}},
                  {"absent", {{"mechanics", "not in this fake"}}}};
  if (ambient_C == 35)
    results["violations"].push_back({{"rule", "asic_temperature"}, {"message", "die too hot, 105 C"}});
  return results;
}

struct Sweeps : ScratchFolder {

  SweepPlan plan(const std::string& text, const std::string& name = "sweep.yaml") const {
    std::ofstream(folder / name) << text;
    return load_sweep(folder / name, {});
  }
  SweepRun run(const std::string& name, int threads = 1) const {
    SweepRun out;
    out.folder = folder / name;
    out.threads = threads;
    out.tool_version = "0.1.0";
    return out;
  }
  SweepRun resumed(const std::string& name, int threads = 1) const {
    SweepRun out = run(name, threads);
    out.resume = true;
    return out;
  }
};

TEST_F(Sweeps, OrdersAGridWithTheLastParameterFastest) {
  const SweepPlan sweep = plan(nine);
  EXPECT_EQ(sweep.size, 9);
  EXPECT_EQ(point_values(sweep, 0).dump(), R"({"cooling.ambient_C":25,"cooling.lid.thickness_mm":1})");
  EXPECT_EQ(point_values(sweep, 1).dump(), R"({"cooling.ambient_C":25,"cooling.lid.thickness_mm":2})");
  EXPECT_EQ(point_values(sweep, 8).dump(), R"({"cooling.ambient_C":45,"cooling.lid.thickness_mm":3})");
  const Tree design = point_design(sweep, 5);
  EXPECT_EQ(design.root().number("cooling.ambient_C"), 35);
  EXPECT_EQ(design.root().number("cooling.lid.thickness_mm"), 3);
}

TEST_F(Sweeps, TakesTheValuesOfAListTogether) {
  const SweepPlan sweep = plan("base: " + base + R"(
mode: list
parameters:
  - {path: cooling.ambient_C, values: [25, 30]}
  - {path: cooling.die_tim, values: [{material: tim-gel, thickness_um: 80}, {material: tim-indium, thickness_um: 150}]}
)");
  EXPECT_EQ(sweep.size, 2);
  const Tree design = point_design(sweep, 1);
  EXPECT_EQ(design.root().number("cooling.ambient_C"), 30);
  EXPECT_EQ(design.root().text("cooling.die_tim.material.name"), "tim-indium");
}

TEST_F(Sweeps, StepsOfARangeAreRoundNumbers) {
  const SweepPlan sweep = plan("base: " + base + R"(
parameters: [{path: asic.thickness_mm, range: {from: 0.1, to: 1.1, count: 11}}]
)");
  std::vector<std::string> printed;
  for (const Json& value : sweep.parameters[0].values)
    printed.push_back(value.dump());
  EXPECT_THAT(printed, ElementsAre("0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.1"));
}

TEST_F(Sweeps, WritesOneRowADesignWithItsReason) {
  const SweepOutcome outcome = run_sweep(plan(nine), fake, run("out"));
  EXPECT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.progress.counts.ok, 5);
  EXPECT_EQ(outcome.progress.counts.infeasible, 3);
  EXPECT_EQ(outcome.progress.counts.error, 1);
  ASSERT_EQ(outcome.reasons.size(), 2U);
  EXPECT_EQ(outcome.reasons[0].rule, "asic_temperature");
  EXPECT_EQ(outcome.reasons[0].designs, 3);
  EXPECT_EQ(outcome.reasons[0].message, "die too hot, 105 C");
  // Temperatures are ambient + 50/lid; a comma in a message is quoted; no file name in a message.
  EXPECT_EQ(read(csv_file(folder / "out")),
            "index,cooling.ambient_C,cooling.lid.thickness_mm,status,message,temperature.asic_max_C,"
            "link.worst_margin_dB\n"
            "0,25,1,ok,,75,2.75\n"
            "1,25,2,ok,,50,2.75\n"
            "2,25,3,ok,,41.66666666666667,2.75\n"
            "3,35,1,infeasible,\"die too hot, 105 C\",85,2.65\n"
            "4,35,2,infeasible,\"die too hot, 105 C\",60,2.65\n"
            "5,35,3,infeasible,\"die too hot, 105 C\",51.66666666666667,2.65\n"
            "6,45,1,ok,,95,2.55\n"
            "7,45,2,ok,,70,2.55\n"
            "8,45,3,error,cooling.lid.thickness_mm: found 3; must be less than 3 at 45 C,,\n");
}

TEST_F(Sweeps, GivesTheSameBytesForAnyNumberOfThreads) {
  const SweepPlan sweep = plan(nine);
  const auto uneven = [](const Tree& design, KeptStages& kept) { // so that designs finish out of order
    std::this_thread::sleep_for(
        std::chrono::milliseconds(design.root().number("cooling.lid.thickness_mm") == 1 ? 8 : 1));
    return fake(design, kept);
  };
  run_sweep(sweep, uneven, run("one", 1));
  run_sweep(sweep, uneven, run("two", 2));
  run_sweep(sweep, uneven, run("five", 5));
  EXPECT_EQ(read(csv_file(folder / "one")), read(csv_file(folder / "two")));
  EXPECT_EQ(read(csv_file(folder / "one")), read(csv_file(folder / "five")));
}

TEST_F(Sweeps, StopsWhenAskedAndResumes) {
  const SweepPlan sweep = plan(nine);
  int solved = 0;
  const auto count = [&](const Tree& design, KeptStages& kept) {
    ++solved;
    return fake(design, kept);
  };
  SweepRun first = run("out");
  first.stop = [&] { return solved == 4; };
  const SweepOutcome stopped = run_sweep(sweep, count, first);
  EXPECT_FALSE(stopped.complete);
  EXPECT_EQ(stopped.progress.counts.done(), 4);
  EXPECT_FALSE(fs::exists(csv_file(folder / "out")));

  const SweepOutcome rest = run_sweep(sweep, count, resumed("out"));
  EXPECT_TRUE(rest.complete);
  EXPECT_EQ(rest.progress.earlier, 4);
  EXPECT_EQ(solved, 9) << "nothing twice";
  run_sweep(sweep, fake, run("straight"));
  EXPECT_EQ(read(csv_file(folder / "out")), read(csv_file(folder / "straight")));
  EXPECT_EQ(run_sweep(sweep, count, resumed("out")).progress.earlier, 9);
  EXPECT_EQ(solved, 9);
}

TEST_F(Sweeps, SolvesTheSameDesignOnce) {
  std::atomic<int> solved = 0;
  const auto count = [&](const Tree& design, KeptStages& kept) {
    ++solved;
    return fake(design, kept);
  };
  const SweepOutcome outcome = run_sweep(plan("base: " + base + R"(
mode: list
parameters: [{path: cooling.ambient_C, values: [25, 30, 25.0, 2.5e1, 30]}]
outputs: [temperature.asic_max_C]
)"),
                                         count, run("out"));
  EXPECT_EQ(solved, 2);
  EXPECT_EQ(outcome.progress.reused, 3);
  EXPECT_EQ(outcome.progress.counts.ok, 5);
}

TEST_F(Sweeps, ReportsProgressAfterEachDesign) {
  std::vector<std::int64_t> done;
  SweepRun one = run("out");
  one.progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.total, 9);
    done.push_back(progress.counts.done());
  };
  run_sweep(plan(nine), fake, one);
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9));
}

TEST_F(Sweeps, KeepsAFailureOfTheSolverAsARow) {
  const auto broken = [](const Tree& design, KeptStages& kept) -> Json {
    const double ambient_C = design.root().number("cooling.ambient_C");
    if (ambient_C == 25)
      throw std::runtime_error("no convergence in 50 steps");
    Json results = fake(design, kept);
    results["temperature"]["asic_max_C"] = std::numeric_limits<double>::quiet_NaN();
    return results;
  };
  run_sweep(plan(nine), broken, run("out"));
  const std::string csv = read(csv_file(folder / "out"));
  EXPECT_THAT(csv, HasSubstr("0,25,1,error,no convergence in 50 steps,,\n"));
  EXPECT_THAT(csv, HasSubstr("3,35,1,error,internal: temperature.asic_max_C is no finite number,,\n"));
  EXPECT_THAT(csv, Not(HasSubstr("nan")));
}

TEST_F(Sweeps, StopsWhenMemoryRunsOut) {
  const auto hungry = [](const Tree&, KeptStages&) -> Json { throw std::bad_alloc(); };
  EXPECT_THROW(run_sweep(plan(nine), hungry, run("out")), std::bad_alloc);
  EXPECT_EQ(Store::read(store_file(folder / "out")).counts().done(), 0);
}

TEST_F(Sweeps, RefusesAFolderWithOtherThingsInIt) {
  const SweepPlan sweep = plan(nine);
  EXPECT_THAT(message_of([&] { run_sweep(sweep, fake, run("")); }),
              HasSubstr("is not empty ('sweep.yaml' is there) and holds no sweep"));
  EXPECT_THAT(message_of([&] { run_sweep(sweep, fake, resumed("")); }), HasSubstr("holds no sweep"));
  EXPECT_FALSE(fs::exists(store_file(folder)));
  run_sweep(sweep, fake, run("out"));
  EXPECT_THAT(message_of([&] { run_sweep(sweep, fake, run("out")); }),
              HasSubstr("holds the results of a sweep; go on with --resume"));
  EXPECT_THAT(message_of([&] { run_sweep(sweep, fake, run("sweep.yaml")); }), HasSubstr("no folder for the results"));
}

TEST_F(Sweeps, RefusesAChangedSweepDesignOrTool) {
  run_sweep(plan(nine), fake, run("out"));
  std::string changed = nine;
  changed.replace(changed.find("35"), 2, "36");
  EXPECT_THAT(message_of([&] { run_sweep(plan(changed), fake, resumed("out")); }),
              HasSubstr("sweep: parameters[0].values[1]: was 35, now 36"));
  SweepRun newer = resumed("out");
  newer.tool_version = "0.2.0";
  EXPECT_THAT(message_of([&] { run_sweep(plan(nine), fake, newer); }), HasSubstr("tool version: was 0.1.0, now 0.2.0"));
  const SweepPlan other_base = load_sweep(folder / "sweep.yaml", {}, {{"substrate.width_mm", "111"}});
  EXPECT_THAT(message_of([&] { run_sweep(other_base, fake, resumed("out")); }),
              AllOf(HasSubstr("base design: substrate.width_mm: was 110, now 111"), Not(HasSubstr("and "))));
}

TEST_F(Sweeps, TakesOtherOutputsOfFinishedResults) {
  run_sweep(plan(nine), fake, run("out"));
  std::string changed = nine;
  changed.replace(changed.find("temperature.asic_max_C, "), std::string("temperature.asic_max_C, ").size(), "");
  const auto never = [](const Tree&, KeptStages&) -> Json { throw std::logic_error("nothing is left to solve"); };
  run_sweep(plan(changed), never, resumed("out"));
  EXPECT_THAT(read(csv_file(folder / "out")), HasSubstr("status,message,link.worst_margin_dB\n0,25,1,ok,,2.75\n"));
}

TEST_F(Sweeps, StopsAtTheFirstDesignWhenAnOutputIsNoFigure) {
  std::string wrong = nine;
  wrong.replace(wrong.find("link.worst_margin_dB"), std::string("link.worst_margin_dB").size(), "link.worst_magin_dB");
  EXPECT_THAT(
      message_of([&] { run_sweep(plan(wrong), fake, run("out")); }),
      AllOf(HasSubstr("sweep.yaml: outputs[1]: found 'link.worst_magin_dB'; must be a figure of results.json; did "
                      "you mean 'link.worst_margin_dB'?"),
            HasSubstr("run again with --resume")));
  EXPECT_EQ(Store::read(store_file(folder / "out")).counts().done(), 1);
  EXPECT_TRUE(run_sweep(plan(nine), fake, resumed("out")).complete);
}

TEST_F(Sweeps, LeavesTheCellOfAnAbsentFigureEmpty) {
  std::string absent = nine;
  absent.replace(absent.find("link.worst_margin_dB"), std::string("link.worst_margin_dB").size(),
                 "mechanics.warpage_um.room");
  run_sweep(plan(absent), fake, run("out"));
  EXPECT_THAT(read(csv_file(folder / "out")), HasSubstr("\n0,25,1,ok,,75,\n"));
}

struct BadSweep {
  std::string parameters;
  std::string expected;
};

TEST_F(Sweeps, SaysWhatIsWrongBeforeAnythingIsSolved) {
  const std::vector<BadSweep> cases = {
      {"parameters: [{path: cooling.ambent_C, values: [25]}]",
       "sweep.yaml:2:21: parameters[0]: cooling.ambent_C = 25: cooling.ambent_C: unknown key 'ambent_C'; did you mean "
       "'ambient_C'?"},
      {"parameters: [{path: coling.ambient_C, values: [25]}]", "did you mean 'cooling'?"},
      {"parameters: [{path: 'substrate.stack_up[9].thickness_um', values: [25]}]",
       "no such item; substrate.stack_up has 5, counted from 0"},
      {"parameters: [{path: cooling.ambient_C, values: [25, 35, hot]}]",
       "parameters[0]: cooling.ambient_C = \"hot\": cooling.ambient_C: found 'hot'; must be a number"},
      {"parameters: [{path: cooling.ambient_C, values: [25]}, {path: substrate.width_mm, values: [100, -1]}]",
       "sweep.yaml:2:62: parameters[1]: substrate.width_mm = -1: substrate.width_mm: found -1; must be a number"},
      {"parameters: [{path: cooling.ambient_C, values: [25]}, {path: cooling.ambient_C, values: [26]}]",
       "parameters[1].path: found 'cooling.ambient_C', which another parameter sets too; must be given once"},
      {"mode: list\nparameters: [{path: cooling.ambient_C, values: [25, 30]}, {path: substrate.width_mm, values: "
       "[100]}]",
       "parameters[1]: found 1 values; must be as many as of parameters[0] in mode list: 2"},
      {"parameters: [{path: cooling.ambient_C, values: []}]", "parameters[0].values: found a list of 0"},
      {"parameters: [{path: cooling.ambient_C, range: {from: 1, to: 2, count: 1000}},"
       " {path: cooling.lid.thickness_mm, range: {from: 1, to: 2, count: 1000000}},"
       " {path: substrate.width_mm, range: {from: 100, to: 120, count: 1000}}]",
       "parameters: found 1000000000000 points; must be a grid of at most 1000000 points"},
      {"parameters: [{path: cooling.ambient_C, values: [25]}]\nconstraints: [{figure: link.worst_margin_dB}]",
       "constraints[0]: found neither min nor max; must be a limit"},
      {"parameters: []", "parameters: found a list of 0"},
      {"parameters: [{path: cooling.ambient_C, values: [25]}]\nscreening: {rungs: some}",
       "screening.rungs: found 'some'"},
      {"parameters: [{path: cooling.ambient_C, values: [25]}]\nscreening: {audit_share: 2}",
       "screening.audit_share: found 2"},
  };
  for (const BadSweep& bad : cases)
    EXPECT_THAT(message_of([&] { plan("base: " + base + "\n" + bad.parameters + "\n"); }), HasSubstr(bad.expected));
  EXPECT_THAT(message_of([&] { plan("base: missing.yaml\nparameters: [{path: a, values: [1]}]\n"); }),
              HasSubstr("missing.yaml"));
  EXPECT_THAT(message_of([&] { load_sweep(folder / "none.yaml", {}); }), HasSubstr("none.yaml"));
}

// The child of the two tests below: this program again, running only this, so that no thread is shared by a fork.
TEST(SweepChild, DISABLED_Run) {
  const char* folder = std::getenv("BEACHFRONT_TEST_SWEEP");
  ASSERT_TRUE(folder);
  SweepRun run;
  run.folder = fs::path(folder) / "out";
  run.resume = true;
  run.threads = 2;
  run.tool_version = "0.1.0";
  const auto slow = [](const Tree& design, KeptStages& kept) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return fake(design, kept);
  };
  run_sweep(load_sweep(fs::path(folder) / "sweep.yaml", {}), slow, run);
}

pid_t start_child(const fs::path& folder) {
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    setenv("BEACHFRONT_TEST_SWEEP", folder.c_str(), 1);
    execl("/proc/self/exe", "study_tests", "--gtest_filter=SweepChild.DISABLED_Run", "--gtest_also_run_disabled_tests",
          "--gtest_brief=1", static_cast<char*>(nullptr));
    _exit(127);
  }
  return child;
}

const std::string sixty = "base: " + base + R"(
parameters:
  - {path: cooling.ambient_C, values: [25, 35, 45]}
  - {path: cooling.lid.thickness_mm, range: {from: 1.0, to: 2.9, count: 20}}
)";

/// Designs in a store that another process may be about to make.
std::int64_t designs_in(const fs::path& store) {
  try {
    return Store::read(store).counts().done();
  } catch (const InputError&) {
    return 0;
  }
}

TEST_F(Sweeps, LosesOnlyDesignsInFlightWhenKilled) {
  const SweepPlan sweep = plan(sixty);
  const fs::path store = store_file(folder / "out");
  std::int64_t done = 0;
  int kills = 0;
  for (; kills < 6; ++kills) { // each life gets a few designs further, and is killed at another moment of a design
    const pid_t child = start_child(folder);
    const auto running = [child] {
      siginfo_t info{};
      return waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
    };
    while (designs_in(store) <= done && running())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::microseconds(3100 * kills));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status)) // a machine so slow that it finished first
      break;
    const std::int64_t now = Store::read(store).counts().done();
    EXPECT_GT(now, done) << "finished designs were lost";
    done = now;
  }
  ASSERT_GE(kills, 1);
  int solved = 0;
  const auto count = [&](const Tree& design, KeptStages& kept) {
    ++solved;
    return fake(design, kept);
  };
  const SweepOutcome rest = run_sweep(sweep, count, resumed("out"));
  EXPECT_TRUE(rest.complete);
  EXPECT_EQ(solved, 60 - rest.progress.earlier) << "nothing twice";
  run_sweep(sweep, fake, run("straight", 2));
  EXPECT_EQ(read(csv_file(folder / "out")), read(csv_file(folder / "straight")));
}

TEST_F(Sweeps, RefusesASecondProcessOnTheSameFolder) {
  const SweepPlan sweep = plan(sixty);
  SweepRun here = run("out");
  bool tried = false;
  int code = 0;
  here.progress = [&](const Progress&) {
    if (!tried) {
      tried = true;
      waitpid(start_child(folder), &code, 0);
    }
  };
  EXPECT_TRUE(run_sweep(sweep, fake, here).complete);
  EXPECT_TRUE(WIFEXITED(code));
  EXPECT_EQ(WEXITSTATUS(code), 1) << "the second one must not have run";
  EXPECT_EQ(Store::read(store_file(folder / "out")).counts().done(), 60);
}

} // namespace
} // namespace beachfront::study
