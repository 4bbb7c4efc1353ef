// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design.hpp"

#include "study/read_blocks.hpp"
#include "study/resolve.hpp"
#include "study/yaml.hpp"
#include "thermal/assembly.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

Tree open(const std::filesystem::path& file, const std::filesystem::path& library_folder,
          const std::vector<std::string>& settings, const Key& schema) {
  const Tree written = load_tree(file);
  const Library library = load_library(find_library(library_folder, file), written);
  const Tree resolved = resolve(written, schema, library);
  std::vector<Setting> parsed;
  for (const std::string& setting : settings) {
    parsed.push_back(parse_setting(setting));
    if (parsed.back().path.starts_with("library"))
      throw InputError({"--set " + setting, 0, 0}, "library", "is read from the file alone; list library files there");
  }
  return parsed.empty() ? resolved : resolve_with(resolved, parsed, schema, library);
}

/// Bandwidths of the file count one direction, but the switch's own may count both.
Traffic read_traffic(const Value& root) {
  Traffic traffic;
  traffic.bandwidth_Tbps =
      root.number("switch.bandwidth_Tbps") * (root.is("switch.direction", "both_ways") ? 0.5 : 1.0);
  traffic.lane_rate_Gbps = root.number("switch.lane_rate_Gbps");
  traffic.modulation = root.text("switch.modulation");
  if (root.has("switch.ports"))
    traffic.ports = root.integer("switch.ports");

  const double engine_Tbps = root.number("engines.bandwidth_Tbps");
  const double all_Tbps = engine_Tbps * static_cast<double>(root.integer("engines.count"));
  if (all_Tbps < traffic.bandwidth_Tbps * (1 - 1e-9))
    throw root.at("engines.count")
        .error(fmt::format("{} engines of {} Tb/s", root.integer("engines.count"), engine_Tbps),
               fmt::format("enough for the switch's {} Tb/s: at least {}", traffic.bandwidth_Tbps,
                           std::ceil(traffic.bandwidth_Tbps / engine_Tbps - 1e-9)));

  const double lanes = engine_Tbps * 1000 / traffic.lane_rate_Gbps;
  if (std::abs(lanes - std::round(lanes)) > 1e-6 || lanes < 1)
    throw root.at("engines.bandwidth_Tbps")
        .error(fmt::format("{} Tb/s", engine_Tbps),
               fmt::format("a whole number of lanes of {} Gb/s (switch.lane_rate_Gbps)", traffic.lane_rate_Gbps));
  traffic.lanes_per_engine = static_cast<int>(std::lround(lanes));
  return traffic;
}

/// Ports must carry the lanes: as many guides out and in as lanes over wavelengths, and light for all of them.
void check_ports(const Value& root, int lanes) {
  const auto wavelengths = root.integer("engines.wavelengths_per_fibre");
  for (const char* kind : {"tx", "rx"}) {
    const Value ports = root.at(std::string("engines.optical_ports.") + kind);
    if (ports.integer() * wavelengths != lanes)
      throw ports.error(fmt::format("{}", ports.integer()),
                        fmt::format("{}: {} lanes with {} on a fibre",
                                    lanes % wavelengths == 0 ? fmt::format("{}", lanes / wavelengths)
                                                             : fmt::format("a divisor of {}", lanes),
                                    lanes, wavelengths));
  }
  const Value laser = root.at("engines.optical_ports.laser");
  const auto lanes_per_laser = root.integer("laser.lanes_per_laser");
  // A laser has one wavelength: it feeds a lane of that wavelength on each of several fibres.
  const auto fibres = lanes / wavelengths;
  const auto feeds = (fibres + lanes_per_laser - 1) / lanes_per_laser * wavelengths;
  if (root.is("laser.location", "external") && laser.integer() < feeds)
    throw laser.error(fmt::format("{}", laser.integer()),
                      fmt::format("at least {}: {} lanes at {} a laser", feeds, lanes, lanes_per_laser));
}

