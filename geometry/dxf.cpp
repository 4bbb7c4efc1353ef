// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/dxf.hpp"

#include "geometry/dxf_frame.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::geometry {
namespace {

/// Where an outline goes on from a vertex: `bulge` is the tangent of a quarter of the turn to the next one.
struct Vertex {
  Point at;
  double bulge = 0;
};

/// A place of the centre line with the bulge of the piece that starts there.
struct Station {
  Pose pose;
  double bulge = 0;
};

/// A clothoid is cut into chords. An arc of half a turn has a bulge of 1; beyond that it is split, so that a reader's
/// arc never degenerates.
int pieces(const Segment& segment, double half_width_mm, double tolerance_nm) {
  const int count = chords(segment, half_width_mm, tolerance_nm);
  if (is_clothoid(segment))
    return count;
  return std::max(
      1, static_cast<int>(std::ceil(std::abs(segment.curvature_per_mm) * segment.length_mm / std::numbers::pi)));
}

std::vector<Station> stations(const Path& path, double half_width_mm, double tolerance_nm) {
  std::vector<Station> result;
  for (const Segment& segment : path) {
    const int count = pieces(segment, half_width_mm, tolerance_nm);
    const bool clothoid = is_clothoid(segment);
    const double turn = clothoid ? 0 : segment.curvature_per_mm * segment.length_mm / count;
    for (int i = 0; i < count; ++i)
      result.push_back({pose_at(segment, segment.length_mm * i / count), std::tan(turn / 4)});
  }
  result.push_back({end_pose(path), 0});
  return result;
}

/// Right edge forwards, left edge back: counter-clockwise. Parallel edges of an arc turn by the same angle.
std::vector<Vertex> guide_outline(const Path& path, double half_width_mm, double tolerance_nm) {
  const std::vector<Station> along = stations(path, half_width_mm, tolerance_nm);
  const auto edge = [&](const Pose& pose, double to_left_mm) {
    return pose.at + to_left_mm * Point{-std::sin(pose.heading_rad), std::cos(pose.heading_rad)};
  };
  std::vector<Vertex> vertices;
  for (const Station& station : along)
    vertices.push_back({edge(station.pose, -half_width_mm), station.bulge});
  for (std::size_t i = along.size(); i-- > 0;)
    vertices.push_back({edge(along[i].pose, half_width_mm), i > 0 ? -along[i - 1].bulge : 0});
  return vertices;
}

void write_polyline(DxfStream& dxf, LayerNumber layer, const std::vector<Vertex>& vertices, const std::string& name) {
  dxf.entity("LWPOLYLINE", layer, "AcDbPolyline");
  dxf.tag(90, static_cast<int>(vertices.size()));
  dxf.tag(70, 1); // closed
  for (const Vertex& vertex : vertices) {
    dxf.tag(10, vertex.at.x_mm);
    dxf.tag(20, vertex.at.y_mm);
    if (vertex.bulge != 0)
      dxf.tag(42, vertex.bulge);
  }
  dxf.name(name);
}

void write_text(DxfStream& dxf, const DrawnText& text) {
  dxf.entity("TEXT", text.layer, "AcDbText");
  dxf.tag(10, text.place.x_mm);
  dxf.tag(20, text.place.y_mm);
  dxf.tag(30, 0.0);
  dxf.tag(40, text.height_mm);
  dxf.tag(1, dxf_text(text.text));
  dxf.tag(100, "AcDbText");
}

} // namespace

void write_dxf(std::ostream& stream, const Drawing& drawing, double chord_tolerance_nm) {
  const double half_width_mm = drawing.guide_width_um * 1e-3 / 2;
  DxfStream dxf(stream);
  dxf.head(layers_in_use(drawing), drawing.boxes.front().box);
  for (const DrawnBox& drawn : drawing.boxes) {
    const Box& box = drawn.box;
    write_polyline(dxf, drawn.layer,
                   {{box.min}, {{box.max.x_mm, box.min.y_mm}}, {box.max}, {{box.min.x_mm, box.max.y_mm}}}, drawn.name);
  }
  for (const DrawnGuide& guide : drawing.guides)
    write_polyline(dxf, guide.layer, guide_outline(guide.path, half_width_mm, chord_tolerance_nm), guide.net);
  for (const DrawnText& text : drawing.texts)
    write_text(dxf, text);
  dxf.tail();
}

} // namespace beachfront::geometry
