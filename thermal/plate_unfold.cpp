// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"
#include "thermal/plate_increment.hpp"

#include <map>
#include <tuple>

namespace beachfront::thermal {

namespace {

constexpr std::size_t values_per_node = 6, modes_per_cell = 4;

/// A plane or cell of the whole mesh in the half.
struct Image {
  std::size_t index = 0;
  bool mirrored = false;
};

Image plane_in_half(std::size_t plane, std::size_t half_planes, bool half) {
  const std::size_t middle = half ? half_planes - 1 : 0;
  return plane < middle ? Image{middle - plane, true} : Image{plane - middle, false};
}

Image cell_in_half(std::size_t cell, std::size_t half_cells, bool half) {
  const std::size_t middle = half ? half_cells : 0;
  return cell < middle ? Image{middle - 1 - cell, true} : Image{cell - middle, false};
}

std::vector<double> unfolded(const std::vector<double>& planes, bool half) {
  std::vector<double> whole;
  for (std::size_t i = planes.size() - 1; half && i > 0; --i)
    whole.push_back(2 * planes.front() - planes[i]);
  whole.insert(whole.end(), planes.begin(), planes.end());
  return whole;
}

double sign(bool mirrored) {
  return mirrored ? -1 : 1;
}

} // namespace

PlateMesh unfolded(const PlateMesh& mesh) {
  return {unfolded(mesh.x_mm, mesh.half_x), unfolded(mesh.y_mm, mesh.half_y), false, false, mesh.reference_mm};
}

PlateField unfolded(const PlateMesh& half, const PlateField& field) {
  const PlateMesh whole = unfolded(half);
  PlateField all;
  for (std::size_t j = 0; j < whole.y_mm.size(); ++j)
    for (std::size_t i = 0; i < whole.x_mm.size(); ++i) {
      const Image x = plane_in_half(i, half.x_mm.size(), half.half_x),
                  y = plane_in_half(j, half.y_mm.size(), half.half_y);
      const double* value = field.nodes.data() + values_per_node * (x.index + half.x_mm.size() * y.index);
      const double sx = sign(x.mirrored), sy = sign(y.mirrored);
      // w, w,x, w,y, w,xy, u, v
      all.nodes.insert(all.nodes.end(),
                       {value[0], sx * value[1], sy * value[2], sx * sy * value[3], sx * value[4], sy * value[5]});
    }
  for (std::size_t j = 0; j < whole.cells_y(); ++j)
    for (std::size_t i = 0; i < whole.cells_x(); ++i) {
      const Image x = cell_in_half(i, half.cells_x(), half.half_x), y = cell_in_half(j, half.cells_y(), half.half_y);
      const double* mode = field.inner.data() + modes_per_cell * half.cell(x.index, y.index);
      const double sx = sign(x.mirrored), sy = sign(y.mirrored);
      all.inner.insert(all.inner.end(), {sx * mode[0], sx * mode[1], sy * mode[2], sy * mode[3]});
    }
  return all;
}

PlateAssembly unfolded(const PlateAssembly& half) {
  PlateAssembly whole;
  whole.package = half.package;
  whole.plies = half.plies;
  whole.glass_plies = half.glass_plies;
  whole.plan.mesh = unfolded(half.plan.mesh);
  whole.plan.bodies = half.plan.bodies;
  whole.plan.cells = covers(whole.plan.mesh, whole.plan.bodies);
  whole.system = plate_system(whole.plan.mesh);
  add_lid(whole);
  const auto start = whole.lid.empty() ? &PlateAssembly::assembled : &PlateAssembly::room;
  const PlateState& known_state = half.*start;
  PlateState& state = whole.*start;
  state = known_state;
  const PlateMesh& mesh = half.plan.mesh;
  state.since_birth = unfolded(mesh, known_state.since_birth);
  if (known_state.joined.engines)
    state.since_engines = unfolded(mesh, known_state.since_engines);

  // The stresses of a place are those of its image, the shear turned.
  using Key = std::tuple<std::size_t, std::size_t, bool, bool>; // cell, in its upper half along x, along y
  std::map<Key, const WatchedPlace*> known;
  for (const WatchedPlace& place : half.places)
    known[{place.i, place.j, place.share_x > 0.5, place.share_y > 0.5}] = &place;
  state.stresses.clear();
  for (WatchedPlace place : watched_places(whole.package, whole.plan, whole.glass_plies.size())) {
    const Image x = cell_in_half(place.i, mesh.cells_x(), mesh.half_x),
                y = cell_in_half(place.j, mesh.cells_y(), mesh.half_y);
    const auto image =
        known.find({x.index, y.index, (place.share_x > 0.5) != x.mirrored, (place.share_y > 0.5) != y.mirrored});
    if (image == known.end()) // at the rim of what is watched, but for rounding
      continue;
    if (!image->second->die)
      place.die.reset();
    place.first_stress = state.stresses.size();
    const std::size_t faces = 2 * (whole.glass_plies.size() + (place.die ? 1 : 0));
    for (std::size_t face = 0; face < faces; ++face) {
      InPlaneStress stress = known_state.stresses[image->second->first_stress + face];
      stress.xy_MPa *= sign(x.mirrored) * sign(y.mirrored);
      state.stresses.push_back(stress);
    }
    whole.places.push_back(place);
  }
  return whole;
}

} // namespace beachfront::thermal
