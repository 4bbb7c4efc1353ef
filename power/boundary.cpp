// SPDX-License-Identifier: GPL-3.0-or-later
#include "power/boundary.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace beachfront::power {
namespace {

constexpr std::array<std::string_view, 8> confidences = {"measured", "standard", "vendor",  "analyst",
                                                         "derived",  "recalled", "assumed", "solved"};

std::size_t confidence_length(const std::string& source) {
  const std::size_t colon = source.find(": ");
  if (colon == std::string::npos ||
      std::find(confidences.begin(), confidences.end(), std::string_view(source).substr(0, colon)) == confidences.end())
    return 0;
  return colon;
}

} // namespace

Estimate sum_of(const std::vector<Estimate>& parts) {
  Estimate total;
  for (const Estimate& part : parts) {
    total.value += part.value;
    total.low += part.low;
    total.high += part.high;
  }
  total.source = "derived: sum of the parts, each end of the range taken together";
  return total;
}

Estimate scaled(const Estimate& estimate, double factor) {
  return {estimate.value * factor, estimate.low * factor, estimate.high * factor, estimate.source};
}

ModulePower scaled(const ModulePower& power, double factor) {
  return {scaled(power.dsp_W, factor),     scaled(power.driver_W, factor), scaled(power.receiver_W, factor),
          scaled(power.control_W, factor), scaled(power.laser_W, factor),  scaled(power.other_W, factor)};
}

std::vector<BoundaryPart> boundary_parts(const Estimate& host_W, const ModulePower& modules_W,
                                         const Facility& facility) {
  std::vector<BoundaryPart> parts = {
      {"host", host_W},
      {"dsp", modules_W.dsp_W},
      {"driver", modules_W.driver_W},
      {"receiver", modules_W.receiver_W},
      {"control", modules_W.control_W},
      {"other", modules_W.other_W},
      {"laser", modules_W.laser_W},
  };
  const Estimate load_W = sum_of(parts);
  const Overhead value = overhead(load_W.value, facility);
  const Overhead low = overhead(load_W.low, facility);
  const Overhead high = overhead(load_W.high, facility);
  const char* source = "derived: follows the load by the design's comparison block";
  parts.push_back({"fans", {value.fans_W, low.fans_W, high.fans_W, source}});
  parts.push_back({"conversion", {value.conversion_W, low.conversion_W, high.conversion_W, source}});
  parts.push_back({"facility", {value.facility_W, low.facility_W, high.facility_W, source}});
  return parts;
}

Estimate sum_of(const std::vector<BoundaryPart>& parts, const std::vector<std::string>& names) {
  std::vector<Estimate> chosen;
  for (const BoundaryPart& part : parts)
    if (names.empty() || std::find(names.begin(), names.end(), part.name) != names.end())
      chosen.push_back(part.W);
  return sum_of(chosen);
}

std::string confidence(const Estimate& estimate) {
  const std::size_t length = confidence_length(estimate.source);
  return length > 0 ? estimate.source.substr(0, length) : "assumed";
}

std::string source_text(const Estimate& estimate) {
  const std::size_t length = confidence_length(estimate.source);
  return length > 0 ? estimate.source.substr(length + 2) : estimate.source;
}

} // namespace beachfront::power
