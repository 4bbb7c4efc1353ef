// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/solve.hpp"

#include "study/electrical.hpp"
#include "study/hash.hpp"
#include "study/judge.hpp"
#include "study/own_power.hpp"
#include "study/routes.hpp"
#include "study/run_away.hpp"

namespace beachfront::study {

namespace {

constexpr double stress_step_mm = 5; // about the largest cell of the usual mesh

/// Engines, connectors and guides, checked by code that trusts nothing of the router, and the electrical lanes below.
void solve_geometry(const Design& design, Solution& solution, KeptStages& kept) {
  solution.layout = geometry::lay_out(design.package, solution.rules, path_loss(solution.waveguide));
  solution.verification = geometry::verify(design.package, solution.rules, solution.layout);
  solution.corridors = solution.layout.guides.empty()
                           ? geometry::Certificate{solution.layout.planned, {}}
                           : geometry::certify(design.package, solution.rules, solution.layout);
  if (solution.waveguide && solution.waveguide->losses)
    solution.routes = route_losses(solution.layout, solution.verification.crossings, solution.waveguide);
  ElectricalFigures electrical = solve_electrical(design, solution.layout, kept);
  solution.electrical = std::move(electrical.escape);
  solution.channel = std::move(electrical.channel);
  solution.escape = geometry::escape(design.package, solution.rules, solution.layout, design.traffic.bandwidth_Tbps,
                                     solution.corridors.gaps.empty() ? nullptr : &solution.corridors,
                                     solution.electrical ? &*solution.electrical : nullptr);
}

void take_geometry(const Solution& from, Solution& to) {
  to.layout = from.layout;
  to.verification = from.verification;
  to.corridors = from.corridors;
  to.electrical = from.electrical;
  to.channel = from.channel;
  to.escape = from.escape;
}

std::shared_ptr<const thermal::PreparedTemperature> prepared_lid(const thermal::Package& package, KeptStages& kept) {
  const bool peaks = !kept.operating_points_alone;
  std::vector<double> reads = thermal::numbers_prepared(package);
  reads.push_back(peaks ? 1 : 0);
  return kept.lids.find_or(hash(reads), [&] { return thermal::prepare_temperature(package, peaks); });
}

/// Link budget, laser power, heat, temperature, warpage, misalignment, link budget, until they agree.
ClosedLoop solve_loop(const Design& design, Solution& solution, KeptStages& kept) {
  const optics::LinkDesign link = passages(design, solution.waveguide);
  Chain links = chain(design, link, solution.layout, solution.routes, solution.waveguide);
  links.serdes_heat_W = serdes_heat_W(design, solution.electrical, solution.channel);
  const thermal::Package package = package_with_engines(design, solution.layout);
  const auto prepared = kept.packages.find_or(design.fields ? design.stages.cooling : design.stages.assembly,
                                              [&] { return prepare_package(design, package); });
  if (!design.fields)
    prepared->model.lid = prepared_lid(package, kept);
  solution.package = prepared;
  if (!prepared->violations.empty())
    return unsolved_loop(links, prepared->violations);
  ClosedLoop loop = close_loop(links, prepared->model, {},
                               kept.operating_points_alone ? OpenChain::light_alone : OpenChain::all_figures);
  if (loop.converged && !kept.operating_points_alone)
    loop.run_away = find_run_away(links, prepared->model, loop.point);
  return loop;
}

} // namespace

Solution solve(const Design& design, KeptStages& kept) {
  Solution solution;

  // Optics: recipe, index profile, modes, losses, and the rules routing needs.
  if (design.guides)
    solution.waveguide = optics::with_given_losses(
        *kept.modes.find_or(design.stages.modes, [&] { return optics::solve_waveguide(design.guides->waveguide); }),
        design.guides->waveguide);
  solution.rules = routing_rules(design, solution.waveguide);

  // Geometry.
  std::shared_ptr<const Solution> geometry;
  if (solution.rules.min_bend_radius_mm > 0 || !design.guides) {
    geometry = kept.layouts.find_or(design.stages.layout, [&] {
      Solution built = solution;
      solve_geometry(design, built, kept);
      return built;
    });
    take_geometry(*geometry, solution);
  }

  // The loop.
  if (is_built(design, solution)) {
    solution.routes = geometry->routes;
    const auto close = [&] { return solve_loop(design, solution, kept); };
    // Fields in three dimensions move on with the next design, so a point on them is not kept.
    solution.loop =
        design.fields ? std::make_shared<ClosedLoop>(close()) : kept.points.find_or(design.stages.point, close);
    solution.point = {solution.loop, &solution.loop->point};
    solution.comparison = compare_power(design, *solution.point, solution.channel);
    solution.open_comparison = compare_power(design, solution.loop->open_chain, solution.channel);
    solution.owned = own_alternatives(design, solution.comparison);
    if (design.fleet)
      solution.fleet = solve_fleet(design, solution.comparison, solution.owned);
    if (solution.point->fields && design.guides)
      solution.guide_stress = guide_stress(*solution.point->fields, solution.layout, stress_step_mm);
  }

  judge(design, solution);
  return solution;
}

Solution solve(const Design& design) {
  KeptStages none;
  return solve(design, none);
}

} // namespace beachfront::study
