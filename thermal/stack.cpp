// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stack.hpp"

#include "thermal/expansion.hpp"
#include "thermal/mixture.hpp"

#include <algorithm>

namespace beachfront::thermal {

std::vector<Ply> plies(const Substrate& substrate) {
  std::vector<Ply> from_top;
  for (const SubstrateLayer& layer : substrate.stack_up) {
    const geometry::Material patterned = patterned_pair(layer.material, layer.thickness_um, substrate.copper,
                                                        layer.copper_thickness_um, layer.copper_fraction);
    const Ply ply{core_with_vias(patterned, substrate.copper, layer.via_copper_fraction),
                  layer.thickness_um + layer.copper_thickness_um, layer.material,
                  layer.copper_thickness_um > 0 ? layer.thickness_um : 0};
    from_top.insert(from_top.end(), static_cast<std::size_t>(std::max(layer.repeat, 0)), ply);
  }
  return {from_top.rbegin(), from_top.rend()};
}

double total_um(const std::vector<Ply>& plies) {
  double sum_um = 0;
  for (const Ply& ply : plies)
    sum_um += ply.thickness_um;
  return sum_um;
}

bool is_glass(const geometry::Material& material) {
  return material.fracture_toughness_MPa_sqrt_m.has_value();
}

ElasticLayer elastic_layer(const geometry::Material& material, double thickness_um, double from_C, double to_C) {
  return {thickness_um, secant_modulus_GPa(material, from_C, to_C), material.poisson_ratio,
          thermal_strain(material, from_C, to_C)};
}

std::vector<ElasticLayer> elastic_layers(const std::vector<Ply>& plies, double from_C, double to_C) {
  std::vector<ElasticLayer> layers;
  for (const Ply& ply : plies)
    layers.push_back(elastic_layer(ply.material, ply.thickness_um, from_C, to_C));
  return layers;
}

double shear_compliance_um_per_GPa(const std::vector<Ply>& plies, double from_C, double to_C) {
  const auto shear_GPa = [&](const geometry::Material& material) {
    return secant_modulus_GPa(material, from_C, to_C) / (2 * (1 + material.poisson_ratio));
  };
  const auto stiffness = [&](const Ply& ply) {
    return secant_modulus_GPa(ply.material, from_C, to_C) * ply.thickness_um;
  };
  double total = 0, below = 0, sum = 0;
  for (const Ply& ply : plies)
    total += stiffness(ply);
  for (const Ply& ply : plies) {
    const double low = below / total, high = (below + stiffness(ply)) / total;
    double compliance = (ply.thickness_um - ply.film_um) / shear_GPa(ply.material);
    if (ply.film_um > 0)
      compliance += ply.film_um / shear_GPa(ply.film);
    sum += compliance * (low * low + low * high + high * high) / 3;
    below += stiffness(ply);
  }
  return sum;
}

geometry::Material die_joint_material(const DieJoint& joint, bool underfilled) {
  if (underfilled)
    return filled_bumps(joint.underfill, joint.solder, joint.bump_area_fraction);
  geometry::Material bumps = joint.solder;
  bumps.youngs_modulus_GPa = 0;
  return bumps;
}

} // namespace beachfront::thermal
