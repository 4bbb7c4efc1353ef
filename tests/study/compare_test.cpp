// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare.hpp"

#include <gmock/gmock.h>

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

TEST(Compare, SetsFiguresAgainstTheFirst) {
  const Comparison both = compare({"glass", "organic"}, {glass(), organic()});
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
  const Comparison both = compare({"glass", "organic"}, {glass(), organic()});
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
      table(compare({"102t-glass", "102t-organic-705g", "102t-davisson-like"}, {glass(), wordy, organic()}));
  EXPECT_LE(widest(text), 100U);
  EXPECT_THAT(text, HasSubstr("A  102t-glass, feasible\n"));
  EXPECT_THAT(text, HasSubstr("C  102t-davisson-like, infeasible: warpage 900 um (and 1 more)\n"));
  EXPECT_THAT(text,
              HasSubstr("switch die, hottest          C               100       97.5     -2.5       97.5     -2.5\n"));
  EXPECT_THAT(text,
              HasSubstr("solder life                  cycles        12346      12346       x1      12346       x1\n"));
  EXPECT_THAT(text, HasSubstr("before it ends\n    and is still told in full\n"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "plain";
}

TEST(Compare, GivesOneDocument) {
  const Json json = comparison_json(compare({"glass", "organic"}, {glass(), organic()}));
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

TEST(Headlines, FitTheTable) {
  std::set<std::string> paths;
  for (const Headline& headline : headlines()) {
    EXPECT_LE(headline.label.size(), 28U) << headline.label;
    EXPECT_LE(headline.unit.size(), 8U) << headline.label;
    EXPECT_TRUE(paths.insert(headline.path).second) << headline.path;
  }
}

} // namespace
} // namespace beachfront::study
