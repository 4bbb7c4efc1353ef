// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of the layout of any package: every promise of the router, tried on a thousand random ones.
#include "any_package.hpp"
#include "rules_of.hpp"

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

std::set<std::string> rule_names(const std::vector<Violation>& violations) {
  std::set<std::string> names;
  for (const Violation& violation : violations)
    names.insert(violation.rule);
  return names;
}

Layout lay_out(const AnyPackage& any) {
  return geometry::lay_out(any.package, any.rules);
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
      for (std::size_t i = 2; i < points.size(); ++i) {
        if (norm_mm(points[i] - points[i - 1]) > 0.05 && norm_mm(points[i - 1] - points[i - 2]) > 0.05) {
          ASSERT_GE(circle_mm(points[i - 2], points[i - 1], points[i]), radius_mm * (1 - 1e-6)) << guide.net;
        }
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

void expect_same_lengths(const Layout& a, const Layout& b) {
  ASSERT_EQ(a.guides.size(), b.guides.size());
  EXPECT_THAT(lengths_mm(a), testing::Pointwise(testing::DoubleNear(1e-9), lengths_mm(b)));
}

void expect_alike(const Layout& a, const Layout& b) {
  EXPECT_EQ(rule_names(a.violations), rule_names(b.violations)) << rules_of(a.violations) << "\n"
                                                                << rules_of(b.violations);
  expect_same_lengths(a, b);
}

TEST(AnyLayout, TurnsWithItsPackage) {
  for (unsigned seed = 1300; seed < 1400; ++seed) {
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
  const auto places = [&](const Layout& layout, int by) {
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
    if (a.guides.size() == b.guides.size()) // else the guides themselves are at fault
      for (const Guide& guide : layout.guides) {
        const Point from = guide.path.front().start.at, to = end_pose(guide.path).at;
        add({from, to}, 4, guide.layer); // which port goes to which fibre
      }
    std::sort(result.begin(), result.end());
    return result;
  };
  return places(a, motion) == places(b, 0);
}

// Some conventions are handed: the first of what does not come out even goes left (ferrules fill from the left, odd
// spills, odd rows), spares stand and staggered rows lean right, every second bank is mirrored counted from the left,
// feeds at_ends are led to the right, of two engines in line with the middle the inner one is led past on the left.
// Where such a rule places bodies or assigns fibres otherwise, the guides must differ. And of what cannot be drawn the
// leftmost lane is named, with what it lacks, so that the rule may differ though neither image can be drawn.
TEST(AnyLayout, MirrorsWithItsPackage) {
  int alike = 0;
  for (unsigned seed = 1500; seed < 1760; ++seed) {
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
    EXPECT_EQ(a.violations.empty(), b.violations.empty()) << rules_of(a.violations) << "\n" << rules_of(b.violations);
    expect_same_lengths(a, b);
  }
  EXPECT_GT(alike, 60);
}

TEST(AnyLayout, DoesNotDependOnTheOrderOfLists) {
  for (unsigned seed = 1800; seed < 1920; ++seed) {
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

/// Whether every guide ends at the edge that its engine faces, none woven over others.
bool all_face_their_edge(const Layout& layout) {
  return layout.inversions == 0 && std::all_of(layout.guides.begin(), layout.guides.end(), [&](const Guide& guide) {
           return layout.engines[static_cast<std::size_t>(guide.engine)].side ==
                  layout.connectors[static_cast<std::size_t>(guide.connector)].side;
         });
}

// Ferrules that guides turn to, or cross others to, stand where the smallest bend leads: another radius moves them, and
// a quarter turn has few radii to choose from. There more slack may lose a layout, but seldom.
TEST(AnyLayout, SurvivesMoreSlack) {
  int turned = 0, lost = 0;
  for (unsigned seed = 2000; seed < 2120; ++seed) {
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    const Layout before = lay_out(any);
    if (!before.violations.empty())
      continue;
    const bool promised = all_face_their_edge(before);
    for (const auto& [what, easier] : relieved(any)) {
      const Layout layout = lay_out(easier);
      if (promised) {
        EXPECT_TRUE(layout.violations.empty()) << what << "\n" << rules_of(layout.violations);
      } else {
        ++turned;
        lost += layout.violations.empty() ? 0 : 1;
      }
    }
  }
  EXPECT_LE(50 * lost, turned);
}

/// A chord of a sampled guide, and the square of a grid that its middle lies in.
struct Chord {
  std::size_t guide = 0;
  Point a, b;
  std::pair<long, long> square;
};

double distance_mm(Point p, const Chord& chord) {
  const Point along = chord.b - chord.a;
  const double part = std::clamp(dot(p - chord.a, along) / dot(along, along), 0.0, 1.0);
  return norm_mm(chord.a + part * along - p);
}

/// Of two chords that do not cross; 0 where they do.
double distance_mm(const Chord& a, const Chord& b) {
  const auto sides = [](const Chord& c, Point p) { return cross(c.b - c.a, p - c.a); };
  if (sides(a, b.a) * sides(a, b.b) < 0 && sides(b, a.a) * sides(b, a.b) < 0)
    return 0;
  return std::min({distance_mm(a.a, b), distance_mm(a.b, b), distance_mm(b.a, a), distance_mm(b.b, a)});
}

std::vector<Chord> chords_of(const std::vector<Guide>& guides, int layer, double square_mm) {
  std::vector<Chord> chords;
  for (std::size_t g = 0; g < guides.size(); ++g) {
    if (guides[g].layer != layer)
      continue;
    const std::vector<Point> points = sampled(guides[g].path, 0.02);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Point middle = 0.5 * (points[i - 1] + points[i]);
      chords.push_back(
          {g, points[i - 1], points[i], {std::lround(middle.x_mm / square_mm), std::lround(middle.y_mm / square_mm)}});
    }
  }
  std::sort(chords.begin(), chords.end(), [](const Chord& a, const Chord& b) { return a.square < b.square; });
  return chords;
}

/// Calls `see` with every two chords of different guides in the same square or neighbouring ones, each pair twice.
template <typename See>
void for_near(const std::vector<Chord>& chords, const See& see) {
  for (const Chord& chord : chords)
    for (long dx = -1; dx <= 1; ++dx) {
      const std::pair<long, long> low{chord.square.first + dx, chord.square.second - 1};
      auto near = std::lower_bound(chords.begin(), chords.end(), low,
                                   [](const Chord& c, const auto& square) { return c.square < square; });
      for (; near != chords.end() && near->square <= std::pair(low.first, chord.square.second + 1); ++near)
        if (near->guide != chord.guide)
          see(chord, *near);
    }
}

// Chords of 20 um stand off by at most 20^2 / (8 * 3000 um) = 0.017 um at the smallest radius of the generator.
TEST(AnyLayout, SampledGuidesKeepThePitchButAtListedCrossings) {
  constexpr double sampling_mm = 2 * 0.02e-3;
  constexpr unsigned woven = 686; // one of the few that cross, and keep the rules
  int checked = 0, crossings = 0;
  for (unsigned seed = 2500; checked < 51; ++seed) {
    ASSERT_LT(seed, 3000u);
    const bool last = checked == 50;
    if (last)
      seed = woven;
    SCOPED_TRACE(trace(seed));
    const AnyPackage any = any_package(seed);
    const Layout layout = lay_out(any);
    if (!last && (layout.guides.empty() || layout.guides.size() > 60))
      continue;
    ++checked;
    const double pitch_mm = any.rules.min_pitch_um / 1000;
    const std::vector<Crossing> listed = verify(any.package, any.rules, layout).crossings;
    crossings += static_cast<int>(listed.size());
    // Near a crossing at 60 degrees or more, centre lines a pitch away along either are a pitch apart.
    const auto at_crossing = [&](const Chord& a, const Chord& b) {
      return std::any_of(listed.begin(), listed.end(), [&](const Crossing& crossing) {
        return std::minmax(a.guide, b.guide) == std::minmax(crossing.first, crossing.second) &&
               norm_mm(a.a - crossing.place) < 2 * pitch_mm;
      });
    };
    for (int layer = 0; layer < any.rules.layers; ++layer) {
      double closest_mm = pitch_mm;
      for_near(chords_of(layout.guides, layer, pitch_mm + 0.02), [&](const Chord& a, const Chord& b) {
        if (const double found_mm = distance_mm(a, b); found_mm < closest_mm && !at_crossing(a, b))
          closest_mm = found_mm;
      });
      EXPECT_GE(closest_mm, pitch_mm - sampling_mm);
    }
  }
  EXPECT_GT(crossings, 0);
}

} // namespace
} // namespace beachfront::geometry::test