/// Every kind that has ports has its place in the order.
void check_order(const Value& root) {
  const Value order = root.at("engines.optical_ports.order");
  const std::vector<std::string> kinds = order.texts();
  for (const char* kind : {"tx", "rx", "laser"}) {
    const auto ports = root.integer(std::string("engines.optical_ports.") + kind);
    if (ports > 0 && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
      throw order.error(fmt::format("an order without {}", kind),
                        fmt::format("an order with a place for the {} {} ports", ports, kind));
  }
}

void check_engines(const Value& root) {
  const auto engines = root.integer("engines.count") + root.integer("engines.spares");
  const Value positions = root.at("engines.placement.positions");
  if (const auto given = static_cast<long long>(positions.items().size()); given != 0 && given != engines)
    throw positions.error(fmt::format("{} positions", given),
                          fmt::format("one for each of the {} engines (count and spares)", engines));
  for (const Value& link : root.items("engines.links")) {
    if (link.integer("from") == link.integer("to"))
      throw link.at("to").error(fmt::format("{}", link.integer("to")), "another engine than `from`");
    for (const char* end : {"from", "to"})
      if (link.integer(end) >= engines)
        throw link.at(end).error(fmt::format("{}", link.integer(end)),
                                 fmt::format("one of the {} engines, 0 to {}", engines, engines - 1));
  }
}

void check_lid(const Value& root) {
  for (const char* extent : {"width_mm", "height_mm"}) {
    const Value lid = root.at(std::string("cooling.lid.") + extent);
    const double substrate_mm = root.number(std::string("substrate.") + extent);
    if (lid.number() > substrate_mm)
      throw lid.error(fmt::format("{} mm", lid.number()), fmt::format("at most the substrate's {} mm", substrate_mm));
  }
}

void check_balls(const Value& root) {
  const Value inset = root.at("substrate.ball_inset_mm");
  const double half_mm = std::min(root.number("substrate.width_mm"), root.number("substrate.height_mm")) / 2;
  if (inset.number() >= half_mm)
    throw inset.error(fmt::format("{} mm", inset.number()),
                      fmt::format("less than half the substrate, {} mm: balls must find a place", half_mm));
}

void check_board(const Value& root) {
  if (!root.has("substrate.board"))
    return;
  constexpr double least_margin_mm = 0.5; // a sliver would rule the mesh
  const Value diameter = root.at("substrate.board.ball_diameter_mm"), margin = root.at("substrate.board.margin_mm");
  if (margin.number() > 0 && margin.number() < least_margin_mm)
    throw margin.error(fmt::format("{} mm", margin.number()), fmt::format("0, or at least {} mm", least_margin_mm));
  if (diameter.number() >= root.number("substrate.ball_pitch_mm"))
    throw diameter.error(
        fmt::format("{} mm", diameter.number()),
        fmt::format("less than substrate.ball_pitch_mm, {} mm", root.number("substrate.ball_pitch_mm")));
}

void check_laser(const Value& root) {
  const Value floor = root.at("laser.efficiency_floor");
  const double efficiency = root.number("laser.wall_plug_efficiency");
  if (floor.number() > efficiency)
    throw floor.error(fmt::format("{}", floor.number()),
                      fmt::format("at most laser.wall_plug_efficiency, {}", efficiency));
  if (!root.has("laser.efficiency_curve"))
    return;
  const std::vector<Value> curve = root.items("laser.efficiency_curve");
  for (std::size_t i = 1; i < curve.size(); ++i)
    if (curve[i].number("temperature_C") <= curve[i - 1].number("temperature_C"))
      throw curve[i]
          .at("temperature_C")
          .error(fmt::format("{} C", curve[i].number("temperature_C")),
                 fmt::format("above the point before, {} C", curve[i - 1].number("temperature_C")));
}

void check_standard(const Value& root) {
  const Value rate = root.at("link.standard.lane_rate_Gbps");
  if (rate.number() != root.number("switch.lane_rate_Gbps"))
    throw root.at("link.standard.name")
        .error(
            fmt::format("{}, for {} Gb/s a lane", root.text("link.standard.name"), rate.number()),
            fmt::format("a standard for {} Gb/s a lane (switch.lane_rate_Gbps)", root.number("switch.lane_rate_Gbps")));
}

void check_dies(const Value& root, const geometry::Package& package) {
  const std::vector<Value> dies = root.items("asic.dies");
  for (std::size_t i = 0; i < dies.size(); ++i) {
    const geometry::Box& outline = package.dies[i].outline;
    if (!geometry::contains(package.outline, outline))
      throw dies[i].error("die " + package.dies[i].name + " over the substrate's edge", "a place on the substrate");
    for (std::size_t j = 0; j < i; ++j) {
      if (package.dies[j].name == package.dies[i].name)
        throw dies[i].at("name").error(fmt::format("'{}' a second time", package.dies[i].name), "a name of its own");
      if (geometry::overlap(outline, package.dies[j].outline))
        throw dies[i].error(fmt::format("die {} on top of die {}", package.dies[i].name, package.dies[j].name),
                            "a place of its own");
    }
  }
}

void check_patches(const std::vector<Value>& patches, const std::vector<geometry::Box>& boxes,
                   const geometry::Box& body, const std::string& whose) {
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!geometry::contains(body, boxes[i]))
      throw patches[i].error("a patch that is not on " + whose, "a place on it: heat needs a body");
    for (std::size_t j = 0; j < i; ++j)
      if (geometry::overlap(boxes[i], boxes[j]))
        throw patches[i].error("a patch on top of another", "a place of its own");
  }
}

