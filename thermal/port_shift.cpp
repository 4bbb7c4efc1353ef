// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/port_shift.hpp"

#include "thermal/joints.hpp"

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;
constexpr double mrad_per_rad = 1e3;

} // namespace

PortShift port_shift(const Package& package, const Engine& engine, const AssemblyPath& path, double attach_C,
                     double engine_C, double substrate_C) {
  const geometry::Point centre = engine.outline.centre();
  const geometry::Point to_ports = engine.ports - centre;
  const auto slip = [&](double half_length_mm, double distance_mm) {
    return slip_um(engine_pair(package, engine, path.plies, attach_C, engine_C, substrate_C, half_length_mm),
                   distance_mm);
  };
  const double half_x = engine.outline.width_mm() / 2, half_y = engine.outline.height_mm() / 2;

  const geometry::Point outward = centre - path.plan.centre;
  const double radius_mm = norm_mm(outward);
  const geometry::Point radial = radius_mm > 0 ? (1 / radius_mm) * outward : geometry::Point{1, 0};
  const geometry::Point tangential{-radial.y_mm, radial.x_mm};
  const Curvatures bend = curvatures(path, radius_mm, path.engines_joined_at);
  const double along = dot(to_ports, radial), across = dot(to_ports, tangential);
  // A dome falls away under the ports by this slope.
  const geometry::Point falls = bend.radial_per_mm * along * radial + bend.tangential_per_mm * across * tangential;

  PortShift shift;
  shift.shift_um = {slip(half_x, to_ports.x_mm), slip(half_y, to_ports.y_mm), dot(falls, to_ports) / 2 * um_per_mm};
  shift.rotation_mrad = {falls.y_mm * mrad_per_rad, -falls.x_mm * mrad_per_rad, 0};
  const bool bank_along_x = engine.ports_face == geometry::Side::north || engine.ports_face == geometry::Side::south;
  const double half_bank_mm = engine.port_bank_width_mm / 2;
  shift.pitch_error_um = bank_along_x ? slip(half_x, to_ports.x_mm + half_bank_mm) - shift.shift_um[0]
                                      : slip(half_y, to_ports.y_mm + half_bank_mm) - shift.shift_um[1];
  return shift;
}

} // namespace beachfront::thermal
