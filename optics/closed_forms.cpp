// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/closed_forms.hpp"

#include <cmath>
#include <numbers>

namespace beachfront::optics {
namespace {

using std::numbers::pi;

constexpr double dB_per_neper_of_power = 10 * std::numbers::log10e;
constexpr double um_per_mm = 1e3;
constexpr double um_per_cm = 1e4;
constexpr double um_per_m = 1e6;

} // namespace

double marcuse_slab_bend_loss_dB_per_cm(double core_index, double cladding_index, double thickness_um,
                                        double wavelength_um, double effective_index, double radius_mm) {
  const double k = 2 * pi / wavelength_um, d = thickness_um / 2, beta = k * effective_index;
  const double kappa = k * std::sqrt(core_index * core_index - effective_index * effective_index);
  const double decay = k * std::sqrt(effective_index * effective_index - cladding_index * cladding_index);
  const double exponent = 2 * decay * d - 2 * decay * decay * decay * radius_mm * um_per_mm / (3 * beta * beta);
  const double edge = std::cos(kappa * d);
  return dB_per_neper_of_power * um_per_cm * decay * edge * edge * std::exp(exponent) / (beta * (d + 1 / decay));
}

namespace {

/// The dimensionless numbers of LP01.
struct FibreNumbers {
  double u = 0, v = 0, w = 0;
};

FibreNumbers numbers_of(const StepFibre& f) {
  const double ka = 2 * pi / f.wavelength_um * f.core_radius_um;
  const double n2 = f.effective_index * f.effective_index;
  return {ka * std::sqrt(f.core_index * f.core_index - n2),
          ka * std::sqrt(f.core_index * f.core_index - f.cladding_index * f.cladding_index),
          ka * std::sqrt(n2 - f.cladding_index * f.cladding_index)};
}

} // namespace

double marcuse_fibre_bend_loss_dB_per_m(const StepFibre& fibre, double radius_mm) {
  const auto [u, v, w] = numbers_of(fibre);
  const double a = fibre.core_radius_um, kappa = u / a, decay = w / a, radius_um = radius_mm * um_per_mm;
  const double beta = 2 * pi / fibre.wavelength_um * fibre.effective_index;
  const double k1 = std::cyl_bessel_k(1.0, w);
  const double exponent = 2 * decay * decay * decay * radius_um / (3 * beta * beta);
  return dB_per_neper_of_power * um_per_m * std::sqrt(pi) * kappa * kappa * std::exp(-exponent) /
         (2 * std::pow(decay, 1.5) * v * v * std::sqrt(radius_um) * k1 * k1);
}

double fibre_pair_coupling_per_mm(const StepFibre& fibre, double distance_um) {
  const auto [u, v, w] = numbers_of(fibre);
  const double core2 = fibre.core_index * fibre.core_index, cladding2 = fibre.cladding_index * fibre.cladding_index;
  const double root_2_delta = std::sqrt((core2 - cladding2) / core2);
  const double k1 = std::cyl_bessel_k(1.0, w);
  return um_per_mm * root_2_delta / fibre.core_radius_um * u * u / (v * v * v) *
         std::cyl_bessel_k(0.0, w * distance_um / fibre.core_radius_um) / (k1 * k1);
}

} // namespace beachfront::optics
