// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/stiffness.hpp"

#include "thermal/bddc.hpp"
#include "thermal/block_cholesky.hpp"
#include "thermal/conjugate_gradients.hpp"
#include "thermal/library_threads.hpp"
#include "thermal/stiffness_pattern.hpp"

#include <fmt/format.h>
#include <suitesparse/cholmod.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <stdexcept>

namespace beachfront::thermal {

BrickSize cell_size_mm(const Grid& grid, std::size_t i, std::size_t j, std::size_t k) {
  return {grid.x_mm[i + 1] - grid.x_mm[i], grid.y_mm[j + 1] - grid.y_mm[j], grid.z_mm[k + 1] - grid.z_mm[k]};
}

BrickVector cell_displacement_mm(const Grid& grid, const std::vector<double>& displacement_mm, std::size_t i,
                                 std::size_t j, std::size_t k) {
  BrickVector u;
  const auto nodes = nodes_of(grid, {i, j, k, 0});
  for (std::size_t n = 0; n < 8; ++n)
    for (std::size_t c = 0; c < 3; ++c)
      u[3 * n + c] = displacement_mm[3 * nodes[n] + c];
  return u;
}

namespace {

/// Of a solve, in energy's norm against that of the whole; rounding leaves some 1e-13. Displacements are then right to
/// some 1e-9 of the greatest, stresses to a millionth where a layer holds a millionth of the energy. An iteration under
/// the factor of the whole gains two digits, so that the stricter end costs next to nothing there.
constexpr double tolerance = 2e-10, subdomains_tolerance = 1e-9;
/// |forces - stiffness x displacement| / |forces| at which the factor in double precision needs no iteration.
constexpr double solved_residual = 1e-10;
/// Of the factor in single precision: packages take 5 to 10. Past these a factor in double precision is made.
constexpr int most_single = 40;
constexpr int most_double = 10;
/// Of subdomains: packages take 12 to 25.
constexpr int most_subdomains = 150;

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}
double norm(std::span<const double> a) {
  return std::sqrt(dot(a, a));
}

void add(double share, std::span<const double> a, std::vector<double>& sum) {
  for (std::size_t u = 0; u < sum.size(); ++u)
    sum[u] += share * a[u];
}

/// What comes nearest in energy among the sums of earlier displacements; empty without any.
std::vector<double> superposed(const EarlierLoads& earlier, std::span<const double> forces) {
  std::vector<double> sum(earlier.force_N.empty() ? 0 : forces.size(), 0.0);
  for (const std::vector<double>& moved : earlier.displacement_mm)
    add(dot(moved, forces), moved, sum);
  return sum;
}

void remember(EarlierLoads& earlier, std::vector<double> forces, std::vector<double> moved) {
  constexpr std::size_t most = 8;
  constexpr double nothing_new = 1e-12; // of the energy: below it there is the error of the solve
  const double whole = dot(forces, moved);
  for (std::size_t e = 0; e < earlier.force_N.size(); ++e) {
    const double share = dot(earlier.displacement_mm[e], forces);
    add(-share, earlier.force_N[e], forces);
    add(-share, earlier.displacement_mm[e], moved);
  }
  const double energy = dot(forces, moved);
  if (earlier.force_N.size() == most || !(energy > nothing_new * whole))
    return;
  for (std::size_t u = 0; u < forces.size(); ++u) {
    forces[u] /= std::sqrt(energy);
    moved[u] /= std::sqrt(energy);
  }
  earlier.force_N.push_back(std::move(forces));
  earlier.displacement_mm.push_back(std::move(moved));
}

} // namespace

struct Stiffness::Parts {
  Grid grid;
  std::vector<std::optional<ElasticTensor>> tensors;
  std::shared_ptr<const StiffnessPattern> pattern;
  Support support;
  std::vector<double> value; ///< of the matrix, in the pattern's order and as the pattern counts displacements
  BlockFactor single;        ///< empty when single precision did not do
  Bddc bddc;                 ///< with subdomains
  // In double precision, made when it is needed.
  mutable std::mutex making_exact;
  mutable cholmod_common common;
  mutable cholmod_factor* exact = nullptr;

