// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/graded_slab.hpp"

#include "exact/root.hpp"

#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_fehlberg78.hpp>

#include <algorithm>
#include <numbers>

namespace beachfront::optics::exact {
using std::numbers::pi;

double exponential_index(double eps_0, double d_eps, double depth_um, double cover_index, double wavelength_um,
                         int order) {
  const double k = 2 * pi / wavelength_um, zeta = 2 * k * depth_um * std::sqrt(d_eps);
  const auto index2 = [=](double p) { return eps_0 + std::pow(p / (2 * k * depth_um), 2); };
  const auto f = [=](double p) {
    const double bessel = std::cyl_bessel_j(p, zeta), slope = p / zeta * bessel - std::cyl_bessel_j(p + 1, zeta);
    return slope * std::sqrt(d_eps) + std::sqrt(index2(p) - cover_index * cover_index) * bessel;
  };
  const int steps = 200 + static_cast<int>(40 * zeta); // the roots in p are more than 1 apart
  for (int i = steps, missing = order; i > 0; --i) {
    const double high = zeta * i / steps, low = zeta * (i - 1) / steps;
    if ((f(high) < 0) != (f(low) < 0) && missing-- == 0)
      return std::sqrt(index2(root_between(f, low, high)));
  }
  return 0;
}

double graded_index(const GradedSlab& slab, double wavelength_um, Field field, int order) {
  const double k = 2 * pi / wavelength_um;
  const auto weight = [&](double n) { return field == Field::te ? 1 : 1 / (n * n); };
  const double scale = 0.1 * k * weight(slab.background_index); // about p F'/F
  /// The angle of tan(angle) = scale F/(p F') carried to the meeting point; it passes a multiple of pi at each zero of
  /// F.
  const auto shoot = [&](double from, double angle, double beta2) {
    const auto turn = [&](double at, double& by_x, double x) {
      const double n = slab.index(x), p = weight(n), c = std::cos(at), s = std::sin(at);
      by_x = scale / p * c * c + p * (k * k * n * n - beta2) / scale * s * s;
    };
    using Stepper = boost::numeric::odeint::runge_kutta_fehlberg78<double>;
    boost::numeric::odeint::integrate_adaptive(boost::numeric::odeint::make_controlled<Stepper>(1e-14, 1e-14), turn,
                                               angle, from, slab.meet_um, slab.meet_um > from ? 0.05 : -0.05);
    return angle;
  };
  const auto decay = [&](double n, double beta2) {
    return weight(n) * std::sqrt(std::max(0.0, beta2 - k * k * n * n));
  };
  const auto mismatch = [&](double beta2) {
    const double right = std::atan2(scale, -decay(slab.index(slab.far_um), beta2));
    if (slab.cover_index > 0) {
      const double left = std::atan2(scale, decay(slab.cover_index, beta2));
      return shoot(0, left, beta2) - shoot(slab.far_um, right, beta2) - order * pi;
    }
    const double left = order % 2 ? 0 : pi / 2; // F = 0 or F' = 0 in the middle; half of the zeros lie at x > 0
    return shoot(0, left, beta2) - shoot(slab.far_um, right, beta2) - order / 2 * pi;
  };
  double peak = slab.background_index;
  for (int i = 0; i <= 4000; ++i)
    peak = std::max(peak, slab.index(slab.far_um * i / 4000));
  const double low = std::max(slab.background_index * (1 + 1e-12), slab.cover_index);
  const double least = k * k * low * low, most = k * k * peak * peak;
  return mismatch(least) < 0 ? 0 : std::sqrt(root_between(mismatch, least, most)) / k;
}

} // namespace beachfront::optics::exact
