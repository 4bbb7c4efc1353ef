// SPDX-License-Identifier: GPL-3.0-or-later
// What the disciplines know of a material. Numbers come from designs/library with their source.
#pragma once

#include <optional>
#include <string>

namespace beachfront::geometry {

/// How the expansion of a material depends on temperature.
enum class CteLaw {
  constant,       ///< cte_ppm_per_K below the glass transition, cte_above_tg_ppm_per_K above
  okada_tokumaru, ///< silicon, J. Appl. Phys. 56, 314 (1984): 3.725(1-exp(-5.88e-3(T-124)))+5.548e-4 T ppm/K, T in K
};

/// Elastic, thermal, fracture and electrical properties. In-plane values unless the name says z; optional where a
/// material has none.
struct Material {
  std::string name;
  double youngs_modulus_GPa = 0;
  double poisson_ratio = 0;
  double cte_ppm_per_K = 0;
  CteLaw cte_law = CteLaw::constant;
  double conductivity_xy_W_per_mK = 0;
  double conductivity_z_W_per_mK = 0;
  std::optional<double> glass_transition_C;
  std::optional<double> youngs_modulus_above_tg_GPa;
  std::optional<double> cte_above_tg_ppm_per_K;
  std::optional<double> fracture_toughness_MPa_sqrt_m;      ///< K_Ic, fast fracture
  std::optional<double> design_stress_intensity_MPa_sqrt_m; ///< below K_Ic: slow crack growth over the life
  std::optional<double> dielectric_constant = std::nullopt; ///< at the frequency its source names
  std::optional<double> loss_tangent = std::nullopt;        ///< at the frequency its source names
  std::optional<double> electrical_conductivity_MS_per_m = std::nullopt;
  std::optional<double> surface_roughness_um = std::nullopt; ///< root mean square, of a conductor as patterned
  // Transverse isotropy, z across the plane of the layer. Without these the material is isotropic.
  std::optional<double> youngs_modulus_z_GPa = std::nullopt;
  std::optional<double> poisson_ratio_xz = std::nullopt; ///< contraction along z over extension along x, under x stress
  std::optional<double> shear_modulus_xy_GPa = std::nullopt;
  std::optional<double> shear_modulus_xz_GPa = std::nullopt;
  std::optional<double> cte_z_ppm_per_K = std::nullopt;
  std::optional<double> cte_z_above_tg_ppm_per_K = std::nullopt;
  std::optional<double> youngs_modulus_z_above_tg_GPa = std::nullopt; ///< in the ratio of the plane where not given
  std::optional<double> shear_modulus_xz_above_tg_GPa = std::nullopt; ///< the same
  std::optional<double> flow_stress_MPa = std::nullopt; ///< a soft metal's: it carries no more than this

  bool operator==(const Material&) const = default;
};

} // namespace beachfront::geometry
