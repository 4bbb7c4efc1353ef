// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate_plan.hpp"

#include "thermal/upper_plates.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

double shared_mm(double low_a, double high_a, double low_b, double high_b) {
  return std::max(0.0, std::min(high_a, high_b) - std::max(low_a, low_b));
}

double shared_mm2(const geometry::Box& a, const geometry::Box& b) {
  return shared_mm(a.min.x_mm, a.max.x_mm, b.min.x_mm, b.max.x_mm) *
         shared_mm(a.min.y_mm, a.max.y_mm, b.min.y_mm, b.max.y_mm);
}

/// Edges between `low` and `high`, runs of edges less than `merge_mm` apart in one, at their mean.
std::vector<double> merged_edges(std::vector<double> edges, double low, double high, double merge_mm) {
  std::sort(edges.begin(), edges.end());
  std::vector<double> merged{low};
  for (std::size_t i = 0; i < edges.size();) {
    const std::size_t first = i;
    double sum = edges[i++];
    for (; i < edges.size() && edges[i] - edges[i - 1] < merge_mm; ++i)
      sum += edges[i];
    const double mean = sum / static_cast<double>(i - first);
    if (mean - merged.back() >= merge_mm / 2 && high - mean >= merge_mm / 2)
      merged.push_back(mean);
  }
  merged.push_back(high);
  return merged;
}

/// Sizes of n cells between two planes, small at the ends that are edges of bodies.
std::vector<double> cell_sizes(std::size_t n, bool fine_low, bool fine_high, const PlateRules& rules) {
  std::vector<double> sizes(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t from_low = fine_low ? i : n, from_high = fine_high ? n - 1 - i : n;
    sizes[i] = std::min(rules.largest_mm,
                        rules.edge_mm * std::pow(rules.growth, static_cast<double>(std::min(from_low, from_high))));
  }
  return sizes;
}

double total(const std::vector<double>& sizes) {
  double sum = 0;
  for (const double size : sizes)
    sum += size;
  return sum;
}

std::vector<double> graded(const std::vector<double>& edges, const PlateRules& rules) {
  constexpr double stretch = 1.25; // a cell may be this much larger than the rules say before there is one more
  std::vector<double> planes{edges.front()};
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
    const double length = edges[i + 1] - edges[i];
    const bool fine_low = i > 0, fine_high = i + 2 < edges.size();
    std::size_t n = 1;
    std::vector<double> sizes = cell_sizes(n, fine_low, fine_high, rules);
    while (total(sizes) * stretch < length)
      sizes = cell_sizes(++n, fine_low, fine_high, rules);
    const double scale = length / total(sizes);
    double at = edges[i];
    for (std::size_t k = 0; k + 1 < n; ++k)
      planes.push_back(at += scale * sizes[k]);
    planes.push_back(edges[i + 1]);
  }
  return planes;
}

bool same(double a, double b) {
  constexpr double tolerance_mm = 1e-9;
  return std::abs(a - b) <= tolerance_mm;
}

bool same(const geometry::Box& a, const geometry::Box& b) {
  return same(a.min.x_mm, b.min.x_mm) && same(a.max.x_mm, b.max.x_mm) && same(a.min.y_mm, b.min.y_mm) &&
         same(a.max.y_mm, b.max.y_mm);
}

bool same(const geometry::Material& a, const geometry::Material& b) {
  return a.youngs_modulus_GPa == b.youngs_modulus_GPa && a.poisson_ratio == b.poisson_ratio &&
         a.cte_ppm_per_K == b.cte_ppm_per_K && a.cte_law == b.cte_law && a.glass_transition_C == b.glass_transition_C &&
         a.youngs_modulus_above_tg_GPa == b.youngs_modulus_above_tg_GPa &&
         a.cte_above_tg_ppm_per_K == b.cte_above_tg_ppm_per_K;
}

