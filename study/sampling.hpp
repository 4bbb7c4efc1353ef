// SPDX-License-Identifier: GPL-3.0-or-later
// Points of the unit cube, one coordinate a parameter: the probabilities that a sampled sweep turns into values. Point
// k is a function of k alone, so that any part of a sweep can be run anywhere without the points before it. The same
// seed gives the same numbers on every machine.
//
//   const Sampler sampler{SweepMode::saltelli, 3, 1024, 1}; // three parameters, 1,024 base samples, seed 1
//   for (std::int64_t point = 0; point < number_of_points(sampler); ++point)
//     const std::vector<double> probabilities = unit_point(sampler, point);
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace beachfront::study {

/// How the points of a sweep are chosen. Grid and list take values as they are written; all others are sampled.
enum class SweepMode {
  grid,            ///< every combination; the last parameter changes fastest
  list,            ///< the k-th value of every parameter together
  random,          ///< independent
  latin_hypercube, ///< each parameter evenly over its range (McKay, Beckman and Conover, Technometrics 21, 239, 1979)
  sobol,           ///< evenly in all parameters together (Sobol's sequence after Joe and Kuo, SIAM J. Sci. Comput. 30,
                   ///< 2635, 2008, with a digital shift)
  morris,          ///< one parameter at a time, for elementary effects (Morris, Technometrics 33, 161, 1991)
  saltelli, ///< two sets A and B and their crossings, for Sobol's indices (Saltelli et al., Comput. Phys. Commun.
            ///< 181, 259, 2010)
};

bool is_sampled(SweepMode mode);

/// The most dimensions that one sequence of Sobol has numbers for; saltelli takes two a parameter.
inline constexpr std::size_t most_sobol_dimensions = 3667;

struct Sampler {
  SweepMode mode = SweepMode::random;
  std::size_t dimensions = 1;
  std::int64_t designs = 0; ///< of morris the trajectories, of saltelli the base samples
  std::uint64_t seed = 1;
  int levels = 4; ///< of morris, even
};

/// designs; morris: designs (dimensions + 1); saltelli: designs (dimensions + 2).
std::int64_t number_of_points(const Sampler& sampler);

/// Coordinates of a point, 0 to 1; none of grid and list.
/// - random, latin_hypercube, sobol, saltelli: never 0 or 1 itself. The first point of Sobol's sequence, the origin, is
///   left out.
/// - morris: multiples of 1/(levels - 1) with both ends. Point k is step k % (dimensions + 1) of trajectory
///   k / (dimensions + 1); consecutive points of a trajectory differ in one coordinate, by levels / (2 (levels - 1)).
/// - saltelli: point n (dimensions + 2) is the n-th of set A, the next one of set B, and 2 + i later A with coordinate
/// i
///   taken from B. A and B are the two halves of one sequence of Sobol in 2 dimensions coordinates.
/// Throws std::invalid_argument beyond most_sobol_dimensions.
std::vector<double> unit_point(const Sampler& sampler, std::int64_t point);

/// Point `index` of Sobol's sequence without the origin, as binary fractions of 64 digits, before any shift: index 0 is
/// 0.5 in every dimension. Throws std::invalid_argument beyond most_sobol_dimensions.
std::vector<std::uint64_t> sobol_fractions(std::size_t dimensions, std::uint64_t index);

/// The n-th number, from 0, of the generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) started at `seed`.
std::uint64_t split_mix(std::uint64_t seed, std::uint64_t n);

} // namespace beachfront::study
