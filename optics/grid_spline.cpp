// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/grid_spline.hpp"

#include "optics/bilinear.hpp"

#include <algorithm>

namespace beachfront::optics {
namespace {

using Values = std::vector<double>;

/// The cubic with given values and slopes at the ends of an interval, at a share of it.
struct Cubic {
  double value0, value1, slope0, slope1; ///< weights
};
Cubic cubic(double share, double length) {
  const double t = share, u = 1 - t;
  return {u * u * (1 + 2 * t), t * t * (3 - 2 * t), u * u * t * length, -t * t * u * length};
}

/// The interval a place lies in and the cubic's weights there; the last node belongs to the interval before it.
struct Interval {
  std::size_t first;
  Cubic weights;
};
Interval interval_of(const Values& nodes, double at) {
  const NodePlace place = place_among(nodes, at);
  const std::size_t first = std::min(place.low, nodes.size() - 2);
  return {first, cubic(place.low == first ? place.share : 1, nodes[first + 1] - nodes[first])};
}

} // namespace

std::vector<double> spline_slopes(const std::vector<double>& nodes, const std::vector<double>& values, SplineEnd start,
                                  SplineEnd end) {
  const std::size_t n = nodes.size();
  const auto gap = [&](std::size_t k) { return nodes[k + 1] - nodes[k]; };
  const auto chord = [&](std::size_t k) { return (values[k + 1] - values[k]) / gap(k); };
  if (n == 2)
    return {start.kind == SplineEnd::slope ? start.value : chord(0),
            end.kind == SplineEnd::slope ? end.value : chord(0)};
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

GridSlopes grid_slopes(const Values& x, const Values& y, const Values& values, std::pair<SplineEnd, SplineEnd> ends_x,
                       std::pair<SplineEnd, SplineEnd> ends_y) {
  const std::size_t nx = x.size(), ny = y.size();
  GridSlopes slopes{Values(nx * ny, 0.0), Values(nx * ny, 0.0), Values(nx * ny, 0.0)};
  Values row(nx), column(ny);
  for (std::size_t j = 0; nx > 1 && j < ny; ++j) {
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(j * nx), nx, row.begin());
    const Values along = spline_slopes(x, row, ends_x.first, ends_x.second);
    std::copy(along.begin(), along.end(), slopes.x.begin() + static_cast<std::ptrdiff_t>(j * nx));
  }
  const auto along_y = [&](const Values& from, Values& to, std::size_t i) {
    for (std::size_t j = 0; j < ny; ++j)
      column[j] = from[j * nx + i];
    const Values along = spline_slopes(y, column, ends_y.first, ends_y.second);
    for (std::size_t j = 0; j < ny; ++j)
      to[j * nx + i] = along[j];
  };
  for (std::size_t i = 0; ny > 1 && i < nx; ++i) {
    along_y(values, slopes.y, i);
    along_y(slopes.x, slopes.xy, i);
  }
  return slopes;
}

Values spline_on(const Values& x, const Values& y, const Values& values, const GridSlopes& slopes, const Values& at_x,
                 const Values& at_y) {
  const std::size_t nx = x.size();
  std::vector<Interval> columns;
  for (const double at : at_x)
    columns.push_back(interval_of(x, at));
  Values result, row(nx), row_slope(nx);
  result.reserve(at_x.size() * at_y.size());
  for (const double at : at_y) {
    const Interval between = interval_of(y, at);
    const auto [value0, value1, slope0, slope1] = between.weights;
    for (std::size_t i = 0, k = between.first * nx; i < nx; ++i, ++k) {
      row[i] = value0 * values[k] + value1 * values[k + nx] + slope0 * slopes.y[k] + slope1 * slopes.y[k + nx];
      row_slope[i] =
          value0 * slopes.x[k] + value1 * slopes.x[k + nx] + slope0 * slopes.xy[k] + slope1 * slopes.xy[k + nx];
    }
    for (const auto& [i, weights] : columns)
      result.push_back(weights.value0 * row[i] + weights.value1 * row[i + 1] + weights.slope0 * row_slope[i] +
                       weights.slope1 * row_slope[i + 1]);
  }
  return result;
}

double spline_at(const Values& x, const Values& y, const Values& values, const GridSlopes& slopes, double at_x,
                 double at_y) {
  if (slopes.y.empty())
    return bilinear(values, x.size(), place_among(x, at_x), place_among(y, at_y));
  const std::size_t nx = x.size();
  const Interval row = interval_of(y, at_y);
  const auto down = [&](const Values& value, const Values& slope, std::size_t i) {
    const std::size_t k = row.first * nx + i;
    return row.weights.value0 * value[k] + row.weights.value1 * value[k + nx] + row.weights.slope0 * slope[k] +
           row.weights.slope1 * slope[k + nx];
  };
  if (nx == 1)
    return down(values, slopes.y, 0);
  const Interval column = interval_of(x, at_x);
  const std::size_t i = column.first;
  return column.weights.value0 * down(values, slopes.y, i) + column.weights.value1 * down(values, slopes.y, i + 1) +
         column.weights.slope0 * down(slopes.x, slopes.xy, i) +
         column.weights.slope1 * down(slopes.x, slopes.xy, i + 1);
}

} // namespace beachfront::optics
