// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/dxf.hpp"

#include "geometry/dxf_frame.hpp"
#include "geometry/gdsii.hpp"
#include "tests/geometry/hand_layout.hpp"
#include "tests/geometry/klayout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

using test::hand_made;
using test::HandMade;

struct Tag {
  int code = 0;
  std::string value;
};

std::vector<Tag> tags(const Drawing& drawing) {
  std::stringstream stream;
  write_dxf(stream, drawing);
  std::vector<Tag> result;
  std::string code;
  std::string value;
  while (std::getline(stream, code) && std::getline(stream, value))
    result.push_back({std::stoi(code), value});
  return result;
}

Drawing drawn(const HandMade& made) {
  return draw(made.package, made.rules, made.layout);
}

struct Vertex {
  Point at;
  double bulge = 0;
};

struct Polyline {
  std::string layer;
  std::string name;
  int declared = 0;
  bool closed = false;
  std::vector<Vertex> vertices;
};

std::vector<Polyline> polylines(const Drawing& drawing) {
  std::vector<Polyline> result;
  bool inside = false;
  for (const Tag& tag : tags(drawing)) {
    if (tag.code == 0) {
      inside = tag.value == "LWPOLYLINE";
      if (inside)
        result.emplace_back();
    }
    if (!inside)
      continue;
    Polyline& line = result.back();
    switch (tag.code) {
    case 8:
      line.layer = tag.value;
      break;
    case 90:
      line.declared = std::stoi(tag.value);
      break;
    case 70:
      line.closed = tag.value == "1";
      break;
    case 10:
      line.vertices.push_back({{std::stod(tag.value), 0}, 0});
      break;
    case 20:
      line.vertices.back().at.y_mm = std::stod(tag.value);
      break;
    case 42:
      line.vertices.back().bulge = std::stod(tag.value);
      break;
    case 1000:
      line.name = tag.value;
      break;
    default:
      break;
    }
  }
  return result;
}

/// Area inside a polyline of lines and bulges: shoelace and the segment of each arc, exact.
double area_mm2(const Polyline& line) {
  double area = 0;
  for (std::size_t i = 0; i < line.vertices.size(); ++i) {
    const Vertex& a = line.vertices[i];
    const Vertex& b = line.vertices[(i + 1) % line.vertices.size()];
    area += cross(a.at, b.at) / 2;
    if (a.bulge == 0)
      continue;
    const double turn = 4 * std::atan(a.bulge);
    const double radius = norm_mm(b.at - a.at) / (2 * std::sin(turn / 2));
    area += radius * radius * (turn - std::sin(turn)) / 2;
  }
  return area;
}

TEST(Dxf, GuidesAreClosedOutlinesWithTrueArcs) {
  const HandMade made = hand_made();
  std::map<std::string, Polyline> found;
  for (const Polyline& line : polylines(drawn(made)))
    found[line.name] = line;
  for (const Guide& guide : made.layout.guides) {
    const Polyline& line = found.at(guide.net);
    EXPECT_EQ(line.layer, "guide_mask_opening__layer_1");
    EXPECT_TRUE(line.closed);
    EXPECT_EQ(line.vertices.size(), 2 * (guide.path.size() + 1)) << "a vertex a side of each end: no facets";
    EXPECT_EQ(line.declared, static_cast<int>(line.vertices.size()));
    // Pappus: the area of a strip around a curve is its length times its width; 1e-12 mm a vertex written.
    const double width_mm = made.rules.guide_width_um * 1e-3;
    EXPECT_NEAR(area_mm2(line), length_mm(guide.path) * width_mm, 1e-9) << guide.net;
  }
}

TEST(Dxf, ArcsBeyondHalfATurnAreSplit) {
  HandMade made = hand_made();
  made.layout.guides = {{.net = "loop", .path = {{{{0, 0}, 0.3}, 2 * 5.5, 1 / 2.0}}}};
  for (const Polyline& line : polylines(drawn(made)))
    if (line.name == "loop") {
      EXPECT_EQ(line.vertices.size(), 6U);
      EXPECT_NEAR(line.vertices[0].bulge, std::tan(5.5 / 8), 1e-12);
      EXPECT_NEAR(area_mm2(line), 11 * 3.5e-3, 1e-9);
    }
}

