// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/lateral_tail.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::optics {
namespace {

using std::numbers::pi;

constexpr double dB_per_neper_of_power = 10 * std::numbers::log10e;
constexpr double um_per_mm = 1e3;
constexpr double um_per_cm = 1e4;

/// k^2 (n^2 - n_glass^2) X Y over the cells that differ from plain glass, and where they lie.
struct Sources {
  std::vector<double> x_um, y_um;
  std::vector<double> strength; ///< cell area times source, strength[j * x_um.size() + i]
};

Sources sources_of(const IndexProfile& profile, const GuidedMode& mode) {
  const auto& grid = mode.grid;
  const auto box = bounds_of(profile);
  const double k = 2 * pi / mode.wavelength_um;
  const double glass2 = profile.background_index * profile.background_index;
  std::vector<std::size_t> columns, rows;
  const auto inside = [](const std::vector<double>& edges, double low, double high, std::vector<std::size_t>& cells,
                         std::vector<double>& centres) {
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
      if (edges[i + 1] > low && edges[i] < high) {
        cells.push_back(i);
        centres.push_back((edges[i] + edges[i + 1]) / 2);
      }
  };
  Sources sources;
  inside(grid.x_edges_um, box.x_min_um, box.x_max_um, columns, sources.x_um);
  inside(grid.y_edges_um, box.y_min_um, box.y_max_um, rows, sources.y_um);
  for (const std::size_t j : rows)
    for (const std::size_t i : columns) {
      const double area = (grid.x_edges_um[i + 1] - grid.x_edges_um[i]) * (grid.y_edges_um[j + 1] - grid.y_edges_um[j]);
      sources.strength.push_back(area * k * k * (grid.permittivity[j * grid.columns() + i] - glass2) *
                                 mode.field.x_field[i] * mode.field.y_field[j]);
    }
  return sources;
}

/// The waves along the depth: cos and sin in endless glass; under a cover, the sine with the phase that makes it meet
/// its evanescent tail in the cover.
struct Waves {
  bool covered = false;
  double cover_k_per_um = 0; ///< k sqrt(n_glass^2 - n_cover^2): waves of larger q are not held in the glass

  double even(double q, double y) const { return covered ? std::sin(q * y + phase(q)) : std::cos(q * y); }
  double odd(double q, double y) const { return covered ? 0.0 : std::sin(q * y); }
  double measure() const { return covered ? 2 / pi : 1 / pi; } // both over q from 0 upwards

private:
  double phase(double q) const { return std::atan2(q, std::sqrt(cover_k_per_um * cover_k_per_um - q * q)); }
};

Waves waves_for(const IndexProfile& profile, const GuidedMode& mode) {
  // A cover so close to the glass that it turns back none of the waves the mode is made of counts as glass.
  constexpr double turned_back = 2; // times the wave number 2/MFD at which the mode's own spectrum has fallen to 1/e
  Waves waves;
  if (!profile.cover_index || *profile.cover_index >= profile.background_index)
    return waves;
  waves.cover_k_per_um =
      2 * pi / mode.wavelength_um *
      std::sqrt(profile.background_index * profile.background_index - *profile.cover_index * *profile.cover_index);
  waves.covered = waves.cover_k_per_um > turned_back * 2 / mode.mode_field_diameter_y_um;
  return waves;
}

} // namespace

