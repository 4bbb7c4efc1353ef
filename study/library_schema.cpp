// SPDX-License-Identifier: GPL-3.0-or-later
// The entries of the library. Each names its source; `name` is for entries written inside a design.
#include "study/design_schema.hpp"

#include <fmt/core.h>

namespace beachfront::study {
namespace {

Key sourced(const char* sentence, std::vector<Key> keys) {
  keys.insert(keys.begin(),
              {name_key("As reports print it; the entry's own name where not given.").optional(),
               text("source", "Where the values come from; for entries written inside a design it may be left out.")});
  return block("", sentence, std::move(keys));
}

/// A figure with the span of its sources; the unit is the suffix of its name.
Key estimate(const char* name, Range range, const char* sentence) {
  return block(name, sentence,
               {ratio("value", range, "What is computed with."), ratio("low", range, "Least of the sources."),
                ratio("high", range, "Greatest of the sources."), text("source", "Where they come from."),
                choice("confidence", {"measured", "standard", "vendor", "analyst", "derived", "recalled", "assumed"},
                       "How well `value` is founded; derived: worked out from published figures.")
                    .defaulted("assumed")});
}

const Range mobility_ratios = between(0.01, 100); // beyond any measured
const Range haven_ratios = between(0.01, 10);

Key prefactor(const char* whose) {
  return number("D0_m2_per_s", above(0, 1), fmt::format("Pre-exponential factor of {}.", whose));
}

Key activation_energy() {
  return number("activation_energy_kJ_per_mol", above(0, 1000), "Ea.");
}

/// Of one incoming ion.
Key diffusion(const char* name, const char* sentence) {
  return block(
             name, sentence,
             {text("source", "Where the data come from.").optional(), prefactor("the incoming ion"),
              activation_energy(),
              ratio("mobility_ratio", mobility_ratios,
                    "Incoming over sodium's diffusion coefficient; without it and without `sodium` 1.")
                  .optional(),
              block("sodium", "Sodium's own D0 and Ea, so that the mobility ratio follows the temperature.",
                    {prefactor("sodium"), activation_energy()})
                  .optional(),
              ratio("haven_ratio", haven_ratios,
                    "Diffusion over what the mobility in a field says (Nernst-Einstein): 1 for an ideal ion, "
                    "0.17 to 0.36 in soda-lime glasses.")
                  .defaulted("1"),
              block("melt", "How a melt fills the surface: ln[x/(1-x)] = n ln[c0/(1-c0)] - ln K, x its mole fraction.",
                    {ratio("K", above(0, 1e9), "Equilibrium constant."), ratio("n", above(0, 100), "Exponent.")})
                  .optional(),
              number("min_C", between(-100, 2000), "Coldest temperature of the data."),
              number("max_C", between(-100, 2000), "Hottest temperature of the data.")})
      .at_most_one({{"mobility_ratio"}, {"sodium"}});
}

Key recipe_step() {
  return block(
             "", "One step.",
             {choice("kind", {"exchange", "diffusion", "anneal"},
                     "exchange: in the melt of the ion; diffusion: in a sodium melt, mask stripped unless told; "
                     "anneal: in air, nothing passes the surface."),
              number("temperature_C", between(100, 800), "Of the furnace."),
              number("time_min", above(0, 100000), "In the furnace."),
              ratio("surface_fraction", above(0, 1), "Of this exchange, instead of the recipe's.").optional(),
              ratio("melt_mole_fraction", {0, 1, true, true},
                    "Of the ion in the melt of this exchange; needs the ion's `melt`.")
                  .optional(),
              number("field_V_per_um", between(0, 10), "Applied, mean over the glass; drives the ions in.").optional(),
              number("bias_V", between(0, 100000), "Applied across the glass; needs glass_thickness_mm.").optional(),
              choice("mask", {"stripped", "insulating", "metal"},
                     "On the surface outside the opening; omitted: the recipe's in an exchange, else stripped.")
                  .optional()})
      .at_most_one({{"surface_fraction"}, {"melt_mole_fraction"}})
      .at_most_one({{"field_V_per_um"}, {"bias_V"}});
}

} // namespace

Key material_entry() {
  const Range gigapascals = between(1e-6, 2000);
  const Range ppm = between(-100, 1000);
  const Range conductivity = above(0, 10000);
  const Range toughness = above(0, 100);
  return sourced(
      "A material. Moduli and expansion are in-plane unless the key says z.",
      {number("youngs_modulus_GPa", gigapascals, "Young's modulus."),
       ratio("poisson_ratio", {0, 0.5, false, true}, "Poisson's ratio."),
       number("cte_ppm_per_K", ppm, "Thermal expansion, below the glass transition."),
       choice("cte_law", {"constant", "okada-tokumaru"},
              "How the expansion depends on temperature; okada-tokumaru is "
              "silicon's (J. Appl. Phys. 56, 314, 1984).")
           .defaulted("constant"),
       number("conductivity_W_per_mK", conductivity, "Thermal conductivity; in-plane, if z is given as well."),
       number("conductivity_z_W_per_mK", conductivity, "Thermal conductivity through the thickness.").optional(),
       number("glass_transition_C", between(-150, 1500), "Where the above_tg values begin.").optional(),
       number("youngs_modulus_above_tg_GPa", gigapascals, "Young's modulus above the glass transition.").optional(),
       number("cte_above_tg_ppm_per_K", ppm, "Thermal expansion above the glass transition.").optional(),
       number("fracture_toughness_MPa_sqrt_m", toughness, "K_Ic, fast fracture.").optional(),
       number("design_stress_intensity_MPa_sqrt_m", toughness, "Below K_Ic: slow crack growth over the life.")
           .optional(),
       ratio("dielectric_constant", between(1, 1000), "Of a dielectric, at the frequency the source names.").optional(),
       ratio("loss_tangent", between(0, 1), "Of a dielectric, at the frequency the source names.").optional(),
       number("electrical_conductivity_MS_per_m", above(0, 100), "Of a conductor.").optional(),
       number("surface_roughness_um", between(0, 10), "Of a conductor as patterned, root mean square.").optional(),
       number("youngs_modulus_z_GPa", gigapascals, "Young's modulus through the thickness; in-plane where not given.")
           .optional(),
       ratio("poisson_ratio_xz", {0, 1, false, true},
             "Contraction through the thickness over extension in the plane; poisson_ratio where not given.")
           .optional(),
       number("shear_modulus_xy_GPa", gigapascals, "In the plane; isotropic where not given.").optional(),
       number("shear_modulus_xz_GPa", gigapascals,
              "Through the thickness; isotropic of the softer direction where not given.")
           .optional(),
       number("cte_z_ppm_per_K", ppm, "Thermal expansion through the thickness; in-plane where not given.").optional(),
       number("cte_z_above_tg_ppm_per_K", ppm, "The same above the glass transition.").optional(),
       number("flow_stress_MPa", above(0, 10000), "A soft metal's, which no film of it carries more than.")
           .optional()});
}

Key glass_entry() {
  const Range positive = above(0, 1e6);
  Key sellmeier =
      block("sellmeier", "n^2 = 1 + offset + sum of B L^2/(L^2 - C), L the vacuum wavelength in um.",
            {ratio("offset", between(0, 10), "Constant of the sum.").defaulted("0"),
             list("B", ratio("", positive, "A strength."), between(1, 10), "Strengths."),
             list("C_um2", number("", positive, "A resonance."), between(1, 10), "Resonances squared.").optional(),
             list("C_um", number("", positive, "A resonance."), between(1, 10), "Resonances, squared by the program.")
                 .optional()})
          .exactly_one({{"C_um2"}, {"C_um"}});
  return sourced("A glass as light sees it.",
                 {entry("material", "materials", "The same glass in the materials.").optional(),
                  ratio("index", between(1, 4), "Refractive index at every wavelength.").optional(),
                  std::move(sellmeier).optional(),
                  flag("ion_exchangeable", "Whether it holds alkali that can be exchanged."),
                  text("not_exchangeable_because", "Told to whoever tries.").optional(),
                  diffusion("diffusion", "Inter-diffusion of silver with sodium, D = D0 exp(-Ea/RT).").optional(),
                  map("ions", diffusion("", "Inter-diffusion with sodium, as `diffusion`."),
                      "Data of other ions than silver, by name: potassium, thallium, ...")
                      .optional(),
                  number("thermo_optic_per_K", between(-1e-3, 1e-3), "dn/dT.").defaulted("0"),
                  number("stress_optic_per_TPa", between(-100, 100), "n_TE - n_TM for each TPa of biaxial stress.")
                      .defaulted("0")})
      .exactly_one({{"index"}, {"sellmeier"}});
}

Key recipe_entry() {
  return sourced(
      "What is done at the furnace.",
      {text("ion", "That comes in for sodium: silver, or one of the glass's `ions`.").defaulted("silver"),
       number("mask_opening_um", above(0, 1000), "Width of the opening; omitted: the whole surface, a planar guide.")
           .optional(),
       ratio("surface_fraction", above(0, 1), "Share of the sites that the melt fills at the surface.").defaulted("1"),
       ratio("delta_n_max", above(0, 1), "Index change at full exchange."),
       ratio("mobility_ratio", mobility_ratios, "Instead of the ion's.").optional(),
       ratio("haven_ratio", haven_ratios, "Instead of the ion's.").optional(),
       ratio("stress_birefringence", between(-0.1, 0.1),
             "n_TE - n_TM at full exchange, from the stress of the larger ion; full fidelity adds its mean over the "
             "mode.")
           .defaulted("0"),
       diffusion("diffusion", "Instead of the glass's data for the ion.").optional(),
       number("glass_thickness_mm", between(0.001, 100), "Omitted: so thick that the back does not matter.").optional(),
       integer("sides", between(1, 2), "2: both faces take part alike.").defaulted("1"),
       choice("mask", {"insulating", "metal"},
              "Of the exchange: neither ions nor current pass, or a metal film at the potential of the melt.")
           .defaulted("insulating"),
       list("steps", recipe_step(), between(1, 20), "In their order.")});
}

Key ferrule_entry() {
  const Range millimetres = above(0, 100);
  return sourced(
      "A ferrule at the package edge.",
      {integer("fibres", between(1, 512), "Of one ferrule."),
       integer("rows", between(1, 16), "Rows they lie in.").defaulted("1"),
       number("fibre_pitch_um", above(0, 2000), "Centre to centre in a row."),
       number("body_width_mm", millimetres, "Along the edge."),
       number("body_depth_mm", millimetres, "Across the edge.").optional(),
       number("landing_depth_mm", between(0, 100), "Strip inside the package edge that its receptacle takes.")
           .defaulted("0"),
       number("height_mm", millimetres, "Of the body.").optional(),
       number("pitch_mm", millimetres, "Ferrule to ferrule along the edge."),
       number("alignment_loss_dB", between(0, 20), "Connector loss less the mode mismatch.")});
}

Key fibre_entry() {
  return sourced("A fibre.",
                 {number("mode_field_diameter_um", above(0, 100), "At 1/e2 of the intensity."),
                  ratio("group_index", between(1, 4), "For the delay."),
                  number("wavelength_um", above(0, 10), "Where these hold."),
                  number("attenuation_dB_per_km", between(0, 1000), "Of the fibre."),
                  flag("polarisation_maintaining", "Whether it keeps the polarisation.").defaulted("false")});
}

Key standard_entry() {
  const Range dBm = between(-60, 40);
  const Range nanometres = above(0, 10000);
  return sourced(
      "Limits of a lane at the connectors of the link.",
      {number("lane_rate_Gbps", above(0, 10000), "Of a lane."),
       number("baud_GBd", above(0, 10000), "Of a lane."),
       number("wavelength_min_nm", nanometres, "Shortest."),
       number("wavelength_max_nm", nanometres, "Longest."),
       number("launch_min_average_dBm", dBm, "Least launched."),
       number("launch_max_average_dBm", dBm, "Most launched."),
       number("receive_min_average_dBm", dBm, "Least received."),
       number("receive_max_average_dBm", dBm, "Most received."),
       number("channel_loss_dB", between(0, 60), "That the fibre plant may have."),
       number("penalty_dB", between(0, 20), "Of the budget, for reflections and differential group delay."),
       ratio("pre_fec_bit_error_ratio", {0, 0.1, true, false}, "That error correction is given."),
       number("launch_min_oma_dBm", dBm, "Least launched outer modulation amplitude."),
       number("launch_max_oma_dBm", dBm, "Most launched outer modulation amplitude."),
       number("launch_min_oma_less_tdecq_dBm", dBm, "Least launched amplitude less eye closure."),
       block("low_extinction", "What that is below an extinction ratio, where the standard makes a difference.",
             {number("below_dB", between(0, 60), "The extinction ratio."),
              number("launch_min_oma_less_tdecq_dBm", dBm, "The least then.")})
           .optional(),
       number("tdecq_max_dB", between(0, 20), "Worst eye closure of the transmitter."),
       number("extinction_ratio_min_dB", between(0, 60), "Of the transmitter."),
       number("sensitivity_less_tecq_dBm", dBm,
              "Amplitude that a receiver may need at its connector, less the eye closure of what it gets."),
       number("sensitivity_floor_dBm", dBm, "That amplitude for the best eye."),
       number("receive_damage_dBm", dBm, "Average power that a receiver survives.").optional(),
       number("rin_max_dB_per_Hz", between(-300, 0), "Intensity noise of the laser.").optional()});
}

Key modulator_entry() {
  const Range loss = between(0, 60);
  return sourced(
      "A modulator.",
      {number("insertion_loss_dB", loss, "At its highest level; the average loss of modulation comes on top."),
       number("insertion_loss_low_dB", loss, "Least of the sources.").optional(),
       number("insertion_loss_high_dB", loss, "Greatest of the sources.").optional(),
       number("extinction_ratio_dB", above(0, 60), "Highest over lowest level.").defaulted("4.5"),
       number("tdecq_dB", between(0, 20), "Eye closure of the transmitter with it.").defaulted("2"),
       flag("ring", "Whether it is a resonator that heaters hold on its line.").defaulted("false"),
       number("shift_pm_per_K", above(0, 1000), "Resonance with temperature, of a ring.").optional(),
       number("heater_nm_per_mW", above(0, 100), "Resonance with heater power, of a ring.").optional(),
       number("free_spectral_range_nm", above(0, 1000), "Of a ring.").optional(),
       number("collapse_nm", above(0, 100), "Detuning at which the modulation fails, of a ring.").optional()});
}

Key transceiver_entry() {
  const Range watts = between(0, 10000);
  return sourced(
      "A class of optics.",
      {choice("kind", {"pluggable-dsp", "half-retimed", "linear-pluggable", "near-packaged", "cpo-fibre", "cpo-glass"},
              "Of the class."),
       number("bandwidth_Tbps", above(0, 1000), "Of the module or engine that `power` describes, one direction."),
       choice("host_serdes", {"long-reach", "very-short-reach", "extra-short-reach", "linear"},
              "Reach class of the switch die's SerDes."),
       estimate("host_energy_pJ_per_bit", between(0, 100),
                "Of the SerDes on the switch die, both directions of a port."),
       estimate("channel_loss_dB", between(0, 100), "Switch die to module, at Nyquist."),
       block("power", "Of one module, part by part.",
             {estimate("dsp_W", watts, "DSP, retimer or clock recovery."),
              estimate("driver_W", watts, "Modulators and their drivers."),
              estimate("receiver_W", watts, "Transimpedance amplifiers."),
              estimate("control_W", watts, "Ring heaters and control loops."),
              estimate("laser_W", watts, "Lasers with cooler and supply."),
              estimate("other_W", watts, "Microcontroller, cooler, DC-DC conversion.")}),
       estimate("price_usd_per_Gbps", between(0, 1000), "Lasers included.").optional(),
       estimate("annual_failure_fraction_per_400G_port", between(0, 1), "Of 400G ports, lasers included.").optional(),
       estimate("host_reach_mm", between(0, 100000), "Copper between switch die and module that the class is for.")
           .optional(),
       block("latency", "Of one module or engine; a link has one at each end.",
             {estimate("transmit_ns", between(0, 1e6), "Electrical in to light out."),
              estimate("receive_ns", between(0, 1e6), "Light in to electrical out.")})
           .optional()});
}

} // namespace beachfront::study
