// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/tree.hpp"

#include "study/yaml.hpp"
#include "tests/study/good_design.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {


const Mark here{"--set", 0, 0};

Tree sample() {
  return parse_tree("engines:\n"
                    "  count: 16\n"
                    "  width_mm: 7.5\n"
                    "  ok: true\n"
                    "  sides: [N, E]\n"
                    "  one: 3\n"
                    "  steps:\n"
                    "    - {time_min: 5}\n"
                    "    - {time_min: 6}\n",
                    "t.yaml");
}

TEST(Tree, TypedAccess) {
  const Tree tree = sample();
  const Value root = tree.root();
  EXPECT_EQ(root.integer("engines.count"), 16);
  EXPECT_EQ(root.number("engines.width_mm"), 7.5);
  EXPECT_TRUE(root.flag("engines.ok"));
  EXPECT_EQ(root.text("engines.sides[1]"), "E");
  EXPECT_THAT(root.texts("engines.sides"), ::testing::ElementsAre("N", "E"));
  EXPECT_THAT(root.numbers("engines.one"), ::testing::ElementsAre(3));
  EXPECT_EQ(root.size("engines.steps"), 2U);
  EXPECT_EQ(root.items("engines.steps")[1].number("time_min"), 6);
  EXPECT_EQ(root.items("engines.steps")[1].at("time_min").path, "engines.steps[1].time_min");
  EXPECT_FALSE(root.has("engines.steps[2]"));
  EXPECT_FALSE(root.has("engines.count.deeper"));
  EXPECT_EQ(root.optional_number("engines.depth_mm"), std::nullopt);
  EXPECT_EQ(root.optional_number("engines.count"), 16);
  EXPECT_TRUE(root.is("engines.sides[0]", "N"));
  EXPECT_FALSE(root.is("engines.none", "N"));
}

TEST(Tree, WrongAccessPointsAtTheValue) {
  const Tree tree = sample();
  const Value root = tree.root();
  EXPECT_EQ(message_of([&] { (void)root.number("engines.ok"); }),
            "t.yaml:4:7: engines.ok: found 'true'; must be a number");
  EXPECT_EQ(message_of([&] { (void)root.integer("engines.width_mm"); }),
            "t.yaml:3:13: engines.width_mm: found 7.5; must be a whole number");
  EXPECT_EQ(message_of([&] { (void)root.text("engines.steps"); }),
            "t.yaml:8:5: engines.steps: found a list of 2; must be a text");
  EXPECT_EQ(message_of([&] { (void)root.number("engines.with_mm"); }),
            "t.yaml:2:3: engines.with_mm: missing; did you mean 'width_mm'?");
  EXPECT_EQ(message_of([&] { (void)root.at("engines.steps[2]"); }),
            "t.yaml:8:5: engines.steps[2]: no such item; engines.steps has 2, counted from 0");
  EXPECT_EQ(message_of([&] { throw root.at("engines.count").error("16", "8"); }),
            "t.yaml:2:10: engines.count: found 16; must be 8");
}

TEST(Tree, Paths) {
  const std::vector<Step> steps = parse_path("a.b[0][12].c", here);
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[1].key, "b");
  EXPECT_EQ(steps[3].index, 12U);
  EXPECT_EQ(steps[4].key, "c");
  for (const char* bad : {".a", "a.", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[1", "a]b[0]c", "[0]", "a[0]b",
                          "a[99999999999999999999999]"})
    if (std::string(bad) != "a]b[0]c")
      EXPECT_THAT(message_of([&] { parse_path(bad, here); }), ::testing::HasSubstr("is no path")) << bad;
    else
      EXPECT_THROW(parse_path(bad, here), InputError);
}

TEST(Tree, SetReplacesMakesAndRemoves) {
  Tree tree = sample();
  set_value(tree, "engines.steps[1].time_min", parse_value("7", here), here);
  EXPECT_EQ(tree.root().number("engines.steps[1].time_min"), 7);
  set_value(tree, "laser.deep.er", parse_value("[1, 2]", here), here);
  EXPECT_EQ(tree.root().size("laser.deep.er"), 2U);
  set_value(tree, "engines.count", parse_value("null", here), here);
  EXPECT_FALSE(tree.root().has("engines.count"));
  set_value(tree, "engines.count", parse_value("", here), here);
  EXPECT_FALSE(tree.root().has("engines.count"));
}

TEST(Tree, SetRefusesWhatIsNotThere) {
  const auto set = [](const char* path, const char* value) {
    Tree tree = sample();
    return message_of([&] { set_value(tree, path, parse_value(value, here), here); });
  };
  EXPECT_EQ(set("engines.steps[2].time_min", "1"),
            "--set: engines.steps[2]: no such item; engines.steps has 2, counted from 0");
  EXPECT_EQ(set("engines.count.x", "1"), "--set: engines.count: found 16; must be a map");
  EXPECT_EQ(set("engines[0]", "1"), "--set: engines: found a map; must be a list");
  EXPECT_EQ(set("engines.steps[0]", "null"),
            "--set: engines.steps[0]: an item of a list cannot be removed; set the whole list");
  EXPECT_EQ(set("", "1"), "--set: '' is no path; write it as waveguides.recipe.steps[0].time_min");
}

} // namespace
} // namespace beachfront::study
