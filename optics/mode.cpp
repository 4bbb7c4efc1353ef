// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/mode.hpp"

#include "optics/line_mode.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>
#include <utility>

namespace beachfront::optics {
namespace {

double wavenumber_per_um(double wavelength_um) {
  return 2 * std::numbers::pi / wavelength_um;
}

std::vector<double> weights(const std::vector<double>& edges, const std::vector<double>& field) {
  std::vector<double> w(field.size());
  for (std::size_t i = 0; i < w.size(); ++i)
    w[i] = (edges[i + 1] - edges[i]) * field[i] * field[i];
  return w;
}

/// k^2 times the mean of n^2 over the rows, for each column.
std::vector<double> mean_over_rows(const IndexGrid& grid, const std::vector<double>& row_weight, double k2) {
  std::vector<double> mean(grid.columns(), 0.0);
  for (std::size_t j = 0; j < grid.rows(); ++j)
    for (std::size_t i = 0; i < grid.columns(); ++i)
      mean[i] += k2 * row_weight[j] * grid.permittivity[j * grid.columns() + i];
  return mean;
}

std::vector<double> mean_over_columns(const IndexGrid& grid, const std::vector<double>& column_weight, double k2) {
  std::vector<double> mean(grid.rows(), 0.0);
  for (std::size_t j = 0; j < grid.rows(); ++j) {
    const double* row = grid.permittivity.data() + j * grid.columns();
    double sum[4] = {}; // four sums do not wait for one another
    std::size_t i = 0;
    for (; i + 4 <= grid.columns(); i += 4)
      for (std::size_t lane = 0; lane < 4; ++lane)
        sum[lane] += column_weight[i + lane] * row[i + lane];
    for (; i < grid.columns(); ++i)
      sum[0] += column_weight[i] * row[i];
    mean[j] = k2 * (sum[0] + sum[1] + (sum[2] + sum[3]));
  }
  return mean;
}

bool is_mirrored(const std::vector<double>& values) {
  constexpr double rounding = 1e-12;
  for (std::size_t i = 0; i < values.size() / 2; ++i)
    if (const double a = values[i], b = values[values.size() - 1 - i]; std::abs(a - b) > rounding * std::abs(a))
      return false;
  return true;
}

} // namespace

SeparableMode separable_mode(const IndexGrid& grid, double wavelength_um, int order_x, int order_y, double settled,
                             const SeparableMode& start, double only_side_of) {
  const double k = wavenumber_per_um(wavelength_um), k2 = k * k;
  SeparableMode mode = start;
  std::vector<double> row_weight(grid.rows(), 0.0);
  if (start.y_field.empty()) {
    // Start from the row through the highest index: what guides there is the most the guide can offer to X.
    const auto peak = std::max_element(grid.permittivity.begin(), grid.permittivity.end()) - grid.permittivity.begin();
    row_weight[static_cast<std::size_t>(peak) / grid.columns()] = 1;
  } else {
    row_weight = weights(grid.y_edges_um, start.y_field);
  }
  mode.converged = false;
  double before = 0;
  constexpr int most_turns = 200;
  for (int turn = 0; turn < most_turns && !mode.converged; ++turn) {
    const auto x = line_mode(grid.x_edges_um, mean_over_rows(grid, row_weight, k2), order_x, mode.x_field);
    const auto y = line_mode(grid.y_edges_um, mean_over_columns(grid, weights(grid.x_edges_um, x.field), k2), order_y,
                             mode.y_field);
    const double beta2 = y.beta2_per_um2 - slope_energy_per_um2(grid.x_edges_um, x.field);
    const double change = std::abs(beta2 - before), to_side = std::abs(beta2 - k2 * only_side_of * only_side_of);
    constexpr double small = 1e-3; // turns shrink like a geometric series, of a ratio well below 1 - 1e-3
    mode.converged = turn > 0 && (change < settled * beta2 || (only_side_of > 0 && change < small * to_side));
    mode.effective_index = std::sqrt(std::max(beta2, 0.0)) / k;
    mode.x_field = x.field;
    mode.y_field = y.field;
    row_weight = weights(grid.y_edges_um, y.field);
    before = beta2;
  }
  return mode;
}

double separability_shortfall(const IndexGrid& grid, const SeparableMode& mode, double wavelength_um) {
  const double k = wavenumber_per_um(wavelength_um), k2 = k * k;
  const std::size_t nx = grid.columns(), ny = grid.rows();
  // Product states up to this order reach the wave numbers of the mode itself in the windows that guided_mode chooses.
  const int states = static_cast<int>(std::min<std::size_t>(24, std::min(nx, ny) / 2));
  const auto x_potential = mean_over_rows(grid, weights(grid.y_edges_um, mode.y_field), k2);
  const auto y_potential = mean_over_columns(grid, weights(grid.x_edges_um, mode.x_field), k2);
  std::vector<LineMode> x, y;
  const int x_step = is_mirrored(x_potential) ? 2 : 1; // odd states then have no part in an even mode
  for (int order = 0; order < states; order += x_step)
    x.push_back(line_mode(grid.x_edges_um, x_potential, order));
  for (int order = 0; order < states; ++order)
    y.push_back(line_mode(grid.y_edges_um, y_potential, order));
  double shortfall = 0;
  std::vector<double> product(nx), row_sum(ny);
  for (std::size_t p = 1; p < x.size(); ++p) {
    for (std::size_t i = 0; i < nx; ++i)
      product[i] = (grid.x_edges_um[i + 1] - grid.x_edges_um[i]) * x[0].field[i] * x[p].field[i];
    for (std::size_t j = 0; j < ny; ++j) {
      row_sum[j] = 0;
      for (std::size_t i = 0; i < nx; ++i)
        row_sum[j] += product[i] * grid.permittivity[j * nx + i];
      row_sum[j] *= k2 * (grid.y_edges_um[j + 1] - grid.y_edges_um[j]) * y[0].field[j];
    }
    for (std::size_t q = 1; q < y.size(); ++q) {
      double coupling = 0;
      for (std::size_t j = 0; j < ny; ++j)
        coupling += row_sum[j] * y[q].field[j];
      const double gap = x[0].beta2_per_um2 - x[p].beta2_per_um2 + y[0].beta2_per_um2 - y[q].beta2_per_um2;
      shortfall += coupling * coupling / gap;
    }
  }
  const double beta2 = k2 * mode.effective_index * mode.effective_index;
  return (std::sqrt(beta2 + shortfall) - std::sqrt(beta2)) / k;
}

namespace {

/// How far the window reaches beyond the profile and how finely it is cut.
struct Window {
  double margin_um = 0;
  double spacing_um = 0;   ///< next to the profile
  double x_spacing_um = 0; ///< across it
  double y_spacing_um = 0;
};

/// Breaks in rising order and the cell widths between them.
struct Line {
  std::vector<double> breaks_um, spacing_um;

