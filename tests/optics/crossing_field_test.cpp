// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/crossing_field.hpp"

#include "optics/mode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <vector>

using namespace beachfront::optics;

namespace {

constexpr double wavelength_um = 1.31, glass = 1.503;
constexpr double infinite = std::numeric_limits<double>::infinity();

StraightMode planar(double delta_n) {
  return straight_mode({GaussianProfile{delta_n, 4, infinite, 0}, glass, {}}, wavelength_um, Polarization::te).value();
}

const StraightMode& buried() {
  static const StraightMode mode =
      straight_mode({GaussianProfile{0.0062, 4.5, 4.5, 0}, glass, {}}, wavelength_um, Polarization::te).value();
  return mode;
}

/// Crank-Nicolson beam propagation of the planar crossing on a fine even grid: another discretisation of both
/// directions, wide-angle by a Pade approximant of the square root (Hadley, Opt. Lett. 17, 1426 (1992)) with the index
/// inside it.
class FiniteDifferenceCrossing {
public:
  FiniteDifferenceCrossing(double delta_n, CrossingExposure exposure) : delta_n_(delta_n), exposure_(exposure) {
    std::vector<double> mode(points, 1);
    for (int turn = 0; turn < 60; ++turn) { // inverse iteration near the scalar mode's beta
      mode = solved(mode);
      double norm = 0;
      for (const double u : mode)
        norm += u * u;
      for (double& u : mode)
        u /= std::sqrt(norm);
    }
    mode_ = mode;
    for (std::size_t i = 0; i < points; ++i) {
      const double curved = (i > 0 ? mode[i - 1] : 0) - 2 * mode[i] + (i + 1 < points ? mode[i + 1] : 0);
      beta2_ += mode[i] * (curved / (dx * dx) + (k * k * glass * glass + potential(index_above(place(i)))) * mode[i]);
    }
  }

  double loss_dB(double angle_deg) const {
    const double angle = angle_deg * std::numbers::pi / 180, half = 18 / std::sin(angle);
    const int steps = static_cast<int>(2 * half / 0.25);
    const double dz = 2 * half / steps;
    std::vector<std::complex<double>> u(mode_.begin(), mode_.end());
    for (int step = 0; step < steps; ++step)
      advance(u, angle, -half + (step + 0.5) * dz, dz);
    std::complex<double> overlap = 0;
    for (std::size_t i = 0; i < points; ++i)
      overlap += mode_[i] * u[i];
    return -10 * std::log10(std::norm(overlap));
  }

private:
  static constexpr std::size_t points = 801;
  static constexpr double dx = 0.1, k = 2 * std::numbers::pi / wavelength_um;

  double index_above(double x) const { return delta_n_ * std::exp(-x * x / 16); }
  double potential(double dn) const { return k * k * dn * (2 * glass + dn); }
  static double place(std::size_t i) { return (static_cast<double>(i) - 400) * dx; }

  std::vector<double> solved(const std::vector<double>& right) const {
    const double shift = potential(0.75 * delta_n_); // above the mode, below none
    std::vector<double> pivot(points), out = right;
    for (std::size_t i = 0; i < points; ++i) {
      pivot[i] = potential(index_above(place(i))) - shift - 2 / (dx * dx);
      if (i > 0) {
        const double share = 1 / (dx * dx) / pivot[i - 1];
        pivot[i] -= share / (dx * dx);
        out[i] -= share * out[i - 1];
      }
    }
    for (std::size_t i = points; i-- > 0;)
      out[i] = (out[i] - (i + 1 < points ? out[i + 1] / (dx * dx) : 0)) / pivot[i];
    return out;
  }

  /// sqrt(1 + X) - 1 = (X/2)/(1 + X/4), X = (d2/dx2 + potential + k^2 n^2 - beta^2)/beta^2, by Crank-Nicolson.
  void advance(std::vector<std::complex<double>>& u, double angle, double z, double dz) const {
    using Complex = std::complex<double>;
    const double beta = std::sqrt(beta2_);
    const Complex forward(0.25, beta * dz / 4), off = forward / (beta2_ * dx * dx);
    std::vector<Complex> pivot(points), right(points);
    for (std::size_t i = 0; i < points; ++i) {
      const double own = index_above(place(i)), other = index_above(place(i) * std::cos(angle) - z * std::sin(angle));
      const double dn = exposure_ == CrossingExposure::one_mask ? std::max(own, other) : own + other;
      const double X = (potential(dn) + k * k * glass * glass - beta2_ - 2 / (dx * dx)) / beta2_;
      right[i] = (1.0 + std::conj(forward) * X) * u[i] +
                 std::conj(off) * ((i > 0 ? u[i - 1] : 0.0) + (i + 1 < points ? u[i + 1] : 0.0));
      pivot[i] = 1.0 + forward * X;
    }
    for (std::size_t i = 1; i < points; ++i) {
      const Complex share = off / pivot[i - 1];
      pivot[i] -= share * off;
      right[i] -= share * right[i - 1];
    }
    for (std::size_t i = points; i-- > 0;)
      u[i] = (right[i] - (i + 1 < points ? off * u[i + 1] : 0.0)) / pivot[i];
  }

  double delta_n_;
  CrossingExposure exposure_;
  std::vector<double> mode_;
  double beta2_ = 0;
};

} // namespace

TEST(CrossingField, OfPlanarGuidesIsThatOfAFiniteDifferenceBeam) {
  for (const auto exposure : {CrossingExposure::one_mask, CrossingExposure::two_exposures}) {
    const StraightMode guide = planar(0.005);
    const FiniteDifferenceCrossing reference(0.005, exposure);
    for (const double angle : {90.0, 45.0, 20.0, 10.0})
      // 1 %: what is not paraxial about the light that is lost, and steps over the kink of the higher index
      EXPECT_NEAR(crossing_field(guide, angle, exposure).loss_dB, reference.loss_dB(angle),
                  0.01 * reference.loss_dB(angle) + 2e-5)
          << angle << " degrees, exposure " << static_cast<int>(exposure);
  }
}

