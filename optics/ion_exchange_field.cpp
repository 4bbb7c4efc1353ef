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

/// The cubic with given values and slopes at the ends of an interval, at a share of it.
struct Cubic {
  double value0, value1, slope0, slope1; ///< weights
};
Cubic cubic(double share, double length) {
  const double t = share, u = 1 - t;
  return {u * u * (1 + 2 * t), t * t * (3 - 2 * t), u * u * t * length, -t * t * u * length};
}

} // namespace

std::vector<double> spline_slopes(const std::vector<double>& nodes, const std::vector<double>& values, SplineEnd start,
                                  SplineEnd end) {
  const std::size_t n = nodes.size();
  const auto gap = [&](std::size_t k) { return nodes[k + 1] - nodes[k]; };
  const auto chord = [&](std::size_t k) { return (values[k + 1] - values[k]) / gap(k); };
  if (n == 2)
    return {start.kind == SplineEnd::slope ? start.value : chord(0), end.kind == SplineEnd::slope ? end.value : chord(0)};
  Values before(n), here(n), after(n), right(n);
  for (std::size_t k = 1; k + 1 < n; ++k) {
    before[k] = gap(k);
    here[k] = 2 * (gap(k - 1) + gap(k));
    after[k] = gap(k - 1);
    right[k] = 3 * (gap(k) * chord(k - 1) + gap(k - 1) * chord(k));
  }
  // One row for each end; `first` and `second` are the intervals from that end inwards.
  const auto close = [&](SplineEnd what, double first, double second, double chord1, double chord2, double& diagonal,
                         double& beside, double& side) {
    if (what.kind == SplineEnd::slope) {
      diagonal = 1, beside = 0, side = what.value;
    } else if (what.kind == SplineEnd::straight || n == 3) {
      diagonal = 2, beside = 1, side = 3 * chord1;
    } else {
      const double both = first + second;
      diagonal = second, beside = both;
      side = ((first + 2 * both) * second * chord1 + first * first * chord2) / both;
    }
  };
  close(start, gap(0), gap(1), chord(0), chord(1), here[0], after[0], right[0]);
  close(end, gap(n - 2), gap(n - 3), chord(n - 2), chord(n - 3), here[n - 1], before[n - 1], right[n - 1]);
  for (std::size_t k = 1; k < n; ++k) {
    const double factor = before[k] / here[k - 1];
    here[k] -= factor * after[k - 1];
    right[k] -= factor * right[k - 1];
  }
  right[n - 1] /= here[n - 1];
  for (std::size_t k = n - 1; k-- > 0;)
    right[k] = (right[k] - after[k] * right[k + 1]) / here[k];
  return right;
}

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
  add_slopes(coarse);
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
      difference = std::max(difference, std::abs(fine.fraction[2 * j * nx + step * i] -
                                                 coarse.fraction[j * coarse.x_um.size() + i]));
  return difference / *std::max_element(fine.fraction.begin(), fine.fraction.end());
}

void add_slopes(IonField& field) {
  const std::size_t nx = field.x_um.size(), ny = field.y_um.size();
  field.slope_x.assign(nx * ny, 0.0);
  field.slope_y.assign(nx * ny, 0.0);
  field.slope_xy.assign(nx * ny, 0.0);
  constexpr SplineEnd flat{SplineEnd::slope, 0}, free{SplineEnd::free, 0};
  Values line(ny);
  const auto along_y = [&](const Values& from, Values& to, std::size_t i) {
    for (std::size_t j = 0; j < ny; ++j)
      line[j] = from[j * nx + i];
    const Values slopes = spline_slopes(field.y_um, line, free, flat);
    for (std::size_t j = 0; j < ny; ++j)
      to[j * nx + i] = slopes[j];
  };
  if (nx > 1)
    for (std::size_t j = 0; j < ny; ++j) {
      const auto row = static_cast<std::ptrdiff_t>(j * nx), end = static_cast<std::ptrdiff_t>((j + 1) * nx);
      const Values slopes =
          spline_slopes(field.x_um, {field.fraction.begin() + row, field.fraction.begin() + end}, flat, flat);
      std::copy(slopes.begin(), slopes.end(), field.slope_x.begin() + row);
    }
  for (std::size_t i = 0; i < nx; ++i) {
    along_y(field.fraction, field.slope_y, i);
    along_y(field.slope_x, field.slope_xy, i);
  }
}

double IonField::at(double x, double depth) const {
  return holds(x, depth) ? bilinear(fraction, x_um.size(), place_among(x_um, std::abs(x)), place_among(y_um, depth))
                         : 0.0;
}

double IonField::smooth_at(double x, double depth) const {
  if (!holds(x, depth) || slope_y.empty())
    return at(x, depth);
  const std::size_t nx = x_um.size();
  const NodePlace row = place_among(y_um, depth);
  const std::size_t top = row.low + 1 < y_um.size() ? row.low : row.low - 1;
  const double share_y = row.low == top ? row.share : 1;
  const Cubic y = cubic(share_y, y_um[top + 1] - y_um[top]);
  const auto down = [&](const Values& values, const Values& slopes, std::size_t i) {
    const std::size_t k = top * nx + i;
    return y.value0 * values[k] + y.value1 * values[k + nx] + y.slope0 * slopes[k] + y.slope1 * slopes[k + nx];
  };
  if (nx == 1)
    return down(fraction, slope_y, 0);
  const NodePlace column = place_among(x_um, std::abs(x));
  const std::size_t left = column.low + 1 < nx ? column.low : column.low - 1;
  const Cubic across = cubic(column.low == left ? column.share : 1, x_um[left + 1] - x_um[left]);
  return across.value0 * down(fraction, slope_y, left) + across.value1 * down(fraction, slope_y, left + 1) +
         across.slope0 * down(slope_x, slope_xy, left) + across.slope1 * down(slope_x, slope_xy, left + 1);
}

bool IonField::holds(double x, double depth) const {
  return depth >= 0 && depth <= y_um.back() && (x_um.size() == 1 || std::abs(x) <= x_um.back());
}

} // namespace beachfront::optics
