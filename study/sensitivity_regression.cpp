// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/resample.hpp"
#include "study/sensitivity.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace beachfront::study {
namespace {

/// Ranks from 0; equal values share their mean rank.
std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> out(values.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from;
    while (to < order.size() && values[order[to]] == values[order[from]])
      ++to;
    for (std::size_t k = from; k < to; ++k)
      out[order[k]] = static_cast<double>(from + to - 1) / 2;
    from = to;
  }
  return out;
}

/// The columns that vary, and the values, over some of the samples.
struct Table {
  std::vector<std::vector<double>> columns; ///< every parameter
  std::vector<double> values;
};

/// Mean 0 and standard deviation 1; false when it does not vary.
bool standardise(Eigen::Ref<Eigen::VectorXd> column) {
  const double mean = column.mean();
  const double rounding = 1e-12 * column.cwiseAbs().maxCoeff();
  column.array() -= mean;
  const double deviation = std::sqrt(column.squaredNorm() / static_cast<double>(column.size()));
  if (deviation <= rounding)
    return false;
  column /= deviation;
  return true;
}

/// Coefficients of all columns, then r2; empty when they are not determined.
std::vector<double> fit(const Table& table, const std::vector<std::size_t>& chosen) {
  const auto rows = static_cast<Eigen::Index>(chosen.size());
  const auto picked = [&](const std::vector<double>& all) {
    Eigen::VectorXd out(rows);
    for (Eigen::Index k = 0; k < rows; ++k)
      out[k] = all[chosen[static_cast<std::size_t>(k)]];
    return out;
  };
  Eigen::VectorXd y = picked(table.values);
  std::vector<std::size_t> varying;
  Eigen::MatrixXd x(rows, static_cast<Eigen::Index>(table.columns.size()));
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    Eigen::VectorXd column = picked(table.columns[i]);
    if (!standardise(column))
      continue;
    x.col(static_cast<Eigen::Index>(varying.size())) = column;
    varying.push_back(i);
  }
  const auto used = static_cast<Eigen::Index>(varying.size());
  if (used == 0 || rows < used + 2 || !standardise(y))
    return {};
  // The normal equations of standardised columns are their correlations: small, and well enough conditioned for
  // anything that may be called a coefficient.
  const Eigen::MatrixXd correlations = x.leftCols(used).transpose() * x.leftCols(used) / static_cast<double>(rows);
  const Eigen::VectorXd with_y = x.leftCols(used).transpose() * y / static_cast<double>(rows);
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> solver(correlations);
  solver.setThreshold(1e-9);
  if (solver.rank() < used)
    return {};
  const Eigen::VectorXd found = solver.solve(with_y);
  std::vector<double> out(table.columns.size() + 1, 0);
  for (std::size_t k = 0; k < varying.size(); ++k)
    out[varying[k]] = found[static_cast<Eigen::Index>(k)];
  out.back() = found.dot(with_y);
  return out;
}

LinearFit linear_fit(const Table& table, std::uint64_t seed) {
  std::vector<std::size_t> all(table.values.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const std::vector<double> whole = fit(table, all);
  LinearFit out;
  out.coefficients.resize(table.columns.size());
  if (whole.empty())
    return out;
  const auto again = [&](const std::vector<std::size_t>& chosen) {
    const std::vector<double> found = fit(table, chosen);
    return found.empty() ? whole : found; // a resample of few samples may determine nothing
  };
  const std::size_t cost = table.columns.size() * table.columns.size() + 10;
  std::vector<Estimate> found = bootstrap(table.values.size(), cost, seed, again);
  out.r2 = found.back().value;
  found.pop_back();
  out.coefficients = std::move(found);
  out.determined = true;
  return out;
}

} // namespace

Regression regression(const std::vector<std::vector<double>>& columns, const std::vector<double>& values,
                      std::uint64_t seed) {
  Table table;
  table.columns.resize(columns.size());
  for (std::size_t n = 0; n < values.size(); ++n) {
    const bool known = std::isfinite(values[n]) && std::all_of(columns.begin(), columns.end(), [n](const auto& column) {
                         return std::isfinite(column[n]);
                       });
    if (!known)
      continue;
    table.values.push_back(values[n]);
    for (std::size_t i = 0; i < columns.size(); ++i)
      table.columns[i].push_back(columns[i][n]);
  }
  Regression out;
  out.basis = {table.values.size(), values.size() - table.values.size()};
  out.linear = linear_fit(table, seed);
  for (std::vector<double>& column : table.columns)
    column = ranks(column);
  table.values = ranks(table.values);
  out.ranks = linear_fit(table, seed);
  return out;
}

double variance_between(const std::vector<std::vector<std::size_t>>& groups, const std::vector<double>& values,
                        bool drawn) {
  std::vector<std::vector<double>> known;
  double sum = 0;
  double count = 0;
  for (const std::vector<std::size_t>& group : groups) {
    std::vector<double> of_group;
    for (const std::size_t n : group)
      if (std::isfinite(values[n]))
        of_group.push_back(values[n]);
    sum = std::accumulate(of_group.begin(), of_group.end(), sum);
    count += static_cast<double>(of_group.size());
    if (!of_group.empty())
      known.push_back(std::move(of_group));
  }
  const auto group_count = static_cast<double>(known.size());
  if (group_count < 2 || (drawn && count <= group_count))
    return 0;
  const double mean = sum / count;
  double within = 0;
  double all = 0;
  for (const std::vector<double>& group : known) {
    const double group_mean = std::accumulate(group.begin(), group.end(), 0.0) / static_cast<double>(group.size());
    for (const double value : group) {
      within += (value - group_mean) * (value - group_mean);
      all += (value - mean) * (value - mean);
    }
  }
  const double chance = drawn ? (count - 1) / (count - group_count) : 1;
  return all > 0 ? std::max(0.0, 1 - within / all * chance) : 0;
}

} // namespace beachfront::study
