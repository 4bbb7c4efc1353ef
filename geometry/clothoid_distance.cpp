// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/clothoid_distance.hpp"

#include <algorithm>
#include <limits>

namespace beachfront::geometry {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double accuracy_mm = 5e-10;    // half of the bound that distance.hpp states
constexpr double finest_mm = 1e-10;      // stretches this close to their arcs are not halved any further
constexpr double meeting_mm = 1e-8;      // the end tolerance of distance.cpp
constexpr double longest_arc_mm = 1e4;   // longer radii cancel in the closed forms: lines instead
constexpr double most_turn_rad = 2;      // of an arc: the closed forms want less than a circle
constexpr double touch_rad = 1e-6;       // pieces that meet at less run along each other
constexpr double touch_spread_mm = 0.01; // touches closer than this are one
constexpr int most_halvings = 100000;    // of spirals that no package holds, or of numbers that are none
constexpr std::size_t most_touches = 16; // more are a shared stretch

Point direction(double heading_rad) {
  return {std::cos(heading_rad), std::sin(heading_rad)};
}
Point left_of(Point t) {
  return {-t.y_mm, t.x_mm};
}

/// A stretch of a piece and the arc or line that stands for it.
struct Stretch {
  double from_mm = 0;
  double to_mm = 0;
  Segment arc;
  double deviation_mm = 0; ///< of a point of the piece from the same point of the arc, at most
  double turn_rad = 0;     ///< of the piece over the stretch, at most
  double length_mm() const { return to_mm - from_mm; }
  bool bounded() const { return turn_rad <= most_turn_rad || deviation_mm == 0; }
};

Stretch stretch_of(const Segment& segment, double from_mm, double to_mm) {
  if (!is_clothoid(segment))
    return {from_mm, to_mm, segment, 0, std::abs(segment.curvature_per_mm) * segment.length_mm};
  const double middle = (from_mm + to_mm) / 2;
  const double half = (to_mm - from_mm) / 2;
  const double rate = std::abs(segment.curvature_rate_per_mm2);
  Stretch stretch{from_mm, to_mm, {}, rate * half * half * half / 6, 0};
  double curvature = curvature_at(segment, middle);
  stretch.turn_rad = 2 * half * (std::abs(curvature) + rate * half);
  if (std::abs(curvature) * longest_arc_mm < 1) {
    stretch.deviation_mm += std::abs(curvature) * half * half / 2;
    curvature = 0;
  }
  const Segment from_middle{pose_at(segment, middle), half, curvature};
  stretch.arc = {pose_at(from_middle, -half), 2 * half, curvature};
  return stretch;
}

bool can_be_halved(const Segment& segment, const Stretch& stretch) {
  return is_clothoid(segment) && stretch.deviation_mm > finest_mm && stretch.deviation_mm < infinity;
}

Nearest between(const Segment& first, double s_mm, const Segment& second, double t_mm) {
  const Point a = pose_at(first, s_mm).at;
  const Point b = pose_at(second, t_mm).at;
  return {norm_mm(a - b), s_mm, t_mm, a, b};
}

/// Newton's step for half the squared distance of two points, with an end that blocks the way left out.
Point newton_step(const Segment& first, double s_mm, const Segment& second, double t_mm) {
  const Pose a = pose_at(first, s_mm);
  const Pose b = pose_at(second, t_mm);
  const Point u = direction(a.heading_rad);
  const Point v = direction(b.heading_rad);
  const Point d = a.at - b.at;
  const double slope_s = dot(d, u);
  const double slope_t = -dot(d, v);
  const double bend_s = 1 + curvature_at(first, s_mm) * dot(d, left_of(u));
  const double bend_t = 1 - curvature_at(second, t_mm) * dot(d, left_of(v));
  const double mixed = -dot(u, v);
  const bool s_free = slope_s > 0 ? s_mm > 0 : s_mm < first.length_mm;
  const bool t_free = slope_t > 0 ? t_mm > 0 : t_mm < second.length_mm;
  const double determinant = bend_s * bend_t - mixed * mixed;
  if (s_free && t_free && bend_s > 0 && bend_t > 0 && determinant > 1e-10)
    return {(mixed * slope_t - bend_t * slope_s) / determinant, (mixed * slope_s - bend_s * slope_t) / determinant};
  // Along one piece only, the one that promises more: pieces that run along each other have no valley in both.
  if (s_free && (!t_free || std::abs(slope_s) > std::abs(slope_t)))
    return {-slope_s / std::max(0.5, bend_s), 0};
  return {0, t_free ? -slope_t / std::max(0.5, bend_t) : 0};
}

/// A pair of points made closer as far as Newton's method goes.
Nearest refined(const Segment& first, const Segment& second, Nearest best) {
  for (int round = 0; round < 30; ++round) {
    Point step = newton_step(first, best.s_first_mm, second, best.s_second_mm);
    bool closer = false;
    for (int shorter = 0; shorter < 4 && !closer; ++shorter) {
      const Nearest next = between(first, std::clamp(best.s_first_mm + step.x_mm, 0.0, first.length_mm), second,
                                   std::clamp(best.s_second_mm + step.y_mm, 0.0, second.length_mm));
      closer = next.distance_mm < best.distance_mm;
      if (closer)
        best = next;
      else
        step = 0.25 * step;
    }
    if (!closer || std::abs(step.x_mm) + std::abs(step.y_mm) < 1e-13)
      break;
  }
  return best;
}

struct PairOfStretches {
  Stretch first, second;
  double least_mm = 0; ///< no points of the two are closer
};

/// Of a queue whose front is the pair with the smallest bound.
bool later(const PairOfStretches& a, const PairOfStretches& b) {
  return a.least_mm > b.least_mm;
}

/// The two halves of the stretch that deviates more, each with the other stretch.
std::vector<PairOfStretches> halves(const Segment& first, const Segment& second, const PairOfStretches& pair) {
  const auto halved = [](const Segment& segment, const Stretch& stretch) {
    const double middle = (stretch.from_mm + stretch.to_mm) / 2;
    return std::pair{stretch_of(segment, stretch.from_mm, middle), stretch_of(segment, middle, stretch.to_mm)};
  };
  if (!can_be_halved(second, pair.second) ||
      (can_be_halved(first, pair.first) && pair.first.deviation_mm >= pair.second.deviation_mm)) {
    const auto [a, b] = halved(first, pair.first);
    return {{a, pair.second, 0}, {b, pair.second, 0}};
  }
  const auto [a, b] = halved(second, pair.second);
  return {{pair.first, a, 0}, {pair.first, b, 0}};
}

bool can_be_halved(const Segment& first, const Segment& second, const PairOfStretches& pair) {
  return can_be_halved(first, pair.first) || can_be_halved(second, pair.second);
}

/// The points of two pieces that stand for these points of their arcs.
Nearest from_arcs(const Segment& first, const Segment& second, const PairOfStretches& pair, double s_mm, double t_mm) {
  return between(first, std::clamp(pair.first.from_mm + s_mm, 0.0, first.length_mm), second,
                 std::clamp(pair.second.from_mm + t_mm, 0.0, second.length_mm));
}

double angle_between(double heading_a, double heading_b) {
  const Point u = direction(heading_a);
  const Point v = direction(heading_b);
  return std::atan2(std::abs(cross(u, v)), std::abs(dot(u, v)));
}

/// Whether no two tangents of the stretches are parallel: then they cross once at most.
bool cross_once_at_most(const PairOfStretches& pair) {
  const auto middle = [](const Stretch& s) { return pose_at(s.arc, s.length_mm() / 2).heading_rad; };
  return pair.first.turn_rad + pair.second.turn_rad < angle_between(middle(pair.first), middle(pair.second));
}

/// Adds the meeting next to a pair of points, where there is one and it is new. False where there is none.
bool keep_meeting(const Segment& first, const Segment& second, const Nearest& from, std::vector<Meeting>& list) {
  const Nearest found = refined(first, second, from);
  if (found.distance_mm > meeting_mm)
    return false;
  const double angle =
      angle_between(pose_at(first, found.s_first_mm).heading_rad, pose_at(second, found.s_second_mm).heading_rad);
  const Point place = 0.5 * (found.on_first + found.on_second);
  const bool known = std::any_of(list.begin(), list.end(), [&](const Meeting& m) {
    const bool touch = m.angle_rad < touch_rad || angle < touch_rad;
    return norm_mm(m.place - place) < (touch ? touch_spread_mm : 10 * meeting_mm);
  });
  if (!known)
    list.push_back({found.s_first_mm, found.s_second_mm, place, angle});
  return true;
}

} // namespace

