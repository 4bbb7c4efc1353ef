// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/assembly.hpp"
#include "thermal/plate_increment.hpp"
#include "thermal/unfold.hpp"

#include <map>
#include <tuple>

namespace beachfront::thermal {

namespace {

constexpr std::size_t values_per_node = 6, modes_per_cell = 4;

/// Both axes of a mesh.
struct Axes {
  UnfoldedAxis x, y;
};

Axes axes(const PlateMesh& mesh) {
  return {unfolded_axis(mesh.x_mm, mesh.half_x), unfolded_axis(mesh.y_mm, mesh.half_y)};
}

} // namespace

PlateMesh unfolded(const PlateMesh& mesh) {
  const auto [x, y] = axes(mesh);
  return {x.planes, y.planes, false, false, mesh.reference_mm};
}

PlateField unfolded(const PlateMesh& half, const PlateField& field) {
  const auto [x, y] = axes(half);
  PlateField all;
  for (std::size_t j = 0; j < y.planes.size(); ++j)
    for (std::size_t i = 0; i < x.planes.size(); ++i) {
      const double* value = field.nodes.data() + values_per_node * (x.plane(i) + half.x_mm.size() * y.plane(j));
      const double sx = x.sign(i), sy = y.sign(j);
      // w, w,x, w,y, w,xy, u, v
      all.nodes.insert(all.nodes.end(),
                       {value[0], sx * value[1], sy * value[2], sx * sy * value[3], sx * value[4], sy * value[5]});
    }
  for (std::size_t j = 0; j < y.cells(); ++j)
    for (std::size_t i = 0; i < x.cells(); ++i) {
      const double* mode = field.inner.data() + modes_per_cell * half.cell(x.cell(i), y.cell(j));
      const double sx = x.sign(i), sy = y.sign(j);
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
  whole.finished = half.finished;
  const auto start = nearest_known(half);
  const PlateState& known_state = half.*start;
  add_uppers(known_state.joined, whole);
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
  const auto [x, y] = axes(mesh);
  for (WatchedPlace place : watched_places(whole.package, whole.plan, whole.glass_plies.size())) {
    const auto image = known.find({x.cell(place.i), y.cell(place.j), (place.share_x > 0.5) != x.is_image(place.i),
                                   (place.share_y > 0.5) != y.is_image(place.j)});
    if (image == known.end()) // at the rim of what is watched, but for rounding
      continue;
    if (!image->second->die)
      place.die.reset();
    place.first_stress = state.stresses.size();
    const std::size_t faces = 2 * (whole.glass_plies.size() + (place.die ? 1 : 0));
    for (std::size_t face = 0; face < faces; ++face) {
      InPlaneStress stress = known_state.stresses[image->second->first_stress + face];
      stress.xy_MPa *= x.sign(place.i) * y.sign(place.j);
      state.stresses.push_back(stress);
    }
    whole.places.push_back(place);
  }
  // The factor on the way to idle serves every other state below the transitions as well.
  PlateState aside = state;
  move_to(whole, uniform(whole.package, whole.package.operation.idle_C), Watch::shape, aside, whole.factors);
  for (KnownFactor& factor : whole.factors)
    factor.fields.clear();
  return whole;
}

} // namespace beachfront::thermal
