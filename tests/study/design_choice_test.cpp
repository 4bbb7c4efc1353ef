// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design_choice.hpp"

#include "study/sweep.hpp"
#include "study/sweep_analysis.hpp"
#include "tests/study/fake_sweep.hpp"
#include "tests/study/message_of.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

struct DesignChoiceWords : testing::Test {
  static std::string refusal(const std::string& words) {
    return message_of([&] { read_design_choice(words); });
  }
};

TEST_F(DesignChoiceWords, BestIsTwelveOrAsManyAsAreNamed) {
  EXPECT_EQ(read_design_choice("best").most, 12u);
  EXPECT_EQ(read_design_choice("best:30").most, 30u);
  EXPECT_FALSE(read_design_choice("best").whole_front);
  EXPECT_TRUE(read_design_choice("front").whole_front);
}

TEST_F(DesignChoiceWords, PointsStayInTheirOrderEachOnce) {
  EXPECT_THAT(read_design_choice("17,3,17").points, ElementsAre(17, 3));
  EXPECT_THAT(read_design_choice("0").points, ElementsAre(0));
}

TEST_F(DesignChoiceWords, OthersAreRefusedWithTheWordThatWasMeant) {
  EXPECT_THAT(refusal("bst"), AllOf(HasSubstr("--designs"), HasSubstr("'bst'"), HasSubstr("did you mean 'best'")));
  for (const char* words : {"", "3,", "3,,4", "-3", "3.5", "3 4", "front:5", "99999999999999999999"})
    EXPECT_THAT(refusal(words), AllOf(HasSubstr(words), HasSubstr("numbers of points"))) << words;
  for (const char* words : {"best:", "best:0", "best:-2", "best:all"})
    EXPECT_THAT(refusal(words), HasSubstr("best:K with a whole number K of at least 1")) << words;
}

/// Designs on a line: the more of the first figure, the more of the second, which is to be large.
struct DesignChoiceOfFront : FakeSweep {
  static SweepGoals goals() {
    SweepGoals out;
    out.objectives = {{"a", Goal::minimise, {}}, {"b", Goal::maximise, {}}};
    return out;
  }
  /// The k-th of the front has point 100 - k and a = b = k.
  static Json line(int designs) {
    Json front = Json::array();
    for (int k = 0; k < designs; ++k)
      front.push_back({{"point", 100 - k}, {"figures", {{"a", k}, {"b", k}}}});
    return {{"front", front}};
  }
  Store store() const { return Store::create(folder / "x.sqlite", {"0.1.0", "", "", "", "", 60}); }
  std::vector<std::int64_t> chosen(const std::string& words, const Json& analysis) const {
    return chosen_points(read_design_choice(words), goals(), analysis, Store::read(folder / "x.sqlite"));
  }
};

TEST_F(DesignChoiceOfFront, TheBestAreTheEndsThenWhatLiesFarthestFromThem) {
  store();
  EXPECT_THAT(chosen("best:2", line(9)), ElementsAre(100, 92));
  EXPECT_THAT(chosen("best:3", line(9)), ElementsAre(100, 96, 92));
  EXPECT_THAT(chosen("best:5", line(9)), ElementsAre(100, 98, 96, 94, 92));
  EXPECT_EQ(chosen("best", line(40)).size(), 12u);
  EXPECT_EQ(chosen("best:1000000", line(40)), chosen("front", line(40)));
}

TEST_F(DesignChoiceOfFront, ALargeFrontIsTakenWholeOnlyByItsNumber) {
  store();
  EXPECT_EQ(chosen("front", line(60)).size(), 60u);
  EXPECT_THAT(message_of([&] { chosen("front", line(61)); }), HasSubstr("best:61 for all of it"));
  EXPECT_EQ(chosen("best:61", line(61)).size(), 61u);
}

TEST_F(DesignChoiceOfFront, WithoutAFrontTheReasonIsTold) {
  store();
  EXPECT_THAT(message_of([&] { chosen("best", line(0)); }), HasSubstr("no design is good"));
  EXPECT_THAT(
      message_of([&] { chosen_points(read_design_choice("front"), {}, line(0), Store::read(folder / "x.sqlite")); }),
      HasSubstr("names no objectives"));
}

TEST_F(DesignChoiceOfFront, APointWithoutARowIsRefused) {
  Store writing = store();
  EXPECT_THAT(message_of([&] { chosen("0", line(0)); }), HasSubstr("there is none yet"));
  for (const std::int64_t point : {4, 5, 9})
    writing.add(StoredDesign{point, "", Json::object(), Status::error, "", "broke", "", Json::object(), ""});
  EXPECT_THAT(chosen("9,4", line(0)), ElementsAre(9, 4));
  EXPECT_THAT(message_of([&] { chosen("4,6", line(0)); }), AllOf(HasSubstr("'6'"), HasSubstr("3 of them from 4 to 9")));
}

TEST_F(DesignChoiceOfFront, BestAreTheRepresentativesOfTheAnalysis) {
  const SweepPlan plan_ = plan(sixty + R"(objectives:
  - {figure: temperature.asic_max_C, goal: minimise}
  - {figure: link.worst_margin_dB, goal: minimise}
)");
  const auto thick_is_bad = [](const Tree& design, KeptStages& kept) { // each lid is on the front
    Json results = fake_results(design, kept);
    results["link"]["worst_margin_dB"] = design.root().number("cooling.lid.thickness_mm");
    return results;
  };
  run_sweep(plan_, thick_is_bad, run("out"));
  const Json analysis = analyse_sweep(plan_, folder / "out");
  ASSERT_GT(analysis.at("front").size(), 12u);
  const Store there = Store::read(store_file(folder / "out"));
  EXPECT_EQ(Json(chosen_points(read_design_choice("best"), plan_.goals, analysis, there)),
            analysis.at("representatives"));
}

} // namespace
} // namespace beachfront::study