  explicit Line(double from_um) : breaks_um{from_um} {}
  void to(double at_um, double cells_um) { // backwards or nowhere: no interval
    if (at_um > breaks_um.back()) {
      breaks_um.push_back(at_um);
      spacing_um.push_back(cells_um);
    }
  }
  std::vector<double> edges() const { return edges_through(breaks_um, spacing_um); }
};

/// Distances from the profile of the cell edges beyond it. The tail there is smooth, so cells may grow, smoothly too;
/// the widest still follow the waves that separability_shortfall() sums over.
std::vector<double> tail_um(const Window& window) {
  constexpr double growth = 1.1, widest = 4; // times the first
  std::vector<double> distances{0.0};
  for (double cell = window.spacing_um; distances.back() < window.margin_um;
       cell = std::min(growth * cell, widest * window.spacing_um))
    distances.push_back(distances.back() + cell);
  const double fit = window.margin_um / distances.back();
  for (double& distance : distances)
    distance *= fit;
  return distances;
}

void add_tail(double from_um, const Window& window, std::vector<double>& edges) {
  for (const double distance : tail_um(window))
    if (distance > 0)
      edges.push_back(from_um + distance);
}

std::vector<double> with_tail_before(const std::vector<double>& edges, const Window& window) {
  std::vector<double> longer;
  add_tail(-edges.front(), window, longer);
  std::reverse(longer.begin(), longer.end());
  for (double& edge : longer)
    edge = -edge;
  longer.insert(longer.end(), edges.begin(), edges.end());
  return longer;
}

/// Sharp profiles have their edges on cell faces, where the finite volumes are second order.
std::vector<double> x_edges(const ProfileBounds& box, const Window& window) {
  Line line(box.x_min_um);
  line.to(box.x_max_um, window.x_spacing_um);
  std::vector<double> edges = with_tail_before(line.edges(), window);
  add_tail(box.x_max_um, window, edges);
  return edges;
}

std::vector<double> y_edges(const IndexProfile& profile, const ProfileBounds& box, const Window& window,
                            double wavelength_um) {
  const double top = box.y_min_um - window.margin_um;
  std::vector<double> edges;
  if (!profile.cover_index || top >= 0) {
    Line line(box.y_min_um);
    line.to(box.y_max_um, window.y_spacing_um);
    edges = with_tail_before(line.edges(), window);
  } else { // the field dies in the cover over its own, often very short, length
    double cover_um = -top, cover_spacing_um = window.spacing_um;
    const double step =
        profile.background_index * profile.background_index - *profile.cover_index * *profile.cover_index;
    const double decay = wavenumber_per_um(wavelength_um) * std::sqrt(std::max(step, 0.0));
    constexpr double decays = 12, cells_per_decay = 5;
    cover_um = decay * window.margin_um > decays ? decays / decay : window.margin_um;
    if (decay * cells_per_decay * cover_spacing_um > 1)
      cover_spacing_um = 1 / (decay * cells_per_decay);
    Line line(-cover_um);
    line.to(0, cover_spacing_um); // the index jumps at the surface
    line.to(box.y_min_um, window.spacing_um);
    line.to(box.y_max_um, window.y_spacing_um);
    edges = line.edges();
  }
  add_tail(box.y_max_um, window, edges);
  return edges;
}

IndexGrid halved_grid(const IndexProfile& profile, const IndexGrid& grid) {
  return sample(profile, halved(grid.x_edges_um), halved(grid.y_edges_um));
}

/// The fields on cells cut into two, to start from.
SeparableMode on_halves(const SeparableMode& mode) {
  const auto twice = [](const std::vector<double>& field) {
    std::vector<double> fine;
    for (const double value : field)
      fine.insert(fine.end(), {value, value});
    return fine;
  };
  return {mode.effective_index, twice(mode.x_field), twice(mode.y_field), false};
}

double fourth_power_integral(const std::vector<double>& edges, const std::vector<double>& field) {
  double sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i)
    sum += (edges[i + 1] - edges[i]) * std::pow(field[i], 4);
  return sum;
}

/// The highest index outside the guide: below it light runs away.
double cut_off_index(const IndexProfile& profile) {
  return std::max(profile.background_index, profile.cover_index.value_or(0));
}

/// How much a solve may cost: cells per radian of the guide's largest transverse phase, and the widest margin in the
/// same radians. A mode whose tail reaches further reads low, and is lost if it is that close to cut-off.
struct Effort {
  double cells_per_radian = 0;
  double widest_margin = 60;
  double settled = 1e-13;
  double first_margin = 12; ///< of the window that is enlarged if the tail asks for it
  bool only_guided = false; ///< only the side of cut-off on which the index lies counts
};

/// A mode in a window that has been enlarged until the tail dies inside it; no cells if it would take too many.
struct Framed {
  IndexGrid grid;
  SeparableMode mode;
  double margin = 12; ///< that the tail asks for, in those radians; at least this
};

/// Widens the cells of a profile that is large in wavelengths until they are no more than memory and patience hold, up
/// to three times; the error estimate then tells. False if that is not enough.
bool coarsen_to_fit(const ProfileBounds& box, Window& window) {
  constexpr double most_cells = 3e5, most_coarsening = 3;
  const auto beyond = static_cast<double>(2 * tail_um(window).size());
  const double columns = beyond + (box.x_max_um - box.x_min_um) / window.x_spacing_um;
  const double rows = beyond + (box.y_max_um - box.y_min_um) / window.y_spacing_um;
  const double coarsening = std::max(1.0, std::sqrt(columns * rows / most_cells));
  window.spacing_um *= coarsening;
  window.x_spacing_um *= coarsening;
  window.y_spacing_um *= coarsening;
  return coarsening <= most_coarsening;
}

Framed frame(const IndexProfile& profile, double wavelength_um, int order_x, int order_y, const Effort& effort) {
  const auto box = bounds_of(profile);
  const auto size = size_of(profile);
  const double k = wavenumber_per_um(wavelength_um), glass = profile.background_index;
  const double contrast = k * std::sqrt(size.peak_delta_n * (2 * glass + size.peak_delta_n));
  constexpr double tail_decays = 7;     // the tail's energy falls to e^-14 at the wall
  constexpr double cells_per_width = 8; // across the narrower of the profile's widths
  const double widest = effort.widest_margin / contrast;
  const double spacing = 1 / (effort.cells_per_radian * contrast);
  Window window{effort.first_margin / contrast, spacing, std::min(spacing, size.fwhm_x_um / cells_per_width),
                std::min(spacing, size.fwhm_y_um / cells_per_width)};
  while (true) {
    Window cut = window;
    if (!coarsen_to_fit(box, cut))
      return {};
    Framed framed;
    framed.grid = sample(profile, x_edges(box, cut), y_edges(profile, box, cut, wavelength_um));
    const double out = cut_off_index(profile);
    framed.mode =
        separable_mode(framed.grid, wavelength_um, order_x, order_y, effort.settled, {}, effort.only_guided ? out : 0);
    const double n = framed.mode.effective_index;
    const double decay = n > out ? k * std::sqrt(n * n - out * out) : 0.0;
    const double needed = decay > 0 ? std::min(tail_decays / decay, widest) : widest;
    if (needed <= 1.05 * window.margin_um) {
      framed.margin = std::max(needed * contrast, framed.margin);
      return framed;
    }
    window.margin_um = std::min(std::max(needed, 1.2 * window.margin_um), widest);
  }
}

} // namespace

