// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_sweep.hpp"
#include "message_of.hpp"
#include "study/merge.hpp"
#include "study/run_shard.hpp"

#include "study/input_error.hpp"
#include "study/write_file.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

struct Merges : FakeSweep {
  /// All shards of N into a folder, the last one first.
  void run_shards(const std::string& name, std::int64_t of, int threads = 1) const {
    for (std::int64_t number = of; number >= 1; --number)
      run_shard(sweep, fake_results, run(name, threads), {number, of});
  }
  MergeOutcome merge(const std::string& name, const std::vector<std::string>& from = {}, bool partial = false) const {
    Merge out;
    out.folder = folder / name;
    out.partial = partial;
    out.tool_version = "0.1.0";
    for (const std::string& each : from)
      out.from.push_back(folder / each);
    return merge_stores(sweep, out);
  }
  std::string csv(const std::string& name) const { return read(csv_file(folder / name)); }
  std::string store(const std::string& name) const { return read(store_file(folder / name)); }
  /// What a refused merge must leave alone: every file of the folder with its bytes.
  std::string everything(const std::string& name) const {
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder / name))
      files.push_back(entry.path().string() + (entry.is_regular_file() ? ": " + read(entry.path()) : "/"));
    std::sort(files.begin(), files.end());
    std::string all;
    for (const std::string& file : files)
      all += file + "\n";
    return all;
  }
  /// The message of a merge that is refused, having changed nothing.
  std::string refused(const std::string& name, const std::vector<std::string>& from = {}) const {
    const std::string before = everything(name);
    std::string message = message_of([&] { merge(name, from, true); });
    EXPECT_EQ(everything(name), before);
    return message;
  }

  void SetUp() override {
    FakeSweep::SetUp();
    sweep = plan();
  }
  SweepPlan sweep;
};

TEST_F(Merges, GiveTheBytesOfOneRunWhateverTheShards) {
  run_sweep(sweep, fake_results, run("whole", 2));
  const std::string whole = csv("whole");
  run_shards("two", 2);
  run_shards("seven", 7, 3);
  run_shards("sixty", 60);
  for (const auto& [name, stores] : {std::pair<const char*, std::size_t>{"two", 2}, {"seven", 7}, {"sixty", 60}}) {
    EXPECT_FALSE(fs::exists(csv_file(folder / name))) << "only a merge knows that all is there";
    const MergeOutcome outcome = merge(name);
    EXPECT_TRUE(outcome.written);
    EXPECT_EQ(outcome.stores, stores);
    EXPECT_EQ(outcome.counts.ok, 39);
    EXPECT_EQ(outcome.counts.infeasible, 20);
    EXPECT_EQ(outcome.counts.error, 1);
    EXPECT_EQ(outcome.in_several, 0);
    EXPECT_TRUE(outcome.missing.empty());
    ASSERT_EQ(outcome.reasons.size(), 2U);
    EXPECT_EQ(outcome.reasons[0].designs, 20);
    EXPECT_EQ(csv(name), whole);
  }
  EXPECT_EQ(store("two"), store("seven"));
  EXPECT_EQ(store("two"), store("sixty"));
  merge("again", {"whole"}); // a run that was not cut, written in the order of its points
  EXPECT_EQ(store("again"), store("two"));
  EXPECT_EQ(csv("again"), whole);
}

TEST_F(Merges, TakeAnyOrderAnyFolderAndPointsThatAreEqual) {
  run_shards("two", 2);
  run_shards("three", 3);
  run_sweep(sweep, fake_results, run("whole"));
  merge("a", {"two"});
  merge("b", {"three/results-3-of-3.sqlite", "two/results-1-of-2.sqlite", "three/results-1-of-3.sqlite",
              "two/results-2-of-2.sqlite"});
  const MergeOutcome twice = merge("c", {"three", "two", "three", "two/results-1-of-2.sqlite", "whole"});
  EXPECT_EQ(twice.stores, 6U) << "a store that is named twice is read once";
  EXPECT_EQ(twice.in_several, 60);
  EXPECT_EQ(store("a"), store("b"));
  EXPECT_EQ(store("a"), store("c"));
  EXPECT_EQ(csv("a"), csv("c"));
  const std::string before = store("a");
  EXPECT_EQ(merge("a").stores, 1U) << "what is there already is kept";
  EXPECT_EQ(store("a"), before);
}

TEST_F(Merges, SayWhichPointsAreMissingAndWaitForThem) {
  run_shard(sweep, fake_results, run("out"), {1, 3});
  run_shard(sweep, fake_results, run("out"), {3, 3});
  const std::string before = everything("out");
  const MergeOutcome outcome = merge("out");
  EXPECT_FALSE(outcome.written);
  EXPECT_EQ(outcome.missing, shard_points(60, {2, 3}));
  EXPECT_EQ(everything("out"), before);

  EXPECT_TRUE(merge("out", {}, true).written);
  EXPECT_FALSE(fs::exists(csv_file(folder / "out")));
  EXPECT_EQ(Store::read(store_file(folder / "out")).counts().done(), 40);
  // The rest by any way: the missing shard, or without shards.
  fs::copy(folder / "out", folder / "other");
  run_shard(sweep, fake_results, run("out"), {2, 3});
  EXPECT_TRUE(merge("out").missing.empty());
  const SweepOutcome rest = run_sweep(sweep, fake_results, run("other", 1, true));
  EXPECT_EQ(rest.progress.earlier, 40);
  EXPECT_TRUE(rest.complete);
  EXPECT_EQ(csv("out"), csv("other"));
  merge("other");
  EXPECT_EQ(store("out"), store("other"));
}

