// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/store.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <random>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

struct Stores : ScratchFolder {
  fs::path file = folder / "results.sqlite";
  Identity identity{"0.1.0",
                    "mode: grid\nparameters:\n  - path: engines.count\n    values: [8, 16]\n",
                    "name: x\nengines:\n  count: 16\n",
                    "aaaa",
                    "bbbb",
                    2};
};

StoredDesign design(std::int64_t point, const std::string& hash, Status status = Status::ok) {
  return {point,
          hash,
          {{"engines.count", point}},
          status,
          status == Status::infeasible ? "too_hot" : "",
          status == Status::ok ? "" : "why",
          R"({"feasible":true})"};
}

/// Digits without a pattern.
std::string noise(std::size_t length) {
  static std::mt19937 random(1);
  std::string text;
  while (text.size() < length)
    text += std::to_string(random());
  return text.substr(0, length);
}

TEST_F(Stores, GivesBackWhatWasAdded) {
  {
    Store store = Store::create(file, identity);
    store.add(design(5, "h5", Status::infeasible));
    store.add(design(0, "h0"));
    store.add(design(3, "h3", Status::error));
  }
  EXPECT_EQ(files(), 1U) << "when closed";
  const Store store = Store::read(file);
  EXPECT_THAT(store.points(), ElementsAre(0, 3, 5));
  const Counts counts = store.counts();
  EXPECT_EQ(counts.ok, 1);
  EXPECT_EQ(counts.infeasible, 1);
  EXPECT_EQ(counts.error, 1);
  std::vector<std::int64_t> order;
  store.for_each([&](const StoredDesign& one) { order.push_back(one.point); });
  EXPECT_THAT(order, ElementsAre(0, 3, 5));
  const std::optional<StoredDesign> found = store.find("h5");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->point, 5);
  EXPECT_EQ(found->status, Status::infeasible);
  EXPECT_EQ(found->rule, "too_hot");
  EXPECT_EQ(found->message, "why");
  EXPECT_EQ(found->parameters.dump(), R"({"engines.count":5})");
  EXPECT_EQ(found->results, R"({"feasible":true})");
  EXPECT_FALSE(store.find("h9"));
  EXPECT_EQ(store.identity().base_design, identity.base_design);
  EXPECT_EQ(store.identity().points, 2);
}

TEST_F(Stores, KeepsTheFirstOfAPoint) {
  Store store = Store::create(file, identity);
  store.add(design(1, "first"));
  store.add(design(1, "second"));
  EXPECT_EQ(store.counts().done(), 1);
  EXPECT_TRUE(store.find("first"));
}

TEST_F(Stores, CountsReasonsByRuleOrMessage) {
  Store store = Store::create(file, identity);
  for (std::int64_t point = 6; point >= 0; --point) {
    StoredDesign one = design(point, "h", point < 3 ? Status::error : Status::infeasible);
    one.message = point < 3 ? (point == 0 ? "one" : "other") : "at " + std::to_string(point) + " C";
    store.add(one);
  }
  store.add(design(9, "h9"));
  const std::vector<Reason> reasons = store.reasons(5);
  ASSERT_EQ(reasons.size(), 3U);
  EXPECT_EQ(reasons[0].rule, "too_hot");
  EXPECT_EQ(reasons[0].designs, 4);
  EXPECT_EQ(reasons[0].first, 3);
  EXPECT_EQ(reasons[0].message, "at 3 C");
  EXPECT_EQ(reasons[1].message, "other");
  EXPECT_EQ(reasons[1].designs, 2);
  EXPECT_EQ(reasons[2].message, "one");
  EXPECT_EQ(store.reasons(1).size(), 1U);
}

TEST_F(Stores, ResumesWithTheSameIdentityOnly) {
  { Store::create(file, identity).add(design(0, "h0")); }
  EXPECT_EQ(Store::resume(file, identity).counts().done(), 1);

  Identity other = identity;
  other.tool_version = "0.2.0";
  other.sweep_hash = "cccc";
  other.sweep = "mode: grid\nparameters:\n  - path: engines.count\n    values: [8, 32]\n";
  other.base_hash = "dddd";
  other.base_design = "name: x\nengines:\n  count: 16\n  width_mm: 10\n";
  EXPECT_THAT(message_of([&] { Store::resume(file, other); }),
              AllOf(HasSubstr("results.sqlite: holds the results of another sweep"),
                    HasSubstr("tool version: was 0.1.0, now 0.2.0"),
                    HasSubstr("sweep: parameters[0].values[1]: was 16, now 32"),
                    HasSubstr("base design: engines.width_mm: was absent, now 10")));
  EXPECT_EQ(Store::read(file).counts().done(), 1) << "untouched";
}

TEST_F(Stores, RefusesASecondWriterAndLetsReadersIn) {
  Store first = Store::create(file, identity);
  first.add(design(0, "h0"));
  EXPECT_THAT(message_of([&] { Store::resume(file, identity); }), HasSubstr("another process is running this sweep"));
  EXPECT_EQ(Store::read(file).counts().done(), 1);
  first.add(design(1, "h1"));
}

TEST_F(Stores, BeginsAnewAfterAKillBeforeTheFirstTransaction) {
  { std::ofstream empty(file); }
  EXPECT_EQ(Store::resume(file, identity).counts().done(), 0);
}

TEST_F(Stores, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(message_of([&] { Store::read(file); }), HasSubstr("there is no such store"));
  { std::ofstream(file) << std::string(5000, 'x'); }
  EXPECT_THAT(message_of([&] { Store::read(file); }), HasSubstr("is no store of a sweep (no SQLite database)"));
  EXPECT_THAT(message_of([&] { Store::resume(file, identity); }), HasSubstr("is no store of a sweep"));
  EXPECT_THAT(message_of([&] { Store::create(file, identity); }), HasSubstr("is there already"));
  EXPECT_THAT(message_of([&] { Store::create(folder / "none" / "a.sqlite", identity); }),
              HasSubstr("cannot be opened"));
}

TEST_F(Stores, NoticesATruncatedFile) {
  {
    Store store = Store::create(file, identity);
    for (std::int64_t point = 0; point < 60; ++point) {
      StoredDesign one = design(point, "h" + std::to_string(point));
      one.results = Json({{"digits", noise(500)}}).dump(); // what packs badly
      store.add(one);
    }
  }
  const auto size = fs::file_size(file);
  for (const auto left : {size / 2, size - 1, size - 5000, std::uintmax_t{4096}, std::uintmax_t{50}}) {
    const fs::path copy = folder / ("cut-" + std::to_string(left));
    fs::copy_file(file, copy);
    fs::resize_file(copy, left);
    EXPECT_THAT(message_of([&] { Store::resume(copy, identity); }),
                testing::AnyOf(HasSubstr("is damaged"), HasSubstr("is no store of a sweep")))
        << left << " of " << size;
    EXPECT_EQ(fs::file_size(copy), left) << "not overwritten";
  }
}

TEST_F(Stores, RefusesAnotherFormat) {
  { Store::create(file, identity); }
  std::fstream raw(file, std::ios::in | std::ios::out | std::ios::binary);
  constexpr int user_version_offset = 60; // SQLite file format 1.3.14, big-endian
  raw.seekp(user_version_offset);
  raw.write("\0\0\0\7", 4);
  raw.close();
  EXPECT_THAT(message_of([&] { Store::resume(file, identity); }), HasSubstr("store format 7, this version reads 2"));
}

} // namespace
} // namespace beachfront::study
