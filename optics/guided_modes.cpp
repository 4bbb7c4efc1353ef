// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/guided_modes.hpp"

#include "optics/mode_figures.hpp"
#include "optics/mode_window.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {
namespace {

/// What stays the same through all grids and parities of one guide at one wavelength.
struct Task {
  const IndexProfile& profile;
  double wavelength_um;
  GuideScale scale;
  double cutoff_beta2;
  ModeLimits limits;
};

constexpr int first_degree = 6, degree_step = 2, last_degree = 16;

double index_of(const Task& task, double beta2) {
  return std::sqrt(std::max(beta2, 0.0)) / task.scale.k_per_um;
}

/// Values at the nodes of one grid taken over to a grid with the same edges and another degree.
Eigen::MatrixXd carried(const Eigen::MatrixXd& at_nodes, const Section& from, const Section& to) {
  const auto along = [](const SpectralLine& source, const SpectralLine& target) {
    Eigen::MatrixXd carry = Eigen::MatrixXd::Zero(target.nodes_um.size(), source.nodes_um.size());
    for (Eigen::Index i = 0; i < carry.rows(); ++i) {
      const LinePlace place = place_on(source, target.nodes_um[i]);
      carry.row(i).segment(place.first_node, source.stride()) = place.factors.transpose();
    }
    return carry;
  };
  return along(from.x, to.x) * at_nodes * along(from.y, to.y).transpose();
}

/// One mode on its way through the refinements.
struct Found {
  double beta2 = 0;
  double change = 0; ///< of the effective index at the last refinement
  MagneticField field;
};

/// The guided modes of one parity on one grid, from fields of a coarser one or from products.
std::vector<Found> solve_on(const Task& task, const Section& section, Parity parity, const Section* coarse,
                            const std::vector<Found>& before) {
  const VectorOperator op(section, task.wavelength_um, parity);
  DavidsonLimits limits;
  // beta^2 is off by about residual^2 over the distance of the next mode, and by the unsymmetric part times residual
  limits.residual = std::sqrt(task.limits.index_tolerance) * 1e-2;
  std::vector<Eigen::VectorXd> start;
  int count = 1;
  if (coarse) {
    for (const Found& found : before)
      start.push_back(
          op.vector_of({carried(found.field.x, *coarse, section), carried(found.field.y, *coarse, section)}));
    count = static_cast<int>(start.size());
  } else {
    const auto guesses = op.guesses(static_cast<std::size_t>(task.limits.all ? task.limits.most + 1 : 1));
    for (const auto& guess : guesses) {
      if (!start.empty() && guess.beta2_per_um2 < task.cutoff_beta2 - 0.02 * task.scale.wavenumber_per_um)
        break;
      start.push_back(guess.vector);
    }
    count = static_cast<int>(start.size());
  }
  limits.largest_basis = std::max(24, 5 * count);
  limits.most_products = 120 * count;
  std::vector<Found> found;
  for (const auto& pair : largest_eigenpairs(op.problem(), start, count, limits))
    if (pair.value > task.cutoff_beta2)
      found.push_back({pair.value, 0, op.field_of(pair.vector)});
  return found;
}

/// Grid after grid, of rising degree and then with halved elements, until no mode changes by the tolerance.
std::vector<Found> refine(const Task& task, WindowEdges edges, Parity parity, Section& section, bool& converged) {
  int degree = first_degree;
  const auto section_at = [&](int p) { return section_of(task.profile, grid_on(edges, p)); };
  section = section_at(degree);
  std::vector<Found> modes = solve_on(task, section, parity, nullptr, {});
  converged = modes.empty();
  bool halved_once = false;
  while (!converged) {
    degree += degree_step;
    if (degree > last_degree) {
      if (halved_once)
        return modes;
      edges = halved(edges);
      halved_once = true;
      degree = first_degree + 2 * degree_step;
    }
    Section finer = section_at(degree);
    std::vector<Found> next = solve_on(task, finer, parity, &section, modes);
    converged = next.size() == modes.size();
    for (std::size_t i = 0; i < std::min(next.size(), modes.size()); ++i) {
      next[i].change = std::abs(index_of(task, next[i].beta2) - index_of(task, modes[i].beta2));
      converged = converged && next[i].change <= task.limits.index_tolerance;
    }
    section = std::move(finer);
    modes = std::move(next);
    if (modes.empty())
      return modes;
  }
  return modes;
}

} // namespace

GuidedModes guided_modes(const IndexProfile& profile, double wavelength_um, double background_group_index,
                         const ModeLimits& limits) {
  Task task{profile, wavelength_um, scale_of(profile, wavelength_um), 0, limits};
  GuidedModes result;
  result.cutoff_index = cutoff_index(profile);
  result.highest_index = task.scale.peak_index;
  task.cutoff_beta2 = std::pow(task.scale.k_per_um * result.cutoff_index, 2);
  const WindowEdges edges = window_for(profile, task.scale, task.scale.decay_per_um);
  for (const bool hx_even_in_x : {false, true})
    for (const bool hx_even_in_y : {false, true}) {
      if (!edges.mirror_x && hx_even_in_x)
        continue;
      if (edges.mirror_y ? !limits.all && hx_even_in_x != hx_even_in_y : hx_even_in_y)
        continue;
      Section section;
      bool converged = false;
      auto found = refine(task, edges, {hx_even_in_x, hx_even_in_y}, section, converged);
      result.converged = result.converged && converged;
      for (Found& one : found) {
        VectorMode mode;
        mode.wavelength_um = wavelength_um;
        mode.effective_index = index_of(task, one.beta2);
        mode.error_estimate = one.change;
        mode.section = section;
        mode.magnetic_field = std::move(one.field);
        fill_figures(mode, background_group_index - profile.background_index, profile.background_index,
                     task.scale.peak_index);
        result.modes.push_back(std::move(mode));
        if (!limits.all && edges.mirror_x)
          break;
      }
    }
  std::stable_sort(result.modes.begin(), result.modes.end(),
                   [](const VectorMode& a, const VectorMode& b) { return a.effective_index > b.effective_index; });
  return result;
}

} // namespace beachfront::optics
