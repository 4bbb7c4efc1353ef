// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/conduction.hpp"

#include <Eigen/Dense>
#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double per_mm = 1e-3;  // W/mK to W/mmK
constexpr double per_mm2 = 1e-6; // W/m2K to W/mm2K
constexpr double pi = std::numbers::pi;
constexpr double narrow_reach = 9; // in widths s of a Gaussian: erfc(4.5) is below 2e-10

struct Interval {
  double from = 0, to = 0;
  double length() const { return to - from; }
};

/// One axis of a slab: its length and an interval measured from its low end.
Interval along_x(const geometry::Box& slab, const geometry::Box& box) {
  return {box.min.x_mm - slab.min.x_mm, box.max.x_mm - slab.min.x_mm};
}
Interval along_y(const geometry::Box& slab, const geometry::Box& box) {
  return {box.min.y_mm - slab.min.y_mm, box.max.y_mm - slab.min.y_mm};
}

/// Mean of cos(m pi x / length) over the interval.
double mean_cosine(std::size_t m, Interval interval, double length_mm) {
  const double wave = static_cast<double>(m) * pi / length_mm;
  const double half = wave * interval.length() / 2;
  const double sinc = half < 1e-8 ? 1 : std::sin(half) / half;
  return sinc * std::cos(wave * (interval.from + interval.to) / 2);
}

Eigen::VectorXd mean_cosines(std::size_t terms, Interval interval, double length_mm) {
  Eigen::VectorXd values(static_cast<Eigen::Index>(terms));
  for (std::size_t m = 0; m < terms; ++m)
    values(static_cast<Eigen::Index>(m)) = mean_cosine(m, interval, length_mm);
  return values;
}

/// A column of cosines for each place.
Eigen::MatrixXd cosines(std::size_t terms, const Eigen::VectorXd& at, double length_mm) {
  Eigen::MatrixXd values(static_cast<Eigen::Index>(terms), at.size());
  for (Eigen::Index i = 0; i < at.size(); ++i)
    values.col(i) = mean_cosines(terms, {at(i), at(i)}, length_mm);
  return values;
}

Eigen::VectorXd from_corner(std::span<const double> places_mm, double corner_mm) {
  return Eigen::Map<const Eigen::ArrayXd>(places_mm.data(), static_cast<Eigen::Index>(places_mm.size())) - corner_mm;
}

/// Cosine coefficients of an even unit source: 1/length, then 2/length each.
Eigen::VectorXd source_coefficients(std::size_t terms, Interval interval, double length_mm) {
  Eigen::VectorXd values = mean_cosines(terms, interval, length_mm) * (2 / length_mm);
  values(0) /= 2;
  return values;
}

Eigen::Map<const Eigen::MatrixXd> far_matrix(const SlabSeries& series) {
  return {series.far_mm2K_per_W.data(), static_cast<Eigen::Index>(series.terms_x),
          static_cast<Eigen::Index>(series.terms_y)};
}

/// Indefinite integral over x of erf(x / (2 s)).
double integrated_erf(double x, double s) {
  const double u = x / (2 * s);
  return x * std::erf(u) + 2 * s / std::sqrt(pi) * std::exp(-u * u);
}

/// A source of density 1 / its length, spread by a Gaussian of variance 2 s^2, seen from the observer (mean).
double spread_between(Interval source, Interval observer, double s) {
  const double gap = std::max(observer.from - source.to, source.from - observer.to);
  if (gap > narrow_reach * s)
    return 0;
  if (observer.length() == 0)
    return (std::erf((observer.from - source.from) / (2 * s)) - std::erf((observer.from - source.to) / (2 * s))) /
           (2 * source.length());
  const double rising = integrated_erf(observer.to - source.from, s) - integrated_erf(observer.from - source.from, s);
  const double falling = integrated_erf(observer.to - source.to, s) - integrated_erf(observer.from - source.to, s);
  return (rising - falling) / (2 * source.length() * observer.length());
}

/// The same with the source's mirror images in both adiabatic sides; the images left out are 2 lengths away or more.
double spread_in_slab(Interval source, Interval observer, double length_mm, double s) {
  double sum = 0;
  for (const double shift : {-2 * length_mm, 0.0, 2 * length_mm}) {
    sum += spread_between({source.from + shift, source.to + shift}, observer, s);
    sum += spread_between({shift - source.to, shift - source.from}, observer, s);
  }
  return sum;
}

