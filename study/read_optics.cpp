// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/read_blocks.hpp"

#include "optics/planar_guide.hpp"
#include "study/read_recipe.hpp"
#include "study/read_table.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace beachfront::study {

namespace {

optics::Glass read_glass(const Value& guides) {
  optics::Glass glass;
  if (!guides.has("glass")) {
    glass.name = "background";
    glass.ion_exchangeable = true; // a bare index says nothing of the glass
    glass.dispersion.constant_index = guides.number("background_index");
    return glass;
  }
  return read_glass_entry(guides.at("glass"));
}

optics::GuideSource read_source(const Value& guides, optics::Waveguide& guide, const std::filesystem::path& file) {
  if (guides.has("recipe")) {
    // Alkali-free glass is refused here, so that `check` says it without solving anything.
    if (guides.has("glass") && !guide.glass.ion_exchangeable)
      throw guides.at("glass.name")
          .error(guide.glass.name,
                 "a glass that takes ion exchange: " + guide.glass.name + " cannot, " +
                     (guides.has("glass.not_exchangeable_because") ? guides.text("glass.not_exchangeable_because")
                                                                   : "it holds no mobile alkali"));
    return read_recipe(guides.at("recipe"), guide.glass);
  }
  const Value profile = guides.at("profile");
  const std::string& kind = profile.text("kind");
  const double glass_index = optics::refractive_index(guide.glass.dispersion, guide.wavelengths_um.front()).value_or(1);
  const auto core_above = [&](double outside, const char* where) {
    const Value core = profile.at("core_index");
    if (core.number() <= outside)
      throw core.error(fmt::format("{}", core.number()),
                       fmt::format("above {}, {:.6g}: a core of lower index guides nothing", where, outside));
    return core.number() - outside;
  };
  if (kind == "gaussian")
    return optics::GaussianProfile{profile.number("delta_n"), profile.number("half_width_x_um"),
                                   profile.number("half_width_y_um"), profile.number("depth_um")};
  if (kind == "channel") {
    // The file counts the depth to the top of the core, a guide without a surface lies about its middle.
    const double height_um = profile.number("height_um");
    return optics::ChannelProfile{core_above(glass_index, "the glass's index"), profile.number("width_um"), height_um,
                                  guide.cover_index ? profile.number("depth_um") + height_um / 2 : 0};
  }
  if (kind == "surface_erfc")
    return optics::SurfaceErfcProfile{profile.number("delta_n"), profile.number("depth_um"),
                                      profile.number("opening_um"), profile.number("side_diffusion_um")};
  if (kind == "table")
    return read_table(profile.at("file"), file, glass_index);
  // A fibre brings its own cladding, which is then the background.
  const double cladding_index = profile.number("cladding_index");
  guide.glass.dispersion = {};
  guide.glass.dispersion.constant_index = cladding_index;
  return optics::StepFibreProfile{core_above(cladding_index, "cladding_index"), profile.number("core_radius_um"), 0};
}

/// A guide loses its light into a cover of higher index than its glass.
void check_cover(const Value& guides, const optics::Waveguide& guide) {
  for (const double wavelength_um : guide.wavelengths_um) {
    const auto glass_index = optics::refractive_index(guide.glass.dispersion, wavelength_um);
    if (glass_index && guide.cover_index && *guide.cover_index > *glass_index)
      throw guides.at("cover_index")
          .error(fmt::format("{}", *guide.cover_index),
                 fmt::format("at most the glass's {:.6g} at {} um: light leaks into a denser cover", *glass_index,
                             wavelength_um));
  }
}

optics::FibreEnd read_fibre(const Value& fibre) {
  constexpr double mrad_per_deg = 1000 * std::numbers::pi / 180;
  optics::FibreEnd end;
  end.mode_field_diameter_um = fibre.number("mode_field_diameter_um");
  end.index = fibre.number("index");
  end.gap_um = fibre.number("gap_um");
  end.gap_index = fibre.optional_number("gap_index");
  end.offsets_um = fibre.numbers("offsets_um");
  end.vertical_offset_um = fibre.number("vertical_offset_um");
  end.tilt_x_mrad = fibre.number("tilt_x_deg") * mrad_per_deg;
  end.tilt_y_mrad = fibre.number("tilt_y_deg") * mrad_per_deg;
  return end;
}

/// What the layout draws a guide as: its mask opening, else the width of its core or profile.
double drawn_width_um(const optics::GuideSource& source) {
  if (const auto* recipe = std::get_if<optics::Recipe>(&source))
    return recipe->mask_opening_um.value_or(1);
  if (const auto* gaussian = std::get_if<optics::GaussianProfile>(&source))
    return 2 * gaussian->half_width_x_um;
  if (const auto* fibre = std::get_if<optics::StepFibreProfile>(&source))
    return 2 * fibre->core_radius_um;
  if (const auto* channel = std::get_if<optics::ChannelProfile>(&source))
    return channel->width_um;
  if (const auto* surface = std::get_if<optics::SurfaceErfcProfile>(&source))
    return surface->opening_um;
  const auto& table = std::get<optics::TableProfile>(source);
  return (table.x_um.back() - table.x_um.front()) / 2;
}

} // namespace

