// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/transitions.hpp"

#include "thermal/upper_plates.hpp"

#include <algorithm>
#include <vector>

namespace beachfront::thermal {

Package with_merged_transitions(Package package, double same_K) {
  std::vector<geometry::Material*> materials{&package.substrate.copper, &package.die_joint.underfill,
                                             &package.die_joint.solder, &package.engine_joint.material};
  for (SubstrateLayer& layer : package.substrate.stack_up)
    materials.push_back(&layer.material);
  for (Die& die : package.dies)
    materials.push_back(&die.material);
  for (Engine& engine : package.engines)
    materials.push_back(&engine.material);
  if (Cooling& cooling = package.cooling; joins_lid(package))
    materials.insert(materials.end(), {&cooling.lid.material, &cooling.lid.seal, &cooling.die_tim.material,
                                       &cooling.engine_tim.material});
  if (joins_stiffener(package))
    materials.insert(materials.end(), {&package.stiffener->material, &package.stiffener->adhesive});
  if (joins_board(package))
    materials.push_back(&package.board.body->material);
  std::erase_if(materials, [](const geometry::Material* m) { return !m->glass_transition_C; });
  std::sort(materials.begin(), materials.end(), [](const geometry::Material* a, const geometry::Material* b) {
    return *a->glass_transition_C < *b->glass_transition_C;
  });
  const auto transition_C = [&](std::size_t i) -> double& { return *materials[i]->glass_transition_C; };
  for (std::size_t first = 0, end = 0; first < materials.size(); first = end) {
    double sum_C = 0, temperatures = 0;
    for (end = first; end < materials.size() && (end == first || transition_C(end) - transition_C(first) < same_K);
         ++end)
      if (end == first || transition_C(end) != transition_C(end - 1)) {
        sum_C += transition_C(end);
        ++temperatures;
      }
    for (std::size_t i = first; i < end; ++i)
      transition_C(i) = sum_C / temperatures;
  }
  return package;
}

} // namespace beachfront::thermal
