// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

namespace beachfront::study {

namespace {

Json parts_json(const power::CostParts& parts) {
  return {{"purchase_eur", parts.purchase_eur},       {"spares_eur", parts.spares_eur},
          {"cooling_eur", parts.cooling_eur},         {"delivery_eur", parts.delivery_eur},
          {"electricity_eur", parts.electricity_eur}, {"replacement_eur", parts.replacement_eur},
          {"visits_eur", parts.visits_eur},           {"downtime_eur", parts.downtime_eur},
          {"disruption_eur", parts.disruption_eur},   {"residual_eur", parts.residual_eur}};
}

Json ownership_json(const power::Ownership& cost) {
  Json cash_flow = Json::array();
  for (const power::CostParts& year : cost.years)
    cash_flow.push_back(year.total_eur());
  Json stock = Json::array();
  for (const power::Stock& one : cost.stock)
    stock.push_back({{"name", one.name}, {"demand", one.demand}, {"held", one.held}});
  return {{"present_value", parts_json(cost.present)},
          {"eur_per_Gbps", cost.eur_per_Gbps},
          {"eur_per_port_year", cost.eur_per_port_year},
          {"repairs", cost.repairs},
          {"stock", stock},
          {"cash_flow_eur", cash_flow}};
}

} // namespace

void add_ownership(Document& document, const std::vector<OwnedAlternative>& owned) {
  Json& rows = document.json["power"]["alternatives"];
  for (std::size_t i = 0; i < owned.size(); ++i) {
    const OwnedAlternative& one = owned[i];
    const std::string path = "power.alternatives[" + one.name + "].";
    Json& row = rows.at(i);
    if (one.cost) {
      row["tco_eur"] = one.cost->tco_eur;
      row["ownership"] = ownership_json(*one.cost);
    } else {
      row["ownership"] = Json::object();
      document.absent_because(path + "tco_eur", one.absent);
      for (const char* key :
           {"present_value", "eur_per_Gbps", "eur_per_port_year", "repairs", "stock", "cash_flow_eur"})
        document.absent_because(path + "ownership." + key, one.absent);
    }
    row["ownership"]["failures_per_year"] = one.failures_per_year;
    if (one.break_even_years)
      row["ownership"]["break_even_years"] = *one.break_even_years;
    else
      document.absent_because(path + "ownership.break_even_years", one.break_even_absent);
  }
}

} // namespace beachfront::study
