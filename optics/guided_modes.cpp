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

/// Corners and rims across elements make the error fall with a power of the degree p, at worst as 1/p: what is still
/// missing is then up to p/2 of the last change.
bool is_sharp(const IndexProfile& profile) {
  return std::holds_alternative<StepFibreProfile>(profile.shape) ||
         std::holds_alternative<ChannelProfile>(profile.shape);
}

constexpr double sharp_tolerance = 3e-8;

constexpr Eigen::Index most_nodes = 25000; // of a section; some seconds a mode

constexpr int first_degree = 6, degree_step = 2, last_degree = 16;

/// beta^2 is off by about residual^2 over the distance of the next mode, and by residual times the unsymmetric part,
/// which is as small as the contrast.
double residual_for(double index_tolerance) {
  return std::sqrt(index_tolerance) * 1e-2;
}

double index_of(const Task& task, double beta2) {
  return std::sqrt(std::max(beta2, 0.0)) / task.scale.k_per_um;
}

/// Values at the nodes of one section taken over to another.
Eigen::MatrixXd carried(const Eigen::MatrixXd& at_nodes, const Section& from, const Section& to) {
  return values_at(from.x, to.x.nodes_um) * at_nodes * values_at(from.y, to.y.nodes_um).transpose();
}

/// One mode on its way through the refinements.
struct Found {
  double beta2 = 0;
  double change = 0; ///< of the effective index at the last refinement
  MagneticField field;
};

/// The guided modes of one parity on one grid, from fields of another grid.
std::vector<Found> solve_on(const Task& task, const Section& section, Parity parity, const Section& coarse,
                            const std::vector<Found>& before) {
  const VectorOperator op(section, task.wavelength_um, parity);
  std::vector<Eigen::VectorXd> start;
  for (const Found& found : before)
    start.push_back(op.vector_of({carried(found.field.x, coarse, section), carried(found.field.y, coarse, section)}));
  const int count = static_cast<int>(start.size());
  DavidsonLimits limits;
  limits.residual = residual_for(task.limits.index_tolerance);
  limits.largest_basis = std::max(24, 5 * count);
  limits.most_products = 120 * count;
  limits.wanted_above = task.cutoff_beta2;
  std::vector<Found> found;
  for (const auto& pair : largest_eigenpairs(op.problem(), start, count, limits))
    if (pair.value > task.cutoff_beta2)
      found.push_back({pair.value, 0, op.field_of(pair.vector)});
  return found;
}

/// Modes found on a first, coarse grid, the fundamental one alone or all that are guided.
std::vector<Found> first_look(const Task& task, const Section& section, Parity parity) {
  const VectorOperator op(section, task.wavelength_um, parity);
  const auto guesses = op.guesses(static_cast<std::size_t>(task.limits.all ? task.limits.most + 1 : 1));
  std::size_t count = 1;
  if (task.limits.all) { // one more than the products say; the last one must turn out unguided
    while (count < guesses.size() && guesses[count - 1].beta2_per_um2 > task.cutoff_beta2)
      ++count;
  }
  for (;;) {
    std::vector<Eigen::VectorXd> start;
    for (std::size_t i = 0; i < std::min(count + 1, guesses.size()); ++i)
      start.push_back(guesses[i].vector);
    count = std::min(count, start.size());
    DavidsonLimits limits;
    limits.residual = task.limits.all ? 1e-4 : residual_for(task.limits.index_tolerance);
    limits.largest_basis = static_cast<int>(std::max<std::size_t>(24, 5 * count));
    limits.most_products = static_cast<int>(120 * count);
    limits.wanted_above = task.cutoff_beta2;
    std::vector<Found> found;
    for (const auto& pair : largest_eigenpairs(op.problem(), start, static_cast<int>(count), limits))
      if (pair.value > task.cutoff_beta2)
        found.push_back({pair.value, 0, op.field_of(pair.vector)});
    if (found.size() < count || !task.limits.all || count >= guesses.size())
      return found;
    count += 2;
  }
}

