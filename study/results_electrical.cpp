// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_electrical.hpp"

#include "geometry/names.hpp"

namespace beachfront::study {

namespace {

Json engine_json(const geometry::EngineEscape& engine) {
  return {{"name", geometry::engine_name(engine.engine)},
          {"lanes", engine.lanes},
          {"die", engine.die},
          {"die_edge_mm", engine.die_edge_mm},
          {"layers", engine.layers},
          {"tightest", engine.tightest},
          {"trace_length_mm", engine.trace_length_mm},
          {"shortest_trace_mm", engine.shortest_mm}};
}

} // namespace

Json electrical_json(const Design& design, const Solution& solution) {
  const geometry::ElectricalEscape& escape = *solution.electrical;
  Json engines = Json::array();
  for (const geometry::EngineEscape& engine : escape.engines)
    engines.push_back(engine_json(engine));
  Json json = {{"nyquist_GHz", design.electrical.nyquist_GHz},
               {"lanes_per_mm_per_layer", escape.lanes_per_mm_per_layer},
               {"layers_needed", escape.layers_needed},
               {"layers_available", escape.layers_available}};
  if (solution.channel) {
    const power::ChannelFigures& channel = *solution.channel;
    json["impedance_ohm"] = channel.line.impedance_ohm;
    json["loss_dB_per_mm"] = channel.line.loss_dB_per_mm();
    json["conductor_loss_dB_per_mm"] = channel.line.conductor_loss_dB_per_mm;
    json["dielectric_loss_dB_per_mm"] = channel.line.dielectric_loss_dB_per_mm;
    json["limit_basis"] = channel.limit.basis;
    json["worst_margin_dB"] = channel.worst_margin_dB;
    for (std::size_t i = 0; i < engines.size(); ++i) {
      engines[i]["insertion_loss_dB"] = channel.engines[i].insertion_loss_dB;
      engines[i]["limit_dB"] = channel.limit.loss_dB;
    }
  }
  json["engines"] = engines;
  return json;
}

} // namespace beachfront::study
