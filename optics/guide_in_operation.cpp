// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/guide_in_operation.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {

double contrast_change_per_K(double index, double thermo_optic_per_K) {
  const double squared = index * index;
  const double slope = (squared - 1) * (squared + 2) / (6 * index); // P dn/dP
  const double curvature = slope * (4 * index / (squared + 2) - 1 / index);
  return thermo_optic_per_K / slope * (1 + curvature);
}

double mode_size_exponent(const WaveguideFigures& figures) {
  constexpr double parabolic = -0.25;
  const ModeFigures *shortest = nullptr, *longest = nullptr; // fundamentals of one polarisation
  for (const ModeFigures& mode : figures.modes) {
    if (mode.polarization != figures.modes.front().polarization)
      continue;
    if (!shortest || mode.wavelength_um < shortest->wavelength_um)
      shortest = &mode;
    if (!longest || mode.wavelength_um > longest->wavelength_um)
      longest = &mode;
  }
  if (!shortest || longest->wavelength_um == shortest->wavelength_um)
    return parabolic;
  const auto log_size = [](const ModeFigures& mode) {
    return std::log(mode.mode_field_diameter_x_um * mode.mode_field_diameter_y_um) / 2;
  };
  const double growth =
      (log_size(*longest) - log_size(*shortest)) / std::log(longest->wavelength_um / shortest->wavelength_um);
  return std::min(-growth / 2, 0.0);
}

GuideInOperation guide_in_operation(const Waveguide& guide, const WaveguideFigures& figures, double temperature_C) {
  GuideInOperation operation;
  operation.temperature_C = temperature_C;
  if (!figures.effective_index || !figures.mode_field_diameter_x_um)
    return operation;
  const double rise_K = temperature_C - index_reference_C;
  const double wavelength_um = guide.wavelengths_um.front();
  operation.index_change = guide.glass.thermo_optic_per_K * rise_K;
  operation.contrast_change = rise_K * contrast_change_per_K(*figures.effective_index, guide.glass.thermo_optic_per_K);
  operation.mode_size_change = mode_size_exponent(figures) * operation.contrast_change;
  const GaussianMode fibre{guide.fibre.mode_field_diameter_um, guide.fibre.mode_field_diameter_um};
  const auto loss_dB = [&](double size) {
    const GaussianMode mode{size * *figures.mode_field_diameter_x_um, size * *figures.mode_field_diameter_y_um};
    return gaussian_coupling_loss_dB(mode, fibre, {}, wavelength_um);
  };
  operation.edge_loss_change_dB = loss_dB(1 + operation.mode_size_change) - loss_dB(1);
  return operation;
}

WaveguideFigures in_operation(WaveguideFigures figures, const GuideInOperation& operation) {
  if (!figures.effective_index || !figures.mode_field_diameter_x_um)
    return figures;
  *figures.effective_index += operation.index_change;
  *figures.mode_field_diameter_x_um *= 1 + operation.mode_size_change;
  *figures.mode_field_diameter_y_um *= 1 + operation.mode_size_change;
  return figures;
}

} // namespace beachfront::optics
