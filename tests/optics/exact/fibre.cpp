// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/fibre.hpp"

#include "exact/root.hpp"

#include <algorithm>
#include <functional>
#include <numbers>

namespace beachfront::optics::exact {
namespace {

using std::numbers::pi;
using Function = std::function<double(double)>;

double j(int order, double x) {
  return order < 0 ? -std::cyl_bessel_j(-order, x) : std::cyl_bessel_j(order, x);
}
double k(int order, double x) {
  return std::cyl_bessel_k(std::abs(order), x);
}
double dj(int order, double x) {
  return (j(order - 1, x) - j(order + 1, x)) / 2;
}
double dk(int order, double x) {
  return -(k(order - 1, x) + k(order + 1, x)) / 2;
}

/// U of the m-th sign change of f on (0, v); 0 where there are fewer.
double nth_root(const Function& f, double v, int m) {
  const int steps = 400 + static_cast<int>(40 * v);
  double u = v * 1e-6, fu = f(u);
  for (int i = 1; i <= steps; ++i) {
    const double next = v * (i == steps ? 1 - 1e-9 : static_cast<double>(i) / steps), f_next = f(next);
    if ((fu < 0) != (f_next < 0) && --m == 0)
      return root_between(f, u, next);
    u = next;
    fu = f_next;
  }
  return 0;
}

double index_of(const StepFibre& fibre, double wavelength_um, double u) {
  const double ka = 2 * pi / wavelength_um * fibre.core_radius_um;
  return u == 0 ? 0 : std::sqrt(fibre.core_index * fibre.core_index - u * u / (ka * ka));
}

/// U and W of an effective index.
struct Parameters {
  double u, w;
};

Parameters parameters(const StepFibre& fibre, double wavelength_um, double index) {
  const double ka = 2 * pi / wavelength_um * fibre.core_radius_um;
  return {ka * std::sqrt((fibre.core_index - index) * (fibre.core_index + index)),
          ka * std::sqrt((index - fibre.cladding_index) * (index + fibre.cladding_index))};
}

/// Simpson's rule over the core and over thirty decay lengths of the cladding, apart: the integrands have a corner.
double integral(const Function& f, double a_um, double w) {
  const auto simpson = [&](double from, double to, int cells) {
    const double h = (to - from) / (2 * cells);
    double sum = f(from) + f(to);
    for (int i = 1; i < 2 * cells; ++i)
      sum += (i % 2 ? 4 : 2) * f(from + i * h);
    return sum * h / 3;
  };
  return simpson(1e-9 * a_um, a_um * (1 - 1e-13), 200) + simpson(a_um * (1 + 1e-13), a_um * (1 + 30 / w), 1500);
}

double twice_radius_of(const Function& intensity, double a_um, double level) {
  const double peak = intensity(1e-9 * a_um);
  return 2 * root_between([&](double r) { return intensity(r) / peak - level; }, 1e-9 * a_um, 20 * a_um);
}

} // namespace

double v_number(const StepFibre& fibre, double wavelength_um) {
  const double aperture = std::sqrt(fibre.core_index * fibre.core_index - fibre.cladding_index * fibre.cladding_index);
  return 2 * pi / wavelength_um * fibre.core_radius_um * aperture;
}

double lp_index(const StepFibre& fibre, double wavelength_um, int l, int m) {
  const double v = v_number(fibre, wavelength_um);
  const auto f = [=](double u) {
    const double w = std::sqrt(v * v - u * u);
    return u * j(l + 1, u) - w * k(l + 1, w) / k(l, w) * j(l, u);
  };
  return index_of(fibre, wavelength_um, nth_root(f, v, m));
}

double lp_field(const StepFibre& fibre, double wavelength_um, int l, int m, double r_um) {
  const auto [u, w] = parameters(fibre, wavelength_um, lp_index(fibre, wavelength_um, l, m));
  const double r = r_um / fibre.core_radius_um;
  return r < 1 ? j(l, u * r) : j(l, u) * k(l, w * r) / k(l, w);
}

SpotSize lp01_spot(const StepFibre& fibre, double wavelength_um) {
  const double a = fibre.core_radius_um;
  const auto [u, w] = parameters(fibre, wavelength_um, lp_index(fibre, wavelength_um, 0, 1));
  const double edge = j(0, u) / k(0, w);
  const auto intensity = [&, u = u, w = w](double r) {
    return std::pow(r < a ? j(0, u * r / a) : edge * k(0, w * r / a), 2);
  };
  const double power = integral([&](double r) { return intensity(r) * r; }, a, w);
  const double square = integral([&](double r) { return intensity(r) * intensity(r) * r; }, a, w);
  return {twice_radius_of(intensity, a, std::exp(-2)), 2 * a * std::numbers::sqrt2 * j(1, u) / (w * j(0, u)),
          2 * pi * power * power / square};
}

double fibre_index(const StepFibre& fibre, double wavelength_um, FibreMode sort, int nu, int m) {
  const double v = v_number(fibre, wavelength_um), n1 = fibre.core_index, n2 = fibre.cladding_index;
  const double ka = 2 * pi / wavelength_um * fibre.core_radius_um;
  const auto f = [=](double u) {
    const double w = std::sqrt(v * v - u * u);
    if (sort == FibreMode::te || sort == FibreMode::tm) {
      const double weight = sort == FibreMode::te ? 1 : n2 * n2 / (n1 * n1);
      return j(1, u) * w + weight * u * j(0, u) * k(1, w) / k(0, w);
    }
    const double y = dk(nu, w) / (w * k(nu, w)), index2 = n1 * n1 - u * u / (ka * ka);
    const double right = nu * nu * index2 * std::pow(1 / (u * u) + 1 / (w * w), 2);
    const double half = (n1 * n1 + n2 * n2) * y / 2;
    // half^2 - n1^2 n2^2 y^2 as a square: nothing cancels
    const double spread = std::sqrt(std::pow((n1 * n1 - n2 * n2) * y / 2, 2) + n1 * n1 * right);
    const double x = (-half + (sort == FibreMode::he ? -spread : spread)) / (n1 * n1);
    return dj(nu, u) - x * u * j(nu, u);
  };
  return index_of(fibre, wavelength_um, nth_root(f, v, m));
}

VectorField he1_field(const StepFibre& fibre, double wavelength_um, double effective_index, double r_um) {
  const auto [u, w] = parameters(fibre, wavelength_um, effective_index);
  const double n1 = fibre.core_index, n2 = fibre.cladding_index, index = effective_index;
  const double s = (1 / (u * u) + 1 / (w * w)) / (dj(1, u) / (u * j(1, u)) + dk(1, w) / (w * k(1, w)));
  const double r = r_um / fibre.core_radius_um;
  const double n = r < 1 ? n1 : n2, t = index * index / (n * n) * s, h = n * n / index;
  if (r < 1) {
    const double j0 = j(0, u * r) / u, j2 = j(2, u * r) / u;
    return {(1 - s) / 2 * j0 - (1 + s) / 2 * j2, -(1 - s) / 2 * j0 - (1 + s) / 2 * j2,
            h * ((1 - t) / 2 * j0 + (1 + t) / 2 * j2), h * ((1 - t) / 2 * j0 - (1 + t) / 2 * j2)};
  }
  const double edge = j(1, u) / k(1, w) / w, k0 = edge * k(0, w * r), k2 = edge * k(2, w * r);
  return {(1 - s) / 2 * k0 + (1 + s) / 2 * k2, -(1 - s) / 2 * k0 + (1 + s) / 2 * k2,
          h * ((1 - t) / 2 * k0 - (1 + t) / 2 * k2), h * ((1 - t) / 2 * k0 + (1 + t) / 2 * k2)};
}

VectorSpot he11_spot(const StepFibre& fibre, double wavelength_um) {
  const double a = fibre.core_radius_um, index = fibre_index(fibre, wavelength_um, FibreMode::he, 1, 1);
  const double w = parameters(fibre, wavelength_um, index).w;
  const auto along = [&](double r) { // S_z = E_r H_phi - E_phi H_r: cos^2 part and sin^2 part
    const VectorField f = he1_field(fibre, wavelength_um, index, r);
    return f.e_r * f.h_phi;
  };
  const auto across = [&](double r) {
    const VectorField f = he1_field(fibre, wavelength_um, index, r);
    return -f.e_phi * f.h_r;
  };
  // over the angle: mean of cos^2 is 1/2, of cos^4 and sin^4 3/8, of cos^2 sin^2 1/8
  const double power = integral([&](double r) { return (along(r) + across(r)) / 2 * r; }, a, w);
  const double square = integral(
      [&](double r) {
        const double c = along(r), s = across(r);
        return (3 * c * c + 3 * s * s + 2 * c * s) / 8 * r;
      },
      a, w);
  const double level = std::exp(-2);
  return {twice_radius_of(along, a, level), twice_radius_of(across, a, level), 2 * pi * power * power / square};
}

} // namespace beachfront::optics::exact
