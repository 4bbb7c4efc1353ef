// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/solve.hpp"

#include "study/judge.hpp"
#include "study/routes.hpp"

namespace beachfront::study {

namespace {

constexpr double stress_step_mm = 5; // about the largest cell of the usual mesh

/// The lanes' way out of the die, and what they lose on it.
void solve_electrical(const Design& design, Solution& solution) {
  const ElectricalLanes& lanes = design.electrical;
  if (!lanes.rules || solution.layout.engines.empty())
    return;
  solution.electrical =
      geometry::electrical_escape(design.package, solution.layout, *lanes.rules, design.traffic.lanes_per_engine);
  if (lanes.pair)
    solution.channel = power::channel_figures(*solution.electrical, *lanes.pair, lanes.nyquist_GHz,
                                              lanes.transition_loss_dB, lanes.limit);
}

} // namespace

Solution solve(const Design& design) {
  Solution solution;

  // Optics: recipe, index profile, modes, losses, and the rules routing needs.
  if (design.guides)
    solution.waveguide = optics::solve_waveguide(design.guides->waveguide);
  solution.rules = routing_rules(design, solution.waveguide);

  // Geometry: engines, connectors and guides, checked by code that trusts nothing of the router,
  // and the electrical lanes below them.
  if (solution.rules.min_bend_radius_mm > 0 || !design.guides) {
    solution.layout = geometry::lay_out(design.package, solution.rules, path_loss(solution.waveguide));
    solution.verification = geometry::verify(design.package, solution.rules, solution.layout);
    solution.corridors = solution.layout.guides.empty()
                             ? geometry::Certificate{solution.layout.planned, {}}
                             : geometry::certify(design.package, solution.rules, solution.layout);
    solve_electrical(design, solution);
    solution.escape = geometry::escape(design.package, solution.rules, solution.layout, design.traffic.bandwidth_Tbps,
                                       solution.corridors.gaps.empty() ? nullptr : &solution.corridors,
                                       solution.electrical ? &*solution.electrical : nullptr);
  }

  // The loop: link budget, laser power, heat, temperature, warpage, misalignment, link budget.
  if (is_built(design, solution)) {
    solution.routes = route_losses(solution.layout, solution.verification.crossings, solution.waveguide);
    solution.point =
        close_loop(design, passages(design, solution.waveguide), solution.layout, solution.routes, solution.waveguide);
    solution.comparison = compare_power(design, *solution.point);
    solution.owned = own_alternatives(design, solution.comparison);
    if (design.fleet)
      solution.fleet = solve_fleet(design, solution.comparison, solution.owned);
    if (solution.point->fields && design.guides)
      solution.guide_stress = guide_stress(*solution.point->fields, solution.layout, stress_step_mm);
  }

  judge(design, solution);
  return solution;
}

} // namespace beachfront::study
