// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/spectral_line.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <numbers>
#include <stdexcept>
#include <utility>

namespace beachfront::optics {
namespace {

/// P_degree(x) and the one before it, by the three-term recurrence.
std::pair<double, double> legendre(int degree, double x) {
  double before = 1, at = x;
  for (int n = 2; n <= degree; ++n) {
    const double next = ((2 * n - 1) * x * at - (n - 1) * before) / n;
    before = at;
    at = next;
  }
  return {at, before};
}

LobattoRule make_rule(int degree) {
  const double p = degree;
  LobattoRule rule;
  rule.nodes.resize(degree + 1);
  rule.weights.resize(degree + 1);
  Eigen::VectorXd value(degree + 1);
  for (int i = 0; i <= degree; ++i) {
    double x = -std::cos(std::numbers::pi * i / p);
    if (i > 0 && i < degree)
      for (int turn = 0; turn < 50; ++turn) { // Newton on (1 - x^2) P'(x) = p (P_{p-1} - x P_p)
        const auto [at, before] = legendre(degree, x);
        const double step = (x * at - before) / ((p + 1) * at);
        x -= step;
        if (std::abs(step) < 1e-16)
          break;
      }
    rule.nodes[i] = x;
    value[i] = legendre(degree, x).first;
    rule.weights[i] = 2 / (p * (p + 1) * value[i] * value[i]);
  }
  rule.derivative = Eigen::MatrixXd::Zero(degree + 1, degree + 1);
  for (int i = 0; i <= degree; ++i)
    for (int j = 0; j <= degree; ++j)
      if (i != j)
        rule.derivative(i, j) = value[i] / (value[j] * (rule.nodes[i] - rule.nodes[j]));
  rule.derivative(0, 0) = -p * (p + 1) / 4;
  rule.derivative(degree, degree) = p * (p + 1) / 4;
  return rule;
}

constexpr int least_degree = 2, largest_degree = 32;

} // namespace

const LobattoRule& lobatto_rule(int degree) {
  if (degree < least_degree || degree > largest_degree)
    throw std::invalid_argument("degree of a spectral line must be 2 to 32");
  static std::array<std::unique_ptr<LobattoRule>, largest_degree + 1> rules;
  static std::mutex guard; // sweeps solve designs side by side
  const std::lock_guard lock(guard);
  auto& rule = rules[static_cast<std::size_t>(degree)];
  if (!rule)
    rule = std::make_unique<LobattoRule>(make_rule(degree));
  return *rule;
}

SpectralLine::SpectralLine(std::vector<double> edges, int degree_of) : edges_um(std::move(edges)), degree(degree_of) {
  if (edges_um.size() < 2 ||
      std::adjacent_find(edges_um.begin(), edges_um.end(), std::greater_equal<>()) != edges_um.end())
    throw std::invalid_argument("edges of a spectral line must rise");
  const LobattoRule& rule = lobatto_rule(degree);
  nodes_um.resize(elements() * degree + 1);
  points_um.resize(elements() * stride());
  weights_um.resize(points_um.size());
  for (Eigen::Index e = 0; e < elements(); ++e) {
    const auto at = static_cast<std::size_t>(e);
    const double middle = (edges_um[at] + edges_um[at + 1]) / 2;
    auto points = points_um.segment(e * stride(), stride());
    points = middle + half_length_um(e) * rule.nodes.array();
    points[0] = edges_um[at];
    points[degree] = edges_um[at + 1];
    weights_um.segment(e * stride(), stride()) = half_length_um(e) * rule.weights;
    nodes_um.segment(e * degree, stride()) = points;
  }
}

LinePlace place_on(const SpectralLine& line, double at_um) {
  const auto after = std::upper_bound(line.edges_um.begin() + 1, line.edges_um.end() - 1, at_um);
  const Eigen::Index element = after - line.edges_um.begin() - 1;
  const LobattoRule& rule = lobatto_rule(line.degree);
  LinePlace place;
  place.first_node = element * line.degree;
  place.factors.setZero(line.stride());
  const double x = std::clamp(
      (at_um - line.edges_um[static_cast<std::size_t>(element)]) / line.half_length_um(element) - 1, -1.0, 1.0);
  double sum = 0; // barycentric form; the weight of node j is (-1)^j sqrt(w_j) for Lobatto points
  for (Eigen::Index j = 0; j < line.stride(); ++j) {
    const double away = x - rule.nodes[j];
    if (std::abs(away) < 1e-14) {
      place.factors.setZero();
      place.factors[j] = 1;
      return place;
    }
    place.factors[j] = (j % 2 ? -1 : 1) * std::sqrt(rule.weights[j]) / away;
    sum += place.factors[j];
  }
  place.factors /= sum;
  return place;
}

Eigen::MatrixXd values_at(const SpectralLine& line, const Eigen::VectorXd& places_um) {
  Eigen::MatrixXd values = Eigen::MatrixXd::Zero(places_um.size(), line.nodes_um.size());
  for (Eigen::Index i = 0; i < places_um.size(); ++i) {
    if (places_um[i] < line.edges_um.front() || places_um[i] > line.edges_um.back())
      continue;
    const LinePlace place = place_on(line, places_um[i]);
    values.row(i).segment(place.first_node, line.stride()) = place.factors.transpose();
  }
  return values;
}

} // namespace beachfront::optics