ModeResult guided_mode(const IndexProfile& profile, double wavelength_um, int order_x, int order_y) {
  constexpr double cells_per_radian = 5; // and twice as many; docs/performance.md has what is left of the error
  // A rough mode says how far the window must reach.
  const double margin = frame(profile, wavelength_um, order_x, order_y, {3, 60, 1e-8, 20}).margin;
  const auto coarse = frame(profile, wavelength_um, order_x, order_y, {cells_per_radian, 60, 1e-13, margin});
  if (coarse.grid.permittivity.empty())
    return {std::nullopt, "the profile is too large, or too thin for its size, for the mode solver's grid"};
  GuidedMode guided;
  guided.wavelength_um = wavelength_um;
  guided.grid = halved_grid(profile, coarse.grid);
  guided.field = separable_mode(guided.grid, wavelength_um, order_x, order_y, 1e-13, on_halves(coarse.mode));
  if (!coarse.mode.converged || !guided.field.converged)
    return {std::nullopt, fmt::format("the separable mode ({}, {}) did not settle", order_x, order_y)};
  guided.separable_index = extrapolate_h2(coarse.mode.effective_index, guided.field.effective_index);
  const double out = cut_off_index(profile);
  if (!(guided.separable_index > out))
    return {std::nullopt, fmt::format("below cut-off at {} um: the best separable mode ({}, {}) has an effective index "
                                      "of {:.6f}, not above the {:.6f} of what surrounds the guide",
                                      wavelength_um, order_x, order_y, guided.separable_index, out)};
  const bool fundamental = order_x == 0 && order_y == 0;
  const double shortfall = fundamental ? separability_shortfall(coarse.grid, coarse.mode, wavelength_um) : 0.0;
  guided.effective_index = guided.separable_index + shortfall;
  guided.separability_error = shortfall / 2;
  guided.grid_error = std::abs(guided.separable_index - guided.field.effective_index);
  guided.mode_field_diameter_x_um = width_1_over_e2_um(guided.grid.x_edges_um, guided.field.x_field);
  guided.mode_field_diameter_y_um = width_1_over_e2_um(guided.grid.y_edges_um, guided.field.y_field);
  guided.waist_x_um = second_moment_waist_um(guided.grid.x_edges_um, guided.field.x_field);
  guided.effective_area_um2 = 1 / (fourth_power_integral(guided.grid.x_edges_um, guided.field.x_field) *
                                   fourth_power_integral(guided.grid.y_edges_um, guided.field.y_field));
  return {std::move(guided), {}};
}

