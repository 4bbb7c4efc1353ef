// SPDX-License-Identifier: GPL-3.0-or-later
// Movement of an engine against the surface that its joint stands on.
#include "thermal/solid_figures.hpp"
#include "thermal/solid_places.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;

/// Middles of the cells between two limits of the whole model, ascending.
std::vector<double> cell_middles(const std::vector<double>& planes, bool half, double low_mm, double high_mm) {
  std::vector<double> middles;
  for (std::size_t i = 0; i + 1 < planes.size(); ++i)
    for (const double sign : {-1.0, 1.0}) {
      const double at = sign * (planes[i] + planes[i + 1]) / 2;
      if ((half || sign > 0) && low_mm < at && at < high_mm)
        middles.push_back(at);
    }
  std::sort(middles.begin(), middles.end());
  return middles;
}

/// Two neighbours among the middles and the weight of the second: linear between them, and beyond the outermost.
struct Between {
  double first_mm, second_mm, weight;
};
Between between(const std::vector<double>& middles, double at_mm) {
  if (middles.size() < 2)
    return {middles.front(), middles.front(), 0};
  std::size_t first = 0;
  while (first + 2 < middles.size() && middles[first + 1] <= at_mm)
    ++first;
  return {middles[first], middles[first + 1], (at_mm - middles[first]) / (middles[first + 1] - middles[first])};
}

/// The engine's joint: middles of its cells on the whole model, and the planes of its two faces.
struct JointFaces {
  std::vector<double> x_mm, y_mm;
  std::size_t below, above;
};

/// Movement of the upper face of the joint against its lower one: mean over the corners of the cell at a place.
Eigen::Vector3d cell_slip_mm(const SolidPath& path, const SolidState& state, const JointFaces& joint,
                             geometry::Point at) {
  const Folded folded = fold(path.grid, at);
  const std::size_t i = within(path.grid.x_mm, folded.at.x_mm).cell, j = within(path.grid.y_mm, folded.at.y_mm).cell;
  Eigen::Vector3d slip = Eigen::Vector3d::Zero();
  for (std::size_t corner = 0; corner < 4; ++corner) {
    const auto moved = [&](std::size_t k) {
      return displacement_mm(path, state, node(path.grid, i + corner % 2, j + corner / 2, k), path.engines_joined_at,
                             folded.image);
    };
    const auto low = moved(joint.below), high = moved(joint.above);
    slip +=
        Eigen::Vector3d(folded.sign_x * (high[0] - low[0]), folded.sign_y * (high[1] - low[1]), high[2] - low[2]) / 4;
  }
  return slip;
}

/// At a place, from the means of the cells round it. A slip that zigzags from node to node strains a thin film not at
/// all, because the cell's bubble cancels its shear; the cells' means are what the film resists.
Eigen::Vector3d slip_mm_at(const SolidPath& path, const SolidState& state, const JointFaces& joint,
                           geometry::Point at) {
  const Between x = between(joint.x_mm, at.x_mm), y = between(joint.y_mm, at.y_mm);
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (const bool east : {false, true})
    for (const bool north : {false, true}) {
      const double weight = (east ? x.weight : 1 - x.weight) * (north ? y.weight : 1 - y.weight);
      sum += weight *
             cell_slip_mm(path, state, joint, {east ? x.second_mm : x.first_mm, north ? y.second_mm : y.first_mm});
    }
  return sum;
}

/// Mean over a patch, from 5 x 5 places.
Eigen::Vector3d patch_slip_mm(const SolidPath& path, const SolidState& state, const JointFaces& joint,
                              const geometry::Box& patch) {
  constexpr int n = 5;
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (int j = 0; j < n; ++j)
    for (int i = 0; i < n; ++i) {
      const geometry::Point share{(i + 0.5) / n * patch.width_mm(), (j + 0.5) / n * patch.height_mm()};
      sum += slip_mm_at(path, state, joint, patch.min + share) / (n * n);
    }
  return sum;
}

