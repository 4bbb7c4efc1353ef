// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/drawing.hpp"

#include "tests/geometry/hand_layout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

using test::hand_made;
using test::HandMade;

Drawing drawn(const HandMade& made, const std::vector<Crossing>& crossings = {}) {
  return draw(made.package, made.rules, made.layout, crossings);
}

std::vector<std::string> boxes_on(const Drawing& drawing, LayerNumber layer) {
  std::vector<std::string> names;
  for (const DrawnBox& box : drawing.boxes)
    if (box.layer == layer)
      names.push_back(box.name);
  return names;
}

TEST(Drawing, GuidesStandOnTheLayerOfTheirNumberWithTheirNames) {
  HandMade made = hand_made();
  made.layout.guides[2].layer = 3;
  const Drawing drawing = drawn(made);
  ASSERT_EQ(drawing.guides.size(), made.layout.guides.size());
  for (const DrawnGuide& guide : drawing.guides) {
    const int layer = guide.net == made.layout.guides[2].net ? 3 : 0;
    EXPECT_EQ(guide.layer, (LayerNumber{10, layer})) << guide.net;
    const auto text = std::find_if(drawing.texts.begin(), drawing.texts.end(),
                                   [&](const DrawnText& t) { return t.text == guide.net; });
    ASSERT_NE(text, drawing.texts.end()) << guide.net;
    EXPECT_EQ(text->layer, (LayerNumber{51, layer})) << guide.net;
    EXPECT_EQ(norm_mm(text->place - guide.path.front().start.at), 0) << guide.net;
  }
  EXPECT_EQ(describe({10, 3}).name, "guide mask opening, layer 4");
}

TEST(Drawing, KeepOutsStandByWhatTheyKeepOut) {
  HandMade made = hand_made();
  const Box box = box_around({0, 0}, 1, 1);
  made.package.keep_outs = {
      {"both", box}, {"vias", box, true, false}, {"lid foot", box, false, true}, {"nothing", box, false, false}};
  const Drawing drawing = drawn(made);
  EXPECT_THAT(boxes_on(drawing, layer::keep_out), testing::ElementsAre("both"));
  EXPECT_THAT(boxes_on(drawing, layer::guide_keep_out), testing::ElementsAre("vias"));
  EXPECT_THAT(boxes_on(drawing, layer::body_keep_out), testing::ElementsAre("lid foot"));
}

TEST(Drawing, CrossingsAreSquaresAroundTheirPlaceOnTheLayerOfTheirGuides) {
  HandMade made = hand_made();
  made.layout.guides[4].layer = made.layout.guides[1].layer = 1;
  const std::vector<Crossing> crossings = {{4, 1, {3, 2}, std::numbers::pi / 3, true}};
  const Drawing drawing = drawn(made, crossings);
  EXPECT_THAT(boxes_on(drawing, layer::crossing(1)), testing::ElementsAre("E01.rx1 x E01.tx1, 60.00 deg"));
  const auto mark = std::find_if(drawing.boxes.begin(), drawing.boxes.end(),
                                 [](const DrawnBox& b) { return b.layer == layer::crossing(1); });
  EXPECT_NEAR(norm_mm(mark->box.centre() - crossings[0].place), 0, 1e-12);
  EXPECT_GT(mark->box.width_mm(), 1e-3 * made.rules.guide_width_um);
}

TEST(Drawing, OrderOfTheListsChangesNothing) {
  HandMade made = hand_made();
  std::vector<Crossing> crossings = {{4, 1, {3, 2}, 1, true}, {0, 5, {4, 2}, 1, true}, {0, 5, {2, 2}, 1, true}};
  const auto names = [](const Drawing& drawing) {
    std::vector<std::string> all;
    for (const DrawnBox& box : drawing.boxes)
      all.push_back(box.name);
    for (const DrawnGuide& guide : drawing.guides)
      all.push_back(guide.net);
    for (const DrawnText& text : drawing.texts)
      all.push_back(text.text);
    return all;
  };
  const auto first = names(drawn(made, crossings));
  std::reverse(crossings.begin(), crossings.end());
  const std::size_t last = made.layout.guides.size() - 1;
  for (Crossing& crossing : crossings)
    crossing = {last - crossing.second, last - crossing.first, crossing.place, crossing.angle_rad, true};
  std::reverse(made.layout.guides.begin(), made.layout.guides.end());
  std::reverse(made.layout.engines.begin(), made.layout.engines.end());
  std::reverse(made.layout.connectors.begin(), made.layout.connectors.end());
  EXPECT_EQ(names(drawn(made, crossings)), first);
}

TEST(Layers, PlainNamesHaveNoBlanks) {
  EXPECT_EQ(plain_name(describe(layer::guide(0))), "guide_mask_opening__layer_1");
  EXPECT_THROW(describe({99, 0}), std::invalid_argument);
  EXPECT_THROW(describe({1, 1}), std::invalid_argument);
}

} // namespace
} // namespace beachfront::geometry
