// SPDX-License-Identifier: GPL-3.0-or-later
// Light: guides, connectors, fibre attach, lasers and the link.
#include "study/design_schema.hpp"

namespace beachfront::study {
namespace {

constexpr double shortest_um = 0.3; // ultraviolet edge of oxide glasses
constexpr double longest_um = 3;    // infrared edge

Key profile() {
  const Range index = between(1, 4);
  const Key delta_n = ratio("delta_n", above(0, 1), "Index above the background at its peak.");
  return variant(
      "profile", "The index profile, where no recipe makes it.",
      {block("gaussian", "dn exp(-(x/hx)^2 - (y/hy)^2).",
             {delta_n, number("half_width_x_um", above(0, 1000), "hx, where dn has fallen to 1/e."),
              number("half_width_y_um", above(0, 1000), "hy, where dn has fallen to 1/e."),
              number("depth_um", between(0, 1000), "Centre below the surface, with a cover.").defaulted("0")}),
       block("step_fibre", "A round core.",
             {number("core_radius_um", above(0, 1000), "Radius of the core."),
              ratio("core_index", index, "Of the core."), ratio("cladding_index", index, "Outside the core.")}),
       block("channel", "A rectangular core.",
             {number("width_um", above(0, 1000), "Across."), number("height_um", above(0, 1000), "Into the glass."),
              ratio("core_index", index, "Of the core."),
              number("depth_um", between(0, 1000), "Top of the core below the surface, with a cover.").defaulted("0")}),
       block("surface_erfc", "dn erfc(y/depth) [erf((x+w/2)/s) - erf((x-w/2)/s)]/2, y into the glass.",
             {delta_n, number("depth_um", above(0, 1000), "Of the complementary error function."),
              number("opening_um", above(0, 1000), "w, the mask opening."),
              number("side_diffusion_um", above(0, 1000), "s, the blur under the mask's edges.")}),
       block("table", "A measured map.",
             {text("file", "CSV with the columns x_um, y_um, index, relative to this file.")})});
}

Key rules() {
  return block(
             "rules", "What the layout keeps to; `auto` is derived from the modes.",
             {number("min_bend_radius_mm", above(0, 1000), "Smallest bend radius.")
                  .or_words({"auto"})
                  .defaulted("auto"),
              number("min_pitch_um", above(0, 10000), "Smallest distance of parallel guides, centre to centre.")
                  .or_words({"auto"})
                  .defaulted("auto"),
              number("bend_loss_budget_dB_per_cm", between(1e-12, 10), "Radiation that sets the automatic radius.")
                  .defaulted("0.02"),
              number("crosstalk_budget_dB", {-200, 0, false, true}, "Coupled power that sets the automatic pitch.")
                  .defaulted("-40"),
              number("parallel_length_mm", above(0, 1000), "Length side by side for that crosstalk.").defaulted("20"),

              number("clearance_um", between(0, 10000), "From the guide's centre to keep-outs.").defaulted("100"),
              number("edge_clearance_mm", between(0, 100), "Of guides to the package edge, but at their ferrule.")
                  .defaulted("0.5"),
              number("lead_mm", between(0.001, 10), "Straight at either end of a guide, for the facet.")
                  .defaulted("0.25"),
              choice("bends", {"arc", "clothoid"},
                     "Shape of bends: arcs, or arcs that begin and end in clothoids, whose curvature never jumps.")
                  .defaulted("arc"),
              flag("crossings", "Whether guides of one layer may cross.").defaulted("false"),
              number("min_crossing_angle_deg", between(1, 90), "Where they may; always on straights.").defaulted("60")})
      .defaulted();
}

Key fibre() {
  const Range offset_um = between(-100, 100);
  const Range tilt_deg = between(-20, 20);
  return block("fibre", "The fibre that the guide is coupled to.",
               {number("mode_field_diameter_um", above(0, 100), "At 1/e2 of the intensity.").defaulted("9.2"),
                ratio("index", between(1, 4), "Of its core, for the reflection.").defaulted("1.4468"),
                number("gap_um", between(0, 1000), "Between glass and fibre.").defaulted("0"),
                ratio("gap_index", between(1, 4), "Of what fills the gap, 1 for air; omitted: the fibre's index.")
                    .optional(),
                list("offsets_um", number("", between(0, 100), "An offset."), at_least(0),
                     "Lateral offsets at which `modes` tells the loss, from the best position.")
                    .defaulted("[0]"),
                number("vertical_offset_um", offset_um, "At every one of these.").defaulted("0"),
                number("tilt_x_deg", tilt_deg, "Along the surface, in the medium of the joint.").defaulted("0"),
                number("tilt_y_deg", tilt_deg, "Into the glass.").defaulted("0")})
      .defaulted();
}

Key stress() {
  const Range megapascals = between(-2000, 2000);
  return block("stress_MPa",
               "Mechanical stress at the guide, tension positive; enters the birefringence at full fidelity, the modes "
               "are told without it.",
               {ratio("xx", megapascals, "Along the surface, across the guide.").defaulted("0"),
                ratio("yy", megapascals, "Into the glass.").defaulted("0"),
                ratio("zz", megapascals, "Along the guide.").defaulted("0"),
                ratio("xy", megapascals, "Shear, which turns the polarisation axes.").defaulted("0"),
                number("optic_per_TPa", between(-100, 100), "C1 - C2, instead of the glass's stress_optic_per_TPa.")
                    .optional()})
      .optional();
}

Key taper() {
  const Range index = between(1, 4);
  return block("taper",
               "Silicon nitride strip over the guide, bonded to it and narrowing towards its tip; at full fidelity its "
               "solved loss takes the place of engine_transfer_loss_dB.",
               {number("length_mm", above(0, 100), "From the wide to the narrow end.").defaulted("3"),
                number("wide_um", {0, 2, true, true}, "Width at the engine's end.").defaulted("0.7"),
                number("narrow_um", {0, 2, true, true}, "Width at the tip.").defaulted("0.26"),
                number("strip_thickness_um", above(0, 2), "Of the nitride.").defaulted("0.35"),
                ratio("strip_index", index, "Of the nitride; Si3N4 at 1.31 um.").defaulted("2.003"),
                number("bond_line_um", {0.1, 10, true, false}, "Between strip and glass.").defaulted("1"),
                ratio("bond_index", index, "Of the bond.").defaulted("1.5"),
                ratio("side_index", index, "Beside the strip: adhesive, or the chip's oxide.").defaulted("1.5"),
                ratio("chip_index", index, "Above the strip.").defaulted("1.447")})
      .optional();
}

} // namespace

std::vector<Key> waveguide_keys() {
  return {
      entry("glass", "glasses", "The guide's glass.").optional(),
      ratio("background_index", between(1, 4), "Index of the glass at every wavelength, instead of `glass`.")
          .optional(),
      entry("recipe", "recipes", "What makes the profile at the furnace.").optional(),
      profile().optional(),
      number("wavelength_um", between(shortest_um, longest_um), "In vacuum.").or_list().defaulted("1.31"),
      ratio("cover_index", between(1, 4), "Index above the surface; omitted: the guide is buried.").optional(),
      number("propagation_loss_dB_per_cm", between(0, 20), "Absorption and scattering in a straight guide.")
          .defaulted("0.1"),
      number("engine_transfer_loss_dB", between(0, 100), "From guide to engine at the best position.").defaulted("1"),
      integer("layers", between(1, 8),
              "Guide layers one above the other: one for each fibre row of a ferrule; with one row and two layers the "
              "laser feeds have the second to themselves.")
          .defaulted("1"),
      rules(),
      list("bend_radii_mm", number("", above(0, 1000), "A radius."), at_least(0),
           "Radii at which `modes` tells the loss.")
          .defaulted("[]"),
      list("gaps_um", number("", above(0, 1000), "A gap."), at_least(0),
           "Distances, centre to centre, at which `modes` tells the coupling.")
          .defaulted("[]"),
      taper(),
      list("crossing_angles_deg", number("", between(1, 90), "An angle."), at_least(0),
           "Angles at which `modes` tells the loss of a crossing.")
          .defaulted("[]"),
      fibre(),
      stress()};
}

std::vector<OneOf> waveguide_choices() {
  return {{{{"glass"}, {"background_index"}}, true}, {{{"recipe"}, {"profile"}}, true}};
}

Key waveguides_block() {
  Key guides =
      block("waveguides", "Guides in the substrate's glass, from the engines to the package edge.", waveguide_keys());
  guides.one_of = waveguide_choices();
  return std::move(guides).optional();
}

Key connectors_block() {
  return block("connectors", "The detachable ferrules at the package edge.",
               {entry("ferrule", "ferrules", "Type of every ferrule.").defaulted("mt-16"),
                number("front_panel_loss_dB", between(0, 10), "Connector between the package's fibres and the plant.")
                    .defaulted("0.5"),
                list("edges", choice("", {"N", "E", "S", "W"}, "An edge of the package."), between(1, 4),
                     "Edges that take ferrules.")
                    .without_repetition()
                    .defaulted("[N, E, S, W]"),
                choice("laser", {"in_order", "at_ends", "shared"},
                       "Ferrules of the laser feeds: their own between those of the data, their own after all data of "
                       "an edge (feeds then cross data, or have a layer of their own), or those of the data.")
                    .defaulted("in_order")})
      .optional();
}

Key fibre_attach_block() {
  return block("fibre_attach", "Fibre arrays straight to the engines, instead of guides in glass.",
               {number("fibre_pitch_um", above(0, 2000), "In an array.").defaulted("127"),
                number("coupling_loss_dB", between(0, 100), "Fibre to engine, each way.").defaulted("1.5"),
                number("connector_loss_dB", between(0, 100), "Connector at the fibre's other end.").defaulted("0.5")})
      .optional();
}

Key laser_block() {
  return block(
      "laser", "Where the light comes from.",
      {choice("location", {"external", "in_engine"},
              "External modules heat the faceplate, lasers in the engine heat the package.")
           .defaulted("external"),
       integer("modules", between(1, 10000), "Laser modules; for in_engine the engines that carry lasers."),
       integer("lasers_per_module", between(1, 1000), "Lasers of one module."),
       integer("lanes_per_laser", between(1, 1000), "Lanes that share a laser."),
       number("max_power_dBm", between(-30, 40), "Most that one laser gives at the module's output.").defaulted("24"),
       ratio("wall_plug_efficiency", above(0, 1), "Light out over electrical power in, of the whole module.")
           .defaulted("0.167"),
       number("reference_C", between(-40, 150), "Where that efficiency holds.").defaulted("45"),
       number("efficiency_slope_per_K", between(-0.1, 0.1), "Relative change of the efficiency for each kelvin.")
           .defaulted("-0.0067"),
       ratio("efficiency_floor", above(0, 1), "Below it the slope ends.").defaulted("0.05"),
       list("efficiency_curve",
            block("", "A measured point.",
                  {number("temperature_C", between(-60, 200), "Of the case; in_engine: of the engine."),
                   ratio("efficiency", above(0, 1), "Light out over electrical power in, of the whole module.")}),
            at_least(2), "Replaces the line above, rising in temperature; nothing is known beyond its last point.")
           .optional(),
       number("module_overhead_W", between(0, 1000), "Of one module, whatever light it gives.").defaulted("0"),
       number("rin_dB_per_Hz", between(-200, -100), "Intensity noise of a laser.").defaulted("-150"),
       choice("setting", {"common", "each"},
              "Power of the lasers: all alike at what the worst lane needs, or each at what its own worst lane needs.")
           .defaulted("each"),
       number("case_C", between(-40, 150), "Case temperature of external modules; with a rise, of their sink.")
           .defaulted("45"),
       number("case_rise_K_per_W", between(0, 100), "Of an external module's case for each watt of its heat.")
           .defaulted("0")});
}

Key receiver() {
  return block(
             "receiver",
             "Photodiode and amplifier of a lane; the defaults are a published receiver of 56 GBd "
             "(docs/theory-link.md).",
             {number("sensitivity_oma_dBm", between(-60, 20),
                     "Outer modulation amplitude it needs at the photodiode, instead of the noise model.")
                  .optional(),
              number("responsivity_A_per_W", above(0, 2), "Of the photodiode.").defaulted("0.9"),
              number("noise_pA_per_sqrt_Hz", above(0, 1000), "Of the amplifier, referred to its input.")
                  .defaulted("16.9"),
              ratio("bandwidth_per_baud", above(0, 2), "Noise bandwidth in Hz for each baud.").defaulted("0.571"),
              number("implementation_penalty_dB", between(0, 20), "Between noise model and measured sensitivity.")
                  .defaulted("3.3"),
              number("overload_average_dBm", between(-30, 30), "Most average power at the photodiode.").defaulted("2")})
      .defaulted();
}

Key link_block() {
  return block(
             "link", "The way of the light beyond the package, and what is kept in reserve.",
             {entry("standard", "standards", "What the far end and the fibre plant ask for.").defaulted("200g-dr"),
              number("engineering_margin_dB", between(0, 20), "Left over at the worst lane.").defaulted("0"),
              number("ageing_dB", between(0, 20), "Loss of laser power and couplings over the life.").defaulted("1"),
              number("temperature_penalty_dB", between(0, 20), "Change of losses over temperature.").defaulted("0.5"),
              number("split_excess_dB", between(0, 20), "Of the laser splitter, above the ideal 1/n.").defaulted("0.3"),
              integer("laser_connectors", between(0, 10), "Connectors between laser module and package.")
                  .defaulted("2"),
              number("laser_connector_loss_dB", between(0, 10), "Of each of them.").defaulted("0.5"),
              entry("laser_fibre", "fibres", "Between laser module and package.").defaulted("pm-1310"),
              number("laser_fibre_length_m", between(0, 1000), "Of it.").defaulted("2"),
              number("laser_polarisation_extinction_dB", above(0, 60),
                     "Wanted over other polarisation of the laser light at the package.")
                  .defaulted("20"),
              number("receive_pdl_dB", between(0, 20), "Polarisation dependence of the coupling to the receiver.")
                  .defaulted("0.2"),
              choice("crosstalk", {"coherent", "incoherent"},
                     "How light of a neighbouring guide adds: fields that beat (one laser, or lasers within the "
                     "receiver's bandwidth), or powers.")
                  .defaulted("coherent"),
              receiver(),
              number("plant_loss_dB", between(0, 50), "Fibre plant to the far end, instead of the standard's.")
                  .optional()})
      .defaulted();
}

} // namespace beachfront::study
