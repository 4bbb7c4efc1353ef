// SPDX-License-Identifier: GPL-3.0-or-later
// Light from laser to receiver, lane by lane: every loss by name, the amplitude that is left, the limits of the
// standard in both directions, and what each laser must give.
#pragma once

#include "geometry/shapes.hpp"
#include "optics/optical_standard.hpp"
#include "optics/pam4.hpp"
#include "optics/receiver.hpp"
#include "optics/route_loss.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beachfront::optics {

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
  double edge_dB = 0;                ///< guides: fibre to guide at the package edge
  double fibre_loss_dB = 0;          ///< polarisation-maintaining fibre, its whole length
  /// Power in the wanted over that in the other polarisation where the feed arrives; absent: all of it.
  std::optional<double> polarization_extinction_dB = {};
  bool each_trimmed = false; ///< every laser at what its own worst lane needs; false: all alike
};

/// The modulator and what light passes after it. Defaults as above.
struct LanePath {
  double modulator_insertion_dB = 4.0; ///< at its highest level; ring or Mach-Zehnder, 3 to 5
  double multiplexer_loss_dB = 0;      ///< where several wavelengths share a guide
  double coupling_out_dB = 1.5;        ///< engine to guide or fibre, aligned
  double edge_dB = 0;                  ///< guides: guide to fibre at the package edge, each way
  double connector_loss_dB = 0.5;      ///< MPO or front panel, to TP2, each way
  double coupling_receive_dB = 1.5;    ///< guide or fibre to the receiving engine
  double receive_pdl_dB = 0;           ///< of that coupling; light arrives in any polarisation
  double demultiplexer_loss_dB = 0;
};

/// The modulated light at the lane's transmitter. Assumptions: docs/facts/power.md section 4.
struct Transmitter {
  double extinction_ratio_dB = 4.5;
  double tdecq_dB = 2.0;
  double rin_dB_per_Hz = -150; ///< of the laser
};

/// What is kept back. Assumptions: no published figure was found for these.
struct Reserve {
  double ageing_dB = 1.0;      ///< laser and coupling over life
  double temperature_dB = 0.5; ///< modulator and laser over the operating range
  double engineering_dB = 0;
  double total_dB() const { return ageing_dB + temperature_dB + engineering_dB; }
};

struct LinkDesign {
  OpticalStandard standard = standard_200g_dr();
  LaserFeed laser;
  LanePath path;
  Reserve reserve;
  Transmitter transmitter;
  Receiver receiver;
  double plant_loss_dB = standard_200g_dr().channel_loss_dB; ///< longest; the shortest is 0
  Crosstalk crosstalk = Crosstalk::coherent;
  double optical_switch_dB = 0; ///< in the plant besides its loss, longest and shortest
};

/// What the movement of an engine adds at each passage between it and its guides.
struct MovementLoss {
  double shift_dB = 0; ///< sideways and vertical
  double tilt_dB = 0;  ///< on top of the shift
  double total_dB() const { return shift_dB + tilt_dB; }
};

/// Light of neighbours in one guide: of the lane's own average power, and of its square root, summed over them.
struct GuideCrosstalk {
  double sum = 0;
  double root_sum = 0;
};

/// What differs from lane to lane: the guides, or fibres, it runs through, and how far its engine has moved.
struct LaneLosses {
  std::string name;
  RouteLoss feed; ///< laser connector to engine
  RouteLoss transmit;
  RouteLoss receive;
  MovementLoss movement;                         ///< at each passage between engine and guide, in, out and receiving
  std::size_t laser = 0;                         ///< that feeds it, counted over the package
  std::optional<double> feed_crossed_share = {}; ///< of the laser light, turned out of its polarisation by the guide
  GuideCrosstalk transmit_crosstalk, receive_crosstalk;
  double edge_change_dB = 0; ///< at each passage between guide and fibre, by the heat of the guide
};

struct LedgerTerm {
  std::string name;
  double loss_dB = 0;
  std::string source;
};

/// Terms of a lane by name. All lanes of a link have the same terms.
struct LaneLedger {
  std::vector<LedgerTerm> to_launch;   ///< laser to TP2, reserve included; average power
  std::vector<LedgerTerm> to_receiver; ///< TP2 to photodiode
  std::vector<LedgerTerm> penalties;   ///< taken from the amplitude, not from the power
};

