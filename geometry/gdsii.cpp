// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/gdsii.hpp"

#include "geometry/gds_records.hpp"
#include "geometry/layers.hpp"
#include "geometry/names.hpp"
#include "geometry/outline.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

std::string cell_name(std::string name) {
  if (name.empty())
    throw std::invalid_argument("a GDSII cell needs a name");
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '?' && c != '$')
      c = '_';
  return name;
}

/// Pointers to the elements, in the order of their key.
template <typename Element, typename Key>
std::vector<const Element*> sorted(const std::vector<Element>& elements, Key key) {
  std::vector<const Element*> result;
  for (const Element& element : elements)
    result.push_back(&element);
  std::stable_sort(result.begin(), result.end(), [&](const Element* a, const Element* b) { return key(*a) < key(*b); });
  return result;
}

void write_box(std::ostream& stream, const GdsLayer& layer, const Box& box, std::string_view name) {
  write_gds_boundary(stream, layer, outline(box), name);
}

void write_bodies(std::ostream& stream, const Package& package, const Layout& layout) {
  write_box(stream, layer::package, package.outline, "package");
  for (const Die* die : sorted(package.dies, [](const Die& d) { return d.name; }))
    write_box(stream, layer::die, die->outline, die->name);
  for (const PlacedEngine* engine : sorted(layout.engines, [](const PlacedEngine& e) { return e.index; })) {
    write_box(stream, layer::engine, engine->outline, engine_name(engine->index));
    write_gds_text(stream, layer::body_name, snap(engine->outline.centre()), engine_name(engine->index));
  }
  for (const KeepOut* area : sorted(package.keep_outs, [](const KeepOut& k) { return k.name; }))
    write_box(stream, layer::keep_out, area->outline, area->name);
  for (const PlacedConnector* connector : sorted(layout.connectors, [](const PlacedConnector& c) { return c.index; }))
    write_box(stream, layer::connector, connector->landing, connector_name(connector->index));
  for (const Ribbon* ribbon : sorted(layout.ribbons, [](const Ribbon& r) { return r.engine; }))
    write_box(stream, layer::ribbon, ribbon->corridor, engine_name(ribbon->engine) + ".ribbon");
}

} // namespace

void write_gdsii(std::ostream& stream, const Package& package, const RoutingRules& rules, const Layout& layout,
                 const GdsOptions& options) {
  if (options.max_vertices > 8191)
    throw std::invalid_argument("a GDSII polygon has at most 8191 vertices");
  write_gds_head(stream, "BEACHFRONT", cell_name(options.top_cell));
  write_bodies(stream, package, layout);
  for (const Guide* guide : sorted(layout.guides, [](const Guide& g) { return g.net; })) {
    if (guide->path.empty())
      continue;
    for (const GridPolygon& polygon :
         outline(guide->path, {rules.guide_width_um, options.sagitta_nm, options.max_vertices}))
      write_gds_boundary(stream, layer::guide, polygon, guide->net);
    write_gds_text(stream, layer::net_name, snap(guide->path.front().start.at), guide->net);
  }
  write_gds_tail(stream);
}

} // namespace beachfront::geometry
