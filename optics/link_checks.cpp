// SPDX-License-Identifier: GPL-3.0-or-later
#include "optics/link_checks.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>

namespace beachfront::optics {

namespace {

/// A lane's levels with its laser as it runs: at the end of life, and fresh.
struct Levels {
  double end_dBm = 0, fresh_dBm = 0; ///< average launch
};

Levels levels(const LinkDesign& design, const LaneBudget& lane) {
  const double end_dBm = lane.launch_dBm - design.laser.max_power_dBm + lane.laser_dBm;
  return {end_dBm, end_dBm + design.reserve.total_dB()};
}

using LaneFigure = std::function<double(const LaneBudget&)>;

/// The lane with the least room to the limit decides.
LimitCheck check(const char* name, const LinkBudget& link, const LaneFigure& figure, double limit, bool at_least) {
  LimitCheck worst;
  for (const LaneBudget& lane : link.lanes) {
    const LimitCheck here{name, figure(lane), limit, at_least, "dBm", lane.name};
    if (worst.name.empty() || here.margin() < worst.margin() - same_lane_dB)
      worst = here;
  }
  return worst;
}

void add_launch_checks(const LinkDesign& design, LinkBudget& link) {
  const OpticalStandard& standard = design.standard;
  const double oma_dB = oma_over_average_dB(design.transmitter.extinction_ratio_dB),
               tdecq_dB = design.transmitter.tdecq_dB;
  const auto end = [&](const LaneBudget& lane) { return levels(design, lane).end_dBm; };
  const auto fresh = [&](const LaneBudget& lane) { return levels(design, lane).fresh_dBm; };
  const auto end_oma = [&](const LaneBudget& lane) { return end(lane) + oma_dB; };
  const auto fresh_oma = [&](const LaneBudget& lane) { return fresh(lane) + oma_dB; };
  link.checks = {check("launch_average_min_dBm", link, end, standard.launch_min_dBm, true),
                 check("launch_average_max_dBm", link, fresh, standard.launch_max_dBm, false),
                 check("launch_oma_min_dBm", link, end_oma, standard.launch_oma_min_dBm, true),
                 check("launch_oma_max_dBm", link, fresh_oma, standard.launch_oma_max_dBm, false),
                 check(
                     "launch_oma_less_tdecq_min_dBm", link,
                     [&](const LaneBudget& lane) { return end_oma(lane) - tdecq_dB; },
                     launch_oma_less_tdecq_min_dBm(standard, design.transmitter.extinction_ratio_dB), true),
                 {"extinction_ratio_min_dB", design.transmitter.extinction_ratio_dB, standard.extinction_ratio_min_dB,
                  true, "dB", "every lane"},
                 {"tdecq_max_dB", tdecq_dB, standard.tdecq_max_dB, false, "dB", "every lane"}};
  if (standard.rin_max_dB_per_Hz)
    link.checks.push_back({"rin_max_dB_per_Hz", design.transmitter.rin_dB_per_Hz, *standard.rin_max_dB_per_Hz, false,
                           "dB/Hz", "every lane"});
  link.highest_launch_dBm = link.checks[1].found;
}

void add_receive_checks(const LinkDesign& design, LinkBudget& link) {
  const OpticalStandard& standard = design.standard;
  const double oma_dB = oma_over_average_dB(design.transmitter.extinction_ratio_dB),
               tdecq_dB = design.transmitter.tdecq_dB;
  const double plant_dB = design.plant_loss_dB + design.optical_switch_dB;
  const auto end = [&](const LaneBudget& lane) { return levels(design, lane).end_dBm; };
  const auto fresh = [&](const LaneBudget& lane) { return levels(design, lane).fresh_dBm - design.optical_switch_dB; };
  const auto not_closure_dB = [&](const LaneBudget& lane) { return lane.penalties_dB - tdecq_dB; };
  // A far end like this one, and the way from TP3 inwards without the plant.
  const auto inwards_dB = [&](const LaneBudget& lane) { return lane.to_receiver_dB - plant_dB; };
  link.checks.insert(
      link.checks.end(),
      {check(
           "receive_average_min_dBm", link, [&](const LaneBudget& lane) { return end(lane) - plant_dB; },
           standard.receive_min_dBm, true),
       check("receive_average_max_dBm", link, fresh, standard.receive_max_dBm, false),
       check(
           "far_end_oma_min_dBm", link,
           [&](const LaneBudget& lane) { return end(lane) + oma_dB - plant_dB - not_closure_dB(lane); },
           receiver_sensitivity_dBm(standard, tdecq_dB), true),
       check(
           "receiver_oma_min_dBm", link,
           [&](const LaneBudget& lane) { return end(lane) + oma_dB - plant_dB - inwards_dB(lane) - lane.penalties_dB; },
           link.sensitivity_dBm, true),
       check(
           "receiver_overload_dBm", link, [&](const LaneBudget& lane) { return fresh(lane) - inwards_dB(lane); },
           design.receiver.overload_dBm, false)});
  if (standard.damage_dBm)
    link.checks.push_back(check("receive_damage_dBm", link, fresh, *standard.damage_dBm, false));
  const auto far_end = [&](const LaneBudget& lane) {
    return standard.launch_oma_less_tdecq_min_dBm - standard.channel_loss_dB - inwards_dB(lane) - not_closure_dB(lane);
  };
  const LimitCheck least = check("receiver_of_standard_launch_dBm", link, far_end, link.sensitivity_dBm, true);
  link.standard_receive_margin_dB = least.margin();
  link.checks.push_back(least);
}

/// The check must be there.
const LimitCheck& find(const LinkBudget& link, const char* name) {
  return *std::find_if(link.checks.begin(), link.checks.end(), [&](const LimitCheck& c) { return c.name == name; });
}

std::string attack_text(const LinkBudget& link) {
  constexpr double much_dB = 3;
  std::string text;
  if (link.rin_penalty_dB > much_dB)
    text = fmt::format("noise of the laser's intensity ({:.2f} dB of sensitivity)", link.rin_penalty_dB);
  for (const LedgerTerm& term : link.attack)
    text += fmt::format("{}{} ({:.2f} dB above {})", text.empty() ? "" : ", ", term.name, term.loss_dB, term.source);
  return text.empty() ? "every term is at the best published value" : "attack first: " + text;
}

void violate(LinkBudget& link, const char* rule, const LimitCheck& check, const std::string& message) {
  link.violations.push_back({rule, check.where, {}, check.found, check.limit, check.unit, message});
}

} // namespace

void check_limits(const LinkDesign& design, LinkBudget& link) {
  add_launch_checks(design, link);
  add_receive_checks(design, link);
  const LaneBudget& worst = link.lanes[link.worst_lane];
  const std::string& standard = design.standard.name;
  if (link.worst_margin_dB < 0) {
    const bool everywhere =
        std::all_of(link.lanes.begin(), link.lanes.end(), [](const auto& l) { return l.margin_dB < 0; });
    link.violations.push_back(
        {"link_margin",
         worst.name,
         {},
         worst.required_laser_dBm,
         design.laser.max_power_dBm,
         "dBm",
         fmt::format("lane {} needs {:.2f} dBm a laser, {:.2f} dB above its limit of {:.2f} dBm{}; {}", worst.name,
                     worst.required_laser_dBm, -link.worst_margin_dB, design.laser.max_power_dBm,
                     everywhere ? ", and no lane has a margin" : "", attack_text(link))});
  }
  // Lasers at what the receiver asks for give the transmitter more than it may launch.
  const char* why =
      link.worst_margin_dB < 0 && worst.receive_margin_dB < worst.launch_margin_dB
          ? "the lasers run at their limit, because what reaches the receiver is too little even so"
      : worst.receive_margin_dB < worst.launch_margin_dB
          ? "the lasers give what the receiver asks for; the way to it loses too much, or lanes that share "
            "a laser power differ too much"
          : "lanes that share a laser power differ too much, or the reserve is too large";
  for (const auto& [name, what] :
       {std::pair{"launch_average_max_dBm", "average power"}, std::pair{"launch_oma_max_dBm", "modulation amplitude"}})
    if (const LimitCheck& c = find(link, name); c.margin() < 0)
      violate(link, "launch_power", c,
              fmt::format("lane {}, fresh, launches {:.2f} dBm of {}, above the {:.2f} dBm that {} allows: {}", c.where,
                          c.found, what, c.limit, standard, why));
  if (const LimitCheck& c = find(link, "extinction_ratio_min_dB"); c.margin() < 0)
    violate(link, "transmitter", c,
            fmt::format("the extinction ratio of {:.2f} dB is below the {:.2f} dB that {} asks for", c.found, c.limit,
                        standard));
  if (const LimitCheck& c = find(link, "tdecq_max_dB"); c.margin() < 0)
    violate(link, "transmitter", c,
            fmt::format("the eye closure (TDECQ) of {:.2f} dB is above the {:.2f} dB that {} allows", c.found, c.limit,
                        standard));
  if (design.standard.rin_max_dB_per_Hz)
    if (const LimitCheck& c = find(link, "rin_max_dB_per_Hz"); c.margin() < 0)
      violate(link, "transmitter", c,
              fmt::format("the laser's intensity noise of {:.1f} dB/Hz is above the {:.1f} dB/Hz that {} allows",
                          c.found, c.limit, standard));
  if (const LimitCheck& c = find(link, "receiver_overload_dBm"); c.margin() < 0)
    violate(
        link, "receiver_overload", c,
        fmt::format("without loss in the fibre plant the photodiode of lane {} gets {:.2f} dBm, its amplifier takes "
                    "{:.2f} dBm",
                    c.where, c.found, c.limit));
}

namespace {

/// The least that was published for a term of the ledger (docs/facts).
struct Best {
  const char* term;
  double loss_dB;
  const char* source;
};
constexpr Best best_published[] = {{"splitter excess", 0.0, "an ideal splitter"},
                                   {"laser fibre", 0.0, "lasers beside the package"},
                                   {"feed polarisation", 0.0, "light of one polarisation"},
                                   {"fibre plant", 4.0, "4 dB, the plant of the standards for 2 km"},
                                   {"optical switch", 2.0, "2 dB, 136 ports of micromirrors, SIGCOMM 2022"},
                                   {"laser connector", 0.25, "0.25 dB, the better MPO connectors"},
                                   {"edge", 0.3, "0.3 dB a fibre facet, Brusberg et al., OFC 2025 Th3H.1"},
                                   {"connector", 0.25, "0.25 dB, the better MPO connectors"},
                                   {"receive connector", 0.25, "0.25 dB, the better MPO connectors"},
                                   {"coupling", 0.27, "0.27 dB, GRIN lens and evanescent, arXiv 2503.00121"},
                                   {"modulator insertion", 3.0, "3 dB, the better ring and Mach-Zehnder modulators"},
                                   {"multiplexer", 0.0, "one wavelength a guide"},
                                   {"demultiplexer", 0.0, "one wavelength a guide"},
                                   {"feed", 0.0, "no guide"},
                                   {"transmit", 0.0, "no guide"},
                                   {"receive", 0.0, "no guide"},
                                   {"shift", 0.0, "an engine in its place"},
                                   {"tilt", 0.0, "an engine in its place"},
                                   {"stress birefringence", 0.0, "a guide without shear"},
                                   {"polarisation at receiver", 0.0, "a coupling without polarisation dependence"},
                                   {"transmitter eye closure", 1.5, "1.5 dB, TECQ of the IEEE 802.3dj case study"},
                                   {"crosstalk", 0.0, "guides further apart"}};

const Best* best_for(const std::string& term) {
  const Best* best = nullptr; // the longest name that the term begins with
  for (const Best& entry : best_published)
    if (term.starts_with(entry.term) && (!best || std::string(entry.term).size() > std::string(best->term).size()))
      best = &entry;
  return best;
}

} // namespace

std::vector<LedgerTerm> terms_to_attack(const LaneLedger& lane) {
  std::vector<LedgerTerm> excess;
  for (const auto* terms : {&lane.to_launch, &lane.to_receiver, &lane.penalties})
    for (const LedgerTerm& term : *terms)
      if (const Best* best = best_for(term.name); best && term.loss_dB > best->loss_dB)
        excess.push_back({term.name, term.loss_dB - best->loss_dB, best->source});
  std::stable_sort(excess.begin(), excess.end(), [](const auto& a, const auto& b) { return a.loss_dB > b.loss_dB; });
  excess.resize(std::min<std::size_t>(excess.size(), 3));
  return excess;
}

} // namespace beachfront::optics
