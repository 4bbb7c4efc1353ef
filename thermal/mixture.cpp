// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/mixture.hpp"

#include <stdexcept>

namespace beachfront::thermal {

namespace {

double parallel(double matrix, double filler, double filler_fraction) {
  return (1 - filler_fraction) * matrix + filler_fraction * filler;
}

double turner(double matrix_cte, double matrix_modulus, double filler_cte, double filler_modulus, double fraction) {
  const double stiffness = parallel(matrix_modulus, filler_modulus, fraction);
  if (stiffness == 0)
    return parallel(matrix_cte, filler_cte, fraction);
  return parallel(matrix_cte * matrix_modulus, filler_cte * filler_modulus, fraction) / stiffness;
}

/// Elastic and expansion properties of the mixture below and above the matrix' glass transition; parallel conduction.
geometry::Material equal_strain(const geometry::Material& matrix, const geometry::Material& filler, double fraction) {
  if (fraction < 0 || fraction > 1)
    throw std::invalid_argument("a volume fraction lies between 0 and 1");
  if (fraction == 0)
    return matrix;
  if (matrix.cte_law != geometry::CteLaw::constant || filler.cte_law != geometry::CteLaw::constant)
    throw std::invalid_argument("only materials of constant expansion can be mixed, not " + matrix.name + " with " +
                                filler.name);
  geometry::Material mixed = matrix;
  const double stiff = filler.youngs_modulus_GPa;
  mixed.youngs_modulus_GPa = parallel(matrix.youngs_modulus_GPa, stiff, fraction);
  mixed.poisson_ratio = parallel(matrix.poisson_ratio, filler.poisson_ratio, fraction);
  mixed.cte_ppm_per_K = turner(matrix.cte_ppm_per_K, matrix.youngs_modulus_GPa, filler.cte_ppm_per_K, stiff, fraction);
  if (matrix.glass_transition_C) {
    const double rubbery = matrix.youngs_modulus_above_tg_GPa.value_or(matrix.youngs_modulus_GPa);
    const double cte = matrix.cte_above_tg_ppm_per_K.value_or(matrix.cte_ppm_per_K);
    mixed.youngs_modulus_above_tg_GPa = parallel(rubbery, stiff, fraction);
    mixed.cte_above_tg_ppm_per_K = turner(cte, rubbery, filler.cte_ppm_per_K, stiff, fraction);
  }
  if (matrix.youngs_modulus_z_GPa) {
    const double across = *matrix.youngs_modulus_z_GPa;
    mixed.youngs_modulus_z_GPa = parallel(across, stiff, fraction);
    mixed.cte_z_ppm_per_K =
        turner(matrix.cte_z_ppm_per_K.value_or(matrix.cte_ppm_per_K), across, filler.cte_ppm_per_K, stiff, fraction);
  }
  mixed.conductivity_xy_W_per_mK = parallel(matrix.conductivity_xy_W_per_mK, filler.conductivity_xy_W_per_mK, fraction);
  mixed.conductivity_z_W_per_mK = parallel(matrix.conductivity_z_W_per_mK, filler.conductivity_z_W_per_mK, fraction);
  return mixed;
}

/// Square or hexagonal arrays of parallel cylinders in a matrix, seen across them.
double maxwell_cylinders(double matrix, double cylinders, double fraction) {
  return matrix * (cylinders * (1 + fraction) + matrix * (1 - fraction)) /
         (cylinders * (1 - fraction) + matrix * (1 + fraction));
}

} // namespace

geometry::Material patterned_pair(const geometry::Material& dielectric, double dielectric_thickness_um,
                                  const geometry::Material& copper, double copper_thickness_um,
                                  double copper_fraction) {
  const double total_um = dielectric_thickness_um + copper_thickness_um;
  if (copper_thickness_um == 0 || copper_fraction == 0)
    return dielectric;
  geometry::Material pair = equal_strain(dielectric, copper, copper_fraction * copper_thickness_um / total_um);
  // Across the pair the film and the pattern are in series; the film is the soft one.
  const double film = dielectric_thickness_um / total_um, pattern = 1 - film;
  const auto in_series = [&](double of_film, double of_copper) {
    return 1 / (film / of_film + pattern / parallel(of_film, of_copper, copper_fraction));
  };
  const auto shear = [](const geometry::Material& m) { return m.youngs_modulus_GPa / (2 * (1 + m.poisson_ratio)); };
  pair.youngs_modulus_z_GPa = in_series(dielectric.youngs_modulus_GPa, copper.youngs_modulus_GPa);
  pair.shear_modulus_xz_GPa = in_series(shear(dielectric), shear(copper));
  if (dielectric.glass_transition_C) {
    geometry::Material rubber = dielectric;
    rubber.youngs_modulus_GPa = dielectric.youngs_modulus_above_tg_GPa.value_or(dielectric.youngs_modulus_GPa);
    pair.youngs_modulus_z_above_tg_GPa = in_series(rubber.youngs_modulus_GPa, copper.youngs_modulus_GPa);
    pair.shear_modulus_xz_above_tg_GPa = in_series(shear(rubber), shear(copper));
  }
  pair.cte_z_ppm_per_K = film * dielectric.cte_ppm_per_K +
                         pattern * parallel(dielectric.cte_ppm_per_K, copper.cte_ppm_per_K, copper_fraction);
  if (dielectric.cte_above_tg_ppm_per_K)
    pair.cte_z_above_tg_ppm_per_K =
        film * *dielectric.cte_above_tg_ppm_per_K +
        pattern * parallel(*dielectric.cte_above_tg_ppm_per_K, copper.cte_ppm_per_K, copper_fraction);
  const double pattern_k =
      parallel(dielectric.conductivity_z_W_per_mK, copper.conductivity_z_W_per_mK, copper_fraction);
  pair.conductivity_z_W_per_mK =
      total_um / (dielectric_thickness_um / dielectric.conductivity_z_W_per_mK + copper_thickness_um / pattern_k);
  return pair;
}

geometry::Material core_with_vias(const geometry::Material& core, const geometry::Material& metal,
                                  double via_fraction) {
  geometry::Material mixed = equal_strain(core, metal, via_fraction);
  mixed.conductivity_xy_W_per_mK =
      maxwell_cylinders(core.conductivity_xy_W_per_mK, metal.conductivity_xy_W_per_mK, via_fraction);
  return mixed;
}

geometry::Material filled_bumps(const geometry::Material& underfill, const geometry::Material& solder,
                                double bump_fraction) {
  return equal_strain(underfill, solder, bump_fraction);
}

} // namespace beachfront::thermal
