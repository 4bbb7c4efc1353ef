// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/plan.hpp"

#include "random_package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

using namespace beachfront::geometry;
using namespace beachfront::geometry::test;
using testing::Each;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace beachfront::geometry {

bool operator==(Point a, Point b) {
  return a.x_mm == b.x_mm && a.y_mm == b.y_mm;
}
void PrintTo(Point p, std::ostream* os) {
  *os << p.x_mm << "," << p.y_mm;
}

} // namespace beachfront::geometry

namespace {

RoutingRules rules(double min_pitch_um = 50) {
  RoutingRules r;
  r.min_pitch_um = min_pitch_um;
  r.keep_out_clearance_mm = 0.1;
  return r;
}

/// A wall from the west edge to the east edge with a gap about x = 0 and another from x = 20, 2 mm through.
Package wall(double first_gap_mm, double second_gap_mm) {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  package.keep_outs = {{"west", {{-50, -1}, {-first_gap_mm / 2, 1}}},
                       {"middle", {{first_gap_mm / 2, -1}, {20, 1}}},
                       {"east", {{20 + second_gap_mm, -1}, {50, 1}}}};
  return package;
}

double length(const std::vector<Point>& line) {
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i)
    sum += norm_mm(line[i] - line[i - 1]);
  return sum;
}

// 0.55 mm less 0.1 mm on both sides leaves 7 pitches of 50 um: 8 guides.
constexpr double takes_eight_mm = 0.55;

} // namespace

TEST(Plan, BundleThatFitsGoesStraight) {
  const Plan found = plan(wall(takes_eight_mm, 2), rules(), {}, {{"a", {0, -20}, {0, 20}, 8, 0}});
  EXPECT_THAT(found.ways[0].taut, ElementsAre(Point{0, -20}, Point{0, 20}));
  EXPECT_THAT(found.certificate.violations, IsEmpty());
  EXPECT_EQ(found.certificate.gaps.front().need, 8);
  EXPECT_EQ(found.certificate.gaps.front().capacity, 8);
}

TEST(Plan, BundleTooWideForOneGapTakesTheNext) {
  const Plan found = plan(wall(takes_eight_mm, 2), rules(), {}, {{"a", {0, -20}, {0, 20}, 9, 0}});
  EXPECT_THAT(found.ways[0].taut, ElementsAre(Point{0, -20}, Point{20, -1}, Point{20, 1}, Point{0, 20}));
  EXPECT_THAT(found.certificate.violations, IsEmpty());
}

// The longer bundle has the shorter detour, by 17 mm against 26 mm.
TEST(Plan, OfTwoBundlesTheOneWithTheShorterDetourMakesWay) {
  const Plan found =
      plan(wall(takes_eight_mm, 2), rules(), {}, {{"a", {0, -20}, {0, 20}, 5, 0}, {"b", {0.1, -10}, {0.1, 10}, 5, 0}});
  EXPECT_THAT(found.ways[0].taut, ElementsAre(Point{0, -20}, Point{20, -1}, Point{20, 1}, Point{0, 20}));
  EXPECT_THAT(found.ways[1].taut, ElementsAre(Point{0.1, -10}, Point{0.1, 10}));
  EXPECT_THAT(found.certificate.violations, IsEmpty());
}

TEST(Plan, BundlesOfDifferentLayersShareAGap) {
  const Plan found =
      plan(wall(takes_eight_mm, 2), rules(), {}, {{"a", {0, -20}, {0, 20}, 5, 0}, {"b", {0.1, -10}, {0.1, 10}, 5, 2}});
  EXPECT_THAT(found.ways[0].taut, SizeIs(2));
  EXPECT_THAT(found.ways[1].taut, SizeIs(2));
  EXPECT_EQ(found.certificate.gaps.front().need, 10);
  EXPECT_EQ(found.certificate.gaps.front().capacity, 16);
}