void check_power_maps(const Value& root, const Design& design) {
  const std::vector<Value> dies = root.items("asic.dies");
  for (std::size_t i = 0; i < dies.size(); ++i) {
    const thermal::Die& die = design.thermal.dies[i];
    std::vector<geometry::Box> boxes;
    double sum_W = 0;
    for (const thermal::HeatPatch& patch : die.power_map) {
      boxes.push_back(patch.outline);
      sum_W += patch.power_W;
    }
    check_patches(dies[i].items("power_map"), boxes, die.outline, "die " + die.name);
    constexpr double rounding = 1 + 1e-12;
    if (sum_W > die.power_W * rounding)
      throw dies[i]
          .at("power_map")
          .error(fmt::format("{} W in the patches", sum_W),
                 fmt::format("at most the die's power_W, {} W", die.power_W));
  }
  std::vector<geometry::Box> boxes;
  for (const EnginePart& part : design.engine_parts)
    boxes.push_back(part.outline);
  check_patches(root.items("engines.power_map"), boxes,
                geometry::box_around({0, 0}, design.package.engines.width_mm, design.package.engines.depth_mm),
                "the engine");
}

/// What a mesh in three dimensions cannot hold.
void check_meshable(const Value& root, const thermal::Package& package) {
  constexpr double thinnest_um = 0.1;
  const auto check = [thinnest_um](const Value& thickness) {
    if (thickness.number() < thinnest_um)
      throw thickness.error(fmt::format("{} um", thickness.number()),
                            fmt::format("at least {} um with fidelity.thermal full: leave a thinner layer out, or give "
                                        "a film below the lid its contact_mm2K_per_W",
                                        thinnest_um));
  };
  for (const Value& layer : root.items("substrate.stack_up"))
    check(layer.at("thickness_um"));
  for (const char* film : {"asic.underfill", "engines.attach", "cooling.die_tim", "cooling.engine_tim"})
    check(root.at(std::string(film) + ".thickness_um"));
  try {
    thermal::check_elastic(package);
  } catch (const std::invalid_argument& error) {
    throw root.at("fidelity.thermal").error("full, with " + std::string(error.what()), "another material, or fast");
  }
}