TEST(CrossingField, AgreesWithTheTableOfTheFactsSheet) {
  struct Row {
    double angle_deg, union_dB, sum_dB;
  };
  // docs/facts/optics.md 3.6, delta n 0.008. Where the light meets the kink of the higher index on a short way the
  // sheet reads up to 14 % above the beams of the test before, two that have nothing in common; elsewhere 2 %. Last
  // digit 5e-5.
  const StraightMode guide = planar(0.008);
  for (const Row& row : {Row{90, 0.0070, 0}, Row{45, 0.0135, 0.0008}, Row{30, 0.0259, 0.0050}, Row{15, 0.1015, 0.0844},
                         Row{10, 0.2042, 0.4036}, Row{5, 0.381, 5.35}}) {
    EXPECT_NEAR(crossing_field(guide, row.angle_deg, CrossingExposure::one_mask).loss_dB, row.union_dB,
                (row.angle_deg >= 30 ? 0.14 : 0.02) * row.union_dB)
        << row.angle_deg;
    EXPECT_NEAR(crossing_field(guide, row.angle_deg, CrossingExposure::two_exposures).loss_dB, row.sum_dB,
                0.01 * row.sum_dB + 6e-5)
        << row.angle_deg;
  }
}

TEST(CrossingField, IsConvergedInStepAndDegree) {
  for (const double angle : {90.0, 30.0, 15.0}) {
    const double usual = crossing_field(buried(), angle, CrossingExposure::one_mask).loss_dB,
                 fine = crossing_field(buried(), angle, CrossingExposure::one_mask, {0.5, 14}).loss_dB;
    EXPECT_NEAR(usual, fine, 0.01 * fine) << angle;
  }
}

TEST(CrossingField, AccountsForAllLight) {
  for (const auto exposure : {CrossingExposure::one_mask, CrossingExposure::two_exposures})
    for (const double angle : {60.0, 10.0, 4.0}) {
      const auto out = crossing_field(buried(), angle, exposure);
      EXPECT_NEAR(out.through + out.crossed + out.radiated + out.absorbed, 1, 1e-10) << angle;
      EXPECT_GT(out.radiated, 0) << angle;
      EXPECT_GE(out.absorbed, 0) << angle;
      EXPECT_LT(out.empty_loss_dB, 1e-4) << angle;
    }
}

TEST(CrossingField, CrosstalkOfSmoothGuidesDiesOutWithTheAngle) {
  // what goes over must turn by beta sin(angle), which two smooth guides of 4 um hold less and less of
  const auto steep = crossing_field(planar(0.008), 15, CrossingExposure::two_exposures),
             flat = crossing_field(planar(0.008), 5, CrossingExposure::two_exposures);
  EXPECT_LT(steep.crosstalk_dB.value(), -20);
  EXPECT_GT(flat.crossed, 100 * steep.crossed);
  EXPECT_FALSE(crossing_field(planar(0.008), 30, CrossingExposure::two_exposures).crosstalk_dB);
}

TEST(CrossingField, LossFallsTowardsTheSquareCrossingAndIsEvenAboutIt) {
  double before = infinite;
  for (const double angle : {8.0, 15.0, 30.0, 60.0, 90.0}) {
    const double loss = crossing_field(buried(), angle, CrossingExposure::one_mask).loss_dB;
    EXPECT_LT(loss, before) << angle;
    before = loss;
  }
  EXPECT_EQ(crossing_field(buried(), 150, CrossingExposure::one_mask).loss_dB,
            crossing_field(buried(), 30, CrossingExposure::one_mask).loss_dB);
  // measured at 90 degrees on a 5 um guide, with process: 0.019 dB (docs/facts/optics.md 2)
  EXPECT_LT(before, 0.019);
}

TEST(CrossingField, FillsTheRoutersModel) {
  CrossingModel model;
  model.table = crossing_table(buried(), {90, 20, 45, 30, 45}, CrossingExposure::one_mask);
  ASSERT_EQ(model.table.size(), 4U);
  EXPECT_EQ(crossing_table_error(model), "");
  const CrossedGuide crossed{9, 4.3, buried().effective_index, wavelength_um};
  EXPECT_EQ(crossing_loss_dB(model, crossed, 30), model.table[1].loss_dB + model.process_floor_dB);
  for (const auto& point : model.table) { // the closed form is an upper bound, by 0.4 to 0.75
    const double share = point.loss_dB / crossing_diffraction_dB(crossed, point.angle_deg);
    EXPECT_GT(share, 0.3) << point.angle_deg;
    EXPECT_LT(share, 1) << point.angle_deg;
  }
  // between its points the table is as good as the field
  EXPECT_NEAR(crossing_loss_dB(model, crossed, 37) - model.process_floor_dB,
              crossing_field(buried(), 37, CrossingExposure::one_mask).loss_dB, 3e-4);
}

TEST(CrossingField, RefusesAnglesThatAreNoCrossing) {
  EXPECT_THROW(crossing_field(buried(), 0, CrossingExposure::one_mask), std::invalid_argument);
  EXPECT_THROW(crossing_field(buried(), 180, CrossingExposure::one_mask), std::invalid_argument);
  EXPECT_THROW(crossing_field(buried(), std::nan(""), CrossingExposure::one_mask), std::invalid_argument);
  EXPECT_THROW(crossing_field(buried(), 0.2, CrossingExposure::one_mask), std::invalid_argument);
}
