// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/solid_figures.hpp"

#include "thermal/solid_places.hpp"
#include "thermal/stack.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;

std::size_t substrate_top(const SolidPath& path) {
  double top_mm = 0;
  for (const Body& body : path.bodies)
    if (body.part == Part::ply)
      top_mm = std::max(top_mm, body.top_mm);
  return plane_at(path.grid.z_mm, top_mm);
}

/// Planes of the whole model from one place to another, images included, each with the length it stands for.
struct Station {
  double at_mm, length_mm;
};
std::vector<Station> stations(const std::vector<double>& planes, bool half, double from_mm, double to_mm) {
  std::vector<Station> all;
  const auto add = [&](double at_mm) {
    if (at_mm > from_mm - rounding_mm && at_mm < to_mm + rounding_mm)
      all.push_back({at_mm, 0});
  };
  if (half)
    for (auto p = planes.rbegin(); p != planes.rend(); ++p)
      if (*p > rounding_mm)
        add(-*p);
  for (const double plane : planes)
    add(plane);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    all[i].length_mm += (all[i + 1].at_mm - all[i].at_mm) / 2;
    all[i + 1].length_mm += (all[i + 1].at_mm - all[i].at_mm) / 2;
  }
  return all;
}

/// All nodes of the whole plane inside a box, their heights and the area each stands for.
struct Height {
  geometry::Point at;
  double um;
  double area_mm2;
};
std::vector<Height> heights(const SolidPath& path, const SolidState& state, const geometry::Box& box, std::size_t k) {
  const Grid& grid = path.grid;
  const std::vector<Station> along_x = stations(grid.x_mm, grid.half_x, box.min.x_mm, box.max.x_mm);
  std::vector<Height> found;
  for (const Station& y : stations(grid.y_mm, grid.half_y, box.min.y_mm, box.max.y_mm))
    for (const Station& x : along_x) {
      const geometry::Point at{x.at_mm, y.at_mm};
      found.push_back({at, um_per_mm * displacement_at(path, state, at, k)[2], x.length_mm * y.length_mm});
    }
  return found;
}

/// The plane is fitted by least squares over the area, so that where the grid is fine does not tilt it.
Flatness flatness(const std::vector<Height>& nodes, const geometry::Box& box) {
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right = Eigen::Vector3d::Zero();
  const geometry::Point centre = box.centre();
  for (const Height& height : nodes) {
    const Eigen::Vector3d row(1, height.at.x_mm - centre.x_mm, height.at.y_mm - centre.y_mm);
    normal += height.area_mm2 * row * row.transpose();
    right += height.area_mm2 * height.um * row;
  }
  const Eigen::Vector3d plane = normal.ldlt().solve(right);
  double low = 0, high = 0, middle = 0, nearest = -1;
  for (const Height& height : nodes) {
    const double dx = height.at.x_mm - centre.x_mm, dy = height.at.y_mm - centre.y_mm;
    const double over = height.um - plane(0) - plane(1) * dx - plane(2) * dy;
    low = std::min(low, over);
    high = std::max(high, over);
    const double distance = std::hypot(dx, dy);
    if (nearest < 0 || distance < nearest) {
      nearest = distance;
      middle = over;
    }
  }
  return {high - low, middle > 0};
}

struct CellRange {
  std::size_t i0, i1, j0, j1, k0, k1;
};

/// Cells of a body; empty for a body that lies in the half that is not meshed.
CellRange cells_of(const SolidPath& path, const Body& body) {
  const Grid& grid = path.grid;
  return {plane_at(grid.x_mm, body.outline.min.x_mm), plane_at(grid.x_mm, body.outline.max.x_mm),
          plane_at(grid.y_mm, body.outline.min.y_mm), plane_at(grid.y_mm, body.outline.max.y_mm),
          plane_at(grid.z_mm, body.bottom_mm),        plane_at(grid.z_mm, body.top_mm)};
}

geometry::Box substrate_outline(const SolidPath& path) {
  for (const Body& body : path.bodies)
    if (body.part == Part::ply)
      return body.outline;
  return {};
}