// 18 guides where two gaps take 8 each: whichever way, two bundles of 6 meet in one of them.
TEST(Plan, WhereAllGapsAreFullTheCertificateSaysHowShort) {
  const Plan found =
      plan(wall(takes_eight_mm, takes_eight_mm), rules(), {},
           {{"a", {0, -20}, {0, 20}, 6, 0}, {"b", {1, -20}, {1, 20}, 6, 0}, {"c", {2, -20}, {2, 20}, 6, 0}});
  ASSERT_FALSE(found.certificate.violations.empty());
  std::set<std::string> short_gaps;
  for (const Violation& violation : found.certificate.violations) {
    EXPECT_EQ(violation.rule, "gap_capacity");
    EXPECT_EQ(violation.found, 8);
    EXPECT_EQ(violation.required, 12);
    EXPECT_THAT(violation.message, HasSubstr("12 guides run between"));
    EXPECT_THAT(violation.message, HasSubstr("where 0.550 mm take 8"));
    short_gaps.insert(violation.where);
  }
  EXPECT_THAT(short_gaps, SizeIs(1));
  EXPECT_THAT(found.ways, Each(Field(&Way::found, true)));
}

TEST(Plan, BoxedInEngineIsNamedWithTheWidestGap) {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  package.keep_outs = {{"south", {{-20, -11}, {20, -10}}},
                       {"west", {{-20, -10}, {-19, 20}}},
                       {"east", {{19, -10}, {20, 20}}},
                       {"north", {{-18.85, 19}, {19, 20}}}}; // 0.15 mm from the west one
  Layout layout;
  layout.engines.push_back({});
  layout.engines[0].outline = {{-5, -4}, {5, 4}};
  const Plan found =
      plan(package, rules(), layout, {{"E00 to C03", {0, 4}, {0, 49.9}, 8, 0}, {"free", {-40, 0}, {40, 0}, 8, 0}});
  EXPECT_FALSE(found.ways[0].found);
  EXPECT_THAT(found.ways[0].taut, IsEmpty());
  EXPECT_TRUE(found.ways[1].found);
  ASSERT_THAT(found.certificate.violations, SizeIs(1));
  const Violation& violation = found.certificate.violations[0];
  EXPECT_EQ(violation.rule, "no_way");
  EXPECT_EQ(violation.where, "E00 to C03");
  EXPECT_NEAR(violation.found, 0.15, 1e-12);
  EXPECT_NEAR(violation.required, 0.2 + 7 * 0.05, 1e-12);
  EXPECT_THAT(violation.message, HasSubstr("keep-out south, keep-out west, keep-out east and keep-out north box in"));
}

TEST(Plan, EndInsideABodyIsSaid) {
  const Plan found = plan(wall(2, 2), rules(), {}, {{"a", {-20, 0}, {0, 20}, 1, 0}, {"b", {0, 20}, {0, 60}, 1, 0}});
  ASSERT_THAT(found.certificate.violations, SizeIs(2));
  EXPECT_THAT(found.certificate.violations[0].message, HasSubstr("start lies inside a body"));
  EXPECT_THAT(found.certificate.violations[1].message, HasSubstr("end lies inside a body or outside the package"));
}

// The shortest line from west to east of a rectangle hugs its nearer long side.
TEST(Plan, TautLineBendsAtTheCornersOfARectangle) {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  package.keep_outs = {{"block", {{-10, -20}, {10, 5}}}};
  const Plan found = plan(package, rules(), {}, {{"a", {-30, -3}, {30, 1}, 4, 0}});
  EXPECT_THAT(found.ways[0].taut, ElementsAre(Point{-30, -3}, Point{-10, 5}, Point{10, 5}, Point{30, 1}));
}

TEST(Plan, EndsOnTheEdgesOfBodiesAndPackageAreFine) {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  Layout layout;
  layout.engines.push_back({});
  layout.engines[0].outline = {{-5, -4}, {5, 4}};
  const Plan found = plan(package, rules(), layout,
                          {{"on the face", {1, 4}, {3, 50}, 4, 0},
                           {"rounded into the body", {-2, 4 - 1e-12}, {-3, 50 + 1e-12}, 4, 0},
                           {"at a corner", {5, 4}, {50, 50}, 4, 0},
                           {"from the back to the front", {0, -4}, {0, 4}, 4, 0}});
  EXPECT_THAT(found.certificate.violations, IsEmpty());
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_THAT(found.ways[i].taut, SizeIs(2)) << i;
  EXPECT_NEAR(length(found.ways[3].taut), 5 + 8 + 5, 1e-12);
}

