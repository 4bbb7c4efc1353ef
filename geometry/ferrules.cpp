// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/ferrules.hpp"

#include "geometry/side_frame.hpp"

#include <fmt/core.h>

#include <numeric>

namespace beachfront::geometry {

namespace {

constexpr std::array sides = {Side::north, Side::east, Side::south, Side::west};

bool may_hold(const Package& package, Side edge) {
  const std::vector<Side>& edges = package.guides->edges;
  return std::find(edges.begin(), edges.end(), edge) != edges.end();
}

double edge_mm(const Package& package, Side edge) {
  return frame_of(edge).length_mm(package.outline);
}

Point edge_middle(const Package& package, Side edge) {
  const SideFrame frame = frame_of(edge);
  return frame.to_package(frame.middle_mm(package.outline), frame.reach_mm(package.outline));
}

int total(const PerSide& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0);
}

/// The spills, or nothing; `excess` then holds what found no edge.
std::optional<std::array<Spill, 4>> spill(const Package& package, const PerSide& needed, PerSide& excess) {
  PerSide spare{};
  for (Side side : sides) {
    const std::size_t s = index_of(side);
    spare[s] = std::max(0, edge_capacity(package, side) - needed[s]);
    excess[s] = std::max(0, needed[s] - edge_capacity(package, side));
  }
  std::array<Spill, 4> spills{};
  for (Side side : sides) {
    const std::size_t s = index_of(side);
    int& left = spare[index_of(clockwise(side, -1))];
    int& right = spare[index_of(clockwise(side))];
    for (; excess[s] > 0 && left + right > 0; --excess[s]) {
      const bool to_left = left > 0 && (right == 0 || spills[s].to_left <= spills[s].to_right);
      --(to_left ? left : right);
      ++(to_left ? spills[s].to_left : spills[s].to_right);
    }
  }
  if (total(excess) > 0)
    return std::nullopt;
  return spills;
}

/// The square whose edges take the ferrules; where edges beside the engines are missing no size would.
std::string square_that_fits(Package package, int most_an_edge, const PerSide& needed) {
  const double size_mm = most_an_edge * package.guides->ferrule.pitch_mm;
  package.outline = box_around({0, 0}, size_mm, size_mm);
  if (PerSide excess{}; spill(package, needed, excess))
    return fmt::format("a square package of {:.1f} mm for the edges alone (bends in the corners may ask for more)",
                       size_mm);
  return "connectors on the edges that the engines face";
}

/// What would make the ferrules fit: a larger package, a finer pitch, or more fibres a ferrule.
std::string what_fits(const Package& package, int ferrules, const FerrulesNeeded& needed) {
  const Ferrule& ferrule = package.guides->ferrule;
  const int edges = static_cast<int>(package.guides->edges.size());
  const int most = (ferrules + edges - 1) / edges;
  std::string text = square_that_fits(package, most, needed(ferrule.fibres));
  const auto fits_at = [&](double pitch_mm) {
    int capacity = 0;
    for (Side edge : package.guides->edges)
      capacity += static_cast<int>(std::floor(edge_mm(package, edge) / pitch_mm + 1e-9));
    return capacity >= ferrules;
  };
  // The finest pitch is body beside body; the coarsest that fits lies at one of the edges' whole fractions.
  double coarsest_mm = 0;
  for (Side edge : package.guides->edges)
    for (int n = 1; n <= ferrules; ++n)
      if (const double pitch_mm = edge_mm(package, edge) / n; pitch_mm > coarsest_mm && fits_at(pitch_mm))
        coarsest_mm = pitch_mm;
  if (coarsest_mm >= ferrule.body_width_mm)
    text += fmt::format(", a ferrule pitch of {:.2f} mm", std::floor(100 * coarsest_mm) / 100);
  else
    text += fmt::format(" (not even bodies of {} mm shoulder to shoulder, {:.1f} mm, fit this one)",
                        ferrule.body_width_mm, ferrules * ferrule.body_width_mm);
  constexpr int most_fibres = 144; // the largest multi-row ferrule sold
  for (int fibres = ferrule.fibres + 1; fibres <= most_fibres; ++fibres)
    if (PerSide excess{}; spill(package, needed(fibres), excess))
      return text + fmt::format(", or ferrules of {} fibres at this pitch", fibres);
  return text;
}

Violation too_many(const Package& package, const PerSide& counts, const FerrulesNeeded& needed) {
  const Ferrule& ferrule = package.guides->ferrule;
  double edges_mm = 0;
  for (Side edge : package.guides->edges)
    edges_mm += edge_mm(package, edge);
  const int all = total(counts);
  const int worst = *std::max_element(counts.begin(), counts.end());
  const Side fullest =
      *std::max_element(package.guides->edges.begin(), package.guides->edges.end(),
                        [&](Side one, Side other) { return counts[index_of(one)] < counts[index_of(other)]; });
  return {"connector_edge",
          ferrule.name,
          edge_middle(package, fullest),
          edges_mm,
          all * ferrule.pitch_mm,
          "mm",
          fmt::format("{} ferrules at {} mm pitch need {:.1f} mm of edge ({} on one side: {:.1f} mm); the package has "
                      "{:.1f} mm; what would fit: {}",
                      all, ferrule.pitch_mm, all * ferrule.pitch_mm, worst, worst * ferrule.pitch_mm, edges_mm,
                      what_fits(package, all, needed))};
}

Violation no_edge(const Package& package, int ferrules) {
  const Ferrule& ferrule = package.guides->ferrule;
  return {"connector_edge",
          ferrule.name,
          {},
          0,
          ferrules * ferrule.pitch_mm,
          "mm",
          fmt::format("{} ferrules and no edge that may hold one; allow connectors on an edge", ferrules)};
}

Violation no_room_beside(const Package& package, Side side, int ferrules) {
  const double pitch_mm = package.guides->ferrule.pitch_mm;
  return {"connector_edge",
          name_of(side),
          edge_middle(package, side),
          0,
          ferrules * pitch_mm,
          "mm",
          fmt::format("engines on side {} need {} ferrules more than that edge and the two beside it take: {:.1f} mm "
                      "of edge at {} mm pitch; allow connectors on more edges, or engines on other sides",
                      name_of(side), ferrules, ferrules * pitch_mm, pitch_mm)};
}

} // namespace

Side clockwise(Side side, int steps) {
  return static_cast<Side>(((static_cast<int>(side) + steps) % 4 + 4) % 4);
}

int edge_capacity(const Package& package, Side edge) {
  // A length that equals the need but for rounding is enough.
  return may_hold(package, edge)
             ? static_cast<int>(std::floor((edge_mm(package, edge) + 1e-9) / package.guides->ferrule.pitch_mm))
             : 0;
}

std::optional<std::array<Spill, 4>> share_edges(const Package& package, const FerrulesNeeded& needed, Layout& layout) {
  const PerSide counts = needed(package.guides->ferrule.fibres);
  PerSide excess{};
  const auto spills = spill(package, counts, excess);
  if (spills)
    return spills;
  int capacity = 0;
  for (Side side : sides)
    capacity += edge_capacity(package, side);
  if (package.guides->edges.empty())
    layout.violations.push_back(no_edge(package, total(counts)));
  else if (total(counts) > capacity)
    layout.violations.push_back(too_many(package, counts, needed));
  else
    for (Side side : sides)
      if (const int ferrules = excess[index_of(side)]; ferrules > 0)
        layout.violations.push_back(no_room_beside(package, side, ferrules));
  return std::nullopt;
}

} // namespace beachfront::geometry
