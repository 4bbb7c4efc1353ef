// SPDX-License-Identifier: GPL-3.0-or-later
// Texts for a terminal: their width, their breaks, bars.
#include "study/alternatives_table.hpp"
#include "study/display_width.hpp"
#include "study/evaluate.hpp"
#include "study/summary.hpp"
#include "study/wrapped_text.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace beachfront::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string times(int count, const std::string& text) {
  std::string out;
  for (int i = 0; i < count; ++i)
    out += text;
  return out;
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("plain text"), 10U);
  EXPECT_EQ(display_width("é█├µ"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U) << "a combining accent stands over its letter";
  EXPECT_EQ(display_width("硝子"), 4U) << "East Asian characters are two columns wide";
  EXPECT_EQ(display_width("\U0001F600"), 2U);
  EXPECT_EQ(display_width("a\xff\xc3"), 3U) << "bytes that are no UTF-8, and a character cut short";
}

TEST(WrappedLines, BreakByColumns) {
  EXPECT_THAT(wrapped_lines("éé éé éé", 1, 5), ElementsAre("éé éé", " éé"));
  EXPECT_THAT(wrapped_lines("a bcdefgh i", 2, 4), ElementsAre("a", "  bcdefgh", "  i"));
  EXPECT_THAT(wrapped_lines("  two before", 4, 9), ElementsAre("  two", "    before"));
  EXPECT_THAT(wrapped_lines("of it 99 %, b 1 %", 0, 8), ElementsAre("of it", "99 %, b", "1 %"));
}

TEST(WrappedText, LeavesShortLinesAlone) {
  EXPECT_EQ(wrapped_text("a  table   row\n\nlong words here\n", 2, 14), "a  table   row\n\nlong words\n  here\n");
  EXPECT_EQ(wrapped_text("no end", 2, 14), "no end");
}

/// Two alternatives; a column of the bars is 10 W, the longest being 590 W.
Json two_alternatives() {
  const auto one = [](const char* name, double host_W, double low_W, double high_W) {
    return Json{{"name", name},
                {"host_W", host_W},
                {"optics_W", 200.0},
                {"laser_W", 100.0},
                {"cooling_W", 100.0},
                {"total_W", host_W + 400},
                {"total_span_W", {{"value", host_W + 400}, {"low", low_W}, {"high", high_W}}},
                {"span_pJ_per_bit", {{"value", 5.0}, {"low", 4.0}, {"high", 6.0}}}};
  };
  const Json alternatives = Json::array({one("first", 100, 420, 590), one("second", 20, 420, 420)});
  return {{"power", {{"alternatives", alternatives}}}};
}

std::string drawn(const Json& results, const TextStyle& style) {
  std::ostringstream out;
  print_alternatives(out, results, style);
  return out.str();
}

TEST(AlternativesBars, AreTheirPartsWithTheRangeOverThem) {
  const std::string text = drawn(two_alternatives(), {});
  EXPECT_THAT(text, HasSubstr("first                   500     420..590 " + times(10, "h") + times(20, "o") +
                              times(10, "l") + "cc[" + times(7, "c") + times(8, "-") + "]\n"));
  EXPECT_THAT(text, HasSubstr("second                  420     420..420 " + times(2, "h") + times(20, "o") +
                              times(10, "l") + times(10, "c") + "\n"))
      << "no bracket where there is no range";
  EXPECT_THAT(text, HasSubstr("[ ] low and high\n"));
}

TEST(AlternativesBars, AreBlocksWhereTheTerminalShowsThem) {
  const std::string text = drawn(two_alternatives(), {true, false});
  EXPECT_THAT(text, HasSubstr("first                   500     420..590 " + times(10, "█") + times(20, "▓") +
                              times(10, "▒") + "░░├" + times(7, "░") + times(8, "─") + "┤\n"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  const std::string coloured = drawn(two_alternatives(), {false, true});
  EXPECT_THAT(coloured, HasSubstr("\x1b[34mh\x1b[0m"));
}

TEST(AlternativesBars, KeepTheirColumnsForAnyName) {
  Json results = two_alternatives();
  for (const char* name :
       {"光を使った長い名前の設計図その一", "étagère à très longue désignation", "just 20 columns long"}) {
    results["power"]["alternatives"][0]["name"] = name;
    std::istringstream lines(drawn(results, {true, false}));
    for (std::string line; std::getline(lines, line);)
      EXPECT_LE(display_width(line), 100U) << line;
    const std::string text = drawn(results, {});
    const std::size_t at = text.rfind("     420..590 hhh");
    ASSERT_NE(at, std::string::npos);
    const std::size_t begin = text.rfind('\n', at) + 1;
    EXPECT_EQ(display_width(text.substr(begin, at - begin)), 27U) << text;
  }
}

TEST(Summary, SaysWhereSamplesAreTooFewForTheirEnds) {
  Json results = {{"design", "x"}, {"feasible", true}, {"violations", Json::array()}, {"warnings", Json::array()}};
  const Json figure = {{"name", "energy"}, {"path", "energy"}, {"p5", 1.0}, {"p95", 1.0}, {"causes", Json::array()}};
  results["uncertainty"] = {{"samples", 19}, {"inputs", 4}, {"breaking", Json::array()}};
  results["uncertainty"]["figures"] = Json::array({figure});
  EXPECT_THAT(summary(results, {}), HasSubstr("Intervals are the ends of 19 samples, too few for 5 % and 95 %, of 4 "
                                              "uncertain inputs;"));
  results["uncertainty"]["samples"] = 20;
  EXPECT_THAT(summary(results, {}), HasSubstr("Intervals hold 90 % of 20 samples of 4 uncertain inputs;"));
}

TEST(Summary, HasNoLineBeyondAHundredColumns) {
  Json results = two_alternatives();
  results["design"] = "a-design " + times(40, "with a long name ");
  results["feasible"] = false;
  results["violations"] = Json::array();
  for (int i = 0; i < 12; ++i)
    results["violations"].push_back({{"rule", "rule"}, {"message", times(30, "zu früh ")}});
  results["warnings"] = {times(50, "warned ")};
  std::istringstream lines(summary(results, {"out/results.json"}));
  int warned = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(display_width(line), 100U) << line;
    warned += line.find("warned") != std::string::npos;
  }
  EXPECT_EQ(warned, 4) << "350 characters in lines of 100";
}

} // namespace
} // namespace beachfront::study