// From inside a U that opens to the south to a place north of it: out, round one leg and up.
TEST(Plan, LeavesATrap) {
  Package package;
  package.outline = box_around({0, 0}, 100, 100);
  package.keep_outs = {
      {"west leg", {{-10, -30}, {-8, 10}}}, {"east leg", {{6, -30}, {8, 10}}}, {"top", {{-10, 10}, {8, 12}}}};
  const Plan found = plan(package, rules(), {}, {{"a", {0, 0}, {0, 30}, 4, 0}});
  EXPECT_THAT(found.ways[0].taut, ElementsAre(Point{0, 0}, Point{6, -30}, Point{8, -30}, Point{8, 12}, Point{0, 30}));
}

TEST(Plan, KeepOutsForBodiesOnlyLetGuidesThrough) {
  Package package = wall(takes_eight_mm, takes_eight_mm);
  for (KeepOut& keep_out : package.keep_outs)
    keep_out.guides = false;
  const Plan found = plan(package, rules(), {}, {{"a", {-30, -20}, {-30, 20}, 100, 0}});
  EXPECT_THAT(found.ways[0].taut, SizeIs(2));
  EXPECT_THAT(found.certificate.gaps, IsEmpty());
}

TEST(Plan, NoBundlesNeedNothing) {
  const Plan found = plan(wall(takes_eight_mm, 2), rules(), {}, {});
  EXPECT_THAT(found.ways, IsEmpty());
  EXPECT_THAT(found.certificate.gaps, Each(Field(&Gap::need, 0)));
  EXPECT_FALSE(found.certificate.gaps.empty());
}

// Held to the shortest path in the visibility graph of the corners, which knows nothing of cells.
TEST(Plan, UncrowdedWaysAreTheShortestOfAll) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const RandomPackage random = random_package(seed, 3 + seed % 12, 4, 0);
    const Plan found = plan(random.package, rules(1), random.layout, random.bundles);
    for (std::size_t i = 0; i < random.bundles.size(); ++i) {
      const Bundle& bundle = random.bundles[i];
      const std::vector<Point>& taut = found.ways[i].taut;
      ASSERT_TRUE(found.ways[i].found) << seed << ": " << bundle.name;
      EXPECT_EQ(taut.front(), bundle.from);
      EXPECT_EQ(taut.back(), bundle.to);
      EXPECT_FALSE(enters(taut, random.bodies)) << seed << ": " << bundle.name;
      EXPECT_GE(length(taut), norm_mm(bundle.to - bundle.from) - 1e-9);
      // Breaking ties may cost 1e-7 mm for each side of a cell on the way, of which there are far below 1000.
      EXPECT_NEAR(length(taut), shortest_mm(random.bodies, bundle.from, bundle.to), 1e-4)
          << seed << ": " << bundle.name;
    }
  }
}

// Shortest lines of one metric without ties share at most one stretch.
TEST(Plan, UncrowdedWaysCrossAtMostOnce) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const RandomPackage random = random_package(seed, 12, 6, seed % 2 == 0 ? 0 : 1);
    const Plan found = plan(random.package, rules(0.1), random.layout, random.bundles);
    for (std::size_t i = 0; i < found.ways.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_LE(proper_crossings(found.ways[i].taut, found.ways[j].taut), 1) << seed << ": " << i << ", " << j;
  }
}

