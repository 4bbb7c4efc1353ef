// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/spacing.hpp"

#include "geometry/clip.hpp"
#include "geometry/clothoid_distance.hpp"
#include "geometry/distance.hpp"
#include "geometry/near_pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace beachfront::geometry {
namespace {

constexpr double tolerance_mm = 1e-6;
// Below this angle two guides run along each other: no crossing, but a breach of the spacing.
constexpr double least_crossing_rad = 1e-6;
constexpr double most_exempt_pitches = 10;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A stretch of a guide, by arc length, that a crossing exempts.
struct Window {
  double from_mm = 0;
  double to_mm = 0;
};

struct Closest {
  double distance_mm = infinity;
  Point place;
};

/// All the encounters of one pair of guides.
struct Pair {
  const std::vector<GuidePiece>& pieces;
  std::vector<Encounter>::const_iterator begin, end;
  double first_length_mm = 0;
  double second_length_mm = 0;
};

/// The crossings of a pair, with what they exempt on either guide.
struct Crossings {
  std::vector<Crossing> list;
  std::vector<Window> on_first, on_second;
};

void exempt(Crossings& crossings, double s_mm, double t_mm, double pitch_mm, double angle_rad, double curvature) {
  const double straight = pitch_mm / std::sin(angle_rad);
  // Curved guides part more slowly than their tangents by curvature * s^2 / 2, and s grows by that over sin(angle).
  const double bent = straight * (1 + curvature * straight / std::sin(angle_rad)) + tolerance_mm;
  const double reach = std::min(bent, most_exempt_pitches * pitch_mm);
  crossings.on_first.push_back({s_mm - reach, s_mm + reach});
  crossings.on_second.push_back({t_mm - reach, t_mm + reach});
}

Crossings find_crossings(const Pair& pair, double pitch_mm) {
  Crossings result;
  for (auto e = pair.begin; e != pair.end; ++e) {
    const GuidePiece& a = pair.pieces[e->first];
    const GuidePiece& b = pair.pieces[e->second];
    if (e->least_mm > tolerance_mm)
      continue;
    for (const Meeting& meeting : meetings(a.segment, b.segment)) {
      const double s = a.from_mm + meeting.s_first_mm;
      const double t = b.from_mm + meeting.s_second_mm;
      const bool at_end = s < tolerance_mm || t < tolerance_mm || s > pair.first_length_mm - tolerance_mm ||
                          t > pair.second_length_mm - tolerance_mm;
      if (at_end || meeting.angle_rad < least_crossing_rad)
        continue;
      // A crossing on the joint of two pieces is found with either of them, and one of them may be bent.
      const bool straight = is_straight(a.segment) && is_straight(b.segment);
      const auto known = std::find_if(result.list.begin(), result.list.end(), [&](const Crossing& c) {
        return norm_mm(c.place - meeting.place) < tolerance_mm;
      });
      if (known != result.list.end()) {
        known->on_straights = known->on_straights && straight;
        continue;
      }
      result.list.push_back({a.guide, b.guide, meeting.place, meeting.angle_rad, straight});
      const double curvature = max_curvature_per_mm(a.segment) + max_curvature_per_mm(b.segment);
      exempt(result, s, t, pitch_mm, meeting.angle_rad, curvature);
    }
  }
  return result;
}

// What of a piece is outside all windows.
std::vector<Segment> outside(const GuidePiece& piece, std::vector<Window> windows) {
  std::sort(windows.begin(), windows.end(), [](const Window& a, const Window& b) { return a.from_mm < b.from_mm; });
  std::vector<Segment> result;
  double from = 0;
  for (const Window& window : windows) {
    const double to = std::min(window.from_mm - piece.from_mm, piece.segment.length_mm);
    if (to > from)
      result.push_back(part(piece.segment, from, to));
    from = std::max(from, window.to_mm - piece.from_mm);
  }
  if (from < piece.segment.length_mm)
    result.push_back(part(piece.segment, from, piece.segment.length_mm));
  return result;
}

/// The closest places of a pair of guides, if they are closer than `limit_mm`. Adds up what it compares.
Closest closest(const Pair& pair, const Crossings& crossings, double limit_mm, long& compared) {
  Closest best;
  const auto compare = [&](const Segment& a, const Segment& b) {
    const bool bent = is_clothoid(a) || is_clothoid(b);
    const Nearest found = bent ? clothoid_nearest(a, b, std::min(limit_mm, best.distance_mm)) : nearest(a, b);
    ++compared;
    if (found.distance_mm < best.distance_mm)
      best = {found.distance_mm, 0.5 * (found.on_first + found.on_second)};
  };
  for (auto e = pair.begin; e != pair.end; ++e) {
    if (e->least_mm > std::min(limit_mm, best.distance_mm))
      continue;
    const GuidePiece& a = pair.pieces[e->first];
    const GuidePiece& b = pair.pieces[e->second];
    if (crossings.list.empty()) {
      compare(a.segment, b.segment);
      continue;
    }
    for (const Segment& part_a : outside(a, crossings.on_first))
      for (const Segment& part_b : outside(b, crossings.on_second))
        compare(part_a, part_b);
  }
  return best;
}

Violation too_close(const Guide& a, const Guide& b, const Closest& closest, double min_pitch_um) {
  const double found_um = closest.distance_mm * 1e3;
  return {"guide_spacing",
          a.net + " and " + b.net,
          closest.place,
          found_um,
          min_pitch_um,
          "um",
          fmt::format("guides {} and {} are {:.3f} um apart at ({:.3f}, {:.3f}) mm, {:.3f} um are needed; a wider port "
                      "pitch or concentric bends keep them apart",
                      a.net, b.net, found_um, closest.place.x_mm, closest.place.y_mm, min_pitch_um)};
}

/// Adds what one pair of guides has to say.
void check_pair(const std::vector<Guide>& guides, const Pair& pair, double min_pitch_um, double reach_mm,
                Spacing& result) {
  // What is neither below the pitch nor the smallest spacing so far says nothing.
  const double least_um = result.min_spacing_um.value_or(1e3 * reach_mm);
  const double limit_mm = 1e-3 * std::max(min_pitch_um, least_um) + tolerance_mm;
  Closest found = closest(pair, {}, limit_mm, result.pairs_checked);
  if (found.distance_mm == 0) { // they share a point, so they may cross
    const Crossings crossings = find_crossings(pair, min_pitch_um * 1e-3);
    result.crossings.insert(result.crossings.end(), crossings.list.begin(), crossings.list.end());
    long compared_again = 0;
    found = closest(pair, crossings, limit_mm, compared_again);
  }
  // Farther than the reach, a pair that was not looked at might be closer.
  if (found.distance_mm <= reach_mm)
    result.min_spacing_um = std::min(found.distance_mm * 1e3, least_um);
  if (found.distance_mm < min_pitch_um * 1e-3 - tolerance_mm)
    result.violations.push_back(too_close(guides[pair.pieces[pair.begin->first].guide],
                                          guides[pair.pieces[pair.begin->second].guide], found, min_pitch_um));
}

Spacing check_within(const std::vector<Guide>& guides, const std::vector<GuidePiece>& pieces, double min_pitch_um,
                     double reach_mm) {
  Spacing result;
  std::vector<double> lengths;
  for (const Guide& guide : guides)
    lengths.push_back(length_mm(guide.path));
  const NearGrid grid = near_grid(pieces, reach_mm);
  std::vector<Encounter> found;
  for (std::size_t first = 0, end_piece = 0; first < pieces.size(); first = end_piece) {
    const std::size_t i = pieces[first].guide;
    while (end_piece < pieces.size() && pieces[end_piece].guide == i)
      ++end_piece;
    find_encounters(grid, pieces, first, end_piece, found);
    for (auto begin = found.cbegin(); begin != found.cend();) {
      const std::size_t j = pieces[begin->second].guide;
      const auto end =
          std::find_if(begin, found.cend(), [&](const Encounter& e) { return pieces[e.second].guide != j; });
      check_pair(guides, {pieces, begin, end, lengths[i], lengths[j]}, min_pitch_um, reach_mm, result);
      begin = end;
    }
  }
  return result;
}

} // namespace

Spacing check_spacing(const std::vector<Guide>& guides, double min_pitch_um) {
  const std::vector<GuidePiece> pieces = pieces_of(guides);
  if (pieces.empty())
    return {};
  Box all = bounds(pieces.front().segment);
  for (const GuidePiece& piece : pieces) {
    const Box box = bounds(piece.segment);
    all.min = {std::min(all.min.x_mm, box.min.x_mm), std::min(all.min.y_mm, box.min.y_mm)};
    all.max = {std::max(all.max.x_mm, box.max.x_mm), std::max(all.max.y_mm, box.max.y_mm)};
  }
  const double extent_mm = norm_mm(all.max - all.min);
  // Twice the pitch decides the rule and mostly finds the smallest spacing too; a sparser layout is searched wider.
  double reach_mm = 2e-3 * min_pitch_um + tolerance_mm;
  for (;;) {
    Spacing result = check_within(guides, pieces, min_pitch_um, reach_mm);
    if (result.min_spacing_um || reach_mm > extent_mm)
      return result;
    reach_mm *= 4;
  }
}

} // namespace beachfront::geometry
