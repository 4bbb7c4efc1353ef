// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/body.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double same_plane_mm = 1e-9;

/// A plane that must be in the grid, and the cell size wanted at it.
struct Plane {
  double at_mm = 0;
  double size_mm = 0;
};

std::vector<Plane> merged(std::vector<Plane> planes) {
  std::sort(planes.begin(), planes.end(), [](const Plane& a, const Plane& b) { return a.at_mm < b.at_mm; });
  std::vector<Plane> kept;
  for (const Plane& plane : planes)
    if (!kept.empty() && plane.at_mm - kept.back().at_mm < same_plane_mm)
      kept.back().size_mm = std::min(kept.back().size_mm, plane.size_mm);
    else
      kept.push_back(plane);
  return kept;
}

/// Integral of 1/size from a plane, where the size grows linearly with the distance up to the largest.
struct Growth {
  double slope = 0;
  double largest_mm = 0;

  double cells(double size_mm, double length_mm) const {
    const double grown_mm = std::max(0.0, (largest_mm - size_mm) / slope);
    if (length_mm <= grown_mm)
      return std::log1p(slope * length_mm / size_mm) / slope;
    return std::log1p(slope * grown_mm / size_mm) / slope + (length_mm - grown_mm) / std::max(largest_mm, size_mm);
  }
  double length_mm(double size_mm, double cells_wanted) const {
    const double grown_mm = std::max(0.0, (largest_mm - size_mm) / slope);
    const double grown = std::log1p(slope * grown_mm / size_mm) / slope;
    if (cells_wanted <= grown)
      return size_mm * std::expm1(slope * cells_wanted) / slope;
    return grown_mm + (cells_wanted - grown) * std::max(largest_mm, size_mm);
  }
};

/// Planes strictly between a and b. The sizes of both ends grow towards each other and meet where they are equal.
void fill(const Plane& a, const Plane& b, const Growth& growth, std::vector<double>& out) {
  const double length_mm = b.at_mm - a.at_mm;
  const double meet_mm = std::clamp((length_mm + (b.size_mm - a.size_mm) / growth.slope) / 2, 0.0, length_mm);
  const double left = growth.cells(a.size_mm, meet_mm), right = growth.cells(b.size_mm, length_mm - meet_mm);
  const double cells = std::max(1.0, std::ceil(left + right - 1e-6));
  for (double n = 1; n < cells; ++n) {
    const double share = n * (left + right) / cells;
    out.push_back(share <= left ? a.at_mm + growth.length_mm(a.size_mm, share)
                                : b.at_mm - growth.length_mm(b.size_mm, left + right - share));
  }
}

/// Sizes at the planes themselves obey the growth too: a coarse plane beside a fine one is made finer.
void limit_growth(std::vector<Plane>& planes, double slope) {
  for (std::size_t i = 1; i < planes.size(); ++i)
    planes[i].size_mm =
        std::min(planes[i].size_mm, planes[i - 1].size_mm + slope * (planes[i].at_mm - planes[i - 1].at_mm));
  for (std::size_t i = planes.size() - 1; i-- > 0;)
    planes[i].size_mm =
        std::min(planes[i].size_mm, planes[i + 1].size_mm + slope * (planes[i + 1].at_mm - planes[i].at_mm));
}

/// All planes of the grid, and where among them each given plane is.
struct Graded {
  std::vector<double> planes_mm;
  std::vector<std::size_t> given;
};
Graded filled(const std::vector<Plane>& planes, const Growth& growth) {
  Graded all;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    all.given.push_back(all.planes_mm.size());
    all.planes_mm.push_back(planes[i].at_mm);
    if (i + 1 < planes.size())
      fill(planes[i], planes[i + 1], growth, all.planes_mm);
  }
  return all;
}

/// Whole cells are smaller than the sizes asked for, most of all in a narrow gap. Where the two cells at a plane
/// therefore differ too much, the plane asks for the smaller one. Returns whether any does.
bool adopt_smaller_cells(std::vector<Plane>& planes, const Graded& all, double growth) {
  bool adopted = false;
  for (std::size_t i = 1; i + 1 < planes.size(); ++i) {
    const double* const at = &all.planes_mm[all.given[i]];
    const auto [smaller, larger] = std::minmax({at[0] - at[-1], at[1] - at[0]});
    if (larger <= growth * smaller * (1 + 1e-10) || planes[i].size_mm <= smaller * (1 - 1e-10))
      continue;
    planes[i].size_mm = std::min(planes[i].size_mm * (1 - 1e-3), smaller);
    adopted = true;
  }
  return adopted;
}

