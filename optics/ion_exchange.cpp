// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange.hpp"

#include "optics/bilinear.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {
namespace {

/// Cells from `first` wide at one end, each `growth` times its neighbour up to `largest`, until `length` is filled;
/// then shrunk together to fill it exactly.
struct Grading {
  double first = 0, largest = 0, growth = 1;
};

std::vector<double> graded_widths(double length, const Grading& grading) {
  std::vector<double> widths;
  double sum = 0;
  for (double width = grading.first; sum < length * (1 - 1e-12);
       width = std::min(width * grading.growth, grading.largest)) {
    widths.push_back(width);
    sum += width;
  }
  for (double& width : widths)
    width *= length / sum;
  return widths;
}

/// The half cross-section cut into cells: x from the mask's centre, finest at its edge; y from the surface.
struct Cells {
  std::vector<double> width, height;
  std::size_t open = 0; ///< the first `open` columns lie under the opening
};

Cells cut_cells(const Recipe& recipe, double diffusion_length_um, double cells_per_length) {
  const double finest = diffusion_length_um / cells_per_length;
  // Growth falls with the cells, so that a refined grid is the same grid with its cells divided: second order.
  Grading grading{finest, 5 * finest, 1 + 2.5 / cells_per_length};
  // The front of M = 0.05 stands below 6 lengths sqrt(D_A t), and what runs ahead of it dies within 4 more.
  const double reach = 10 * diffusion_length_um;
  Cells cells;
  cells.height = graded_widths(reach, grading);
  if (!recipe.mask_opening_um) {
    cells.width = {1.0};
    cells.open = 1;
    return cells;
  }
  const double half_opening = *recipe.mask_opening_um / 2;
  Grading inside = grading; // a wide opening is planar in its middle
  inside.first = std::min(finest, half_opening);
  inside.largest = std::max(grading.largest, half_opening / 40);
  cells.width = graded_widths(half_opening, inside);
  std::reverse(cells.width.begin(), cells.width.end());
  cells.open = cells.width.size();
  grading.first = cells.width.back();
  const auto outside = graded_widths(reach, grading);
  cells.width.insert(cells.width.end(), outside.begin(), outside.end());
  return cells;
}

/// What the surface does to a column during a step: nothing, or hold a fraction.
struct Surface {
  std::size_t held_columns = 0;
  double fraction = 0;
};

Surface surface_in(const RecipeStep& step, const Recipe& recipe, const Cells& cells) {
  switch (step.kind) {
  case StepKind::exchange:
    return {cells.open, recipe.surface_fraction};
  case StepKind::diffusion:
    return {cells.width.size(), 0.0};
  case StepKind::anneal:
    break;
  }
  return {};
}

/// Concentrations cell by cell, row after row from the surface down, and last what has passed the surface so far.
using State = std::vector<double>;

/// The flux balance of every cell under one surface condition. Times are D_A t in um^2 throughout.
class Balance {
public:
  Balance(const Cells& cells, const Surface& surface, double alpha, double highest)
      : surface_(surface), alpha_(alpha), highest_(highest), across_(cells.width, false),
        down_(cells.height, surface.held_columns > 0), width_(cells.width),
        mobility_(cells.width.size() * cells.height.size()) {}

  /// rate = dc/d(D_A t) of every cell; face fluxes are taken from one cell and given to the next, so nothing is lost.
  void rate_of(const State& c, State& rate) {
    for (std::size_t at = 0; at < mobility_.size(); ++at)
      mobility_[at] = mobility(c[at]);
    std::fill(rate.begin(), rate.end(), 0.0);
    through_surface(c, rate);
    const std::size_t nx = across_.per_width.size(), ny = down_.per_width.size();
    for (std::size_t j = 0; j < ny; ++j)
      for (std::size_t at = j * nx, i = 0; i + 1 < nx; ++i, ++at) {
        const double flow = (mobility_[at] + mobility_[at + 1]) * (c[at] - c[at + 1]) * across_.per_distance[i];
        rate[at] -= flow * across_.per_width[i];
        rate[at + 1] += flow * across_.per_width[i + 1];
      }
    for (std::size_t j = 0; j + 1 < ny; ++j)
      for (std::size_t at = j * nx; at < (j + 1) * nx; ++at) {
        const double flow = (mobility_[at] + mobility_[at + nx]) * (c[at] - c[at + nx]) * down_.per_distance[j];
        rate[at] -= flow * down_.per_width[j];
        rate[at + nx] += flow * down_.per_width[j + 1];
      }
  }

  /// The longest stable step of explicit Euler: 2 over a bound of the largest decay rate (Gershgorin), with the
  /// mobility at its largest, at the surface's or the largest present fraction.
  double explicit_limit(const State& c) const {
    double largest = surface_.held_columns > 0 ? surface_.fraction : 0.0;
    for (std::size_t at = 0; at < mobility_.size(); ++at)
      largest = std::max(largest, c[at]);
    return 1 / (std::max(mobility(0), mobility(largest)) * (across_.fastest + down_.fastest));
  }

private:
  /// One direction of the grid, turned into factors.
  struct Direction {
    std::vector<double> per_width;    ///< 1/width of each cell
    std::vector<double> per_distance; ///< half the inverse distance of neighbouring centres: 1/(sum of widths)
    double fastest = 0;               ///< largest sum of face conductances over width, at unit mobility

    Direction(const std::vector<double>& widths, bool wall_before) {
      for (std::size_t i = 0; i < widths.size(); ++i) {
        per_width.push_back(1 / widths[i]);
        per_distance.push_back(i + 1 < widths.size() ? 1 / (widths[i] + widths[i + 1]) : 0.0);
        const double before = i > 0 ? per_distance[i - 1] : (wall_before ? per_width[0] : 0.0);
        fastest = std::max(fastest, 2 * (before + per_distance[i]) * per_width[i]);
      }
    }
  };

