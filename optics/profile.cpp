// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/profile.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace beachfront::optics {
namespace {

double value(const GaussianProfile& p, double x, double y) {
  const double u = x / p.half_width_x_um, v = (y - p.depth_um) / p.half_width_y_um;
  return p.delta_n * std::exp(-u * u - v * v);
}

double value(const StepFibreProfile& p, double x, double y) {
  return std::hypot(x, y - p.depth_um) < p.core_radius_um ? p.delta_n : 0.0;
}

double value(const ChannelProfile& p, double x, double y) {
  return std::abs(x) < p.width_um / 2 && std::abs(y - p.depth_um) < p.height_um / 2 ? p.delta_n : 0.0;
}

double value(const SurfaceErfcProfile& p, double x, double y) {
  if (y < 0)
    return 0;
  const double right = (x + p.opening_um / 2) / p.side_diffusion_um;
  const double left = (x - p.opening_um / 2) / p.side_diffusion_um;
  return p.delta_n * std::erfc(y / p.depth_um) * (std::erf(right) - std::erf(left)) / 2;
}

bool holds(const TableProfile& p, double x, double y) {
  return x >= p.x_um.front() && x <= p.x_um.back() && y >= p.y_um.front() && y <= p.y_um.back();
}

double value(const TableProfile& p, double x, double y) {
  return holds(p, x, y) ? spline_at(p.x_um, p.y_um, p.delta_n, p.slopes, x, y) : 0.0;
}

double value(const DiffusedProfile& p, double x, double y) {
  return y < 0 ? 0 : p.delta_n_max * p.ions.smooth_at(x, y);
}

constexpr double negligible = 1e-3; // of the peak, in bounds_of

ProfileBounds bounds(const GaussianProfile& p) {
  const double reach = std::sqrt(-std::log(negligible));
  return {-reach * p.half_width_x_um, reach * p.half_width_x_um, p.depth_um - reach * p.half_width_y_um,
          p.depth_um + reach * p.half_width_y_um};
}

ProfileBounds bounds(const StepFibreProfile& p) {
  return {-p.core_radius_um, p.core_radius_um, p.depth_um - p.core_radius_um, p.depth_um + p.core_radius_um};
}

ProfileBounds bounds(const ChannelProfile& p) {
  return {-p.width_um / 2, p.width_um / 2, p.depth_um - p.height_um / 2, p.depth_um + p.height_um / 2};
}

ProfileBounds bounds(const SurfaceErfcProfile& p) {
  constexpr double reach = 2.4; // erfc(2.4) = 7e-4
  const double side = p.opening_um / 2 + reach * p.side_diffusion_um;
  return {-side, side, 0, reach * p.depth_um};
}

ProfileBounds bounds(const TableProfile& p) {
  return {p.x_um.front(), p.x_um.back(), p.y_um.front(), p.y_um.back()};
}

ProfileBounds bounds(const DiffusedProfile& p) {
  const auto& ions = p.ions;
  const double level = negligible * *std::max_element(ions.fraction.begin(), ions.fraction.end());
  ProfileBounds box;
  for (std::size_t j = 0; j < ions.y_um.size(); ++j)
    for (std::size_t i = 0; i < ions.x_um.size(); ++i)
      if (ions.fraction[j * ions.x_um.size() + i] > level) {
        box.x_max_um = std::max(box.x_max_um, ions.x_um[i]);
        box.y_max_um = std::max(box.y_max_um, ions.y_um[j]);
      }
  box.x_min_um = -box.x_max_um;
  return box;
}

/// Average over a cell of a shape with a sharp edge; smooth shapes are taken at the centre, second order either way.
template <class Shape>
double cell_value(const Shape& p, double x0, double x1, double y0, double y1) {
  return value(p, (x0 + x1) / 2, (y0 + y1) / 2);
}

double overlap(double a0, double a1, double b0, double b1) {
  return std::max(0.0, std::min(a1, b1) - std::max(a0, b0));
}

double cell_value(const ChannelProfile& p, double x0, double x1, double y0, double y1) {
  const auto box = bounds(p);
  return p.delta_n * overlap(x0, x1, box.x_min_um, box.x_max_um) * overlap(y0, y1, box.y_min_um, box.y_max_um) /
         ((x1 - x0) * (y1 - y0));
}

double cell_value(const StepFibreProfile& p, double x0, double x1, double y0, double y1) {
  constexpr int strips = 16;
  double area = 0;
  const double width = (x1 - x0) / strips;
  for (int s = 0; s < strips; ++s) {
    const double x = x0 + (s + 0.5) * width;
    const double chord2 = p.core_radius_um * p.core_radius_um - x * x;
    if (chord2 > 0)
      area += width * overlap(y0, y1, p.depth_um - std::sqrt(chord2), p.depth_um + std::sqrt(chord2));
  }
  return p.delta_n * area / ((x1 - x0) * (y1 - y0));
}

/// Index above the glass, cell by cell.
template <class Shape>
std::vector<double> cell_values(const Shape& p, const IndexGrid& grid) {
  std::vector<double> values;
  values.reserve(grid.columns() * grid.rows());
  for (std::size_t j = 0; j < grid.rows(); ++j)
    for (std::size_t i = 0; i < grid.columns(); ++i)
      values.push_back(
          cell_value(p, grid.x_edges_um[i], grid.x_edges_um[i + 1], grid.y_edges_um[j], grid.y_edges_um[j + 1]));
  return values;
}

/// Ions are looked up once a row and column: on fine grids the search would cost more than all the rest of a mode.
std::vector<double> cell_values(const DiffusedProfile& p, const IndexGrid& grid) {
  const auto& ions = p.ions;
  const std::size_t nx = grid.columns();
  const auto centres = [](const std::vector<double>& edges) {
    std::vector<double> all;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i)
      all.push_back((edges[i] + edges[i + 1]) / 2);
    return all;
  };
  std::vector<double> x = centres(grid.x_edges_um), y = centres(grid.y_edges_um);
  for (double& at : x)
    at = std::abs(at);
  std::vector<double> values = spline_on(ions.x_um, ions.y_um, ions.fraction, ions.slopes, x, y);
  for (std::size_t k = 0; k < values.size(); ++k)
    values[k] = ions.holds(x[k % nx], y[k / nx]) ? p.delta_n_max * values[k] : 0.0;
  return values;
}

