// SPDX-License-Identifier: GPL-3.0-or-later
// Heat, assembly, use, comparison, and how exactly to compute.
#include "study/design_schema.hpp"

namespace beachfront::study {

namespace {

Key interface_film(const char* name, const char* sentence, const char* material, double thickness_um) {
  Key film = layer(name, sentence, material, thickness_um);
  film.keys.push_back(
      number("contact_mm2K_per_W", between(0, 1000), "Of both faces together, beside the film's own.").defaulted("0"));
  return film;
}

} // namespace

Key cooling_block() {
  return block(
      "cooling", "From the dies to the coolant.",
      {number("ambient_C", between(-60, 150), "The coolant, or the air at the heat sink.").defaulted("35"),
       block("lid", "The heat spreader over dies and engines.",
             {entry("material", "materials", "Of the lid.").defaulted("copper"), width_mm(600, "East-west extent."),
              height_mm(600, "North-south extent."),
              number("thickness_mm", between(0.2, 20), "Of the plate above the dies.").defaulted("3"),
              entry("seal", "materials", "Between the lid's rim and the substrate.").defaulted("lid-seal-soft"),
              number("foot_width_mm", between(0, 100),
                     "Of the rim that stands on the seal; 0: the lid rests on the films below it.")
                  .defaulted("3"),
              number("seal_thickness_um", between(1, 5000), "Of the seal; the default is an assumption.")
                  .defaulted("100")}),
       number("heat_transfer_W_per_m2K", between(1, 1e7), "Of the cold plate or heat sink, on the lid's area.")
           .defaulted("20000"),
       interface_film("die_tim", "Between dies and lid.", "tim-indium", 200),
       interface_film("engine_tim", "Between engines and lid.", "tim-gel", 100),
       number("board_heat_transfer_W_per_m2K", between(0, 1e6),
              "From the substrate's board side (full: of substrate.board where given) to ambient; 0: no heat to the "
              "board. Fast: straight below each body.")
           .defaulted("0")});
}

Key assembly_block() {
  return list("assembly",
              block("", "A step of assembly.",
                    {choice("join", {"substrate", "die", "underfill", "engine", "stiffener", "lid", "board"},
                            "What is joined; stiffener: with its adhesive; lid: with its seal and the films "
                            "below it; board: the reflow at which warpage is reported, and substrate.board."),
                     number("temperature_C", between(-60, 400), "Where the joint is free of stress.")}),
              at_least(1), "Steps in their order; each leaves its joint stress-free at its own temperature.")
      .defaulted("[{join: substrate, temperature_C: 200}, {join: die, temperature_C: 217}, "
                 "{join: underfill, temperature_C: 165}, {join: engine, temperature_C: 100}, "
                 "{join: lid, temperature_C: 150}, "
                 "{join: board, temperature_C: 217}]");
}

Key operation_block() {
  return block("operation", "How the package is used.",
               {number("room_C", between(-60, 100), "Where parts are measured and adjusted.").defaulted("25"),
                number("idle_C", between(-60, 150), "Of the whole package when it is off.").defaulted("35"),
                number("cycles_per_day", between(0, 1000), "On-off cycles.").defaulted("2"),
                number("dwell_min", above(0, 100000), "At each end of a cycle.").defaulted("30"),
                number("lifetime_years", above(0, 100), "That the joints must last.").defaulted("7")})
      .defaulted();
}

Key comparison_block() {
  return block("comparison", "What the design is compared with, and at which prices.",
               {ratio("pue", between(1, 5), "Facility power over IT power.").defaulted("1.2"),
                ratio("fan_fraction", between(0, 1), "Fan power over load.").defaulted("0.05"),
                ratio("conversion_loss_fraction", {0, 1, false, true}, "Of the box's input, lost in power supplies.")
                    .defaulted("0.08"),
                number("electricity_eur_per_kWh", between(0, 10), "Price of energy.").defaulted("0.12"),
                number("eur_per_usd", above(0, 100), "Exchange rate: many prices are in dollars.").defaulted("0.92"),
                number("horizon_years", above(0, 100), "Over which costs are added up.").defaulted("5"),
                ratio("utilisation", between(0, 1), "Share of the year that the switch is powered.").defaulted("1"),
                number("price_usd_per_Gbps", between(0, 1000),
                       "Of the design's own engines, lasers included; no cost is "
                       "computed where not given.")
                    .optional(),
                ownership_block(),
                list("alternatives", entry("", "transceivers", "A class of optics."), at_least(0),
                     "What carries the same traffic instead.")
                    .defaulted("[dsp-1.6t, half-retimed-1.6t, lpo-1.6t, npo-6.4t, cpo-fibre, cpo-glass]"),
                block("link", "The link that latency is stated for.",
                      {number("port_rate_Gbps", above(0, 100000),
                              "Of one port, at which a word of its code fills; bandwidth over switch.ports where not "
                              "given, 800 without those.")
                           .optional(),
                       number("reach_m", between(0, 1e6), "Of fibre between the two switches.").defaulted("100"),
                       number("decoder_ns", between(0, 1e6),
                              "Of the host's decoder once the code's block is there; the default is an assumption.")
                           .defaulted("50"),
                       number("inner_code_ns", between(0, 1e6),
                              "Of the inner code of IEEE 802.3dj where the link has one; links of 500 m have none.")
                           .defaulted("0")})
                    .defaulted(),
                block("engine_latency",
                      "Of one of the design's own engines; that of cpo-fibre is assumed where not given.",
                      {number("transmit_ns", between(0, 1e6), "Electrical in to light out."),
                       number("receive_ns", between(0, 1e6), "Light in to electrical out.")})
                    .optional()})
      .defaulted();
}

Key fidelity_block() {
  const auto discipline = [](const char* name, const char* sentence) {
    return choice(name, {"fast"}, sentence)
        .hint("full", "the field solvers are not in this version; fast is the closed form or plate model")
        .defaulted("fast");
  };
  return block("fidelity", "Which models are used, and how exactly the loop is closed.",
               {choice("optics", {"fast", "full"},
                       "fast: separable scalar modes and closed forms; full: vector modes, fields of bends and joints.")
                    .defaulted("fast"),
                discipline("geometry", "Routing and layout."),
                choice("thermal", {"fast", "full"},
                       "fast: series for the lid, laminate plate; full: conduction and elasticity in three dimensions.")
                    .defaulted("fast"),
                block("mesh", "Of the three-dimensional models.",
                      {number("edge_mm", between(0.02, 20), "Cells at the edges of dies, engines and substrate.")
                           .defaulted("1"),
                       number("largest_mm", between(0.1, 100), "Cells far from edges.").defaulted("6"),
                       number("layer_um", between(10, 10000), "A layer thicker than this is cut.").defaulted("700"),
                       ratio("growth", between(1.1, 10), "Greatest ratio of neighbouring cells.").defaulted("2"),
                       number("joint_average_um", between(10, 10000),
                              "Width of the strip at a joint's edge over which shear and peel are averaged.")
                           .defaulted("500")})
                    .defaulted(),
                ratio("loop_tolerance", above(0, 0.1), "Relative change at which the loop has converged.")
                    .defaulted("1e-6"),
                integer("max_iterations", between(1, 10000), "Of the loop.").defaulted("50")})
      .defaulted();
}

} // namespace beachfront::study