/// Cells of the substrate along one axis: the first and one past the last, and those wholly inside the strips along its
/// low end [first, low) and its high end [high, end). At least one cell each.
struct EdgeCells {
  std::size_t first, low, high, end;
};
EdgeCells edge_cells(const std::vector<double>& planes, double min_mm, double max_mm, double strip_mm) {
  const std::size_t first = plane_at(planes, min_mm), end = plane_at(planes, max_mm);
  const auto beyond = std::upper_bound(planes.begin(), planes.end(), min_mm + strip_mm + rounding_mm);
  const auto low = static_cast<std::size_t>(std::max<std::ptrdiff_t>(beyond - planes.begin() - 1, 0));
  return {first, std::max(low, first + 1), std::min(plane_at(planes, max_mm - strip_mm), end - 1), end};
}

/// How much of a cell lies between two limits, and the middle of that part in the cell's local coordinate.
struct Share {
  double of_cell, local;
};
Share share_of(const std::vector<double>& planes, std::size_t cell, double low_mm, double high_mm) {
  const double a = std::max(planes[cell], low_mm), b = std::min(planes[cell + 1], high_mm);
  const double size = planes[cell + 1] - planes[cell];
  return {(b - a) / size, (a + b - planes[cell] - planes[cell + 1]) / size};
}

geometry::Point middle_of(const Grid& grid, std::size_t i, std::size_t j) {
  return {(grid.x_mm[i] + grid.x_mm[i + 1]) / 2, (grid.y_mm[j] + grid.y_mm[j + 1]) / 2};
}

/// Volume-weighted mean over what of a joint's cells lies inside a box.
std::optional<JointMean> joint_mean(const SolidPath& path, const SolidState& state, const Body& joint,
                                    const geometry::Box& box, std::size_t image) {
  const CellRange range = cells_of(path, joint);
  JointMean mean;
  mean.body = joint.name;
  double total = 0;
  for (std::size_t k = range.k0; k < range.k1; ++k)
    for (std::size_t j = range.j0; j < range.j1; ++j)
      for (std::size_t i = range.i0; i < range.i1; ++i) {
        const Share x = share_of(path.grid.x_mm, i, box.min.x_mm, box.max.x_mm);
        const Share y = share_of(path.grid.y_mm, j, box.min.y_mm, box.max.y_mm);
        if (x.of_cell <= 0 || y.of_cell <= 0)
          continue;
        const Stress stress = stress_MPa(path, state, i, j, k, {x.local, y.local, 0}, image);
        const BrickSize size = cell_size_mm(path.grid, i, j, k);
        const double volume = x.of_cell * size[0] * y.of_cell * size[1] * size[2];
        mean.shear_MPa += volume * std::hypot(stress[3], stress[4]);
        mean.peel_MPa += volume * stress[2];
        total += volume;
      }
  if (total == 0)
    return std::nullopt;
  mean.shear_MPa /= total;
  mean.peel_MPa /= total;
  return mean;
}

/// A place that reaches over a plane of symmetry is meshed in part; what is beyond is in other images and may differ.
void average_images_across(const SolidPath& path, const SolidState& state, const Body& joint,
                           const geometry::Box& place, std::size_t image, JointMean& mean) {
  if (images_of(state) == 1)
    return;
  const Grid& grid = path.grid;
  const std::size_t east_west = 1, north_south = grid.half_x ? 2 : 1;
  std::vector<std::size_t> others{image};
  const auto add = [&](std::size_t mirror) {
    for (std::size_t n = others.size(); n-- > 0;)
      others.push_back(others[n] ^ mirror);
  };
  if (grid.half_x && place.min.x_mm < -rounding_mm && place.max.x_mm > rounding_mm)
    add(east_west);
  if (grid.half_y && place.min.y_mm < -rounding_mm && place.max.y_mm > rounding_mm)
    add(north_south);
  const double share = 1 / static_cast<double>(others.size());
  double shear = 0, peel = 0;
  for (const std::size_t other : others) {
    const std::optional<JointMean> there = joint_mean(path, state, joint, place, other);
    shear += share * there->shear_MPa;
    peel += share * there->peel_MPa;
  }
  mean.shear_MPa = shear;
  mean.peel_MPa = peel;
}

} // namespace

