// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results.hpp"

#include "geometry/names.hpp"
#include "study/results_document.hpp"
#include "study/results_electrical.hpp"
#include "study/results_mechanics.hpp"
#include "study/routes.hpp"
#include "study/version.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

template <typename Absences>
std::string reason_for(const Absences& absences, const std::string& figure) {
  for (const auto& absence : absences)
    if (absence.figure == figure)
      return absence.reason;
  return "not solved";
}

/// {min, mean, max, p95}; p95 is the smallest value that at least 95 % do not exceed.
Json spread(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (double value : values)
    sum += value;
  const double n = static_cast<double>(values.size());
  const auto p95 = static_cast<std::size_t>(std::ceil(0.95 * n)) - 1;
  return {{"min", values.front()}, {"mean", sum / n}, {"max", values.back()}, {"p95", values[p95]}};
}

Json violations_json(const std::vector<geometry::Violation>& violations) {
  Json list = Json::array();
  for (const geometry::Violation& violation : violations)
    list.push_back({{"rule", violation.rule},
                    {"where", violation.where},
                    {"x_mm", violation.place.x_mm},
                    {"y_mm", violation.place.y_mm},
                    {"found", violation.found},
                    {"required", violation.required},
                    {"unit", violation.unit},
                    {"message", violation.message}});
  return list;
}

void add_escape(Document& document, const Solution& solution) {
  const geometry::Escape& escape = solution.escape;
  if (escape.stages.empty()) {
    document.absent_because("escape", not_built);
    return;
  }
  Json stages = Json::array();
  for (const geometry::Stage& stage : escape.stages)
    stages.push_back({{"name", stage.name},
                      {"used", stage.used},
                      {"available", stage.available},
                      {"unit", stage.unit},
                      {"basis", stage.basis}});
  document.json["escape"] = {{"per_direction_Tbps", escape.per_direction_Tbps},
                             {"die_shoreline_Tbps_per_mm", escape.die_shoreline_Tbps_per_mm},
                             {"package_edge_Tbps_per_mm", escape.package_edge_Tbps_per_mm},
                             {"package_areal_Tbps_per_mm2", escape.package_areal_Tbps_per_mm2}};
  document.put("escape", "used_edge_Tbps_per_mm", escape.used_edge_Tbps_per_mm, not_built);
  document.json["escape"]["limited_by"] = escape.limited_by;
  document.json["escape"]["stages"] = stages;
  document.json["escape"]["basis"] = {{"per_direction", escape.basis.per_direction},
                                      {"die_shoreline", escape.basis.die_shoreline},
                                      {"package_edge", escape.basis.package_edge},
                                      {"package_areal", escape.basis.package_areal},
                                      {"used_edge", escape.basis.used_edge}};
}

void add_electrical(Document& document, const Design& design, const Solution& solution) {
  const std::string reason = design.electrical.pair_absent.empty() ? not_built : design.electrical.pair_absent;
  std::optional<double> loss_dB = design.electrical.reported_loss_dB;
  if (!loss_dB && solution.channel)
    loss_dB = solution.channel->limit.loss_dB - solution.channel->worst_margin_dB;
  document.put("switch", "serdes_channel_loss_dB", loss_dB, reason);
  if (loss_dB)
    document.json["switch"]["serdes_channel_loss_dB_basis"] =
        design.electrical.reported_loss_dB ? "the design" : "the longest lane of electrical.engines";
  if (!solution.electrical) {
    document.absent_because("electrical", reason);
    return;
  }
  document.json["electrical"] = electrical_json(design, solution);
  if (!solution.channel)
    for (const char* key : {"impedance_ohm", "loss_dB_per_mm", "worst_margin_dB", "engines[].insertion_loss_dB"})
      document.absent_because(std::string("electrical.") + key, reason);
}

