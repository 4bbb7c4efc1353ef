// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/svg.hpp"

#include "tests/geometry/hand_layout.hpp"

#include <boost/property_tree/xml_parser.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace beachfront::geometry {
namespace {

using boost::property_tree::ptree;
using test::hand_made;
using test::HandMade;

std::string svg(const HandMade& made) {
  std::ostringstream stream;
  write_svg(stream, made.package, made.rules, made.layout);
  return stream.str();
}

/// Throws where the text is not well-formed XML.
ptree parsed(const std::string& text) {
  std::istringstream stream(text);
  ptree tree;
  boost::property_tree::read_xml(stream, tree);
  return tree;
}

std::string attribute(const ptree& node, const std::string& name) {
  return node.get<std::string>("<xmlattr>." + name, "");
}

/// What stands in the group that turns y up, of one element name and class (all words of it).
std::vector<ptree> drawn(const ptree& tree, const std::string& element, const std::string& word) {
  std::vector<ptree> result;
  for (const auto& [name, node] : tree.get_child("svg.g"))
    if (name == element && (" " + attribute(node, "class") + " ").find(" " + word + " ") != std::string::npos)
      result.push_back(node);
  return result;
}

struct Command {
  char letter = 0;
  double radius_mm = 0;
  bool large = false;
  bool sweep = false;
  Point end;
};

std::vector<Command> commands(const std::string& data) {
  std::vector<Command> result;
  std::istringstream stream(data);
  char letter = 0;
  while (stream >> letter) {
    Command command{letter, 0, false, false, {}};
    char comma = 0;
    double second_radius_mm = 0;
    double rotation = 0;
    if (letter == 'A')
      stream >> command.radius_mm >> comma >> second_radius_mm >> rotation >> command.large >> comma >> command.sweep;
    EXPECT_EQ(second_radius_mm, command.radius_mm);
    stream >> command.end.x_mm >> comma >> command.end.y_mm;
    EXPECT_TRUE(stream) << data;
    result.push_back(command);
  }
  return result;
}

constexpr double written_mm = 0.5e-6 + 1e-9; // coordinates are written to 1 nm

TEST(Svg, IsWellFormedWithAPathAGuide) {
  const HandMade made = hand_made();
  const ptree tree = parsed(svg(made));
  const auto guides = drawn(tree, "path", "guide");
  ASSERT_EQ(guides.size(), made.layout.guides.size());
  EXPECT_EQ(drawn(tree, "path", "tx").size(), 3U);
  EXPECT_EQ(drawn(tree, "path", "rx").size(), 3U);
  EXPECT_EQ(drawn(tree, "path", "laser").size(), 2U);
  EXPECT_EQ(drawn(tree, "rect", "engine").size(), 3U);
  EXPECT_EQ(drawn(tree, "rect", "spare").size(), 1U);
  EXPECT_EQ(drawn(tree, "text", "engine-name").size(), 3U);
  EXPECT_THAT(guides[0].get<std::string>("title"), testing::StartsWith("E01.tx0"));
}

TEST(Svg, LinesAndArcsEndWhereTheSegmentsEnd) {
  const HandMade made = hand_made();
  const auto guides = drawn(parsed(svg(made)), "path", "guide");
  ASSERT_EQ(guides.size(), made.layout.guides.size());
  for (std::size_t g = 0; g < guides.size(); ++g) {
    const Path& path = made.layout.guides[g].path;
    const auto steps = commands(attribute(guides[g], "d"));
    ASSERT_EQ(steps.size(), path.size() + 1);
    EXPECT_EQ(steps[0].letter, 'M');
    EXPECT_NEAR(steps[0].end.x_mm, path[0].start.at.x_mm, written_mm);
    EXPECT_NEAR(steps[0].end.y_mm, path[0].start.at.y_mm, written_mm);
    for (std::size_t i = 0; i < path.size(); ++i) {
      const Command& step = steps[i + 1];
      EXPECT_EQ(step.letter, path[i].curvature_per_mm == 0 ? 'L' : 'A');
      EXPECT_NEAR(step.end.x_mm, end_pose(path[i]).at.x_mm, written_mm);
      EXPECT_NEAR(step.end.y_mm, end_pose(path[i]).at.y_mm, written_mm);
    }
  }
}

/// The centre of a short arc by SVG's rule: with sweep, from x to y, it lies to the left of the chord.
Point centre_by_svg(Point start, const Command& arc) {
  const Point chord = arc.end - start;
  const double half_mm = norm_mm(chord) / 2;
  const double height_mm = std::sqrt(arc.radius_mm * arc.radius_mm - half_mm * half_mm);
  const Point left = 1 / norm_mm(chord) * Point{-chord.y_mm, chord.x_mm};
  return start + 0.5 * chord + (arc.sweep != arc.large ? height_mm : -height_mm) * left;
}

TEST(Svg, ArcsBendToTheSideOfTheirCurvature) {
  for (double turn_rad : {0.5, -0.5, 1.57, -3.0, 5.5}) {
    HandMade made = hand_made();
    const double radius_mm = 7.3;
    const Segment arc{{{3, 4}, 0.7}, radius_mm * std::abs(turn_rad), (turn_rad > 0 ? 1 : -1) / radius_mm};
    made.layout.guides = {{.net = "one", .path = {arc}}};
    const auto steps = commands(attribute(drawn(parsed(svg(made)), "path", "guide").at(0), "d"));
    EXPECT_NEAR(steps.back().end.x_mm, end_pose(arc).at.x_mm, written_mm);
    for (std::size_t i = 1; i < steps.size(); ++i) {
      // Rounding the ends by 0.5 nm moves the centre of an arc of a third of a turn by about tan(60 deg) x 0.7 nm.
      const Point found = centre_by_svg(steps[i - 1].end, steps[i]);
      EXPECT_NEAR(norm_mm(found - centre(arc)), 0, 5e-6) << turn_rad;
    }
  }
}

TEST(Svg, ArcsThatDoNotBowAreLines) {
  HandMade made = hand_made();
  made.layout.guides = {{.net = "one", .path = {{{}, 5, 1e-310}}}, {.net = "two", .path = {{{}, 5, 1e-9}}}};
  for (const ptree& guide : drawn(parsed(svg(made)), "path", "guide"))
    EXPECT_EQ(attribute(guide, "d"), "M0,0L5,0");
}

TEST(Svg, IsInMillimetresWithOneFlip) {
  const std::string text = svg(hand_made());
  const ptree tree = parsed(text);
  const ptree& root = tree.get_child("svg");
  std::istringstream box(attribute(root, "viewBox"));
  double left = 0, top = 0, width = 0, height = 0;
  box >> left >> top >> width >> height;
  EXPECT_EQ(attribute(root, "width"), attribute(root, "width").substr(0, 2) + "mm");
  EXPECT_EQ(std::stod(attribute(root, "width")), width);
  EXPECT_EQ(std::stod(attribute(root, "height")), height);
  // The package, turned, lies inside the view box.
  EXPECT_LE(left, -25);
  EXPECT_GE(left + width, 25);
  EXPECT_LE(top, -20);
  EXPECT_GE(top + height, 20);
  EXPECT_EQ(attribute(root.get_child("g"), "transform"), "scale(1,-1)");
  EXPECT_EQ(root.count("g"), 1U);
  // The northern engine has positive y inside the turned group, and its text is turned back.
  const ptree label = drawn(tree, "text", "engine-name").at(0);
  EXPECT_EQ(attribute(label, "transform"), "translate(-5,9) scale(1,-1)");
  EXPECT_EQ(label.data(), "E00");
}

TEST(Svg, EscapesNames) {
  const std::string text = svg(hand_made());
  EXPECT_THAT(text, testing::HasSubstr("core &lt;1&gt;"));
  EXPECT_THAT(text, testing::HasSubstr("&amp; co"));
  EXPECT_EQ(drawn(parsed(text), "text", "die-name").at(0).data(), "core <1>");
}

TEST(Svg, GuideLayersAndCrossingsCanBeTold) {
  HandMade made = hand_made();
  made.layout.guides[2].layer = 1;
  std::ostringstream stream;
  write_svg(stream, made.package, made.rules, made.layout, {{0, 5, {12.5, 0.25}, 1, true}});
  const ptree tree = parsed(stream.str());
  ASSERT_EQ(drawn(tree, "path", "layer-2").size(), 1U);
  EXPECT_EQ(drawn(tree, "path", "layer-2")[0].get<std::string>("title").substr(0, 7), "E01.tx2");
  EXPECT_THAT(stream.str(), testing::HasSubstr(".layer-2 { stroke-dasharray"));
  EXPECT_THAT(stream.str(), testing::HasSubstr(">layer 2</text>")) << "in the legend";
  EXPECT_THAT(svg(hand_made()), testing::Not(testing::HasSubstr(">layer 1</text>"))) << "one layer needs no legend";
  const auto circles = drawn(tree, "circle", "crossing");
  ASSERT_EQ(circles.size(), 1U);
  EXPECT_EQ(attribute(circles[0], "cx"), "12.5");
  EXPECT_EQ(attribute(circles[0], "cy"), "0.25") << "inside the group that turns y up";
  EXPECT_EQ(circles[0].get<std::string>("title"), "E01.tx0 x E01.rx2, 57.3\u00b0");
}

TEST(Svg, StaysSmallForAFullPackage) {
  HandMade made = hand_made();
  const Guide guide = made.layout.guides[0];
  made.layout.guides.assign(384, guide);
  EXPECT_LT(svg(made).size(), 200'000U); // 1 MB is the budget
}

} // namespace
} // namespace beachfront::geometry
