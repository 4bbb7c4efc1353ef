// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/bent_slab.hpp"

#include <boost/multiprecision/cpp_complex.hpp>

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

namespace beachfront::optics::exact {
namespace {

using Complex = boost::multiprecision::cpp_complex_quad;
using Plain = std::complex<double>;
using std::numbers::pi;

/// e-foldings from where a solution is started by its slope alone: what else is in it there is then below 1e-34.
constexpr double e_foldings = 42;
constexpr int terms = 48; // of a Taylor step: (phase per step)^48 / 48! is below 1e-34

Plain plain(const Complex& z) {
  return {static_cast<double>(z.real()), static_cast<double>(z.imag())};
}

struct State {
  Complex value, slope;
};

/// Local radial wave number times i, squared: F'' is about this times F.
Plain barrier(Plain nu, double kn, Plain r) {
  return nu * nu / (r * r) - kn * kn;
}

/// One Taylor step of Bessel's equation from r to r + step.
State taylor_step(const State& from, const Complex& nu2, const Complex& kn2, const Complex& r, const Complex& step) {
  std::vector<Complex> a(terms + 1); // of step^n, the step taken in
  a[0] = from.value;
  a[1] = from.slope * step;
  const Complex s = step / r, wave = kn2 * r * r;
  const Complex here = (wave - nu2) * s * s, next = 2 * wave * s * s * s, last = wave * s * s * s * s;
  for (int n = 0; n + 2 <= terms; ++n) {
    Complex sum = here * a[static_cast<std::size_t>(n)] + s * s * (n * n) * a[static_cast<std::size_t>(n)] +
                  s * ((2 * n + 1) * (n + 1)) * a[static_cast<std::size_t>(n + 1)];
    if (n >= 1)
      sum += next * a[static_cast<std::size_t>(n - 1)];
    if (n >= 2)
      sum += last * a[static_cast<std::size_t>(n - 2)];
    a[static_cast<std::size_t>(n + 2)] = -sum / ((n + 2) * (n + 1));
  }
  State to{0, 0};
  for (int n = terms; n >= 0; --n) {
    to.value += a[static_cast<std::size_t>(n)];
    to.slope += n * a[static_cast<std::size_t>(n)];
  }
  to.slope /= step;
  return to;
}

/// A step over which neither the field nor Bessel's equation changes its nature.
double step_um(Plain nu, double kn, Plain r) {
  return std::min(2 / std::sqrt(std::abs(barrier(nu, kn, r)) + std::pow(kn * kn / std::abs(r), 2.0 / 3)),
                  0.1 * std::abs(r));
}

/// Carries a solution along a straight line.
State carry(State at, const Complex& nu, double kn, Complex r, const Complex& end) {
  const Complex nu2 = nu * nu, kn2 = Complex(kn) * kn;
  for (;;) {
    const Complex left = end - r;
    const double distance = std::abs(plain(left)), step = step_um(plain(nu), kn, plain(r));
    if (distance == 0)
      return at;
    const bool last = distance <= step;
    const Complex move = last ? left : Complex(left * (step / distance));
    at = taylor_step(at, nu2, kn2, r, move);
    if (last)
      return at;
    r += move;
    const double size = std::abs(plain(at.value));
    at.value /= size;
    at.slope /= size;
  }
}

/// Solution at the wall that grows towards it along the ray from wall + s direction, s falling.
State from_afar(const Complex& nu, double kn, const Complex& wall, Plain direction) {
  double folded = 0, s = 0;
  Plain r, slope;
  while (folded < e_foldings) {
    r = plain(wall) + s * direction;
    slope = std::sqrt(barrier(plain(nu), kn, r));
    if ((slope * direction).real() > 0)
      slope = -slope;
    const double step = step_um(plain(nu), kn, r) / 4;
    folded -= (slope * direction).real() * step;
    s += step;
  }
  const Complex start = wall + Complex(s * direction.real(), s * direction.imag());
  return carry({Complex(1), Complex(slope.real(), slope.imag())}, nu, kn, start, wall);
}

/// Mismatch of the fields from both sides at the outer wall; zero for a mode.
Complex mismatch(const BentSlab& bend, double k, Field field, const Complex& nu) {
  const Slab& slab = bend.slab;
  const Complex inner = Complex(bend.radius_um) - Complex(slab.thickness_um) / 2;
  const Complex outer = Complex(bend.radius_um) + Complex(slab.thickness_um) / 2;
  const auto across = [&](State at, double from, double to) {
    if (field == Field::tm)
      at.slope *= Complex(to) * to / (Complex(from) * from);
    return at;
  };
  State in = from_afar(nu, k * slab.cover_index, inner, -1);
  in = carry(across(in, slab.cover_index, slab.core_index), nu, k * slab.core_index, inner, outer);
  const State out = across(from_afar(nu, k * slab.substrate_index, outer, std::polar(1.0, pi / 3)),
                           slab.substrate_index, slab.core_index);
  return in.slope * out.value / out.slope - in.value;
}

} // namespace

BentMode bent_slab_mode(const BentSlab& bend, double wavelength_um, Field field, int order) {
  const double k = 2 * pi / wavelength_um, straight = slab_index(bend.slab, wavelength_um, field, order);
  if (straight == 0)
    throw std::domain_error("the straight slab has no such mode");
  const Complex scale = Complex(k) * bend.radius_um;
  Complex a = scale * straight, b = a * Complex(1 + 1e-6);
  Complex fa = mismatch(bend, k, field, a), fb = mismatch(bend, k, field, b);
  double residual = 1;
  for (int step = 0; step < 40 && residual > 1e-31; ++step) {
    const Complex next = b - fb * (b - a) / (fb - fa);
    a = b;
    fa = fb;
    b = next;
    residual = std::abs(plain(Complex((b - a) / b)));
    if (residual > 1e-31)
      fb = mismatch(bend, k, field, b);
    if (abs(fb - fa) == 0)
      break;
  }
  const Plain index = plain(Complex(b / scale));
  return {index, 20 * std::log10(std::numbers::e) * k * index.imag() * 1e4, residual};
}

} // namespace beachfront::optics::exact
