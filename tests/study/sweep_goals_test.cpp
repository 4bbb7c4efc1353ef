// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_goals.hpp"

#include "message_of.hpp"
#include "study/resolve.hpp"
#include "study/schema.hpp"
#include "study/yaml.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace beachfront::study {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Tree sweep(const std::string& blocks) {
  return resolve(parse_tree("base: x.yaml\nparameters: [{path: a, values: [1]}]\n" + blocks + "\n", "sweep.yaml"),
                 sweep_schema(), {});
}

SweepGoals goals(const std::string& blocks) {
  const Tree tree = sweep(blocks);
  return read_goals(tree.root());
}

const Json results = {{"link", {{"worst_margin_dB", 2.5}}},
                      {"escape", {{"limited_by", "pitch"}}},
                      {"engines", Json::array({{{"max_C", 70}}, {{"max_C", 80}}})},
                      {"absent", {{"mechanics", "no glass"}}}};

TEST(SweepGoals, ReadsLimitsAndDirections) {
  const SweepGoals read = goals(R"(
constraints: [{figure: link.worst_margin_dB, min: 0}, {figure: "engines[max].max_C", min: -10, max: 95}]
objectives: [{figure: power.total_W, goal: minimise, reference: 900}, {figure: escape.per_direction_Tbps, goal: maximise},
  {figure: mechanics.warpage_um.room, goal: least_magnitude}])");
  ASSERT_EQ(read.constraints.size(), 2U);
  EXPECT_EQ(read.constraints[0].figure, "link.worst_margin_dB");
  EXPECT_EQ(read.constraints[0].min, 0);
  EXPECT_TRUE(std::isinf(read.constraints[0].max));
  EXPECT_EQ(read.constraints[1].max, 95);
  ASSERT_EQ(read.objectives.size(), 3U);
  EXPECT_EQ(read.objectives[0].goal, Goal::minimise);
  EXPECT_EQ(read.objectives[0].reference, 900);
  EXPECT_EQ(read.objectives[1].goal, Goal::maximise);
  EXPECT_EQ(read.objectives[1].goal, Goal::maximise);
  EXPECT_FALSE(read.objectives[1].reference);
  EXPECT_EQ(read.objectives[2].goal, Goal::least_magnitude);
  EXPECT_TRUE(goals("").objectives.empty());
}

TEST(SweepGoals, SaysWhatIsWrongWithALimitOrAnObjective) {
  const auto message = [](const std::string& blocks) { return message_of([&] { goals(blocks); }); };
  EXPECT_THAT(message("constraints: [{figure: a.b}]"),
              HasSubstr("sweep.yaml:3:15: constraints[0]: found neither min nor max; must be a limit: one of them"));
  EXPECT_THAT(message("constraints: [{figure: a.b, min: 3, max: 2}]"),
              HasSubstr("sweep.yaml:3:34: constraints[0].min: found 3; must be at most the max of 2"));
  EXPECT_THAT(message("constraints: [{figure: a.b, min: low}]"), HasSubstr("must be a number"));
  EXPECT_THAT(message("objectives: [{figure: a.b, goal: minimize}]"), HasSubstr("did you mean 'minimise'"));
  EXPECT_THAT(message("objectives: [{figure: a.b}]"), HasSubstr("objectives[0].goal: missing"));
  EXPECT_THAT(message("objectives: [{figure: a.b, goal: minimise, referenze: 3}]"),
              HasSubstr("did you mean 'reference'"));
  EXPECT_THAT(message("objectives: [{figure: a.b, goal: minimise}, {figure: a.b, goal: maximise}]"),
              HasSubstr("objectives[1].figure: found 'a.b', which is an objective already; must be given once"));
  std::string seven = "objectives: [";
  for (int i = 0; i < 7; ++i)
    seven += "{figure: f" + std::to_string(i) + ", goal: minimise}, ";
  EXPECT_THAT(message(seven + "]"), HasSubstr("objectives: found a list of 7; must be a list of 0 to 6"));
}

TEST(SweepGoals, AFigureMustBeANumberOfTheResults) {
  const auto message = [](const std::string& blocks) {
    return message_of([&] { check_goals(goals(blocks), results); });
  };
  EXPECT_EQ(message("constraints: [{figure: link.worst_margin_dB, min: 0}, {figure: 'engines[max].max_C', max: 9}]"),
            "");
  EXPECT_EQ(message("constraints: [{figure: mechanics.warpage_um.room, max: 9}]"), "") << "absent for a reason";
  EXPECT_THAT(message("objectives: [{figure: link.worst_magin_dB, goal: maximise}]"),
              AllOf(HasSubstr("sweep.yaml:3:23: objectives[0].figure: found 'link.worst_magin_dB'; must be a number of "
                              "results.json; did you mean 'link.worst_margin_dB'?"),
                    HasSubstr("run again with --resume")));
  EXPECT_THAT(message("constraints: [{figure: escape.limited_by, max: 9}]"),
              HasSubstr("constraints[0].figure: found 'escape.limited_by', which is a text; must be a number"));
  EXPECT_THAT(message("objectives: [{figure: engines, goal: maximise}]"), HasSubstr("'engines', which is a list"));
}

} // namespace
} // namespace beachfront::study
