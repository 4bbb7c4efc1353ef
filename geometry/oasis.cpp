// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/oasis.hpp"

#include "geometry/oasis_records.hpp"

namespace beachfront::geometry {

void write_oasis(std::ostream& stream, const Drawing& drawing, const GridOptions& options) {
  const std::string cell = cell_name(options.top_cell);
  OasisStream oasis(stream);
  oasis.head();
  for (const DrawnBox& box : drawing.boxes)
    oasis.polygon(box.layer, outline(box.box), box.name);
  for (const DrawnGuide& guide : drawing.guides)
    for (const GridPolygon& polygon : polygons(drawing, guide, options))
      oasis.polygon(guide.layer, polygon, guide.net);
  for (const DrawnText& text : drawing.texts)
    oasis.text(text.layer, snap(text.place), text.text);
  oasis.tail(cell, layers_in_use(drawing));
}

} // namespace beachfront::geometry
