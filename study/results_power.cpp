// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

namespace beachfront::study {

namespace {

Json saving_json(const power::Saving& saving) {
  return {{"of", saving.of},
          {"against", saving.against},
          {"host_and_cooling_included", saving.host_and_cooling_included},
          {"numerator_W", saving.numerator_W},
          {"denominator_W", saving.denominator_W}};
}

} // namespace

void add_power(Document& document, const power::ComparisonResult& comparison) {
  Json alternatives = Json::array();
  for (std::size_t i = 0; i < comparison.alternatives.size(); ++i) {
    const power::Alternative& alternative = comparison.alternatives[i];
    Json row = {{"name", alternative.name},
                {"host_W", alternative.host_W},
                {"optics_W", alternative.optics_W},
                {"laser_W", alternative.laser_W},
                {"cooling_W", alternative.cooling_W},
                {"total_W", alternative.total_W},
                {"pJ_per_bit", alternative.pJ_per_bit},
                {"optics_pJ_per_bit", alternative.optics_pJ_per_bit}};
    const std::string path = "power.alternatives[" + alternative.name + "].";
    if (alternative.capex_eur)
      row["capex_eur"] = *alternative.capex_eur;
    else
      document.absent_because(path + "capex_eur", alternative.cost_absent);
    row["energy_per_year_MWh"] = alternative.energy_per_year_MWh;
    alternatives.push_back(row);
  }
  document.json["power"] = {{"alternatives", alternatives}};
  if (comparison.saving_vs_pluggable) {
    document.json["power"]["saving_vs_pluggable"] = comparison.saving_vs_pluggable->ratio;
    document.json["power"]["saving_vs_pluggable_basis"] = saving_json(*comparison.saving_vs_pluggable);
    document.json["power"]["optics_saving_vs_pluggable"] = comparison.optics_saving_vs_pluggable->ratio;
    document.json["power"]["optics_saving_vs_pluggable_basis"] = saving_json(*comparison.optics_saving_vs_pluggable);
  } else {
    document.absent_because("power.saving_vs_pluggable", comparison.saving_absent);
  }
}

} // namespace beachfront::study
