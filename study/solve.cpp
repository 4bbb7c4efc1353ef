// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/solve.hpp"

#include "study/judge.hpp"
#include "study/routes.hpp"

namespace beachfront::study {

Solution solve(const Design& design) {
  Solution solution;

  // Optics: recipe, index profile, modes, losses, and the rules routing needs.
  if (design.guides)
    solution.waveguide = optics::solve_waveguide(design.guides->waveguide);
  solution.rules = routing_rules(design, solution.waveguide);

  // Geometry: engines, connectors and guides, checked by code that trusts nothing of the router.
  if (solution.rules.min_bend_radius_mm > 0 || !design.guides) {
    solution.layout = geometry::lay_out(design.package, solution.rules);
    solution.verification = geometry::verify(design.package, solution.rules, solution.layout);
    if (!solution.layout.guides.empty())
      solution.corridors = geometry::certify(design.package, solution.rules, solution.layout);
    solution.escape = geometry::escape(design.package, solution.rules, solution.layout, design.traffic.bandwidth_Tbps,
                                       solution.layout.guides.empty() ? nullptr : &solution.corridors);
  }

  // The loop: link budget, laser power, heat, temperature, warpage, misalignment, link budget.
  if (is_built(design, solution)) {
    solution.routes = route_losses(solution.layout, solution.waveguide);
    solution.point =
        close_loop(design, passages(design, solution.waveguide), solution.layout, solution.routes, solution.waveguide);
    solution.comparison = compare_power(design, *solution.point);
  }

  judge(design, solution);
  return solution;
}

} // namespace beachfront::study
