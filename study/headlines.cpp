// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/headlines.hpp"

namespace beachfront::study {

const std::vector<Headline>& headlines() {
  static const std::vector<Headline> all = {
      {"escape.per_direction_Tbps", "bandwidth, one direction", "Tb/s"},
      {"escape.die_shoreline_Tbps_per_mm", "escape per die shoreline", "Tb/s/mm"},
      {"escape.package_edge_Tbps_per_mm", "escape per package edge", "Tb/s/mm"},
      {"escape.package_areal_Tbps_per_mm2", "escape per package area", "Tb/s/mm2"},
      {"electrical.engines[max].trace_length_mm", "longest electrical trace", "mm"},
      {"electrical.worst_margin_dB", "electrical margin, worst", "dB", Against::difference},
      {"routing.routed", "guides routed", ""},
      {"routing.length_mm.max", "longest guide", "mm"},
      {"routing.loss_dB.mean", "routing loss, mean", "dB", Against::difference},
      {"routing.loss_dB.max", "routing loss, worst", "dB", Against::difference},
      {"routing.loss_over_bound", "routing loss over its bound", ""},
      {"temperature.asic_max_C", "switch die, hottest", "C", Against::difference},
      {"temperature.engines[max].max_C", "engines, hottest", "C", Against::difference},
      {"mechanics.warpage_um.reflow", "warpage at reflow", "um"},
      {"mechanics.warpage_um.room", "warpage at room temperature", "um"},
      {"mechanics.warpage_um.operating", "warpage operating", "um"},
      {"mechanics.die_max_principal_MPa", "die stress", "MPa"},
      {"mechanics.glass_max_principal_MPa", "glass stress", "MPa"},
      {"mechanics.interface_shear_MPa", "interface shear", "MPa"},
      {"mechanics.interface_peel_MPa", "interface peel", "MPa"},
      {"mechanics.glass_splitting_J_per_m2", "glass splitting", "J/m2"},
      {"mechanics.solder_cycles_to_failure", "solder life", "cycles"},
      {"link.worst_margin_dB", "link margin, worst", "dB", Against::difference},
      {"link.laser_power_dBm", "laser power, optical", "dBm", Against::difference},
      {"link.laser_electrical_W", "laser power, electrical", "W"},
      {"power.alternatives[0].total_W", "power, whole link", "W"},
      {"power.alternatives[0].pJ_per_bit", "energy", "pJ/bit"},
      {"power.saving_vs_pluggable", "saving against pluggables", ""},
      {"power.alternatives[0].capex_eur", "optics, purchase", "EUR"},
      {"power.alternatives[0].tco_eur", "optics, cost of ownership", "EUR"},
  };
  return all;
}

} // namespace beachfront::study