/// Guided modes of each wavelength and polarisation, in the order of the wavelengths.
Json mode_counts(const std::vector<optics::ModeFigures>& modes) {
  Json list = Json::array();
  for (const optics::ModeFigures& mode : modes) {
    const auto same = [&](const Json& row) {
      return row.at("wavelength_um") == mode.wavelength_um && row.at("polarization") == mode.polarization;
    };
    const auto row = std::find_if(list.begin(), list.end(), same);
    if (row != list.end())
      row->at("mode_count") = row->at("mode_count").get<int>() + 1;
    else
      list.push_back({{"wavelength_um", mode.wavelength_um}, {"polarization", mode.polarization}, {"mode_count", 1}});
  }
  return list;
}

void add_waveguide(Document& document, const Design& design, const Solution& solution) {
  if (!solution.waveguide) {
    document.absent_because("waveguide", "fibres are attached to the engines: no guides");
    return;
  }
  const optics::WaveguideFigures& figures = *solution.waveguide;
  const auto put = [&](const char* key, const auto& value) {
    document.put("waveguide", key, value, reason_for(figures.absent, key));
  };
  const bool full = design.guides && design.guides->waveguide.fidelity == optics::Fidelity::full;
  document.json["waveguide"] = Json::object();
  put("index_contrast", figures.index_contrast);
  put("effective_index", figures.effective_index);
  put("mode_field_diameter_x_um", figures.mode_field_diameter_x_um);
  put("mode_field_diameter_y_um", figures.mode_field_diameter_y_um);
  put("mode_count", figures.mode_count);
  put("propagation_loss_dB_per_cm", figures.propagation_loss_dB_per_cm);
  put("min_bend_radius_mm", figures.min_bend_radius_mm);
  put("min_pitch_um", figures.min_pitch_um);
  put("fibre_coupling_loss_dB", figures.fibre_coupling_loss_dB);
  put("engine_coupling_loss_dB", figures.engine_coupling_loss_dB);
  put("effective_index_error_estimate", figures.error_estimate);
  if (figures.birefringence)
    put("birefringence", figures.birefringence);
  else
    document.absent_because(
        "waveguide.birefringence",
        full ? reason_for(figures.absent, "birefringence")
             : "the fast mode is scalar: birefringence needs the vector modes and the stress of full fidelity");
  if (full && figures.effective_index)
    document.json["waveguide"]["mode_counts"] = mode_counts(figures.modes);
}

/// Largest spread of delay among the transmit or the receive guides of one engine: lanes of a port share an engine.
double skew_ps(const Solution& solution) {
  double skew = 0;
  for (const geometry::PlacedEngine& engine : solution.layout.engines)
    for (geometry::PortKind kind : {geometry::PortKind::tx, geometry::PortKind::rx}) {
      double low = std::numeric_limits<double>::infinity();
      double high = 0;
      for (std::size_t i = 0; i < solution.routes.size(); ++i) {
        const geometry::Guide& guide = solution.layout.guides[i];
        if (guide.engine != engine.index || guide.kind != kind)
          continue;
        low = std::min(low, solution.routes[i].delay_ps);
        high = std::max(high, solution.routes[i].delay_ps);
      }
      skew = std::max(skew, high - low);
    }
  return skew;
}

Json inversions_json(const geometry::Layout& layout) {
  Json list = Json::array();
  for (const geometry::Inversion& inversion : layout.inverted)
    list.push_back({{"first", inversion.first}, {"second", inversion.second}, {"pairs", inversion.pairs}});
  return list;
}

