// SPDX-License-Identifier: GPL-3.0-or-later
// The design's own optics beside pluggables, LPO and other co-packaged classes: one boundary, one traffic.
//
// The boundary: host SerDes, optics, lasers, and the fans, power conversion and facility that these cause. The switch
// logic, the same for all, is outside. Every class carries the same traffic, every port lit.
#pragma once

#include "power/boundary.hpp"
#include "power/facility.hpp"
#include "power/latency.hpp"
#include "power/transceiver.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::power {

/// The `comparison` block of a design.
struct Comparison {
  double traffic_Tbps = 0; ///< one direction, all ports
  Facility facility;
  double electricity_eur_per_kWh = 0.12; ///< a public model's scenario in dollars (0.08 to 0.20), read in euros
  double eur_per_usd = 0.92;             ///< assumed
  double horizon_years = 5;              ///< assumed
  double utilisation = 1.0;              ///< fraction of the year powered; assumed: a switch is never off
  LinkPath link{};                       ///< that latency is stated for
};

/// The design's own optics as the loop found them.
struct OwnOptics {
  std::string name;
  double capacity_Tbps = 0; ///< bought and installed, spare engines included; at least the traffic
  double optics_W = 0;      ///< all engines that carry traffic, without lasers
  double laser_W = 0;       ///< electrical, all laser modules
  Transceiver like;         ///< library class that gives host SerDes, price and failure rate; its power is not used
  std::optional<ModulePower> parts{}; ///< the same power by parts, all engines together; without it all is "other"
};

/// One column of the comparison. All powers for the whole traffic.
struct Alternative {
  std::string name;
  double capacity_Tbps = 0; ///< whole modules, at least the traffic
  double host_W = 0;        ///< SerDes of the switch die that face the optics, both directions
  double optics_W = 0;      ///< modules or engines without lasers
  double laser_W = 0;       ///< electrical
  double cooling_W = 0;     ///< overhead.total_W(): fans, power conversion and facility, not only cooling
  Overhead overhead;
  double total_W = 0;           ///< host + optics + laser + cooling
  double pJ_per_bit = 0;        ///< total_W over the traffic: host and cooling included
  double optics_pJ_per_bit = 0; ///< optics + laser over the traffic: the figure vendors quote, host excluded
  double energy_per_year_MWh = 0;
  double electricity_eur = 0;              ///< over the horizon, not discounted; what it all costs: ownership.hpp
  std::optional<double> capex_eur;         ///< capacity at the class's price, lasers included, nothing else
  std::string cost_absent;                 ///< why capex is absent, or empty
  std::optional<double> failures_per_year; ///< expected, of the 400G ports in the capacity
  TransceiverKind kind = TransceiverKind::pluggable_dsp;
  HostSerdes host_serdes = HostSerdes::long_reach;
  Estimate host_energy_pJ_per_bit;
  Estimate channel_loss_dB;                ///< switch die to module, at Nyquist
  std::optional<Estimate> host_reach_mm{}; ///< of copper from switch die to module
  std::vector<BoundaryPart> parts;         ///< of total_W, with the range of their sources
  Estimate total_span_W;                   ///< sum of all parts: value is total_W
  Estimate span_pJ_per_bit;                ///< total_span_W over the traffic
  Estimate optics_span_W;                  ///< optics and lasers alone, without host and overhead
  std::optional<Estimate> capex_span_eur;
  std::optional<Latency> latency;
  std::string latency_absent; ///< why latency is absent, or empty
};

/// Saved power as a ratio that can be reproduced.
struct Saving {
  std::string of;
  std::string against;
  bool host_and_cooling_included = false; ///< total_W, or optics and lasers alone
  double numerator_W = 0;                 ///< power of `against` less that of `of`; negative when `of` draws more
  double denominator_W = 0;               ///< power of `against`
  double ratio = 0;                       ///< numerator over denominator
  /// The ratio with `of` at its high and `against` at its low end, and the reverse: bounds, wider than sampling gives.
  /// Empty where `against` could be 0.
  std::optional<double> ratio_low, ratio_high;
};

struct ComparisonResult {
  /// The design's own first, then the classes in the order given. Engines that cannot carry the traffic are left out,
  /// for they would be compared at another traffic; saving_absent says so.
  std::vector<Alternative> alternatives;
  /// Own optics against the first class of pluggable_dsp, host and cooling included, and optics with lasers alone.
  std::optional<Saving> saving_vs_pluggable;
  std::optional<Saving> optics_saving_vs_pluggable;
  std::string saving_absent;   ///< why there is no saving, or empty
  std::vector<Saving> savings; ///< own optics against every class in their order, whole boundary then optics and lasers
};

/// One class carrying the whole traffic in whole modules. A class that only lacks a price comes without its cost.
/// Throws std::invalid_argument with invalid_reason() of the class, or when the traffic is not positive.
Alternative evaluate(const Transceiver& transceiver, const Comparison& comparison);

/// The design's own optics in the same boundary. Throws like the other, and on a power that is negative or not finite.
Alternative evaluate(const OwnOptics& own, const Comparison& comparison);

/// Saving at the whole boundary (total_W) or of optics and lasers alone. Both figures must be of the same traffic and
/// that of `against` positive.
Saving saving(const Alternative& of, const Alternative& against, bool host_and_cooling_included);

/// The whole table.
ComparisonResult compare(const OwnOptics& own, const std::vector<Transceiver>& classes, const Comparison& comparison);

} // namespace beachfront::power
