// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sensitivity.hpp"

#include "study/resample.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

using Span = std::vector<double>::const_iterator;

bool all_known(Span begin, Span end) {
  return std::all_of(begin, end, [](double value) { return std::isfinite(value); });
}

/// Groups of `size` successive values that are all known; the rest is counted.
std::vector<std::size_t> whole_groups(const std::vector<double>& values, std::size_t size, Basis& basis) {
  std::vector<std::size_t> first;
  const std::size_t groups = (values.size() + size - 1) / size; // a last one that was cut off counts as left out
  for (std::size_t g = 0; g < groups; ++g) {
    const Span begin = values.begin() + static_cast<std::ptrdiff_t>(g * size);
    if ((g + 1) * size <= values.size() && all_known(begin, begin + static_cast<std::ptrdiff_t>(size)))
      first.push_back(g * size);
  }
  basis = {first.size(), groups - first.size()};
  return first;
}

/// The step of a trajectory that changes parameter i: one effect a trajectory, in the order of `first`.
std::vector<std::vector<double>> effects_of(const std::vector<std::vector<double>>& points,
                                            const std::vector<double>& values, const std::vector<std::size_t>& first) {
  const std::size_t parameters = points.front().size();
  std::vector<std::vector<double>> effects(parameters, std::vector<double>(first.size(), 0));
  for (std::size_t t = 0; t < first.size(); ++t) {
    for (std::size_t k = first[t]; k < first[t] + parameters; ++k) {
      for (std::size_t i = 0; i < parameters; ++i) {
        const double step = points[k + 1][i] - points[k][i];
        if (step != 0)
          effects[i][t] = (values[k + 1] - values[k]) / step;
      }
    }
  }
  return effects;
}

/// What a Saltelli plan is estimated from: values without their mean, so that products do not drown in it.
struct SaltelliRows {
  std::vector<double> a, b;
  std::vector<std::vector<double>> mixed; ///< [parameter][row]
  double mean = 0;
};

SaltelliRows saltelli_rows(const std::vector<double>& values, std::size_t parameters,
                           const std::vector<std::size_t>& first) {
  SaltelliRows rows;
  for (const std::size_t row : first)
    rows.mean += (values[row] + values[row + 1]) / (2 * static_cast<double>(first.size()));
  rows.mixed.resize(parameters);
  for (const std::size_t row : first) {
    rows.a.push_back(values[row] - rows.mean);
    rows.b.push_back(values[row + 1] - rows.mean);
    for (std::size_t i = 0; i < parameters; ++i)
      rows.mixed[i].push_back(values[row + 2 + i] - rows.mean);
  }
  return rows;
}

double variance(const SaltelliRows& rows, const std::vector<std::size_t>& chosen) {
  double sum = 0;
  double squares = 0;
  for (const std::size_t n : chosen) {
    sum += rows.a[n] + rows.b[n];
    squares += rows.a[n] * rows.a[n] + rows.b[n] * rows.b[n];
  }
  const double count = 2 * static_cast<double>(chosen.size());
  return squares / count - sum / count * (sum / count);
}

/// First-order shares of all parameters, then total ones.
std::vector<double> shares(const SaltelliRows& rows, const std::vector<std::size_t>& chosen) {
  const std::size_t parameters = rows.mixed.size();
  const double all = variance(rows, chosen) * static_cast<double>(chosen.size());
  std::vector<double> out(2 * parameters, 0);
  if (!(all > 0)) // a resample may hold one row many times
    return out;
  for (std::size_t i = 0; i < parameters; ++i) {
    const std::vector<double>& mixed = rows.mixed[i];
    for (const std::size_t n : chosen) {
      const double change = mixed[n] - rows.a[n];
      out[i] += rows.b[n] * change / all;
      out[parameters + i] += change * change / (2 * all);
    }
  }
  return out;
}

} // namespace

Morris elementary_effects(const std::vector<std::vector<double>>& points, const std::vector<double>& values,
                          std::uint64_t seed) {
  Morris out;
  if (points.empty())
    return out;
  out.parameters.resize(points.front().size());
  const std::vector<std::size_t> first = whole_groups(values, out.parameters.size() + 1, out.basis);
  if (first.empty())
    return out;
  const auto count = static_cast<double>(first.size());
  const std::vector<std::vector<double>> effects = effects_of(points, values, first);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    ElementaryEffects& found = out.parameters[i];
    for (const double effect : effects[i])
      found.mu += effect / count;
    for (const double effect : effects[i])
      found.sigma += (effect - found.mu) * (effect - found.mu) / std::max(1.0, count - 1);
    found.sigma = std::sqrt(found.sigma);
    found.mu_star = bootstrap(first.size(), 1, seed, [&](const std::vector<std::size_t>& chosen) {
                      double sum = 0;
                      for (const std::size_t t : chosen)
                        sum += std::abs(effects[i][t]);
                      return std::vector<double>{sum / count};
                    }).front();
  }
  return out;
}

SobolIndices sobol_indices(const std::vector<double>& values, std::size_t parameters, std::uint64_t seed) {
  SobolIndices out;
  out.parameters.resize(parameters);
  const std::vector<std::size_t> first = whole_groups(values, parameters + 2, out.basis);
  if (first.empty())
    return out;
  const SaltelliRows rows = saltelli_rows(values, parameters, first);
  out.mean = rows.mean;
  double greatest = 0;
  for (std::size_t n = 0; n < first.size(); ++n) {
    out.variance += (rows.a[n] * rows.a[n] + rows.b[n] * rows.b[n]) / (2 * static_cast<double>(first.size()));
    greatest = std::max({greatest, std::abs(rows.a[n]), std::abs(rows.b[n])});
  }
  constexpr double rounding = 1e-12; // figures of equal designs may differ in their last digits
  out.varies = greatest > rounding * std::abs(out.mean);
  if (!out.varies)
    return out;
  const std::vector<Estimate> found =
      bootstrap(first.size(), parameters + 2, seed,
                [&rows](const std::vector<std::size_t>& chosen) { return shares(rows, chosen); });
  for (std::size_t i = 0; i < parameters; ++i)
    out.parameters[i] = {found[i], found[parameters + i]};
  return out;
}

} // namespace beachfront::study
