// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/layout.hpp"

#include "geometry/connect.hpp"
#include "geometry/place.hpp"
#include "geometry/route.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beachfront::geometry {

namespace {

/// Guides that may bend on the spot, or lie on top of each other, are no guides.
void check_rules(const RoutingRules& rules, Layout& layout) {
  const auto require = [&](const char* rule, double value, double least, const char* unit, const std::string& message) {
    if (!(value > least))
      layout.violations.push_back({rule, "routing rules", {}, value, least, unit, message});
  };
  const double half_width_mm = rules.guide_width_um / 2000;
  require(
      "bend_radius", rules.min_bend_radius_mm, half_width_mm, "mm",
      fmt::format("a smallest bend radius of {} mm is not above half the guide's drawn width of {} um: the inner edge "
                  "of a bend would fold over",
                  rules.min_bend_radius_mm, rules.guide_width_um));
  require("guide_spacing", rules.min_pitch_um, rules.guide_width_um, "um",
          fmt::format("a smallest pitch of {} um is not above the guide's drawn width of {} um: guides would touch",
                      rules.min_pitch_um, rules.guide_width_um));
}

void refuse_links(const Package& package, Layout& layout) {
  if (!package.links.empty())
    layout.violations.push_back(
        {"link",
         "all links",
         {},
         0,
         0,
         "",
         fmt::format("{} links between engines need guides in the package; the design attaches fibres instead",
                     package.links.size())});
}

/// A layout, and whether its ferrules or turns stand where they do because of the smallest radius.
struct Attempt {
  Layout layout;
  bool follows_radius = false;
};

Attempt lay_out_at(const Package& package, const RoutingRules& rules, const PathLoss& loss) {
  Attempt attempt;
  Layout& layout = attempt.layout;
  place_engines(package, layout);
  if (package.guides)
    check_rules(rules, layout);
  if (!layout.violations.empty())
    return attempt; // nothing leads to engines that cannot stand
  if (package.fibres) {
    place_ribbons(package, layout);
    refuse_links(package, layout);
    return attempt;
  }
  const std::vector<Net> nets = connect(package, rules, layout);
  const auto turns = [&](const Net& net) {
    return layout.engines[static_cast<std::size_t>(net.engine)].side !=
           layout.connectors[static_cast<std::size_t>(net.connector)].side;
  };
  if (!layout.violations.empty())
    return attempt;
  attempt.follows_radius = layout.inversions > 0 || std::any_of(nets.begin(), nets.end(), turns);
  route(package, rules, nets, loss, layout);
  return attempt;
}

double loss_of(const Layout& layout, const PathLoss& loss) {
  if (!layout.violations.empty())
    return std::numeric_limits<double>::infinity();
  double sum = 0;
  for (const Guide& guide : layout.guides)
    sum += loss(guide.path);
  return sum;
}

} // namespace

Layout lay_out(const Package& package, const RoutingRules& rules, const PathLoss& loss) {
  Attempt attempt = lay_out_at(package, rules, loss);
  if (!attempt.follows_radius)
    return std::move(attempt.layout);
  // Turns and feeds are laid out for one radius, ferrules included. Every wider one keeps the rules too and bends lose
  // less on it, so the widest that can be drawn and the next are tried. The radii do not depend on the rules.
  constexpr double widest_mm = 32, rungs_per_octave = 2;
  double least = loss_of(attempt.layout, loss);
  int drawn = 0;
  for (double rung = std::log2(widest_mm) * rungs_per_octave; drawn < 2; --rung) {
    RoutingRules wider = rules;
    wider.min_bend_radius_mm = std::exp2(rung / rungs_per_octave);
    if (wider.min_bend_radius_mm <= rules.min_bend_radius_mm)
      break;
    Attempt trial = lay_out_at(package, wider, loss);
    const double found = loss_of(trial.layout, loss);
    drawn += std::isfinite(found) ? 1 : 0;
    if (found < least * (1 - 1e-9)) {
      least = found;
      attempt = std::move(trial);
    }
  }
  return std::move(attempt.layout);
}

} // namespace beachfront::geometry
