// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/judge.hpp"

#include "geometry/names.hpp"
#include "thermal/warpage_limit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace beachfront::study {

namespace {

using geometry::Violation;

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void judge_guides(const Design& design, Solution& solution) {
  const optics::WaveguideFigures& figures = *solution.waveguide;
  for (const std::string& error : figures.errors)
    solution.violations.push_back({"waveguide", "waveguides", {}, 0, 0, "", error});
  append(solution.warnings, figures.warnings);
  if (!figures.effective_index && figures.errors.empty()) {
    std::string reason = "no guided mode";
    for (const optics::AbsentFigure& absent : figures.absent)
      if (absent.figure == "effective_index")
        reason += ": " + absent.reason;
    solution.violations.push_back({"no_guided_mode", "waveguides", {}, 0, 1, "modes", reason});
  } else if (solution.rules.min_bend_radius_mm <= 0) {
    solution.violations.push_back({"waveguide",
                                   "waveguides",
                                   {},
                                   0,
                                   0,
                                   "mm",
                                   "no bend radius keeps the bend loss budget: give rules.min_bend_radius_mm"});
  }
  if (design.guides->min_bend_radius_mm && figures.min_bend_radius_mm &&
      *design.guides->min_bend_radius_mm < *figures.min_bend_radius_mm)
    solution.warnings.push_back(
        fmt::format("rules.min_bend_radius_mm {:.2f} is below the {:.2f} mm that keeps the bend "
                    "loss budget",
                    *design.guides->min_bend_radius_mm, *figures.min_bend_radius_mm));
}

void judge_temperatures(const Design& design, const OperatingPoint& point, std::vector<Violation>& violations) {
  append(violations, point.temperatures.violations);
  const auto check = [&](const char* rule, const std::string& what, geometry::Point place, double found_C,
                         double limit_C) {
    if (found_C > limit_C)
      violations.push_back({rule, what, place, found_C, limit_C, "C",
                            fmt::format("{} reaches {:.1f} C, allowed are {:.1f} C", what, found_C, limit_C)});
  };
  for (std::size_t i = 0; i < point.temperatures.dies.size(); ++i)
    check("die_temperature", "die " + point.package.dies[i].name, point.package.dies[i].outline.centre(),
          point.temperatures.dies[i].max_C, design.limits.die_max_C);
  for (std::size_t i = 0; i < point.temperatures.engines.size(); ++i)
    check("engine_temperature", "engine " + point.package.engines[i].name, point.package.engines[i].outline.centre(),
          point.temperatures.engines[i].max_C, design.limits.engine_max_C);
  if (!design.rings)
    return;
  // The ring at the hottest place of an engine is the one that is lost.
  const auto unlocked = std::count_if(
      point.temperatures.engines.begin(), point.temperatures.engines.end(),
      [&](const thermal::FaceTemperature& engine) { return !power::ring_tuning(*design.rings, engine.max_C).locked; });
  if (unlocked > 0)
    violations.push_back(
        {"ring_lock",
         "engines",
         {},
         static_cast<double>(unlocked),
         0,
         "engines",
         fmt::format("{} engines are too hot for their rings to be locked to the laser line", unlocked)});
}

void judge_link(const Design& design, Solution& solution) {
  const OperatingPoint& point = *solution.point;
  std::vector<Violation>& violations = solution.violations;
  append(violations, point.link.violations);
  const power::LaserEfficiency& efficiency = point.laser.efficiency;
  if (efficiency.at_floor)
    violations.push_back(
        {"laser_efficiency",
         "laser",
         {},
         efficiency.temperature_C,
         efficiency.known_to_C,
         "C",
         fmt::format(
             "the lasers reach {:.1f} C, their efficiency is known to {:.1f} C: what they draw is a lower bound",
             efficiency.temperature_C, efficiency.known_to_C)});
  if (!solution.loop->converged && !point.temperatures.engines.empty()) // unsolved temperatures say so themselves
    violations.push_back({"loop_divergence",
                          "loop",
                          {},
                          solution.loop->residuals.back(),
                          design.loop.tolerance,
                          "",
                          fmt::format("laser power and heat still change by {:.3g} after {} iterations: light lost to "
                                      "warpage and heat asks for more light than it brings",
                                      solution.loop->residuals.back(), solution.loop->residuals.size())});
}

/// Elastic models without creep and lid read two to four times high on bare packages, so this is a warning.
void judge_warpage(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  const thermal::Mechanics& mechanics = point.mechanics;
  if (!mechanics.ball_field_room_um)
    return;
  const double pitch_mm = design.limits.ball_pitch_mm;
  const std::optional<thermal::WarpageLimit> limit = thermal::warpage_limit(pitch_mm);
  if (!limit) {
    warnings.push_back(fmt::format("no limit to the warpage is known at {} mm ball pitch: JEITA ED-7306 has no class "
                                   "below {} mm",
                                   pitch_mm, thermal::jeita_warpage_limits.front().ball_pitch_mm));
    return;
  }
  const auto check = [&](const char* when, const std::optional<double>& found_um, double limit_mm, const char* who) {
    constexpr double um_per_mm = 1e3;
    if (found_um && std::abs(*found_um) > um_per_mm * limit_mm)
      warnings.push_back(
          fmt::format("warpage {} {:.0f} um over the field of balls by {}; {} {:.0f} um at {} mm ball pitch", when,
                      std::abs(*found_um), point.fields ? "linear elasticity" : "the elastic plate", who,
                      um_per_mm * limit_mm, pitch_mm));
  };
  check("at room temperature", mechanics.ball_field_room_um, limit->room_mm, "the reference for coplanarity is");
  check("at reflow", mechanics.ball_field_reflow_um, limit->elevated_mm, "JEITA ED-7306 accepts");
}

void warn_of_closed_link(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  if (point.link.standard_receive_margin_dB < 0)
    warnings.push_back(
        fmt::format("a far end that launches the least {} allows falls {:.2f} dB of amplitude short at the photodiode: "
                    "the link is closed between engines like these, not by the standard",
                    design.link.standard.name, -point.link.standard_receive_margin_dB));
}

void warn_of_far_end(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  for (const optics::LimitCheck& check : point.link.checks)
    if (check.name == "far_end_oma_min_dBm" && check.margin() < 0)
      warnings.push_back(
          fmt::format("lane {} is {:.2f} dB of amplitude short at a far end that is no better than {} asks",
                      check.where, -check.margin(), design.link.standard.name));
  if (design.traffic.modulation != "pam4")
    warnings.push_back(
        "the link budget is that of four levels, whatever switch.modulation says of the electrical lanes");
}

void warn_of_crosstalk(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  double most = 0;
  for (const optics::GuideCrosstalk& guide : point.crosstalk)
    most = std::max(most, guide.sum);
  if (!design.guides || most == 0)
    return;
  const double most_dB = 10 * std::log10(most);
  // The budget counts one neighbour, a guide inside a bundle has two.
  const double budget_dB = design.guides->waveguide.budget.crosstalk_dB + 10 * std::log10(2);
  if (most_dB > budget_dB + 1e-6)
    warnings.push_back(fmt::format("guides run side by side so long that crosstalk reaches {:.1f} dB, above the {:.1f} "
                                   "dB of rules.crosstalk_budget_dB and two neighbours: the budget is for {} mm",
                                   most_dB, budget_dB, design.guides->waveguide.budget.parallel_length_mm));
}

/// Far from its reference the straight line of the lasers' efficiency is no laser's.
void warn_of_laser_temperature(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  constexpr double meant_for_K = 40; // power/laser.hpp
  const power::LaserEfficiency& efficiency = point.laser.efficiency;
  const double reference_C = design.laser.reference_C;
  const bool far = std::abs(efficiency.temperature_C - reference_C) > meant_for_K;
  if (far && design.laser.efficiency_curve.empty() && !efficiency.at_floor)
    warnings.push_back(fmt::format("the lasers are at {:.0f} C; the straight line of their efficiency is meant for "
                                   "{:.0f} to {:.0f} C: what they draw is a guess without laser.efficiency_curve",
                                   efficiency.temperature_C, reference_C - meant_for_K, reference_C + meant_for_K));
}

void warn_of_unjoined(const Design& design, std::vector<std::string>& warnings) {
  std::vector<thermal::Joint> joints{thermal::Joint::engine, thermal::Joint::lid};
  if (design.thermal.stiffener)
    joints.push_back(thermal::Joint::stiffener);
  if (design.thermal.board.body)
    joints.push_back(thermal::Joint::board);
  for (const thermal::Joint joint : joints) {
    const auto& steps = design.thermal.assembly;
    if (std::none_of(steps.begin(), steps.end(), [joint](const auto& step) { return step.joint == joint; }))
      warnings.push_back(fmt::format("assembly joins no {}: temperatures are those of the whole package, warpage and "
                                     "stress those of what is joined",
                                     thermal::name_of(joint)));
  }
}

void judge_mechanics(const Design& design, const OperatingPoint& point, std::vector<std::string>& warnings) {
  warn_of_unjoined(design, warnings);
  append(warnings, point.mechanics.warnings);
  judge_warpage(design, point, warnings);
  const thermal::Mechanics& mechanics = point.mechanics;
  if (mechanics.solder_life_years && *mechanics.solder_life_years < design.limits.solder_life_years)
    warnings.push_back(fmt::format("solder life of the outermost ball by Engelmaier's screening model: {:.2g} years, "
                                   "asked are {:.3g}",
                                   *mechanics.solder_life_years, design.limits.solder_life_years));
  if (mechanics.glass_splitting) {
    const thermal::GlassSplitting& splitting = *mechanics.glass_splitting;
    const double limit_J_per_m2 = splitting.design_limit_J_per_m2.value_or(splitting.limit_J_per_m2);
    if (splitting.J_per_m2 > limit_J_per_m2)
      warnings.push_back(fmt::format("glass splitting: a long edge flaw releases {:.2f} J/m2; {} takes {:.2f} J/m2 at "
                                     "once and {:.2f} J/m2 over its life",
                                     splitting.J_per_m2, splitting.glass, splitting.limit_J_per_m2, limit_J_per_m2));
  }
}

} // namespace

void judge(const Design& design, Solution& solution) {
  if (solution.waveguide)
    judge_guides(design, solution);
  append(solution.violations, solution.layout.violations);
  append(solution.violations, solution.verification.violations);
  append(solution.violations, solution.corridors.violations);
  if (solution.electrical)
    append(solution.violations, solution.electrical->violations);
  if (solution.channel)
    append(solution.violations, solution.channel->violations);
  if (const auto shortage = power::laser_shortage(design.laser, lanes(design), lasers(design)))
    solution.violations.push_back(*shortage);
  if (!solution.point) {
    if (solution.violations.empty()) // no design is good that was not solved
      throw std::logic_error("a design without violations was not solved");
    return;
  }
  judge_temperatures(design, *solution.point, solution.violations);
  judge_link(design, solution);
  warn_of_closed_link(design, *solution.point, solution.warnings);
  warn_of_far_end(design, *solution.point, solution.warnings);
  warn_of_crosstalk(design, *solution.point, solution.warnings);
  warn_of_laser_temperature(design, *solution.point, solution.warnings);
  judge_mechanics(design, *solution.point, solution.warnings);
}

} // namespace beachfront::study
