// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/regress.hpp"

#include "study/display_width.hpp"
#include "study/input_error.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <limits>
#include <sstream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::Each;
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
  std::vector<Regression> run(const Tolerances& own = {}) const {
    return regress(
        designs, goldens, [this](const fs::path&) { return results; }, 1, own);
  }
  std::vector<fs::path> update(const std::string& reason) const {
    return update_goldens(run(), goldens, {reason, "Ada", "0.1.0"});
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
  EXPECT_EQ(text(second), "a  same, 9 figures\nb  same, 9 figures\n2 designs: 2 same\n");
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
  EXPECT_THAT(table,
              AllOf(HasSubstr("a  DRIFTED, 4 of 9 figures\n"), ContainsRegex("feasible +true +false +changed +-\n"),
                    ContainsRegex("link.terms +7 +- +gone +-\n"), ContainsRegex("violations.gap +- +2 +new +-\n"),
                    ContainsRegex("escape.limited_by +\"connectors\" +\"die\" +changed +-\n"),
                    HasSubstr("2 designs: 2 drifted\n")));
}

TEST_F(Regress, TellsTheLargestMovesFirstAndByHowMuch) {
  update("first figures");
  results["link"]["worst_margin_dB"] = 2.5;
  results["mechanics"]["engines"][0]["shift_um"][2] = 12.625;
  const std::string table = text(run());
  EXPECT_THAT(table, ContainsRegex("link.worst_margin_dB +2 +2.5 +[+]25 % +2e-06\n"));
  EXPECT_LT(table.find("worst_margin"), table.find("shift_um"));
  EXPECT_THAT(text(run(), 1),
              AllOf(HasSubstr("and 1 more kinds of figures; --json lists all"), Not(HasSubstr("shift_um"))));
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
  EXPECT_EQ(golden["history"].dump(),
            R"([{"reason":"first figures","by":"Ada","what":{"first_figures":9},"tool_version":"0.1.0"},)"
            R"({"reason":"better fibres","by":"Ada","what":{"moved":1,"new":0,"gone":0,)"
            R"("largest_from_to":{"link.worst_margin_dB":[2.0,2.5]}},"tool_version":"0.1.0"}])");
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
  EXPECT_THAT(update_goldens(all, goldens, {"x", "Ada", "0.1.0"}), ElementsAre()) << "a failure is no golden";
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

TEST_F(Regress, HoldsFiguresToTheToleranceThatTheUserGives) {
  update("first figures");
  results["link"]["worst_margin_dB"] = 2.03;
  results["mechanics"]["engines"][0]["shift_um"][2] = 12.6;
  const std::vector<Regression> all = run({parsed_tolerance("link.*=0.01"), parsed_tolerance("mechanics.*=0,0.2")});
  ASSERT_EQ(all[0].drifts.size(), 1U) << "0.03 of 2 is more than 1 %, 0.1 um less than 0.2 um";
  EXPECT_EQ(all[0].drifts[0].path, "link.worst_margin_dB");
  EXPECT_DOUBLE_EQ(allowed_move(all[0].drifts[0]), 0.02);
  EXPECT_THAT(text(all), ContainsRegex("link.worst_margin_dB +2 +2.03 +[+]1.5 % +0.02\n"));
  EXPECT_EQ(run({parsed_tolerance("*=0.02,0.2")})[0].verdict, Verdict::same);
  EXPECT_EQ(run({parsed_tolerance("link.*=0.02"), parsed_tolerance("*=0")})[0].drifts.size(), 1U) << "the first counts";
}

TEST_F(Regress, ShowsFiguresOfOneKindInOneRow) {
  update("first figures");
  results["mechanics"]["engines"][0]["shift_um"] = Json::parse("[0.5, 0.25, 13.0]");
  const std::string table = text(run());
  EXPECT_THAT(table, HasSubstr("DRIFTED, 3 of 9 figures\n"));
  EXPECT_THAT(table, ContainsRegex("mechanics.engines.0..shift_um.0. +0 +0.5 +[+]0.5 +1e-06 +3\n"));
  EXPECT_THAT(table, Not(HasSubstr("shift_um[1]")));
  update("they moved");
  const Json what = Json::parse(read(goldens / "a.json"))["history"][1]["what"];
  EXPECT_EQ(what.dump(), R"({"moved":3,"new":0,"gone":0,)"
                         R"("largest_from_to":{"mechanics.engines[0].shift_um[0]":[0.0,0.5]}})");

  results["link"]["losses"] = Json::parse(R"([{"name": "bend", "dB": 1.0}, {"name": "joint", "dB": 2.0}])");
  EXPECT_THAT(text(run()), AllOf(HasSubstr("losses[bend].dB"), HasSubstr("losses[joint].dB"))) << "names tell apart";
}

TEST_F(Regress, TellsAGoldenWhoseDesignIsGone) {
  update("first figures");
  fs::remove(designs / "b.yaml");
  const std::vector<Regression> all = run();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].verdict, Verdict::no_design);
  EXPECT_THAT(text(all),
              AllOf(HasSubstr("b  NO DESIGN: "), HasSubstr("1 design: 1 same; 1 golden without a design\n")));
  EXPECT_THAT(update("nothing"), ElementsAre()) << "removing is left to the user";
}

