// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of a resolved design, each to the structs of the discipline that reads it. Part of read_design().
#pragma once

#include "study/design.hpp"

namespace beachfront::study {

geometry::Material read_material(const Value& value);

/// `asic`, `substrate`, `engines`, `connectors` and `fibre_attach` as the layout reads them.
geometry::Package read_layout_package(const Value& root);

/// The electrical lanes, from `switch.serdes`, `asic`, `substrate` and `engines`. Throws InputError on pads that touch
/// and on more signal layers than layers with copper.
ElectricalLanes read_electrical(const Value& root);

/// The same package as temperature and stress read it, without engines; and what all engines have in common.
thermal::Package read_thermal_package(const Value& root);
thermal::Engine read_thermal_engine(const Value& root);
/// Empty unless `fidelity.thermal` is full.
std::optional<thermal::FieldRules> read_field_rules(const Value& root);
/// `engines.power_map`.
std::vector<EnginePart> read_engine_parts(const Value& root);

/// A `waveguides` block, or the root of a waveguide file. Relative paths of tables are taken from `file`.
optics::Waveguide read_waveguide(const Value& guides, const std::filesystem::path& file);
GuideChoices read_guides(const Value& root, const std::filesystem::path& file);
optics::LaserLocation read_laser_location(const Value& laser);
optics::LinkDesign read_link(const Value& root);

power::HostSerdes read_serdes(const std::string& word);
power::Transceiver read_transceiver(const Value& value);
power::LaserSource read_laser(const Value& laser);
std::optional<power::RingHeaters> read_rings(const Value& modulator, double lock_C);
power::Comparison read_comparison(const Value& root, double traffic_Tbps);
/// `comparison.ownership`. Throws InputError when one failure rate of two is given.
OwnershipChoices read_ownership(const Value& root);
/// `fleet`; empty where the design has none. Throws InputError on a fat tree that is odd or too small.
std::optional<FleetChoices> read_fleet(const Value& root);
/// The design's own engines as a class: host SerDes, price and latency of the design. The host's energy has no source
/// where the design gives none: it follows from the channel, which the solve finds.
power::Transceiver read_own_class(const Value& root);

} // namespace beachfront::study