double bottom_deflection_um(const SolidPath& path, const SolidState& state, geometry::Point at) {
  return um_per_mm * displacement_at(path, state, at, substrate_bottom(path))[2];
}

Flatness bottom_flatness(const SolidPath& path, const SolidState& state, const geometry::Box& box) {
  return flatness(heights(path, state, box, substrate_bottom(path)), box);
}

Flatness top_flatness(const SolidPath& path, const SolidState& state, const geometry::Box& box) {
  return flatness(heights(path, state, box, substrate_top(path)), box);
}

GreatestStress greatest_principal(const SolidPath& path, const SolidState& state, Part part, bool glass_only,
                                  double exclusion_mm) {
  GreatestStress greatest;
  for (const Body& body : path.bodies) {
    if (body.part != part || (glass_only && !is_glass(body.material)))
      continue;
    const CellRange range = cells_of(path, body);
    const geometry::Box inner{{body.outline.min.x_mm + exclusion_mm, body.outline.min.y_mm + exclusion_mm},
                              {body.outline.max.x_mm - exclusion_mm, body.outline.max.y_mm - exclusion_mm}};
    for (std::size_t k = range.k0; k < range.k1; ++k)
      for (std::size_t j = range.j0; j < range.j1; ++j)
        for (std::size_t i = range.i0; i < range.i1; ++i) {
          const Share x = share_of(path.grid.x_mm, i, inner.min.x_mm, inner.max.x_mm);
          const Share y = share_of(path.grid.y_mm, j, inner.min.y_mm, inner.max.y_mm);
          if (x.of_cell <= rounding_mm || y.of_cell <= rounding_mm)
            continue;
          for (std::size_t image = 0; image < images_of(state); ++image)
            for (const double height : {-1.0, 0.0, 1.0}) {
              const double found =
                  greatest_principal_MPa(stress_MPa(path, state, i, j, k, {x.local, y.local, height}, image));
              if (found > greatest.principal_MPa)
                greatest = {found, body.name, middle_of(path.grid, i, j)};
            }
        }
  }
  return greatest;
}

std::optional<JointWorst> worst_joint(const SolidPath& path, const SolidState& state, Part part, double patch_mm) {
  std::optional<JointWorst> worst;
  for (const Body& joint : path.bodies) {
    if (joint.part != part)
      continue;
    const geometry::Point a = joint.outline.min, b = joint.outline.max;
    const double west = a.x_mm + patch_mm, east = b.x_mm - patch_mm, south = a.y_mm + patch_mm,
                 north = b.y_mm - patch_mm;
    const std::array<geometry::Box, 8> places{{{{a.x_mm, south}, {west, north}},
                                               {{east, south}, {b.x_mm, north}},
                                               {{west, a.y_mm}, {east, south}},
                                               {{west, north}, {east, b.y_mm}},
                                               {a, {west, south}},
                                               {{east, a.y_mm}, {b.x_mm, south}},
                                               {{a.x_mm, north}, {west, b.y_mm}},
                                               {{east, north}, b}}};
    for (std::size_t image = 0; image < images_of(state); ++image)
      for (std::size_t p = 0; p < places.size(); ++p) {
        std::optional<JointMean> mean = joint_mean(path, state, joint, places[p], image);
        if (!mean)
          continue;
        average_images_across(path, state, joint, places[p], image, *mean);
        mean->at_corner = p >= 4;
        if (!worst)
          worst = JointWorst{*mean, *mean};
        if (mean->shear_MPa > worst->shear.shear_MPa)
          worst->shear = *mean;
        if (mean->peel_MPa > worst->peel.peel_MPa)
          worst->peel = *mean;
      }
  }
  return worst;
}

