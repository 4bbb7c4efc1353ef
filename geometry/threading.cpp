// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/threading.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace beachfront::geometry {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
// Sums in another order round otherwise: a bound may not exceed what it bounds.
constexpr double exact_part = 1 - 1e-12;

/// A line of sight, through two points by index; without `tip` it limits nothing.
struct Ray {
  std::size_t base = no_index;
  std::size_t tip = no_index;
};

/// Arrival in a cell through one of its sides: of that side the stretch between the two rays can be seen from `root`,
/// the last point at which the line turned.
struct Arrival {
  std::size_t cell = no_index;
  std::size_t side = no_index; ///< `no_index`: at the target, which is in this cell
  std::size_t root = 0;
  Ray left;
  Ray right;
  double length_mm = 0; ///< to the root
  double tolls_mm = 0;
  std::size_t parent = no_index;
};

struct Candidate {
  double bound_mm = 0; ///< what the whole way costs at least
  std::size_t arrival = 0;
};
bool operator<(const Candidate& a, const Candidate& b) {
  return std::tuple(b.bound_mm, b.arrival) < std::tuple(a.bound_mm, a.arrival); // the cheapest on top
}

double distance_mm(Point a, Point b, Point p) {
  const Point along = b - a;
  return norm_mm(a + std::clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0) * along - p);
}

/// Where a line enters or leaves a cell: through a side of it, or at a point in it.
struct Gate {
  std::size_t side = no_index;
  std::size_t point = no_index; ///< where there is no side
};

/// What the cheapest lines found so far cost to the ends of a side, the side passed.
struct Ends {
  double left_mm = infinity;
  double right_mm = infinity;
};

struct Search {
  const FreeSpace& space;
  const Tolls& tolls;
  std::vector<Point> points; ///< of the space, then source and target
  std::size_t source;
  std::size_t target;
  std::vector<std::size_t> target_cells;
  std::vector<std::size_t> first_side; ///< of each cell, counting through
  std::size_t sides = 0;
  std::vector<Arrival> arrivals;
  std::priority_queue<Candidate> open;
  std::unordered_map<std::size_t, double> cheapest_turn; ///< by turning point and the side passed there
  std::vector<Ends> cheapest_ends;                       ///< for each side, counting through
  std::vector<double> tolls_ahead_mm; ///< least tolls from each side, just passed, to the target; length is free

  Search(const FreeSpace& free_space, Point from, Point to, const Tolls& all_tolls, double reach_mm)
      : space(free_space), tolls(all_tolls), points(free_space.points), source(points.size()), target(source + 1),
        target_cells(cells_at(free_space, to, reach_mm)) {
    points.push_back(from);
    points.push_back(to);
    for (const FreeCell& cell : space.cells) {
      first_side.push_back(sides);
      sides += cell.corners.size();
    }
    cheapest_ends.resize(sides);
    look_ahead();
    for (const std::size_t cell : cells_at(free_space, from, reach_mm))
      depart(cell);
  }

  // Dijkstra's algorithm over the sides, from the target backwards.
  void look_ahead() {
    using Entry = std::tuple<double, std::size_t, std::size_t>; // tolls, cell, side
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> next;
    const bool toll_free = std::none_of(tolls.opening_mm.begin(), tolls.opening_mm.end(),
                                        [](double toll_mm) { return toll_mm > 0 && toll_mm < infinity; });
    tolls_ahead_mm.assign(sides, toll_free ? 0 : infinity);
    if (toll_free)
      return;
    const auto offer = [&](std::size_t cell, std::size_t side, double tolls_mm) {
      double& known_mm = tolls_ahead_mm[first_side[cell] + side];
      if (tolls_mm < known_mm) {
        known_mm = tolls_mm;
        next.emplace(tolls_mm, cell, side);
      }
    };
    const auto each_entry = [&](std::size_t number, std::size_t but, auto toll) {
      const FreeCell& cell = space.cells[number];
      for (std::size_t side = 0; side < cell.corners.size(); ++side)
        if (side != but && cell.beyond[side] != no_index)
          offer(number, side, toll(cell, side));
    };
    for (const std::size_t number : target_cells)
      each_entry(number, no_index, [&](const FreeCell& cell, std::size_t side) {
        return toll_mm(cell, {side}, {no_index, target});
      });
    while (!next.empty()) {
      const auto [tolls_mm, number, side] = next.top();
      next.pop();
      if (tolls_mm > tolls_ahead_mm[first_side[number] + side])
        continue;
      const std::size_t out = space.cells[number].entries[side];
      each_entry(space.cells[number].beyond[side], out, [&, ahead_mm = tolls_mm](const FreeCell& cell, std::size_t in) {
        return toll_mm(cell, {in}, {out}) + ahead_mm;
      });
    }
  }

