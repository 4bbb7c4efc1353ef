// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/rule_text.hpp"

#include <algorithm>
#include <map>

namespace beachfront::study {

std::string rule_text(const std::string& rule) {
  static const std::map<std::string, std::string> texts = {
      {"bend_radius", "No bend is sharper than the smallest radius that keeps the bend loss."},
      {"connector_edge", "Ferrules fit side by side on the package edges that take them."},
      {"continuity", "The segments of a guide meet."},
      {"crossing",
       "Guides of a layer cross only where the design allows it, on straights and at a large enough angle."},
      {"die_temperature", "No die is hotter than it may be."},
      {"edge_clearance", "Guides keep their distance to the package edge but at their ferrule."},
      {"engine_clearance", "Engines keep their distance to each other and to dies."},
      {"engine_keep_out", "No engine stands in a keep-out."},
      {"engine_outline", "Every engine stands on the package."},
      {"engine_temperature", "No engine is hotter than it may be."},
      {"fibre_array", "A fibre array fits on its engine."},
      {"gap_capacity", "No gap between bodies has to take more guides than fit at the pitch."},
      {"guide_spacing", "Two guides of a layer are at least a pitch apart, away from crossings."},
      {"keep_out", "Guides keep their distance to dies, engines and keep-outs but at their own engine."},
      {"laser_lanes", "The laser modules feed every lane."},
      {"launch_power", "No lane launches more light than the standard allows."},
      {"lid_covers_source", "The lid covers every source of heat."},
      {"lid_foot_clear", "The lid's foot stands clear of dies and engines."},
      {"receiver_overload", "No receiver gets more light than it takes."},
      {"transmitter", "Extinction ratio and eye closure are within the standard."},
      {"link_margin", "The receiver gets the light it needs."},
      {"loop_divergence", "Laser power and temperature settle."},
      {"no_guided_mode", "The waveguide guides light."},
      {"outline", "No guide leaves the package."},
      {"port", "A guide starts at a port of its engine and ends at its fibre."},
      {"port_bank", "The ports fit on the engine's face."},
      {"ring_lock", "Rings can be tuned over the temperatures that occur."},
      {"stiffener_clear", "The stiffener stands clear of dies, engines and lid."},
      {"tangent", "A guide has no kink."},
      {"waveguide", "The waveguide can be solved."},
  };
  const auto text = texts.find(rule);
  if (text != texts.end())
    return text->second;
  std::string name = rule;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

} // namespace beachfront::study