namespace {

optics::TaperDesign read_taper(const Value& value) {
  optics::TaperDesign taper;
  taper.stack = {value.number("bond_line_um"), value.number("bond_index"), value.number("strip_thickness_um"),
                 value.number("strip_index"),  value.number("side_index"), value.number("chip_index")};
  taper.wide_um = value.number("wide_um");
  taper.narrow_um = value.number("narrow_um");
  taper.length_mm = value.number("length_mm");
  if (!(taper.narrow_um < taper.wide_um))
    throw value.at("narrow_um")
        .error(fmt::format("{} um", taper.narrow_um), fmt::format("below wide_um, {} um", taper.wide_um));
  if (taper.stack.strip_index <= std::max({taper.stack.bond_index, taper.stack.side_index, taper.stack.chip_index}))
    throw value.at("strip_index")
        .error(fmt::format("{}", taper.stack.strip_index), "above bond_index, side_index and chip_index");
  return taper;
}

} // namespace

optics::Waveguide read_waveguide(const Value& guides, const std::filesystem::path& file) {
  optics::Waveguide guide;
  guide.glass = read_glass(guides);
  guide.cover_index = guides.optional_number("cover_index");
  guide.wavelengths_um = guides.numbers("wavelength_um");
  guide.source = read_source(guides, guide, file);
  check_cover(guides, guide);
  guide.propagation_loss_dB_per_cm = guides.number("propagation_loss_dB_per_cm");
  guide.engine.transfer_loss_dB = guides.number("engine_transfer_loss_dB");
  const Value rules = guides.at("rules");
  guide.budget = {rules.number("bend_loss_budget_dB_per_cm"), rules.number("crosstalk_budget_dB"),
                  rules.number("parallel_length_mm")};
  guide.fibre = read_fibre(guides.at("fibre"));
  guide.bend_radii_mm = guides.numbers("bend_radii_mm");
  guide.gaps_um = guides.numbers("gaps_um");
  guide.crossing_angles_deg = guides.numbers("crossing_angles_deg");
  guide.crossings_from_fields = rules.flag("crossings");
  if (const auto taper = guides.find("taper"))
    guide.engine.taper = read_taper(*taper);
  if (const auto stress = guides.find("stress_MPa")) {
    guide.stress =
        optics::GuideStress{stress->number("xx"), stress->number("yy"), stress->number("zz"), stress->number("xy")};
    guide.glass.stress_optic_per_TPa =
        stress->optional_number("optic_per_TPa").value_or(guide.glass.stress_optic_per_TPa);
  }
  return guide;
}

GuideChoices read_guides(const Value& root, const std::filesystem::path& file) {
  const Value guides = root.at("waveguides");
  GuideChoices choices;
  choices.waveguide = read_waveguide(guides, file);
  if (optics::is_planar(choices.waveguide))
    throw guides.at("recipe").error(guides.text("recipe.name"),
                                    "a recipe with mask_opening_um: the guides of a package have a width");
  choices.waveguide.fidelity = root.is("fidelity.optics", "full") ? optics::Fidelity::full : optics::Fidelity::fast;
  const Value rules = guides.at("rules");
  const auto number_or_auto = [&](const char* key) {
    return rules.is(key, "auto") ? std::nullopt : rules.optional_number(key);
  };
  choices.min_bend_radius_mm = number_or_auto("min_bend_radius_mm");
  choices.min_pitch_um = number_or_auto("min_pitch_um");
  choices.rules.guide_width_um = drawn_width_um(choices.waveguide.source);
  choices.rules.keep_out_clearance_mm = rules.number("clearance_um") / 1000;
  choices.rules.edge_clearance_mm = rules.number("edge_clearance_mm");
  choices.rules.lead_mm = rules.number("lead_mm");
  choices.rules.layers = static_cast<int>(guides.integer("layers"));
  choices.rules.clothoids = rules.is("bends", "clothoid");
  choices.rules.crossings = rules.flag("crossings");
  choices.rules.min_crossing_angle_rad = rules.number("min_crossing_angle_deg") * std::numbers::pi / 180;
  choices.connector_loss_dB = root.number("connectors.ferrule.alignment_loss_dB");
  choices.front_panel_loss_dB = root.number("connectors.front_panel_loss_dB");
  return choices;
}

optics::LaserLocation read_laser_location(const Value& laser) {
  return laser.is("location", "external") ? optics::LaserLocation::external : optics::LaserLocation::in_engine;
}

