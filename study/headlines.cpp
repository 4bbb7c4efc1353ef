// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/headlines.hpp"

namespace beachfront::study {
namespace {

constexpr Against ratio = Against::ratio;
constexpr Against difference = Against::difference;
constexpr bool detail = true;
constexpr bool magnitude = true;
constexpr bool where_any = true;
constexpr double least_warpage_um = 0.1; // measurement resolves about a micrometre

std::vector<HeadlineGroup> mechanical_groups() {
  return {
      {"temperature",
       {{"temperature.asic_max_C", "switch die, hottest", "C", difference},
        {"temperature.asic_mean_C", "switch die, mean", "C", difference, detail},
        {"temperature.engines[max].max_C", "engines, hottest", "C", difference},
        {"temperature.substrate_max_C", "substrate, hottest", "C", difference, detail},
        {"temperature.coupling_K_per_W.die_to_engine_max", "dies heat an engine by", "K/W", ratio, detail}}},
      {"warpage",
       {{"mechanics.steps[].warpage_um", "warpage joining ", "um", ratio, detail, false, least_warpage_um},
        {"mechanics.warpage_um.reflow", "warpage at reflow", "um", ratio, false, false, least_warpage_um},
        {"mechanics.warpage_um.room", "warpage at room temperature", "um", ratio, false, false, least_warpage_um},
        {"mechanics.warpage_um.mounted", "warpage on the board, room", "um", ratio, detail, false, least_warpage_um,
         where_any},
        {"mechanics.warpage_um.idle", "warpage idle", "um", ratio, detail, false, least_warpage_um},
        {"mechanics.warpage_um.operating", "warpage operating", "um", ratio, false, false, least_warpage_um},
        {"mechanics.package_coplanarity_um", "ball side, coplanarity", "um", ratio, detail, false, least_warpage_um},
        {"mechanics.die_area_coplanarity_um", "under the dies, coplanarity", "um", ratio, detail, false,
         least_warpage_um},
        {"mechanics.engines[max].seat_coplanarity_um", "engine seats, coplanarity", "um", ratio, detail, false,
         least_warpage_um}}},
      {"stress",
       {{"mechanics.die_max_principal_MPa", "die stress", "MPa"},
        {"mechanics.engine_max_principal_MPa", "engine stress", "MPa", ratio, detail},
        {"mechanics.glass_max_principal_MPa", "glass stress", "MPa"},
        {"mechanics.glass_via_wall_MPa", "stress at via walls", "MPa", ratio, detail},
        {"mechanics.glass_via_inside_MPa", "stress at vias, in the core", "MPa", ratio, detail},
        {"mechanics.guide_stress.lateral_less_vertical_MPa.mean", "guide stress, side less up", "MPa", ratio, detail},
        {"mechanics.interface_shear_MPa", "interface shear", "MPa"},
        {"mechanics.interface_peel_MPa", "interface peel", "MPa"},
        {"mechanics.die_joint.shear_MPa", "die joint, shear", "MPa", ratio, detail},
        {"mechanics.die_joint.peel_MPa", "die joint, peel", "MPa", ratio, detail},
        {"mechanics.engine_joint.shear_MPa", "engine joint, shear", "MPa", ratio, detail},
        {"mechanics.engine_joint.peel_MPa", "engine joint, peel", "MPa", ratio, detail},
        {"mechanics.stiffener_joint.shear_MPa", "stiffener's adhesive, shear", "MPa", ratio, detail, false, 0,
         where_any},
        {"mechanics.stiffener_joint.peel_MPa", "stiffener's adhesive, peel", "MPa", ratio, detail, false, 0,
         where_any}}},
      {"life and fracture",
       {{"mechanics.glass_splitting_J_per_m2", "glass splitting", "J/m2"},
        {"mechanics.glass_splitting_limit_J_per_m2", "glass splits at once at", "J/m2", ratio, detail},
        {"mechanics.glass_splitting_design_limit_J_per_m2", "glass splits slowly at", "J/m2", ratio, detail},
        {"mechanics.glass_splitting_flaw_J_per_m2", "splitting by an edge's flaw", "J/m2", ratio, detail},
        {"mechanics.glass_splitting_critical_flaw_um", "flaw that splits at once", "um", ratio, detail},
        {"mechanics.glass_edge.tension_MPa", "glass edge, tension", "MPa", ratio, detail},
        {"mechanics.glass_edge.allowed_MPa", "glass edge, tension allowed", "MPa", ratio, detail},
        {"mechanics.glass_edge.probability_at_once", "glass edge, breaks at once", "", ratio, detail},
        {"mechanics.glass_edge.probability_over_life", "glass edge, breaks in life", "", ratio, detail},
        {"mechanics.solder_strain_range", "solder strain range", "", ratio, detail},
        {"mechanics.solder_cycles_to_failure", "solder life", "cycles"},
        {"mechanics.solder_life_years", "solder life in years", "a", ratio, detail}}},
      {"engine against its ports",
       {{"mechanics.engines[max].shift_um[0]", "engine shift x, most", "um", ratio, detail, magnitude},
        {"mechanics.engines[max].shift_um[1]", "engine shift y, most", "um", ratio, detail, magnitude},
        {"mechanics.engines[max].shift_um[2]", "engine shift z, most", "um", ratio, detail, magnitude},
        {"mechanics.engines[max].rotation_mrad[0]", "engine tilt about x, most", "mrad", ratio, detail, magnitude},
        {"mechanics.engines[max].rotation_mrad[1]", "engine tilt about y, most", "mrad", ratio, detail, magnitude},
        {"mechanics.engines[max].rotation_mrad[2]", "engine turn about z, most", "mrad", ratio, detail, magnitude},
        {"mechanics.engines[max].pitch_error_um", "port pitch error, most", "um", ratio, detail, magnitude}}},
  };
}

std::vector<HeadlineGroup> all_groups() {
  std::vector<HeadlineGroup> groups = {
      {"escape",
       {{"escape.per_direction_Tbps", "bandwidth, one direction", "Tb/s"},
        {"escape.die_shoreline_Tbps_per_mm", "escape per die shoreline", "Tb/s/mm"},
        {"escape.package_edge_Tbps_per_mm", "escape per package edge", "Tb/s/mm"},
        {"escape.package_areal_Tbps_per_mm2", "escape per package area", "Tb/s/mm2"},
        {"electrical.engines[max].trace_length_mm", "longest electrical trace", "mm"},
        {"electrical.worst_margin_dB", "electrical margin, worst", "dB", difference},
        {"routing.routed", "guides routed", ""},
        {"routing.length_mm.max", "longest guide", "mm"},
        {"routing.loss_dB.mean", "routing loss, mean", "dB", difference},
        {"routing.loss_dB.max", "routing loss, worst", "dB", difference},
        {"routing.loss_over_bound", "routing loss over its bound", ""}}},
  };
  for (HeadlineGroup& group : mechanical_groups())
    groups.push_back(std::move(group));
  groups.push_back({"light",
                    {{"link.worst_margin_dB", "link margin, worst", "dB", difference},
                     {"link.misalignment_max_dB", "misalignment, worst", "dB", difference, detail},
                     {"link.laser_power_dBm", "laser power, optical", "dBm", difference},
                     {"link.laser_electrical_W", "laser power, electrical", "W"}}});
  groups.push_back({"power and cost",
                    {{"power.alternatives[0].total_W", "power, whole link", "W"},
                     {"power.alternatives[0].pJ_per_bit", "energy", "pJ/bit"},
                     {"power.saving_vs_pluggable", "saving against pluggables", ""},
                     {"power.alternatives[0].capex_eur", "optics, purchase", "EUR"},
                     {"power.alternatives[0].tco_eur", "optics, cost of ownership", "EUR"}}});
  return groups;
}

} // namespace

const std::vector<Headline>& headlines() {
  static const std::vector<Headline> all = [] {
    std::vector<Headline> chosen;
    for (const HeadlineGroup& group : comparison_headlines())
      for (const Headline& headline : group.headlines)
        if (!headline.detail)
          chosen.push_back(headline);
    return chosen;
  }();
  return all;
}

const std::vector<HeadlineGroup>& comparison_headlines() {
  static const std::vector<HeadlineGroup> groups = all_groups();
  return groups;
}

} // namespace beachfront::study
