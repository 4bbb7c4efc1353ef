// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/spreading.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace beachfront::thermal {
namespace {

TEST(Spreading, Case5OneDimensionalStack) {
  const std::vector<ConductiveLayer> stack{{775, 120}, {200, 80}, {2000, 390}, {100, 4}};
  const double resistance = stack_resistance_K_per_W(stack, 625) + film_resistance_K_per_W(2e4, 625);
  EXPECT_NEAR(resistance, 0.142538462, 1e-9);
  EXPECT_NEAR(35 + 500 * resistance, 106.269231, 1e-6);
}

TEST(Spreading, Case6LeeSongAuMoran) {
  struct Row {
    double film, mean, peak;
  };
  for (const Row& row : {Row{1000, 0.279901837, 0.324235713}, Row{5000, 0.122125711, 0.154631454},
                         Row{20000, 0.055690978, 0.072680031}}) {
    const SpreadingResistance r = lee_spreading(625, 6400, 2, 390, row.film);
    EXPECT_NEAR(r.mean_K_per_W, row.mean, 1e-9);
    EXPECT_NEAR(r.peak_K_per_W, row.peak, 1e-9);
  }
}

} // namespace
} // namespace beachfront::thermal