double separable_group_index(const IndexProfile& profile, const GuidedMode& mode, double background_group_index) {
  const IndexGrid& grid = mode.grid;
  const std::vector<double> column = weights(grid.x_edges_um, mode.field.x_field),
                            row = weights(grid.y_edges_um, mode.field.y_field);
  const double beyond_plain = background_group_index - profile.background_index;
  double sum = 0;
  for (std::size_t j = 0; j < grid.rows(); ++j) {
    const bool cover = profile.cover_index && grid.y_edges_um[j] + grid.y_edges_um[j + 1] < 0;
    double along = 0;
    for (std::size_t i = 0; i < grid.columns(); ++i) {
      const double permittivity = grid.permittivity[j * grid.columns() + i];
      along += column[i] * (permittivity + (cover ? 0 : std::sqrt(permittivity) * beyond_plain));
    }
    sum += row[j] * along;
  }
  // Of the separable index; the shortfall is taken as not changing with the wavelength.
  const double separable = mode.field.effective_index;
  return mode.effective_index + sum / separable - separable;
}

int count_modes(const IndexProfile& profile, double wavelength_um, int most) {
  constexpr Effort sign_only{4, 25, 1e-10, 25, true};
  int count = 0;
  for (int order_y = 0; order_y < most; ++order_y) {
    const int before = count;
    for (int order_x = 0; order_x < most && count < most; ++order_x) {
      const auto framed = frame(profile, wavelength_um, order_x, order_y, sign_only);
      if (framed.grid.permittivity.empty() || !(framed.mode.effective_index > cut_off_index(profile)))
        break;
      ++count;
    }
    if (count == before || count == most)
      break;
  }
  return count;
}

} // namespace beachfront::optics
