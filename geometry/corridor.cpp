// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/corridor.hpp"

#include "geometry/distance.hpp"

#include <boost/geometry/core/cs.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace beachfront::geometry {
namespace {

namespace bg = boost::geometry;
using TreePoint = bg::model::point<double, 2, bg::cs::cartesian>;
using TreeBox = bg::model::box<TreePoint>;
using Entry = std::pair<TreeBox, std::size_t>;
using Tree = bg::index::rtree<Entry, bg::index::quadratic<16>>;

constexpr double tolerance_mm = 1e-6;

TreeBox tree_box(const Box& box) {
  return {{box.min.x_mm, box.min.y_mm}, {box.max.x_mm, box.max.y_mm}};
}

Segment line(Point from, Point to) {
  const Point along = to - from;
  return {{from, std::atan2(along.y_mm, along.x_mm)}, norm_mm(along), 0};
}

/// A segment of a guide.
struct Piece {
  std::size_t guide = 0;
  const Segment* segment = nullptr;
  Box around;
};

std::vector<Piece> pieces_of(const std::vector<Guide>& guides) {
  std::vector<Piece> result;
  for (std::size_t g = 0; g < guides.size(); ++g)
    for (const Segment& segment : guides[g].path)
      result.push_back({g, &segment, bounds(segment)});
  return result;
}

Tree tree_of(const std::vector<Piece>& pieces) {
  std::vector<Entry> entries;
  entries.reserve(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    entries.emplace_back(tree_box(pieces[i].around), i);
  return Tree(entries);
}

// Whether the line through a and b comes within a margin of the box: only what it misses by more is left out.
bool passes(Point a, Point b, const Box& box, double margin_mm) {
  const Point along = b - a;
  const Point from = box.centre() - a;
  const double reach = std::abs(along.x_mm) * (box.height_mm() / 2 + margin_mm) +
                       std::abs(along.y_mm) * (box.width_mm() / 2 + margin_mm);
  return std::abs(cross(along, from)) <= reach;
}

bool crosses(const Segment& opening, const Segment& piece, double clearance_mm) {
  const std::vector<Meeting> shared = meetings(opening, piece);
  return std::any_of(shared.begin(), shared.end(), [&](const Meeting& meeting) {
    return std::min(meeting.s_first_mm, opening.length_mm - meeting.s_first_mm) > clearance_mm - tolerance_mm;
  });
}

/// The guides of a layout, to be asked which of them cross an opening.
struct Traffic {
  std::vector<Piece> pieces;
  Tree tree;
  std::vector<std::size_t> slot;        ///< of each guide: its layer among those in use
  std::vector<std::size_t> counted_for; ///< the last opening that each guide was counted at

  void count(const FreeSpace& space, std::size_t opening, double clearance_mm, std::vector<int>& need) {
    const Point a = space.points[space.openings[opening].first];
    const Point b = space.points[space.openings[opening].second];
    const Segment across = line(a, b);
    for (auto hit = tree.qbegin(bg::index::intersects(tree_box(grown(bounds(across), 1e-9)))); hit != tree.qend();
         ++hit) {
      const Piece& piece = pieces[hit->second];
      if (counted_for[piece.guide] == opening || !passes(a, b, piece.around, tolerance_mm) ||
          !crosses(across, *piece.segment, clearance_mm))
        continue;
      counted_for[piece.guide] = opening;
      ++need[slot[piece.guide]];
    }
  }
};

Traffic traffic_of(const std::vector<Guide>& guides) {
  std::vector<Piece> pieces = pieces_of(guides);
  Tree tree = tree_of(pieces);
  std::set<int> layers;
  for (const Guide& guide : guides)
    layers.insert(guide.layer);
  std::vector<std::size_t> slot;
  for (const Guide& guide : guides)
    slot.push_back(static_cast<std::size_t>(std::distance(layers.begin(), layers.find(guide.layer))));
  return {std::move(pieces), std::move(tree), slot, std::vector<std::size_t>(guides.size(), no_index)};
}

/// An opening with the layer that is fullest.
struct Judged {
  Gap gap;
  int layers = 1;
  int most = 0; ///< guides on that layer

  int capacity() const { return gap.capacity / layers; }
};

Violation shortage(const Judged& judged) {
  const Gap& gap = judged.gap;
  return {
      "gap_capacity",
      gap.from + " and " + gap.to,
      gap.place,
      static_cast<double>(judged.capacity()),
      static_cast<double>(judged.most),
      "guides",
      fmt::format("{} guides{} run between {} and {} where {:.3f} mm take {}; move them apart or send guides another "
                  "way",
                  judged.most, judged.layers > 1 ? " of one layer" : "", gap.from, gap.to, gap.length_mm,
                  judged.capacity())};
}

} // namespace

double length_mm(const FreeSpace& space, const Opening& opening) {
  return norm_mm(space.points[opening.second] - space.points[opening.first]);
}

int capacity(double opening_mm, const RoutingRules& rules) {
  const double room_mm = opening_mm - 2 * rules.keep_out_clearance_mm;
  // The tolerance of the spacing rule, so that guides that just fit do.
  return room_mm < -tolerance_mm
             ? 0
             : 1 + static_cast<int>(std::floor((room_mm + tolerance_mm) / (rules.min_pitch_um * 1e-3)));
}

Certificate judge(const FreeSpace& space, const RoutingRules& rules, const std::vector<std::vector<int>>& need) {
  std::vector<Judged> all;
  for (std::size_t i = 0; i < space.openings.size(); ++i) {
    const Opening& opening = space.openings[i];
    const double across_mm = length_mm(space, opening);
    const int layers = static_cast<int>(need[i].size());
    Judged judged{{space.bodies[opening.from_body], space.bodies[opening.to_body],
                   0.5 * (space.points[opening.first] + space.points[opening.second]), across_mm,
                   layers * capacity(across_mm, rules), 0},
                  layers,
                  0};
    for (const int guides : need[i]) {
      judged.gap.need += guides;
      judged.most = std::max(judged.most, guides);
    }
    all.push_back(judged);
  }
  std::sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
    const auto key = [](const Gap& g) {
      return std::tuple(-g.use(), g.from, g.to, g.place.x_mm, g.place.y_mm, g.length_mm);
    };
    return key(a.gap) < key(b.gap);
  });
  Certificate result;
  for (const Judged& judged : all) {
    result.gaps.push_back(judged.gap);
    if (judged.most > judged.capacity())
      result.violations.push_back(shortage(judged));
  }
  return result;
}

Certificate certify(const Package& package, const RoutingRules& rules, const Layout& layout) {
  const FreeSpace space = free_space(package, layout);
  Traffic traffic = traffic_of(layout.guides);
  const std::size_t layers = traffic.slot.empty() ? 1 : 1 + *std::max_element(traffic.slot.begin(), traffic.slot.end());
  std::vector<std::vector<int>> need(space.openings.size(), std::vector<int>(layers, 0));
  for (std::size_t i = 0; i < space.openings.size(); ++i)
    traffic.count(space, i, rules.keep_out_clearance_mm, need[i]);
  return judge(space, rules, need);
}

} // namespace beachfront::geometry
