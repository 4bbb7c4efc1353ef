// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/drawing.hpp"

#include "geometry/names.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <set>
#include <stdexcept>
#include <tuple>

namespace beachfront::geometry {
namespace {

constexpr double engine_name_mm = 2;
constexpr double net_name_mm = 0.02;       // below the smallest port pitch, 0.03 mm
constexpr double crossing_mark_widths = 4; // side of the square, in guide widths

/// Pointers to the elements, in the order of their key.
template <typename Element, typename Key>
std::vector<const Element*> sorted(const std::vector<Element>& elements, Key key) {
  std::vector<const Element*> result;
  for (const Element& element : elements)
    result.push_back(&element);
  std::stable_sort(result.begin(), result.end(), [&](const Element* a, const Element* b) { return key(*a) < key(*b); });
  return result;
}

void draw_bodies(Drawing& drawing, const Package& package, const Layout& layout) {
  drawing.boxes.push_back({layer::package, package.outline, "package"});
  for (const Die* die : sorted(package.dies, [](const Die& d) { return d.name; }))
    drawing.boxes.push_back({layer::die, die->outline, die->name});
  for (const PlacedEngine* engine : sorted(layout.engines, [](const PlacedEngine& e) { return e.index; })) {
    drawing.boxes.push_back({layer::engine, engine->outline, engine_name(engine->index)});
    drawing.texts.push_back({layer::body_name, engine->outline.centre(), engine_name_mm, engine_name(engine->index)});
  }
  for (const KeepOut* area : sorted(package.keep_outs, [](const KeepOut& k) { return k.name; }))
    if (area->guides || area->bodies)
      drawing.boxes.push_back({area->guides && area->bodies ? layer::keep_out
                               : area->guides               ? layer::guide_keep_out
                                                            : layer::body_keep_out,
                               area->outline, area->name});
  for (const PlacedConnector* connector : sorted(layout.connectors, [](const PlacedConnector& c) { return c.index; }))
    drawing.boxes.push_back({layer::connector, connector->landing, connector_name(connector->index)});
  for (const Ribbon* ribbon : sorted(layout.ribbons, [](const Ribbon& r) { return r.engine; }))
    drawing.boxes.push_back({layer::ribbon, ribbon->corridor, engine_name(ribbon->engine) + ".ribbon"});
}

void draw_guides(Drawing& drawing, const Layout& layout) {
  for (const Guide* guide : sorted(layout.guides, [](const Guide& g) { return g.net; })) {
    if (guide->path.empty())
      continue;
    drawing.guides.push_back({layer::guide(guide->layer), guide->path, guide->net});
    drawing.texts.push_back({layer::net_name(guide->layer), guide->path.front().start.at, net_name_mm, guide->net});
  }
}

void draw_crossings(Drawing& drawing, const Layout& layout, const std::vector<Crossing>& crossings) {
  const auto nets = [&](const Crossing& c) {
    const std::string& a = layout.guides.at(c.first).net;
    const std::string& b = layout.guides.at(c.second).net;
    return std::pair{std::min(a, b), std::max(a, b)};
  };
  const double side_mm = crossing_mark_widths * drawing.guide_width_um * 1e-3;
  for (const Crossing* crossing : sorted(crossings, [&](const Crossing& c) {
         return std::tuple{nets(c), c.place.x_mm, c.place.y_mm};
       })) {
    const auto [first, second] = nets(*crossing);
    drawing.boxes.push_back(
        {layer::crossing(layout.guides[crossing->first].layer), box_around(crossing->place, side_mm, side_mm),
         fmt::format("{} x {}, {:.2f} deg", first, second, crossing->angle_rad * 180 / std::numbers::pi)});
  }
}

} // namespace

Drawing draw(const Package& package, const RoutingRules& rules, const Layout& layout,
             const std::vector<Crossing>& crossings) {
  Drawing drawing;
  drawing.guide_width_um = rules.guide_width_um;
  draw_bodies(drawing, package, layout);
  draw_crossings(drawing, layout, crossings);
  std::stable_sort(drawing.boxes.begin(), drawing.boxes.end(),
                   [](const DrawnBox& a, const DrawnBox& b) { return a.layer < b.layer; });
  draw_guides(drawing, layout);
  return drawing;
}

std::vector<Layer> layers_in_use(const Drawing& drawing) {
  std::set<LayerNumber> numbers;
  for (const DrawnBox& box : drawing.boxes)
    numbers.insert(box.layer);
  for (const DrawnGuide& guide : drawing.guides)
    numbers.insert(guide.layer);
  for (const DrawnText& text : drawing.texts)
    numbers.insert(text.layer);
  std::vector<Layer> layers;
  for (LayerNumber number : numbers)
    layers.push_back(describe(number));
  return layers;
}

std::vector<GridPolygon> polygons(const Drawing& drawing, const DrawnGuide& guide, const GridOptions& options) {
  return outline(guide.path, {drawing.guide_width_um, options.facet_tolerance_nm, options.max_vertices});
}

int chords(const Segment& segment, double half_width_mm, double tolerance_nm) {
  const double end_curvature = segment.curvature_per_mm + segment.curvature_rate_per_mm2 * segment.length_mm;
  const double sharpest = std::max(std::abs(segment.curvature_per_mm), std::abs(end_curvature));
  if (!(sharpest * half_width_mm < 1))
    throw std::invalid_argument(
        fmt::format("a bend radius of {} mm is not above half the guide width, {} mm", 1 / sharpest, half_width_mm));
  // Sagitta of a piece h of the centre line on the outer edge: h^2 kappa (1 + kappa w / 2) / 8.
  const double count =
      segment.length_mm * std::sqrt(sharpest * (1 + sharpest * half_width_mm) / (8 * tolerance_nm * 1e-6));
  return std::max(1, static_cast<int>(std::ceil(count)));
}

std::string cell_name(std::string name) {
  if (name.empty())
    throw std::invalid_argument("a cell needs a name");
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '?' && c != '$')
      c = '_';
  return name;
}

} // namespace beachfront::geometry
