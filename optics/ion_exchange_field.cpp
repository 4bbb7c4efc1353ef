// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/ion_exchange_field.hpp"

#include "optics/bilinear.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::optics {
namespace {

using Values = std::vector<double>;

/// Cell averages along a line to values at its edges.
Values edge_values(const Values& edges, const Values& averages, SplineEnd start, SplineEnd end) {
  Values content{0.0};
  for (std::size_t k = 0; k < averages.size(); ++k)
    content.push_back(content.back() + averages[k] * (edges[k + 1] - edges[k]));
  return spline_slopes(edges, content, start, end);
}

constexpr SplineEnd no_slope_of_average{SplineEnd::straight, 0}; // the content is straight where its slope has none

} // namespace

IonField field_on_edges(const ExchangeCells& cells, const Eigen::VectorXd& fraction, const ExchangeConditions& last) {
  const std::size_t nx = cells.ion_columns, ny = cells.ion_rows;
  const Values x_edges(cells.x_edges_um.begin(), cells.x_edges_um.begin() + static_cast<std::ptrdiff_t>(nx + 1));
  const Values y_edges(cells.y_edges_um.begin(), cells.y_edges_um.begin() + static_cast<std::ptrdiff_t>(ny + 1));
  const std::size_t uncovered = last.mask == Mask::stripped ? nx : cells.open_columns;
  const std::size_t held = last.open ? uncovered : 0;
  std::vector<Values> column_averages(ny + 1, Values(nx));
  Values down(ny);
  for (std::size_t i = 0; i < nx; ++i) {
    for (std::size_t j = 0; j < ny; ++j)
      down[j] = fraction[static_cast<Eigen::Index>(j * cells.columns() + i)];
    SplineEnd top = no_slope_of_average;
    if (i < held)
      top = {SplineEnd::slope, last.fraction};
    else if (i >= uncovered && last.mask == Mask::metal)
      top = {SplineEnd::free, 0}; // drift and diffusion balance there
    const Values values = edge_values(y_edges, down, top, no_slope_of_average);
    for (std::size_t j = 0; j <= ny; ++j)
      column_averages[j][i] = values[j];
  }
  IonField field;
  field.y_um = y_edges;
  if (cells.planar) {
    field.x_um = {0.0};
    for (const Values& row : column_averages)
      field.fraction.push_back(row[0]);
    return field;
  }
  field.x_um = x_edges;
  for (std::size_t j = 0; j <= ny; ++j) {
    Values row;
    if (j > 0 || held == 0) {
      row = edge_values(field.x_um, column_averages[j], no_slope_of_average, no_slope_of_average);
    } else {
      row.assign(held, last.fraction);
      if (held < nx) {
        const auto from = static_cast<std::ptrdiff_t>(held);
        const Values beside = edge_values({field.x_um.begin() + from, field.x_um.end()},
                                          {column_averages[0].begin() + from, column_averages[0].end()},
                                          {SplineEnd::slope, last.fraction}, no_slope_of_average);
        row.insert(row.end(), beside.begin(), beside.end());
      } else {
        row.push_back(last.fraction);
      }
    }
    field.fraction.insert(field.fraction.end(), row.begin(), row.end());
  }
  return field;
}

void extrapolate(IonField& fine, IonField coarse, double highest) {
  const std::size_t nx = fine.x_um.size(), step = nx > 1 ? 2 : 1;
  for (std::size_t j = 0; j < coarse.y_um.size(); ++j)
    for (std::size_t i = 0; i < coarse.x_um.size(); ++i) {
      double& node = coarse.fraction[j * coarse.x_um.size() + i];
      node = (fine.fraction[2 * j * nx + step * i] - node) / 3;
    }
  coarse.slopes = slopes_of(coarse);
  for (std::size_t j = 0; j < fine.y_um.size(); ++j)
    for (std::size_t i = 0; i < nx; ++i) {
      double& node = fine.fraction[j * nx + i];
      const bool shared = j % 2 == 0 && i % step == 0;
      node += shared ? coarse.fraction[j / 2 * coarse.x_um.size() + i / step]
                     : coarse.smooth_at(fine.x_um[i], fine.y_um[j]);
      node = std::clamp(node, 0.0, highest);
    }
  fine.content_um2 += (fine.content_um2 - coarse.content_um2) / 3;
  fine.absorbed_um2 += (fine.absorbed_um2 - coarse.absorbed_um2) / 3;
}

double largest_difference(const IonField& fine, const IonField& coarse) {
  const std::size_t nx = fine.x_um.size(), step = nx > 1 ? 2 : 1;
  double difference = 0;
  for (std::size_t j = 0; j < coarse.y_um.size(); ++j)
    for (std::size_t i = 0; i < coarse.x_um.size(); ++i)
      difference = std::max(
          difference, std::abs(fine.fraction[2 * j * nx + step * i] - coarse.fraction[j * coarse.x_um.size() + i]));
  return difference / *std::max_element(fine.fraction.begin(), fine.fraction.end());
}

double IonField::at(double x, double depth) const {
  return holds(x, depth) ? bilinear(fraction, x_um.size(), place_among(x_um, std::abs(x)), place_among(y_um, depth))
                         : 0.0;
}

double IonField::smooth_at(double x, double depth) const {
  return holds(x, depth) ? spline_at(x_um, y_um, fraction, slopes, std::abs(x), depth) : 0.0;
}

bool IonField::holds(double x, double depth) const {
  return depth >= 0 && depth <= y_um.back() && (x_um.size() == 1 || std::abs(x) <= x_um.back());
}

GridSlopes slopes_of(const IonField& field) {
  constexpr SplineEnd flat{SplineEnd::slope, 0}, free{SplineEnd::free, 0};
  return grid_slopes(field.x_um, field.y_um, field.fraction, {flat, flat}, {free, flat});
}

} // namespace beachfront::optics