namespace {

optics::OpticalStandard read_standard(const Value& value) {
  optics::OpticalStandard standard;
  standard.name = value.text("name");
  standard.launch_min_dBm = value.number("launch_min_average_dBm");
  standard.launch_max_dBm = value.number("launch_max_average_dBm");
  standard.receive_min_dBm = value.number("receive_min_average_dBm");
  standard.receive_max_dBm = value.number("receive_max_average_dBm");
  standard.channel_loss_dB = value.number("channel_loss_dB");
  standard.penalty_dB = value.number("penalty_dB");
  standard.baud_GBd = value.number("baud_GBd");
  standard.pre_fec_bit_error_ratio = value.number("pre_fec_bit_error_ratio");
  standard.launch_oma_min_dBm = value.number("launch_min_oma_dBm");
  standard.launch_oma_max_dBm = value.number("launch_max_oma_dBm");
  standard.launch_oma_less_tdecq_min_dBm = value.number("launch_min_oma_less_tdecq_dBm");
  if (const auto low = value.find("low_extinction"))
    standard.low_extinction = {low->number("below_dB"), low->number("launch_min_oma_less_tdecq_dBm")};
  standard.tdecq_max_dB = value.number("tdecq_max_dB");
  standard.extinction_ratio_min_dB = value.number("extinction_ratio_min_dB");
  standard.sensitivity_less_tecq_dBm = value.number("sensitivity_less_tecq_dBm");
  standard.sensitivity_floor_dBm = value.number("sensitivity_floor_dBm");
  standard.damage_dBm = value.optional_number("receive_damage_dBm");
  standard.rin_max_dB_per_Hz = value.optional_number("rin_max_dB_per_Hz");
  return standard;
}

optics::Receiver read_receiver(const Value& value) {
  optics::Receiver receiver;
  receiver.responsivity_A_per_W = value.number("responsivity_A_per_W");
  receiver.noise_pA_per_sqrt_Hz = value.number("noise_pA_per_sqrt_Hz");
  receiver.bandwidth_per_baud = value.number("bandwidth_per_baud");
  receiver.implementation_penalty_dB = value.number("implementation_penalty_dB");
  receiver.overload_dBm = value.number("overload_average_dBm");
  receiver.sensitivity_dBm = value.optional_number("sensitivity_oma_dBm");
  return receiver;
}

optics::LaserFeed read_feed(const Value& root) {
  optics::LaserFeed feed;
  feed.location = read_laser_location(root.at("laser"));
  feed.max_power_dBm = root.number("laser.max_power_dBm");
  feed.lanes_per_laser = static_cast<int>(root.integer("laser.lanes_per_laser"));
  feed.each_trimmed = root.is("laser.setting", "each");
  feed.split_excess_dB = root.number("link.split_excess_dB");
  feed.pm_connectors = static_cast<int>(root.integer("link.laser_connectors"));
  feed.pm_connector_loss_dB = root.number("link.laser_connector_loss_dB");
  feed.fibre_loss_dB =
      root.number("link.laser_fibre_length_m") / 1000 * root.number("link.laser_fibre.attenuation_dB_per_km");
  feed.polarization_extinction_dB = root.number("link.laser_polarisation_extinction_dB");
  return feed;
}

/// Modulators take one polarisation.
void check_laser_fibre(const Value& root) {
  const Value fibre = root.at("link.laser_fibre");
  if (root.is("laser.location", "external") && !fibre.flag("polarisation_maintaining"))
    throw fibre.at("name").error(fibre.text("name"),
                                 "a polarisation-maintaining fibre: modulators take one polarisation of laser light");
}

} // namespace

optics::LinkDesign read_link(const Value& root) {
  optics::LinkDesign link;
  check_laser_fibre(root);
  link.standard = read_standard(root.at("link.standard"));
  link.plant_loss_dB = root.optional_number("link.plant_loss_dB").value_or(link.standard.channel_loss_dB);
  link.laser = read_feed(root);
  link.path.modulator_insertion_dB = root.number("engines.modulator.insertion_loss_dB");
  link.path.multiplexer_loss_dB = root.number("engines.multiplexer_loss_dB");
  link.path.demultiplexer_loss_dB = root.number("engines.multiplexer_loss_dB");
  link.path.receive_pdl_dB = root.number("link.receive_pdl_dB");
  link.transmitter = {root.number("engines.modulator.extinction_ratio_dB"), root.number("engines.modulator.tdecq_dB"),
                      root.number("laser.rin_dB_per_Hz")};
  link.receiver = read_receiver(root.at("link.receiver"));
  link.crosstalk = root.is("link.crosstalk", "coherent") ? optics::Crosstalk::coherent : optics::Crosstalk::incoherent;
  link.reserve = {root.number("link.ageing_dB"), root.number("link.temperature_penalty_dB"),
                  root.number("link.engineering_margin_dB")};
  if (root.has("fibre_attach")) {
    const double coupling_dB = root.number("fibre_attach.coupling_loss_dB");
    link.laser.coupling_in_dB = coupling_dB;
    link.path.coupling_out_dB = coupling_dB;
    link.path.coupling_receive_dB = coupling_dB;
    link.path.connector_loss_dB = root.number("fibre_attach.connector_loss_dB");
  }
  return link;
}

} // namespace beachfront::study
