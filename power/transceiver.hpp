// SPDX-License-Identifier: GPL-3.0-or-later
// A class of optics as data: what a module or a co-packaged engine draws, what it asks of the host, what it costs.
// Energies and pJ/bit count the bits of one direction (a 1.6 Tb/s module carries 1.6 Tb/s each way).
#pragma once

#include "power/estimate.hpp"
#include "power/latency.hpp"

#include <optional>
#include <string>

namespace beachfront::power {

enum class TransceiverKind {
  pluggable_dsp,    ///< retimed both ways in the module
  half_retimed,     ///< retimed on transmit only (LRO, TRO)
  linear_pluggable, ///< no retimer (LPO): the host equalises the optical channel too
  cpo_fibre,        ///< co-packaged engine, fibres glued to it
  cpo_glass,        ///< co-packaged engine on a glass core with waveguides
  near_packaged,    ///< engine on a socket beside the package (NPO), its fibres glued or detachable
};

/// Electrical reach class of the host's SerDes (OIF CEI).
enum class HostSerdes { long_reach, very_short_reach, extra_short_reach, linear };

/// Where the electrical power of one module goes, at its own supply pins; zero where a class has no such part. Of a
/// co-packaged class `laser_W` is drawn in the external laser module, the rest in the engine.
struct ModulePower {
  Estimate dsp_W;      ///< DSP, retimer or clock recovery
  Estimate driver_W;   ///< modulator drivers, modulators included
  Estimate receiver_W; ///< transimpedance amplifiers and photodiodes
  Estimate control_W;  ///< ring heaters and control loops
  Estimate laser_W;    ///< lasers with their cooler and supply
  Estimate other_W;    ///< microcontroller, thermo-electric cooler, DC-DC conversion
};

/// One entry of the transceiver library. Facts and conflicts between sources: the entries of
/// designs/library/transceivers.yaml carry their own.
struct Transceiver {
  std::string name;
  TransceiverKind kind = TransceiverKind::pluggable_dsp;
  double bandwidth_Tbps = 0; ///< of the module that `power` describes, one direction
  HostSerdes host_serdes = HostSerdes::long_reach;
  Estimate host_energy_pJ_per_bit; ///< both ends of the port on the switch die: transmitter and receiver
  Estimate channel_loss_dB;        ///< switch die to module, at Nyquist
  ModulePower power;
  std::optional<Estimate> price_usd_per_Gbps; ///< to the switch's buyer or maker, as its source says; lasers included
  std::optional<Estimate> annual_failure_fraction_per_400G_port;
  std::string source;
  std::optional<ModuleLatency> latency{};  ///< of one module or engine, each side once
  std::optional<Estimate> host_reach_mm{}; ///< of copper between switch die and module that the class is for
};

/// Energy for each bit: 1 W over 1 Tb/s is 1 pJ/bit. `bandwidth_Tbps` must be positive.
inline double energy_pJ_per_bit(double power_W, double bandwidth_Tbps) {
  return power_W / bandwidth_Tbps;
}

/// What the module draws without its lasers. Low and high take every part at that end of its range at once, so they
/// bound the sum; independent parts spread less.
Estimate optics_power_W(const ModulePower& power);

/// What the module draws, lasers included, with the bounds of optics_power_W.
Estimate module_power_W(const ModulePower& power);

/// Why this entry cannot be compared, or nothing: a bandwidth that is not positive, a figure that is negative, not
/// finite or outside its own range, or no power at all. Names the field and its numbers.
std::optional<std::string> invalid_reason(const Transceiver& transceiver);

} // namespace beachfront::power
