// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid_bodies.hpp"

#include "thermal/ball_layer.hpp"
#include "thermal/expansion.hpp"
#include "thermal/stack.hpp"
#include "thermal/upper_plates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double unfilled = 1e-3; ///< in-plane share of the stiffness of bumps without underfill: islands

/// Secant constants between two temperatures, in the plane and across it, times a share.
ElasticConstants constants(const geometry::Material& m, const TemperatureSpan& span, double share) {
  const double glassy = m.youngs_modulus_GPa;
  const double softer = m.youngs_modulus_above_tg_GPa.value_or(glassy) / glassy;
  const auto secant = [&](double below, const std::optional<double>& above) {
    return secant_of(m, below, above.value_or(softer * below), span.from_C, span.to_C);
  };
  const double in_plane = secant(glassy, std::nullopt);
  const double across = secant(m.youngs_modulus_z_GPa.value_or(glassy), m.youngs_modulus_z_above_tg_GPa);
  const double nu_xz = m.poisson_ratio_xz.value_or(m.poisson_ratio);
  const double shear_xy =
      m.shear_modulus_xy_GPa ? secant(*m.shear_modulus_xy_GPa, std::nullopt) : in_plane / (2 * (1 + m.poisson_ratio));
  // Without a shear modulus of its own a layered material takes that of its softer direction.
  const double shear_xz = m.shear_modulus_xz_GPa ? secant(*m.shear_modulus_xz_GPa, m.shear_modulus_xz_above_tg_GPa)
                                                 : std::min(in_plane, across) / (2 * (1 + nu_xz));
  return {{share * in_plane, share * in_plane, share * across},
          {m.poisson_ratio, nu_xz, nu_xz},
          {share * shear_xz, share * shear_xz, share * shear_xy}};
}

ElasticTensor bumps_alone(const DieJoint& joint) {
  const double area = joint.bump_area_fraction, e = joint.solder.youngs_modulus_GPa;
  const double g = e / (2 * (1 + joint.solder.poisson_ratio));
  return elastic_tensor(
      {{unfilled * area * e, unfilled * area * e, area * e}, {0, 0, 0}, {area * g, area * g, unfilled * area * g}});
}

} // namespace

bool present(Part part, const Joined& done) {
  switch (part) {
  case Part::ply:
    return true;
  case Part::die_joint:
  case Part::die:
    return done.dies;
  case Part::engine_joint:
  case Part::engine:
    return done.engines;
  case Part::die_tim:
    return done.lid && done.dies;
  case Part::engine_tim:
    return done.lid && done.engines;
  case Part::lid:
  case Part::lid_seal:
    return done.lid;
  case Part::stiffener:
  case Part::stiffener_adhesive:
    return done.stiffener;
  case Part::balls:
  case Part::board:
    return done.board;
  }
  return false;
}

ElasticTensor tensor(const Package& package, const Body& body, const Joined& done, const TemperatureSpan& span) {
  if (body.part == Part::die_joint && !done.underfill)
    return bumps_alone(package.die_joint);
  if (body.part == Part::balls)
    return ball_layer_tensor(package);
  double share = 1;
  if (body.part == Part::die_tim)
    share *= flowing_share(package, package.cooling.die_tim, body.outline, package.dies[body.index].material);
  if (body.part == Part::engine_tim)
    share *= flowing_share(package, package.cooling.engine_tim, body.outline, package.engines[body.index].material);
  return elastic_tensor(constants(body.material, span, share));
}

bool same(const Tensors& a, const Tensors& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.has_value() == y.has_value() && (!x || (x->normal == y->normal && x->shear == y->shear));
  });
}

Tensors tensors(const Package& package, const std::vector<Body>& bodies, const Joined& done,
                const TemperatureSpan& span) {
  Tensors all(bodies.size());
  for (std::size_t b = 0; b < bodies.size(); ++b)
    if (present(bodies[b].part, done))
      all[b] = tensor(package, bodies[b], done, span);
  return all;
}

bool same_bodies(const Tensors& a, const Tensors& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.has_value() == y.has_value(); });
}

std::array<double, 3> free_strain(const Package& package, const Body& body, const Joined& done,
                                  const TemperatureSpan& span) {
  const geometry::Material& material =
      body.part == Part::die_joint && !done.underfill ? package.die_joint.solder : body.material;
  const double in_plane = thermal_strain(material, span.from_C, span.to_C);
  return {in_plane, in_plane, thermal_strain_z(material, span.from_C, span.to_C)};
}

void check_elastic(const Package& package) {
  if (!package.dies.empty() && !(package.die_joint.bump_area_fraction > 0))
    throw std::invalid_argument("no bumps under the dies (asic.bump_area_fraction 0): before it is filled the joint "
                                "would have no stiffness");
  for (const Body& body : bodies(package))
    try {
      elastic_tensor(constants(body.material, {package.operation.room_C, package.operation.room_C}, 1));
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(fmt::format("{} of material {}: {}", body.name, body.material.name, error.what()));
    }
}

} // namespace beachfront::thermal
