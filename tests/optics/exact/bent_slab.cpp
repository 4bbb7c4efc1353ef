// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/bent_slab.hpp"

#include "exact/graded_slab.hpp"

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

/// k^2 times a permittivity on top of the uniform one: amplitude exp(-((r - middle)/width)^2).
struct Bump {
  double amplitude = 0, middle_um = 0, width_um = 1;
};

/// Taylor coefficients, for the step taken in, of step^2 amplitude (r/r_start)^2 exp(...).
std::vector<Complex> bump_terms(const Bump& bump, const Complex& r, const Complex& step) {
  const Complex x = (r - bump.middle_um) / bump.width_um, h = step / bump.width_um, s = step / r;
  std::vector<Complex> bell(terms + 1), product(terms + 1);
  bell[0] = step * step * bump.amplitude * exp(Complex(-x * x));
  for (std::size_t n = 0; n < terms; ++n) // bell' = -2 x bell
    bell[n + 1] = -2 * h * (x * bell[n] + (n > 0 ? Complex(h * bell[n - 1]) : Complex(0))) / static_cast<double>(n + 1);
  for (std::size_t n = 0; n <= terms; ++n) {
    product[n] = bell[n];
    if (n >= 1)
      product[n] += 2 * s * bell[n - 1];
    if (n >= 2)
      product[n] += s * s * bell[n - 2];
  }
  return product;
}

/// One Taylor step of Bessel's equation, and the bump's term where there is one, from r to r + step.
State taylor_step(const State& from, const Complex& nu2, const Complex& kn2, const Complex& r, const Complex& step,
                  const Bump& bump) {
  const std::vector<Complex> on_top = bump.amplitude == 0 ? std::vector<Complex>{} : bump_terms(bump, r, step);
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
    for (std::size_t m = 0; !on_top.empty() && m <= static_cast<std::size_t>(n); ++m)
      sum += on_top[m] * a[static_cast<std::size_t>(n) - m];
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
State carry(State at, const Complex& nu, double kn, Complex r, const Complex& end, const Bump& bump = {}) {
  const Complex nu2 = nu * nu, kn2 = Complex(kn) * kn;
  for (;;) {
    const Complex left = end - r;
    const double distance = std::abs(plain(left)), smooth_um = step_um(plain(nu), kn, plain(r));
    const double step = bump.amplitude == 0 ? smooth_um : std::min(smooth_um, bump.width_um / 4);
    if (distance == 0)
      return at;
    const bool last = distance <= step;
    const Complex move = last ? left : Complex(left * (step / distance));
    at = taylor_step(at, nu2, kn2, r, move, bump);
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
  return out.value / out.slope - in.value / in.slope; // analytic in nu: no scale of either side in it
}

/// The same for a smooth guide, where it has its highest index; the bump is nothing nine widths away.
Complex mismatch(const BentGaussian& bend, double k, const Complex& nu) {
  const double n = bend.background_index, kn = k * n, far_um = 9 * bend.half_width_um;
  const Bump bump{k * k * (bend.peak_index * bend.peak_index - n * n), bend.radius_um, bend.half_width_um};
  const Complex middle(bend.radius_um), below = middle - far_um, above = middle + far_um;
  const State in = carry(from_afar(nu, kn, below, -1), nu, kn, below, middle, bump);
  const State out = carry(from_afar(nu, kn, above, std::polar(1.0, pi / 3)), nu, kn, above, middle, bump);
  return in.slope / in.value - out.slope / out.value;
}

/// Root of a mismatch in nu = k R index by the secant method.
template <typename Mismatch>
BentMode root_near(double index, double k, double radius_um, const Mismatch& mismatch_at) {
  const Complex scale = Complex(k) * radius_um;
  Complex a = scale * index, b = a * Complex(1 + 1e-6);
  Complex fa = mismatch_at(a), fb = mismatch_at(b);
  double residual = 1;
  for (int step = 0; step < 40 && residual > 1e-31 && abs(Complex(fb - fa)) != 0; ++step) {
    const Complex next = b - fb * (b - a) / (fb - fa);
    a = b;
    fa = fb;
    b = next;
    residual = std::abs(plain(Complex((b - a) / b)));
    fb = mismatch_at(b);
  }
  if (!(residual < 1e-20))
    throw std::domain_error("no mode found near that of the straight guide");
  const Plain found = plain(Complex(b / scale));
  return {found, 20 * std::log10(std::numbers::e) * k * found.imag() * 1e4, residual};
}

} // namespace

BentMode bent_slab_mode(const BentSlab& bend, double wavelength_um, Field field, int order) {
  const double k = 2 * pi / wavelength_um, straight = slab_index(bend.slab, wavelength_um, field, order);
  if (straight == 0)
    throw std::domain_error("the straight slab has no such mode");
  return root_near(straight, k, bend.radius_um, [&](const Complex& nu) { return mismatch(bend, k, field, nu); });
}

BentMode bent_gaussian_mode(const BentGaussian& bend, double wavelength_um) {
  const double k = 2 * pi / wavelength_um, n = bend.background_index, step2 = bend.peak_index * bend.peak_index - n * n;
  GradedSlab straight;
  straight.index = [&](double x) { return std::sqrt(n * n + step2 * std::exp(-std::pow(x / bend.half_width_um, 2))); };
  straight.background_index = n;
  straight.far_um = 20 * bend.half_width_um;
  return root_near(graded_index(straight, wavelength_um, Field::te, 0), k, bend.radius_um,
                   [&](const Complex& nu) { return mismatch(bend, k, nu); });
}

} // namespace beachfront::optics::exact