/// std::invalid_argument for an engine without a joint on the mesh.
JointFaces faces_under(const SolidPath& path, const Engine& engine) {
  const geometry::Point low = engine.outline.min, high = engine.outline.max;
  for (const Body& body : path.bodies)
    if (body.part == Part::engine_joint && body.outline.min.x_mm == low.x_mm && body.outline.min.y_mm == low.y_mm)
      return {cell_middles(path.grid.x_mm, path.grid.half_x, low.x_mm, high.x_mm),
              cell_middles(path.grid.y_mm, path.grid.half_y, low.y_mm, high.y_mm),
              plane_at(path.grid.z_mm, body.bottom_mm), plane_at(path.grid.z_mm, body.top_mm)};
  throw std::invalid_argument("no joint lies under engine " + engine.name);
}

} // namespace

PortShift solid_port_shift(const SolidPath& path, const SolidState& state, const Engine& engine, double depth_mm) {
  const JointFaces joint = faces_under(path, engine);
  const bool north_south = engine.ports_face == geometry::Side::north || engine.ports_face == geometry::Side::south;
  const geometry::Point along = north_south ? geometry::Point{1, 0} : geometry::Point{0, 1};
  const geometry::Point across = north_south ? geometry::Point{0, 1} : geometry::Point{1, 0};
  const double inwards = dot(engine.outline.centre() - engine.ports, across) < 0 ? -1 : 1;
  const double width_mm = std::max(engine.port_bank_width_mm, 0.1);
  // A patch as wide as the bank and as deep as light takes to pass, moved along the bank and into the engine.
  const auto patch = [&](double along_mm, double in_mm) {
    const geometry::Point middle = engine.ports + along_mm * along + inwards * (in_mm + depth_mm / 2) * across;
    return patch_slip_mm(
        path, state, joint,
        geometry::box_around(middle, north_south ? width_mm : depth_mm, north_south ? depth_mm : width_mm));
  };
  const Eigen::Vector3d here = patch(0, 0), inside = patch(0, depth_mm), left = patch(-width_mm / 2, 0),
                        right = patch(width_mm / 2, 0);
  const Eigen::Vector3d per_along = (right - left) / width_mm;
  const Eigen::Vector3d per_across = inwards * (inside - here) / depth_mm;
  const Eigen::Vector3d& per_x = north_south ? per_along : per_across;
  const Eigen::Vector3d& per_y = north_south ? per_across : per_along;
  // Where the surface below turns, what stands over it leans along without slipping.
  const auto lift_mm = [&](geometry::Point at) {
    return displacement_at(path, state, at, joint.below, path.engines_joined_at)[2];
  };
  const geometry::Point half = width_mm / 2 * along, deep = depth_mm * inwards * across;
  const double slope_along = (lift_mm(engine.ports + half) - lift_mm(engine.ports - half)) / width_mm;
  const double slope_across = inwards * (lift_mm(engine.ports + deep) - lift_mm(engine.ports)) / depth_mm;
  const double thickness_mm = path.grid.z_mm[joint.above] - path.grid.z_mm[joint.below];
  const Eigen::Vector3d shift_mm = here + thickness_mm * Eigen::Vector3d(north_south ? slope_along : slope_across,
                                                                         north_south ? slope_across : slope_along, 0);
  constexpr double mrad_per_rad = 1e3;
  PortShift shift;
  shift.shift_um = {um_per_mm * shift_mm(0), um_per_mm * shift_mm(1), um_per_mm * shift_mm(2)};
  shift.rotation_mrad = {mrad_per_rad * per_y(2), -mrad_per_rad * per_x(2), mrad_per_rad * (per_x(1) - per_y(0)) / 2};
  shift.pitch_error_um = um_per_mm * std::abs(per_along(north_south ? 0 : 1)) * width_mm / 2;
  return shift;
}

} // namespace beachfront::thermal
