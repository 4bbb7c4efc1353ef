// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/layout_geojson.hpp"

#include "geometry/drawing.hpp"
#include "geometry/names.hpp"

#include <cmath>
#include <numbers>

namespace beachfront::study {
namespace {

using geometry::Point;

Json position(Point point) {
  return Json::array({point.x_mm, point.y_mm});
}

Json feature(const char* type, Json coordinates, Json properties) {
  return {{"type", "Feature"},
          {"geometry", {{"type", type}, {"coordinates", std::move(coordinates)}}},
          {"properties", std::move(properties)}};
}

/// Counter-clockwise and closed, as RFC 7946 asks.
Json body(const geometry::Box& box, Json properties) {
  const Json ring = Json::array({position(box.min), position({box.max.x_mm, box.min.y_mm}), position(box.max),
                                 position({box.min.x_mm, box.max.y_mm}), position(box.min)});
  return feature("Polygon", Json::array({ring}), std::move(properties));
}

void add_bodies(Json& features, const geometry::Package& package, const geometry::Layout& layout) {
  features.push_back(body(package.outline, {{"type", "package"}, {"name", "package"}}));
  for (const geometry::Die& die : package.dies)
    features.push_back(body(die.outline, {{"type", "die"}, {"name", die.name}}));
  for (const geometry::PlacedEngine& engine : layout.engines)
    features.push_back(body(engine.outline, {{"type", "engine"},
                                             {"name", geometry::engine_name(engine.index)},
                                             {"side", geometry::name_of(engine.side)},
                                             {"spare", engine.spare}}));
  for (const geometry::KeepOut& area : package.keep_outs)
    features.push_back(body(area.outline, {{"type", "keep_out"},
                                           {"name", area.name},
                                           {"keeps_guides_out", area.guides},
                                           {"keeps_bodies_out", area.bodies}}));
  for (const geometry::PlacedConnector& connector : layout.connectors)
    features.push_back(body(connector.landing, {{"type", "connector"},
                                                {"name", geometry::connector_name(connector.index)},
                                                {"side", geometry::name_of(connector.side)},
                                                {"laser", connector.laser},
                                                {"used_fibres", connector.used_fibres}}));
  for (const geometry::Ribbon& ribbon : layout.ribbons)
    features.push_back(body(ribbon.corridor, {{"type", "ribbon"}, {"engine", geometry::engine_name(ribbon.engine)}}));
}

Json line(const geometry::Path& path, double chord_tolerance_nm) {
  Json points = Json::array();
  for (const geometry::Segment& segment : path) {
    const int count = geometry::chords(segment, 0, chord_tolerance_nm);
    for (int i = 0; i < count; ++i)
      points.push_back(position(geometry::pose_at(segment, segment.length_mm * i / count).at));
  }
  points.push_back(position(geometry::end_pose(path).at));
  return points;
}

void add_guides(Json& features, const geometry::Layout& layout, double chord_tolerance_nm) {
  for (const geometry::Guide& guide : layout.guides) {
    if (guide.path.empty())
      continue;
    Json properties = {{"type", "guide"},
                       {"net", guide.net},
                       {"engine", geometry::engine_name(guide.engine)},
                       {"kind", geometry::kind_name(guide.kind)}};
    if (guide.to_engine) {
      properties["to_engine"] = geometry::engine_name(*guide.to_engine);
    } else {
      properties["connector"] = geometry::connector_name(guide.connector);
      properties["fibre"] = guide.fibre;
    }
    properties["layer"] = guide.layer;
    properties["length_mm"] = geometry::length_mm(guide.path);
    const double radius_mm = geometry::min_radius_mm(guide.path);
    properties["min_radius_mm"] = std::isinf(radius_mm) ? Json(nullptr) : Json(radius_mm); // null: straight
    features.push_back(feature("LineString", line(guide.path, chord_tolerance_nm), std::move(properties)));
  }
}

void add_points(Json& features, const Solution& solution) {
  for (const geometry::Crossing& crossing : solution.verification.crossings)
    features.push_back(feature("Point", position(crossing.place),
                               {{"type", "crossing"},
                                {"first", solution.layout.guides.at(crossing.first).net},
                                {"second", solution.layout.guides.at(crossing.second).net},
                                {"angle_deg", crossing.angle_rad * 180 / std::numbers::pi},
                                {"on_straights", crossing.on_straights}}));
  for (const geometry::Violation& violation : solution.violations)
    features.push_back(feature("Point", position(violation.place),
                               {{"type", "violation"},
                                {"rule", violation.rule},
                                {"where", violation.where},
                                {"found", violation.found},
                                {"required", violation.required},
                                {"unit", violation.unit},
                                {"message", violation.message}}));
}

} // namespace

Json layout_geojson(const geometry::Package& package, const Solution& solution, double chord_tolerance_nm) {
  Json features = Json::array();
  add_bodies(features, package, solution.layout);
  add_guides(features, solution.layout, chord_tolerance_nm);
  add_points(features, solution);
  return {{"type", "FeatureCollection"},
          {"coordinates_note", "local coordinates in mm, x east and y north of the package centre; not WGS84"},
          {"chord_tolerance_nm", chord_tolerance_nm},
          {"features", std::move(features)}};
}

} // namespace beachfront::study