LateralTail lateral_tail(const IndexProfile& profile, const GuidedMode& mode) {
  const double k = 2 * pi / mode.wavelength_um;
  const double n = mode.effective_index, glass = profile.background_index;
  const Sources sources = sources_of(profile, mode);
  const Waves waves = waves_for(profile, mode);
  LateralTail tail;
  tail.beta_per_um = k * n;
  tail.decay_per_um = k * std::sqrt(n * n - glass * glass);
  for (const double x : sources.x_um)
    tail.reference_um = std::max(tail.reference_um, std::abs(x));
  constexpr int nodes = 48;
  const double most = 12 / mode.mode_field_diameter_y_um; // |A|^2 of a Gaussian has fallen to e^-18 there
  const double top = waves.covered ? std::min(most, 0.999 * waves.cover_k_per_um) : most;
  const std::size_t nx = sources.x_um.size(), ny = sources.y_um.size();
  std::vector<double> even(nx), odd(nx);
  for (int node = 0; node < nodes; ++node) {
    const double t = (node + 0.5) / nodes; // q = top t^2: dense where a large radius or distance looks
    const double q = top * t * t;
    const double decay = std::hypot(tail.decay_per_um, q);
    std::fill(even.begin(), even.end(), 0.0);
    std::fill(odd.begin(), odd.end(), 0.0);
    for (std::size_t j = 0; j < ny; ++j) {
      const double c = waves.even(q, sources.y_um[j]), s = waves.odd(q, sources.y_um[j]);
      for (std::size_t i = 0; i < nx; ++i) {
        even[i] += c * sources.strength[j * nx + i];
        odd[i] += s * sources.strength[j * nx + i];
      }
    }
    double even_right = 0, odd_right = 0, even_left = 0, odd_left = 0;
    for (std::size_t i = 0; i < nx; ++i) {
      const double right = std::exp(decay * (sources.x_um[i] - tail.reference_um)) / (2 * decay);
      const double left = std::exp(-decay * (sources.x_um[i] + tail.reference_um)) / (2 * decay);
      even_right += right * even[i];
      odd_right += right * odd[i];
      even_left += left * even[i];
      odd_left += left * odd[i];
    }
    tail.q_per_um.push_back(q);
    tail.weight.push_back(waves.measure() * 2 * top * t / nodes);
    tail.right_power.push_back(even_right * even_right + odd_right * odd_right);
    tail.left_power.push_back(even_left * even_left + odd_left * odd_left);
    tail.cross_power.push_back(even_right * even_left + odd_right * odd_left);
  }
  return tail;
}

namespace {

/// Guides that merge and bends that hold no light ask for exponentials without end; both only mean "all of it".
double bounded_exp(double exponent) {
  return std::exp(std::min(exponent, 600.0));
}

} // namespace

double bend_loss_dB_per_cm(const LateralTail& tail, double radius_mm) {
  double right = 0, left = 0;
  for (std::size_t i = 0; i < tail.q_per_um.size(); ++i) {
    const double decay = std::hypot(tail.decay_per_um, tail.q_per_um[i]);
    const double turned = 2 * decay * decay * decay * radius_mm * um_per_mm / (3 * tail.beta_per_um * tail.beta_per_um);
    const double rate = tail.weight[i] * decay / tail.beta_per_um * bounded_exp(2 * decay * tail.reference_um - turned);
    right += rate * tail.right_power[i];
    left += rate * tail.left_power[i];
  }
  return dB_per_neper_of_power * um_per_cm * std::max(right, left);
}

double smallest_guiding_radius_mm(const GuidedMode& mode, double glass_index) {
  return mode.mode_field_diameter_x_um / 2 * glass_index / (mode.effective_index - glass_index) / um_per_mm;
}

double radius_for_loss_mm(const LateralTail& tail, double budget_dB_per_cm, double smallest_mm) {
  if (bend_loss_dB_per_cm(tail, smallest_mm) <= budget_dB_per_cm)
    return smallest_mm;
  double low = smallest_mm, high = 2 * smallest_mm;
  while (bend_loss_dB_per_cm(tail, high) > budget_dB_per_cm) { // the exponential ends this
    low = high;
    high *= 2;
  }
  constexpr int halvings = 60;
  for (int i = 0; i < halvings; ++i) {
    const double middle = (low + high) / 2;
    (bend_loss_dB_per_cm(tail, middle) > budget_dB_per_cm ? low : high) = middle;
  }
  return high;
}

double coupling_per_mm(const LateralTail& tail, double distance_um) {
  double sum = 0;
  for (std::size_t i = 0; i < tail.q_per_um.size(); ++i) {
    const double decay = std::hypot(tail.decay_per_um, tail.q_per_um[i]);
    sum += tail.weight[i] * tail.cross_power[i] * decay / tail.beta_per_um *
           bounded_exp(decay * (2 * tail.reference_um - distance_um));
  }
  constexpr double floor_per_mm = 1e-100; // lengths and decibels stay finite where the exponential underflows
  return std::max(um_per_mm * std::abs(sum), floor_per_mm);
}

} // namespace beachfront::optics