bool positive(std::initializer_list<double> numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double v) { return v > 0 && std::isfinite(v); });
}

std::string shape_error(const GaussianProfile& p) {
  return positive({p.delta_n, p.half_width_x_um, p.half_width_y_um}) && std::isfinite(p.depth_um)
             ? ""
             : "gaussian profile: delta_n and both half widths must be above 0";
}

std::string shape_error(const StepFibreProfile& p) {
  return positive({p.delta_n, p.core_radius_um}) && std::isfinite(p.depth_um)
             ? ""
             : "step fibre: core radius must be above 0 and the core index above the cladding's";
}

std::string shape_error(const ChannelProfile& p) {
  return positive({p.delta_n, p.width_um, p.height_um}) && std::isfinite(p.depth_um)
             ? ""
             : "channel: width and height must be above 0 and the core index above the background's";
}

std::string shape_error(const SurfaceErfcProfile& p) {
  return positive({p.delta_n, p.depth_um, p.opening_um, p.side_diffusion_um})
             ? ""
             : "surface profile: delta_n, depth, opening and side diffusion must be above 0";
}

std::string shape_error(const DiffusedProfile& p) {
  return positive({p.delta_n_max}) && p.ions.y_um.size() > 1 && p.ions.x_um.size() > 1
             ? ""
             : "diffused profile: delta_n_max must be above 0, and a guide needs a mask opening";
}

std::string shape_error(const TableProfile& p) {
  const auto rising = [](const std::vector<double>& v) {
    return v.size() > 1 && std::is_sorted(v.begin(), v.end(), std::less_equal<>()) && std::isfinite(v.front()) &&
           std::isfinite(v.back());
  };
  if (!rising(p.x_um) || !rising(p.y_um))
    return "profile table: x and y need two values or more, each above the one before";
  const std::size_t nx = p.x_um.size(), ny = p.y_um.size();
  if (p.delta_n.size() != nx * ny)
    return fmt::format("profile table: {} values for {} x {} points; the table has holes", p.delta_n.size(), nx, ny);
  double peak = 0, side = 0;
  for (std::size_t j = 0; j < ny; ++j)
    for (std::size_t i = 0; i < nx; ++i) {
      const double dn = p.delta_n[j * nx + i];
      if (!std::isfinite(dn))
        return fmt::format("profile table: no number at x {} um, y {} um", p.x_um[i], p.y_um[j]);
      peak = std::max(peak, dn);
      if (i == 0 || i + 1 == nx || j + 1 == ny)
        side = std::max(side, std::abs(dn));
    }
  if (peak <= 0)
    return "profile table: nowhere above the background index, so nothing guides";
  constexpr double cut = 0.05; // a step of more than 5 % of the peak at the rim is no longer noise
  if (side > cut * peak)
    return fmt::format("profile table: the guide touches its window, {:.2g} above the background at the rim against "
                       "{:.2g} at the peak; measure a wider map or give its own background index",
                       side, peak);
  return "";
}

} // namespace

GridSlopes table_slopes(const TableProfile& table) {
  constexpr SplineEnd flat{SplineEnd::slope, 0};
  return grid_slopes(table.x_um, table.y_um, table.delta_n, {flat, flat}, {flat, flat});
}

