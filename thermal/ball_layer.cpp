// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/ball_layer.hpp"

#include <algorithm>
#include <numbers>

namespace beachfront::thermal {

namespace {

constexpr double islands = 1e-3; ///< share of the layer's modulus that its balls have in the plane
constexpr double air_W_per_mK = 0.026;

double ball_area_mm2(const BoardBody& board) {
  return std::numbers::pi / 4 * board.ball_diameter_mm * board.ball_diameter_mm;
}

double area_fraction(const Package& package) {
  return ball_area_mm2(*package.board.body) / (package.board.ball_pitch_mm * package.board.ball_pitch_mm);
}

} // namespace

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
  const double area_mm2 = ball_area_mm2(board), inertia_mm4 = area_mm2 * d * d / 16;
  const double cowper = 6 * (1 + nu) / (7 + 6 * nu);
  const double give_per_GPa_mm = h * h * h / (12 * e * inertia_mm4) + h / (cowper * e / (2 * (1 + nu)) * area_mm2);
  return {area_fraction(package) * e, h / (give_per_GPa_mm * pitch * pitch)};
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
