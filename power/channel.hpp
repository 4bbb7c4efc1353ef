// SPDX-License-Identifier: GPL-3.0-or-later
// The electrical channel from the switch die to an engine: impedance and attenuation of a pair of traces between two
// planes, and its insertion loss at Nyquist against what the SerDes class takes.
#pragma once

#include "geometry/electrical_escape.hpp"
#include "power/transceiver.hpp"

#include <string>
#include <vector>

namespace beachfront::power {

/// Two equal traces side by side, midway between two planes, in one dielectric: how a build-up carries a pair.
struct StriplinePair {
  double line_um = 0;             ///< width of a trace
  double space_um = 0;            ///< between the two
  double copper_thickness_um = 0; ///< of the traces
  double film_um = 0;             ///< of dielectric above the traces, and again below
  double dielectric_constant = 0;
  double loss_tangent = 0;
  double conductivity_MS_per_m = 0;
  double roughness_um = 0; ///< root mean square, of every copper face
};

/// What a pair does to a differential signal, per length.
struct PairFigures {
  double impedance_ohm = 0; ///< differential, lossless
  double conductor_loss_dB_per_mm = 0;
  double dielectric_loss_dB_per_mm = 0;
  double loss_dB_per_mm() const { return conductor_loss_dB_per_mm + dielectric_loss_dB_per_mm; }
};

/// Depth at which the current has fallen to 1/e, sqrt(1/(pi f mu0 sigma)).
double skin_depth_um(double frequency_GHz, double conductivity_MS_per_m);

/// Resistance of a rough face over that of a smooth one, 1 + 2/pi atan(1.4 (roughness/skin depth)^2): Hammerstad and
/// Jensen, IEEE MTT-S 1980. At most 2, so it reads low for roughness well beyond the skin depth.
double roughness_factor(double roughness_um, double skin_depth_um);

/// Differential impedance of the pair without loss. Solves Laplace's equation between the planes (bilinear elements,
/// graded to the trace edges, two meshes extrapolated): within 0.05 % of Cohn's exact mapping of traces without
/// thickness (IRE Trans. MTT-3, 29, 1955). Throws std::invalid_argument on lengths that are not positive (a thickness
/// may be 0) or a dielectric constant below 1.
double differential_impedance_ohm(const StriplinePair& pair);

/// The pair at one frequency. Conductor loss by Wheeler's incremental inductance (Proc. IRE 30, 412, 1942), good where
/// every thickness is several skin depths; dielectric loss pi f sqrt(er) tan(delta)/c. Throws as above, and on a trace
/// without thickness, a frequency or conductivity that is not positive, a negative roughness or loss tangent.
PairFigures pair_figures(const StriplinePair& pair, double frequency_GHz);

/// Half the symbol rate of a lane of `lane_rate_Gbps` payload that carries `coding_overhead` more for coding.
/// Throws std::invalid_argument on fewer than one bit a symbol.
double nyquist_GHz(double lane_rate_Gbps, double coding_overhead, int bits_per_symbol);

/// Largest insertion loss at Nyquist that a class takes, from bump to bump, and where the figure comes from.
struct ClassLimit {
  double loss_dB = 0;
  std::string basis;
};
ClassLimit class_limit(HostSerdes serdes, double lane_rate_Gbps);

/// One engine's worst lane.
struct EngineChannel {
  int engine = 0; ///< index, as placed
  int lanes = 0;
  geometry::Point place; ///< centre of the engine
  double trace_length_mm = 0;
  double insertion_loss_dB = 0;
};

struct ChannelFigures {
  double nyquist_GHz = 0;
  PairFigures line;
  ClassLimit limit;
  std::vector<EngineChannel> engines; ///< as ElectricalEscape::engines
  double worst_margin_dB = 0;         ///< limit less the loss of the worst engine
  std::vector<geometry::Violation> violations;
};

/// Loss of every engine's longest lane: its length of `line`, which stands at Nyquist, and `transition_loss_dB` at each
/// end for bumps and vias.
/// Adds "channel_loss" for the worst engine where it is beyond the limit.
ChannelFigures channel_figures(const geometry::ElectricalEscape& escape, const PairFigures& line, double nyquist_GHz,
                               double transition_loss_dB, const ClassLimit& limit);

} // namespace beachfront::power
