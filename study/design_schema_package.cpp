// SPDX-License-Identifier: GPL-3.0-or-later
// The electrical package: switch, dies, substrate, engines.
#include "study/design_schema.hpp"

namespace beachfront::study {

Key switch_block() {
  return block(
      "switch", "What the package switches.",
      {number("bandwidth_Tbps", above(0, 10000), "Switching capacity, counted as `direction` says."),
       choice("direction", {"one_way", "both_ways"},
              "Whether bandwidth_Tbps counts the bits of one direction (102.4T: 102.4 in and 102.4 out) or of "
              "both. Every other bandwidth in the file counts one direction.")
           .defaulted("one_way"),
       number("lane_rate_Gbps", above(0, 1000), "Data rate of one optical lane, one direction.").defaulted("200"),
       choice("modulation", {"nrz", "pam4"}, "Line code of a lane.").defaulted("pam4"),
       integer("ports", between(1, 100000), "Ports that the bandwidth is sold as, for reports.").optional(),
       block("serdes", "The electrical lanes between switch die and engines.",
             {choice("class", {"xsr", "linear", "vsr", "lr"}, "Reach class.").defaulted("xsr"),
              number("energy_pJ_per_bit", between(0, 100),
                     "On the switch die, both directions of a port; from the channel's loss where not given "
                     "(docs/theory-power.md).")
                  .optional(),
              ratio("energy_factor", between(0.1, 10),
                    "On the energy by the channel's loss, which holds for no process node in particular.")
                  .defaulted("1"),
              ratio("coding_overhead", between(0, 1),
                    "Line rate over lane_rate_Gbps, less 1: 212.5 Gb/s carry 200 (IEEE 802.3).")
                  .defaulted("0.0625"),
              number("transition_loss_dB", between(0, 20),
                     "Of bumps and vias at each end of a lane, at Nyquist; the default is an assumption.")
                  .defaulted("0.5"),
              number("max_channel_loss_dB", above(0, 100),
                     "Largest loss from die to engine, at Nyquist; the limit of the class where not given "
                     "(docs/facts/electrical.md).")
                  .optional(),
              number("channel_loss_dB", between(0, 100),
                     "Switch die to engine, at Nyquist, as reports print it; worked out where not given. Energy and "
                     "limits go by what is worked out; the energy by this where no stack-up lets it be worked out.")
                  .optional()})
           .defaulted()});
}

namespace {

Key die() {
  return block("", "A die.",
               {name_key("Name of the die, unique in the package."), x_mm().defaulted("0"), y_mm().defaulted("0"),
                width_mm(200, "East-west extent."), height_mm(200, "North-south extent."),
                number("power_W", between(0, 1e5), "Heat of the whole die; its SerDes as `serdes_heat` says."),
                list("power_map",
                     block("", "A patch of the die's face.",
                           {name_key("What makes the heat."), x_mm(), y_mm(), width_mm(200, "East-west extent."),
                            height_mm(200, "North-south extent."),
                            number("power_W", between(0, 1e5), "Of power_W, even over the patch.")}),
                     at_least(0), "Where the heat arises; what the patches leave is even over the face.")
                    .defaulted("[]")});
}

} // namespace

Key asic_block() {
  return block("asic", "The switch die and its I/O chiplets.",
               {list("dies", die(), at_least(1), "Dies on the substrate, drawn as rectangles."),
                choice("serdes_heat", {"in_power", "added"},
                       "Whether power_W of the dies holds the heat of their SerDes, or that is added to it: "
                       "switch.serdes' energy for the lanes that leave each die.")
                    .defaulted("in_power"),
                number("thickness_mm", between(0.01, 5), "Of every die.").defaulted("0.775"),
                entry("material", "materials", "Of every die.").defaulted("silicon"),
                layer("underfill", "Between dies and substrate.", "underfill", 100),
                entry("solder", "materials", "Of the bumps under the dies.").defaulted("solder-sac305"),
                ratio("bump_area_fraction", between(0, 1), "Share of a die that its bumps cover.").defaulted("0.2"),
                number("bump_pitch_um", above(0, 1000), "Of the square array of bumps.").defaulted("130"),
                ratio("bumps_per_pair", between(2, 100),
                      "Bumps that a differential pair takes, its share of ground and supply with it; the default is an "
                      "assumption.")
                    .defaulted("6"),
                number("serdes_depth_mm", above(0, 100),
                       "How deep behind a die edge SerDes bumps may stand; the default is an assumption.")
                    .defaulted("2.5"),
                number("max_junction_C", between(0, 200), "Limit of the die's hottest spot.").defaulted("105")});
}

namespace {

Key stack_layer() {
  return block(
      "", "A layer of the stack-up, or several equal ones.",
      {name_key("As drawings name the layer."), entry("material", "materials", "Dielectric or core."),
       number("thickness_um", above(0, 10000), "Of the dielectric of one layer."),
       number("copper_thickness_um", between(0, 500), "Of the patterned copper beside the dielectric.").defaulted("0"),
       ratio("copper_fraction", between(0, 1), "Share of the area that the copper covers.").defaulted("0"),
       ratio("via_copper_fraction", between(0, 1), "Share of the area that copper vias take.").defaulted("0"),
       integer("repeat", between(1, 100), "How often the layer is stacked.").defaulted("1")});
}

/// Defaults: docs/facts/electrical.md.
Key traces() {
  const Range micrometres = above(0, 1000);
  return block(
             "traces", "The electrical pairs in the build-up above the core, each signal layer between two planes.",
             {number("line_um", micrometres, "Width of a trace outside the bump fields.").defaulted("20"),
              number("space_um", micrometres, "Between the two traces of a pair.").defaulted("30"),
              number("pair_gap_um", micrometres, "To the next pair; the default is two films of 30 um, an assumption.")
                  .defaulted("60"),
              number("fine_line_um", micrometres,
                     "Width of a trace between pads; 5 on a glass core and 8 on an organic one where not given.")
                  .optional(),
              number("fine_space_um", micrometres, "Beside a trace between pads; fine_line_um where not given.")
                  .optional(),
              number("via_pad_um", micrometres, "Under a bump, on every layer.").defaulted("80"),
              integer("signal_layers", between(0, 100),
                      "Above the core, of stack_up's layers with copper; where not given every second one, planes "
                      "first and last.")
                  .optional()})
      .defaulted();
}

Key keep_out() {
  return block("", "A rectangle that guides and engines keep clear of.",
               {name_key("What is kept clear: a field of vias, a lid foot."), x_mm(), y_mm(),
                width_mm(600, "East-west extent."), height_mm(600, "North-south extent."),
                list("blocks", choice("", {"guides", "bodies"}, "What it keeps out."), between(1, 2),
                     "Guides, or bodies (engines and ferrules), or both: a lid foot may stand over guides.")
                    .without_repetition()
                    .defaulted("[guides, bodies]")});
}

Key stiffener() {
  return block("stiffener",
               "A ring on the die side, centred; the assembly step `stiffener` joins it. Guides may run below it and "
               "fibres over it; dies, engines, ferrules and the lid keep clear. None where not given.",
               {entry("material", "materials", "Of the ring.").defaulted("steel-304"),
                width_mm(600, "Of its outer edge, east-west."), height_mm(600, "Of its outer edge, north-south."),
                number("rim_width_mm", between(0.5, 100), "From its outer to its inner edge."),
                number("thickness_mm", between(0.1, 20), "Of the ring, without adhesive."),
                entry("adhesive", "materials", "Between ring and substrate.").defaulted("lid-seal-stiff"),
                number("adhesive_thickness_um", between(1, 5000), "Of the adhesive; the default is an assumption.")
                    .defaulted("100")})
      .optional();
}

Key board() {
  return block("board",
               "The board as a body: from the assembly step `board` on it takes part in bow and stress (full: in the "
               "engines' shift too, and heat leaves through it). Where not given it bends nothing.",
               {entry("material", "materials", "Of the board; its expansion counts in place of board_cte_ppm_per_K.")
                    .defaulted("board-fr4"),
                number("thickness_mm", between(0.2, 20), "Of the board."),
                number("margin_mm", between(0, 50), "How far it is modelled beyond the substrate; 0, or 0.5 and more.")
                    .defaulted("10"),
                entry("balls", "materials", "Of the balls as springs; ball_alloy rules their fatigue.")
                    .defaulted("solder-sac305"),
                number("ball_diameter_mm", between(0.05, 5), "Of a ball as a cylinder of ball_height_mm; assumption.")
                    .defaulted("0.6")})
      .optional();
}

} // namespace

Key substrate_block() {
  return block(
      "substrate", "The package substrate.",
      {choice("kind", {"glass", "organic"}, "What the core is; guides are made in glass only."),
       number("width_mm", between(10, 600), "East-west extent."),
       number("height_mm", between(10, 600), "North-south extent."),
       list("stack_up", stack_layer(), at_least(1), "Layers from the die side to the board side."),
       entry("copper", "materials", "Of patterns and vias.").defaulted("copper"), traces(),
       list("keep_outs", keep_out(), at_least(0), "What guides and engines keep clear of.").defaulted("[]"),
       stiffener(), number("ball_pitch_mm", between(0.1, 5), "Pitch of the balls to the board.").defaulted("1"),
       number("ball_height_mm", between(0.01, 5), "Joint height after reflow.").defaulted("0.4"),
       choice("edge_finish", {"blade-diced", "ground", "laser-cut", "architectural-cut"},
              "How a glass panel was cut: the flaws at its edges follow (docs/facts/mechanics.md).")
           .defaulted("blade-diced"),
       number("ball_inset_mm", between(0, 50), "From the package edge to the outermost row of balls.").defaulted("2"),
       choice("ball_alloy", {"sac305", "tin-lead", "tin-silver"}, "Of the balls; their fatigue law follows from it.")
           .defaulted("sac305"),
       number("board_cte_ppm_per_K", between(0, 100), "In-plane expansion of the board below.").defaulted("16"),
       board()});
}

namespace {

Key energy() {
  return block("energy", "Electrical energy of an engine for each bit of one direction, without the laser.",
               {number("driver_pJ_per_bit", between(0, 100), "Modulators and their drivers.").defaulted("0.85"),
                number("receiver_pJ_per_bit", between(0, 100), "Transimpedance amplifiers.").defaulted("0.65"),
                number("control_pJ_per_bit", between(0, 100), "Ring heaters and control loops.").defaulted("0.4"),
                number("digital_pJ_per_bit", between(0, 100), "Clock recovery, interface to the switch die.")
                    .defaulted("0.6")})
      .defaulted();
}

Key optical_ports() {
  return block(
      "optical_ports", "The bank of guides or fibres along the engine's outer edge.",
      {number("pitch_um", above(0, 1000), "Centre to centre.").defaulted("50"),
       integer("tx", between(0, 4096), "Guides that carry data out."),
       integer("rx", between(0, 4096), "Guides that carry data in."),
       integer("laser", between(0, 4096), "Guides that bring laser light.").defaulted("0"),
       list("order", choice("", {"tx", "rx", "laser"}, "A group of ports."), between(1, 3),
            "Groups from left to right, seen from the engine towards the edge.")
           .without_repetition()
           .defaulted("[tx, rx, laser]"),
       flag("alternate", "The groups take turns port by port instead, as evenly as their numbers allow.")
           .defaulted("false"),
       flag("mirror_alternate", "Every second engine has the order reversed, so that neighbours share a ferrule.")
           .defaulted("false")});
}

Key position() {
  return block("", "An engine's place.",
               {number("x_mm", between(-300, 300), "Of its middle."),
                number("y_mm", between(-300, 300), "Of its middle."),
                choice("side", {"N", "E", "S", "W"}, "Side of the package that its ports face.")});
}

Key link() {
  return block("", "Guides from one engine to another.",
               {integer("from", between(0, 1023), "Number of the engine, as the layout counts them: E00 is 0."),
                integer("to", between(0, 1023), "Number of the other engine."),
                integer("lanes", between(1, 4096), "Guides between them.")});
}

Key placement() {
  return block("placement", "Where the engines stand: rows along each side, or given positions.",
               {list("sides", choice("", {"N", "E", "S", "W"}, "A side of the package."), between(1, 4),
                     "Sides with engines, filled evenly in this order.")
                    .without_repetition()
                    .defaulted("[N, E, S, W]"),
                number("die_gap_mm", between(0, 100), "Between the dies and the first row of engines.").defaulted("2"),
                number("pitch_mm", above(0, 100),
                       "Engine to engine along a side, centre to centre; engine width plus "
                       "clearance where not given.")
                    .optional(),
                number("clearance_mm", between(0, 100), "Least gap between bodies.").defaulted("0.5"),
                integer("rows", between(1, 8), "Rows a side, the first nearest to the dies.").defaulted("1"),
                number("row_gap_mm", between(0, 100), "Between rows.").defaulted("1"),
                flag("staggered", "Every second row stands half a pitch aside.").defaulted("false"),
                list("positions", position(), at_least(0),
                     "Place of every engine, spares last; instead of sides, rows and pitch.")
                    .defaulted("[]")})
      .defaulted();
}

} // namespace

Key engines_block() {
  return block(
      "engines", "The optical engines round the switch die.",
      {integer("count", between(1, 1024), "Engines that carry traffic."),
       integer("spares", between(0, 1024), "Engines more than that.").defaulted("0"),
       number("bandwidth_Tbps", above(0, 1000), "Of one engine, one direction."),
       number("width_mm", above(0, 100), "Along the side of the package."),
       number("depth_mm", above(0, 100), "Towards the centre of the package."),
       number("thickness_mm", between(0.01, 5), "Of the engine's silicon.").defaulted("0.775"),
       entry("material", "materials", "Of the engine's body.").defaulted("silicon"),
       number("bump_pitch_um", above(0, 1000), "Of the electrical bumps below the engine.").defaulted("130"),
       layer("attach", "Between engine and substrate.", "epoxy-optical", 20),
       list("power_map",
            block("",
                  "Where a part of every engine stands; x along the side, y towards the package edge, from the "
                  "engine's centre.",
                  {choice("part", {"driver", "receiver", "control", "heater", "digital", "laser"},
                          "As `energy` names it; heater: the rings' heaters, in control without it; laser: light that "
                          "ends in the engine, and the laser where it stands there."),
                   x_mm(), y_mm(), width_mm(100, "Along the side."), height_mm(100, "Towards the package edge.")}),
            at_least(0), "What has no place here is even over the engine's face.")
           .defaulted("[]"),
       integer("wavelengths_per_fibre", between(1, 128), "Lanes that share a guide.").defaulted("1"),
       number("multiplexer_loss_dB", between(0, 20), "Of joining them, and again of parting them.").defaulted("0"),
       energy(), entry("modulator", "modulators", "How data is put on the light.").defaulted("ring"), optical_ports(),
       placement(), list("links", link(), at_least(0), "Guides between engines.").defaulted("[]"),
       number("ring_lock_C", between(0, 200), "Ring temperature that meets the laser line without heating.")
           .defaulted("95"),
       number("max_temperature_C", between(0, 200), "Limit of the engine's hottest spot.").defaulted("95")});
}

} // namespace beachfront::study
