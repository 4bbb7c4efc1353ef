// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/electrical.hpp"

#include "study/hash.hpp"

#include <array>

namespace beachfront::study {

ElectricalFigures solve_electrical(const Design& design, const geometry::Layout& layout, KeptStages& kept) {
  const ElectricalLanes& lanes = design.electrical;
  ElectricalFigures figures;
  if (!lanes.rules || layout.engines.empty())
    return figures;
  figures.escape = geometry::electrical_escape(design.package, layout, *lanes.rules, design.traffic.lanes_per_engine);
  if (!lanes.pair)
    return figures;
  const power::StriplinePair& pair = *lanes.pair;
  const std::array reads{pair.line_um,
                         pair.space_um,
                         pair.copper_thickness_um,
                         pair.film_um,
                         pair.dielectric_constant,
                         pair.loss_tangent,
                         pair.conductivity_MS_per_m,
                         pair.roughness_um,
                         lanes.nyquist_GHz};
  const auto line = kept.pairs.find_or(hash(reads), [&] { return power::pair_figures(pair, lanes.nyquist_GHz); });
  figures.channel =
      power::channel_figures(*figures.escape, *line, lanes.nyquist_GHz, lanes.transition_loss_dB, lanes.limit);
  return figures;
}

} // namespace beachfront::study
