// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/regress.hpp"

#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <sstream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A folder of two designs; their results are changed by the tests.
struct Regress : ScratchFolder {
  fs::path designs = folder / "mine";
  fs::path goldens = designs / "golden";
  Json results = Json::parse(R"({
    "design": "x", "provenance": {"tool_version": "1"}, "feasible": true, "violations": [],
    "link": {"worst_margin_dB": 2.0, "terms": 7}, "loop": {"iterations": 5, "residual": 1e-9},
    "mechanics": {"engines": [{"shift_um": [0.0, 1e-15, 12.5]}]},
    "escape": {"limited_by": "connectors", "model": "closed form of the shoreline"}
  })");

  void SetUp() override {
    ScratchFolder::SetUp();
    fs::create_directories(designs);
    for (const char* name : {"b.yaml", "a.yaml", "notes.txt"})
      std::ofstream(designs / name) << "x";
  }
  std::vector<Regression> run(int threads = 1) const {
    return regress(
        designs, goldens, [this](const fs::path&) { return results; }, threads);
  }
  std::vector<fs::path> update(const std::string& reason) const {
    return update_goldens(run(), goldens, reason, "0.1.0");
  }
  /// Drifting paths of the first design.
  std::vector<std::string> moved() const {
    std::vector<std::string> paths;
    const std::vector<Regression> all = run();
    for (const Drift& drift : all.front().drifts)
      paths.push_back(drift.path);
    return paths;
  }
};

std::string text(const std::vector<Regression>& all, std::size_t most = 20) {
  std::ostringstream out;
  print_regressions(out, all, most);
  return out.str();
}

TEST_F(Regress, MissesGoldensAndMakesThem) {
  const std::vector<Regression> first = run();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].name, "a") << "in the order of names";
  EXPECT_EQ(first[0].verdict, Verdict::no_golden);
  EXPECT_THAT(text(first), HasSubstr("a  NO GOLDEN\n"));

  EXPECT_THAT(update("first figures"), ElementsAre(goldens / "a.json", goldens / "b.json"));
  const std::vector<Regression> second = run();
  EXPECT_EQ(second[1].verdict, Verdict::same);
  // feasible, two of the link, two of the loop, three of the shift, limited_by; prose and provenance are left out
  EXPECT_EQ(second[1].compared, 9U);
  EXPECT_EQ(text(second), "a  same, 9 figures\nb  same, 9 figures\n");
}

TEST_F(Regress, FindsDriftBeyondTheTolerance) {
  update("first figures");
  results["link"]["worst_margin_dB"] = 2.0 * (1 + 0.9e-6); // default: 1e-6 relative
  EXPECT_THAT(moved(), ElementsAre());
  results["link"]["worst_margin_dB"] = 2.0 * (1 + 1.1e-6);
  EXPECT_THAT(moved(), ElementsAre("link.worst_margin_dB"));
  results["link"]["worst_margin_dB"] = 2.0;
  results["link"]["terms"] = 8;
  EXPECT_THAT(moved(), ElementsAre("link.terms"));
}

TEST_F(Regress, AllowsNoiseWhereZeroIsMeant) {
  update("first figures");
  results["mechanics"]["engines"][0]["shift_um"] = Json::parse("[1e-9, -1e-9, 12.5]");
  results["loop"] = Json::parse(R"({"iterations": 6, "residual": 9e-7})");
  EXPECT_THAT(moved(), ElementsAre());
  results["mechanics"]["engines"][0]["shift_um"][0] = 1e-3;
  results["loop"]["iterations"] = 8;
  EXPECT_THAT(moved(), ElementsAre("loop.iterations", "mechanics.engines[0].shift_um[0]"));
}

TEST_F(Regress, FindsFiguresThatAreNewGoneOrOfAnotherKind) {
  update("first figures");
  results["feasible"] = false;
  results["violations"] = Json::parse(R"([{"rule": "gap"}, {"rule": "gap"}])");
  results["escape"]["limited_by"] = "die";
  results["escape"]["model"] = "reworded prose";
  results["link"].erase("terms");
  EXPECT_THAT(moved(), ElementsAre("feasible", "link.terms", "escape.limited_by", "violations.gap"));
  const std::string table = text(run());
  EXPECT_THAT(table, AllOf(HasSubstr("a  DRIFTED, 4 of 9 figures\n"), HasSubstr("feasible: was true, now false"),
                           HasSubstr("link.terms: gone, was 7"), HasSubstr("violations.gap: 2, not in the golden"),
                           HasSubstr("limited_by: was \"connectors\", now \"die\"")));
}

