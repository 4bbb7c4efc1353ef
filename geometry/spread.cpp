// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/spread.hpp"

#include <algorithm>

namespace beachfront::geometry {

namespace {

/// Neighbours that stand shoulder to shoulder, and where their first would like to be.
struct Pool {
  double mean_mm;
  std::size_t count;
};

/// What equals but for rounding fits.
constexpr double rounding_mm = 1e-9;

} // namespace

std::optional<std::vector<double>> spread(const std::vector<double>& wishes_mm, double distance_mm, double low_mm,
                                          double high_mm) {
  const std::size_t n = wishes_mm.size();
  if (n == 0)
    return std::vector<double>{};
  const auto shift_mm = [&](std::size_t i) { return static_cast<double>(i) * distance_mm; };
  const double last_low_mm = high_mm - shift_mm(n - 1);
  if (last_low_mm < low_mm - rounding_mm)
    return std::nullopt;

  std::vector<Pool> pools;
  for (std::size_t i = 0; i < n; ++i) {
    pools.push_back({wishes_mm[i] - shift_mm(i), 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean_mm > pools.back().mean_mm) {
      const Pool last = pools.back();
      pools.pop_back();
      Pool& pool = pools.back();
      const double a = static_cast<double>(pool.count), b = static_cast<double>(last.count);
      pool = {(a * pool.mean_mm + b * last.mean_mm) / (a + b), pool.count + last.count};
    }
  }

  std::vector<double> places;
  for (const Pool& pool : pools)
    for (std::size_t k = 0; k < pool.count; ++k)
      places.push_back(std::clamp(pool.mean_mm, low_mm, std::max(low_mm, last_low_mm)) + shift_mm(places.size()));
  return places;
}

} // namespace beachfront::geometry
