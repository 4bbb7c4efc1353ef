// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/strip_message.hpp"

#include "geometry/side_frame.hpp"

#include <fmt/core.h>

#include <numbers>

namespace beachfront::geometry {

Violation explain(const StripFailure& failure, Side edge, const std::string& name, const std::vector<Obstacle>& bodies,
                  const RoutingRules& rules) {
  const SideFrame frame = frame_of(edge);
  const Point place = frame.to_package(failure.place.x_mm, failure.place.y_mm);
  const double room_mm = failure.room_mm;
  if ((failure.kind == StripFailure::Kind::bend || failure.kind == StripFailure::Kind::spacing) && room_mm <= 0)
    return {"outline",
            fmt::format("side {}", name_of(edge)),
            place,
            room_mm,
            0,
            "mm",
            fmt::format("side {}: no room for guides between engines and package edge", name_of(edge))};
  switch (failure.kind) {
  case StripFailure::Kind::bend:
    return {"bend_radius",
            name,
            place,
            room_mm,
            room_mm + failure.missing_mm,
            "mm",
            fmt::format("guide {} must shift {:.2f} mm over {:.2f} mm: at the smallest radius of {:.2f} mm it needs "
                        "{:.2f} mm more",
                        name, failure.offset_mm, room_mm, rules.min_bend_radius_mm, failure.missing_mm)};
  case StripFailure::Kind::spacing: {
    const std::string more = failure.missing_mm > 0
                                 ? fmt::format("{:.3f} mm more length between engine and edge", failure.missing_mm)
                                 : std::string("engines nearer to their ferrules, or a wider package corner");
    return {"guide_spacing",
            name,
            place,
            room_mm,
            room_mm + failure.missing_mm,
            "mm",
            fmt::format("side {}: guide {} and those beside it cannot keep {:.1f} um within {:.2f} mm; {} would help",
                        name_of(edge), name, rules.min_pitch_um, room_mm, more)};
  }
  case StripFailure::Kind::gate:
    return {"gap_capacity",
            name,
            place,
            room_mm,
            room_mm + failure.missing_mm,
            "mm",
            fmt::format("side {}: the gap that guide {} and its neighbours go through is {:.3f} mm wide, {:.3f} mm too "
                        "narrow for them",
                        name_of(edge), name, room_mm, failure.missing_mm)};
  case StripFailure::Kind::crossing:
    return {"crossing",
            name,
            place,
            0,
            rules.min_crossing_angle_rad * 180 / std::numbers::pi,
            "deg",
            fmt::format("side {}: guide {} cannot turn between two port banks to cross the data at {:.0f} degrees on "
                        "straights with bends of {:.2f} mm radius; engines further apart, laser ports at the right "
                        "end of every bank, or a guide layer of their own would help",
                        name_of(edge), name, rules.min_crossing_angle_rad * 180 / std::numbers::pi,
                        rules.min_bend_radius_mm)};
  case StripFailure::Kind::side:
    return {"edge_clearance",
            name,
            place,
            rules.edge_clearance_mm - failure.missing_mm,
            rules.edge_clearance_mm,
            "mm",
            fmt::format("side {}: guide {} comes {:.3f} mm too near to the end of the side, or beyond it",
                        name_of(edge), name, failure.missing_mm)};
  case StripFailure::Kind::body:
    break;
  }
  const Obstacle& body = bodies[failure.body];
  return {"keep_out",
          name + " and " + body.name,
          body.outline.centre(),
          0,
          rules.keep_out_clearance_mm,
          "mm",
          fmt::format("guide {} finds no way past {} with bends of {:.2f} mm radius", name, body.name,
                      rules.min_bend_radius_mm)};
}

} // namespace beachfront::geometry
