// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/spreading.hpp"

#include <cmath>
#include <numbers>

namespace beachfront::thermal {

namespace {

constexpr double m_per_um = 1e-6;
constexpr double m_per_mm = 1e-3;
constexpr double m2_per_mm2 = 1e-6;

} // namespace

double stack_resistance_K_per_W(std::span<const ConductiveLayer> layers, double area_mm2) {
  double per_area = 0;
  for (const ConductiveLayer& layer : layers)
    per_area += layer.thickness_um * m_per_um / layer.conductivity_W_per_mK;
  return per_area / (area_mm2 * m2_per_mm2);
}

double film_resistance_K_per_W(double heat_transfer_W_per_m2K, double area_mm2) {
  return 1 / (heat_transfer_W_per_m2K * area_mm2 * m2_per_mm2);
}

SpreadingResistance lee_spreading(double source_area_mm2, double plate_area_mm2, double plate_thickness_mm,
                                  double conductivity_W_per_mK, double heat_transfer_W_per_m2K) {
  const double a = std::sqrt(source_area_mm2 * m2_per_mm2 / std::numbers::pi);
  const double b = std::sqrt(plate_area_mm2 * m2_per_mm2 / std::numbers::pi);
  const double t = plate_thickness_mm * m_per_mm, k = conductivity_W_per_mK;
  const double epsilon = a / b, biot = heat_transfer_W_per_m2K * b / k;
  const double lambda = std::numbers::pi + 1 / (epsilon * std::sqrt(std::numbers::pi));
  const double tanh = std::tanh(lambda * t / b);
  const double phi = (tanh + lambda / biot) / (1 + lambda / biot * tanh);
  const double one_dimensional =
      t / (k * plate_area_mm2 * m2_per_mm2) + film_resistance_K_per_W(heat_transfer_W_per_m2K, plate_area_mm2);
  const double scale = phi / (k * a * std::sqrt(std::numbers::pi));
  return {0.5 * std::pow(1 - epsilon, 1.5) * scale + one_dimensional,
          (1 - epsilon) / std::sqrt(std::numbers::pi) * scale + one_dimensional};
}

} // namespace beachfront::thermal
