// SPDX-License-Identifier: GPL-3.0-or-later
// Fifty lives of one sweep, each ended by kill -9 at a random moment.
#include "fake_sweep.hpp"
#include "study/run_shard.hpp"

#include "study/input_error.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t designs = 12 * 12 * 12;

const std::string sweep_text = "base: " + std::string(BEACHFRONT_SOURCE_DIR) + R"(/designs/reference/102t-glass.yaml
parameters:
  - {path: cooling.ambient_C, range: {from: 20, to: 31, count: 12}}
  - {path: cooling.lid.thickness_mm, range: {from: 1.0, to: 2.1, count: 12}}
  - {path: comparison.electricity_eur_per_kWh, range: {from: 0.1, to: 0.21, count: 12}}
outputs: [temperature.asic_max_C]
)";

Json thoughtful(const Tree& design, KeptStages& kept) {
  std::this_thread::sleep_for(std::chrono::milliseconds(8));
  return fake_results(design, kept);
}

// This program again, running only this, so that no thread is shared by a fork.
TEST(KilledSweepChild, DISABLED_Run) {
  const char* folder = std::getenv("BEACHFRONT_TEST_KILLED");
  ASSERT_TRUE(folder);
  SweepRun run;
  run.folder = fs::path(folder) / "out";
  run.resume = true;
  run.threads = 2;
  run.tool_version = "0.1.0";
  run_shard(load_sweep(fs::path(folder) / "sweep.yaml", {}), thoughtful, run, {1, 2});
}

pid_t start_child(const fs::path& folder) {
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    setenv("BEACHFRONT_TEST_KILLED", folder.c_str(), 1);
    execl("/proc/self/exe", "study_tests", "--gtest_filter=KilledSweepChild.DISABLED_Run",
          "--gtest_also_run_disabled_tests", "--gtest_brief=1", static_cast<char*>(nullptr));
    _exit(127);
  }
  return child;
}

/// In a store that the child may not have begun.
std::vector<std::int64_t> points_in(const fs::path& store) {
  try {
    return Store::read(store).points();
  } catch (const InputError&) {
    return {};
  }
}

using KilledSweeps = FakeSweep;

TEST_F(KilledSweeps, LoseNothingAndHaveNothingTwiceIn50Kills) {
  const SweepPlan sweep = plan(sweep_text);
  const fs::path store = folder / "out" / "results-1-of-2.sqlite";
  std::mt19937 random(1); // the same moments on each run, as far as a machine repeats itself
  std::vector<std::int64_t> before;
  int kills = 0;
  for (; kills < 50; ++kills) {
    const pid_t child = start_child(folder);
    // One in four dies in its start, the others once some design more is on the disk, at any moment of the next.
    const auto begun = std::chrono::steady_clock::now();
    const bool early = kills % 4 == 0;
    while (!early && std::chrono::steady_clock::now() - begun < std::chrono::seconds(5) &&
           points_in(store).size() <= before.size())
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::this_thread::sleep_for(std::chrono::microseconds(random() % (early ? 100'000 : 40'000)));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status)) // it was through
      break;
    if (!before.empty())
      Store::read_whole(store); // which throws when it is damaged
    const std::vector<std::int64_t> now = points_in(store);
    ASSERT_TRUE(std::includes(now.begin(), now.end(), before.begin(), before.end())) << "kill " << kills;
    before = now;
  }
  EXPECT_GE(before.size(), 38U) << "designs of the lives that were not killed in their start";
  EXPECT_GE(kills, 50) << "the sweep was too short for its kills";

  std::size_t solved = 0;
  const auto count = [&](const Tree& design, KeptStages& kept) {
    ++solved;
    return fake_results(design, kept);
  };
  const SweepOutcome rest = run_shard(sweep, count, run("out", 1, true), {1, 2});
  EXPECT_TRUE(rest.complete);
  EXPECT_EQ(solved + before.size(), shard_points(designs, {1, 2}).size()) << "nothing lost, nothing twice";
  run_shard(sweep, fake_results, run("straight"), {1, 2});
  EXPECT_EQ(read(folder / "out" / "results-1-of-2.csv"), read(folder / "straight" / "results-1-of-2.csv"));
}

} // namespace
} // namespace beachfront::study
