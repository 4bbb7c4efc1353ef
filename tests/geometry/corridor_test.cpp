// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/corridor.hpp"

#include "geometry/distance.hpp"
#include "random_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>
#include <tuple>

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

TEST(Corridor, EveryLayerInUseTakesAsMany) {
  Layout layout = northward(21);
  const Layout same = northward(21);
  layout.guides.insert(layout.guides.end(), same.guides.begin(), same.guides.end());
  for (std::size_t i = 21; i < 42; ++i)
    layout.guides[i].layer = 3;
  const Certificate found = certify(strait(), rules(), layout);
  EXPECT_THAT(found.violations, IsEmpty());
  EXPECT_EQ(found.gaps.front().need, 42);
  EXPECT_EQ(found.gaps.front().capacity, 42);
}

TEST(Corridor, OneFullLayerIsShortThoughTheOtherIsNot) {
  Layout layout = northward(22, 0.0476);
  layout.guides.push_back(northward(1).guides[0]);
  layout.guides.back().layer = 1;
  const Certificate found = certify(strait(), rules(), layout);
  ASSERT_FALSE(found.violations.empty());
  EXPECT_EQ(found.violations[0].found, 21);
  EXPECT_EQ(found.violations[0].required, 22);
  EXPECT_THAT(found.violations[0].message, testing::HasSubstr("22 guides of one layer run between"));
  EXPECT_EQ(found.gaps.front().need, 23);
  EXPECT_EQ(found.gaps.front().capacity, 42);
}

namespace {

using namespace beachfront::geometry::test;

/// Guides of three segments each, lines and arcs, wherever they run.
std::vector<Guide> random_guides(unsigned seed, int count) {
  std::mt19937 random(seed);
  std::vector<Guide> guides;
  for (int i = 0; i < count; ++i) {
    Guide guide;
    guide.net = "g" + std::to_string(i);
    Pose at{{uniform(random, -20, 20, 0), uniform(random, -15, 15, 0)}, uniform(random, -pi, pi, 0)};
    for (int j = 0; j < 3; ++j) {
      const double curvature_per_mm = random() % 2 == 0 ? 0 : uniform(random, -0.3, 0.3, 0);
      guide.path.push_back({at, uniform(random, 0.1, 15, 0), curvature_per_mm});
      at = end_pose(guide.path);
    }
    guides.push_back(guide);
  }
  return guides;
}

/// Guides that an opening needs room for, each of their segments asked in turn.
int crossing(const std::vector<Guide>& guides, Point a, Point b, double clearance_mm) {
  const Point along = b - a;
  const Segment opening{{a, std::atan2(along.y_mm, along.x_mm)}, norm_mm(along), 0};
  return static_cast<int>(std::count_if(guides.begin(), guides.end(), [&](const Guide& guide) {
    for (const Segment& segment : guide.path)
      for (const Meeting& meeting : meetings(opening, segment))
        if (std::min(meeting.s_first_mm, opening.length_mm - meeting.s_first_mm) > clearance_mm - 1e-6)
          return true;
    return false;
  }));
}

} // namespace

TEST(Corridor, NeedIsThatOfAskingEverySegment) {
  using Crossed = std::tuple<double, double, double, int>; // place, length, guides
  for (unsigned seed = 0; seed < 50; ++seed) {
    RandomPackage random = random_package(seed, 3 + seed % 12, 0, seed % 2);
    random.layout.guides = random_guides(seed, 60);
    std::vector<Crossed> counted;
    const FreeSpace space = free_space(random.package, random.layout);
    for (const Opening& opening : space.openings) {
      const Point a = space.points[opening.first];
      const Point b = space.points[opening.second];
      const Point place = 0.5 * (a + b);
      counted.emplace_back(place.x_mm, place.y_mm, length_mm(space, opening),
                           crossing(random.layout.guides, a, b, rules().keep_out_clearance_mm));
    }
    std::vector<Crossed> certified;
    for (const Gap& gap : certify(random.package, rules(), random.layout).gaps)
      certified.emplace_back(gap.place.x_mm, gap.place.y_mm, gap.length_mm, gap.need);
    std::sort(counted.begin(), counted.end());
    std::sort(certified.begin(), certified.end());
    EXPECT_EQ(certified, counted) << seed;
  }
}

// On a grid of whole millimetres, where circles through four corners are common.
TEST(Corridor, TurningAndMirroringChangeNoFigure) {
  using Figures = std::vector<std::tuple<std::string, std::string, double, int, int>>;
  const auto figures = [](const RandomPackage& random) {
    Figures result;
    for (const Gap& gap : certify(random.package, rules(), random.layout).gaps)
      result.emplace_back(gap.from, gap.to, gap.length_mm, gap.capacity, gap.need);
    std::sort(result.begin(), result.end());
    return result;
  };
  for (unsigned seed = 0; seed < 50; ++seed) {
    RandomPackage random = random_package(seed, 3 + seed % 20, 0, 1);
    random.layout.guides = random_guides(seed, 60);
    const Figures upright = figures(random);
    for (int motion = 1; motion < 8; ++motion) {
      RandomPackage turned = moved(random, motion);
      for (Guide& guide : turned.layout.guides)
        for (Segment& segment : guide.path) {
          const bool mirrored = motion >= 4;
          const double heading_rad = segment.start.heading_rad;
          segment.start = {moved(segment.start.at, motion),
                           (mirrored ? pi - heading_rad : heading_rad) + motion % 4 * pi / 2};
          segment.curvature_per_mm *= mirrored ? -1 : 1;
        }
      EXPECT_EQ(figures(turned), upright) << seed << ", motion " << motion;
    }
  }
}