  std::optional<Threading> run() {
    while (!open.empty()) {
      const Candidate next = open.top();
      open.pop();
      if (arrivals[next.arrival].side == no_index)
        return threading_of(next);
      expand(next.arrival);
    }
    return {};
  }

  int turn_of(std::size_t a, std::size_t b, std::size_t c) const { return turn(points[a], points[b], points[c]); }
  double length_mm(std::size_t a, std::size_t b) const { return norm_mm(points[b] - points[a]); }
  // Right of a ray -1, left 1, on it 0.
  int beside(const Ray& ray, std::size_t point) const { return turn_of(ray.base, ray.tip, point); }

  const FreeCell& cell_of(const Arrival& arrival) const { return space.cells[arrival.cell]; }
  static std::size_t corner(const FreeCell& cell, std::size_t i) { return cell.corners[i % cell.corners.size()]; }

  // The side of a chord's line that a side of its cell is on.
  static int beside(const Chord& chord, std::size_t side) {
    return side >= chord.first && side < chord.second ? -1 : 1;
  }
  int beside(const FreeCell& cell, const Chord& chord, Gate gate) const {
    return gate.side != no_index ? beside(chord, gate.side)
                                 : turn_of(cell.corners[chord.first], cell.corners[chord.second], gate.point);
  }

  // Calls with every opening on the way through a cell.
  template <typename Visit>
  void each_opening(const FreeCell& cell, Gate in, Gate out, Visit visit) const {
    for (const Chord& chord : cell.chords) {
      const int before = beside(cell, chord, in);
      const int after = beside(cell, chord, out);
      if (before * after < 0)
        visit(chord.opening);
    }
    if (out.side != no_index && cell.openings[out.side] != no_index)
      visit(cell.openings[out.side]);
  }

  double toll_mm(const FreeCell& cell, Gate in, Gate out) const {
    double sum = 0;
    each_opening(cell, in, out, [&](std::size_t opening) { sum += tolls.opening_mm[opening]; });
    return out.side == no_index
               ? sum
               : sum + tolls.point_mm[corner(cell, out.side)] + tolls.point_mm[corner(cell, out.side + 1)];
  }

  void push(const Arrival& arrival, double bound_mm) {
    open.push({bound_mm, arrivals.size()});
    arrivals.push_back(arrival);
  }

  // Through a side of `cell`: turns the arrival into one in the cell beyond.
  void pass(const FreeCell& cell, std::size_t side, Arrival arrival) {
    const std::size_t right = corner(cell, side);
    const std::size_t left = corner(cell, side + 1);
    arrival.cell = cell.beyond[side];
    arrival.side = cell.entries[side];
    if (is_beaten(arrival, left, right))
      return;
    const Point a = points[right];
    const Point b = points[left];
    const Point root = points[arrival.root];
    const Point goal = points[target];
    const double least_mm = std::max(norm_mm(goal - root), distance_mm(a, b, root) + distance_mm(a, b, goal));
    const double ahead_mm = tolls_ahead_mm[first_side[arrival.cell] + arrival.side];
    if (ahead_mm < infinity)
      push(arrival, arrival.length_mm + arrival.tolls_mm + exact_part * (least_mm + ahead_mm));
  }

