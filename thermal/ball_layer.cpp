// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/ball_layer.hpp"

#include <algorithm>
#include <numbers>

namespace beachfront::thermal {

namespace {

constexpr double islands = 1e-3; ///< share of the layer's modulus that its balls have in the plane
constexpr double air_W_per_mK = 0.026;

double area_fraction(const Package& package) {
  const double diameters = package.board.body->ball_diameter_mm / package.board.ball_pitch_mm;
  return std::numbers::pi / 4 * diameters * diameters;
}

} // namespace

bool joins_board(const Package& package) {
  return package.board.body && std::any_of(package.assembly.begin(), package.assembly.end(),
                                           [](const AssemblyStep& step) { return step.joint == Joint::board; });
}

geometry::Box ball_layer_outline(const Package& package) {
  const geometry::Box& substrate = package.substrate.outline;
  const double inset_mm = std::max(0.0, package.board.ball_edge_inset_mm - package.board.ball_pitch_mm / 2);
  return geometry::box_around(substrate.centre(), substrate.width_mm() - 2 * inset_mm,
                              substrate.height_mm() - 2 * inset_mm);
}

BallLayer ball_layer(const Package& package) {
  const BoardBody& board = *package.board.body;
  const double d = board.ball_diameter_mm, h = package.board.ball_height_mm, pitch = package.board.ball_pitch_mm;
  const double e = board.balls.youngs_modulus_GPa, nu = board.balls.poisson_ratio;
  const double area_mm2 = std::numbers::pi / 4 * d * d, inertia_mm4 = area_mm2 * d * d / 16;
  const double cowper = 6 * (1 + nu) / (7 + 6 * nu);
  const double give_mm2_per_GPa_mm3 = h * h * h / (12 * e * inertia_mm4) + h / (cowper * e / (2 * (1 + nu)) * area_mm2);
  return {area_fraction(package) * e, h / (give_mm2_per_GPa_mm3 * pitch * pitch)};
}

ElasticTensor ball_layer_tensor(const Package& package) {
  const BallLayer layer = ball_layer(package);
  const double flat_GPa = islands * layer.across_GPa;
  return elastic_tensor({{flat_GPa, flat_GPa, layer.across_GPa},
                         {0, 0, 0},
                         {layer.shear_GPa, layer.shear_GPa, islands * layer.shear_GPa}});
}

geometry::Material ball_layer_material(const Package& package) {
  const double share = area_fraction(package);
  geometry::Material layer = package.board.body->balls;
  layer.conductivity_z_W_per_mK *= share;
  layer.conductivity_xy_W_per_mK = air_W_per_mK * (1 + share) / (1 - share);
  return layer;
}

} // namespace beachfront::thermal
