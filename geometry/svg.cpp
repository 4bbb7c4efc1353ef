// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/svg.hpp"

#include "geometry/names.hpp"
#include "geometry/xml_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <string_view>

namespace beachfront::geometry {
namespace {

constexpr double written_mm = 1e-6; // what the last digit of a coordinate is worth
constexpr double margin_mm = 2;
constexpr double legend_mm = 6; // height of the strip below the package
constexpr double crossing_radius_mm = 0.1;

constexpr std::string_view style = R"(<style>
text { font-family: "DejaVu Sans", Helvetica, Arial, sans-serif; text-anchor: middle; dominant-baseline: central; }
.package { fill: #eef4f6; stroke: #5f6b73; stroke-width: .25; }
.die { fill: #cdd6de; stroke: #3f5873; stroke-width: .15; }
.engine { fill: #f6e7c4; stroke: #b3872c; stroke-width: .15; }
.spare { fill: #fbf6e8; stroke-dasharray: .8 .5; }
.keep-out { fill: #c0392b; fill-opacity: .12; stroke: #c0392b; stroke-width: .12; stroke-dasharray: .6 .4; }
.connector { fill: #ddd9ee; stroke: #6a5fa0; stroke-width: .12; }
.ribbon { fill: #2e8b57; fill-opacity: .18; stroke: #2e8b57; stroke-width: .1; }
.guide { fill: none; stroke-width: .7px; vector-effect: non-scaling-stroke; }
.tx { stroke: #1565a8; }
.rx { stroke: #0f8a7a; }
.link { stroke: #7a5ccc; }
.laser { stroke: #d2451e; }
.layer-2 { stroke-dasharray: 6 2; }
.layer-3 { stroke-dasharray: 2 2; }
.layer-4 { stroke-dasharray: 8 2 2 2; }
.crossing { fill: none; stroke: #2b3940; stroke-width: 1px; vector-effect: non-scaling-stroke; }
.die-name { fill: #2c3e50; }
.engine-name { fill: #5c4410; }
.connector-name { fill: #453b78; }
.keep-out-name { fill: #8e2a1f; }
.legend { font-size: 1.9px; fill: #2b3940; text-anchor: start; }
.key { stroke-width: .5; }
.scale { stroke: #2b3940; }
</style>
)";

/// A length in mm to 1 nm, without trailing zeros and without "-0".
std::string number(double value_mm) {
  std::string text = fmt::format("{:.6f}", value_mm);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string pair(Point point) {
  return number(point.x_mm) + "," + number(point.y_mm);
}

void write_box(std::ostream& stream, std::string_view classes, const Box& box, std::string_view title) {
  stream << fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>)", classes,
                        number(box.min.x_mm), number(box.min.y_mm), number(box.width_mm()), number(box.height_mm()),
                        xml_text(title))
         << '\n';
}

/// Along the longer side of its box, as high as `height_mm` or as small as its length asks for. Text inside the group
/// that turns y up has to be turned back.
void write_label(std::ostream& stream, std::string_view classes, const Box& box, double height_mm,
                 std::string_view text) {
  const bool upright = box.height_mm() > box.width_mm();
  const double room_mm = upright ? box.height_mm() : box.width_mm();
  // A letter of DejaVu Sans is about 0.6 of its size wide; one more leaves a margin.
  const double fitting_mm = room_mm / (0.6 * static_cast<double>(text.size() + 1));
  stream << fmt::format(R"(<text class="{}" font-size="{}" transform="translate({}) scale(1,-1){}">{}</text>)", classes,
                        number(std::min(height_mm, fitting_mm)), pair(box.centre()), upright ? " rotate(-90)" : "",
                        xml_text(text))
         << '\n';
}

/// SVG has no clothoid: cubic curves with the same ends and tangents, a third of the length between their points. Over
/// a length l such a curve is within l^4 / 384 times the largest fourth derivative of the true one (Hermite
/// interpolation); that of a clothoid is the root of (3 k k')^2 + k^6, k its curvature and k' the rate. Half of the
/// last digit is allowed.
std::string clothoid_data(const Segment& segment) {
  const double curvature = max_curvature_per_mm(segment);
  const double fourth = std::hypot(3 * curvature * segment.curvature_rate_per_mm2, std::pow(curvature, 3));
  const double length = segment.length_mm;
  const double wanted = std::sqrt(std::sqrt(fourth * std::pow(length, 4) / 384 / (written_mm / 2)));
  const int pieces = std::max(1, static_cast<int>(std::ceil(wanted)));
  const double third_mm = length / pieces / 3;
  std::string data;
  Pose from = segment.start;
  for (int i = 1; i <= pieces; ++i) {
    const Pose to = pose_at(segment, length * i / pieces);
    const Point out{std::cos(from.heading_rad), std::sin(from.heading_rad)};
    const Point in{std::cos(to.heading_rad), std::sin(to.heading_rad)};
    data += "C" + pair(from.at + third_mm * out) + " " + pair(to.at - third_mm * in) + " " + pair(to.at);
    from = to;
  }
  return data;
}

std::string path_data(const Path& path) {
  std::string data = "M" + pair(path.front().start.at);
  for (const Segment& segment : path) {
    const double turn = total_turn_rad(segment);
    // A bend that bows by less than a coordinate shows (sagitta: length x turn / 8) may have any radius, even infinity.
    if (segment.length_mm * turn / 8 < written_mm) {
      data += "L" + pair(end_pose(segment).at);
      continue;
    }
    if (is_clothoid(segment)) {
      data += clothoid_data(segment);
      continue;
    }
    // Two rounded ends fix the centre of a half circle badly (the error grows with its square root): a third of a turn
    // at most, so the short way round is always the right one.
    const int pieces = std::max(1, static_cast<int>(std::ceil(turn / (2 * std::numbers::pi / 3))));
    const std::string radius = number(1 / std::abs(segment.curvature_per_mm));
    const int sweep = segment.curvature_per_mm > 0 ? 1 : 0; // from x to y, which is to the left where y is up
    for (int i = 1; i <= pieces; ++i)
      data +=
          fmt::format("A{0},{0} 0 0,{1} {2}", radius, sweep, pair(pose_at(segment, segment.length_mm * i / pieces).at));
  }
  return data;
}

void write_bodies(std::ostream& stream, const Package& package, const Layout& layout) {
  write_box(stream, "package", package.outline,
            fmt::format("package {} x {} mm", number(package.outline.width_mm()), number(package.outline.height_mm())));
  for (const KeepOut& area : package.keep_outs)
    write_box(stream, "keep-out", area.outline,
              area.name + (area.guides == area.bodies ? ""
                           : area.guides              ? ", for guides"
                                                      : ", for engines"));
  for (const Ribbon& ribbon : layout.ribbons)
    write_box(stream, "ribbon", ribbon.corridor, engine_name(ribbon.engine) + ", fibre ribbon");
  for (const PlacedConnector& connector : layout.connectors)
    write_box(stream, "connector", connector.landing,
              fmt::format("{}{}, {} fibres", connector_name(connector.index), connector.laser ? ", laser feeds" : "",
                          connector.used_fibres));
  for (const Die& die : package.dies)
    write_box(stream, "die", die.outline, die.name);
  for (const PlacedEngine& engine : layout.engines)
    write_box(stream, engine.spare ? "engine spare" : "engine", engine.outline,
              engine_name(engine.index) + (engine.spare ? ", spare" : ""));
}

/// Class names count layers from 1, as the names of layers do; the first has none.
std::string layer_class(int layer) {
  return layer == 0 ? "" : fmt::format(" layer-{}", layer + 1);
}

void write_guides(std::ostream& stream, const Layout& layout) {
  for (const Guide& guide : layout.guides)
    if (!guide.path.empty())
      stream << fmt::format(R"(<path class="guide {}{}" d="{}"><title>{}, {:.2f} mm{}</title></path>)",
                            kind_name(guide.kind), layer_class(guide.layer), path_data(guide.path), xml_text(guide.net),
                            length_mm(guide.path), guide.layer == 0 ? "" : fmt::format(", layer {}", guide.layer + 1))
             << '\n';
}

void write_crossings(std::ostream& stream, const Layout& layout, const std::vector<Crossing>& crossings) {
  for (const Crossing& crossing : crossings)
    stream << fmt::format(R"(<circle class="crossing" cx="{}" cy="{}" r="{}"><title>{} x {}, {:.1f}°</title></circle>)",
                          number(crossing.place.x_mm), number(crossing.place.y_mm), number(crossing_radius_mm),
                          xml_text(layout.guides.at(crossing.first).net),
                          xml_text(layout.guides.at(crossing.second).net), crossing.angle_rad * 180 / std::numbers::pi)
           << '\n';
}

void write_labels(std::ostream& stream, const Package& package, const Layout& layout) {
  for (const KeepOut& area : package.keep_outs)
    write_label(stream, "keep-out-name", area.outline, 1.2, area.name);
  for (const PlacedConnector& connector : layout.connectors)
    write_label(stream, "connector-name", connector.landing, 1.3, connector_name(connector.index));
  for (const Die& die : package.dies)
    write_label(stream, "die-name", die.outline, 2, die.name);
  for (const PlacedEngine& engine : layout.engines)
    write_label(stream, "engine-name", engine.outline, 2.2, engine_name(engine.index));
}

/// In the coordinates of the page, y down, below the package: a scale and what colours and dashes of the guides mean.
void write_legend(std::ostream& stream, const Box& package, const std::vector<Guide>& guides) {
  double x = package.min.x_mm;
  const double y = -package.min.y_mm + legend_mm / 2;
  const auto line = [&](std::string_view classes, double length_mm, std::string_view text) {
    stream << fmt::format(R"(<line class="key {0}" x1="{1}" y1="{2}" x2="{3}" y2="{2}"/>)", classes, number(x),
                          number(y), number(x + length_mm))
           << fmt::format(R"(<text class="legend" x="{}" y="{}">{}</text>)", number(x + length_mm + 1), number(y), text)
           << '\n';
  };
  line("scale", 10, "10 mm");
  x += 22;
  if (guides.empty())
    return;
  for (PortKind kind : {PortKind::tx, PortKind::rx, PortKind::laser, PortKind::link}) {
    if (std::none_of(guides.begin(), guides.end(), [&](const Guide& guide) { return guide.kind == kind; }))
      continue;
    line(kind_name(kind), 3, kind_name(kind));
    x += 11;
  }
  std::set<int> layers;
  for (const Guide& guide : guides)
    layers.insert(guide.layer);
  for (int layer : layers)
    if (layers.size() > 1) {
      line("scale" + layer_class(layer), 3, fmt::format("layer {}", layer + 1));
      x += 12;
    }
}

std::string description(const RoutingRules& rules, const Layout& layout) {
  std::string text = "<desc>Seen from above, north up.";
  if (!layout.guides.empty())
    text += fmt::format(" The mask opening of a guide is {} µm wide; its line has a constant width on the screen.",
                        rules.guide_width_um);
  return text + "</desc>\n";
}

} // namespace

void write_svg(std::ostream& stream, const Package& package, const RoutingRules& rules, const Layout& layout,
               const std::vector<Crossing>& crossings) {
  const Box& outline = package.outline;
  const double width_mm = outline.width_mm() + 2 * margin_mm;
  const double height_mm = outline.height_mm() + margin_mm + legend_mm;
  const double left = outline.min.x_mm - margin_mm;
  stream << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         << fmt::format(
                R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}mm" height="{1}mm" viewBox="{2} {3} {0} {1}">)",
                number(width_mm), number(height_mm), number(left), number(-outline.max.y_mm - margin_mm))
         << '\n'
         << description(rules, layout) << style << "<g transform=\"scale(1,-1)\">\n";
  write_bodies(stream, package, layout);
  write_guides(stream, layout);
  write_crossings(stream, layout, crossings);
  write_labels(stream, package, layout);
  stream << "</g>\n";
  write_legend(stream, outline, layout.guides);
  stream << "</svg>\n";
}

} // namespace beachfront::geometry
