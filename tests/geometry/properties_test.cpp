// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of the layout of any package: every promise of the router, tried on a thousand random ones.
#include "any_package.hpp"

#include "geometry/dubins.hpp"
#include "geometry/gdsii.hpp"
#include "geometry/verify.hpp"

#include <gmock/gmock.h>

#include <array>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace beachfront::geometry::test {
namespace {

std::string rules_of(const std::vector<Violation>& violations) {
  std::string text;
  for (const Violation& violation : violations)
    text += violation.rule + ": " + violation.message + "\n";
  return text;
}

std::set<std::string> rule_names(const std::vector<Violation>& violations) {
  std::set<std::string> names;
  for (const Violation& violation : violations)
    names.insert(violation.rule);
  return names;
}

Layout lay_out(const AnyPackage& any) {
  return geometry::lay_out(any.package, any.rules);
}

bool feasible(const AnyPackage& any) {
  return lay_out(any).violations.empty();
}

std::string trace(unsigned seed) {
  return fmt::format("any_package({})", seed);
}

std::size_t ports_of(const Layout& layout) {
  std::size_t count = 0;
  for (const PlacedEngine& engine : layout.engines)
    count += engine.ports.size();
  return count;
}

void expect_reasons(const std::vector<Violation>& violations) {
  for (const Violation& violation : violations) {
    EXPECT_FALSE(violation.rule.empty());
    EXPECT_FALSE(violation.where.empty());
    EXPECT_GT(violation.message.size(), 10u);
    EXPECT_THAT(violation.message, testing::Not(testing::AnyOf(testing::HasSubstr("nan"), testing::HasSubstr("inf "))));
    for (const double number : {violation.found, violation.required, violation.place.x_mm, violation.place.y_mm})
      EXPECT_TRUE(std::isfinite(number)) << violation.rule << ": " << violation.message;
  }
}

void expect_finite(const Path& path) {
  for (const Segment& s : path)
    for (const double number : {s.start.at.x_mm, s.start.at.y_mm, s.start.heading_rad, s.length_mm, s.curvature_per_mm,
                                s.curvature_rate_per_mm2})
      ASSERT_TRUE(std::isfinite(number));
}

TEST(AnyLayout, WithoutViolationIsCompleteAndCleanAndWithOneSaysWhy) {
  int clean = 0;
  constexpr unsigned packages = 1000;
  for (unsigned seed = 0; seed < packages; ++seed) {
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    const Layout layout = lay_out(any);
    expect_reasons(layout.violations);
    for (const Guide& guide : layout.guides)
      expect_finite(guide.path);
    // What is drawn keeps the rules, whether or not the rest could be drawn.
    const Verification check = verify(any.package, any.rules, layout);
    EXPECT_TRUE(check.violations.empty()) << rules_of(check.violations);
    const Certificate certificate = certify(any.package, any.rules, layout);
    EXPECT_TRUE(certificate.violations.empty()) << rules_of(certificate.violations);
    if (!layout.violations.empty())
      continue;
    ++clean;
    if (any.package.guides) {
      EXPECT_EQ(layout.guides.size(), ports_of(layout));
    }
  }
  // The generator must reach both outcomes.
  EXPECT_GE(clean, static_cast<int>(packages / 4));
  EXPECT_LE(clean, static_cast<int>(3 * packages / 4));
}

/// Radius of the circle through three points; infinite where they are in line.
double circle_mm(Point a, Point b, Point c) {
  const double twice_area = std::abs(cross(b - a, c - a));
  return norm_mm(b - a) * norm_mm(c - b) * norm_mm(a - c) / (2 * twice_area);
}

/// Points on the path at most `step_mm` apart.
std::vector<Point> sampled(const Path& path, double step_mm) {
  std::vector<Point> points;
  for (const Segment& segment : path) {
    const int steps = std::max(1, static_cast<int>(std::ceil(segment.length_mm / step_mm)));
    for (int i = 0; i < steps; ++i)
      points.push_back(pose_at(segment, segment.length_mm * i / steps).at);
  }
  points.push_back(end_pose(path).at);
  return points;
}

TEST(AnyLayout, BendsNoSharperThanAllowedAndIsNoShorterThanDubins) {
  for (unsigned seed = 1000; seed < 1200; ++seed) {
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    const double radius_mm = any.rules.min_bend_radius_mm;
    for (const Guide& guide : lay_out(any).guides) {
      const double bound_mm = shortest_length_mm(guide.path.front().start, end_pose(guide.path), radius_mm);
      EXPECT_GE(length_mm(guide.path), bound_mm * (1 - 1e-9)) << guide.net;
      // Chords of 0.2 mm have a sagitta of 2e-4 mm at R = 25 mm; places are good to 1e-13 mm, so the circle to 1e-8.
      const std::vector<Point> points = sampled(guide.path, 0.2);
      for (std::size_t i = 2; i < points.size(); ++i)
        if (norm_mm(points[i] - points[i - 1]) > 0.05 && norm_mm(points[i - 1] - points[i - 2]) > 0.05) {
          ASSERT_GE(circle_mm(points[i - 2], points[i - 1], points[i]), radius_mm * (1 - 1e-6)) << guide.net;
        }
    }
  }
}

std::string gdsii_of(const AnyPackage& any) {
  const Layout layout = lay_out(any);
  std::ostringstream stream;
  write_gdsii(stream, draw(any.package, any.rules, layout));
  return stream.str();
}

TEST(AnyLayout, IsTheSameTwice) {
  for (unsigned seed = 1200; seed < 1240; ++seed)
    EXPECT_EQ(gdsii_of(any_package(seed)), gdsii_of(any_package(seed))) << trace(seed);
}

/// Lengths of all guides, shortest first: names may differ.
std::vector<double> lengths_mm(const Layout& layout) {
  std::vector<double> lengths;
  for (const Guide& guide : layout.guides)
    lengths.push_back(length_mm(guide.path));
  std::sort(lengths.begin(), lengths.end());
  return lengths;
}

void expect_alike(const Layout& a, const Layout& b) {
  EXPECT_EQ(rule_names(a.violations), rule_names(b.violations)) << rules_of(a.violations) << "\n"
                                                                << rules_of(b.violations);
  ASSERT_EQ(a.guides.size(), b.guides.size());
  EXPECT_THAT(lengths_mm(a), testing::Pointwise(testing::DoubleNear(1e-9), lengths_mm(b)));
}

TEST(AnyLayout, TurnsWithItsPackage) {
  for (unsigned seed = 1300; seed < 1450; ++seed) {
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    const Layout straight = lay_out(any);
    for (int motion = 1; motion < 4; ++motion) {
      SCOPED_TRACE(fmt::format("{} quarter turns", motion));
      expect_alike(straight, lay_out(AnyPackage{moved(any.package, motion), any.rules}));
    }
  }
}

/// Whether bodies stand as mirror images.
bool stand_alike(const Layout& a, const Layout& b, int motion) {
  const auto places = [](const Layout& layout, int by) {
    std::vector<std::array<long, 4>> result;
    const auto add = [&](const Box& box, int what, int count) {
      const Point middle = moved(box.centre(), by);
      result.push_back({what, count, std::lround(middle.x_mm * 1e6), std::lround(middle.y_mm * 1e6)});
    };
    for (const PlacedEngine& engine : layout.engines) {
      add(engine.outline, 0, static_cast<int>(engine.ports.size()));
      for (const PlacedPort& port : engine.ports)
        add({port.pose.at, port.pose.at}, 2, port.kind == PortKind::laser ? 1 : 0);
    }
    for (const PlacedConnector& connector : layout.connectors) {
      add(connector.landing, 1, connector.used_fibres);
      for (std::size_t f = 0; f < connector.fibres.size(); ++f)
        add({connector.fibres[f].at, connector.fibres[f].at}, 3, connector.layers[f]);
    }
    std::sort(result.begin(), result.end());
    return result;
  };
  return places(a, motion) == places(b, 0);
}

// Some conventions are handed: the first of what does not come out even goes left (ferrules fill from the left, odd
// spills, odd rows), spares stand and staggered rows lean right, every second bank is mirrored counted from the left,
// feeds at_ends are led to the right. Where such a rule places bodies or fibres otherwise, the guides must differ.
TEST(AnyLayout, MirrorsWithItsPackage) {
  int alike = 0;
  for (unsigned seed = 1500; seed < 1800; ++seed) {
    SCOPED_TRACE(trace(seed));
    AnyPackage any = any_package(seed);
    if (!any.package.guides)
      continue;
    if (any.package.guides->laser == LaserFerrules::at_ends)
      any.package.guides->laser = LaserFerrules::shared;
    any.package.engines.ports.alternate = any.package.engines.ports.mirror_alternate = false;
    const AnyPackage mirrored{moved(any.package, 4 + static_cast<int>(seed % 4)), any.rules};
    const Layout a = lay_out(any), b = lay_out(mirrored);
    if (!stand_alike(a, b, 4 + static_cast<int>(seed % 4)))
      continue;
    ++alike;
    expect_alike(a, b);
  }
  EXPECT_GT(alike, 100);
}

TEST(AnyLayout, DoesNotDependOnTheOrderOfLists) {
  for (unsigned seed = 1800; seed < 2000; ++seed) {
    SCOPED_TRACE(trace(seed));
    AnyPackage any = any_package(seed);
    // The first sides take what does not come out even, which is meant.
    const int sides = static_cast<int>(any.package.engines.sides.size());
    any.package.engines.count = (any.package.engines.count + sides - 1) / sides * sides;
    any.package.engines.spares = any.package.engines.spares / sides * sides;
    any.package.engines.positions.clear();
    AnyPackage other = any;
    Dice dice{std::mt19937(seed)};
    dice.shuffle(other.package.keep_outs);
    dice.shuffle(other.package.dies);
    dice.shuffle(other.package.engines.sides);
    if (other.package.guides)
      dice.shuffle(other.package.guides->edges);
    expect_alike(lay_out(any), lay_out(other));
  }
}

/// What relieves a package: never a reason for a layout to fail.
std::map<std::string, AnyPackage> relieved(const AnyPackage& any) {
  std::map<std::string, AnyPackage> easier;
  for (const double factor : {0.7, 0.99}) {
    easier[fmt::format("radius x {}", factor)] = any;
    easier[fmt::format("radius x {}", factor)].rules.min_bend_radius_mm *= factor;
    easier[fmt::format("pitch x {}", factor)] = any;
    easier[fmt::format("pitch x {}", factor)].rules.min_pitch_um *= factor;
    easier[fmt::format("clearances x {}", factor)] = any;
    easier[fmt::format("clearances x {}", factor)].rules.keep_out_clearance_mm *= factor;
    easier[fmt::format("clearances x {}", factor)].rules.edge_clearance_mm *= factor;
  }
  if (!any.package.keep_outs.empty()) {
    easier["one keep-out less"] = any;
    easier["one keep-out less"].package.keep_outs.pop_back();
  }
  for (const double more_mm : {1.0, 10.0}) {
    Package& larger = (easier[fmt::format("{} mm more package", more_mm)] = any).package;
    larger.outline = grown(larger.outline, more_mm / 2);
  }
  return easier;
}

TEST(AnyLayout, SurvivesMoreSlack) {
  for (unsigned seed = 2000; seed < 2150; ++seed) {
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    if (!feasible(any))
      continue;
    for (const auto& [what, easier] : relieved(any)) {
      const Layout layout = lay_out(easier);
      EXPECT_TRUE(layout.violations.empty()) << what << "\n" << rules_of(layout.violations);
    }
  }
}

} // namespace
} // namespace beachfront::geometry::test