std::optional<Stress> glass_surface_stress_MPa(const SolidPath& path, const SolidState& state, geometry::Point at) {
  // A guide ends on the substrate's edge, beyond which the cells of a board may go on.
  const geometry::Box outline = substrate_outline(path);
  at = {std::clamp(at.x_mm, outline.min.x_mm + rounding_mm, outline.max.x_mm - rounding_mm),
        std::clamp(at.y_mm, outline.min.y_mm + rounding_mm, outline.max.y_mm - rounding_mm)};
  const Folded folded = fold(path.grid, at);
  const std::size_t i = within(path.grid.x_mm, folded.at.x_mm).cell, j = within(path.grid.y_mm, folded.at.y_mm).cell;
  for (std::size_t k = path.grid.cells_z(); k-- > 0;) {
    const int body = path.grid.body[path.grid.cell(i, j, k)];
    if (body == no_body || path.bodies[static_cast<std::size_t>(body)].part != Part::ply ||
        !is_glass(path.bodies[static_cast<std::size_t>(body)].material))
      continue;
    const Within x = within(path.grid.x_mm, folded.at.x_mm), y = within(path.grid.y_mm, folded.at.y_mm);
    Stress stress = stress_MPa(path, state, i, j, k, {2 * x.share - 1, 2 * y.share - 1, 1}, folded.image);
    stress[3] *= folded.sign_y;
    stress[4] *= folded.sign_x;
    stress[5] *= folded.sign_x * folded.sign_y;
    return stress;
  }
  return std::nullopt;
}

std::vector<EdgeStress> glass_edge_stress(const SolidPath& path, const SolidState& state, double strip_mm) {
  const Grid& grid = path.grid;
  std::vector<EdgeStress> found;
  const auto mean = [&](std::size_t i0, std::size_t i1, std::size_t j0, std::size_t j1, std::size_t k, bool along_x,
                        std::size_t image) {
    EdgeStress edge;
    double area = 0;
    for (std::size_t j = j0; j < j1; ++j)
      for (std::size_t i = i0; i < i1; ++i) {
        const Stress stress = stress_MPa(path, state, i, j, k, {0, 0, 0}, image);
        const BrickSize size = cell_size_mm(grid, i, j, k);
        edge.along_MPa += size[0] * size[1] * stress[along_x ? 0 : 1];
        edge.across_MPa += size[0] * size[1] * stress[2];
        area += size[0] * size[1];
        edge.length_mm = size[along_x ? 0 : 1];
      }
    edge.along_MPa /= area;
    edge.across_MPa /= area;
    return edge;
  };
  const geometry::Box outline = substrate_outline(path);
  const EdgeCells x = edge_cells(grid.x_mm, outline.min.x_mm, outline.max.x_mm, strip_mm),
                  y = edge_cells(grid.y_mm, outline.min.y_mm, outline.max.y_mm, strip_mm);
  // A flaw may lie anywhere in the thickness: the worst cell of a ply stands for its edge cell.
  const auto worst_of = [&](const EdgeStress& a, const EdgeStress& b) {
    return EdgeStress{std::max(a.along_MPa, b.along_MPa), std::max(a.across_MPa, b.across_MPa), a.length_mm};
  };
  for (const Body& body : path.bodies) {
    if (body.part != Part::ply || !is_glass(body.material))
      continue;
    const CellRange range = cells_of(path, body);
    const auto through = [&](std::size_t i0, std::size_t i1, std::size_t j0, std::size_t j1, bool along_x,
                             std::size_t image) {
      EdgeStress worst = mean(i0, i1, j0, j1, range.k0, along_x, image);
      for (std::size_t k = range.k0 + 1; k < range.k1; ++k)
        worst = worst_of(worst, mean(i0, i1, j0, j1, k, along_x, image));
      found.push_back(worst);
    };
    for (std::size_t n = 0; n < image_count(grid); ++n) {
      const std::size_t image = std::min(n, images_of(state) - 1); // images that are alike are one
      for (std::size_t j = y.first; j < y.end; ++j) {
        through(x.high, x.end, j, j + 1, false, image);
        if (!grid.half_x)
          through(x.first, x.low, j, j + 1, false, image);
      }
      for (std::size_t i = x.first; i < x.end; ++i) {
        through(i, i + 1, y.high, y.end, true, image);
        if (!grid.half_y)
          through(i, i + 1, y.first, y.low, true, image);
      }
    }
  }
  return found;
}

geometry::Point bottom_slide_mm(const SolidPath& path, const SolidState& state, geometry::Point at, std::size_t since) {
  const std::array<double, 3> u = displacement_at(path, state, at, substrate_bottom(path), since);
  return {u[0], u[1]};
}

} // namespace beachfront::thermal
