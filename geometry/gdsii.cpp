// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/gdsii.hpp"

#include "geometry/gds_records.hpp"

#include <stdexcept>

namespace beachfront::geometry {

void write_gdsii(std::ostream& stream, const Drawing& drawing, const GridOptions& options) {
  if (options.max_vertices > 8191)
    throw std::invalid_argument("a GDSII polygon has at most 8191 vertices");
  write_gds_head(stream, "BEACHFRONT", cell_name(options.top_cell));
  for (const DrawnBox& box : drawing.boxes)
    write_gds_boundary(stream, box.layer, outline(box.box), box.name);
  for (const DrawnGuide& guide : drawing.guides)
    for (const GridPolygon& polygon : polygons(drawing, guide, options))
      write_gds_boundary(stream, guide.layer, polygon, guide.net);
  for (const DrawnText& text : drawing.texts)
    write_gds_text(stream, text.layer, snap(text.place), text.text);
  write_gds_tail(stream);
}

} // namespace beachfront::geometry
