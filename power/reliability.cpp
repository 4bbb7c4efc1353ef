// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/reliability.hpp"

#include <algorithm>
#include <stdexcept>

namespace beachfront::power {
namespace {

constexpr double largest_mean = 1e9; // counts stay within an int

void require_mean(double mean) {
  if (!(mean >= 0 && mean <= largest_mean))
    throw std::invalid_argument("a Poisson mean must be from 0 to 1e9");
}

/// exp(-mean) mean^count / count!, through logarithms: the power and the factorial alone overflow.
double poisson_term(int count, double mean) {
  if (mean == 0)
    return count == 0 ? 1 : 0;
  return std::exp(count * std::log(mean) - mean - std::lgamma(count + 1.0));
}

/// Beyond it a Poisson number is met with less than 1e-20: twelve standard deviations, and room for small means.
int last_count(double mean) {
  return static_cast<int>(mean + 12 * std::sqrt(mean) + 30);
}

/// Below it the same.
int first_count(double mean) {
  return std::max(0, static_cast<int>(mean - 12 * std::sqrt(mean) - 30));
}

} // namespace

double poisson_at_most(int count, double mean) {
  require_mean(mean);
  double sum = 0;
  for (int i = first_count(mean), last = std::min(count, last_count(mean)); i <= last; ++i)
    sum += poisson_term(i, mean);
  return std::min(sum, 1.0);
}

int spares_in_stock(double mean_demand, double service_level) {
  require_mean(mean_demand);
  if (!(service_level >= 0 && service_level < 1))
    throw std::invalid_argument("service_level must be in [0, 1)");
  if (service_level == 0)
    return 0;
  int stock = first_count(mean_demand);
  double sum = poisson_term(stock, mean_demand);
  // The sum of rounded terms may end below a level within 1e-12 of one; the last count is then enough.
  for (const int last = last_count(mean_demand); sum < service_level && stock < last;)
    sum += poisson_term(++stock, mean_demand);
  return stock;
}

double k_of_n(int needed, int fitted, double working) {
  if (needed < 0 || needed > fitted)
    throw std::invalid_argument("needed must be from 0 to fitted");
  if (!(working >= 0 && working <= 1))
    throw std::invalid_argument("a probability must be from 0 to 1");
  if (working == 0 || working == 1)
    return working == 1 || needed == 0 ? 1 : 0;
  double sum = 0;
  for (int i = needed; i <= fitted; ++i)
    sum += std::exp(std::lgamma(fitted + 1.0) - std::lgamma(i + 1.0) - std::lgamma(fitted - i + 1.0) +
                    i * std::log(working) + (fitted - i) * std::log1p(-working));
  return std::min(sum, 1.0);
}

double survival_with_standby(double mean_failures, int standby) {
  return poisson_at_most(standby, mean_failures);
}

double expected_repairs(double mean_failures, int standby) {
  require_mean(mean_failures);
  if (standby < 0)
    throw std::invalid_argument("standby parts cannot be fewer than none");
  if (standby == 0)
    return mean_failures;
  double sum = 0;
  for (int failures = std::max(standby + 1, first_count(mean_failures)), last = last_count(mean_failures);
       failures <= last; ++failures)
    sum += failures / (standby + 1) * poisson_term(failures, mean_failures);
  return sum;
}

} // namespace beachfront::power
