// SPDX-License-Identifier: GPL-3.0-or-later
// A bracketed root, to the last digit.
#pragma once

#include <cmath>
#include <stdexcept>

namespace beachfront::optics::exact {

/// Root of `f` between a and b, where its signs differ: secant steps held by bisection (Illinois), until the bracket is
/// two neighbouring numbers or f is zero.
template <typename Function>
double root_between(const Function& f, double a, double b) {
  double fa = f(a), fb = f(b);
  if (fa * fb > 0)
    throw std::domain_error("no change of sign");
  for (int step = 0; step < 400 && fa != 0 && fb != 0; ++step) {
    double x = step % 3 == 2 ? a + (b - a) / 2 : b - fb * (b - a) / (fb - fa);
    if (!(x > std::fmin(a, b) && x < std::fmax(a, b)))
      x = a + (b - a) / 2;
    if (x == a || x == b)
      break;
    const double fx = f(x);
    if (fx * fb > 0) {
      b = x;
      fb = fx;
    } else {
      a = x;
      fa = fx;
    }
  }
  return std::abs(fa) < std::abs(fb) ? a : b;
}

} // namespace beachfront::optics::exact