Nearest clothoid_nearest(const Segment& clothoid, Point point) {
  Nearest best;
  best.distance_mm = infinity;
  std::vector<Stretch> left{stretch_of(clothoid, 0, clothoid.length_mm)};
  const Segment there{{point, 0}, 0, 0};
  for (int halvings = 0; !left.empty() && halvings < most_halvings; ++halvings) {
    const Stretch stretch = left.back();
    left.pop_back();
    double least = 0;
    if (stretch.bounded()) {
      const Nearest found = nearest(stretch.arc, point);
      const double s = std::clamp(stretch.from_mm + found.s_first_mm, 0.0, clothoid.length_mm);
      if (const Nearest here = between(clothoid, s, there, 0); here.distance_mm < best.distance_mm)
        best = refined(clothoid, there, here);
      least = found.distance_mm - stretch.deviation_mm;
    }
    if (least >= best.distance_mm - accuracy_mm || !can_be_halved(clothoid, stretch))
      continue;
    const double middle = (stretch.from_mm + stretch.to_mm) / 2;
    left.push_back(stretch_of(clothoid, middle, stretch.to_mm));
    left.push_back(stretch_of(clothoid, stretch.from_mm, middle));
  }
  return best;
}

Nearest clothoid_nearest(const Segment& first, const Segment& second, double of_interest_mm) {
  Nearest best = between(first, 0, second, 0);
  std::vector<PairOfStretches> queue;
  const auto promises = [&](const PairOfStretches& pair) {
    return pair.least_mm < std::min(best.distance_mm - accuracy_mm, of_interest_mm);
  };
  const auto consider = [&](PairOfStretches pair) {
    if (pair.first.bounded() && pair.second.bounded()) {
      const Nearest arcs = nearest(pair.first.arc, pair.second.arc);
      pair.least_mm = arcs.distance_mm - pair.first.deviation_mm - pair.second.deviation_mm;
      if (!promises(pair))
        return;
      const Nearest here = from_arcs(first, second, pair, arcs.s_first_mm, arcs.s_second_mm);
      if (here.distance_mm < best.distance_mm)
        best = refined(first, second, here);
    }
    if (promises(pair) && can_be_halved(first, second, pair)) {
      queue.push_back(pair);
      std::push_heap(queue.begin(), queue.end(), later);
    }
  };
  consider({stretch_of(first, 0, first.length_mm), stretch_of(second, 0, second.length_mm), 0});
  for (int halvings = 0; !queue.empty() && promises(queue.front()) && halvings < most_halvings; ++halvings) {
    std::pop_heap(queue.begin(), queue.end(), later);
    const PairOfStretches pair = queue.back();
    queue.pop_back();
    for (const PairOfStretches& half : halves(first, second, pair))
      consider(half);
  }
  if (best.distance_mm <= meeting_mm)
    if (const std::vector<Meeting> shared = clothoid_meetings(first, second); !shared.empty())
      return {0, shared[0].s_first_mm, shared[0].s_second_mm, shared[0].place, shared[0].place};
  return best;
}

