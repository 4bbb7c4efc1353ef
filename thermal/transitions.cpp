// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/transitions.hpp"

#include "thermal/lid.hpp"

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
  std::erase_if(materials, [](const geometry::Material* m) { return !m->glass_transition_C; });
  std::sort(materials.begin(), materials.end(), [](const geometry::Material* a, const geometry::Material* b) {
    return *a->glass_transition_C < *b->glass_transition_C;
  });
  double lowest_C = 0;
  for (std::size_t i = 0; i < materials.size(); ++i) {
    double& transition_C = *materials[i]->glass_transition_C;
    if (i == 0 || transition_C - lowest_C >= same_K)
      lowest_C = transition_C;
    transition_C = lowest_C;
  }
  return package;
}

} // namespace beachfront::thermal
