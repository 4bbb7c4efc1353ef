// SPDX-License-Identifier: GPL-3.0-or-later
// Functions whose sensitivities are known, over the unit cube.
#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <vector>

namespace beachfront::study {

using Function = std::function<double(const std::vector<double>&)>;

/// Ishigami and Homma (ISUMA 1990) with a = 7, b = 0.1; inputs from -pi to pi.
inline double ishigami(const std::vector<double>& unit) {
  const auto angle = [&](std::size_t i) { return std::numbers::pi * (2 * unit[i] - 1); };
  const double second = std::sin(angle(1));
  return std::sin(angle(0)) * (1 + 0.1 * std::pow(angle(2), 4)) + 7 * second * second;
}

/// The parts of its variance, in closed form.
struct IshigamiVariances {
  double first = 0.5 * std::pow(1 + 0.1 * std::pow(std::numbers::pi, 4) / 5, 2);
  double second = 49.0 / 8;
  double first_and_third = 0.01 * std::pow(std::numbers::pi, 8) * 8 / 225;
  double all = first + second + first_and_third;
};

/// Flow through a borehole (Harper and Gupta, BMI/ONWI-516, 1983), uniform inputs in the order r_w, r, T_u, H_u, T_l,
/// H_l, L, K_w.
inline double borehole(const std::vector<double>& unit) {
  const auto between = [&](std::size_t i, double low, double high) { return low + unit[i] * (high - low); };
  const double r_w = between(0, 0.05, 0.15);
  const double t_u = between(2, 63070, 115600);
  const double logarithm = std::log(between(1, 100, 50000) / r_w);
  const double resistance = 1 + 2 * between(6, 1120, 1680) * t_u / (logarithm * r_w * r_w * between(7, 9855, 12045)) +
                            t_u / between(4, 63.1, 116);
  return 2 * std::numbers::pi * t_u * (between(3, 990, 1110) - between(5, 700, 820)) / (logarithm * resistance);
}

} // namespace beachfront::study
