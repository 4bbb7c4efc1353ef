// SPDX-License-Identifier: GPL-3.0-or-later
#include "heat_package.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::bench {
namespace {

struct Block {
  int body;
  geometry::Box outline;
  double bottom_mm, top_mm;
};

/// The bodies from the board upwards; a later one takes the place of an earlier one.
enum Body {
  lower_build_up,
  core,
  upper_build_up,
  die_joint,
  die,
  engine_joint,
  engine,
  die_tim,
  engine_tim,
  seal,
  lid
};

std::vector<geometry::Box> engine_outlines() {
  std::vector<geometry::Box> engines;
  for (int i = 0; i < 4; ++i) {
    const double along_mm = -22.5 + 15 * i;
    for (const double across_mm : {-32.0, 32.0}) {
      engines.push_back(geometry::box_around({along_mm, across_mm}, 8, 12));
      engines.push_back(geometry::box_around({across_mm, along_mm}, 12, 8));
    }
  }
  return engines;
}

std::vector<Block> blocks() {
  const geometry::Point middle{0, 0};
  const geometry::Box package = geometry::box_around(middle, 110, 110), cover = geometry::box_around(middle, 90, 90);
  const geometry::Box die_outline = geometry::box_around(middle, 32, 26);
  std::vector<Block> list = {{lower_build_up, package, 0, 0.3},
                             {core, package, 0.3, 1.5},
                             {upper_build_up, package, 1.5, 1.8},
                             {seal, cover, 1.8, 2.725}};
  list.push_back({thermal::no_body, geometry::box_around(middle, 84, 84), 1.8, 2.725});
  list.push_back({die_joint, die_outline, 1.8, 1.9});
  list.push_back({die, die_outline, 1.9, 2.675});
  list.push_back({die_tim, die_outline, 2.675, 2.725});
  for (const geometry::Box& outline : engine_outlines()) {
    list.push_back({engine_joint, outline, 1.8, 1.88});
    list.push_back({engine, outline, 1.88, 2.625});
    list.push_back({engine_tim, outline, 2.625, 2.725});
  }
  list.push_back({lid, cover, 2.725, 4.725});
  return list;
}

/// Planes through all of `breaks_mm`; cells start at `least_mm` beside each and grow by 0.3 of the way from it.
std::vector<double> graded(std::vector<double> breaks_mm, double least_mm, double most_mm) {
  std::sort(breaks_mm.begin(), breaks_mm.end());
  breaks_mm.erase(std::unique(breaks_mm.begin(), breaks_mm.end(), [](double a, double b) { return b - a < 1e-9; }),
                  breaks_mm.end());
  std::vector<double> planes_mm = {breaks_mm.front()};
  for (std::size_t b = 0; b + 1 < breaks_mm.size(); ++b) {
    const double from_mm = breaks_mm[b], length_mm = breaks_mm[b + 1] - from_mm;
    std::vector<double> count = {0}; // of cells up to each of many stations
    constexpr std::size_t stations = 2000;
    for (std::size_t s = 0; s < stations; ++s) {
      const double at_mm = length_mm * (static_cast<double>(s) + 0.5) / stations;
      const double size_mm = std::min(most_mm, least_mm + 0.3 * std::min(at_mm, length_mm - at_mm));
      count.push_back(count.back() + length_mm / stations / size_mm);
    }
    const double cells = std::ceil(count.back());
    std::size_t s = 0;
    for (double c = 1; c < cells; ++c) {
      while (count[s + 1] < c * count.back() / cells)
        ++s;
      const double part = (c * count.back() / cells - count[s]) / (count[s + 1] - count[s]);
      planes_mm.push_back(from_mm + length_mm * (static_cast<double>(s) + part) / stations);
    }
    planes_mm.push_back(breaks_mm[b + 1]);
  }
  return planes_mm;
}

thermal::Grid grid_of(const std::vector<Block>& list, double scale) {
  std::vector<double> x_mm, y_mm, z_mm;
  for (const Block& block : list) {
    x_mm.insert(x_mm.end(), {block.outline.min.x_mm, block.outline.max.x_mm});
    y_mm.insert(y_mm.end(), {block.outline.min.y_mm, block.outline.max.y_mm});
    z_mm.insert(z_mm.end(), {block.bottom_mm, block.top_mm});
  }
  thermal::Grid grid;
  grid.x_mm = graded(x_mm, 0.2 * scale, 1.0 * scale);
  grid.y_mm = graded(y_mm, 0.2 * scale, 1.0 * scale);
  grid.z_mm = graded(z_mm, 0.03 * scale, 0.2 * scale);
  grid.body.assign(grid.cells(), thermal::no_body);
  const auto range = [](const std::vector<double>& planes_mm, double from_mm, double to_mm) {
    const auto at = [&](double mm) {
      return static_cast<std::size_t>(std::lower_bound(planes_mm.begin(), planes_mm.end(), mm - 1e-9) -
                                      planes_mm.begin());
    };
    return std::pair{at(from_mm), at(to_mm)};
  };
  for (const Block& block : list) {
    const auto [west, east] = range(grid.x_mm, block.outline.min.x_mm, block.outline.max.x_mm);
    const auto [south, north] = range(grid.y_mm, block.outline.min.y_mm, block.outline.max.y_mm);
    const auto [bottom, top] = range(grid.z_mm, block.bottom_mm, block.top_mm);
    for (std::size_t k = bottom; k < top; ++k)
      for (std::size_t j = south; j < north; ++j)
        for (std::size_t i = west; i < east; ++i)
          grid.body[grid.cell(i, j, k)] = block.body;
  }
  return grid;
}

} // namespace

HeatPackage heat_package(std::size_t cells) {
  HeatPackage package;
  const std::vector<Block> list = blocks();
  double small = 0.1, large = 10; // scales
  for (int i = 0; i < 30; ++i) {
    const double scale = std::sqrt(small * large);
    package.problem.grid = grid_of(list, scale);
    (package.problem.grid.cells() > cells ? small : large) = scale;
  }
  package.problem.conductivity = {{65, 65, 0.6},   {1.1, 1.1, 5},   {65, 65, 0.6},   {0.6, 0.6, 4},
                                  {120, 120, 120}, {0.5, 0.5, 3},   {100, 100, 100}, {4, 4, 4},
                                  {5, 5, 5},       {0.3, 0.3, 0.3}, {390, 390, 390}};
  package.problem.contacts = {{die_tim, lid, 2}, {engine_tim, lid, 2}};
  package.problem.cooled = {{lid, true, 20000, 35}, {lower_build_up, false, 50, 45}};
  package.loads.push_back({die, thermal::HeatSite::bottom_face, geometry::box_around({0, 0}, 32, 26), 600});
  for (const geometry::Box& outline : engine_outlines())
    package.loads.push_back({engine, thermal::HeatSite::bottom_face, outline, 25});
  return package;
}

} // namespace beachfront::bench
