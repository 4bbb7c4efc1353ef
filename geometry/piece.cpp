// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/piece.hpp"

#include "geometry/distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace beachfront::geometry {

namespace {

bool is_line(const Piece& piece) {
  return piece.radius_mm == 0;
}

/// Lines, and arcs whose ends tell which directions from the centre they cover.
bool is_plain(const Piece& piece) {
  return std::abs(piece.segment.curvature_per_mm) * piece.segment.length_mm < 3;
}

/// Whether the arc passes the ray from its centre along `out`.
bool covers(const Piece& arc, Point out) {
  const double sense = arc.segment.curvature_per_mm > 0 ? 1 : -1;
  return sense * cross(arc.from - arc.centre, out) >= 0 && sense * cross(out, arc.to - arc.centre) >= 0 &&
         dot(out, (arc.from - arc.centre) + (arc.to - arc.centre)) > 0;
}

/// The distance of a point to the inside of a piece; nothing where one of its ends is nearer.
std::optional<double> to_inside(const Piece& piece, Point p) {
  if (is_line(piece)) {
    const double along = dot(p - piece.from, piece.from_direction);
    if (along > 0 && along < piece.segment.length_mm)
      return std::abs(cross(p - piece.from, piece.from_direction));
    return std::nullopt;
  }
  const Point out = p - piece.centre;
  return covers(piece, out) ? std::optional(std::abs(norm_mm(out) - piece.radius_mm)) : std::nullopt;
}

/// The least distance from the ends of either piece to the other, or `enough_mm` where it is larger. Squares tell which
/// of the four pairs of ends is worth a root.
double from_ends(const Piece& a, const Piece& b, double enough_mm) {
  const std::array ends_a = {a.from, a.to}, ends_b = {b.from, b.to};
  std::array<bool, 2> a_is_beside{}, b_is_beside{}; // an end, the inside of the other piece
  double least = enough_mm;
  for (std::size_t i = 0; i < 2; ++i) {
    if (const auto inside = to_inside(b, ends_a[i])) {
      a_is_beside[i] = true;
      least = std::min(least, *inside);
    }
    if (const auto inside = to_inside(a, ends_b[i])) {
      b_is_beside[i] = true;
      least = std::min(least, *inside);
    }
  }
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) {
      const Point apart = ends_a[i] - ends_b[j];
      if ((!a_is_beside[i] || !b_is_beside[j]) && dot(apart, apart) < least * least * (1 + 1e-12))
        least = std::min(least, norm_mm(apart));
    }
  return least;
}

/// The pieces meet, or are closest inside both. Lines: where they cross.
double between_lines(const Piece& a, const Piece& b) {
  const double sine = cross(a.from_direction, b.from_direction);
  if (std::abs(sine) < 1e-12)
    return std::numeric_limits<double>::infinity();
  const Point d = b.from - a.from;
  const double s = cross(d, b.from_direction) / sine, t = cross(d, a.from_direction) / sine;
  const bool meet = s >= 0 && s <= a.segment.length_mm && t >= 0 && t <= b.segment.length_mm;
  return meet ? 0 : std::numeric_limits<double>::infinity();
}

double line_and_arc(const Piece& line, const Piece& arc) {
  const Point d = arc.centre - line.from;
  const double foot = dot(d, line.from_direction);
  const double off = cross(line.from_direction, d); // positive: the centre is left of the line
  double least = std::numeric_limits<double>::infinity();
  const Point normal{-line.from_direction.y_mm, line.from_direction.x_mm};
  if (foot > 0 && foot < line.segment.length_mm && covers(arc, (off > 0 ? -1.0 : 1.0) * normal))
    least = std::abs(std::abs(off) - arc.radius_mm);
  if (std::abs(off) <= arc.radius_mm) {
    const double half = std::sqrt(arc.radius_mm * arc.radius_mm - off * off);
    for (const double s : {foot - half, foot + half})
      if (s >= 0 && s <= line.segment.length_mm && covers(arc, line.from + s * line.from_direction - arc.centre))
        return 0;
  }
  return least;
}

double between_arcs(const Piece& a, const Piece& b) {
  const Point d = b.centre - a.centre;
  const double apart = norm_mm(d);
  double least = std::numeric_limits<double>::infinity();
  if (apart < 1e-12) { // concentric: parallel wherever both cover the same direction; an end of one tells
    return least;
  }
  const Point u = (1 / apart) * d;
  for (const double out_a : {1.0, -1.0})
    for (const double out_b : {1.0, -1.0})
      if (covers(a, out_a * u) && covers(b, out_b * u))
        least = std::min(least, std::abs(apart + out_b * b.radius_mm - out_a * a.radius_mm));
  if (apart <= a.radius_mm + b.radius_mm && apart >= std::abs(a.radius_mm - b.radius_mm)) {
    const double along = (apart * apart + a.radius_mm * a.radius_mm - b.radius_mm * b.radius_mm) / (2 * apart);
    const double half = std::sqrt(std::max(0.0, a.radius_mm * a.radius_mm - along * along));
    const Point normal{-u.y_mm, u.x_mm};
    for (const double side : {1.0, -1.0}) {
      const Point out = along * u + (side * half) * normal;
      if (covers(a, out) && covers(b, out - d))
        return 0;
    }
  }
  return least;
}