  // Whether every place of the side that the arrival sees is reached for less along the side from one of its ends, by
  // lines found before. The advantage of the straight line over that is greatest at the far end.
  bool is_beaten(const Arrival& arrival, std::size_t left, std::size_t right) {
    const double spent_mm = arrival.length_mm + arrival.tolls_mm;
    const double to_left_mm = spent_mm + length_mm(arrival.root, left);
    const double to_right_mm = spent_mm + length_mm(arrival.root, right);
    const double side_mm = length_mm(left, right);
    Ends& known = cheapest_ends[first_side[arrival.cell] + arrival.side];
    if (known.left_mm + side_mm < to_right_mm || known.right_mm + side_mm < to_left_mm)
      return true;
    if (arrival.left.tip == no_index || arrival.left.tip == left)
      known.left_mm = std::min(known.left_mm, to_left_mm);
    if (arrival.right.tip == no_index || arrival.right.tip == right)
      known.right_mm = std::min(known.right_mm, to_right_mm);
    return false;
  }

  void arrive(const Arrival& before, Gate in, double length_mm) {
    Arrival arrival = before;
    arrival.length_mm = length_mm;
    arrival.tolls_mm += toll_mm(cell_of(before), in, {no_index, target});
    arrival.side = no_index;
    if (arrival.tolls_mm < infinity)
      push(arrival, arrival.length_mm + arrival.tolls_mm);
  }

  bool is_target_cell(std::size_t cell) const {
    return std::binary_search(target_cells.begin(), target_cells.end(), cell);
  }

  void depart(std::size_t number) {
    const FreeCell& cell = space.cells[number];
    Arrival here;
    here.cell = number;
    here.root = source;
    if (is_target_cell(number))
      arrive(here, {no_index, source}, length_mm(source, target));
    for (std::size_t side = 0; side < cell.corners.size(); ++side) {
      const std::size_t right = corner(cell, side);
      const std::size_t left = corner(cell, side + 1);
      const double toll = toll_mm(cell, {no_index, source}, {side});
      // A side that the source itself is on belongs to another cell that holds the source.
      if (cell.beyond[side] == no_index || toll == infinity || turn_of(source, right, left) <= 0)
        continue;
      Arrival next = here;
      next.left = {source, left};
      next.right = {source, right};
      next.tolls_mm = toll;
      pass(cell, side, next);
    }
  }

  void expand(std::size_t number) {
    const Arrival arrival = arrivals[number];
    const FreeCell& cell = cell_of(arrival);
    const std::size_t count = cell.corners.size();
    if (is_target_cell(arrival.cell))
      reach_target(arrival, number);
    for (std::size_t step = 1; step < count; ++step) {
      const std::size_t side = (arrival.side + step) % count;
      if (cell.beyond[side] == no_index)
        continue;
      Arrival next = arrival;
      next.parent = number;
      next.tolls_mm += toll_mm(cell, {arrival.side}, {side});
      if (next.tolls_mm == infinity)
        continue;
      go_straight(cell, side, next);
      turn_right(cell, arrival, side, next);
      turn_left(cell, arrival, side, next);
    }
  }

  // What of the side is seen from the root.
  void go_straight(const FreeCell& cell, std::size_t side, Arrival next) {
    const std::size_t a = corner(cell, side);
    const std::size_t b = corner(cell, side + 1);
    if (a != next.root && b != next.root && turn_of(next.root, a, b) <= 0)
      return;
    if (next.right.tip != no_index && b != next.root && beside(next.right, b) <= 0)
      return;
    if (next.left.tip != no_index && a != next.root && beside(next.left, a) >= 0)
      return;
    if (a == next.root)
      next.right = {};
    else if (next.right.tip == no_index || beside(next.right, a) >= 0)
      next.right = {next.root, a};
    if (b == next.root)
      next.left = {};
    else if (next.left.tip == no_index || beside(next.left, b) <= 0)
      next.left = {next.root, b};
    pass(cell, side, next);
  }

  // Whether no cheaper line has turned at this point before passing the same side.
  bool is_cheapest(std::size_t root, std::size_t side, double cost_mm) {
    const std::size_t key = root * sides + side;
    const auto [known, is_new] = cheapest_turn.try_emplace(key, cost_mm);
    if (!is_new && known->second <= cost_mm)
      return false;
    known->second = cost_mm;
    return true;
  }