/// A glass core is judged by its fracture.
void check_glass(const Value& root) {
  const std::vector<Value> layers = root.items("substrate.stack_up");
  if (!root.is("substrate.kind", "glass") || layers.empty())
    return;
  const auto tough = [](const Value& layer) { return layer.has("material.fracture_toughness_MPa_sqrt_m"); };
  if (std::any_of(layers.begin(), layers.end(), tough))
    return;
  const auto core = std::max_element(layers.begin(), layers.end(), [](const Value& a, const Value& b) {
    return a.number("thickness_um") < b.number("thickness_um");
  });
  throw core->at("material")
      .error(fmt::format("{} without fracture_toughness_MPa_sqrt_m", core->text("material.name")),
             "a glass with it where substrate.kind is glass: its edges and its splitting are judged by it");
}

void check_keep_outs(const Value& root, const geometry::Package& package) {
  const std::vector<Value> keep_outs = root.items("substrate.keep_outs");
  for (std::size_t i = 0; i < keep_outs.size(); ++i)
    if (!geometry::overlap(package.keep_outs[i].outline, package.outline))
      throw keep_outs[i].error(fmt::format("keep-out {} beside the substrate", package.keep_outs[i].name),
                               "a place on the substrate, at least in part");
}

void check_stiffener(const Value& root) {
  if (!root.has("substrate.stiffener"))
    return;
  const Value ring = root.at("substrate.stiffener");
  for (const char* side : {"width_mm", "height_mm"}) {
    const double substrate_mm = root.at("substrate").number(side), outer_mm = ring.number(side);
    if (outer_mm > substrate_mm)
      throw ring.at(side).error(fmt::format("{} mm", outer_mm),
                                fmt::format("at most the substrate's {}, {} mm", side, substrate_mm));
    if (2 * ring.number("rim_width_mm") >= outer_mm)
      throw ring.at("rim_width_mm")
          .error(fmt::format("{} mm", ring.number("rim_width_mm")),
                 fmt::format("less than half of {}, {} mm: a ring with a hole", side, outer_mm));
  }
}

/// Guides need a glass, in the stack-up, and one row of fibres a layer.
void check_guides(const Value& root) {
  if (root.is("substrate.kind", "organic"))
    throw root.at("substrate.kind").error("organic, with waveguides", "glass: guides are made in glass only");
  if (root.has("waveguides.glass.material")) {
    const std::string& material = root.text("waveguides.glass.material.name");
    bool found = false;
    for (const Value& layer : root.items("substrate.stack_up"))
      found = found || layer.text("material.name") == material;
    if (!found)
      throw root.at("waveguides.glass.name")
          .error(root.text("waveguides.glass.name"),
                 fmt::format("the glass of a layer of substrate.stack_up; none is of {}", material));
  }
  const Value rows = root.at("connectors.ferrule.rows");
  if (const auto layers = root.integer("waveguides.layers"); rows.integer() > layers)
    throw rows.error(fmt::format("{} rows", rows.integer()),
                     fmt::format("at most {}, waveguides.layers: a layer of guides meets one row of fibres", layers));
  const Value ferrule = root.at("connectors.ferrule");
  if (ferrule.number("pitch_mm") < ferrule.number("body_width_mm"))
    throw ferrule.at("pitch_mm")
        .error(fmt::format("{} mm", ferrule.number("pitch_mm")),
               fmt::format("at least the body's {} mm", ferrule.number("body_width_mm")));
  const auto in_row = (ferrule.integer("fibres") + rows.integer() - 1) / rows.integer();
  const double row_mm = static_cast<double>(in_row - 1) * ferrule.number("fibre_pitch_um") / 1000;
  if (row_mm > ferrule.number("body_width_mm"))
    throw ferrule.at("fibre_pitch_um")
        .error(fmt::format("{} um, {} fibres in {:.2f} mm", ferrule.number("fibre_pitch_um"), in_row, row_mm),
               fmt::format("a row of fibres no wider than the body's {} mm", ferrule.number("body_width_mm")));
}

} // namespace