void add_routing(Document& document, const Design& design, const Solution& solution) {
  if (!design.guides) {
    document.absent_because("routing", "fibres are attached to the engines: no guides");
    return;
  }
  Json& routing = document.json["routing"];
  routing = {{"waveguides", nets_of(design.package)},
             {"routed", solution.layout.guides.size()},
             {"layers", solution.rules.layers},
             {"inversions", solution.layout.inversions},
             {"crossings", solution.verification.crossings.size()}};
  if (solution.layout.inversions > 0)
    routing["inverted"] = inversions_json(solution.layout);
  const char* unrouted = "no guide was routed: see violations";
  document.put("routing", "min_radius_mm", solution.verification.min_radius_mm, unrouted);
  document.put("routing", "min_spacing_um", solution.verification.min_spacing_um, unrouted);
  if (solution.layout.guides.empty()) {
    for (const char* key : {"length_mm", "loss_dB", "skew_ps", "loss_over_bound", "turn_footprint_mm"})
      document.absent_because(std::string("routing.") + key, unrouted);
  } else {
    std::vector<double> lengths_mm;
    for (const geometry::Guide& guide : solution.layout.guides)
      lengths_mm.push_back(geometry::length_mm(guide.path));
    routing["length_mm"] = spread(lengths_mm);
    if (solution.routes.empty()) {
      document.absent_because("routing.loss_dB", not_built);
      document.absent_because("routing.skew_ps", not_built);
      document.absent_because("routing.loss_over_bound", not_built);
    } else {
      std::vector<double> losses_dB;
      for (const optics::RouteLoss& route : solution.routes)
        losses_dB.push_back(route.total_dB);
      routing["loss_dB"] = spread(losses_dB);
      routing["skew_ps"] = skew_ps(solution);
      document.put("routing", "loss_over_bound", loss_over_bound(solution), "the guides lose nothing");
    }
    routing["turn_footprint_mm"] = solution.layout.turn_footprint_mm;
  }
  if (solution.corridors.gaps.empty()) {
    document.absent_because("routing.tightest_corridor", "no guide runs between two bodies");
  } else {
    const geometry::Gap& gap = solution.corridors.gaps.front();
    routing["tightest_corridor"] = {{"from", gap.from},           {"to", gap.to},
                                    {"length_mm", gap.length_mm}, {"capacity", gap.capacity},
                                    {"need", gap.need},           {"planned", solution.layout.guides.empty()}};
  }
  routing["rule_violations"] = solution.layout.violations.size() + solution.verification.violations.size() +
                               solution.corridors.violations.size();
}

void add_temperature(Document& document, const OperatingPoint& point) {
  const char* reason = "the temperature could not be solved: see violations";
  document.put("temperature", "asic_max_C", point.temperatures.asic_max_C, reason);
  document.put("temperature", "asic_mean_C", point.temperatures.asic_mean_C, reason);
  document.put("temperature", "substrate_max_C", point.temperatures.substrate_max_C, reason);
  if (point.temperatures.engines.empty()) {
    document.absent_because("temperature.engines", reason);
    return;
  }
  Json engines = Json::array();
  for (std::size_t i = 0; i < point.temperatures.engines.size(); ++i)
    engines.push_back({{"name", point.package.engines[i].name},
                       {"power_W", point.package.engines[i].power_W},
                       {"max_C", point.temperatures.engines[i].max_C},
                       {"mean_C", point.temperatures.engines[i].mean_C}});
  document.json["temperature"]["engines"] = engines;
  add_resistances(document.json["temperature"], point);
  document.json["temperature"]["heat_to_lid_W"] = point.temperatures.heat_to_lid_W;
  document.json["temperature"]["heat_to_board_W"] = point.temperatures.heat_to_board_W;
}

