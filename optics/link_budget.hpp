// SPDX-License-Identifier: GPL-3.0-or-later
// Light from laser to receiver, lane by lane: every loss by name, the laser power needed and the margin left.
#pragma once

#include "geometry/shapes.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beachfront::optics {

/// What a transmission standard demands at its test points. All powers are lane averages.
struct OpticalStandard {
  std::string name;
  double launch_min_dBm = 0; ///< average launch at TP2
  double launch_max_dBm = 0;
  double receive_min_dBm = 0; ///< average at TP3
  double channel_loss_dB = 0; ///< fibre plant between them
};

/// IEEE 802.3dj clause 180 draft 3.1 (200G a lane, 500 m), after docs/facts/power.md section 4.
OpticalStandard standard_200g_dr();

enum class LaserLocation {
  external,  ///< modules at the faceplate: the package gets only light
  in_engine, ///< laser chips in the engine: the package gets all their heat too
};

/// The laser and its way to the modulator. Defaults: docs/facts/power.md section 4, "Laser budget", and table (a).
struct LaserFeed {
  LaserLocation location = LaserLocation::external;
  double max_power_dBm = 24.0;       ///< per laser
  int lanes_per_laser = 4;           ///< the light is split evenly
  double split_excess_dB = 0.3;      ///< beyond 10 log10(lanes)
  int pm_connectors = 2;             ///< external lasers only
  double pm_connector_loss_dB = 0.5; ///< each
  double coupling_in_dB = 1.5;       ///< feed to engine; external lasers only
};

/// The modulator and what light passes after it. Defaults as above.
struct LanePath {
  double modulator_insertion_dB = 4.0; ///< ring or Mach-Zehnder, 3 to 5
  double modulation_average_dB = 3.0;  ///< the mean of a modulated signal against its peak
  double multiplexer_loss_dB = 0;      ///< where several wavelengths share a guide
  double coupling_out_dB = 1.5;        ///< engine to guide or fibre, aligned
  double connector_loss_dB = 0.5;      ///< guide to fibre or MPO, to TP2; 0.72 for the published glass connector
  double coupling_receive_dB = 1.5;    ///< guide or fibre to the receiving engine
  double demultiplexer_loss_dB = 0;
  double photodiode_sensitivity_dBm = -8.1; ///< average power; assumption: the -6.1 dBm of 200G DR at TP3 less the 2.0
                                            ///< dB that a fibre-attached receiver spends between TP3 and photodiode
};

/// What is kept back. Assumptions: no published figure was found for these.
struct Reserve {
  double ageing_dB = 1.0;      ///< laser and coupling over life
  double temperature_dB = 0.5; ///< modulator and laser over the operating range
  double engineering_dB = 0;
};

struct LinkDesign {
  OpticalStandard standard = standard_200g_dr();
  LaserFeed laser;
  LanePath path;
  Reserve reserve;
};

/// What the movement of an engine adds at each passage between it and its guides.
struct MovementLoss {
  double shift_dB = 0; ///< sideways and vertical
  double tilt_dB = 0;  ///< on top of the shift
  double total_dB() const { return shift_dB + tilt_dB; }
};

/// What differs from lane to lane: the guides, or fibres, it runs through, and how far its engine has moved.
struct LaneLosses {
  std::string name;
  double feed_guide_dB = 0; ///< laser connector to engine
  double transmit_guide_dB = 0;
  double receive_guide_dB = 0;
  double misalignment_dB = 0; ///< at each passage between engine and guide, in, out and receiving
};

struct LedgerTerm {
  std::string name;
  double loss_dB = 0;
  std::string source;
};

struct LaneBudget {
  std::string name;
  std::vector<LedgerTerm> to_launch;   ///< laser to TP2, reserve included
  std::vector<LedgerTerm> to_receiver; ///< TP2 to photodiode
  double launch_dBm = 0;               ///< at the laser's limit, end of life
  double received_dBm = 0;             ///< at the photodiode, through the full channel
  double launch_margin_dB = 0;         ///< over the standard's minimum
  double receive_margin_dB = 0;        ///< over the photodiode's sensitivity
  double required_laser_dBm = 0;       ///< per laser, for both margins to be 0
};

struct LinkBudget {
  std::vector<LaneBudget> lanes;
  std::size_t worst_lane = 0;    ///< the one with the least margin
  double worst_margin_dB = 0;    ///< at the laser's limit, the smaller of launch and receive; negative: no link
  double laser_power_dBm = 0;    ///< per laser, as the worst lane needs it
  double highest_launch_dBm = 0; ///< of any lane at that laser power, fresh: reserve not yet used up
  /// Left at the photodiode when a far end launches the standard's minimum and the plant takes all it may. Negative:
  /// the link holds only between engines like these.
  double standard_receive_margin_dB = 0;
  std::vector<geometry::Violation> violations; ///< "link_margin", "launch_power"; empty if the link holds
};

/// One ledger a lane. The lasers are run at the power the worst lane needs, so a lane with little loss may launch too
/// much: that is a violation like a missing margin. Throws std::invalid_argument without lanes or lanes_per_laser < 1.
LinkBudget link_budget(const LinkDesign& design, std::span<const LaneLosses> lanes);

} // namespace beachfront::optics
