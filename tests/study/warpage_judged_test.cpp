// SPDX-License-Identifier: GPL-3.0-or-later
// Warpage over the field of balls against the classes of JEITA ED-7306.
#include "study/design.hpp"
#include "study/figures.hpp"
#include "study/results.hpp"
#include "study/solve.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Json solved_at_pitch(const char* name, const std::string& ball_pitch_mm) {
  const std::filesystem::path references = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference";
  const Design design = read_design(
      open_design(references / (std::string(name) + ".yaml"), {}, {"substrate.ball_pitch_mm=" + ball_pitch_mm}));
  return results_json(design, solve(design));
}

std::vector<std::string> warnings(const Json& results) {
  return results.at("warnings").get<std::vector<std::string>>();
}

TEST(WarpageJudged, TheLimitOfTheBallsClassStandsBesideTheFigure) {
  const Json wide = solved_at_pitch("102t-organic-bt", "1.0"), fine = solved_at_pitch("102t-organic-bt", "0.8");
  const Json &at_1 = wide.at("mechanics"), &at_08 = fine.at("mechanics");
  EXPECT_EQ(at_1.at("ball_field_limit_um").at("reflow").get<double>(), 220);
  EXPECT_EQ(at_1.at("ball_field_limit_um").at("room").get<double>(), 200);
  EXPECT_EQ(at_08.at("ball_field_limit_um").at("reflow").get<double>(), 170);
  EXPECT_EQ(at_08.at("ball_field_limit_um").at("room").get<double>(), 100);
  EXPECT_EQ(at_1.at("ball_field_warpage_um"), at_08.at("ball_field_warpage_um")) << "the pitch bends nothing";
  const auto beyond = [](const Json& mechanics, const char* state) {
    return std::abs(mechanics.at("ball_field_warpage_um").at(state).get<double>()) >
           mechanics.at("ball_field_limit_um").at(state).get<double>();
  };
  for (const Json* results : {&wide, &fine}) {
    const std::vector<std::string> told = warnings(*results);
    const auto room = Contains(HasSubstr("warpage at room temperature")), reflow = Contains(HasSubstr("at reflow"));
    const Json& mechanics = results->at("mechanics");
    EXPECT_EQ(testing::Matches(room)(told), beyond(mechanics, "room"));
    EXPECT_EQ(testing::Matches(reflow)(told), beyond(mechanics, "reflow"));
  }
  EXPECT_TRUE(beyond(at_1, "room")) << "a BT core bows by more than a quarter of a millimetre";
}

TEST(WarpageJudged, APitchBelowEveryClassIsToldAndNotPassed) {
  const Json results = solved_at_pitch("102t-organic-bt", "0.35");
  EXPECT_THAT(warnings(results), Contains(AllOf(HasSubstr("0.35 mm"), HasSubstr("no class below 0.4 mm"))));
  EXPECT_THAT(warnings(results), Not(Contains(HasSubstr("warpage at r"))));
  EXPECT_TRUE(results.at("mechanics").contains("ball_field_warpage_um"));
  EXPECT_FALSE(results.at("mechanics").contains("ball_field_limit_um"));
  EXPECT_THAT(results.at("absent").at("mechanics.ball_field_limit_um").get<std::string>(), HasSubstr("no class"));
}

} // namespace
} // namespace beachfront::study