  Parts() {
    const OneThreadLibraries alone;
    cholmod_start(&common);
    common.nmethods = 1;
    common.method[0].ordering = CHOLMOD_NATURAL;
    common.postorder = 0;
    common.supernodal = CHOLMOD_SUPERNODAL;
    common.print = 0;
  }
  ~Parts() {
    cholmod_free_factor(&exact, &common);
    cholmod_finish(&common);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  std::size_t unknowns() const { return 3 * pattern->numbering.nodes.size(); }
  void assemble();
  cholmod_sparse matrix() const;
  void multiply(const std::vector<double>& x, std::vector<double>& product) const;
  std::vector<double> forces(const FreeStrains& free_strain) const;
  const cholmod_factor& exact_factor() const;
  GradientSolution solve(const std::vector<double>& forces, std::span<const double> guess_mm) const;
  GradientSolution solve_subdomains(const std::vector<double>& forces, std::span<const double> guess_mm) const;
};

void Stiffness::Parts::assemble() {
  const std::vector<int>& start = pattern->start;
  value.assign(pattern->row.size(), 0.0);
  std::vector<std::optional<BrickForms>> forms(tensors.size());
  auto place = pattern->place.begin();
  for (const FilledCell& cell : pattern->cells) {
    std::optional<BrickForms>& form = forms[cell.body];
    if (!form)
      form = brick_forms(*tensors[cell.body]);
    const BrickMatrix k = brick_stiffness_N_per_mm(*form, cell_size_mm(grid, cell.i, cell.j, cell.k));
    const Movers all = movers(grid, *pattern, cell);
    for (const auto& [corner_a, a] : all)
      for (const auto& [corner_b, b] : all) {
        if (b < a)
          continue;
        // In the first column of node a; the next has one row less.
        const int first = *place++;
        for (std::size_t c = 0; c < 3; ++c) {
          const auto column = static_cast<std::size_t>(start[3 * a + c] + first) - c;
          for (std::size_t d = b == a ? c : 0; d < 3; ++d)
            value[column + d] += k[3 * corner_a + c][3 * corner_b + d];
        }
      }
  }
  for (std::size_t u = 0; u < unknowns(); ++u)
    for (int at = start[u]; at < start[u + 1]; ++at)
      if (support.fixed[u] != 0 ||
          support.fixed[static_cast<std::size_t>(pattern->row[static_cast<std::size_t>(at)])] != 0)
        value[static_cast<std::size_t>(at)] = at == start[u] ? 1 : 0;
}

/// As CHOLMOD sees it. It writes to none of it.
cholmod_sparse Stiffness::Parts::matrix() const {
  cholmod_sparse seen{};
  seen.nrow = seen.ncol = unknowns();
  seen.nzmax = value.size();
  seen.p = const_cast<int*>(pattern->start.data());
  seen.i = const_cast<int*>(pattern->row.data());
  seen.x = const_cast<double*>(value.data());
  seen.stype = -1;
  seen.itype = CHOLMOD_INT;
  seen.xtype = CHOLMOD_REAL;
  seen.dtype = CHOLMOD_DOUBLE;
  seen.sorted = seen.packed = 1;
  return seen;
}

/// The three columns of a node have the same rows, but that each lacks one more of the node's own.
void Stiffness::Parts::multiply(const std::vector<double>& x, std::vector<double>& product) const {
  std::fill(product.begin(), product.end(), 0.0);
  for (std::size_t u = 0; u < unknowns(); u += 3) {
    const auto first = static_cast<std::size_t>(pattern->start[u]),
               end = static_cast<std::size_t>(pattern->start[u + 1]);
    const double* const a = value.data() + first;
    const double* const b = value.data() + end - 1; // as if the rows were those of the first column
    const double* const c = value.data() + pattern->start[u + 2] - 2;
    const double xa = x[u], xb = x[u + 1], xc = x[u + 2];
    double sum_a = a[0] * xa + a[1] * xb + a[2] * xc, sum_b = a[1] * xa + b[1] * xb + b[2] * xc,
           sum_c = a[2] * xa + b[2] * xb + c[2] * xc;
    for (std::size_t at = 3; at < end - first; at += 3) {
      const auto row = static_cast<std::size_t>(pattern->row[first + at]);
      for (std::size_t d = 0; d < 3; ++d) {
        product[row + d] += a[at + d] * xa + b[at + d] * xb + c[at + d] * xc;
        sum_a += a[at + d] * x[row + d];
        sum_b += b[at + d] * x[row + d];
        sum_c += c[at + d] * x[row + d];
      }
    }
    product[u] += sum_a;
    product[u + 1] += sum_b;
    product[u + 2] += sum_c;
  }
}

std::vector<double> Stiffness::Parts::forces(const FreeStrains& free_strain) const {
  std::vector<double> forces(unknowns(), 0.0);
  for (const FilledCell& cell : pattern->cells) {
    const BrickVector load = free_strain_forces_N(*tensors[cell.body], cell_size_mm(grid, cell.i, cell.j, cell.k),
                                                  free_strain[grid.cell(cell.i, cell.j, cell.k)]);
    for (const auto& [corner, n] : movers(grid, *pattern, cell))
      for (std::size_t c = 0; c < 3; ++c)
        forces[3 * n + c] += load[3 * corner + c];
  }
  for (std::size_t u = 0; u < unknowns(); ++u)
    if (support.fixed[u] != 0)
      forces[u] = 0;
  return forces;
}

const cholmod_factor& Stiffness::Parts::exact_factor() const {
  const std::lock_guard<std::mutex> lock(making_exact);
  if (exact == nullptr) {
    exact = cholmod_copy_factor(pattern->analysis.get(), &common);
    cholmod_sparse seen = matrix();
    const bool done = exact != nullptr && cholmod_factorize(&seen, exact, &common) != 0;
    if (!done || common.status != CHOLMOD_OK)
      throw std::runtime_error(common.status == CHOLMOD_NOT_POSDEF
                                   ? "the stiffness is not positive definite: a body is not held, or has no stiffness"
                                   : "the stiffness could not be factorised (out of memory?)");
  }
  return *exact;
}

GradientSolution Stiffness::Parts::solve(const std::vector<double>& forces, std::span<const double> guess_mm) const {
  cholmod_common mine;
  cholmod_start(&mine);
  const auto view = [](std::vector<double>& x) {
    cholmod_dense seen{};
    seen.nrow = seen.d = seen.nzmax = x.size();
    seen.ncol = 1;
    seen.x = x.data();
    seen.xtype = CHOLMOD_REAL;
    seen.dtype = CHOLMOD_DOUBLE;
    return seen;
  };
  const auto product_with = [&](const std::vector<double>& x, std::vector<double>& product) { multiply(x, product); };
  GradientSolution solution;
  if (!single.column.empty())
    solution = conjugate_gradients(
        forces, product_with, [&](std::vector<double>& x) { thermal::solve(single, x); }, tolerance, most_single,
        guess_mm);
  if (!solution.converged) {
    const cholmod_factor& factor = exact_factor();
    const auto precondition = [&](std::vector<double>& x) {
      cholmod_dense right = view(x);
      cholmod_dense* moved = cholmod_solve(CHOLMOD_A, const_cast<cholmod_factor*>(&factor), &right, &mine);
      if (moved == nullptr)
        throw std::runtime_error("out of memory for the displacements");
      std::copy_n(static_cast<const double*>(moved->x), x.size(), x.begin());
      cholmod_free_dense(&moved, &mine);
    };
    solution = {forces, false, 0, {}};
    precondition(solution.x);
    std::vector<double> product(forces.size());
    multiply(solution.x, product);
    for (std::size_t u = 0; u < product.size(); ++u)
      product[u] -= forces[u];
    const double whole = norm(forces);
    solution.residual = whole == 0 ? 0 : norm(product) / whole;
    solution.converged = solution.residual <= solved_residual;
    if (!solution.converged)
      solution = conjugate_gradients(forces, product_with, precondition, tolerance, most_double);
  }
  cholmod_finish(&mine);
  return solution;
}

GradientSolution Stiffness::Parts::solve_subdomains(const std::vector<double>& forces,
                                                    std::span<const double> guess_mm) const {
  BddcRoom room = bddc_room(*pattern->bddc, bddc);
  return conjugate_gradients(
      forces,
      [&](const std::vector<double>& x, std::vector<double>& product) {
        thermal::multiply(*pattern->bddc, bddc, support.fixed, room, x, product);
      },
      [&](std::vector<double>& x) { precondition(*pattern->bddc, bddc, room, x); }, subdomains_tolerance,
      most_subdomains, guess_mm);
}

Stiffness::Stiffness(const Grid& grid, std::span<const std::optional<ElasticTensor>> tensors, Parity parity_x,
                     Parity parity_y, std::shared_ptr<const StiffnessPattern> pattern, std::unique_ptr<Stiffness> spent)
    : parts(std::make_unique<Parts>()) {
  if (spent) {
    parts->value = std::move(spent->parts->value);
    parts->single = std::move(spent->parts->single);
    parts->bddc = std::move(spent->parts->bddc);
    spent.reset();
  }
  parts->grid = grid;
  parts->tensors.assign(tensors.begin(), tensors.end());
  parts->pattern = pattern ? std::move(pattern) : stiffness_pattern(grid, tensors);
  parts->support = held(grid, parts->pattern->numbering, parity_x, parity_y);
  const OneThreadLibraries alone; // callers run several factorisations at once instead
  if (parts->pattern->bddc) {
    const Parts& p = *parts;
    if (factorise(grid, p.pattern->cells, p.tensors, p.pattern->numbering, p.support.fixed, *p.pattern->bddc,
                  parts->bddc))
      return;
    // Too slender for single precision: the factor of the whole has a double one to fall back on.
    parts->pattern = stiffness_pattern(grid, tensors, nullptr, StiffnessSolver::whole);
    parts->support = held(grid, parts->pattern->numbering, parity_x, parity_y);
  }
  parts->bddc = {};
  parts->assemble();
  if (!factorise(*parts->pattern->analysis, parts->matrix(), parts->single)) {
    parts->single = {};
    parts->exact_factor();
  }
}

Stiffness::~Stiffness() = default;
Stiffness::Stiffness(Stiffness&&) noexcept = default;
Stiffness& Stiffness::operator=(Stiffness&&) noexcept = default;

Stiffness::Solution Stiffness::solve(const FreeStrains& free_strain, std::vector<double>* history,
                                     EarlierLoads* earlier) const {
  const Parts& p = *parts;
  std::vector<double> forces = p.forces(free_strain);
  const OneThreadLibraries alone;
  const std::vector<double> guess_mm = earlier == nullptr ? std::vector<double>() : superposed(*earlier, forces);
  GradientSolution found = p.pattern->bddc ? p.solve_subdomains(forces, guess_mm) : p.solve(forces, guess_mm);
  if (!found.converged)
    throw std::runtime_error(fmt::format("the displacements did not converge; error over that at the start, iteration "
                                         "by iteration: {:.1e}",
                                         fmt::join(found.history, " ")));
  Solution solution;
  solution.displacement_mm.assign(3 * node_count(p.grid), 0.0);
  for (std::size_t n = 0; n < p.pattern->numbering.nodes.size(); ++n)
    for (int mover = static_cast<int>(n); mover != nowhere;
         mover = p.pattern->counted_from[static_cast<std::size_t>(mover)])
      for (std::size_t c = 0; c < 3; ++c)
        solution.displacement_mm[3 * p.pattern->numbering.nodes[n] + c] +=
            found.x[3 * static_cast<std::size_t>(mover) + c];
  level(p.grid, p.pattern->numbering, p.support, solution.displacement_mm);
  solution.residual = found.residual;
  if (earlier != nullptr)
    remember(*earlier, std::move(forces), std::move(found.x));
  if (history != nullptr)
    *history = std::move(found.history);
  return solution;
}

std::size_t Stiffness::unknowns() const {
  return parts->unknowns();
}

double Stiffness::factor_MB() const {
  const double single = parts->single.column.empty() ? 0 : static_cast<double>(parts->single.values()) * sizeof(float);
  const double exact = parts->exact == nullptr ? 0 : static_cast<double>(parts->exact->xsize) * sizeof(double);
  return (single + exact) / 1e6 + parts->bddc.MB();
}

std::shared_ptr<const StiffnessPattern> Stiffness::pattern() const {
  return parts->pattern;
}

} // namespace beachfront::thermal
