// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/slab.hpp"

#include "exact/root.hpp"

#include <algorithm>
#include <numbers>

namespace beachfront::optics::exact {
namespace {

using std::numbers::pi;

double k_of(double wavelength_um) {
  return 2 * pi / wavelength_um;
}

/// Transverse wave numbers; polarisation weights on the two decay constants.
struct Transverse {
  double kappa, gamma_cover, gamma_substrate, weight_cover, weight_substrate;
};

Transverse transverse(const Slab& s, double k, Field field, double beta2) {
  const auto positive_root = [](double square) { return std::sqrt(std::max(0.0, square)); };
  const double core2 = s.core_index * s.core_index, cover2 = s.cover_index * s.cover_index;
  const double substrate2 = s.substrate_index * s.substrate_index;
  return {positive_root(k * k * core2 - beta2), positive_root(beta2 - k * k * cover2),
          positive_root(beta2 - k * k * substrate2), field == Field::te ? 1 : core2 / cover2,
          field == Field::te ? 1 : core2 / substrate2};
}

/// Phase of a round trip, less that of the mode; falls as beta^2 grows.
double phase(const Slab& s, double k, Field field, int order, double beta2) {
  const Transverse t = transverse(s, k, field, beta2);
  return t.kappa * s.thickness_um - order * pi - std::atan2(t.weight_cover * t.gamma_cover, t.kappa) -
         std::atan2(t.weight_substrate * t.gamma_substrate, t.kappa);
}

double slab_beta2(const Slab& s, double k, Field field, int order) {
  const double floor = std::max(s.cover_index, s.substrate_index);
  const double low = k * k * floor * floor, high = k * k * s.core_index * s.core_index;
  if (phase(s, k, field, order, low) < 0)
    return 0;
  return root_between([&](double beta2) { return phase(s, k, field, order, beta2); }, low, high);
}

} // namespace

double slab_index(const Slab& slab, double wavelength_um, Field field, int order) {
  const double k = k_of(wavelength_um);
  return std::sqrt(slab_beta2(slab, k, field, order)) / k;
}

double slab_field(const Slab& slab, double wavelength_um, Field field, int order, double x_um) {
  const double k = k_of(wavelength_um);
  const Transverse t = transverse(slab, k, field, slab_beta2(slab, k, field, order));
  const double shift = std::atan2(t.weight_cover * t.gamma_cover, t.kappa);
  if (x_um < 0)
    return std::cos(shift) * std::exp(t.gamma_cover * x_um);
  const double inside = std::min(x_um, slab.thickness_um);
  return std::cos(t.kappa * inside - shift) * std::exp(-t.gamma_substrate * (x_um - inside));
}

Supermodes slab_coupler(double core_index, double cladding_index, double thickness_um, double gap_um,
                        double wavelength_um) {
  const double k = k_of(wavelength_um);
  const Slab alone{cladding_index, core_index, cladding_index, thickness_um};
  const double beta2 = slab_beta2(alone, k, Field::te, 0);
  const double v2 = k * k * (core_index * core_index - cladding_index * cladding_index);
  // gamma of the lone guide to the last digit: kappa tan(kappa t/2) = gamma, kappa^2 + gamma^2 = v2
  const double kappa0 = root_between(
      [&](double kappa) { return kappa * std::tan(kappa * thickness_um / 2) - std::sqrt(v2 - kappa * kappa); }, 0,
      std::min(std::sqrt(v2), pi / thickness_um * (1 - 1e-15)));
  const double gamma0 = std::sqrt(v2 - kappa0 * kappa0);
  // outer wall atan(gamma/kappa), inner wall atan(gamma tanh(gamma g/2)/kappa) or coth. Less the lone guide's equation,
  // every difference a function of d = beta^2 - beta0^2 itself.
  const auto mismatch = [&](double d, double sign) {
    const double kappa = std::sqrt(kappa0 * kappa0 - d), gamma = std::sqrt(gamma0 * gamma0 + d);
    const double kappa_step = -d / (kappa + kappa0), gamma_step = d / (gamma + gamma0);
    const double half_angle =
        std::atan((gamma_step * kappa0 - gamma0 * kappa_step) / (kappa * kappa0 + gamma * gamma0));
    const double e = sign * std::exp(-gamma * gap_um); // tanh = (1 - e)/(1 + e), coth with e < 0
    const double inner = gamma * (1 - e) / (1 + e), inner_less = -2 * e / (1 + e) * gamma; // inner - gamma
    const double wall = half_angle + std::atan(inner_less * kappa / (kappa * kappa + inner * gamma));
    return kappa_step * thickness_um - half_angle - wall;
  };
  const double reach = 0.999 * std::min(kappa0 * kappa0, gamma0 * gamma0);
  const double even = root_between([&](double d) { return mismatch(d, 1); }, 0, reach);
  const double odd = root_between([&](double d) { return mismatch(d, -1); }, -reach, 0);
  Supermodes modes{std::sqrt(beta2 + even) / k, std::sqrt(beta2 + odd) / k, 0};
  const double splitting = (even - odd) / (k * k) / (modes.even_index + modes.odd_index);
  modes.coupling_length_mm = wavelength_um / (2 * splitting) * 1e-3;
  return modes;
}

double sech2_index(double background_index, double peak_index, double width_um, double wavelength_um, int order) {
  const double kd = k_of(wavelength_um) * width_um;
  const double d = peak_index * peak_index - background_index * background_index;
  const double nu = (std::sqrt(1 + 4 * kd * kd * d) - 1) / 2;
  if (nu <= order)
    return 0;
  return std::hypot(background_index, (nu - order) / kd);
}

double parabola_index(double axis_index, double delta, double a_um, double wavelength_um, int order) {
  const double step = (2 * order + 1) * axis_index * std::sqrt(2 * delta) / (k_of(wavelength_um) * a_um);
  return std::sqrt(axis_index * axis_index - step);
}

double parabola_waist_um(double axis_index, double delta, double a_um, double wavelength_um) {
  return std::sqrt(2 * a_um / (k_of(wavelength_um) * axis_index * std::sqrt(2 * delta)));
}

double sech2_index_2d(double background_index, double peak_index, double a_um, double b_um, double wavelength_um,
                      int order_x, int order_y) {
  const double x = sech2_index(background_index, peak_index, a_um, wavelength_um, order_x);
  const double y = sech2_index(background_index, peak_index, b_um, wavelength_um, order_y);
  return std::sqrt(x * x + y * y - background_index * background_index);
}

double parabola_index_2d(double axis_index, double delta, double ax_um, double ay_um, double wavelength_um, int order_x,
                         int order_y) {
  const double x = parabola_index(axis_index, delta, ax_um, wavelength_um, order_x);
  const double y = parabola_index(axis_index, delta, ay_um, wavelength_um, order_y);
  return std::sqrt(x * x + y * y - axis_index * axis_index);
}

} // namespace beachfront::optics::exact
