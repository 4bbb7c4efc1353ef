// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/stage_keys.hpp"

#include "study/hash.hpp"

#include <string_view>
#include <vector>

namespace beachfront::study {

StageKeys stage_keys(const Value& root) {
  using Paths = std::vector<std::string_view>;
  const auto and_also = [](Paths paths, const Paths& more) {
    paths.insert(paths.end(), more.begin(), more.end());
    return paths;
  };
  const Paths not_in_point = {"name", "description", "comparison", "uncertainty"};
  const Paths not_in_engines =
      and_also(not_in_point, {"engines.energy", "engines.modulator", "engines.multiplexer_loss_dB",
                              "engines.ring_lock_C", "engines.max_temperature_C", "asic.max_junction_C",
                              "asic.dies.power_W", "switch.serdes.energy_pJ_per_bit", "switch.serdes.energy_factor",
                              "laser", "link", "fleet", "fibre_attach.coupling_loss_dB",
                              "fibre_attach.connector_loss_dB", "connectors.ferrule.alignment_loss_dB",
                              "connectors.front_panel_loss_dB", "waveguides.engine_transfer_loss_dB"});
  // Engines are placed before their guides are routed, which is where this loss has a say.
  const Paths not_in_cooling = and_also(not_in_engines, {"waveguides.propagation_loss_dB_per_cm"});
  const Paths not_in_assembly = and_also(
      not_in_cooling, {"cooling.ambient_C", "cooling.heat_transfer_W_per_m2K", "cooling.board_heat_transfer_W_per_m2K",
                       "cooling.die_tim.material.conductivity_W_per_mK", "cooling.die_tim.contact_mm2K_per_W",
                       "cooling.engine_tim.material.conductivity_W_per_mK", "cooling.engine_tim.contact_mm2K_per_W",
                       "cooling.lid.material.conductivity_W_per_mK"});
  const Paths not_in_layout =
      and_also(not_in_engines,
               {"cooling", "assembly", "operation", "fidelity.thermal", "fidelity.mesh", "fidelity.loop_tolerance",
                "fidelity.max_iterations", "substrate.stack_up.material.cte_ppm_per_K",
                "substrate.stack_up.material.youngs_modulus_GPa", "substrate.stack_up.material.conductivity_W_per_mK",
                "substrate.board", "substrate.stiffener.material", "substrate.stiffener.thickness_mm",
                "substrate.stiffener.adhesive", "substrate.stiffener.adhesive_thickness_um"});

  StageKeys keys;
  keys.point = hash_without(root, not_in_point);
  keys.cooling = hash_without(root, not_in_cooling);
  keys.assembly = hash_without(root, not_in_assembly);
  keys.layout = hash_without(root, not_in_layout);
  if (const auto guides = root.find("waveguides"))
    keys.modes = hash_without(*guides, {"propagation_loss_dB_per_cm", "engine_transfer_loss_dB"}) ^
                 (root.is("fidelity.optics", "full") ? 1 : 0);
  return keys;
}

} // namespace beachfront::study
