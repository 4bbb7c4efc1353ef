// SPDX-License-Identifier: GPL-3.0-or-later
// Bootstrap: how far an estimate would differ had other samples been drawn.
#pragma once

#include "study/sensitivity.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace beachfront::study {

/// Estimates that a function makes of a choice of samples (places from 0, repeated), several at once.
using Estimator = std::function<std::vector<double>(const std::vector<std::size_t>&)>;

/// The estimates of all samples, with 95 % intervals from samples drawn again: 1,000 times, less often (at least 100)
/// where `samples` x `cost` numbers are read each time and would come to more than 5e7.
std::vector<Estimate> bootstrap(std::size_t samples, std::size_t cost, std::uint64_t seed, const Estimator& estimate);

} // namespace beachfront::study