Tree open_design(const std::filesystem::path& file, const std::filesystem::path& library_folder,
                 const std::vector<std::string>& settings) {
  return open(file, library_folder, settings, design_schema());
}

Tree open_waveguide(const std::filesystem::path& file, const std::filesystem::path& library_folder,
                    const std::vector<std::string>& settings) {
  return open(file, library_folder, settings, waveguide_schema());
}

Library open_library(const std::filesystem::path& file, const std::filesystem::path& library_folder) {
  return load_library(find_library(library_folder, file), load_tree(file));
}

Design read_design(const Tree& resolved) {
  const Value root = resolved.root();
  Design design;
  design.name = root.text("name");
  design.input_hash = resolved.file_hash;
  design.resolved_hash = hash_text(root);
  design.stages = stage_keys(root);
  design.traffic = read_traffic(root);
  check_ports(root, design.traffic.lanes_per_engine);
  check_order(root);
  check_engines(root);
  check_standard(root);
  check_lid(root);
  check_balls(root);
  check_glass(root);
  check_stiffener(root);
  check_board(root);
  check_laser(root);

  design.package = read_layout_package(root);
  check_dies(root, design.package);
  check_keep_outs(root, design.package);
  if (root.has("waveguides")) {
    design.guides = read_guides(root, resolved.file); // refuses ion exchange in alkali-free glass
    check_guides(root);
  }
  design.electrical = read_electrical(root);
  design.link = read_link(root);

  design.thermal = read_thermal_package(root);
  design.engine = read_thermal_engine(root);
  design.engine_parts = read_engine_parts(root);
  design.fields = read_field_rules(root);
  check_power_maps(root, design);
  if (design.fields)
    check_meshable(root, design.thermal);
  if (const auto fault = thermal::assembly_fault(design.thermal))
    throw root.at("assembly")
        .error(*fault, "the substrate first, then each joint once, dies before their underfill, a lid after what is "
                       "under it, a stiffener where substrate.stiffener gives one, substrate.board last");

  const Value energy = root.at("engines.energy");
  design.energy = {energy.number("driver_pJ_per_bit"), energy.number("receiver_pJ_per_bit"),
                   energy.number("control_pJ_per_bit"), energy.number("digital_pJ_per_bit")};
  design.limits = {root.number("asic.max_junction_C"), root.number("engines.max_temperature_C"),
                   root.number("operation.lifetime_years"), root.number("substrate.ball_pitch_mm")};
  design.rings = read_rings(root.at("engines.modulator"), root.number("engines.ring_lock_C"));
  design.laser = read_laser(root.at("laser"));
  design.serdes_energy_factor = root.number("switch.serdes.energy_factor");
  design.serdes_heat_added = root.is("asic.serdes_heat", "added");
  design.laser.lit = lasers(design);
  design.laser_case_C = root.number("laser.case_C");
  design.comparison = read_comparison(root, design.traffic.bandwidth_Tbps);
  design.own_class = read_own_class(root);
  design.ownership = read_ownership(root);
  design.fleet = read_fleet(root);
  if (design.fleet && design.fleet->optical && design.fleet->optical->in_link)
    design.link.optical_switch_dB = power::added_loss_dB(design.fleet->optical->optical_switch);
  for (const Value& alternative : root.items("comparison.alternatives")) {
    const std::string& name = alternative.text("name"); // results and savings tell alternatives by it
    if (name == design.name || std::any_of(design.alternatives.begin(), design.alternatives.end(),
                                           [&](const power::Transceiver& other) { return other.name == name; }))
      throw alternative.at("name").error(fmt::format("'{}' a second time", name),
                                         "a name that neither the design nor another alternative has");
    design.alternatives.push_back(read_transceiver(alternative));
  }
  design.loop = {root.number("fidelity.loop_tolerance"), static_cast<int>(root.integer("fidelity.max_iterations"))};
  return design;
}

} // namespace beachfront::study
