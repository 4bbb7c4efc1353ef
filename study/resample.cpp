// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/resample.hpp"

#include "study/percentile.hpp"

#include <algorithm>
#include <numeric>
#include <random>

namespace beachfront::study {
namespace {

constexpr std::size_t most_numbers = 50'000'000; // about a tenth of a second
constexpr std::size_t most_resamples = 1000;
constexpr std::size_t fewest_resamples = 100;

} // namespace

std::vector<Estimate> bootstrap(std::size_t samples, std::size_t cost, std::uint64_t seed, const Estimator& estimate) {
  std::vector<std::size_t> chosen(samples);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  const std::vector<double> whole = estimate(chosen);
  const std::size_t each = std::max<std::size_t>(1, samples * cost);
  const std::size_t resamples = std::clamp(most_numbers / each, fewest_resamples, most_resamples);

  // The generator's sequence is fixed by the standard, that of the library's distributions is not.
  std::mt19937_64 generator(seed);
  std::vector<std::vector<double>> found(whole.size());
  for (std::size_t r = 0; r < resamples; ++r) {
    for (std::size_t& place : chosen)
      place = static_cast<std::size_t>(static_cast<double>(generator() >> 11) * 0x1p-53 * static_cast<double>(samples));
    const std::vector<double> again = estimate(chosen);
    for (std::size_t i = 0; i < whole.size(); ++i)
      found[i].push_back(again[i]);
  }
  std::vector<Estimate> out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::sort(found[i].begin(), found[i].end());
    out.push_back({whole[i], percentile(found[i], 0.025), percentile(found[i], 0.975)});
  }
  return out;
}

} // namespace beachfront::study