TEST_F(Merges, RefuseDifferentResultsOfOnePoint) {
  run_shards("out", 2);
  const auto warmer = [](const Tree& design, KeptStages& kept) {
    Json results = fake_results(design, kept);
    if (design.root().number("cooling.ambient_C") == 25 && design.root().number("cooling.lid.thickness_mm") == 1.7)
      results["temperature"]["asic_max_C"] = 54.5;
    return results;
  };
  run_sweep(sweep, warmer, run("other"));
  EXPECT_THAT(refused("out", {"out", "other"}),
              AllOf(HasSubstr("other/results.sqlite: design 7 has other results than in '"),
                    HasSubstr("-of-2.sqlite'; keep the store that you trust, nothing was written")));
}

TEST_F(Merges, RefuseStoresOfAnotherSweepDesignOrTool) {
  run_shard(sweep, fake_results, run("out"), {1, 2});
  SweepRun newer = run("out");
  newer.tool_version = "0.2.0";
  run_shard(sweep, fake_results, newer, {2, 2});
  EXPECT_THAT(refused("out"), AllOf(HasSubstr("results-2-of-2.sqlite: was filled by another version of the program"),
                                    HasSubstr("tool version: was 0.2.0, now 0.1.0")));
  std::string changed = sixty;
  changed.replace(changed.find("35"), 2, "36");
  run_sweep(plan(changed), fake_results, run("other"));
  EXPECT_THAT(refused("out", {"other"}), HasSubstr("sweep: parameters[0].values[1]: was 36, now 35"));
  fs::copy(folder / "other" / "results.sqlite", folder / "out");
  EXPECT_THAT(refused("out", {"out/results-1-of-2.sqlite"}),
              HasSubstr("out/results.sqlite: holds the results of another sweep")); // never replaced
}

TEST_F(Merges, RefuseWhatIsNoWholeStore) {
  run_shards("out", 2);
  const fs::path second = folder / "out" / "results-2-of-2.sqlite";
  const std::string whole = read(second);
  const auto refused_with = [&](const std::string& content) {
    std::ofstream(second, std::ios::binary | std::ios::trunc) << content;
    return refused("out");
  };
  EXPECT_THAT(refused_with(whole.substr(0, whole.size() - 100)), HasSubstr("is damaged (its last page is cut off)"));
  EXPECT_THAT(refused_with(whole.substr(0, whole.size() - 3 * 4096)), HasSubstr("results-2-of-2.sqlite: is damaged"));
  EXPECT_THAT(refused_with(whole.substr(0, 50)), HasSubstr("results-2-of-2.sqlite"));
  EXPECT_THAT(refused_with("index,status\n0,ok\n"), HasSubstr("is no store of a sweep"));
  std::ofstream(second, std::ios::trunc).close(); // killed before its first transaction
  EXPECT_EQ(merge("out").missing, shard_points(60, {2, 2}));
  EXPECT_THAT(refused("out", {"none.sqlite"}), HasSubstr("none.sqlite: there is no such store"));
  fs::create_directory(folder / "empty");
  EXPECT_THAT(refused("out", {"empty"}), HasSubstr("empty: holds no store of a sweep"));
  EXPECT_THAT(refused("empty"), HasSubstr("run the shards first"));
}

TEST_F(Merges, ChangeNothingWhenTheTableCannotBeWritten) {
  run_shards("out", 2);
  fs::create_directory(folder / "out" / "results.csv");
  EXPECT_THAT(refused("out"), HasSubstr("results.csv: cannot be written: it is a folder"));
}

TEST_F(Merges, KeepOffAStoreThatIsBeingWritten) {
  run_shards("out", 2);
  run_sweep(sweep, fake_results, run("whole"));
  fs::copy(folder / "whole" / "results.sqlite", folder / "out");
  const Store writing = Store::resume(store_file(folder / "out"), identity(sweep, "0.1.0"));
  EXPECT_THAT(message_of([&] { merge("out"); }), HasSubstr("another process is running this sweep"));
}

TEST_F(Merges, AreTidyAfterAMergeThatWasKilled) {
  run_shards("out", 2);
  std::ofstream(folder / "out" / "results.sqlite.merged") << "half of a store";
  EXPECT_TRUE(merge("out").written);
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "out"))
    names.push_back(entry.path().filename().string());
  EXPECT_THAT(names,
              testing::UnorderedElementsAre("results.sqlite", "results.csv", "results-1-of-2.sqlite",
                                            "results-1-of-2.csv", "results-2-of-2.sqlite", "results-2-of-2.csv"));
}

TEST_F(Merges, ShardsOfOneFolderStandSideBySide) {
  run_shard(sweep, fake_results, run("out"), {2, 4});
  EXPECT_THAT(read(folder / "out" / "results-2-of-4.csv"), StartsWith("index,cooling.ambient_C,"));
  EXPECT_THAT(message_of([&] { run_shard(sweep, fake_results, run("out"), {2, 4}); }), HasSubstr("--resume"));
  EXPECT_EQ(run_shard(sweep, fake_results, run("out", 1, true), {2, 4}).progress.earlier, 15);
  EXPECT_THAT(message_of([&] { run_sweep(sweep, fake_results, run("out")); }),
              HasSubstr("holds a shard of a sweep ('results-2-of-4.sqlite'); join the shards with sweep merge"));
  EXPECT_THAT(message_of([&] {
                run_shard(sweep, fake_results, run("out"), {1, 61});
              }),
              HasSubstr("found 61 shards; must be no more than the points of the sweep: 60"));
  std::ofstream(folder / "out" / "thesis.tex") << "mine";
  EXPECT_THAT(message_of([&] {
                run_shard(sweep, fake_results, run("out"), {1, 4});
              }),
              HasSubstr("is not empty ('thesis.tex' is there)"));
}

} // namespace
} // namespace beachfront::study