/// Grid after grid, of rising degree and then with halved elements, until no mode changes by the tolerance.
/// `compared`: the modes are those of the first degree on these edges already.
std::vector<Found> refine(const Task& task, WindowEdges edges, Parity parity, Section& section,
                          std::vector<Found> modes, bool compared, bool& converged) {
  int degree = compared ? first_degree : first_degree - degree_step;
  bool halved_once = false;
  converged = modes.empty();
  while (!converged) {
    degree += degree_step;
    if (degree > last_degree) {
      if (halved_once)
        return modes;
      edges = halved(edges);
      halved_once = true;
      degree = first_degree + 2 * degree_step;
    }
    Section finer = grid_on(edges, degree);
    if (finer.x.nodes_um.size() * finer.y.nodes_um.size() > most_nodes)
      return modes;
    finer = section_of(task.profile, std::move(finer));
    std::vector<Found> next = solve_on(task, finer, parity, section, modes);
    if (next.empty())
      return next;
    converged = compared && next.size() == modes.size();
    for (std::size_t i = 0; i < std::min(next.size(), modes.size()); ++i) {
      next[i].change = std::abs(index_of(task, next[i].beta2) - index_of(task, modes[i].beta2));
      converged = converged && next[i].change <= task.limits.index_tolerance;
    }
    compared = true;
    section = std::move(finer);
    modes = std::move(next);
  }
  return modes;
}

double decay_of(const Task& task, const Found& mode) {
  return std::sqrt(std::max(mode.beta2 - task.cutoff_beta2, 1e-12));
}

/// All wanted modes of one parity.
void add_modes(const Task& task, Parity parity, double background_group_index, GuidedModes& result) {
  Decays decays{task.scale.decay_per_um, task.scale.decay_per_um};
  if (task.limits.all)
    decays.slowest_per_um /= 30; // so that a mode near cut-off is not squeezed out
  WindowEdges edges = window_for(task.profile, task.scale, decays);
  Section section = section_of(task.profile, grid_on(edges, first_degree));
  auto found = first_look(task, section, parity);
  bool compared = !task.limits.all;
  for (int turn = 0; turn < 3 && !found.empty(); ++turn) {
    compared = compared && turn == 0 && decay_of(task, found.back()) > 0.9 * decays.slowest_per_um;
    if (!compared) {
      // tails are graded from the profile's own size outwards, also for weak modes alone
      decays = {std::max(decay_of(task, found.front()), task.scale.decay_per_um), decay_of(task, found.back())};
      edges = window_for(task.profile, task.scale, decays);
    }
    bool converged = false;
    found = refine(task, edges, parity, section, std::move(found), compared, converged);
    result.converged = result.converged && converged;
    if (found.empty() || decay_of(task, found.back()) > 0.9 * decays.slowest_per_um)
      break;
  }
  for (Found& one : found) {
    VectorMode mode;
    mode.wavelength_um = task.wavelength_um;
    mode.effective_index = index_of(task, one.beta2);
    mode.error_estimate = one.change * (is_sharp(task.profile) ? section.x.degree / 2.0 : 1) +
                          cut_off_index(task.scale, mode.effective_index, decay_of(task, one), decays.slowest_per_um);
    mode.section = section;
    mode.magnetic_field = std::move(one.field);
    fill_figures(mode, background_group_index - task.profile.background_index, task.profile.background_index,
                 task.scale.peak_index);
    result.modes.push_back(std::move(mode));
    if (!task.limits.all)
      break;
  }
}

} // namespace

GuidedModes guided_modes(const IndexProfile& profile, double wavelength_um, double background_group_index,
                         const ModeLimits& limits) {
  Task task{profile, wavelength_um, scale_of(profile, wavelength_um), 0, limits};
  if (is_sharp(profile))
    task.limits.index_tolerance = std::max(task.limits.index_tolerance, sharp_tolerance);
  GuidedModes result;
  result.cutoff_index = cutoff_index(profile);
  result.highest_index = task.scale.peak_index;
  task.cutoff_beta2 = std::pow(task.scale.k_per_um * result.cutoff_index, 2);
  const WindowEdges edges = window_for(profile, task.scale, {task.scale.decay_per_um, task.scale.decay_per_um});
  for (const bool hx_even_in_x : {false, true})
    for (const bool hx_even_in_y : {false, true}) {
      if (!edges.mirror_x && hx_even_in_x)
        continue;
      if (edges.mirror_y ? !limits.all && hx_even_in_x != hx_even_in_y : hx_even_in_y)
        continue;
      add_modes(task, {hx_even_in_x, hx_even_in_y}, background_group_index, result);
    }
  std::stable_sort(result.modes.begin(), result.modes.end(),
                   [](const VectorMode& a, const VectorMode& b) { return a.effective_index > b.effective_index; });
  return result;
}

} // namespace beachfront::optics