struct Node {
  double s_mm = 0;
  double weight = 0; ///< of the integral of 2 / sqrt(pi) over the width of the Gaussian
};

/// Where the narrow Gaussians are summed: panels dyadic towards zero, where an edge near the observer acts.
std::vector<Node> narrow_nodes(double split_length_mm) {
  using Rule = boost::math::quadrature::gauss<double, 15>;
  std::vector<Node> nodes;
  double high = split_length_mm;
  for (const double low_fraction : {0.25, 0.0625, 0.0}) {
    const double low = low_fraction * split_length_mm, half = (high - low) / 2, middle = (high + low) / 2;
    for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
      const double offset = half * Rule::abscissa()[i], weight = 2 / std::sqrt(pi) * half * Rule::weights()[i];
      nodes.push_back({middle + offset, weight});
      if (offset > 0)
        nodes.push_back({middle - offset, weight});
    }
    high = low;
  }
  return nodes;
}

bool within_reach(const SlabSeries& series, const geometry::Box& a, const geometry::Box& b) {
  const double reach = narrow_reach * series.split_length_mm;
  return a.min.x_mm - b.max.x_mm < reach && b.min.x_mm - a.max.x_mm < reach && a.min.y_mm - b.max.y_mm < reach &&
         b.min.y_mm - a.max.y_mm < reach;
}

double near_K_per_W(const SlabSeries& series, const geometry::Box& source, const geometry::Box& observer) {
  if (!within_reach(series, source, observer))
    return 0;
  const Interval sx = along_x(series.outline, source), sy = along_y(series.outline, source);
  const Interval ox = along_x(series.outline, observer), oy = along_y(series.outline, observer);
  double sum = 0;
  for (const Node& node : narrow_nodes(series.split_length_mm))
    sum += node.weight * spread_in_slab(sx, ox, series.outline.width_mm(), node.s_mm) *
           spread_in_slab(sy, oy, series.outline.height_mm(), node.s_mm);
  return sum / series.surface_conductivity_W_per_mmK;
}

/// The same for every point of a grid at once: the two axes separate at each node.
Eigen::MatrixXd near_grid_K_per_W(const SlabSeries& series, const geometry::Box& source, const Eigen::VectorXd& x,
                                  const Eigen::VectorXd& y) {
  const Interval sx = along_x(series.outline, source), sy = along_y(series.outline, source);
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(x.size(), y.size());
  const geometry::Box grid{{x.minCoeff() + series.outline.min.x_mm, y.minCoeff() + series.outline.min.y_mm},
                           {x.maxCoeff() + series.outline.min.x_mm, y.maxCoeff() + series.outline.min.y_mm}};
  if (!within_reach(series, source, grid))
    return sum;
  for (const Node& node : narrow_nodes(series.split_length_mm)) {
    const auto along = [&](Interval from, const Eigen::VectorXd& at, double length_mm) {
      return Eigen::VectorXd(at.unaryExpr([&](double p) {
        return spread_in_slab(from, {p, p}, length_mm, node.s_mm);
      }));
    };
    sum += node.weight * along(sx, x, series.outline.width_mm()) * along(sy, y, series.outline.height_mm()).transpose();
  }
  return sum / series.surface_conductivity_W_per_mmK;
}

/// Surface temperature per flux at one wave number: admittances from the cooled face up to the heated one.
double impedance_mm2K_per_W(const Slab& slab, double wave_per_mm) {
  double admittance = slab.heat_transfer_W_per_m2K * per_mm2;
  for (std::size_t i = slab.layers.size(); i-- > 0;) {
    const SlabLayer& layer = slab.layers[i];
    const double kz = layer.conductivity_z_W_per_mK * per_mm;
    if (wave_per_mm == 0) {
      admittance = 1 / (1 / admittance + layer.thickness_mm / kz);
      continue;
    }
    const double decay = wave_per_mm * std::sqrt(layer.conductivity_xy_W_per_mK / layer.conductivity_z_W_per_mK);
    const double own = kz * decay, tanh = std::tanh(decay * layer.thickness_mm);
    admittance = (admittance + own * tanh) / (1 + admittance * tanh / own);
  }
  return 1 / admittance;
}

