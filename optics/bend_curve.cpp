// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/bend_curve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>
#include <variant>

namespace beachfront::optics {
namespace {

/// y over x by straight lines through the points' logarithms of y; the first and last line go on.
template <class X, class Y>
double log_line(const std::vector<BendPoint>& points, double at, const X& x, const Y& y) {
  std::size_t high = 1;
  while (high + 1 < points.size() && x(points[high]) < at)
    ++high;
  const BendPoint &a = points[high - 1], &b = points[high];
  const double share = (at - x(a)) / (x(b) - x(a));
  return std::exp((1 - share) * std::log(y(a)) + share * std::log(y(b)));
}

/// Bends of all radii in the worst case. Nothing where any of the modes does not survive.
std::vector<std::optional<BendPoint>> worst_bends(const BendGuides& guides, const std::vector<double>& radii_mm) {
  std::vector<std::optional<BendPoint>> worst(radii_mm.size(), BendPoint{});
  for (const StraightMode& straight : guides.straights) {
    const auto right = bend_modes(straight, radii_mm, Outside::positive_x);
    const auto left = guides.lopsided ? bend_modes(straight, radii_mm, Outside::negative_x) : right;
    for (std::size_t i = 0; i < radii_mm.size(); ++i) {
      if (!worst[i] || !right[i].guiding || !left[i].guiding) {
        worst[i] = std::nullopt;
        continue;
      }
      const double reversal = guides.lopsided
                                  ? joint_loss_dB(straight, right[i].field, left[i].field)
                                  : joint_loss_dB(straight, right[i].field, right[i].field.colwise().reverse());
      worst[i]->radius_mm = radii_mm[i];
      worst[i]->loss_dB_per_cm = std::max({worst[i]->loss_dB_per_cm, right[i].loss_dB_per_cm, left[i].loss_dB_per_cm});
      worst[i]->joint_loss_dB = std::max({worst[i]->joint_loss_dB, right[i].joint_loss_dB, left[i].joint_loss_dB});
      worst[i]->reversal_loss_dB = std::max(worst[i]->reversal_loss_dB, reversal);
    }
  }
  return worst;
}

} // namespace

double loss_dB_per_cm(const BendCurve& curve, double radius_mm) {
  return log_line(
      curve.points, radius_mm, [](const BendPoint& p) { return p.radius_mm; },
      [](const BendPoint& p) { return p.loss_dB_per_cm; });
}

double jump_loss_dB(const BendCurve& curve, double step_per_mm) {
  if (step_per_mm <= 0)
    return 0;
  // one list of jumps, from the largest to the least curvature: reversals down to twice the largest joint, then joints
  std::vector<BendPoint> jumps;
  const double largest_joint = 1 / curve.points.front().radius_mm;
  for (const BendPoint& point : curve.points)
    if (2 / point.radius_mm > 1.05 * largest_joint)
      jumps.push_back({point.radius_mm / 2, point.reversal_loss_dB, 0, 0});
  for (const BendPoint& point : curve.points)
    jumps.push_back({point.radius_mm, point.joint_loss_dB, 0, 0});
  const BendPoint& least = jumps.back();
  if (step_per_mm * least.radius_mm <= 1)
    return least.loss_dB_per_cm * std::pow(step_per_mm * least.radius_mm, 2);
  return log_line(
      jumps, -std::log(step_per_mm), [](const BendPoint& p) { return std::log(p.radius_mm); },
      [](const BendPoint& p) { return std::max(p.loss_dB_per_cm, 1e-12); });
}

BendGuides bend_guides(const IndexProfile& profile, double wavelength_um) {
  BendGuides guides;
  for (const Polarization polarization : {Polarization::te, Polarization::tm})
    if (auto straight = straight_mode(profile, wavelength_um, polarization))
      guides.straights.push_back(std::move(*straight));
  guides.lopsided = is_lopsided(profile);
  return guides;
}

bool is_lopsided(const IndexProfile& profile) {
  return std::holds_alternative<TableProfile>(profile.shape);
}

BendPoint worst_bend(const BendGuides& guides, double radius_mm) {
  return worst_bends(guides, {radius_mm})
      .front()
      .value_or(BendPoint{radius_mm, std::numeric_limits<double>::infinity(), 0, 0});
}

std::optional<double> radius_for_loss_mm(const BendGuides& guides, double budget_dB_per_cm) {
  // Start where the caustic lies six decays from the axis; ln(loss) then falls by 2 g^3/(3 beta^2) a radius (Marcuse),
  // later by what the last two radii say.
  double at_mm = 0, slope_per_mm = 0;
  for (const StraightMode& straight : guides.straights) {
    const double glass = straight.profile.background_index, g = straight.decay_per_um;
    at_mm = std::max(at_mm, 6 / g * glass / (straight.effective_index - glass) / 1e3);
    const double beta = 2 * std::numbers::pi / straight.wavelength_um * straight.effective_index;
    slope_per_mm = std::min(slope_per_mm, -2e3 * g * g * g / (3 * beta * beta));
  }
  constexpr double largest_mm = 1e4, precision = 5e-5, stride = 2;
  constexpr int most = 60;
  double tight_mm = 0;                           // no mode survives here
  std::optional<std::pair<double, double>> last; // radius and ln(loss/budget)
  for (int i = 0; i < most && at_mm < largest_mm; ++i) {
    const double excess = std::log(worst_bend(guides, at_mm).loss_dB_per_cm / budget_dB_per_cm);
    if (!std::isfinite(excess)) {
      tight_mm = at_mm;
      at_mm = last ? (at_mm + last->first) / 2 : 1.3 * at_mm;
      continue;
    }
    if (last && excess != last->second)
      slope_per_mm = std::min((excess - last->second) / (at_mm - last->first), -1e-9);
    last = {at_mm, excess};
    const double step_mm = -excess / slope_per_mm;
    const bool kept = excess <= 0, close = std::abs(step_mm) <= precision * at_mm;
    if (kept && (close || at_mm - tight_mm <= precision * at_mm))
      return at_mm;
    // lands a hair on the far side, where the budget is kept
    const double next_mm = at_mm + step_mm + 0.4 * precision * at_mm;
    at_mm = std::clamp(next_mm, std::max(at_mm / stride, (tight_mm + at_mm) / 2), at_mm * stride);
  }
  return std::nullopt;
}

BendCurve bend_curve(const BendGuides& guides, double smallest_radius_mm) {
  std::vector<double> radii_mm;
  for (const double share : {0.8, 0.9, 1.0, 1.15, 1.35, 1.6, 2.0, 2.6, 3.5, 6.0})
    radii_mm.push_back(share * smallest_radius_mm);
  BendCurve curve;
  for (const auto& point : worst_bends(guides, radii_mm))
    if (point && (curve.points.empty() || point->loss_dB_per_cm < curve.points.back().loss_dB_per_cm))
      curve.points.push_back(*point);
  return curve;
}

} // namespace beachfront::optics