struct LaneBudget {
  std::string name;
  std::size_t laser = 0;
  double to_receiver_dB = 0;    ///< sum of the losses from TP2 to the photodiode
  double penalties_dB = 0;      ///< sum of the penalties
  std::vector<double> terms_dB; ///< of its ledger, in the order of LaneLedger; empty in the turns of a loop
  double launch_dBm = 0;        ///< average at the laser's limit, end of life
  double received_dBm = 0;      ///< average at the photodiode, through the full channel
  double launch_oma_dBm = 0;
  double received_oma_dBm = 0;
  double launch_margin_dB = 0;   ///< the least over the standard's average, OMA and OMA - TDECQ
  double receive_margin_dB = 0;  ///< received OMA less penalties over the receiver's sensitivity
  double far_end_margin_dB = 0;  ///< OMA less penalties at TP3 over what the standard's receiver may need
  double margin_dB = 0;          ///< the smaller of launch and receive
  double required_laser_dBm = 0; ///< per laser, for both margins to be 0
  double laser_dBm = 0;          ///< at which its laser runs: what the worst lane needs, at most the limit
};

/// One limit, and what the design has of it. `at_least`: found must not be below the limit, else not above.
struct LimitCheck {
  std::string name;
  double found = 0;
  double limit = 0;
  bool at_least = true;
  std::string unit;
  std::string where; ///< lane
  double margin() const { return at_least ? found - limit : limit - found; }
};

struct LaserNeed {
  std::size_t laser = 0;
  double required_dBm = 0; ///< of its worst lane
  double power_dBm = 0;    ///< at which it runs
};

struct LinkBudget {
  std::vector<LaneBudget> lanes;
  std::vector<LaserNeed> lasers; ///< those that feed lanes, by number
  std::size_t worst_lane = 0;    ///< the one with the least margin
  LaneLedger worst_ledger;       ///< its terms
  double worst_margin_dB = 0;    ///< at the laser's limit, the smaller of launch and receive; negative: no link
  double laser_power_dBm = 0;    ///< per laser, as the worst lane needs it
  double mean_laser_dBm = 0;     ///< mean power over the lasers as they run
  double highest_launch_dBm = 0; ///< average, of any lane at its laser's power, fresh: reserve not yet used up
  double sensitivity_dBm = 0;    ///< OMA at the photodiode of the design's receiver
  double rin_penalty_dB = 0;     ///< contained in it
  /// Left at the photodiode, in OMA less penalties, when a far end launches the standard's least OMA - TDECQ and the
  /// plant takes all it may. Negative: the link holds only between engines like these.
  double standard_receive_margin_dB = 0;
  std::vector<LimitCheck> checks;
  std::vector<LedgerTerm> attack; ///< of the worst lane: what stands most above the best published, greatest first
  /// "link_margin", "launch_power", "transmitter", "receiver_overload"; empty if the link holds
  std::vector<geometry::Violation> violations;
};

/// Lanes that differ by less are alike: where the worst is named it is the first of them, whatever rounding says.
inline constexpr double same_lane_dB = 1e-7;

/// One ledger a lane. Lasers run at the power the worst lane of all, or of each, needs, so a lane with little loss may
/// launch too much: that is a violation like a missing margin. Throws std::invalid_argument without lanes or
/// lanes_per_laser < 1.
LinkBudget link_budget(const LinkDesign& design, std::span<const LaneLosses> lanes);

/// The same powers and margins alone, for the turns of a loop: no terms, nothing checked or to attack.
LinkBudget link_powers(const LinkDesign& design, std::span<const LaneLosses> lanes);

/// The three terms that exceed the best published value most, as the excess and the source of that value. Terms that no
/// better part would change (the split, reserves, a plant that a standard allows) are not among them.
std::vector<LedgerTerm> terms_to_attack(const LaneLedger& lane);

/// Least, mean, greatest and percentiles of a figure over the lanes; a percentile is the smallest value that this share
/// does not exceed. Throws std::invalid_argument without values.
struct Spread {
  double min = 0, p5 = 0, p50 = 0, mean = 0, p95 = 0, max = 0;
};
Spread spread(std::vector<double> values);

} // namespace beachfront::optics
