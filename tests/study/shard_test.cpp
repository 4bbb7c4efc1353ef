// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/shard.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <numeric>

namespace beachfront::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Shards, TogetherHaveEveryPointOnce) {
  for (const auto& [size, of] : {std::pair<std::int64_t, std::int64_t>{1, 1},
                                 {1, 3},
                                 {27, 3},
                                 {27, 27},
                                 {100, 7},
                                 {10'000, 8},
                                 {10'007, 13},
                                 {12'345, 1000}}) {
    std::vector<std::int64_t> all;
    std::size_t least = static_cast<std::size_t>(size);
    std::size_t most = 0;
    for (std::int64_t number = 1; number <= of; ++number) {
      const std::vector<std::int64_t> points = shard_points(size, {number, of});
      EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
      least = std::min(least, points.size());
      most = std::max(most, points.size());
      all.insert(all.end(), points.begin(), points.end());
    }
    std::sort(all.begin(), all.end());
    std::vector<std::int64_t> expected(static_cast<std::size_t>(size));
    std::iota(expected.begin(), expected.end(), 0);
    EXPECT_EQ(all, expected) << size << " points in " << of << " shards";
    EXPECT_LE(most - least, static_cast<std::size_t>(std::max<std::int64_t>(1, size / (16 * of))));
  }
}

// Every eighth point is slow, as where the last parameter of a grid has eight values and one of them costs. Dealt by
// k % 8 one shard would have all 1250 of them. Among 8 shards of at least 16 blocks of 78 points each has about 156.
TEST(Shards, ShareTheSlowPointsOfAGrid) {
  for (std::int64_t number = 1; number <= 8; ++number) {
    const std::vector<std::int64_t> points = shard_points(10'000, {number, 8});
    const auto slow = std::count_if(points.begin(), points.end(), [](std::int64_t point) { return point % 8 == 3; });
    EXPECT_NEAR(static_cast<double>(slow), 156, 16);
  }
  for (std::int64_t number = 1; number <= 8; ++number) { // a small sweep, dealt point by point
    const std::vector<std::int64_t> points = shard_points(120, {number, 8});
    EXPECT_EQ(points.size(), 15U);
    EXPECT_LE(std::count_if(points.begin(), points.end(), [](std::int64_t point) { return point % 8 == 3; }), 7);
  }
}

TEST(Shards, KeepNeighboursTogether) {
  const std::vector<std::int64_t> points = shard_points(10'000, {3, 10});
  std::size_t breaks = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    breaks += points[i] != points[i - 1] + 1 ? 1U : 0U;
  EXPECT_LE(breaks, 17U) << "what neighbours share is solved once a block";
}

TEST(Shards, AreReadFromWhatIsTyped) {
  EXPECT_EQ(read_shard("2/8").number, 2);
  EXPECT_EQ(read_shard("2/8").of, 8);
  EXPECT_EQ(shard_name(read_shard("2/8")), "results-2-of-8");
  EXPECT_EQ(shard_name(read_shard("1/1")), "results");
  for (const char* bad : {"", "2", "/", "0/8", "9/8", "-1/8", "2/-8", "2 /8", "2/8x", "2/0", "1.0/8", "2/8/8",
                          "1/99999999999999999999", "1/100001"}) {
    EXPECT_THAT(message_of([&] { read_shard(bad); }), HasSubstr("must be i/N with 1 <= i <= N <= 100000, as 2/8"))
        << bad;
  }
}

TEST(Shards, KnowTheirFiles) {
  ASSERT_TRUE(shard_of("results-12-of-100.sqlite"));
  EXPECT_EQ(shard_of("results-12-of-100.sqlite")->number, 12);
  EXPECT_EQ(shard_of("results-12-of-100.sqlite")->of, 100);
  for (const char* other : {"results.sqlite", "results-.sqlite", "results-3-of-2.sqlite", "results-1-of-2.sqlite.lock",
                            "results-1-of-2.csv", "results-a-of-2.sqlite", "results-1-of.sqlite"})
    EXPECT_FALSE(shard_of(other)) << other;
  for (const char* ours :
       {"results.sqlite", "results.sqlite-journal", "results.sqlite.lock", "results.csv", "log",
        "results-1-of-2.sqlite", "results-1-of-2.sqlite-journal", "results-1-of-2.sqlite.lock", "results-1-of-2.csv",
        "report.html", "analysis.json", "designs"})
    EXPECT_TRUE(of_a_sweep(ours)) << ours;
  for (const char* other : {"thesis.tex", "results", "results-1-of-2", "results-1-of-2.xlsx", "results-9-of-2.csv"})
    EXPECT_FALSE(of_a_sweep(other)) << other;
}

struct ShardStores : ScratchFolder {
  Identity identity{"0.1.0", "mode: grid\n", "name: x\n", "aaaa", "bbbb", 10};

  void write(const Shard& shard, const std::vector<std::int64_t>& points, const std::string& why = "") const {
    Store store = Store::create(folder / (shard_name(shard) + ".sqlite"), identity);
    for (const std::int64_t point : points)
      store.add(
          {point, "h" + std::to_string(point), {{"a", point}}, why.empty() ? Status::ok : Status::error, "", why, ""});
  }
};

TEST_F(ShardStores, AreSummedUpWithTheMissingOnesNamed) {
  EXPECT_TRUE(summarize_shards(folder, 5).empty());
  EXPECT_TRUE(summarize_shards(folder / "none", 5).empty());
  write({2, 4}, shard_points(10, {2, 4}), "no convergence");
  write({4, 4}, {shard_points(10, {4, 4}).front()}, "no convergence");
  std::ofstream(folder / "results-3-of-4.sqlite") << "not a store";
  write({1, 2}, shard_points(10, {1, 2}));

  const std::vector<ShardSummary> summaries = summarize_shards(folder, 5);
  ASSERT_EQ(summaries.size(), 2U) << "one for each N";
  EXPECT_EQ(summaries[0].of, 2);
  EXPECT_EQ(summaries[0].counts.ok, 5);
  EXPECT_THAT(summaries[0].missing, ElementsAre(2));
  EXPECT_TRUE(summaries[0].incomplete.empty());

  const ShardSummary& four = summaries[1];
  const auto second = static_cast<std::int64_t>(shard_points(10, {2, 4}).size());
  EXPECT_EQ(four.points, 10);
  EXPECT_EQ(four.counts.error, second + 1);
  EXPECT_THAT(four.missing, ElementsAre(1, 3));
  EXPECT_THAT(four.incomplete, ElementsAre(4));
  ASSERT_EQ(four.unreadable.size(), 1U);
  EXPECT_THAT(four.unreadable[0], HasSubstr("results-3-of-4.sqlite"));
  ASSERT_EQ(four.reasons.size(), 1U) << "one reason of two shards";
  EXPECT_EQ(four.reasons[0].designs, second + 1);
  EXPECT_EQ(four.reasons[0].first, std::min(shard_points(10, {2, 4}).front(), shard_points(10, {4, 4}).front()));
}

} // namespace
} // namespace beachfront::study
