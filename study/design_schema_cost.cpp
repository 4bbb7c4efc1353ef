// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of ownership, and a fleet of switches.
#include "study/design_schema.hpp"

namespace beachfront::study {

namespace {

const Range amount = between(0, 1e9);

/// Keys of how sure the deliveries of an alternative are.
void add_supply(std::vector<Key>& keys, const char* delay_weeks, const char* delay_probability,
                const char* disruption_per_year, const char* sources) {
  keys.push_back(number("delivery_delay_weeks", between(0, 1000), "By which a late switch comes late; an assumption.")
                     .defaulted(delay_weeks));
  keys.push_back(
      ratio("delay_probability", between(0, 1), "That it does; an assumption.").defaulted(delay_probability));
  keys.push_back(
      number("disruption_per_year", between(0, 1), "Probability that one source fails in a year; an assumption.")
          .defaulted(disruption_per_year));
  keys.push_back(integer("sources", between(1, 100), "Independent; supply stops when all fail in the same year.")
                     .defaulted(sources));
  keys.push_back(number("disruption_weeks", between(0, 1000), "That a stop lasts; an assumption.").defaulted("8"));
}

Key failure_fraction(const char* fallback, const char* sentence) {
  return ratio("annual_failure_fraction_per_400G_port", between(0, 1), sentence).defaulted(fallback);
}

Key visit_after_hours() {
  return number("visit_after_hours", between(0, 10000), "From a failure to its repair; an assumption.").defaulted("24");
}

Key connector_FIT() {
  return number("connector_FIT", between(0, 1e6),
                "Of one optical connector, beside the rates of ports, which have theirs in them.")
      .defaulted("0");
}

Key pluggable_service() {
  std::vector<Key> keys = {
      failure_fraction("0.0158", "Of classes that give none; 0.55 million hours (Meta, ECOC 2025)."),
      number("module_FIT", between(0, 1e6), "Of a whole module, instead of that fraction for every class.").optional(),
      connector_FIT(), visit_after_hours()};
  add_supply(keys, "0", "0", "0.02", "3");
  return block("pluggable", "Modules at the faceplate, replaced one by one.", keys).defaulted();
}

Key co_packaged_service() {
  std::vector<Key> keys = {
      failure_fraction("0.0034", "Of classes that give none, lasers included; 2.6 million hours (Meta, ECOC 2025)."),
      ratio("laser_failure_share", between(0, 1),
            "Of those failures; external lasers only; as planning rates divide them.")
          .defaulted("0.976"),
      number("laser_FIT", between(0, 1e6),
             "Of one external laser; with engine_FIT instead of the fraction. Planning 50.")
          .optional(),
      number("engine_FIT", between(0, 1e6), "Of one engine, lasers in it included. Planning 10.").optional(),
      connector_FIT(),
      visit_after_hours(),
      number("laser_module_eur", amount, "A laser module, replaced in the field; an assumption.").defaulted("500"),
      number("switch_eur", amount, "A switch without optics, replaced with them when an engine fails; an assumption.")
          .defaulted("70000"),
      number("laser_swap_hours", between(0, 10000), "The module's ports are dark meanwhile; an assumption.")
          .defaulted("0.25"),
      number("switch_swap_hours", between(0, 10000), "All ports are dark meanwhile; an assumption.").defaulted("8"),
      integer("lanes_per_laser", between(1, 1000), "Of classes of the library.").defaulted("4"),
      integer("lasers_per_module", between(1, 1000), "Of classes of the library.").defaulted("8")};
  add_supply(keys, "4", "0.25", "0.05", "1");
  return block("co_packaged", "Engines in the package, lasers at the faceplate or in the engines.", keys).defaulted();
}

Key optical_reach() {
  return block("", "A pair of link ends.",
               {text("name", "As the results call it."),
                number("budget_dB", between(0, 100), "Channel loss that the ends allow, connectors included."),
                number("fibre_dB_per_km", above(0, 10), "Of the fibre at their wavelength."),
                number("reach_km", above(0, 10000), "Of their standard."),
                number("dispersion_limit_ps_per_nm", above(0, 1e6), "That the receiver undoes.").optional(),
                number("dispersion_ps_per_nm_km", above(0, 100), "Of the fibre.").defaulted("20")});
}

Key optical_switching() {
  return block(
             "ocs", "Optical circuit switches instead of the top tier of packet switches.",
             {integer("ports", between(1, 100000), "Usable on either side; Google's Palomar.").defaulted("128"),
              number("power_W", between(0, 100000), "Of one.").defaulted("108"),
              number("insertion_loss_dB", between(0, 50), "Of one path.").defaulted("2"),
              flag("circulators", "Both directions of a link in one fibre.").defaulted("false"),
              number("circulator_loss_dB", between(0, 20), "Of one; a link passes two; an assumption.")
                  .defaulted("0.8"),
              flag("in_link", "Whether the design's own links pass a switch: its loss stands beside the fibre plant's.")
                  .defaulted("false"),
              ratio("remaining_optics", between(0, 10),
                    "Power of an end that launches through the switch over an ordinary one's.")
                  .defaulted("1"),
              integer("connectors", between(0, 100), "In a link, beside the switch.").defaulted("2"),
              number("connector_loss_dB", between(0, 10), "Of each.").defaulted("0.35"),
              list("ends", optical_reach(), at_least(0), "Link ends whose reach through a switch is told.")
                  .defaulted("[{name: dr, budget_dB: 3, fibre_dB_per_km: 0.5, reach_km: 0.5}, "
                             "{name: fr, budget_dB: 4, fibre_dB_per_km: 0.5, reach_km: 2}, "
                             "{name: 400zr-unamplified, budget_dB: 11, fibre_dB_per_km: 0.25, reach_km: 120, "
                             "dispersion_limit_ps_per_nm: 2400}, "
                             "{name: 800lr, budget_dB: 6.3, fibre_dB_per_km: 0.4, reach_km: 10}, "
                             "{name: 800zr-amplified, budget_dB: 22, fibre_dB_per_km: 0.25, reach_km: 120, "
                             "dispersion_limit_ps_per_nm: 2400}]")})
      .optional();
}

Key shipments() {
  return block("shipments", "The world's modules of a year, and when they draw the target.",
               {integer("first_year", between(1990, 2200), "That the numbers are of.").defaulted("2024"),
                ratio("modules_million", between(0, 1e6), "Shipped in it; Cignal AI.").defaulted("23"),
                number("module_W", between(0, 10000), "Mean of them; 200 MW in 2024.").defaulted("8.7"),
                number("growth_per_year", between(0, 10), "Of their power; 800G modules in 2025.").defaulted("0.6"),
                number("target_MW", above(0, 1e6), "Power of a year's shipments to reach.").defaulted("2000")})
      .optional();
}

} // namespace

Key ownership_block() {
  return block("ownership", "What owning the optics of one switch costs over the horizon.",
               {number("discount_rate_per_year", between(0, 10),
                       "Effective rate; running costs flow evenly through each year; an assumption.")
                    .defaulted("0.08"),
                number("cooling_capital_eur_per_kW", between(0, 1e6), "Plant for each kW of heat; derived and assumed.")
                    .defaulted("2300"),
                number("switch_week_eur", amount, "Lost with each week without the switch; an assumption.")
                    .defaulted("1000"),
                number("downtime_eur_per_port_hour", between(0, 1e6), "Of a dark 400G port; an assumption.")
                    .defaulted("1"),
                number("service_visit_eur", amount, "One visit; an assumption.").defaulted("150"),
                ratio("stock_service_level", {0, 1, false, true}, "Probability that the spares suffice.")
                    .defaulted("0.99"),
                number("restock_weeks", between(0, 1000), "Until a used spare is back; an assumption.").defaulted("8"),
                integer("stock_shared_by_switches", between(1, 1000000), "That draw on one stock; an assumption.")
                    .defaulted("100"),
                ratio("residual_fraction", between(0, 1), "Of the purchase, got back at the horizon.").defaulted("0"),
                pluggable_service(), co_packaged_service()})
      .defaulted();
}

Key fleet_block() {
  return block(
             "fleet", "A cluster of accelerators whose fabric the classes of optics carry; omitted: none.",
             {integer("accelerators", between(1, 10000000), "In the cluster."),
              number("link_Gbps", above(0, 1e6), "Of an accelerator into the fabric, one direction.").defaulted("800"),
              flag("copper_to_accelerator", "Whether the lowest links are copper.").defaulted("true"),
              ratio("transceivers_per_accelerator", between(0, 100), "Optical ends of link_Gbps, both ends of links.")
                  .optional(),
              integer("switch_radix", between(2, 100000), "Ports of link_Gbps on a switch of a fat tree.").optional(),
              integer("tiers", between(1, 10), "Of the fat tree; omitted: the fewest that hold the accelerators.")
                  .optional(),
              number("switch_pJ_per_bit", between(0, 1000),
                     "Of a packet switch without optics; 940 W for 51.2 Tb/s (NVIDIA SN5600).")
                  .defaulted("18.4"),
              integer("lanes_per_laser_pluggable", between(1, 1000), "In pluggable modules.").defaulted("1"),
              optical_switching(), shipments()})
      .exactly_one({{"transceivers_per_accelerator"}, {"switch_radix"}})
      .optional();
}

} // namespace beachfront::study