  /// No fraction lies above the melt's or below 0. Where the scheme overshoots by a hair, the mobility, which is
  /// singular not far above 1, must not.
  double mobility(double c) const { return 1 / (1 - alpha_ * std::clamp(c, 0.0, highest_)); }

  void through_surface(const State& c, State& rate) const {
    const double held = mobility(surface_.fraction);
    for (std::size_t i = 0; i < surface_.held_columns; ++i) {
      const double flow = (mobility_[i] + held) * (surface_.fraction - c[i]) * down_.per_width[0];
      rate[i] += flow * down_.per_width[0];
      rate.back() += flow * width_[i];
    }
  }

  Surface surface_;
  double alpha_;
  double highest_; ///< the melt's fraction
  Direction across_, down_;
  const std::vector<double>& width_;
  std::vector<double> mobility_;
};

/// One step of the second-order Runge-Kutta-Legendre scheme RKL2, with as many stages as its length needs for
/// stability: s stages reach (s^2 + s - 2)/4 explicit steps. Meyer, Balsara and Aslam, MNRAS 422, 2102 (2012).
void legendre_step(Balance& balance, State& c, double step) {
  const double ratio = step / balance.explicit_limit(c);
  int stages = std::max(3, static_cast<int>(std::ceil((std::sqrt(9 + 16 * ratio) - 1) / 2)));
  stages += stages % 2 == 0; // the odd ones damp the shortest waves
  const double w = 4.0 / (stages * stages + stages - 2.0);
  const auto b = [](int j) { return j < 2 ? 1.0 / 3 : (j * j + j - 2.0) / (2.0 * j * (j + 1)); };
  const State start = c;
  State rate_at_start(c.size()), rate(c.size()), before = c;
  balance.rate_of(start, rate_at_start);
  for (std::size_t i = 0; i < c.size(); ++i)
    c[i] += w / 3 * step * rate_at_start[i];
  for (int j = 2; j <= stages; ++j) {
    const double mu = (2.0 * j - 1) / j * b(j) / b(j - 1);
    const double nu = -(j - 1.0) / j * b(j) / b(j - 2);
    const double forward = mu * w * step;
    const double back = -(1 - b(j - 1)) * forward;
    balance.rate_of(c, rate);
    for (std::size_t i = 0; i < c.size(); ++i) {
      const double next =
          mu * c[i] + nu * before[i] + (1 - mu - nu) * start[i] + forward * rate[i] + back * rate_at_start[i];
      before[i] = c[i];
      c[i] = next;
    }
  }
}

State run_recipe(const Recipe& recipe, const IonDiffusion& ion, const Cells& cells, int steps) {
  State c(cells.width.size() * cells.height.size() + 1, 0.0);
  for (const auto& step : recipe.steps) {
    Balance balance(cells, surface_in(step, recipe, cells), 1 - ion.mobility_ratio, recipe.surface_fraction);
    const double Dt_um2 = diffusivity_um2_per_min(ion, step.temperature_C) * step.time_min;
    for (int n = 0; n < steps; ++n) // growing: after a sudden start the profile moves with the root of time
      legendre_step(balance, c, Dt_um2 * (2 * n + 1) / (static_cast<double>(steps) * steps));
  }
  return c;
}

std::vector<double> centres(const std::vector<double>& widths) {
  std::vector<double> at;
  double edge = 0;
  for (const double width : widths) {
    at.push_back(edge + width / 2);
    edge += width;
  }
  return at;
}

/// Cell values with a row of surface values before them.
IonField to_nodes(const Cells& cells, const Surface& last, const State& c) {
  IonField field;
  field.x_um = centres(cells.width);
  field.y_um = centres(cells.height);
  field.y_um.insert(field.y_um.begin(), 0.0);
  const std::size_t nx = cells.width.size();
  for (std::size_t i = 0; i < nx; ++i)
    field.fraction.push_back(i < last.held_columns ? last.fraction : c[i]);
  field.fraction.insert(field.fraction.end(), c.begin(), c.end() - 1);
  const double sides = nx > 1 ? 2 : 1;
  field.absorbed_um2 = sides * c.back();
  for (std::size_t j = 0; j < cells.height.size(); ++j)
    for (std::size_t i = 0; i < nx; ++i)
      field.content_um2 += sides * cells.width[i] * cells.height[j] * c[j * nx + i];
  return field;
}

} // namespace

ExchangeResult exchange_ions(const Recipe& recipe, const Glass& glass, const ExchangeGrid& grid) {
  ExchangeResult result;
  result.findings = check_recipe(recipe, glass);
  if (!result.findings.errors.empty())
    return result;
  const IonDiffusion ion = *recipe_diffusion(recipe, glass);
  const Cells cells = cut_cells(recipe, std::sqrt(diffusion_product_um2(recipe, ion)), grid.cells_per_diffusion_length);
  const State c = run_recipe(recipe, ion, cells, grid.time_steps);
  result.ions = to_nodes(cells, surface_in(recipe.steps.back(), recipe, cells), c);
  return result;
}

double IonField::at(double x, double depth) const {
  return holds(x, depth) ? bilinear(fraction, x_um.size(), place_among(x_um, std::abs(x)), place_among(y_um, depth))
                         : 0.0;
}

bool IonField::holds(double x, double depth) const {
  return depth >= 0 && depth < y_um.back() && (x_um.size() == 1 || std::abs(x) < x_um.back());
}

} // namespace beachfront::optics