TEST_F(Regress, KeepsTheTableWithinAHundredColumns) {
  for (const char* name : {"a.yaml", "b.yaml"})
    fs::remove(designs / name);
  std::ofstream(designs / "名前-é-of-a-design-whose-name-is-long.yaml") << "x";
  update("first figures");
  results["link"]["a_path_of_many_words_that_is_far_too_long_for_its_column_dB"] = -1.2345678901234e-17;
  results["link"]["worst_margin_dB"] = -2.123456789012e-100;
  const auto failing = [](const fs::path&) -> Json {
    throw InputError({"a.yaml", 3, 1}, "engines.count",
                     std::string(30, 'x') + std::string(30, ' ') + "missing é" +
                         " of the package, which has no such thing to speak of");
  };
  for (const std::vector<Regression>& all : {run(), regress(designs, goldens, failing, 1)}) {
    std::istringstream lines(text(all));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(display_width(line), 100U) << line;
  }
}

TEST_F(Regress, WritesJUnitThatABuildServerReads) {
  update("first figures");
  std::ofstream(designs / "c <new> & \"odd\".yaml") << "x";
  results["link"]["worst_margin_dB"] = 2.5;
  std::vector<Regression> all = run();
  all[1].verdict = Verdict::failed;
  all[1].message = "a < b\nand \x01 \xff";
  std::ostringstream out;
  write_junit(out, all);
  EXPECT_EQ(out.str(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites tests=\"3\" failures=\"2\" errors=\"1\">\n"
            "  <testsuite name=\"beachfront regress\" tests=\"3\" failures=\"2\" errors=\"1\" skipped=\"0\">\n"
            "    <testcase classname=\"beachfront.regress\" name=\"a\">\n"
            "      <failure type=\"drifted\" message=\"DRIFTED, 1 of 9 figures\">"
            "link.worst_margin_dB: golden 2, found 2.5, +25 %, allowed 2e-06\n"
            "</failure>\n"
            "    </testcase>\n"
            "    <testcase classname=\"beachfront.regress\" name=\"b\">\n"
            "      <error type=\"failed\" message=\"FAILED: a &lt; b&#10;and ? \xEF\xBF\xBD\">a &lt; b\n"
            "and ? \xEF\xBF\xBD</error>\n"
            "    </testcase>\n"
            "    <testcase classname=\"beachfront.regress\" name=\"c &lt;new&gt; &amp; &quot;odd&quot;\">\n"
            "      <failure type=\"no_golden\" message=\"NO GOLDEN\"></failure>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

TEST_F(Regress, KeepsAReasonWhoseBytesAreNoText) {
  EXPECT_EQ(update_goldens(run(), goldens, {"caf\xe9", "\xff", "0.1.0"}).size(), 2U);
  EXPECT_EQ(Json::parse(read(goldens / "a.json"))["history"][0]["reason"], "caf\xEF\xBF\xBD");
}

TEST(Tolerances, AreReadFromTheCommandLine) {
  const Tolerance both = parsed_tolerance("engines[a=b].*=1e-3,0.5");
  EXPECT_EQ(both.pattern, "engines[a=b].*");
  EXPECT_EQ(both.relative, 1e-3);
  EXPECT_EQ(both.absolute, 0.5);
  EXPECT_EQ(parsed_tolerance("x=0").absolute, 0);
  for (const char* bad : {"", "x", "=1", "x=", "x=-1", "x=1,", "x=1,-1", "x=1,2,3", "x=nan", "x=inf", "x=1e-3 "})
    EXPECT_THAT(message_of([&] { parsed_tolerance(bad); }), HasSubstr("must be PATTERN=RELATIVE or")) << bad;
}

TEST(Tolerances, ArePrintedWithinAHundredColumns) {
  std::ostringstream out;
  print_tolerances(out, {parsed_tolerance("temperature.*=0,0.5")});
  std::istringstream lines(out.str());
  std::vector<std::size_t> widths;
  for (std::string line; std::getline(lines, line);)
    widths.push_back(display_width(line));
  EXPECT_EQ(widths.size(), 4 + tolerances().size());
  EXPECT_THAT(widths, Each(testing::Le(100U)));
  EXPECT_LT(out.str().find("temperature.*"), out.str().find("loop.iterations"));
}

TEST(Tolerances, LastMatchesAll) {
  EXPECT_EQ(tolerances().back().pattern, "*");
  EXPECT_EQ(tolerance("power.total_W").pattern, "*");
  EXPECT_EQ(tolerance("mechanics.engines[3].shift_um[1]").absolute, 1e-6);
  EXPECT_EQ(tolerance("mechanics.engines[3].name").absolute, tolerances().back().absolute);
}

} // namespace
} // namespace beachfront::study