double delta_n_at(const IndexProfile& profile, double x_um, double y_um) {
  return std::visit([&](const auto& shape) { return value(shape, x_um, y_um); }, profile.shape);
}

ProfileBounds bounds_of(const IndexProfile& profile) {
  auto box = std::visit([](const auto& shape) { return bounds(shape); }, profile.shape);
  if (profile.cover_index)
    box.y_min_um = std::max(box.y_min_um, 0.0);
  return box;
}

ProfileSize size_of(const IndexProfile& profile) {
  const auto box = bounds_of(profile);
  constexpr int points = 400;
  ProfileSize size;
  const double mid = (box.x_min_um + box.x_max_um) / 2;
  double top_x = mid;
  const auto consider = [&](double x, double y) {
    const double dn = delta_n_at(profile, x, y);
    if (dn > size.peak_delta_n) {
      size.peak_delta_n = dn;
      size.peak_depth_um = y;
      top_x = x;
    }
  };
  for (int j = 0; j <= points; ++j) // the middle first: symmetric profiles peak there
    consider(mid, box.y_min_um + (box.y_max_um - box.y_min_um) * j / points);
  if (std::holds_alternative<TableProfile>(profile.shape))
    for (const double y : std::get<TableProfile>(profile.shape).y_um)
      for (const double x : std::get<TableProfile>(profile.shape).x_um)
        consider(x, y);
  // distance from the peak to where the index falls to a share of it, by bisection along one direction
  const auto reach = [&](double dx, double dy, double far, double share) {
    double in = 0, out = far;
    constexpr int halvings = 50;
    if (delta_n_at(profile, top_x + dx * far, size.peak_depth_um + dy * far) > share * size.peak_delta_n)
      return far;
    for (int k = 0; k < halvings; ++k) {
      const double at = (in + out) / 2;
      (delta_n_at(profile, top_x + dx * at, size.peak_depth_um + dy * at) > share * size.peak_delta_n ? in : out) = at;
    }
    return in;
  };
  const auto across = [&](double share) {
    return reach(1, 0, box.x_max_um - top_x, share) + reach(-1, 0, top_x - box.x_min_um, share);
  };
  size.fwhm_x_um = across(0.5);
  size.width_1_over_e_um = across(std::exp(-1.0));
  size.fwhm_y_um =
      reach(0, 1, box.y_max_um - size.peak_depth_um, 0.5) + reach(0, -1, size.peak_depth_um - box.y_min_um, 0.5);
  return size;
}

std::vector<std::string> profile_errors(const IndexProfile& profile) {
  std::vector<std::string> errors;
  if (!(profile.background_index >= 1 && std::isfinite(profile.background_index)))
    errors.push_back(fmt::format("background index {}: must be at least 1", profile.background_index));
  if (profile.cover_index && !(*profile.cover_index >= 1 && std::isfinite(*profile.cover_index)))
    errors.push_back(fmt::format("cover index {}: must be at least 1", *profile.cover_index));
  if (auto error = std::visit([](const auto& shape) { return shape_error(shape); }, profile.shape); !error.empty())
    errors.push_back(std::move(error));
  if (const auto* table = std::get_if<TableProfile>(&profile.shape); table && profile.cover_index && errors.empty())
    for (std::size_t j = 0; j < table->y_um.size() && table->y_um[j] < 0; ++j)
      for (std::size_t i = 0; i < table->x_um.size(); ++i)
        if (std::abs(table->delta_n[j * table->x_um.size() + i]) > 1e-6 && errors.empty())
          errors.push_back(
              fmt::format("profile table: {:.2g} above the background at y = {} um, above the surface; with a "
                          "cover the map counts y from the surface into the glass",
                          table->delta_n[j * table->x_um.size() + i], table->y_um[j]));
  if (errors.empty() && bounds_of(profile).y_max_um <= bounds_of(profile).y_min_um)
    errors.push_back("the guide lies wholly above the surface: its depth is negative");
  return errors;
}

IndexGrid sample(const IndexProfile& profile, std::vector<double> x_edges_um, std::vector<double> y_edges_um) {
  IndexGrid grid{std::move(x_edges_um), std::move(y_edges_um), {}};
  grid.permittivity = std::visit([&](const auto& shape) { return cell_values(shape, grid); }, profile.shape);
  for (std::size_t j = 0; j < grid.rows(); ++j) {
    const bool cover = profile.cover_index && grid.y_edges_um[j] + grid.y_edges_um[j + 1] < 0;
    for (std::size_t i = 0; i < grid.columns(); ++i) {
      double& cell = grid.permittivity[j * grid.columns() + i]; // holds the index above the glass so far
      const double n = cover ? *profile.cover_index : profile.background_index + cell;
      cell = n * n;
    }
  }
  return grid;
}

} // namespace beachfront::optics
