// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sampling.hpp"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

namespace beachfront::study {
namespace {

/// The middle of one of 2^52 equal intervals of 0 to 1: exact in a double, and never an end, where the quantile of an
/// unbounded distribution is infinite.
double unit(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

constexpr double below_one = 1 - 0x1p-53;

/// A whole number below `size`.
std::uint64_t whole_below(std::uint64_t size, std::uint64_t bits) {
  return static_cast<std::uint64_t>(unit(bits) * static_cast<double>(size));
}

/// Where `index` goes when 0 to size-1 are put into a random order: a Feistel network over the next power of four,
/// walked until it lands inside (Black and Rogaway, CT-RSA 2002). No table: the order of a million needs no memory.
std::uint64_t shuffled(std::uint64_t index, std::uint64_t size, std::uint64_t key) {
  constexpr std::uint64_t rounds = 8;
  const auto half = static_cast<unsigned>((std::bit_width(size - 1) + 1) / 2);
  const std::uint64_t mask = (std::uint64_t{1} << half) - 1;
  do {
    std::uint64_t left = index >> half, right = index & mask;
    for (std::uint64_t round = 0; round < rounds; ++round) {
      const std::uint64_t mixed = left ^ (split_mix(key, (round << 32) | right) & mask);
      left = std::exchange(right, mixed);
    }
    index = (left << half) | right;
  } while (index >= size);
  return index;
}

std::vector<double> random_point(const Sampler& sampler, std::uint64_t point) {
  std::vector<double> out(sampler.dimensions);
  const std::uint64_t stream = split_mix(sampler.seed, 0);
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = unit(split_mix(stream, point * out.size() + i));
  return out;
}

std::vector<double> latin_point(const Sampler& sampler, std::uint64_t point) {
  std::vector<double> out = random_point(sampler, point);
  const auto size = static_cast<std::uint64_t>(sampler.designs);
  const std::uint64_t orders = split_mix(sampler.seed, 1);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto interval = static_cast<double>(shuffled(point, size, split_mix(orders, i)));
    out[i] = std::min((interval + out[i]) / static_cast<double>(size), below_one);
  }
  return out;
}

/// The binary digits of each coordinate are flipped by those of a random number of its own, the same for all points: a
/// digital shift, which keeps how evenly the points lie.
std::vector<double> sobol_point(std::size_t dimensions, std::uint64_t seed, std::uint64_t point) {
  const std::uint64_t shifts = split_mix(seed, 0);
  std::vector<double> out;
  for (const std::uint64_t fraction : sobol_fractions(dimensions, point))
    out.push_back(unit(fraction ^ split_mix(shifts, out.size())));
  return out;
}

std::vector<double> morris_point(const Sampler& sampler, std::uint64_t point) {
  const std::size_t dimensions = sampler.dimensions;
  const std::uint64_t trajectory = point / (dimensions + 1);
  const auto moved = static_cast<std::size_t>(point % (dimensions + 1));
  const std::uint64_t stream = split_mix(split_mix(sampler.seed, 0), trajectory);
  std::vector<std::size_t> order(dimensions);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = dimensions; left > 1; --left) // Fisher and Yates
    std::swap(order[left - 1], order[whole_below(left, split_mix(stream, 2 * dimensions + left))]);
  std::vector<bool> at_end(dimensions, false);
  for (std::size_t k = 0; k < moved; ++k)
    at_end[order[k]] = true;

  const int half = sampler.levels / 2;
  std::vector<double> out(dimensions);
  for (std::size_t i = 0; i < dimensions; ++i) {
    const auto lower = static_cast<int>(whole_below(static_cast<std::uint64_t>(half), split_mix(stream, 2 * i)));
    const bool ends_high = (split_mix(stream, 2 * i + 1) >> 63) != 0;
    const int level = at_end[i] == ends_high ? lower + half : lower;
    out[i] = static_cast<double>(level) / (sampler.levels - 1);
  }
  return out;
}

std::vector<double> saltelli_point(const Sampler& sampler, std::uint64_t point) {
  const std::size_t dimensions = sampler.dimensions;
  const auto place = static_cast<std::size_t>(point % (dimensions + 2));
  const std::vector<double> both = sobol_point(2 * dimensions, sampler.seed, point / (dimensions + 2));
  const auto half = both.begin() + static_cast<std::ptrdiff_t>(dimensions);
  if (place == 1)
    return {half, both.end()};
  std::vector<double> out(both.begin(), half);
  if (place >= 2)
    out[place - 2] = both[dimensions + place - 2];
  return out;
}

} // namespace

bool is_sampled(SweepMode mode) {
  return mode != SweepMode::grid && mode != SweepMode::list;
}

std::int64_t number_of_points(const Sampler& sampler) {
  const auto dimensions = static_cast<std::int64_t>(sampler.dimensions);
  switch (sampler.mode) {
  case SweepMode::morris:
    return sampler.designs * (dimensions + 1);
  case SweepMode::saltelli:
    return sampler.designs * (dimensions + 2);
  default:
    return sampler.designs;
  }
}

std::vector<double> unit_point(const Sampler& sampler, std::int64_t point) {
  const auto k = static_cast<std::uint64_t>(point);
  switch (sampler.mode) {
  case SweepMode::random:
    return random_point(sampler, k);
  case SweepMode::latin_hypercube:
    return latin_point(sampler, k);
  case SweepMode::sobol:
    return sobol_point(sampler.dimensions, sampler.seed, k);
  case SweepMode::morris:
    return morris_point(sampler, k);
  case SweepMode::saltelli:
    return saltelli_point(sampler, k);
  case SweepMode::grid:
  case SweepMode::list:
    break;
  }
  return {};
}

std::vector<std::uint64_t> sobol_fractions(std::size_t dimensions, std::uint64_t index) {
  boost::random::sobol engine(dimensions);
  engine.seed(index);
  std::vector<std::uint64_t> out(dimensions);
  engine.generate(out.begin(), out.end());
  return out;
}

std::uint64_t split_mix(std::uint64_t seed, std::uint64_t n) {
  std::uint64_t z = seed + (n + 1) * 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

} // namespace beachfront::study
