// SPDX-License-Identifier: GPL-3.0-or-later
// The materials of the validation cases (docs/facts/thermal.md section 6): constant expansion, no glass transition.
#pragma once

#include "geometry/material.hpp"
#include "thermal/laminate.hpp"

namespace beachfront::thermal {

inline geometry::Material elastic_material(const char* name, double modulus_GPa, double poisson, double cte_ppm) {
  geometry::Material m;
  m.name = name;
  m.youngs_modulus_GPa = modulus_GPa;
  m.poisson_ratio = poisson;
  m.cte_ppm_per_K = cte_ppm;
  m.conductivity_xy_W_per_mK = m.conductivity_z_W_per_mK = 1;
  return m;
}

inline const geometry::Material si = elastic_material("silicon", 130, 0.28, 2.6);
inline const geometry::Material exg = elastic_material("EAGLE XG", 73.6, 0.23, 3.17);
inline const geometry::Material g55 = elastic_material("glass 5.5", 75, 0.23, 5.5);
inline const geometry::Material g83 = elastic_material("glass 8.3", 77, 0.22, 8.3);
inline const geometry::Material org15 = elastic_material("laminate 15", 26, 0.20, 15);
inline const geometry::Material org11 = elastic_material("laminate 11", 26, 0.20, 11);
inline const geometry::Material uf = elastic_material("underfill", 8, 0.33, 30);
inline const geometry::Material sac = elastic_material("SAC", 45, 0.36, 21.7);
inline const geometry::Material abf = elastic_material("ABF", 5, 0.30, 39);
inline const geometry::Material cu = elastic_material("copper", 117, 0.34, 17);

/// Cooling from 220 to 25 C, as in all mechanical cases.
inline constexpr double cooling_K = -195;

inline ElasticLayer cooled(const geometry::Material& m, double thickness_mm, double change_K = cooling_K) {
  return {thickness_mm * 1e3, m.youngs_modulus_GPa, m.poisson_ratio, m.cte_ppm_per_K * 1e-6 * change_K};
}

} // namespace beachfront::thermal
