// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"

#include "scratch_folder.hpp"
#include "study/compare_files.hpp"
#include "study/compare_plot.hpp"
#include "study/input_error.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>
#include <sstream>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

Json glass() {
  return Json::parse(R"({
    "feasible": true, "violations": [],
    "escape": {"die_shoreline_Tbps_per_mm": 0.5},
    "routing": {"loss_dB": {"mean": 1.0, "max": 2.0}},
    "temperature": {"asic_max_C": 100, "engines": [{"max_C": 70}, {"max_C": 80}]},
    "mechanics": {"warpage_um": {"reflow": -40, "room": 0, "operating": 60}, "solder_cycles_to_failure": 12345.678},
    "power": {"alternatives": [{"name": "this", "total_W": 1000}], "saving_vs_pluggable": 0.6},
    "absent": {"mechanics.interface_peel_MPa": "needs the full model"}
  })");
}

Json organic() {
  Json other = glass();
  other["feasible"] = false;
  other["violations"] = Json::parse(R"([{"rule": "warpage", "message": "warpage 900 um"}, {"rule": "x"}])");
  other.erase("routing");
  other["absent"]["routing"] = "fibres go straight to the engines";
  other["escape"]["die_shoreline_Tbps_per_mm"] = 0.25;
  other["temperature"]["asic_max_C"] = 97.5;
  other["temperature"]["engines"][0]["max_C"] = 95;
  other["mechanics"]["warpage_um"]["reflow"] = -100;
  other["mechanics"]["warpage_um"]["room"] = 5;
  return other;
}

const ComparedFigure& figure(const Comparison& comparison, const std::string& path) {
  for (const ComparedFigure& one : comparison.figures)
    if (one.headline.path == path)
      return one;
  throw std::logic_error("no headline " + path);
}

std::string table(const Comparison& comparison) {
  std::ostringstream out;
  print_comparison(out, comparison);
  return out.str();
}