template <typename Mirror>
bool symmetric(const Package& package, std::span<const double> of_body, double tolerance, Mirror mirror) {
  if (!same(mirror(package.substrate.outline), package.substrate.outline))
    return false;
  const auto images = [&](const auto& bodies, std::size_t first) {
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      const geometry::Box image = mirror(bodies[i].outline);
      const auto match = [&](const auto& other) {
        const std::size_t k = static_cast<std::size_t>(&other - bodies.data());
        return same(other.outline, image) && same(other.thickness_um, bodies[i].thickness_um) &&
               same(other.material, bodies[i].material) &&
               std::abs(of_body[first + k] - of_body[first + i]) <= tolerance;
      };
      if (std::none_of(bodies.begin(), bodies.end(), match))
        return false;
    }
    return true;
  };
  const std::vector<geometry::Box> lid = joins_lid(package) ? package.cooling.lid.plates : std::vector<geometry::Box>{};
  const auto has_image = [&](const geometry::Box& plate) {
    return std::any_of(lid.begin(), lid.end(), [&](const geometry::Box& other) { return same(other, mirror(plate)); });
  };
  if (joins_stiffener(package) && !same(mirror(package.stiffener->outline), package.stiffener->outline))
    return false;
  return images(package.dies, 0) && images(package.engines, package.dies.size()) &&
         std::all_of(lid.begin(), lid.end(), has_image);
}

} // namespace

std::vector<std::vector<PlatePlan::Cover>> covers(const PlateMesh& mesh, std::span<const Footprint> bodies) {
  std::vector<std::vector<PlatePlan::Cover>> cells(mesh.cells());
  for (std::size_t j = 0; j < mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
      const geometry::Box cell{{mesh.x_mm[i], mesh.y_mm[j]}, {mesh.x_mm[i + 1], mesh.y_mm[j + 1]}};
      for (std::size_t b = 0; b < bodies.size(); ++b)
        if (bodies[b].engaged.area_mm2() > 0 && geometry::overlap(cell, bodies[b].outline))
          cells[mesh.cell(i, j)].push_back({b, shared_mm2(cell, bodies[b].engaged) / cell.area_mm2(),
                                            shared_mm2(cell, bodies[b].outline) / cell.area_mm2()});
    }
  return cells;
}

PlatePlan plate_plan(const geometry::Box& substrate, std::vector<Footprint> bodies, bool half_x, bool half_y,
                     const PlateRules& rules, std::span<const geometry::Box> more_edges) {
  std::vector<double> x_edges, y_edges;
  const auto follow = [&](const geometry::Box& box) {
    x_edges.insert(x_edges.end(), {box.min.x_mm, box.max.x_mm});
    y_edges.insert(y_edges.end(), {box.min.y_mm, box.max.y_mm});
  };
  for (const Footprint& body : bodies)
    if (body.engaged.area_mm2() > 0)
      follow(body.engaged);
  std::for_each(more_edges.begin(), more_edges.end(), follow);
  const auto planes = [&](std::vector<double>& edges, double low, double high, bool half) {
    const double from = half ? (low + high) / 2 : low;
    std::erase_if(edges, [&](double edge) { return edge <= from || edge >= high; });
    return graded(merged_edges(edges, from, high, rules.merge_mm), rules);
  };
  PlatePlan plan;
  plan.mesh = {planes(x_edges, substrate.min.x_mm, substrate.max.x_mm, half_x),
               planes(y_edges, substrate.min.y_mm, substrate.max.y_mm, half_y), half_x, half_y};
  plan.cells = covers(plan.mesh, bodies);
  plan.bodies = std::move(bodies);
  return plan;
}

bool symmetric_in_x(const Package& package, std::span<const double> of_body, double tolerance) {
  return symmetric(package, of_body, tolerance, [](const geometry::Box& b) {
    return geometry::Box{{-b.max.x_mm, b.min.y_mm}, {-b.min.x_mm, b.max.y_mm}};
  });
}

bool symmetric_in_y(const Package& package, std::span<const double> of_body, double tolerance) {
  return symmetric(package, of_body, tolerance, [](const geometry::Box& b) {
    return geometry::Box{{b.min.x_mm, -b.max.y_mm}, {b.max.x_mm, -b.min.y_mm}};
  });
}

} // namespace beachfront::thermal
