// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/coupling.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace beachfront::optics {
namespace {

using std::numbers::pi;
using Complex = std::complex<double>;

/// One axis of a Gaussian mode that has travelled, moved and turned: a normalised field of x.
struct TravelledGaussian {
  double waist_um, offset_um, phase_per_um; ///< phase_per_um = k sin(tilt)
  Complex spread;                           ///< 1 + i z/z_R

  TravelledGaussian(double waist, double offset, double tilt_mrad, const Misalignment& miss, double wavelength_um)
      : waist_um(waist), offset_um(offset) {
    const double k = 2 * pi * miss.medium_index / wavelength_um;
    phase_per_um = k * std::sin(1e-3 * tilt_mrad);
    spread = Complex(1, 2 * miss.gap_um / (k * waist * waist));
  }

  Complex amplitude() const { return std::pow(2 / (pi * waist_um * waist_um), 0.25) / std::sqrt(spread); }
  Complex narrowness() const { return 1.0 / (waist_um * waist_um * spread); }

  Complex at(double x) const {
    const double d = x - offset_um;
    return amplitude() * std::exp(-narrowness() * d * d + Complex(0, phase_per_um * x));
  }

  /// Overlap with the normalised Gaussian of waist `w` at 0, by completing the square.
  double power_into(double w) const {
    const Complex sum = narrowness() + 1 / (w * w);
    const Complex linear = 2.0 * narrowness() * offset_um + Complex(0, phase_per_um);
    const Complex exponent = linear * linear / (4.0 * sum) - narrowness() * offset_um * offset_um;
    return std::norm(amplitude() * std::pow(2 / (pi * w * w), 0.25) * std::sqrt(pi / sum) * std::exp(exponent));
  }
};

double overlap_power(const std::vector<double>& edges, const std::vector<double>& field,
                     const TravelledGaussian& gaussian) {
  Complex sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i)
    sum += (edges[i + 1] - edges[i]) * field[i] * gaussian.at((edges[i] + edges[i + 1]) / 2);
  return std::norm(sum);
}

/// Where an aligned Gaussian meets the most of a field: golden section from the field's centre of power.
double best_place(const std::vector<double>& edges, const std::vector<double>& field, double waist_um) {
  double centre = 0;
  for (std::size_t i = 0; i < field.size(); ++i)
    centre += (edges[i + 1] - edges[i]) * field[i] * field[i] * (edges[i] + edges[i + 1]) / 2;
  const auto power = [&](double at) {
    double sum = 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const double d = ((edges[i] + edges[i + 1]) / 2 - at) / waist_um;
      sum += (edges[i + 1] - edges[i]) * field[i] * std::exp(-d * d);
    }
    return std::abs(sum);
  };
  constexpr double golden = 0.6180339887498949;
  constexpr int cuts = 40; // to 1e-8 of the waist
  double low = centre - waist_um, high = centre + waist_um;
  for (int i = 0; i < cuts; ++i) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    const bool left = power(a) > power(b);
    (left ? high : low) = left ? b : a;
  }
  return (low + high) / 2;
}

/// A loss is never shown below zero for rounding, nor infinite when a power underflows.
double loss_dB(double power) {
  return std::max(0.0, -10 * std::log10(std::max(power, std::numeric_limits<double>::min())));
}

} // namespace

double gaussian_coupling_loss_dB(const GaussianMode& one, const GaussianMode& other, const Misalignment& miss,
                                 double wavelength_um) {
  const TravelledGaussian x(other.mode_field_diameter_x_um / 2, miss.offset_x_um, miss.tilt_x_mrad, miss,
                            wavelength_um);
  const TravelledGaussian y(other.mode_field_diameter_y_um / 2, miss.offset_y_um, miss.tilt_y_mrad, miss,
                            wavelength_um);
  return loss_dB(x.power_into(one.mode_field_diameter_x_um / 2) * y.power_into(one.mode_field_diameter_y_um / 2));
}

double mode_coupling_loss_dB(const GuidedMode& mode, const GaussianMode& other, const Misalignment& miss) {
  const double wx = other.mode_field_diameter_x_um / 2, wy = other.mode_field_diameter_y_um / 2;
  const double x = best_place(mode.grid.x_edges_um, mode.field.x_field, wx) + miss.offset_x_um;
  const double y = best_place(mode.grid.y_edges_um, mode.field.y_field, wy) + miss.offset_y_um;
  const double px =
      overlap_power(mode.grid.x_edges_um, mode.field.x_field, {wx, x, miss.tilt_x_mrad, miss, mode.wavelength_um});
  const double py =
      overlap_power(mode.grid.y_edges_um, mode.field.y_field, {wy, y, miss.tilt_y_mrad, miss, mode.wavelength_um});
  return loss_dB(px * py);
}

double fresnel_loss_dB(double index_1, double index_2) {
  const double r = (index_1 - index_2) / (index_1 + index_2);
  return loss_dB(1 - r * r);
}

double crosstalk_dB(double coupling_per_mm, double length_mm) {
  const double phase = coupling_per_mm * length_mm;
  if (phase >= pi / 2)
    return 0;
  return 20 * std::log10(std::max(std::sin(phase), std::numeric_limits<double>::min()));
}

double coupling_length_mm(double coupling_per_mm) {
  return pi / (2 * coupling_per_mm);
}

} // namespace beachfront::optics
