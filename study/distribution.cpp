// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/distribution.hpp"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace beachfront::study {
namespace {

/// In double alone: the width of long double differs between machines, and the figures with it.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using StandardNormal = boost::math::normal_distribution<double, Policy>;

double standard_cdf(double z) {
  return std::isinf(z) ? (z > 0 ? 1 : 0) : boost::math::cdf(StandardNormal(), z);
}

double standard_quantile(double probability) {
  if (probability <= 0 || probability >= 1)
    return probability <= 0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  return boost::math::quantile(StandardNormal(), probability);
}

/// Quantile of the standard normal between two limits. Limits above the middle are mirrored to below it, where the
/// distribution is near 0 and not near 1, and so keeps its digits.
double standard_between(double low, double high, double probability) {
  if (low > 0)
    return -standard_between(-high, -low, 1 - probability);
  const double below = standard_cdf(low);
  return std::clamp(standard_quantile(below + probability * (standard_cdf(high) - below)), low, high);
}

double share_between(double low, double high) {
  return low > 0 ? standard_cdf(-low) - standard_cdf(-high) : standard_cdf(high) - standard_cdf(low);
}

double standard(const Normal& curve, double x) {
  return (x - curve.mean) / curve.sd;
}

double standard(const LogNormal& curve, double x) {
  return std::log(x / curve.median) / curve.sigma_ln;
}

double quantile_of(const Uniform& curve, double probability) {
  return std::clamp(curve.low * (1 - probability) + curve.high * probability, curve.low, curve.high);
}

double quantile_of(const Triangular& curve, double probability) {
  return std::clamp(quantile(curve, probability), curve.low, curve.high);
}

double quantile_of(const Normal& curve, double probability) {
  const double z = standard_between(standard(curve, curve.low), standard(curve, curve.high), probability);
  return std::clamp(curve.mean + curve.sd * z, curve.low, curve.high);
}

double quantile_of(const LogNormal& curve, double probability) {
  const double z = standard_between(standard(curve, curve.low), standard(curve, curve.high), probability);
  return std::clamp(curve.median * std::exp(curve.sigma_ln * z), curve.low, curve.high);
}

double share_of(const Uniform&) {
  return 1;
}
double share_of(const Triangular&) {
  return 1;
}
template <class Curve>
double share_of(const Curve& curve) {
  return share_between(standard(curve, curve.low), standard(curve, curve.high));
}

} // namespace

double quantile(const Distribution& distribution, double probability) {
  return std::visit([&](const auto& curve) { return quantile_of(curve, probability); }, distribution);
}

bool bounded(const Distribution& distribution) {
  return std::visit([](const auto& curve) { return std::isfinite(curve.low) && std::isfinite(curve.high); },
                    distribution);
}

double share_kept(const Distribution& distribution) {
  return std::visit([](const auto& curve) { return share_of(curve); }, distribution);
}

double quantile(const Triangular& distribution, double probability) {
  const auto [low, mode, high] = distribution;
  const double rising = (mode - low) * (high - low); // times the probability, squared distance from the low end
  const double falling = (high - mode) * (high - low);
  if (high == low)
    return mode;
  return probability * (high - low) <= mode - low ? low + std::sqrt(probability * rising)
                                                  : high - std::sqrt((1 - probability) * falling);
}

std::vector<std::vector<double>> latin_hypercube(std::size_t dimensions, std::size_t samples, std::uint64_t seed) {
  // The generator's sequence is fixed by the standard, that of the library's distributions is not.
  std::mt19937_64 generator(seed);
  const auto uniform = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
  std::vector<std::vector<double>> columns(dimensions, std::vector<double>(samples));
  for (std::vector<double>& column : columns) {
    for (std::size_t i = 0; i < samples; ++i)
      column[i] = (static_cast<double>(i) + uniform()) / static_cast<double>(samples);
    for (std::size_t left = samples; left > 1; --left) // Fisher and Yates
      std::swap(column[left - 1], column[static_cast<std::size_t>(uniform() * static_cast<double>(left))]);
  }
  return columns;
}

} // namespace beachfront::study
