// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange.hpp"

#include "optics/ion_exchange_field.hpp"
#include "optics/ion_exchange_stepping.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace beachfront::optics {
namespace {

std::vector<ExchangeConditions> conditions_of(const Recipe& recipe, const IonDiffusion& ion) {
  std::vector<ExchangeConditions> steps;
  double highest = 0;
  for (const auto& step : recipe.steps) {
    ExchangeConditions now;
    now.Dt_um2 = diffusivity_um2_per_min(ion, step.temperature_C) * step.time_min;
    now.alpha = 1 - mobility_ratio(ion, step.temperature_C);
    now.haven_V = haven_voltage(ion, step.temperature_C);
    now.open = step.kind != StepKind::anneal;
    now.fraction = surface_fraction(step, recipe, ion);
    highest = std::max(highest, now.fraction);
    now.highest = highest;
    now.mask = mask_in(step, recipe);
    now.field_V_per_um = applied_field_V_per_um(step, recipe);
    if (now.field_V_per_um > 0 && recipe.glass_thickness_mm)
      now.bias_V = now.field_V_per_um * 1e3 * *recipe.glass_thickness_mm;
    steps.push_back(now);
  }
  return steps;
}

/// Where the ions go and how sharp they stand, for the choice of cells.
struct Extent {
  double diffusion_um = 0;     ///< sqrt of the sum of D_A t
  double shortest_um = 0;      ///< the shortest sqrt(D_A t) of a step, not below a tenth of the whole
  double drift_um = 0;         ///< how deep a field drives them
  double lateral_drift_um = 0; ///< how far a field drives them aside, through a mask opening
  double front_um = 0;         ///< width over which a driven front falls by e; 0 without
};

/// A bound: drift without diffusion spreads N ions per width from a surface at c = 0 as a fan that ends at
/// (sqrt w + sqrt(alpha N))^2, w the drift of a lone ion; behind a held c0 the front moves w/(1 - alpha c0).
Extent extent_of(const std::vector<ExchangeConditions>& steps, const Recipe& recipe) {
  Extent extent;
  double sum = 0, ions_um = 0, shortest = 1e300;
  for (const auto& step : steps) {
    const double length = std::sqrt(step.Dt_um2);
    sum += step.Dt_um2;
    shortest = std::min(shortest, length);
    const double resisting = 1 - std::max(0.0, step.alpha) * step.fraction;
    if (step.fraction > 0)
      ions_um += 1.13 * step.fraction * length / std::sqrt(resisting);
    if (step.field_V_per_um == 0)
      continue;
    const double alone = step.Dt_um2 * step.field_V_per_um / step.haven_V;
    double field = step.field_V_per_um;
    if (step.mask == Mask::insulating) { // the current of a narrow strip on a plate, into half a disc
      const double w = *recipe.mask_opening_um, d = 1e3 * *recipe.glass_thickness_mm;
      const double current_V = *step.bias_V * std::max(std::numbers::pi / std::log(16 * d / (std::numbers::pi * w) + 1), w / d);
      const double area = step.Dt_um2 / step.haven_V * current_V / resisting;
      const double radius = std::sqrt(2 * area / std::numbers::pi + w * w / 4);
      extent.drift_um += radius;
      extent.lateral_drift_um += radius - w / 2;
      field = current_V / (std::numbers::pi * radius);
    } else if (step.fraction > 0) {
      extent.drift_um += alone / resisting;
      ions_um += step.fraction * alone / resisting;
    } else {
      const double fan = std::sqrt(alone) + std::sqrt(std::max(0.0, step.alpha) * ions_um);
      extent.drift_um += fan * fan;
    }
    if (step.fraction > 0 && step.alpha > 0) {
      const double front = step.haven_V * resisting / (step.alpha * step.fraction * field);
      extent.front_um = extent.front_um > 0 ? std::min(extent.front_um, front) : front;
    }
  }
  extent.diffusion_um = std::sqrt(sum);
  extent.shortest_um = std::max(shortest, extent.diffusion_um / 10);
  return extent;
}

constexpr double growth_near = 0.12, growth_far = 0.25, growth_glass = 0.4; // of a cell over its distance

/// Cells of a depth that a driven front sweeps: two on the length over which it falls by e, but only so many in all.
double driven_cell_um(const Extent& extent, const Recipe& recipe) {
  const double most = recipe.mask_opening_um ? 60 : 600;
  return extent.front_um > 0 ? std::max(extent.front_um / 2, extent.drift_um / most) : 1e300;
}

/// The first cells up to a distance, a number that four divides.
std::size_t cells_up_to(const std::vector<double>& edges, double distance) {
  const auto below = static_cast<std::size_t>(std::lower_bound(edges.begin(), edges.end(), distance) - edges.begin());
  return std::min(edges.size() - 1, (below + 3) / 4 * 4);
}

ExchangeCells cut_cells(const Recipe& recipe, const std::vector<ExchangeConditions>& steps, const Extent& extent,
                        const ExchangeGrid& grid) {
  const double length = extent.diffusion_um;
  const double finest = extent.shortest_um / grid.cells_per_length;
  const double scale = 12 / grid.cells_per_length; // growth falls with the cells: a finer grid is the same one divided
  const double widest = length / grid.cells_per_length * 1.6;
  // The front of M = 0.05 stands below 6 lengths sqrt(D_A t), and what runs ahead of it dies within 4 more.
  const double core_y = extent.drift_um + 4 * length, reach_y = extent.drift_um + 10 * length;
  const double driven = driven_cell_um(extent, recipe);
  const auto height_at = [&](double y) {
    double h = std::min(finest + scale * growth_near * y, widest);
    if (y < extent.drift_um + length)
      h = std::min(h, driven * scale);
    if (y > core_y)
      h += scale * growth_far * (y - core_y);
    if (y > reach_y)
      h += scale * growth_glass * (y - reach_y);
    return h;
  };
  bool to_back = false;
  for (const auto& step : steps)
    to_back = to_back || step.bias_V;
  const double thickness = recipe.glass_thickness_mm ? 1e3 * *recipe.glass_thickness_mm : 1e300;
  const double depth = to_back ? thickness : std::min(reach_y, recipe.two_sided ? thickness / 2 : thickness);
  ExchangeCells cells;
  cells.y_edges_um = graded_edges(depth, height_at);
  cells.ion_rows = cells_up_to(cells.y_edges_um, reach_y);
  if (!recipe.mask_opening_um) {
    cells.x_edges_um = {0.0, 1.0};
    cells.open_columns = 1;
    cells.planar = true;
    cells.ion_columns = 1;
    return cells;
  }
  const double half = *recipe.mask_opening_um / 2;
  const double core_x = extent.lateral_drift_um + 3 * length, reach_x = extent.lateral_drift_um + 10 * length;
  const double finest_x = std::min(finest, half / 2);
  const auto inside = [&](double d) { return std::min(finest_x + scale * growth_near * d, std::max(widest, half / 10 * scale)); };
  const auto outside = [&](double d) {
    double h = std::min(finest_x + scale * growth_near * d, widest);
    if (d > core_x)
      h += scale * growth_far * (d - core_x);
    if (d > reach_x)
      h += scale * growth_glass * (d - reach_x);
    return h;
  };
  const auto in = graded_edges(half, inside);
  for (std::size_t k = in.size(); k-- > 0;)
    cells.x_edges_um.push_back(half - in[k]);
  cells.open_columns = in.size() - 1;
  const bool current_spreads = std::any_of(steps.begin(), steps.end(), [](const ExchangeConditions& step) {
    return step.field_V_per_um > 0 && step.mask == Mask::insulating;
  });
  const auto out = graded_edges(current_spreads ? reach_x + 4 * thickness : reach_x, outside);
  for (std::size_t k = 1; k < out.size(); ++k)
    cells.x_edges_um.push_back(half + out[k]);
  cells.ion_columns = cells_up_to(cells.x_edges_um, half + reach_x);
  return cells;
}

/// A recipe on one grid.
IonField run(const ExchangeCells& cells, const std::vector<ExchangeConditions>& steps, double tolerance,
             std::vector<std::string>& errors) {
  IonState state;
  state.fraction.setZero(static_cast<Eigen::Index>(cells.size()));
  std::vector<StepSolution> solutions;
  for (std::size_t n = 0; n < steps.size(); ++n) {
    const auto report = run_step(cells, steps[n], tolerance, state);
    if (!report.finished)
      errors.push_back(fmt::format("step {}: the time steps of the solver shrank to nothing; check field and data", n));
    solutions.push_back({report.steps, steps[n].fraction, report.surface_current_V});
  }
  IonField field = field_on_edges(cells, state.fraction, steps.back());
  const double sides = cells.planar ? 1 : 2;
  field.absorbed_um2 = sides * state.absorbed_um2;
  for (std::size_t j = 0; j < cells.rows(); ++j)
    for (std::size_t i = 0; i < cells.columns(); ++i)
      field.content_um2 += sides * cells.width(i) * cells.height(j) *
                           state.fraction[static_cast<Eigen::Index>(j * cells.columns() + i)];
  field.steps = std::move(solutions);
  return field;
}

} // namespace

