// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::study {

namespace {

using geometry::Path;

constexpr double step_mm = 1; // guides turn by less than 0.1 rad over it

geometry::Pose pose_along(const Path& path, double s_mm) {
  for (const geometry::Segment& segment : path) {
    if (s_mm <= segment.length_mm || &segment == &path.back())
      return geometry::pose_at(segment, std::min(s_mm, segment.length_mm));
    s_mm -= segment.length_mm;
  }
  return {};
}

/// C against distance.
struct Coupling {
  double at_pitch_per_mm = 0;
  double pitch_um = 0;
  double decay_per_um = 0;
};

std::optional<Coupling> coupling_of(const optics::Waveguide& guide, const optics::WaveguideFigures& figures) {
  const double wavelength_um = guide.wavelengths_um.front();
  const auto glass_index = optics::refractive_index(guide.glass.dispersion, wavelength_um);
  if (!figures.min_pitch_um || !figures.effective_index || !glass_index || *figures.effective_index <= *glass_index)
    return std::nullopt;
  const double amplitude = std::pow(10, guide.budget.crosstalk_dB / 20);
  return Coupling{std::asin(std::min(amplitude, 1.0)) / guide.budget.parallel_length_mm, *figures.min_pitch_um,
                  2 * std::numbers::pi / wavelength_um *
                      std::sqrt(*figures.effective_index * *figures.effective_index - *glass_index * *glass_index)};
}

/// Share of the power that goes over between two guides that set out side by side.
double share_between(const Path& path, const Path& other, const Coupling& coupling) {
  const double length_mm = geometry::length_mm(path), other_mm = geometry::length_mm(other);
  const int steps = static_cast<int>(std::ceil(length_mm / step_mm));
  double foot_mm = 0, phase = 0;
  for (int n = 0; n < steps; ++n) {
    const geometry::Point at = pose_along(path, (n + 0.5) / steps * length_mm).at;
    double distance_um = 0;
    for (int turn = 0; turn < 3; ++turn) { // Newton for the foot, which moves little from step to step
      const geometry::Pose near = pose_along(other, foot_mm);
      const geometry::Point apart = at - near.at;
      distance_um = 1000 * std::hypot(apart.x_mm, apart.y_mm);
      foot_mm = std::clamp(foot_mm + apart.x_mm * std::cos(near.heading_rad) + apart.y_mm * std::sin(near.heading_rad),
                           0.0, other_mm);
    }
    phase += coupling.at_pitch_per_mm * std::exp(-coupling.decay_per_um * (distance_um - coupling.pitch_um)) *
             length_mm / steps;
  }
  const double amplitude = std::sin(std::min(phase, std::numbers::pi / 2));
  return amplitude * amplitude;
}

} // namespace

std::vector<optics::GuideCrosstalk> guide_crosstalk(const Design& design, const geometry::Layout& layout,
                                                    const std::optional<optics::WaveguideFigures>& waveguide) {
  if (!design.guides || !waveguide)
    return {};
  const std::optional<Coupling> coupling = coupling_of(design.guides->waveguide, *waveguide);
  if (!coupling)
    return {};
  std::vector<optics::GuideCrosstalk> crosstalk(layout.guides.size());
  for (std::size_t i = 0; i + 1 < layout.guides.size(); ++i) {
    const geometry::Guide &guide = layout.guides[i], &next = layout.guides[i + 1];
    if (guide.engine != next.engine || guide.kind != next.kind || guide.layer != next.layer || guide.path.empty() ||
        next.path.empty())
      continue;
    const double share = share_between(guide.path, next.path, *coupling);
    for (const std::size_t k : {i, i + 1}) {
      crosstalk[k].sum += share;
      crosstalk[k].root_sum += std::sqrt(share);
    }
  }
  return crosstalk;
}

} // namespace beachfront::study
