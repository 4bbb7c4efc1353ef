// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/port_shift.hpp"

#include "thermal/joints.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;
constexpr double mrad_per_rad = 1e3;
constexpr double mm_per_m = 1e3;

/// Mean of a figure along a side of a box, Simpson's rule.
template <typename Figure>
double mean_along(geometry::Point from, geometry::Point to, Figure figure) {
  return (figure(from) + 4 * figure(0.5 * (from + to)) + figure(to)) / 6;
}

} // namespace

PortShift port_shift(const Package& package, const Engine& engine, const PlateAssembly& assembly,
                     const PlateField& since_joined, double attach_C, double engine_C, double substrate_C) {
  const geometry::Point centre = engine.outline.centre();
  const geometry::Point to_ports = engine.ports - centre;
  const auto slip = [&](double half_length_mm, double distance_mm) {
    return bond_slip_um(engine_pair(package, engine, assembly.plies, attach_C, engine_C, substrate_C, half_length_mm),
                        distance_mm);
  };
  const double half_x = engine.outline.width_mm() / 2, half_y = engine.outline.height_mm() / 2;
  const PlateDeflection under = deflection(assembly.plan.mesh, since_joined, centre);
  const PlateDeflection guides = deflection(assembly.plan.mesh, since_joined, engine.ports);
  const double plane_mm = under.w_mm + under.slope_x * to_ports.x_mm + under.slope_y * to_ports.y_mm;
  const bool bank_along_x = engine.ports_face == geometry::Side::north || engine.ports_face == geometry::Side::south;

  // Across the joint, on the line from the centre to the ports: an engine that does not bend at all, or one that a
  // stiff joint bends along up to its free edge, whichever parts less.
  const double across = bank_along_x ? to_ports.y_mm : to_ports.x_mm, half = bank_along_x ? half_y : half_x;
  const double rigid_slope = bank_along_x ? under.slope_y - guides.slope_y : under.slope_x - guides.slope_x;
  const double rigid_um = (plane_mm - guides.w_mm) * um_per_mm, rigid_mrad = rigid_slope * mrad_per_rad;
  const double curvature_per_mm = across != 0 ? rigid_slope / across : 0; // of a dome positive
  const EdgeOpening bent =
      edge_opening(engine_pair(package, engine, assembly.plies, attach_C, engine_C, substrate_C, half),
                   curvature_per_mm, half - std::abs(across));
  const double opening_um = std::abs(bent.opening_um) < std::abs(rigid_um) ? bent.opening_um : rigid_um;
  const double bent_mrad = across < 0 ? -bent.slope_mrad : bent.slope_mrad;
  const double slope_mrad = std::abs(bent_mrad) < std::abs(rigid_mrad) ? bent_mrad : rigid_mrad;

  PortShift shift;
  shift.shift_um = {slip(half_x, to_ports.x_mm), slip(half_y, to_ports.y_mm), opening_um};
  // A plane of slopes (a, b) is turned by b about x and by -a about y.
  shift.rotation_mrad = {bank_along_x ? slope_mrad : 0, bank_along_x ? 0 : -slope_mrad, 0};
  const double half_bank_mm = engine.port_bank_width_mm / 2;
  shift.pitch_error_um = bank_along_x ? slip(half_x, to_ports.x_mm + half_bank_mm) - shift.shift_um[0]
                                      : slip(half_y, to_ports.y_mm + half_bank_mm) - shift.shift_um[1];
  return shift;
}

double coplanarity_um(const PlateMesh& mesh, const PlateField& field, const geometry::Box& outline) {
  // On a regular lattice the best plane is the mean with the mean slopes of both directions.
  constexpr int n = 5;
  double w[n][n], mean = 0, moment_x = 0, moment_y = 0, squares = 0;
  const auto share = [](int i) { return i / (n - 1.0) - 0.5; };
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const geometry::Point place =
          outline.centre() + geometry::Point{share(i) * outline.width_mm(), share(j) * outline.height_mm()};
      w[j][i] = deflection(mesh, field, place).w_mm;
      mean += w[j][i] / (n * n);
      moment_x += w[j][i] * share(i);
      moment_y += w[j][i] * share(j);
      squares += share(i) * share(i);
    }
  double low = 0, high = 0;
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const double off = w[j][i] - mean - (moment_x * share(i) + moment_y * share(j)) / squares;
      low = std::min(low, off);
      high = std::max(high, off);
    }
  return (high - low) * um_per_mm;
}

std::array<double, 2> mean_curvature_per_m(const PlateMesh& mesh, const PlateField& field,
                                           const geometry::Box& outline) {
  const geometry::Point low = outline.min, high = outline.max;
  const geometry::Point south_east{high.x_mm, low.y_mm}, north_west{low.x_mm, high.y_mm};
  const auto slope_x = [&](geometry::Point p) { return deflection(mesh, field, p).slope_x; };
  const auto slope_y = [&](geometry::Point p) { return deflection(mesh, field, p).slope_y; };
  const double falls_x = mean_along(low, north_west, slope_x) - mean_along(south_east, high, slope_x);
  const double falls_y = mean_along(low, south_east, slope_y) - mean_along(north_west, high, slope_y);
  return {falls_x / outline.width_mm() * mm_per_m, falls_y / outline.height_mm() * mm_per_m};
}

} // namespace beachfront::thermal
