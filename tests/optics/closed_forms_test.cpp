// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/closed_forms.hpp"

#include "optics/coupling.hpp"

#include <gtest/gtest.h>

using namespace beachfront::optics;

namespace {

constexpr StepFibre f3{1.508, 1.503, 4.2, 1.31, 1.50573869};

} // namespace

// Four printed digits in docs/facts/optics.md 3.5 and 3.6: half a unit of the last.
TEST(ClosedForms, MarcuseFibre) {
  const double rows[][3] = {
      {5, 806.5, 0.05}, {7.5, 47.12, 5e-3}, {10, 2.920, 5e-4}, {13.7, 0.05035, 5e-6}, {15, 0.01221, 5e-6}};
  for (const auto& [radius_mm, loss, half_digit] : rows)
    EXPECT_NEAR(marcuse_fibre_bend_loss_dB_per_m(f3, radius_mm), loss, half_digit * 1.2);
}

TEST(ClosedForms, MarcuseSlab) {
  const auto loss = [](double radius_mm) {
    return marcuse_slab_bend_loss_dB_per_cm(1.508, 1.500, 6, 1.31, 1.5061634469, radius_mm);
  };
  EXPECT_NEAR(loss(3), 0.23387, 5e-6);
  EXPECT_NEAR(loss(4), 6.685e-3, 5e-7);
  EXPECT_NEAR(loss(5), 1.911e-4, 5e-8);
}

TEST(ClosedForms, FibrePair) {
  const double rows[][3] = {{15, 0.080724, 5e-7}, {20, 0.0079607, 5e-8}, {25, 8.095e-4, 5e-8}, {30, 8.394e-5, 5e-9}};
  for (const auto& [distance_um, coupling, half_digit] : rows)
    EXPECT_NEAR(fibre_pair_coupling_per_mm(f3, distance_um), coupling, 2 * half_digit);
  EXPECT_NEAR(coupling_length_mm(fibre_pair_coupling_per_mm(f3, 15)), 19.459, 1e-3);
}
