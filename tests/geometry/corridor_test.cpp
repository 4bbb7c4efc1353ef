// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/corridor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

using namespace beachfront::geometry;
using testing::IsEmpty;

namespace {

constexpr double pi = std::numbers::pi;

RoutingRules rules() {
  RoutingRules r;
  r.min_pitch_um = 50;
  r.keep_out_clearance_mm = 0.1;
  return r;
}

/// Two keep-outs, the second to the east; their facing sides 1.2 mm apart, overlapping in y from -10 to 5.
Package strait() {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  package.keep_outs = {{"west", {{-30, -10}, {-0.6, 10}}}, {"east", {{0.6, -20}, {30, 5}}}};
  return package;
}

/// `count` guides north through the strait, the first 0.1 mm from its west side.
Layout northward(int count, double pitch_mm = 0.05) {
  Layout layout;
  for (int i = 0; i < count; ++i)
    layout.guides.push_back(
        {"g" + std::to_string(i), 0, PortKind::tx, 0, i, {{{{-0.5 + i * pitch_mm, -40}, pi / 2}, 80, 0}}});
  return layout;
}

std::vector<Gap> between(const Certificate& certificate, const std::string& from, const std::string& to) {
  std::vector<Gap> result;
  for (const Gap& gap : certificate.gaps)
    if (gap.from == from && gap.to == to)
      result.push_back(gap);
  return result;
}

} // namespace

// 1.2 mm less 0.1 mm on both sides leaves 1.0 mm: 20 pitches of 50 um, 21 guides.
TEST(Corridor, StraitTakesWhatFitsAcrossIt) {
  const Certificate found = certify(strait(), rules(), northward(21));
  EXPECT_THAT(found.violations, IsEmpty());
  const std::vector<Gap> gaps = between(found, "keep-out west", "keep-out east");
  ASSERT_FALSE(gaps.empty());
  const auto shortest =
      std::min_element(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) { return a.length_mm < b.length_mm; });
  EXPECT_NEAR(shortest->length_mm, 1.2, 1e-12); // straight across, though no two corners face each other
  EXPECT_EQ(shortest->capacity, 21);
  EXPECT_EQ(shortest->need, 21);
  EXPECT_NEAR(shortest->place.x_mm, 0, 1e-12);
  EXPECT_EQ(found.gaps.front().use(), 1);
}

TEST(Corridor, OneMoreIsTooMany) {
  const Certificate found = certify(strait(), rules(), northward(22, 0.0476)); // all within the 1.0 mm
  ASSERT_FALSE(found.violations.empty());
  EXPECT_EQ(found.violations[0].rule, "gap_capacity");
  EXPECT_EQ(found.violations[0].where, "keep-out west and keep-out east");
  EXPECT_EQ(found.violations[0].found, 21);
  EXPECT_EQ(found.violations[0].required, 22);
}

TEST(Corridor, GapsToThePackageEdgeAreMeasuredAcross) {
  // The west keep-out is 20 mm from the west edge: 19.8 mm / 50 um + 1.
  const std::vector<Gap> gaps = between(certify(strait(), rules(), {}), "keep-out west", "package edge");
  ASSERT_FALSE(gaps.empty());
  const auto west =
      std::find_if(gaps.begin(), gaps.end(), [](const Gap& g) { return g.place.x_mm == -40 && g.place.y_mm == 10; });
  ASSERT_NE(west, gaps.end()); // from the body's north-west corner
  EXPECT_NEAR(west->length_mm, 20, 1e-12);
  EXPECT_EQ(west->capacity, 397);
  EXPECT_EQ(west->need, 0);
}

TEST(Corridor, ArcsAreCounted) {
  // Half circles of R = 20 about (0, 5) pass north of both bodies and come down on either side: they cross the gaps
  // between each body and the north edge.
  Layout layout;
  for (int i = 0; i < 5; ++i) {
    const double radius = 20 + 0.05 * i;
    layout.guides.push_back({"a", 0, PortKind::tx, 0, i, {{{{radius, 6}, pi / 2}, pi * 0.9 * radius, 1 / radius}}});
  }
  const Certificate found = certify(strait(), rules(), layout);
  const std::vector<Gap> gaps = between(found, "keep-out west", "package edge");
  EXPECT_TRUE(std::any_of(gaps.begin(), gaps.end(), [](const Gap& g) { return g.need == 5; }));
  EXPECT_TRUE(std::all_of(gaps.begin(), gaps.end(), [](const Gap& g) { return g.need == 0 || g.need == 5; }));
}

TEST(Corridor, NoGapAlongOneBodyOrThroughIt) {
  for (const Gap& gap : certify(strait(), rules(), {}).gaps) {
    EXPECT_NE(gap.from, gap.to);
    for (const KeepOut& keep_out : strait().keep_outs) {
      const Box& box = keep_out.outline;
      EXPECT_FALSE(gap.place.x_mm > box.min.x_mm && gap.place.x_mm < box.max.x_mm && gap.place.y_mm > box.min.y_mm &&
                   gap.place.y_mm < box.max.y_mm);
    }
  }
}

TEST(Corridor, TouchingAndOverlappingBodiesHaveNoGap) {
  Package package = strait();
  package.keep_outs[1].outline.min.x_mm = -0.6; // touches
  EXPECT_THAT(between(certify(package, rules(), {}), "keep-out west", "keep-out east"),
              testing::Each(testing::Field(&Gap::length_mm, testing::Gt(1.0))));
  package.keep_outs[1].outline.min.x_mm = -5; // overlaps
  const Certificate found = certify(package, rules(), northward(3));
  EXPECT_FALSE(found.gaps.empty());
}

TEST(Corridor, GapTooShortForAnyTakesNone) {
  Package package = strait();
  package.keep_outs[1].outline.min.x_mm = -0.45; // 0.15 mm, less than twice the clearance
  const std::vector<Gap> gaps = between(certify(package, rules(), {}), "keep-out west", "keep-out east");
  ASSERT_FALSE(gaps.empty());
  EXPECT_TRUE(std::any_of(gaps.begin(), gaps.end(), [](const Gap& g) { return g.capacity == 0; }));
}

TEST(Corridor, GuideAtItsOwnPortNeedsNoRoom) {
  // An engine's port 0.05 mm from the engine's corner: the gap from that corner starts within the clearance.
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  Layout layout;
  layout.engines.push_back({});
  layout.engines[0].outline = {{-5, 0}, {5, 8}};
  layout.guides.push_back({"g", 0, PortKind::tx, 0, 0, {{{{4.95, 8}, pi / 2}, 20, 0}}});
  EXPECT_THAT(certify(package, rules(), layout).violations, IsEmpty());
}
