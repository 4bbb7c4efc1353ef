// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

namespace beachfront::study {

namespace {

Json saving_json(const power::FleetSaving& saving) {
  return {{"against", saving.against},
          {"numerator_MW", saving.numerator_MW},
          {"denominator_MW", saving.denominator_MW},
          {"ratio", saving.ratio},
          {"eur_per_year", saving.eur_per_year}};
}

Json alternative_json(Document& document, const FleetSolution& fleet, const FleetAlternative& alternative) {
  const power::FleetFigures& figures = alternative.figures;
  const std::string path = "fleet.alternatives[" + figures.name + "].";
  Json row = {{"name", figures.name},
              {"modules", figures.modules},
              {"lasers", figures.lasers},
              {"optics_MW", figures.optics_MW},
              {"host_MW", figures.host_MW},
              {"meter_MW", figures.meter_MW},
              {"meter_MW_per_million_accelerators", figures.meter_MW_per_million_accelerators},
              {"electricity_eur_per_year", figures.electricity_eur_per_year}};
  if (figures.at_accelerators.empty())
    document.absent_because(path + "at_accelerators", "the accelerators' links are copper");
  else
    row["at_accelerators"] = figures.at_accelerators;
  const auto put = [&](const char* key, const auto& value, const char* reason) {
    if (value)
      row[key] = *value;
    else
      document.absent_because(path + key, reason);
  };
  const char* no_rate = "a class on the links has no failure rate";
  put("failures_per_day", figures.failures_per_day, no_rate);
  put("spares", figures.spares, no_rate);
  put("purchase_eur", figures.purchase_eur, "a class on the links has no price_usd_per_Gbps");
  if (alternative.at_the_meter) {
    row["saving_vs_pluggable"] = saving_json(*alternative.at_the_meter);
    row["optics_saving_vs_pluggable"] = saving_json(*alternative.of_optics);
  } else {
    document.absent_because(path + "saving_vs_pluggable", fleet.saving_absent);
    document.absent_because(path + "optics_saving_vs_pluggable", fleet.saving_absent);
  }
  return row;
}

Json tier_json(const FleetSolution& fleet) {
  const power::SwitchingTier& tier = *fleet.tier;
  return {{"optics", fleet.tier_optics},
          {"link_ends", tier.ends},
          {"packet_switches_removed", tier.packet_switches},
          {"optical_switches", tier.optical_switches},
          {"packet_switch_MW", tier.packet_switch_MW},
          {"optics_MW_each_side", tier.optics_MW_each_side},
          {"remaining_optics_MW", tier.remaining_optics_MW},
          {"optical_switch_MW", tier.optical_switch_MW},
          {"packet_tier_MW", tier.packet_MW()},
          {"optical_tier_MW", tier.optical_MW()},
          {"saving", tier.saving()},
          {"optics_saving", tier.optics_saving()}};
}

void add_optical(Document& document, const Design& design, const FleetSolution& fleet) {
  const OpticalSwitching& optical = *design.fleet->optical;
  Json ocs = {{"added_loss_dB", power::added_loss_dB(optical.optical_switch)},
              {"loss_in_link_dB", design.link.optical_switch_dB}};
  if (fleet.tier)
    ocs["tier"] = tier_json(fleet);
  else
    document.absent_because("fleet.ocs.tier", fleet.tier_absent);
  Json reach = Json::array();
  for (const power::ReachLeft& left : fleet.reach) {
    Json row = {{"name", left.name}, {"fibre_loss_left_dB", left.fibre_loss_left_dB}};
    if (left.reach_km) {
      row["reach_km"] = *left.reach_km;
      row["limited_by"] = left.limited_by;
    } else {
      document.absent_because("fleet.ocs.reach[" + left.name + "].reach_km", left.absent_because);
    }
    reach.push_back(row);
  }
  ocs["reach"] = reach;
  document.json["fleet"]["ocs"] = ocs;
}

void add_shipments(Document& document, const power::Shipments& shipments) {
  Json world = {{"first_year_MW", power::shipped_MW(shipments)}};
  if (const auto year = power::target_year(shipments))
    world["target_year"] = *year;
  else
    document.absent_because("fleet.shipments.target_year", "at this growth it takes more than a century");
  document.json["fleet"]["shipments"] = world;
}

} // namespace

void add_fleet(Document& document, const Design& design, const std::optional<FleetSolution>& fleet) {
  if (!fleet) {
    document.absent_because("fleet", design.fleet ? not_built : "the design has no block fleet");
    return;
  }
  const power::Cluster& cluster = design.fleet->cluster;
  document.json["fleet"] = {{"accelerators", cluster.accelerators},
                            {"link_ends_per_accelerator", fleet->ends.all()},
                            {"link_ends_per_accelerator_on_switches", fleet->ends.at_switches}};
  Json& block = document.json["fleet"];
  if (cluster.ends_per_accelerator) {
    for (const char* key : {"tiers", "packet_switches", "packet_switch_MW"})
      document.absent_because(std::string("fleet.") + key, "transceivers are given for each accelerator, not tiers");
  } else {
    block["tiers"] = cluster.tiers;
    block["packet_switches"] = fleet->packet_switches;
    block["packet_switch_MW"] = fleet->packet_switch_MW;
  }
  Json alternatives = Json::array();
  for (const FleetAlternative& alternative : fleet->alternatives)
    alternatives.push_back(alternative_json(document, *fleet, alternative));
  block["alternatives"] = alternatives;
  if (design.fleet->optical)
    add_optical(document, design, *fleet);
  else
    document.absent_because("fleet.ocs", "the fleet has no block ocs");
  if (design.fleet->shipments)
    add_shipments(document, *design.fleet->shipments);
  else
    document.absent_because("fleet.shipments", "the fleet has no block shipments");
}

} // namespace beachfront::study