std::size_t widest(const std::string& text) {
  std::istringstream lines(text);
  std::size_t width = 0;
  for (std::string line; std::getline(lines, line);)
    width = std::max(width, line.size());
  return width;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST(Compare, SetsFiguresAgainstTheFirst) {
  const Comparison both = compare({{"glass", glass()}, {"organic", organic()}});
  EXPECT_EQ(figure(both, "escape.die_shoreline_Tbps_per_mm").changes[1], 0.5) << "a ratio";
  EXPECT_EQ(figure(both, "temperature.asic_max_C").changes[1], -2.5) << "a difference";
  EXPECT_EQ(figure(both, "temperature.engines[max].max_C").values[1], 95);
  EXPECT_EQ(figure(both, "mechanics.warpage_um.reflow").changes[1], 2.5);
  EXPECT_EQ(figure(both, "mechanics.warpage_um.room").changes[1], std::nullopt) << "no ratio to zero";
  EXPECT_EQ(figure(both, "escape.die_shoreline_Tbps_per_mm").changes[0], std::nullopt);
  EXPECT_TRUE(both.designs[0].feasible);
  EXPECT_EQ(both.designs[1].violation, "warpage 900 um (and 1 more)");
}

TEST(Compare, TellsWhyAFigureIsAbsent) {
  const Comparison both = compare({{"glass", glass()}, {"organic", organic()}});
  EXPECT_EQ(figure(both, "routing.loss_dB.max").absent[0], "");
  EXPECT_EQ(figure(both, "routing.loss_dB.max").absent[1], "fibres go straight to the engines");
  EXPECT_EQ(figure(both, "link.worst_margin_dB").absent[1], "not among the results");
  const std::string text = table(both);
  EXPECT_THAT(text, HasSubstr("routing loss, worst          dB                2  absent(2)        -\n"));
  EXPECT_THAT(text, HasSubstr("(2) absent: fibres go straight to the engines\n"));
}

TEST(Compare, PrintsAnAlignedTableOfAtMostHundredColumns) {
  Json wordy = organic();
  wordy["violations"][0]["message"] = std::string(60, 'w') + " " + std::string(60, 'v') + " and more";
  wordy["absent"]["link"] = "a reason that goes on and on, so long that it has to be broken into lines before it ends "
                            "and is still told in full";
  const std::string text =
      table(compare({{"102t-glass", glass()}, {"102t-organic-705g", wordy}, {"102t-davisson-like", organic()}}));
  EXPECT_LE(widest(text), 100U);
  EXPECT_THAT(text, HasSubstr("A  102t-glass, feasible\n"));
  EXPECT_THAT(text, HasSubstr("C  102t-davisson-like, infeasible: warpage 900 um (and 1 more)\n"));
  EXPECT_THAT(text,
              HasSubstr("switch die, hottest          C               100       97.5     -2.5       97.5     -2.5\n"));
  EXPECT_THAT(text,
              HasSubstr("solder life                  cycles        12346      12346       x1      12346       x1\n"));
  EXPECT_THAT(text, HasSubstr("before it ends\n    and is still told in full\n"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "plain";

  const std::string many =
      table(compare({{"a", glass()}, {"b", glass()}, {"c", glass()}, {"d", organic()}, {"e", wordy}, {"f", glass()}}));
  EXPECT_LE(widest(many), 100U) << "in tables of three, A in each";
  for (const char* heads : {"A          B   B to A          C   C to A\n",
                            "A          D   D to A          E   E to A\n", "A          F   F to A\n"})
    EXPECT_THAT(many, HasSubstr(heads));
}

TEST(Compare, GivesOneDocument) {
  const Json json = comparison_json(compare({{"glass", glass()}, {"organic", organic()}}));
  EXPECT_EQ(json["designs"][1]["name"], "organic");
  EXPECT_EQ(json["designs"][1]["feasible"], false);
  for (const Json& row : json["figures"]) {
    if (row["path"] == "routing.loss_dB.max") {
      EXPECT_EQ(row.dump(), R"({"path":"routing.loss_dB.max","label":"routing loss, worst","unit":"dB",)"
                            R"("values":[2.0,null],"difference_from_first":[null,null],)"
                            R"("absent":{"organic":"fibres go straight to the engines"}})");
      return;
    }
  }
  FAIL() << "no routing loss";
}

TEST(Compare, SetsMagnitudesAgainstEachOtherAndMarksAFlippedSign) {
  Json other = glass();
  other["mechanics"]["warpage_um"] = Json::parse(R"({"reflow": 100, "room": 3, "operating": 30})");
  const Comparison both = compare({{"glass", glass()}, {"other", other}});
  const ComparedFigure& reflow = figure(both, "mechanics.warpage_um.reflow");
  EXPECT_EQ(reflow.changes[1], 2.5) << "-40 against 100";
  EXPECT_THAT(reflow.flips, testing::ElementsAre(false, true));
  EXPECT_THAT(figure(both, "mechanics.warpage_um.room").flips, testing::ElementsAre(false, false)) << "0 has no sign";
  EXPECT_THAT(figure(both, "mechanics.warpage_um.operating").flips, testing::ElementsAre(false, false));
  EXPECT_THAT(table(both), HasSubstr("warpage at reflow            um              -40        100    x2.5*\n"));
  EXPECT_THAT(table(both), HasSubstr("\n*   the sign is not that of A; the ratio is one of magnitudes\n"));
  EXPECT_THAT(table(compare({{"glass", glass()}, {"glass", glass()}})), testing::Not(HasSubstr("*")));
}

TEST(Compare, TakesNoiseForNothing) {
  Json first = glass();
  first["mechanics"]["warpage_um"] = Json::parse(R"({"reflow": -1e-12, "room": 50, "operating": -50})");
  Json other = glass();
  other["mechanics"]["warpage_um"] = Json::parse(R"({"reflow": 2e-12, "room": -1e-12, "operating": 49})");
  const Comparison both = compare({{"first", first}, {"other", other}});
  EXPECT_THAT(table(both), HasSubstr("warpage at reflow            um                0          0        -\n"));
  EXPECT_THAT(table(both), HasSubstr("warpage at room temperature  um               50          0       x0\n"));
  EXPECT_THAT(table(both), HasSubstr("warpage operating            um              -50         49   x0.98*\n"));
  EXPECT_EQ(figure(both, "mechanics.warpage_um.reflow").values[1], 2e-12) << "kept in full for the files";
  std::ostringstream drawn;
  print_bars(drawn, both);
  EXPECT_EQ(drawn.str().find("warpage at reflow            um       A  -"), std::string::npos);
}

TEST(Compare, KeepsChangesApartFromValues) {
  Json other = glass();
  for (const double ratio : {1.234567e-7, 0.00123456, 0.0123456, 0.123456, 1234.567, 98765.4, 1.23456e9}) {
    other["mechanics"]["warpage_um"]["operating"] = -60 * ratio;
    other["temperature"]["asic_max_C"] = 100 - 1e-4 * ratio;
    const ComparedFigure row =
        figure(compare({{"glass", glass()}, {"other", other}}), "mechanics.warpage_um.operating");
    EXPECT_LE(change_text(row, 1).size(), 8U) << change_text(row, 1);
  }
  other["temperature"]["asic_max_C"] = 100 - 1.5e-4;
  const Comparison close = compare({{"glass", glass()}, {"other", other}});
  EXPECT_EQ(change_text(figure(close, "temperature.asic_max_C"), 1), "+0");
}

TEST(Compare, TellsTheModelOfTheMechanics) {
  Json solid = glass();
  solid["mechanics"]["model"] = "solid";
  EXPECT_THAT(table(compare({{"glass", solid}, {"organic", organic()}})),
              testing::StartsWith("A  glass, mechanics of the solid, feasible\nB  organic, infeasible: "));
  EXPECT_THAT(table(compare_briefly({{"glass", solid}})), testing::StartsWith("glass, feasible\n"));
}

TEST(Compare, NegativeTemperaturesFlipNothing) {
  Json cold = glass();
  cold["temperature"]["asic_max_C"] = -5;
  const Comparison both = compare({{"glass", glass()}, {"cold", cold}});
  EXPECT_FALSE(figure(both, "temperature.asic_max_C").flips[1]);
  EXPECT_EQ(figure(both, "temperature.asic_max_C").changes[1], -105);
}

TEST(Compare, TakesTheEngineThatMovesFarthestWhicheverWay) {
  Json moved = glass();
  moved["mechanics"]["engines"] = Json::parse(R"([{"shift_um": [1, -2, -7]}, {"shift_um": [1, 3, 4]}])");
  const Comparison one = compare({{"moved", moved}});
  EXPECT_EQ(figure(one, "mechanics.engines[max].shift_um[0]").values[0], 1);
  EXPECT_EQ(figure(one, "mechanics.engines[max].shift_um[1]").values[0], 3);
  EXPECT_EQ(figure(one, "mechanics.engines[max].shift_um[2]").values[0], 7);
  EXPECT_EQ(figure(one, "temperature.engines[max].max_C").values[0], 80) << "the hottest, not the farthest from zero";
}

TEST(Compare, GivesARowToEachAssemblyStepOfEitherDesign) {
  Json first = glass();
  first["mechanics"]["steps"] = Json::parse(
      R"([{"name": "die", "warpage_um": -10}, {"name": "lid", "warpage_um": 4}, {"name": "lid", "warpage_um": 6}])");
  Json other = glass();
  other["mechanics"]["steps"] =
      Json::parse(R"([{"name": "engine", "warpage_um": 1}, {"name": "die", "warpage_um": 5}])");
  const Comparison both = compare({{"first", first}, {"other", other}});
  std::vector<std::string> steps;
  for (const ComparedFigure& row : both.figures)
    if (row.headline.label.starts_with("warpage joining"))
      steps.push_back(row.headline.label);
  EXPECT_THAT(steps, testing::ElementsAre("warpage joining die", "warpage joining lid", "warpage joining lid 2",
                                          "warpage joining engine"));
  const ComparedFigure& die = figure(both, "mechanics.steps[die].warpage_um");
  EXPECT_EQ(die.values[1], 5) << "found by its name, not its place";
  EXPECT_EQ(die.changes[1], 0.5);
  EXPECT_TRUE(die.flips[1]);
  EXPECT_EQ(figure(both, "mechanics.steps[lid 2].warpage_um").values[0], 6);
  EXPECT_EQ(figure(both, "mechanics.steps[engine].warpage_um").absent[0], "no such assembly step");

  Json none = glass();
  none["absent"]["mechanics"] = "does not fit";
  const Comparison neither = compare({{"none", none}});
  EXPECT_EQ(figure(neither, "mechanics.steps").absent[0], "does not fit");
}

TEST(Compare, KeepsAColumnForADesignThatFailed) {
  const Comparison both =
      compare({{"glass", glass()}, {"organic", {}, "conduction did not converge"}, {"b", organic()}});
  EXPECT_FALSE(both.designs[1].feasible);
  const ComparedFigure& die = figure(both, "temperature.asic_max_C");
  EXPECT_EQ(die.values[1], std::nullopt);
  EXPECT_EQ(die.changes[2], -2.5) << "what stands beside it counts on";
  const std::string text = table(both);
  EXPECT_THAT(text, HasSubstr("B  organic, failed: conduction did not converge\n"));
  EXPECT_THAT(text, HasSubstr(") absent: conduction did not converge\n"));
  EXPECT_EQ(comparison_json(both)["designs"][1]["failure"], "conduction did not converge");

  const Comparison first = compare({{"organic", {}, "conduction did not converge"}, {"glass", glass()}});
  EXPECT_EQ(figure(first, "temperature.asic_max_C").values[1], 100);
  EXPECT_EQ(figure(first, "temperature.asic_max_C").changes[1], std::nullopt) << "nothing to set it against";
  std::ostringstream drawn;
  write_comparison_svg(drawn, first);
  EXPECT_EQ(count(drawn.str(), "class=\"bar\""), 0U) << "nothing to start a bar from";
}

TEST(Compare, BriefListIsThatOfSolve) {
  const Comparison brief = compare_briefly({{"glass", glass()}});
  ASSERT_EQ(brief.figures.size(), headlines().size());
  EXPECT_LT(brief.figures.size(), compare({{"glass", glass()}}).figures.size());
  EXPECT_THAT(table(brief), HasSubstr("glass, feasible\n\nbandwidth, one direction")) << "no letters, no group titles";
}

TEST(CompareBars, AreAsLongAsTheMagnitude) {
  std::ostringstream out;
  print_bars(out, compare({{"glass", glass()}, {"organic", organic()}}));
  const std::string text = out.str();
  EXPECT_THAT(text, HasSubstr("escape per die shoreline     Tb/s/mm  A  " + std::string(46, '#') + "         0.5\n"));
  EXPECT_THAT(text, HasSubstr("\n" + std::string(38, ' ') + "B  " + std::string(23, '#') + std::string(23, ' ') +
                              "        0.25\n"))
      << "half of A";
  EXPECT_THAT(text, HasSubstr("um       A  " + std::string(18, '-') + std::string(28, ' ') + "         -40\n"))
      << "-40 of -100: 18.4 of 46 characters";
  EXPECT_THAT(text, HasSubstr("dB       A  " + std::string(46, '#') + "           2\n" + std::string(38, ' ') + "B  " +
                              std::string(46, ' ') + "      absent\n"));
  EXPECT_THAT(text, HasSubstr("um       A  " + std::string(46, ' ') + "           0\n")) << "no bar for nothing";
  EXPECT_EQ(text.find("interface peel"), std::string::npos) << "no design has it";
  EXPECT_LE(widest(text), 100U);
}

/// Position and width of the bars of a figure, by design.
struct Bar {
  double x = 0, width = 0;
};
std::vector<Bar> bars(const std::string& svg, const std::string& label) {
  std::vector<Bar> found;
  for (std::size_t at = svg.find(": " + label); at != std::string::npos; at = svg.find(": " + label, at + 1)) {
    const std::string row = svg.substr(at, svg.find("</g>", at) - at);
    const std::size_t rect = row.find("<rect");
    if (rect == std::string::npos)
      continue;
    const auto number = [&](const std::string& key) {
      return std::stod(row.substr(row.find(" " + key + "=\"", rect) + key.size() + 3));
    };
    found.push_back({number("x"), number("width")});
  }
  return found;
}

std::string svg(const Comparison& comparison) {
  std::ostringstream out;
  write_comparison_svg(out, comparison);
  return out.str();
}

TEST(ComparePlot, DrawsEqualFactorsEquallyLong) {
  Json other = glass();
  other["escape"]["die_shoreline_Tbps_per_mm"] = 0.5 * 3;          // x3
  other["mechanics"]["solder_cycles_to_failure"] = 12345.678 / 3;  // x1/3
  other["routing"]["loss_dB"]["max"] = 2.0 + 20 * std::log10(3.0); // +9.54 dB: a power ratio of 9
  other["mechanics"]["warpage_um"]["operating"] = -180;            // x3, flipped
  const std::string text = svg(compare({{"glass", glass()}, {"other", other}}));
  const std::vector<Bar> up = bars(text, "escape per die shoreline");
  const std::vector<Bar> down = bars(text, "solder life");
  const std::vector<Bar> nine = bars(text, "routing loss, worst");
  const std::vector<Bar> flip = bars(text, "warpage operating");
  ASSERT_EQ(up.size(), 2U);
  ASSERT_EQ(down.size(), 2U);
  ASSERT_EQ(nine.size(), 2U);
  ASSERT_EQ(flip.size(), 2U);
  constexpr double written = 0.11; // coordinates have one decimal
  EXPECT_GT(up[1].width, 40);
  EXPECT_NEAR(down[1].width, up[1].width, written);
  EXPECT_NEAR(nine[1].width, 2 * up[1].width, 2 * written);
  EXPECT_NEAR(flip[1].width, up[1].width, written);
  EXPECT_NEAR(down[1].x + down[1].width, up[1].x, written) << "both start at the line of A";
  EXPECT_EQ(count(text, "class=\"flip\""), 1U);
  EXPECT_THAT(text, HasSubstr("x3*"));
}

TEST(ComparePlot, DrawsTemperaturesOnALinearAxis) {
  Json other = glass();
  other["temperature"]["asic_max_C"] = 110;         // +10 K
  other["temperature"]["engines"][1]["max_C"] = 75; // -5 K
  const std::string text = svg(compare({{"glass", glass()}, {"other", other}}));
  const std::vector<Bar> die = bars(text, "switch die, hottest");
  const std::vector<Bar> engine = bars(text, "engines, hottest");
  ASSERT_EQ(die.size(), 2U);
  ASSERT_EQ(engine.size(), 2U);
  EXPECT_NEAR(die[1].width, 2 * engine[1].width, 0.3);
  EXPECT_NEAR(engine[1].x + engine[1].width, die[1].x, 0.11);
}

TEST(ComparePlot, EndsWhatLeavesTheAxisInAnArrow) {
  Json other = glass();
  other["mechanics"]["solder_cycles_to_failure"] = 12345.678e6;
  other["escape"]["die_shoreline_Tbps_per_mm"] = 0;
  const std::string text = svg(compare({{"glass", glass()}, {"other", other}}));
  EXPECT_EQ(count(text, "class=\"arrow\""), 2U);
  EXPECT_THAT(text, HasSubstr(">x1e+06<"));
  EXPECT_THAT(text, HasSubstr(">x0<"));
  EXPECT_EQ(text.find("nan"), std::string::npos);
  EXPECT_EQ(text.find("inf\""), std::string::npos);
}

TEST(ComparePlot, EscapesNamesAndTellsReasons) {
  const std::string text = svg(compare({{"a<b>&c", glass()}, {"organic", organic()}}));
  EXPECT_THAT(text, HasSubstr("a&lt;b&gt;&amp;c"));
  EXPECT_EQ(text.find("a<b"), std::string::npos);
  EXPECT_THAT(text, HasSubstr(") absent: fibres go straight to the engines</text>"));
  EXPECT_TRUE(bars(text, "interface peel").empty());
  EXPECT_THAT(text, HasSubstr("Left out, because no design has them: bandwidth, one direction"));
  EXPECT_EQ(text.find("http://www.w3.org/2000/svg"), text.rfind("http")) << "nothing is fetched";
}

struct CompareFiles : ScratchFolder {};

TEST_F(CompareFiles, AreTheSameBytesAgainAndHoldTheNumbersInFull) {
  const Comparison both = compare({{"glass", glass()}, {"organic, 705g", organic()}});
  const auto first = write_comparison(folder / "new" / "a", both);
  const auto again = write_comparison(folder / "b", both);
  ASSERT_EQ(first.size(), 3U);
  for (std::size_t i = 0; i < first.size(); ++i)
    EXPECT_EQ(read(first[i]), read(again[i])) << first[i];
  EXPECT_EQ(Json::parse(read(folder / "b" / "comparison.json")), comparison_json(both));
  const std::string csv = read(folder / "b" / "comparison.csv");
  EXPECT_THAT(csv,
              testing::StartsWith("group,figure,unit,path,against,glass,\"organic, 705g\",\"organic, 705g: against "
                                  "first\",\"organic, 705g: sign flips\",absent\n"));
  EXPECT_THAT(csv, HasSubstr("\nlife and fracture,solder life,cycles,mechanics.solder_cycles_to_failure,ratio,"
                             "12345.678,12345.678,1,no,\n"));
  EXPECT_THAT(csv, HasSubstr(",difference,2,,,no,\"organic, 705g: fibres go straight to the engines\"\n"));
}

TEST_F(CompareFiles, RefuseAFolderInTheWay) {
  std::filesystem::create_directories(folder / "comparison.svg");
  EXPECT_THROW(write_comparison(folder, compare({{"glass", glass()}})), InputError);
  EXPECT_EQ(files(), 1U) << "nothing was written";
}

TEST(Headlines, FitTheTable) {
  std::set<std::string> paths;
  for (const HeadlineGroup& group : comparison_headlines()) {
    for (const Headline& headline : group.headlines) {
      EXPECT_LE(headline.label.size(), 28U) << headline.label;
      EXPECT_LE(headline.unit.size(), 8U) << headline.label;
      EXPECT_TRUE(paths.insert(headline.path).second) << headline.path;
    }
  }
  for (const Headline& headline : headlines())
    EXPECT_TRUE(paths.contains(headline.path));
}

} // namespace
} // namespace beachfront::study