// Counts where the taut lines, kept off the corners that they bend at, cross each gap.
TEST(Plan, NeedIsWhatTheTautLinesCross) {
  using Crossed = std::tuple<double, double, double, int>; // place, length, guides
  long needed = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const RandomPackage random = random_package(seed, 3 + seed % 12, 6, 0);
    const Plan found = plan(random.package, rules(600), random.layout, random.bundles);
    std::vector<std::vector<Point>> lines;
    for (const Way& way : found.ways)
      lines.push_back(kept_off(way.taut, random.bodies, 1e-7));
    std::vector<Crossed> counted;
    const FreeSpace space = free_space(random.package, random.layout);
    for (const Opening& opening : space.openings) {
      const Point a = space.points[opening.first];
      const Point b = space.points[opening.second];
      int guides = 0;
      for (std::size_t i = 0; i < lines.size(); ++i)
        guides += proper_crossings(lines[i], {a, b}) > 0 ? random.bundles[i].guides : 0;
      const Point place = 0.5 * (a + b);
      counted.emplace_back(place.x_mm, place.y_mm, length_mm(space, opening), guides);
      needed += guides;
    }
    std::vector<Crossed> planned;
    for (const Gap& gap : found.certificate.gaps)
      planned.emplace_back(gap.place.x_mm, gap.place.y_mm, gap.length_mm, gap.need);
    std::sort(counted.begin(), counted.end());
    std::sort(planned.begin(), planned.end());
    EXPECT_EQ(planned, counted) << seed;
  }
  EXPECT_GT(needed, 10000);
}

namespace {

/// What of a plan does not turn with the package.
using Figures = std::tuple<std::vector<bool>, std::vector<std::tuple<std::string, std::string, double, int, int>>,
                           std::vector<std::tuple<std::string, std::string, double, double>>>;

Figures figures(const Plan& plan) {
  Figures result;
  auto& [found, gaps, violations] = result;
  for (const Way& way : plan.ways)
    found.push_back(way.found);
  for (const Gap& gap : plan.certificate.gaps)
    gaps.emplace_back(gap.from, gap.to, gap.length_mm, gap.capacity, gap.need);
  for (const Violation& violation : plan.certificate.violations)
    violations.emplace_back(violation.rule, violation.where, violation.found, violation.required);
  std::sort(gaps.begin(), gaps.end());
  std::sort(violations.begin(), violations.end());
  return result;
}

} // namespace

// On a grid of whole millimetres, where circles through four corners and ways of equal length are common.
TEST(Plan, TurningAndMirroringChangeNoFigure) {
  int crowded = 0;
  int boxed_in = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const bool tight = seed % 4 == 1;
    const RandomPackage random = random_package(seed, tight ? 60 : 3 + seed % 16, 5, 1);
    RoutingRules r = rules(seed % 4 == 0 ? 1500 : 300);
    if (tight)
      r.keep_out_clearance_mm = 0.6; // a gap of 1 mm takes no guide
    const Plan upright = plan(random.package, r, random.layout, random.bundles);
    const Figures expected = figures(upright);
    crowded += upright.certificate.violations.empty() ? 0 : 1;
    boxed_in += std::all_of(upright.ways.begin(), upright.ways.end(), [](const Way& w) { return w.found; }) ? 0 : 1;
    for (int motion = 1; motion < 8; ++motion) {
      const RandomPackage turned = moved(random, motion);
      const Plan found = plan(turned.package, r, turned.layout, turned.bundles);
      EXPECT_EQ(figures(found), expected) << seed << ", motion " << motion;
      for (std::size_t i = 0; i < found.ways.size(); ++i)
        EXPECT_NEAR(length(found.ways[i].taut), length(upright.ways[i].taut), 1e-9) << seed << ", motion " << motion;
    }
  }
  EXPECT_GT(crowded, 20);
  EXPECT_GT(boxed_in, 5);
}

TEST(Plan, OrderOfBundlesAndASecondRunChangeNothingWhereThereIsRoom) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    RandomPackage random = random_package(seed, 10, 6, 0);
    const Plan first = plan(random.package, rules(1), random.layout, random.bundles);
    const Plan again = plan(random.package, rules(1), random.layout, random.bundles);
    std::reverse(random.bundles.begin(), random.bundles.end());
    const Plan reversed = plan(random.package, rules(1), random.layout, random.bundles);
    for (std::size_t i = 0; i < first.ways.size(); ++i) {
      EXPECT_EQ(first.ways[i].taut, again.ways[i].taut);
      EXPECT_EQ(first.ways[i].taut, reversed.ways[first.ways.size() - 1 - i].taut);
    }
  }
}