ExchangeResult exchange_ions(const Recipe& recipe, const Glass& glass, const ExchangeGrid& grid) {
  ExchangeResult result;
  result.findings = check_recipe(recipe, glass);
  if (!result.findings.errors.empty())
    return result;
  const auto steps = conditions_of(recipe, *recipe_diffusion(recipe, glass));
  const Extent extent = extent_of(steps, recipe);
  if (const double cell = driven_cell_um(extent, recipe); extent.front_um > 0 && cell > extent.front_um)
    result.findings.warnings.push_back(fmt::format(
        "the field drives a front that falls by e over {:.3g} um {:.3g} um deep; it is smeared over cells of {:.3g} um",
        extent.front_um, extent.drift_um, cell));
  const ExchangeCells cells = cut_cells(recipe, steps, extent, grid), half = joined(cells);
  auto& errors = result.findings.errors;
  const auto improved = [&](const ExchangeCells& fine_cells, const ExchangeCells& coarse_cells, double tolerance) {
    IonField field = run(fine_cells, steps, tolerance, errors);
    extrapolate(field, run(coarse_cells, steps, tolerance, errors), steps.back().highest);
    return field;
  };
  IonField field = improved(cells, half, grid.time_tolerance);
  // On cells twice as wide the error is eight times or more, of eight times the tolerance four times or more: of the
  // difference a third is left here.
  const IonField rough = improved(half, joined(half), 8 * grid.time_tolerance);
  if (!errors.empty())
    return result;
  field.error_estimate = largest_difference(field, rough) / 3;
  add_slopes(field);
  result.ions = std::move(field);
  return result;
}

} // namespace beachfront::optics
