// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/mode_window.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

namespace beachfront::optics {
namespace {

/// Where along one axis the profile changes: breaks from its middle outwards, on either side.
struct Breaks {
  double middle_um = 0;
  std::vector<double> before_um, after_um; ///< distances from the middle, rising
};

struct ProfileBreaks {
  Breaks x, y;
};

Breaks both_sides(double middle_um, std::vector<double> distances_um) {
  return {middle_um, distances_um, distances_um};
}

ProfileBreaks breaks(const GaussianProfile& p) {
  constexpr double flank = 1.75; // 1/e half widths: 5 % of the peak
  return {both_sides(0, {flank * p.half_width_x_um}), both_sides(p.depth_um, {flank * p.half_width_y_um})};
}

ProfileBreaks breaks(const StepFibreProfile& p) {
  const double a = p.core_radius_um;
  const std::vector<double> breaks_um = {0.7 * a, 1.35 * a, 2.2 * a}; // dense at the rim, which no edge follows
  return {both_sides(0, breaks_um), both_sides(p.depth_um, breaks_um)};
}

ProfileBreaks breaks(const ChannelProfile& p) {
  return {both_sides(0, {p.width_um / 2}), both_sides(p.depth_um, {p.height_um / 2})};
}

ProfileBreaks breaks(const SurfaceErfcProfile& p) {
  const double near_um = p.opening_um / 2 + 0.7 * p.side_diffusion_um;
  const double far_um = p.opening_um / 2 + 2.3 * p.side_diffusion_um;
  return {both_sides(0, {near_um, far_um}), {0, {}, {0.6 * p.depth_um, 1.4 * p.depth_um, 2.5 * p.depth_um}}};
}

/// Of ions that have spread: broad along the surface, finer towards it. Shares of where they fall to 1/1000.
ProfileBreaks breaks_of_ions(const ProfileBounds& box) {
  const auto at = [](double length, std::initializer_list<double> shares) {
    std::vector<double> out;
    for (const double share : shares)
      out.push_back(share * length);
    return out;
  };
  return {both_sides(0, at(box.x_max_um, {0.45, 1})), {0, {}, at(box.y_max_um, {0.25, 0.55, 1})}};
}

/// Equal steps over a box that holds the profile.
ProfileBreaks breaks_of_box(const ProfileBounds& box) {
  ProfileBreaks out;
  constexpr int steps = 4; // of a half width, down to 1/1000 of the peak
  out.x.middle_um = (box.x_min_um + box.x_max_um) / 2;
  out.y.middle_um = box.y_min_um;
  for (int i = 1; i <= steps; ++i) {
    out.x.after_um.push_back((box.x_max_um - out.x.middle_um) * i / steps);
    out.x.before_um.push_back((out.x.middle_um - box.x_min_um) * i / steps);
    out.y.after_um.push_back((box.y_max_um - box.y_min_um) * i / steps);
  }
  return out;
}

ProfileBreaks breaks(const TableProfile& p) {
  return breaks_of_box({p.x_um.front(), p.x_um.back(), p.y_um.front(), p.y_um.back()});
}

/// Fills `length` from the last break outwards so that no element is longer than `longest` inside the profile.
void append_between(double from_um, double to_um, double longest_um, std::vector<double>& distances_um) {
  if (!std::isfinite(to_um))
    return;
  const int parts = std::max(1, static_cast<int>(std::ceil((to_um - from_um) / longest_um * (1 - 1e-9))));
  for (int i = 1; i <= parts; ++i)
    distances_um.push_back(from_um + (to_um - from_um) * i / parts);
}

constexpr double tail_decays = 8; // exp(-16) of the tail's power is cut off
constexpr double tail_growth = 3;

std::vector<double> half_axis(const std::vector<double>& breaks_um, double longest_um, Decays decays) {
  std::vector<double> distances;
  double from = 0;
  for (const double at : breaks_um) {
    append_between(from, at, longest_um, distances);
    from = at;
  }
  const double last = tail_decays / decays.slowest_per_um;
  for (double tail = tail_decays / decays.fastest_per_um; tail < 0.7 * last; tail *= tail_growth)
    distances.push_back(from + tail);
  distances.push_back(from + last);
  return distances;
}

/// Along which axis a planar guide does not change.
struct Uniform {
  bool x = false, y = false;
};

Uniform uniform_axes(const IndexProfile& profile) {
  if (const auto* channel = std::get_if<ChannelProfile>(&profile.shape))
    return {std::isinf(channel->width_um), std::isinf(channel->height_um)};
  if (const auto* gaussian = std::get_if<GaussianProfile>(&profile.shape))
    return {std::isinf(gaussian->half_width_x_um), std::isinf(gaussian->half_width_y_um)};
  if (const auto* surface = std::get_if<SurfaceErfcProfile>(&profile.shape))
    return {std::isinf(surface->opening_um), false};
  if (const auto* diffused = std::get_if<DiffusedProfile>(&profile.shape))
    return {diffused->ions.x_um.size() == 1, false};
  return {};
}

} // namespace

double cutoff_index(const IndexProfile& profile) {
  return std::max(profile.background_index, profile.cover_index.value_or(0));
}

namespace {

/// Integral of the permittivity above the glass over the box that holds the profile, and the highest index above it.
struct Contents {
  double permittivity_um2 = 0, peak_delta_n = 0;
};

Contents contents_of(const IndexProfile& profile) {
  auto box = bounds_of(profile);
  const Uniform uniform = uniform_axes(profile);
  if (uniform.x)
    box.x_min_um = 0, box.x_max_um = 1;
  if (uniform.y)
    box.y_min_um = 0, box.y_max_um = 1;
  constexpr int points = 24;
  const double glass = profile.background_index;
  const double dx = (box.x_max_um - box.x_min_um) / points, dy = (box.y_max_um - box.y_min_um) / points;
  Contents contents;
  for (int j = 0; j < points; ++j)
    for (int i = 0; i < points; ++i) {
      const double dn = delta_n_at(profile, box.x_min_um + (i + 0.5) * dx, box.y_min_um + (j + 0.5) * dy);
      contents.permittivity_um2 += dn * (2 * glass + dn) * dx * dy;
      contents.peak_delta_n = std::max(contents.peak_delta_n, dn);
    }
  return contents;
}

} // namespace

GuideScale scale_of(const IndexProfile& profile, double wavelength_um) {
  const Contents contents = contents_of(profile);
  const double glass = profile.background_index, highest = contents.peak_delta_n;
  GuideScale scale;
  scale.k_per_um = 2 * std::numbers::pi / wavelength_um;
  scale.peak_index = glass + highest;
  scale.wavenumber_per_um = scale.k_per_um * std::sqrt(highest * (2 * glass + highest));
  const double V2 = scale.k_per_um * scale.k_per_um * contents.permittivity_um2 / std::numbers::pi;
  // b(V) of a step fibre (Rudolph and Neumann 1976), held between where it is no fit any more
  const double root_b = std::clamp(1.1428 - 0.996 / std::sqrt(std::max(V2, 1e-12)), 0.25, 0.9);
  const Uniform uniform = uniform_axes(profile);
  scale.decay_per_um =
      scale.wavenumber_per_um * (uniform.x || uniform.y ? 0.5 : 0.8 * root_b); // spread over the profile
  return scale;
}

double estimated_modes(const IndexProfile& profile, double wavelength_um) {
  return std::numbers::pi * contents_of(profile).permittivity_um2 / (wavelength_um * wavelength_um);
}

WindowEdges window_for(const IndexProfile& profile, const GuideScale& scale, Decays decays) {
  const ProfileBreaks at = std::visit(
      [&](const auto& shape) {
        if constexpr (requires { breaks(shape); })
          return breaks(shape);
        else
          return breaks_of_ions(bounds_of(profile));
      },
      profile.shape);
  const double longest_um = 6.5 / std::max(scale.wavenumber_per_um, 1e-9); // one oscillation
  WindowEdges edges;
  edges.mirror_x = !std::holds_alternative<TableProfile>(profile.shape);
  const auto axis = [&](const Breaks& line, bool mirrored) {
    std::vector<double> out;
    if (!mirrored) {
      out = half_axis(line.before_um, longest_um, decays);
      std::reverse(out.begin(), out.end());
      for (double& distance : out)
        distance = -distance;
    }
    out.push_back(0);
    const auto after = half_axis(line.after_um, longest_um, decays);
    out.insert(out.end(), after.begin(), after.end());
    for (double& distance : out)
      distance += line.middle_um;
    return out;
  };
  edges.x_um = axis(at.x, edges.mirror_x);
  edges.mirror_y = !profile.cover_index && at.y.before_um == at.y.after_um;
  edges.y_um = axis(at.y, edges.mirror_y);
  const Uniform uniform = uniform_axes(profile);
  edges.uniform_x = uniform.x;
  edges.uniform_y = uniform.y;
  if (uniform.x)
    edges.x_um = {0, 1}, edges.mirror_x = true;
  if (uniform.y)
    edges.y_um = {0, 1}, edges.mirror_y = true;
  if (!profile.cover_index || uniform.y)
    return edges;
  // The surface is an interface; what lies above it decays in the cover.
  std::erase_if(edges.y_um, [&](double y) { return y <= 1e-2 / scale.wavenumber_per_um; });
  const double step = profile.background_index * profile.background_index - *profile.cover_index * *profile.cover_index;
  const double cover_decay =
      std::sqrt(std::max(decays.slowest_per_um * decays.slowest_per_um + scale.k_per_um * scale.k_per_um * step, 1e-4));
  edges.y_um.insert(edges.y_um.begin(), {-9.5 / cover_decay, -3.5 / cover_decay, 0});
  return edges;
}

Section grid_on(const WindowEdges& edges, int degree) {
  return {SpectralLine(edges.x_um, edges.uniform_x ? 2 : degree),
          SpectralLine(edges.y_um, edges.uniform_y ? 2 : degree),
          edges.mirror_x,
          edges.mirror_y,
          {},
          edges.uniform_x,
          edges.uniform_y};
}

void widen_depth(WindowEdges& edges, double spread_um, bool covered) {
  std::vector<double>& y = edges.y_um;
  const double enough = 1.3; // of the tail there is
  const double below = y[y.size() - 2];
  if (spread_um > enough * (y.back() - below))
    y.push_back(below + spread_um);
  if (const double above = y[1]; !edges.mirror_y && !covered && spread_um > enough * (above - y.front()))
    y.insert(y.begin(), above - spread_um);
}

double cut_off_index(const GuideScale& scale, double effective_index, double decay_per_um, double slowest_per_um) {
  return 2 * std::pow(decay_per_um / scale.k_per_um, 2) / effective_index *
         std::exp(-2 * tail_decays * decay_per_um / slowest_per_um);
}

WindowEdges halved(const WindowEdges& edges) {
  const auto cut = [](const std::vector<double>& whole) {
    std::vector<double> out;
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
      out.push_back(whole[i]);
      out.push_back((whole[i] + whole[i + 1]) / 2);
    }
    out.push_back(whole.back());
    return out;
  };
  return {edges.uniform_x ? edges.x_um : cut(edges.x_um),
          edges.uniform_y ? edges.y_um : cut(edges.y_um),
          edges.mirror_x,
          edges.mirror_y,
          edges.uniform_x,
          edges.uniform_y};
}

} // namespace beachfront::optics
