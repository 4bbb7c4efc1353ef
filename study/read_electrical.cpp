// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

#include <fmt/core.h>

namespace beachfront::study {

namespace {

/// The layers with patterned copper above the core, the core being the thickest layer.
struct BuildUp {
  int copper_layers = 0;
  std::optional<Value> film; ///< the first such layer
};

BuildUp read_build_up(const std::vector<Value>& stack_up) {
  std::size_t core = 0;
  for (std::size_t i = 1; i < stack_up.size(); ++i)
    if (stack_up[i].number("thickness_um") > stack_up[core].number("thickness_um"))
      core = i;
  BuildUp build_up;
  for (std::size_t i = 0; i < core; ++i) {
    if (stack_up[i].number("copper_thickness_um") <= 0)
      continue;
    build_up.copper_layers += static_cast<int>(stack_up[i].integer("repeat"));
    if (!build_up.film)
      build_up.film = stack_up[i];
  }
  return build_up;
}

geometry::EscapeRules read_rules(const Value& root, int copper_layers) {
  const Value traces = root.at("substrate.traces");
  geometry::EscapeRules rules;
  rules.die_bump_pitch_um = root.number("asic.bump_pitch_um");
  rules.engine_bump_pitch_um = root.number("engines.bump_pitch_um");
  rules.pad_um = traces.number("via_pad_um");
  rules.bumps_per_pair = root.number("asic.bumps_per_pair");
  rules.serdes_depth_mm = root.number("asic.serdes_depth_mm");
  rules.line_um = traces.number("line_um");
  rules.space_um = traces.number("space_um");
  rules.pair_gap_um = traces.number("pair_gap_um");
  rules.fine_line_um = traces.optional_number("fine_line_um").value_or(root.is("substrate.kind", "glass") ? 5.0 : 8.0);
  rules.fine_space_um = traces.optional_number("fine_space_um").value_or(rules.fine_line_um);
  rules.signal_layers = traces.has("signal_layers") ? static_cast<int>(traces.integer("signal_layers"))
                                                    : geometry::stripline_layers(copper_layers);
  if (rules.signal_layers > copper_layers)
    throw traces.at("signal_layers")
        .error(fmt::format("{}", rules.signal_layers),
               fmt::format("at most the {} layers with copper above the core", copper_layers));
  for (const char* pitch : {"asic.bump_pitch_um", "engines.bump_pitch_um"})
    if (root.number(pitch) <= rules.pad_um)
      throw root.at(pitch).error(fmt::format("{} um", root.number(pitch)),
                                 fmt::format("more than substrate.traces.via_pad_um, {} um", rules.pad_um));
  return rules;
}

power::StriplinePair read_pair(const geometry::EscapeRules& rules, const Value& layer, const geometry::Material& film,
                               const geometry::Material& copper) {
  power::StriplinePair pair;
  pair.line_um = rules.line_um;
  pair.space_um = rules.space_um;
  pair.copper_thickness_um = layer.number("copper_thickness_um");
  pair.film_um = layer.number("thickness_um");
  pair.dielectric_constant = *film.dielectric_constant;
  pair.loss_tangent = *film.loss_tangent;
  pair.conductivity_MS_per_m = *copper.electrical_conductivity_MS_per_m;
  pair.roughness_um = copper.surface_roughness_um.value_or(0);
  return pair;
}

} // namespace

ElectricalLanes read_electrical(const Value& root) {
  const Value serdes = root.at("switch.serdes");
  const double lane_rate_Gbps = root.number("switch.lane_rate_Gbps");
  ElectricalLanes lanes;
  lanes.nyquist_GHz = power::nyquist_GHz(lane_rate_Gbps, serdes.number("coding_overhead"),
                                         root.is("switch.modulation", "pam4") ? 2 : 1);
  lanes.transition_loss_dB = serdes.number("transition_loss_dB");
  lanes.limit = power::class_limit(read_serdes(serdes.text("class")), lane_rate_Gbps);
  if (const auto own_dB = serdes.optional_number("max_channel_loss_dB"))
    lanes.limit = {*own_dB, "the design: switch.serdes.max_channel_loss_dB"};
  lanes.reported_loss_dB = serdes.optional_number("channel_loss_dB");

  const BuildUp build_up = read_build_up(root.items("substrate.stack_up"));
  if (!build_up.film) {
    lanes.pair_absent = "substrate.stack_up has no layer with copper_thickness_um above the core";
    return lanes;
  }
  lanes.rules = read_rules(root, build_up.copper_layers);
  const geometry::Material film = read_material(build_up.film->at("material"));
  const geometry::Material copper = read_material(root.at("substrate.copper"));
  if (!film.dielectric_constant || !film.loss_tangent)
    lanes.pair_absent = "material " + film.name + " has no dielectric_constant and loss_tangent";
  else if (!copper.electrical_conductivity_MS_per_m)
    lanes.pair_absent = "material " + copper.name + " has no electrical_conductivity_MS_per_m";
  else
    lanes.pair = read_pair(*lanes.rules, *build_up.film, film, copper);
  return lanes;
}

} // namespace beachfront::study