TEST_F(Regress, TellsTheLargestMovesFirstAndByHowMuch) {
  update("first figures");
  results["link"]["worst_margin_dB"] = 2.5;
  results["mechanics"]["engines"][0]["shift_um"][2] = 12.625;
  const std::string table = text(run());
  EXPECT_THAT(table, HasSubstr("link.worst_margin_dB: was 2, now 2.5\n      by +25 %, allowed 2e-06\n"));
  EXPECT_LT(table.find("worst_margin"), table.find("shift_um"));
  EXPECT_THAT(text(run(), 1), AllOf(HasSubstr("and 1 more; --json lists all"), Not(HasSubstr("shift_um"))));
  const Json json = regressions_json(run());
  EXPECT_EQ(json["designs"][0]["verdict"], "drifted");
  EXPECT_EQ(json["designs"][0]["drifts"].size(), 2U);
}

TEST_F(Regress, UpdatesOnlyWhatMovedAndKeepsTheHistory) {
  update("first figures");
  const std::string before = read(goldens / "b.json");
  EXPECT_THAT(update("nothing moved"), ElementsAre());
  EXPECT_EQ(read(goldens / "b.json"), before);
  results["link"]["worst_margin_dB"] = 2.5;
  update("better fibres");
  const Json golden = Json::parse(read(goldens / "b.json"));
  EXPECT_EQ(golden["figures"]["link.worst_margin_dB"], 2.5);
  EXPECT_EQ(golden["history"].dump(), R"([{"reason":"first figures","tool_version":"0.1.0"},)"
                                      R"({"reason":"better fibres","tool_version":"0.1.0"}])");
  EXPECT_THAT(moved(), ElementsAre());
}

TEST_F(Regress, KeepsDesignsThatFailApart) {
  update("first figures");
  const auto broken = [this](const fs::path& design) -> Json {
    if (design.stem() == "a")
      throw InputError({"a.yaml", 3, 1}, "engines.count", "missing");
    Json bad = results;
    bad["link"]["worst_margin_dB"] = std::numeric_limits<double>::infinity();
    return bad;
  };
  const std::vector<Regression> all = regress(designs, goldens, broken, 2);
  EXPECT_EQ(all[0].verdict, Verdict::wrong_input);
  EXPECT_EQ(all[1].verdict, Verdict::failed);
  EXPECT_THAT(text(all), AllOf(HasSubstr("a  WRONG INPUT: a.yaml:3:1: engines.count: missing"),
                               HasSubstr("b  FAILED: internal: link.worst_margin_dB is no finite number")));
  EXPECT_THAT(update_goldens(all, goldens, "x", "0.1.0"), ElementsAre()) << "a failure is no golden";
}

TEST_F(Regress, SaysWhatIsWrongWithFolders) {
  EXPECT_THAT(message_of([&] { regress(folder / "none", goldens, {}, 1); }), HasSubstr("none: is no folder"));
  EXPECT_THAT(message_of([&] { regress(folder, goldens, {}, 1); }), HasSubstr("has no design (*.yaml)"));
  update("first figures");
  std::ofstream(goldens / "a.json") << "{\"figures\": [";
  EXPECT_THAT(run()[0].message, HasSubstr("a.json: is no golden: must be JSON with `figures` and `history`"));
}

TEST_F(Regress, FindsTheFolderOfGoldens) {
  EXPECT_EQ(golden_folder(designs), designs / "golden") << "neither is there: to be made inside";
  fs::create_directories(folder / "golden");
  EXPECT_EQ(golden_folder(designs), folder / "golden");
  EXPECT_EQ(golden_folder(designs / ""), folder / "golden");
  fs::create_directories(designs / "golden");
  EXPECT_EQ(golden_folder(designs), designs / "golden");
}

TEST(Tolerances, LastMatchesAll) {
  EXPECT_EQ(tolerances().back().pattern, "*");
  EXPECT_EQ(tolerance("power.total_W").pattern, "*");
  EXPECT_EQ(tolerance("mechanics.engines[3].shift_um[1]").absolute, 1e-6);
  EXPECT_EQ(tolerance("mechanics.engines[3].name").absolute, tolerances().back().absolute);
}

} // namespace
} // namespace beachfront::study