TEST(Dxf, ChordsOfAClothoidStayWithinTheTolerance) {
  HandMade made = hand_made();
  const Segment clothoid{{{1, 2}, 0.3}, 8, 0.02, 0.006};
  made.layout.guides = {{.net = "euler", .path = {clothoid}}};
  const double half_width_mm = made.rules.guide_width_um * 1e-3 / 2;
  for (const Polyline& line : polylines(drawn(made))) {
    if (line.name != "euler")
      continue;
    const std::size_t chords = line.vertices.size() / 2 - 1;
    ASSERT_GT(chords, 10U);
    for (std::size_t i = 0; i < chords; ++i) {
      const Point a = line.vertices[i].at;
      const Point chord = line.vertices[i + 1].at - a;
      for (double part : {0.25, 0.5, 0.75}) {
        const Pose pose =
            pose_at(clothoid, clothoid.length_mm * (static_cast<double>(i) + part) / static_cast<double>(chords));
        const Point right = pose.at - half_width_mm * Point{-std::sin(pose.heading_rad), std::cos(pose.heading_rad)};
        EXPECT_LE(std::abs(cross(chord, right - a)) / norm_mm(chord), 10e-6 + 1e-9) << i;
      }
    }
  }
}

TEST(Dxf, HandlesAreUniqueAndOwnersExist) {
  std::set<std::string> handles;
  std::set<std::string> owners;
  for (const Tag& tag : tags(drawn(hand_made()))) {
    if ((tag.code == 5 && tag.value != "7FFFFFFF") || tag.code == 105) {
      EXPECT_TRUE(handles.insert(tag.value).second) << tag.value;
    }
    if (tag.code == 330 && tag.value != "0")
      owners.insert(tag.value);
  }
  for (const std::string& owner : owners)
    EXPECT_TRUE(handles.contains(owner)) << owner;
}

TEST(Dxf, IsInMillimetres) {
  const auto all = tags(drawn(hand_made()));
  for (std::size_t i = 0; i + 1 < all.size(); ++i)
    if (all[i].value == "$INSUNITS") {
      EXPECT_EQ(all[i + 1].value, "4");
    }
  EXPECT_EQ(all[2].value, "$ACADVER");
  EXPECT_EQ(all[3].value, "AC1015");
  EXPECT_EQ(all.back().value, "EOF");
}

TEST(Dxf, TextsBeyondAsciiAreEscaped) {
  EXPECT_EQ(dxf_text("plain <&> \"text\""), "plain <&> \"text\"");
  EXPECT_EQ(dxf_text("K\u00e4se \u00b5m"), "K\\U+00E4se \\U+00B5m");
  EXPECT_EQ(dxf_text("\U0001F600"), "\\U+D83D\\U+DE00");
  EXPECT_EQ(dxf_text("two\nlines"), "two lines");
  EXPECT_THROW(dxf_text("\xff"), std::invalid_argument);
  EXPECT_THROW(dxf_text("\xc3"), std::invalid_argument);
}

TEST(Dxf, RefusesABendInsideTheGuide) {
  HandMade made = hand_made();
  made.layout.guides = {{.net = "tight", .path = {{{}, 0.001, 1 / 0.0017}}}};
  EXPECT_THROW(tags(drawn(made)), std::invalid_argument);
}

TEST(KLayout, SeesInDxfWhatItSeesInGdsii) {
  if (!test::has_klayout())
    GTEST_SKIP() << "klayout is not installed";
  HandMade made = hand_made();
  made.layout.guides[1].layer = 1;
  const Drawing drawing = drawn(made);
  const test::Scratch scratch;
  std::ostringstream gds;
  write_gdsii(gds, drawing);
  std::ostringstream dxf;
  write_dxf(dxf, drawing);
  const auto found =
      test::klayout(scratch, "dxf_against_gds.py",
                    {{"gds", scratch.write("layout.gds", gds.str())}, {"dxf", scratch.write("layout.dxf", dxf.str())}});
  // What differs is thinner than the facets of both (10 nm there, KLayout's 3 nm here) and 1 nm of grid each.
  for (const auto& [layer, differing_um2] : found.get_child("thick_difference_um2"))
    EXPECT_EQ(differing_um2.get_value<double>(), 0) << layer;
  EXPECT_EQ(found.get_child("thick_difference_um2").size(), 7U) << "layers with shapes";
  EXPECT_EQ(found.get<std::size_t>("guides"), made.layout.guides.size());
  EXPECT_EQ(found.get<std::size_t>("texts"), drawing.texts.size());
}

} // namespace
} // namespace beachfront::geometry
