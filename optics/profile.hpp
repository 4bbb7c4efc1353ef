// SPDX-License-Identifier: GPL-3.0-or-later
// The refractive index of a guide's cross-section, from a formula, a measured table or an ion exchange.
#pragma once

#include "optics/ion_exchange.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace beachfront::optics {

// x runs along the surface, y into the glass, both in um; x = 0 is the middle of the guide and y = 0 the surface, or
// the middle of a guide without a surface. Every shape gives the index *above the background glass*, so that a change
// of wavelength moves the glass and leaves the guide (docs/facts/optics.md 4: delta_n constant over 1.26 to 1.55 um to
// first order).

// A size without end (std::numeric_limits<double>::infinity()) along one axis makes a planar guide for the full modes.

/// delta_n exp(-(x/hx)^2 - ((y-depth)/hy)^2)
struct GaussianProfile {
  double delta_n = 0;
  double half_width_x_um = 0;
  double half_width_y_um = 0;
  double depth_um = 0;
};

/// A round core; the background glass is its cladding.
struct StepFibreProfile {
  double delta_n = 0; ///< core index less cladding index
  double core_radius_um = 0;
  double depth_um = 0;
};

struct ChannelProfile {
  double delta_n = 0; ///< core index less background index
  double width_um = 0;
  double height_um = 0;
  double depth_um = 0; ///< of the centre
};

/// delta_n erfc(y/depth) [erf((x+w/2)/s) - erf((x-w/2)/s)]/2 for y > 0
struct SurfaceErfcProfile {
  double delta_n = 0;
  double depth_um = 0;
  double opening_um = 0;        ///< w
  double side_diffusion_um = 0; ///< s
};

/// A cubic spline through given points, plain glass outside them; bilinear without slopes.
struct TableProfile {
  std::vector<double> x_um;    ///< rising
  std::vector<double> y_um;    ///< rising
  std::vector<double> delta_n; ///< delta_n[j * x_um.size() + i] at (x_um[i], y_um[j]): index less background index
  GridSlopes slopes = {};      ///< of the spline, table_slopes
};

/// Slopes of the spline through a map, flat at its rim.
GridSlopes table_slopes(const TableProfile& table);

/// delta_n_max times the fraction of exchanged ions; linear for a single silver exchange.
struct DiffusedProfile {
  IonField ions;
  double delta_n_max = 0;
};

struct IndexProfile {
  std::variant<GaussianProfile, StepFibreProfile, ChannelProfile, SurfaceErfcProfile, TableProfile, DiffusedProfile>
      shape;
  double background_index = 0;
  std::optional<double> cover_index; ///< medium at y < 0; absent: the glass goes on, plain for the kinds with a surface
};

/// Index above the background at a place in the glass.
double delta_n_at(const IndexProfile& profile, double x_um, double y_um);

/// The part of the cross-section that differs from plain glass: nothing above 1/1000 of the peak lies outside.
struct ProfileBounds {
  double x_min_um = 0, x_max_um = 0, y_min_um = 0, y_max_um = 0;
};
ProfileBounds bounds_of(const IndexProfile& profile);

/// Size of the profile as a process engineer measures it.
struct ProfileSize {
  double peak_delta_n = 0;
  double peak_depth_um = 0;
  double fwhm_x_um = 0;         ///< through the peak
  double fwhm_y_um = 0;         ///< through the peak; cut at the surface where the profile is
  double width_1_over_e_um = 0; ///< along x through the peak
};
ProfileSize size_of(const IndexProfile& profile);

/// What makes a profile unusable, one sentence each: sizes, non-finite numbers, tables with holes or cut at their edge.
std::vector<std::string> profile_errors(const IndexProfile& profile);

/// A cross-section cut into cells, each with its average permittivity n^2.
struct IndexGrid {
  std::vector<double> x_edges_um, y_edges_um;
  std::vector<double> permittivity; ///< permittivity[j * columns + i]
  std::size_t columns() const { return x_edges_um.size() - 1; }
  std::size_t rows() const { return y_edges_um.size() - 1; }
};

/// Samples a profile on given edges: smooth kinds at the cell centre, sharp ones averaged over the cell's area.
IndexGrid sample(const IndexProfile& profile, std::vector<double> x_edges_um, std::vector<double> y_edges_um);

} // namespace beachfront::optics
