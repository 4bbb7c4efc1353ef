// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/laminate.hpp"

#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double mm_per_um = 1e-3;
constexpr double MPa_per_GPa = 1e3;

/// A layer seen along one direction: sigma = modulus x (strain - free strain).
struct Uniaxial {
  double modulus_MPa = 0;
  double free_strain = 0;
};

Uniaxial uniaxial(const ElasticLayer& layer, Constraint constraint) {
  const double modulus_MPa = layer.youngs_modulus_GPa * MPa_per_GPa;
  const double nu = layer.poisson_ratio;
  switch (constraint) {
  case Constraint::beam:
    return {modulus_MPa, layer.thermal_strain};
  case Constraint::plane_strain:
    return {modulus_MPa / (1 - nu * nu), layer.thermal_strain * (1 + nu)};
  case Constraint::equibiaxial:
    return {modulus_MPa / (1 - nu), layer.thermal_strain};
  }
  throw std::logic_error("unknown constraint");
}

/// Integrals of 1, z and z^2 over a layer.
struct Moments {
  double zeroth_mm = 0, first_mm2 = 0, second_mm3 = 0;
};

Moments moments(double bottom_mm, double top_mm) {
  return {top_mm - bottom_mm, (top_mm * top_mm - bottom_mm * bottom_mm) / 2,
          (top_mm * top_mm * top_mm - bottom_mm * bottom_mm * bottom_mm) / 3};
}

/// Calls visit(layer, moments) from the bottom up.
template <typename Visit>
void for_each_layer(std::span<const ElasticLayer> layers, Visit visit) {
  double bottom_mm = 0;
  for (const ElasticLayer& layer : layers) {
    const double top_mm = bottom_mm + layer.thickness_um * mm_per_um;
    visit(layer, moments(bottom_mm, top_mm));
    bottom_mm = top_mm;
  }
}

} // namespace

double thickness_um(std::span<const ElasticLayer> layers) {
  double sum = 0;
  for (const ElasticLayer& layer : layers)
    sum += layer.thickness_um;
  return sum;
}

Bending free_bending(std::span<const ElasticLayer> layers, Constraint constraint) {
  double a = 0, b = 0, d = 0, force = 0, moment = 0;
  for_each_layer(layers, [&](const ElasticLayer& layer, const Moments& m) {
    const Uniaxial u = uniaxial(layer, constraint);
    a += u.modulus_MPa * m.zeroth_mm;
    b += u.modulus_MPa * m.first_mm2;
    d += u.modulus_MPa * m.second_mm3;
    force += u.modulus_MPa * u.free_strain * m.zeroth_mm;
    moment += u.modulus_MPa * u.free_strain * m.first_mm2;
  });
  const double determinant = a * d - b * b;
  if (!(determinant > 0))
    throw std::invalid_argument("a laminate needs a layer with stiffness and thickness");
  return {(d * force - b * moment) / determinant, (a * moment - b * force) / determinant};
}

double stress_MPa(const ElasticLayer& layer, Constraint constraint, const Bending& bending, double z_um) {
  const Uniaxial u = uniaxial(layer, constraint);
  return u.modulus_MPa * (bending.bottom_strain + z_um * mm_per_um * bending.curvature_per_mm - u.free_strain);
}

double elastic_energy_J_per_m2(std::span<const ElasticLayer> layers, Constraint constraint) {
  const Bending bending = free_bending(layers, constraint);
  // A plate works along two directions, a beam or a strip along one.
  const double directions = constraint == Constraint::equibiaxial ? 2 : 1;
  double energy_N_per_mm = 0;
  for_each_layer(layers, [&](const ElasticLayer& layer, const Moments& m) {
    const Uniaxial u = uniaxial(layer, constraint);
    const double constant = bending.bottom_strain - u.free_strain;
    const double slope = bending.curvature_per_mm;
    energy_N_per_mm +=
        directions / 2 * u.modulus_MPa *
        (constant * constant * m.zeroth_mm + 2 * constant * slope * m.first_mm2 + slope * slope * m.second_mm3);
  });
  constexpr double J_per_m2_per_N_per_mm = 1e3;
  return energy_N_per_mm * J_per_m2_per_N_per_mm;
}

PlateStiffness plate_stiffness(std::span<const ElasticLayer> layers) {
  PlateStiffness s;
  for_each_layer(layers, [&](const ElasticLayer& layer, const Moments& m) {
    const double nu = layer.poisson_ratio;
    const double q = layer.youngs_modulus_GPa * MPa_per_GPa / (1 - nu * nu);
    const double thermal_MPa = q * (1 + nu) * layer.thermal_strain;
    s.a11_N_per_mm += q * m.zeroth_mm;
    s.a12_N_per_mm += nu * q * m.zeroth_mm;
    s.b11_N += q * m.first_mm2;
    s.b12_N += nu * q * m.first_mm2;
    s.d11_N_mm += q * m.second_mm3;
    s.d12_N_mm += nu * q * m.second_mm3;
    s.n_thermal_N_per_mm += thermal_MPa * m.zeroth_mm;
    s.m_thermal_N += thermal_MPa * m.first_mm2;
  });
  return s;
}

EffectivePlate effective_plate(std::span<const ElasticLayer> layers) {
  const PlateStiffness s = plate_stiffness(layers);
  const Bending bending = free_bending(layers, Constraint::equibiaxial);
  EffectivePlate plate;
  plate.thickness_um = thickness_um(layers);
  const double thickness_mm = plate.thickness_um * mm_per_um;
  plate.poisson_ratio = s.a12_N_per_mm / s.a11_N_per_mm;
  plate.youngs_modulus_GPa =
      s.a11_N_per_mm * (1 - plate.poisson_ratio * plate.poisson_ratio) / thickness_mm / MPa_per_GPa;
  plate.free_strain = bending.bottom_strain + thickness_mm / 2 * bending.curvature_per_mm;
  const double a = s.a11_N_per_mm + s.a12_N_per_mm, b = s.b11_N + s.b12_N, d = s.d11_N_mm + s.d12_N_mm;
  plate.flexural_rigidity_N_mm = d - b * b / a;
  return plate;
}

} // namespace beachfront::thermal
