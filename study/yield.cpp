// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/yield.hpp"

#include <boost/math/distributions/binomial.hpp>

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

constexpr double outside = 0.025;      // on either side of a 95 % interval
constexpr double deviations = 1.95996; // of the normal distribution, for the same

/// In double alone: the width of long double differs between machines, and the figures with it.
using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using Binomial = boost::math::binomial_distribution<double, Policy>;

double weight(const Uniform& curve, double value) {
  const double quarter = (curve.high - curve.low) / 4;
  return std::abs(value - (curve.low + curve.high) / 2) <= quarter ? 1 : 0;
}

double weight(const Triangular& curve, double value) {
  const double side = value < curve.mode ? curve.mode - curve.low : curve.high - curve.mode;
  const double off = side > 0 ? std::abs(value - curve.mode) / side : 0;
  return off >= 0.5 ? 0 : (1 - 2 * off) / (1 - off);
}

/// The square in the exponent grows fourfold.
double bell_weight(double deviation) {
  return std::exp(-1.5 * deviation * deviation);
}

double weight(const Normal& curve, double value) {
  return bell_weight((value - curve.mean) / curve.sd);
}

double weight(const LogNormal& curve, double value) {
  return value > 0 ? bell_weight(std::log(value / curve.median) / curve.sigma_ln) : 0;
}

} // namespace

Yield yield_of(const std::vector<bool>& good) {
  Yield out;
  out.samples = good.size();
  out.good = static_cast<std::size_t>(std::count(good.begin(), good.end(), true));
  if (good.empty())
    return out;
  const auto all = static_cast<double>(out.samples);
  const auto passed = static_cast<double>(out.good);
  out.share = passed / all;
  out.low = Binomial::find_lower_bound_on_p(all, passed, outside);
  out.high = Binomial::find_upper_bound_on_p(all, passed, outside);
  return out;
}

std::vector<double> weights_if_halved(const Distribution& distribution, const std::vector<double>& values) {
  std::vector<double> weights;
  weights.reserve(values.size());
  for (const double value : values)
    weights.push_back(std::visit([value](const auto& curve) { return weight(curve, value); }, distribution));
  return weights;
}

Tightened yield_if(const std::vector<bool>& good, const std::vector<double>& weights) {
  double sum = 0;
  double squares = 0;
  double passed = 0;
  double passed_now = 0;
  for (std::size_t k = 0; k < good.size(); ++k) {
    sum += weights[k];
    squares += weights[k] * weights[k];
    passed += good[k] ? weights[k] : 0;
    passed_now += good[k] ? 1 : 0;
  }
  Tightened out;
  if (!(sum > 0))
    return out;
  const auto all = static_cast<double>(good.size());
  const double now = passed_now / all;
  out.share = passed / sum;
  out.gain = out.share - now;
  out.effective_samples = sum * sum / squares;
  double variance = 0;
  for (std::size_t k = 0; k < good.size(); ++k) {
    const double passes = good[k] ? 1 : 0;
    const double part = weights[k] / sum * (passes - out.share) - (passes - now) / all;
    variance += part * part;
  }
  out.gain_low = out.gain - deviations * std::sqrt(variance);
  out.gain_high = out.gain + deviations * std::sqrt(variance);
  return out;
}

} // namespace beachfront::study
