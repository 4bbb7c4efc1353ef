// SPDX-License-Identifier: GPL-3.0-or-later
// The design as the disciplines read it: a resolved file turned into their plain structs.
#pragma once

#include "geometry/electrical_escape.hpp"
#include "geometry/package.hpp"
#include "optics/link_budget.hpp"
#include "optics/waveguide.hpp"
#include "power/alternatives.hpp"
#include "power/channel.hpp"
#include "power/engine.hpp"
#include "power/laser.hpp"
#include "study/cost_choices.hpp"
#include "study/library.hpp"
#include "study/stage_keys.hpp"
#include "study/tree.hpp"
#include "thermal/package.hpp"
#include "thermal/solid_mechanics.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::study {

/// What the switch carries; bandwidths count one direction.
struct Traffic {
  double bandwidth_Tbps = 0;
  double lane_rate_Gbps = 0;
  std::string modulation;
  std::optional<long long> ports; ///< that the bandwidth is sold as
  int lanes_per_engine = 0;
};

/// Guides, and what the design fixes instead of leaving it to their modes.
struct GuideChoices {
  optics::Waveguide waveguide;
  std::optional<double> min_bend_radius_mm; ///< empty: from the modes
  std::optional<double> min_pitch_um;       ///< empty: from the modes
  geometry::RoutingRules rules;             ///< all but that radius and pitch
  double connector_loss_dB = 0;             ///< ferrule at the package edge, without the mode mismatch
  double front_panel_loss_dB = 0;           ///< of the connector between the package's fibres and the plant
};

struct Limits {
  double die_max_C = 0;
  double engine_max_C = 0;
  double solder_life_years = 0;
  double ball_pitch_mm = 0; ///< the warpage that a board assembler accepts depends on it
};

/// The electrical lanes between die and engines.
struct ElectricalLanes {
  std::optional<geometry::EscapeRules> rules; ///< empty: no patterned copper above the core
  std::optional<power::StriplinePair> pair;   ///< empty: pair_absent says why
  std::string pair_absent;
  double nyquist_GHz = 0;
  double transition_loss_dB = 0; ///< at each end
  power::ClassLimit limit;
  std::optional<double> reported_loss_dB; ///< the design's own figure, for reports
};

/// Where a part of every engine makes its heat.
struct EnginePart {
  std::string part;      ///< as `engines.power_map` names it
  geometry::Box outline; ///< x along the side, y towards the package edge, from the engine's centre
};

struct Loop {
  double tolerance = 0;
  int max_iterations = 0;
};

struct Design {
  std::string name;
  std::string input_hash;    ///< of the design file's bytes
  std::string resolved_hash; ///< of the resolved design, the same for any order of keys
  StageKeys stages;
  Traffic traffic;
  geometry::Package package;
  ElectricalLanes electrical;
  std::optional<GuideChoices> guides; ///< empty: fibres on the engines
  optics::LinkDesign link;            ///< for guides without the couplings, which the solve finds
  thermal::Package thermal;           ///< without engines: they stand where the layout puts them
  thermal::Engine engine;             ///< what is the same for every engine
  std::vector<EnginePart> engine_parts;
  std::optional<thermal::FieldRules> fields; ///< empty: temperature and stress by the fast models
  power::EngineEnergy energy;
  std::optional<power::RingHeaters> rings;
  power::LaserSource laser;
  double laser_case_C = 0;
  bool serdes_heat_added = false; ///< to the dies' power
  double serdes_energy_factor = 1; ///< on the energy by the channel's loss
  power::Comparison comparison;
  power::Transceiver own_class;
  std::vector<power::Transceiver> alternatives;
  Limits limits;
  Loop loop;
  OwnershipChoices ownership;
  std::optional<FleetChoices> fleet;
};

/// All lanes of the working engines.
inline int lanes(const Design& design) {
  return design.traffic.lanes_per_engine * design.package.engines.count;
}

/// Lasers that feed an engine's lanes. A laser has one wavelength and feeds a lane of it on each of several fibres.
inline int lasers_of_engine(const Design& design) {
  const int wavelengths = design.traffic.lanes_per_engine / design.package.engines.ports.tx;
  return power::lasers_needed(design.package.engines.ports.tx, design.laser.lanes_per_laser) * wavelengths;
}

/// Lasers that feed the lanes of the working engines, none of which shares one.
inline int lasers(const Design& design) {
  return lasers_of_engine(design) * design.package.engines.count;
}

/// Reads, checks and fills a design file: its library, its defaults, then each `path=value` of `settings`.
/// Throws InputError.
Tree open_design(const std::filesystem::path& file, const std::filesystem::path& library_folder,
                 const std::vector<std::string>& settings);

/// The same for a waveguide file.
Tree open_waveguide(const std::filesystem::path& file, const std::filesystem::path& library_folder,
                    const std::vector<std::string>& settings);

/// The library that either of them reads with.
Library open_library(const std::filesystem::path& file, const std::filesystem::path& library_folder);

/// Turns a resolved design into structs. Throws InputError where values contradict one another: engines that cannot
/// carry the switch's bandwidth, ports that do not match the lanes, ion exchange in an alkali-free glass, guides in a
/// glass that is not in the stack-up, dies that overlap.
Design read_design(const Tree& resolved);

} // namespace beachfront::study