void require_positive(const Slab& slab) {
  bool good = slab.outline.width_mm() > 0 && slab.outline.height_mm() > 0 && slab.heat_transfer_W_per_m2K > 0 &&
              !slab.layers.empty();
  for (const SlabLayer& layer : slab.layers)
    good = good && layer.thickness_mm > 0 && layer.conductivity_xy_W_per_mK > 0 && layer.conductivity_z_W_per_mK > 0;
  if (!good)
    throw std::invalid_argument("a slab needs positive outline, thickness, conductivity and heat transfer");
}

/// Top of the parabola through three evenly spaced values, the middle one the largest; at a rim the middle value.
double parabola_rise(double left, double middle, double right) {
  const double bend = 2 * middle - left - right;
  return bend > 0 ? (right - left) * (right - left) / (8 * bend) : 0;
}

} // namespace

SlabSeries slab_series(const Slab& slab, double tolerance) {
  require_positive(slab);
  const SlabLayer& heated = slab.layers.front();
  const double k = std::sqrt(heated.conductivity_xy_W_per_mK * heated.conductivity_z_W_per_mK) * per_mm;
  const double depth_mm =
      heated.thickness_mm * std::sqrt(heated.conductivity_xy_W_per_mK / heated.conductivity_z_W_per_mK);
  const double logarithm = std::log(2 / tolerance);
  const double shorter_side_mm = std::min(slab.outline.width_mm(), slab.outline.height_mm());
  SlabSeries series;
  series.outline = slab.outline;
  series.surface_conductivity_W_per_mmK = k;
  // erfc(z s) has fallen as far as exp(-2 z t) at the largest wave number; a block keeps its mirror images few instead.
  series.split_length_mm = std::min(2 * depth_mm / std::sqrt(logarithm), shorter_side_mm / 8);
  const double largest_wave = std::sqrt(logarithm) / series.split_length_mm;
  series.terms_x = 2 + static_cast<std::size_t>(largest_wave * slab.outline.width_mm() / pi);
  series.terms_y = 2 + static_cast<std::size_t>(largest_wave * slab.outline.height_mm() / pi);
  series.far_mm2K_per_W.reserve(series.terms_x * series.terms_y);
  for (std::size_t n = 0; n < series.terms_y; ++n)
    for (std::size_t m = 0; m < series.terms_x; ++m) {
      const double wave = pi * std::hypot(static_cast<double>(m) / slab.outline.width_mm(),
                                          static_cast<double>(n) / slab.outline.height_mm());
      const double narrow =
          wave == 0 ? 2 * series.split_length_mm / std::sqrt(pi) : std::erf(wave * series.split_length_mm) / wave;
      series.far_mm2K_per_W.push_back(impedance_mm2K_per_W(slab, wave) - narrow / k);
    }
  return series;
}

double influence_K_per_W(const SlabSeries& series, const geometry::Box& source, const geometry::Box& observer) {
  const double width = series.outline.width_mm(), height = series.outline.height_mm();
  const Eigen::VectorXd sx = source_coefficients(series.terms_x, along_x(series.outline, source), width);
  const Eigen::VectorXd sy = source_coefficients(series.terms_y, along_y(series.outline, source), height);
  const Eigen::VectorXd ox = mean_cosines(series.terms_x, along_x(series.outline, observer), width);
  const Eigen::VectorXd oy = mean_cosines(series.terms_y, along_y(series.outline, observer), height);
  const double far = sx.cwiseProduct(ox).dot(far_matrix(series) * sy.cwiseProduct(oy));
  return far + near_K_per_W(series, source, observer);
}

SlabHeat slab_heat(const SlabSeries& series, std::vector<HeatSource> sources) {
  const double width = series.outline.width_mm(), height = series.outline.height_mm();
  Eigen::MatrixXd flux = Eigen::MatrixXd::Zero(far_matrix(series).rows(), far_matrix(series).cols());
  for (const HeatSource& source : sources)
    flux += source.power_W * source_coefficients(series.terms_x, along_x(series.outline, source.outline), width) *
            source_coefficients(series.terms_y, along_y(series.outline, source.outline), height).transpose();
  const Eigen::MatrixXd far_K = flux.cwiseProduct(far_matrix(series));
  return {std::move(sources), {far_K.data(), far_K.data() + far_K.size()}};
}