std::vector<double> graded(std::vector<Plane> planes, const GridRules& rules) {
  planes = merged(std::move(planes));
  const Growth growth{std::log(rules.growth), rules.largest_mm};
  // The size that grows is that at a point; the first cell of size s is (growth - 1) / ln(growth) times as long.
  const double at_point = growth.slope / std::expm1(growth.slope);
  for (Plane& plane : planes)
    if (plane.size_mm < rules.largest_mm)
      plane.size_mm *= at_point;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i) {
    const double gap_mm = planes[i + 1].at_mm - planes[i].at_mm;
    planes[i].size_mm = std::min(planes[i].size_mm, gap_mm);
    planes[i + 1].size_mm = std::min(planes[i + 1].size_mm, gap_mm);
  }
  Graded all;
  do {
    limit_growth(planes, growth.slope);
    all = filled(planes, growth);
  } while (adopt_smaller_cells(planes, all, rules.growth));
  return all.planes_mm;
}

bool has_fine_edges(Part part) {
  return part == Part::die || part == Part::engine || part == Part::ply;
}

/// Planes along one axis; a symmetric model keeps what lies above 0.
std::vector<double> planes_along(std::span<const Body> bodies, const GridRules& rules, bool along_x, bool half) {
  std::vector<Plane> planes;
  const auto add = [&](double at_mm, double size_mm) {
    if (!half || at_mm > same_plane_mm)
      planes.push_back({at_mm, size_mm});
  };
  for (const Body& body : bodies) {
    const double low = along_x ? body.outline.min.x_mm : body.outline.min.y_mm;
    const double high = along_x ? body.outline.max.x_mm : body.outline.max.y_mm;
    const double size = has_fine_edges(body.part) ? rules.edge_mm : rules.largest_mm;
    add(low, size);
    add(high, size);
    if (rules.edge_patch_mm > 0 && has_fine_edges(body.part) && high - low > 4 * rules.edge_patch_mm) {
      add(low + rules.edge_patch_mm, size);
      add(high - rules.edge_patch_mm, size);
    }
  }
  if (half)
    planes.push_back({0, rules.largest_mm});
  return graded(std::move(planes), rules);
}

std::vector<double> planes_across(std::span<const Body> bodies, double layer_mm) {
  std::vector<double> faces;
  for (const Body& body : bodies) {
    faces.push_back(body.bottom_mm);
    faces.push_back(body.top_mm);
  }
  std::sort(faces.begin(), faces.end());
  std::vector<double> planes;
  for (const double face : faces) {
    if (!planes.empty() && face - planes.back() < same_plane_mm)
      continue;
    if (!planes.empty()) {
      const double from = planes.back();
      const double cells = std::ceil((face - from) / layer_mm - 1e-6);
      for (double n = 1; n < cells; ++n)
        planes.push_back(from + n * (face - from) / cells);
    }
    planes.push_back(face);
  }
  return planes;
}

/// First and one past the last cell between two faces.
struct CellRange {
  std::size_t first, last;
};
CellRange range(const std::vector<double>& planes, double low, double high) {
  const auto index = [&](double at) {
    return static_cast<std::size_t>(std::lower_bound(planes.begin(), planes.end(), at - same_plane_mm) -
                                    planes.begin());
  };
  return {index(low), index(high)};
}

} // namespace

Grid grid(std::span<const Body> bodies, const GridRules& rules, bool half_x, bool half_y) {
  Grid grid;
  grid.half_x = half_x;
  grid.half_y = half_y;
  grid.x_mm = planes_along(bodies, rules, true, half_x);
  grid.y_mm = planes_along(bodies, rules, false, half_y);
  grid.z_mm = planes_across(bodies, rules.layer_um * 1e-3);
  grid.body.assign(grid.cells(), no_body);
  for (std::size_t b = 0; b < bodies.size(); ++b) {
    const Body& body = bodies[b];
    const CellRange x = range(grid.x_mm, body.outline.min.x_mm, body.outline.max.x_mm);
    const CellRange y = range(grid.y_mm, body.outline.min.y_mm, body.outline.max.y_mm);
    const CellRange z = range(grid.z_mm, body.bottom_mm, body.top_mm);
    for (std::size_t k = z.first; k < z.last; ++k)
      for (std::size_t j = y.first; j < y.last; ++j)
        for (std::size_t i = x.first; i < x.last; ++i)
          grid.body[grid.cell(i, j, k)] = static_cast<int>(b);
  }
  return grid;
}

} // namespace beachfront::thermal