std::vector<Meeting> clothoid_meetings(const Segment& first, const Segment& second) {
  std::vector<Meeting> result;
  std::vector<PairOfStretches> left{
      {stretch_of(first, 0, first.length_mm), stretch_of(second, 0, second.length_mm), 0}};
  for (int halvings = 0; !left.empty() && result.size() <= most_touches && halvings < most_halvings; ++halvings) {
    const PairOfStretches pair = left.back();
    left.pop_back();
    const bool halve = can_be_halved(first, second, pair);
    if (pair.first.bounded() && pair.second.bounded()) {
      const Nearest arcs = nearest(pair.first.arc, pair.second.arc);
      if (arcs.distance_mm - pair.first.deviation_mm - pair.second.deviation_mm > meeting_mm)
        continue;
      const Nearest start = from_arcs(first, second, pair, arcs.s_first_mm, arcs.s_second_mm);
      if (halve && cross_once_at_most(pair) && keep_meeting(first, second, start, result))
        continue;
      if (!halve) { // arcs this close to their pieces cross as often as they do
        keep_meeting(first, second, start, result);
        for (const Meeting& m : meetings(pair.first.arc, pair.second.arc))
          keep_meeting(first, second, from_arcs(first, second, pair, m.s_first_mm, m.s_second_mm), result);
      }
    }
    if (halve)
      for (const PairOfStretches& half : halves(first, second, pair))
        left.push_back(half);
  }
  if (result.size() > most_touches)
    return {};
  std::sort(result.begin(), result.end(),
            [](const Meeting& a, const Meeting& b) { return a.s_first_mm < b.s_first_mm; });
  return result;
}

} // namespace beachfront::geometry
