// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/results_document.hpp"

namespace beachfront::study {

namespace {

const char* kind_text(power::TransceiverKind kind) {
  switch (kind) {
  case power::TransceiverKind::pluggable_dsp:
    return "pluggable-dsp";
  case power::TransceiverKind::half_retimed:
    return "half-retimed";
  case power::TransceiverKind::linear_pluggable:
    return "linear-pluggable";
  case power::TransceiverKind::near_packaged:
    return "near-packaged";
  case power::TransceiverKind::cpo_fibre:
    return "cpo-fibre";
  case power::TransceiverKind::cpo_glass:
    break;
  }
  return "cpo-glass";
}

const char* serdes_text(power::HostSerdes serdes) {
  switch (serdes) {
  case power::HostSerdes::long_reach:
    return "long-reach";
  case power::HostSerdes::very_short_reach:
    return "very-short-reach";
  case power::HostSerdes::extra_short_reach:
    return "extra-short-reach";
  case power::HostSerdes::linear:
    break;
  }
  return "linear";
}

Json span_json(const power::Estimate& estimate) {
  return {{"low", estimate.low}, {"value", estimate.value}, {"high", estimate.high}};
}

Json estimate_json(const power::Estimate& estimate) {
  Json json = span_json(estimate);
  json["confidence"] = power::confidence(estimate);
  json["source"] = power::source_text(estimate);
  return json;
}

Json latency_json(const power::Latency& latency) {
  Json parts = Json::object();
  for (const power::LatencyPart& part : latency.parts)
    parts[part.name] = estimate_json(part.ns);
  Json json = span_json(latency.total_ns);
  json["parts"] = parts;
  json["basis"] = "one way, from the host's code to the other host's";
  return json;
}

Json saving_json(const power::Saving& saving) {
  Json json = {{"of", saving.of},
               {"against", saving.against},
               {"host_and_cooling_included", saving.host_and_cooling_included},
               {"numerator_W", saving.numerator_W},
               {"denominator_W", saving.denominator_W}};
  if (saving.ratio_low)
    json["ratio_low"] = *saving.ratio_low;
  if (saving.ratio_high)
    json["ratio_high"] = *saving.ratio_high;
  return json;
}

/// One saving of the list, with what its watts hold.
Json listed_saving_json(const power::Saving& saving) {
  Json json = saving_json(saving);
  json["ratio"] = saving.ratio;
  json["basis"] = saving.host_and_cooling_included
                      ? "host SerDes, optics, lasers, fans, power conversion and facility; the same traffic"
                      : "optics and lasers alone, at their own supply; the same traffic";
  return json;
}

Json host_json(const power::Alternative& alternative) {
  Json json = {{"serdes", serdes_text(alternative.host_serdes)},
               {"channel_loss_dB", estimate_json(alternative.channel_loss_dB)},
               {"energy_pJ_per_bit", estimate_json(alternative.host_energy_pJ_per_bit)}};
  if (alternative.host_reach_mm)
    json["reach_mm"] = estimate_json(*alternative.host_reach_mm);
  return json;
}

void add_split(Document& document, Json& row, const power::Alternative& alternative, const std::string& path) {
  Json parts_W = Json::object();
  for (const power::BoundaryPart& part : alternative.parts)
    parts_W[part.name] = estimate_json(part.W);
  row["parts_W"] = parts_W;
  row["total_span_W"] = span_json(alternative.total_span_W);
  row["span_pJ_per_bit"] = span_json(alternative.span_pJ_per_bit);
  row["optics_span_W"] = span_json(alternative.optics_span_W);
  if (alternative.capex_span_eur)
    row["capex_span_eur"] = estimate_json(*alternative.capex_span_eur);
  else
    document.absent_because(path + "capex_span_eur", alternative.cost_absent);
  row["host"] = host_json(alternative);
  if (!alternative.host_reach_mm)
    document.absent_because(path + "host.reach_mm", "the class gives no host_reach_mm");
  if (alternative.latency)
    row["latency_ns"] = latency_json(*alternative.latency);
  else
    document.absent_because(path + "latency_ns", alternative.latency_absent);
}

} // namespace

void add_power(Document& document, const power::ComparisonResult& comparison) {
  Json alternatives = Json::array();
  for (std::size_t i = 0; i < comparison.alternatives.size(); ++i) {
    const power::Alternative& alternative = comparison.alternatives[i];
    Json row = {{"name", alternative.name},
                {"kind", kind_text(alternative.kind)},
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
    add_split(document, row, alternative, path);
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
  Json savings = Json::array();
  for (const power::Saving& saving : comparison.savings)
    savings.push_back(listed_saving_json(saving));
  if (!savings.empty())
    document.json["power"]["savings"] = savings;
  else
    document.absent_because("power.savings",
                            comparison.saving_absent.empty() ? "no alternatives" : comparison.saving_absent);
}

} // namespace beachfront::study