double box_gap_mm(const Box& a, const Box& b) {
  const double dx = std::max({0.0, a.min.x_mm - b.max.x_mm, b.min.x_mm - a.max.x_mm});
  const double dy = std::max({0.0, a.min.y_mm - b.max.y_mm, b.min.y_mm - a.max.y_mm});
  return std::max(dx, dy); // a bound from below, without the root
}

/// Of the pieces of a path, how high the ones up to each reach and how low those from it on do: a path that climbs
/// meets another at few heights.
struct Heights {
  std::vector<double> top_so_far_mm;
  std::vector<double> bottom_from_here_mm;
};

Heights heights_of(const std::vector<Piece>& pieces) {
  Heights heights{std::vector<double>(pieces.size()), std::vector<double>(pieces.size())};
  double top_mm = -std::numeric_limits<double>::infinity(), bottom_mm = -top_mm;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    heights.top_so_far_mm[i] = top_mm = std::max(top_mm, pieces[i].box.max.y_mm);
  for (std::size_t i = pieces.size(); i-- > 0;)
    heights.bottom_from_here_mm[i] = bottom_mm = std::min(bottom_mm, pieces[i].box.min.y_mm);
  return heights;
}

/// Below this number of pairs, as two S-bends of arcs have, looking at each is faster.
constexpr std::size_t fewest_pairs_to_sort_out = 256;

} // namespace

Piece piece_of(const Segment& segment) {
  const Pose end = end_pose(segment);
  Piece piece;
  piece.segment = segment;
  piece.from = segment.start.at;
  piece.to = end.at;
  piece.from_direction = {std::cos(segment.start.heading_rad), std::sin(segment.start.heading_rad)};
  piece.to_direction = {std::cos(end.heading_rad), std::sin(end.heading_rad)};
  if (segment.curvature_per_mm != 0) {
    piece.radius_mm = 1 / std::abs(segment.curvature_per_mm);
    piece.centre = centre(segment);
  }
  piece.box = bounds(segment);
  return piece;
}

std::vector<Piece> pieces_of(const Path& path) {
  std::vector<Piece> pieces;
  pieces.reserve(path.size());
  for (const Segment& segment : path) {
    const double rate = std::abs(segment.curvature_rate_per_mm2);
    const double arcs = std::ceil(segment.length_mm * std::cbrt(rate / (12 * clothoid_deviation_mm)));
    if (arcs <= 1) {
      pieces.push_back(piece_of({segment.start, segment.length_mm, segment.curvature_per_mm}));
      continue;
    }
    const double step_mm = segment.length_mm / arcs;
    for (double k = 0; k < arcs; ++k)
      pieces.push_back(piece_of({pose_at(segment, k * step_mm), step_mm,
                                 segment.curvature_per_mm + segment.curvature_rate_per_mm2 * (k + 0.5) * step_mm}));
  }
  return pieces;
}

void translate(Piece& piece, Point by) {
  for (Point* point : {&piece.from, &piece.to, &piece.centre, &piece.box.min, &piece.box.max, &piece.offset})
    *point = *point + by;
}

double gap_mm(const Piece& a, const Piece& b, double enough_mm) {
  if (box_gap_mm(a.box, b.box) >= enough_mm)
    return enough_mm;
  if (!is_plain(a) || !is_plain(b)) {
    Segment first = a.segment, second = b.segment;
    first.start.at = first.start.at + a.offset;
    second.start.at = second.start.at + b.offset;
    return std::min(enough_mm, nearest(first, second).distance_mm);
  }
  const double inside = is_line(a) && is_line(b) ? between_lines(a, b)
                        : is_line(a)             ? line_and_arc(a, b)
                        : is_line(b)             ? line_and_arc(b, a)
                                                 : between_arcs(a, b);
  return from_ends(a, b, std::min(enough_mm, inside));
}

double gap_mm(const std::vector<Piece>& a, const std::vector<Piece>& b, double enough_mm) {
  double gap = enough_mm;
  if (a.size() * b.size() < fewest_pairs_to_sort_out) {
    for (const Piece& first : a)
      for (const Piece& second : b)
        gap = gap_mm(first, second, gap);
    return gap;
  }
  const Heights heights = heights_of(b);
  for (const Piece& first : a) {
    // Those before `begin` lie too low for this piece, those from the break on too high.
    const auto low_enough = [&](double top_mm) { return first.box.min.y_mm - top_mm >= gap; };
    const auto begin = std::partition_point(heights.top_so_far_mm.begin(), heights.top_so_far_mm.end(), low_enough);
    for (auto i = static_cast<std::size_t>(begin - heights.top_so_far_mm.begin()); i < b.size(); ++i) {
      if (heights.bottom_from_here_mm[i] - first.box.max.y_mm >= gap)
        break;
      gap = gap_mm(first, b[i], gap);
    }
  }
  return gap;
}

} // namespace beachfront::geometry