  // Round the right end of the side it came through, to what lies right of the line of sight past that end.
  void turn_right(const FreeCell& cell, const Arrival& arrival, std::size_t side, Arrival next) {
    const std::size_t pivot = corner(cell, arrival.side + 1);
    const std::size_t a = corner(cell, side);
    const std::size_t b = corner(cell, side + 1);
    const Ray sight = arrival.right;
    if (sight.tip != pivot || arrival.root == pivot || (beside(sight, a) >= 0 && beside(sight, b) > 0))
      return;
    next.length_mm += length_mm(arrival.root, pivot);
    if (!is_cheapest(pivot, first_side[arrival.cell] + side, next.length_mm + next.tolls_mm))
      return;
    next.root = pivot;
    next.right = a == pivot ? Ray{} : Ray{pivot, a};
    next.left = beside(sight, b) <= 0 ? Ray{pivot, b} : sight;
    pass(cell, side, next);
  }

  void turn_left(const FreeCell& cell, const Arrival& arrival, std::size_t side, Arrival next) {
    const std::size_t pivot = corner(cell, arrival.side);
    const std::size_t a = corner(cell, side);
    const std::size_t b = corner(cell, side + 1);
    const Ray sight = arrival.left;
    if (sight.tip != pivot || arrival.root == pivot || (beside(sight, b) <= 0 && beside(sight, a) < 0))
      return;
    next.length_mm += length_mm(arrival.root, pivot);
    if (!is_cheapest(pivot, first_side[arrival.cell] + side, next.length_mm + next.tolls_mm))
      return;
    next.root = pivot;
    next.left = b == pivot ? Ray{} : Ray{pivot, b};
    next.right = beside(sight, a) >= 0 ? Ray{pivot, a} : sight;
    pass(cell, side, next);
  }

  void reach_target(const Arrival& arrival, std::size_t number) {
    Arrival last = arrival;
    last.parent = number;
    const std::size_t left_end = corner(cell_of(arrival), arrival.side);
    const std::size_t right_end = corner(cell_of(arrival), arrival.side + 1);
    std::size_t pivot = arrival.root;
    if (arrival.right.tip != no_index && beside(arrival.right, target) < 0) {
      if (arrival.right.tip != right_end)
        return;
      pivot = right_end;
    } else if (arrival.left.tip != no_index && beside(arrival.left, target) > 0) {
      if (arrival.left.tip != left_end)
        return;
      pivot = left_end;
    }
    arrive(last, {arrival.side}, arrival.length_mm + length_mm(arrival.root, pivot) + length_mm(pivot, target));
  }

  Threading threading_of(const Candidate& last) const {
    std::vector<std::size_t> chain; // the arrivals in cells, the last first
    for (std::size_t i = arrivals[last.arrival].parent; i != no_index; i = arrivals[i].parent)
      chain.push_back(i);
    std::reverse(chain.begin(), chain.end());
    Threading result;
    result.cost_mm = last.bound_mm;
    const auto note = [&](std::size_t opening) { result.openings.push_back(opening); };
    // The cell before each arrival is the one beyond the side that it came through.
    Gate in{no_index, source};
    for (const std::size_t i : chain) {
      const Arrival& arrival = arrivals[i];
      const FreeCell& cell = cell_of(arrival);
      const std::size_t left = corner(cell, arrival.side);
      const std::size_t right = corner(cell, arrival.side + 1);
      each_opening(space.cells[cell.beyond[arrival.side]], in, {cell.entries[arrival.side]}, note);
      result.portals.push_back({points[left], points[right]});
      in = {arrival.side};
    }
    each_opening(cell_of(arrivals[last.arrival]), in, {no_index, target}, note);
    std::sort(result.openings.begin(), result.openings.end());
    result.openings.erase(std::unique(result.openings.begin(), result.openings.end()), result.openings.end());
    return result;
  }
};

} // namespace

std::optional<Threading> cheapest_threading(const FreeSpace& space, Point from, Point to, const Tolls& tolls,
                                            double reach_mm) {
  return Search(space, from, to, tolls, reach_mm).run();
}

} // namespace beachfront::geometry