void add_mechanics(Document& document, const Design& design, const Solution& solution) {
  const OperatingPoint& point = *solution.point;
  const thermal::Mechanics& mechanics = point.mechanics;
  const auto reason = [&](const char* key) { return reason_for(mechanics.absent, key); };
  const auto put = [&](const char* key, const std::optional<double>& value) {
    document.put("mechanics", key, value, reason(key));
  };
  Json warpage = Json::object();
  const auto warp = [&](const char* state, const std::optional<thermal::Warpage>& value) {
    if (value)
      warpage[state] = value->corner_um;
    else
      document.absent_because(std::string("mechanics.warpage_um.") + state, reason("warpage_um"));
  };
  warp("reflow", mechanics.reflow);
  warp("room", mechanics.room);
  if (mechanics.mounted)
    warp("mounted", mechanics.mounted);
  warp("idle", mechanics.idle);
  warp("operating", mechanics.operating);
  document.json["mechanics"]["warpage_um"] = warpage;
  add_mechanics_detail(document.json["mechanics"], document.absent, design, solution);
  put("die_max_principal_MPa", mechanics.die_max_principal_MPa);
  put("glass_max_principal_MPa", mechanics.glass_max_principal_MPa);
  put("glass_via_wall_MPa", mechanics.glass_via_wall_MPa);
  put("interface_shear_MPa", mechanics.interface_shear_MPa);
  put("interface_peel_MPa", mechanics.interface_peel_MPa);
  put("solder_strain_range", mechanics.solder_strain_range);
  put("solder_cycles_to_failure", mechanics.solder_cycles_to_failure);
  put("solder_life_years", mechanics.solder_life_years);
  if (mechanics.glass_splitting) {
    document.json["mechanics"]["glass_splitting_J_per_m2"] = mechanics.glass_splitting->J_per_m2;
    document.json["mechanics"]["glass_splitting_limit_J_per_m2"] = mechanics.glass_splitting->limit_J_per_m2;
    document.put("mechanics", "glass_splitting_design_limit_J_per_m2", mechanics.glass_splitting->design_limit_J_per_m2,
                 "the glass has no design stress intensity");
  } else {
    for (const char* key :
         {"glass_splitting_J_per_m2", "glass_splitting_limit_J_per_m2", "glass_splitting_design_limit_J_per_m2",
          "glass_splitting_flaw_um", "glass_splitting_flaw_J_per_m2", "glass_splitting_critical_flaw_um"})
      document.absent_because(std::string("mechanics.") + key, reason("glass_splitting_J_per_m2"));
  }
  if (mechanics.engines.empty()) {
    document.absent_because("mechanics.engines", reason("engines"));
    return;
  }
  Json engines = Json::array();
  for (std::size_t i = 0; i < mechanics.engines.size(); ++i)
    engines.push_back({{"name", point.package.engines[i].name},
                       {"shift_um", mechanics.engines[i].shift_um},
                       {"rotation_mrad", mechanics.engines[i].rotation_mrad},
                       {"pitch_error_um", mechanics.engines[i].pitch_error_um},
                       {"seat_coplanarity_um", mechanics.engine_seats[i].coplanarity_um}});
  document.json["mechanics"]["engines"] = engines;
}

} // namespace

Json results_json(const Design& design, const Solution& solution) {
  Document document;
  document.json["design"] = design.name;
  document.json["switch"] = {{"bandwidth_Tbps", design.traffic.bandwidth_Tbps},
                             {"lane_rate_Gbps", design.traffic.lane_rate_Gbps},
                             {"modulation", design.traffic.modulation},
                             {"lanes", lanes(design)}};
  document.put("switch", "ports", design.traffic.ports, "the design does not give it");
  document.json["provenance"] = {{"tool_version", version()},
                                 {"git_commit", git_commit()},
                                 {"input_hash", design.input_hash},
                                 {"resolved_design_hash", design.resolved_hash}};
  document.json["feasible"] = solution.feasible();
  document.json["violations"] = violations_json(solution.violations);
  document.json["warnings"] = solution.warnings;
  add_escape(document, solution);
  add_electrical(document, design, solution);
  add_waveguide(document, design, solution);
  add_routing(document, design, solution);
  if (solution.point) {
    add_temperature(document, *solution.point);
    add_mechanics(document, design, solution);
    add_link(document, design, *solution.point);
    add_power(document, solution.comparison);
    add_loop(document, solution);
    add_ownership(document, solution.owned);
  } else {
    for (const char* block : {"temperature", "mechanics", "link", "power", "loop"})
      document.absent_because(block, not_built);
  }
  add_fleet(document, design, solution.fleet);
  document.json["absent"] = document.absent;
  return document.json;
}

} // namespace beachfront::study