SlabPlaces slab_places(const SlabSeries& series, std::span<const geometry::Box> sources, std::span<const double> x_mm,
                       std::span<const double> y_mm) {
  const Eigen::VectorXd x = from_corner(x_mm, series.outline.min.x_mm);
  const Eigen::VectorXd y = from_corner(y_mm, series.outline.min.y_mm);
  const Eigen::MatrixXd along_x = cosines(series.terms_x, x, series.outline.width_mm());
  const Eigen::MatrixXd along_y = cosines(series.terms_y, y, series.outline.height_mm());
  SlabPlaces places{x_mm.size(),
                    y_mm.size(),
                    {along_x.data(), along_x.data() + along_x.size()},
                    {along_y.data(), along_y.data() + along_y.size()},
                    {},
                    {}};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Eigen::MatrixXd near = near_grid_K_per_W(series, sources[i], x, y);
    if (near.isZero(0))
      continue;
    places.near.push_back(i);
    places.near_K_per_W.insert(places.near_K_per_W.end(), near.data(), near.data() + near.size());
  }
  return places;
}

std::vector<double> rise_K(const SlabPlaces& places, const SlabHeat& heat) {
  const auto count_x = static_cast<Eigen::Index>(places.count_x), count_y = static_cast<Eigen::Index>(places.count_y);
  const auto matrix = [](const double* values, Eigen::Index rows, Eigen::Index columns) {
    return Eigen::Map<const Eigen::MatrixXd>(values, rows, columns);
  };
  Eigen::MatrixXd rise = Eigen::MatrixXd::Zero(count_x, count_y);
  for (std::size_t i = 0; i < places.near.size(); ++i)
    rise += heat.sources[places.near[i]].power_W *
            matrix(places.near_K_per_W.data() + i * places.count_x * places.count_y, count_x, count_y);
  const auto terms_x = static_cast<Eigen::Index>(places.x_cosines.size()) / count_x;
  const auto terms_y = static_cast<Eigen::Index>(places.y_cosines.size()) / count_y;
  rise += matrix(places.x_cosines.data(), terms_x, count_x).transpose() * matrix(heat.far_K.data(), terms_x, terms_y) *
          matrix(places.y_cosines.data(), terms_y, count_y);
  return {rise.data(), rise.data() + rise.size()};
}

std::vector<double> rise_K(const SlabSeries& series, const SlabHeat& heat, std::span<const double> x_mm,
                           std::span<const double> y_mm) {
  std::vector<geometry::Box> outlines;
  for (const HeatSource& source : heat.sources)
    outlines.push_back(source.outline);
  return rise_K(slab_places(series, outlines, x_mm, y_mm), heat);
}

namespace {
constexpr std::size_t samples = 9; // along each side of a box
}

SlabPlaces peak_places(const SlabSeries& series, std::span<const geometry::Box> sources, const geometry::Box& box) {
  std::array<double, samples> x{}, y{};
  for (std::size_t i = 0; i < samples; ++i) {
    const double share = static_cast<double>(i) / (samples - 1);
    x[i] = box.min.x_mm + share * box.width_mm();
    y[i] = box.min.y_mm + share * box.height_mm();
  }
  return slab_places(series, sources, x, y);
}

double peak_rise_K(const SlabPlaces& places, const SlabHeat& heat) {
  const std::vector<double> rise = rise_K(places, heat);
  const auto best = static_cast<std::size_t>(std::max_element(rise.begin(), rise.end()) - rise.begin());
  const std::size_t i = best % samples, j = best / samples;
  double peak = rise[best];
  if (i > 0 && i + 1 < samples)
    peak += parabola_rise(rise[best - 1], rise[best], rise[best + 1]);
  if (j > 0 && j + 1 < samples)
    peak += parabola_rise(rise[best - samples], rise[best], rise[best + samples]);
  return peak;
}

} // namespace beachfront::thermal
