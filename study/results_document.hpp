// SPDX-License-Identifier: GPL-3.0-or-later
// results.json under construction.
#pragma once

#include "study/results.hpp"

#include <optional>
#include <string>

namespace beachfront::study {

/// The document under construction: values go in where they exist, reasons into `absent` where they do not.
struct Document {
  Json json = Json::object();
  Json absent = Json::object();

  void absent_because(const std::string& path, const std::string& reason) { absent[path] = reason; }

  /// `block.key`, or why it is missing.
  template <typename T>
  void put(const char* block, const char* key, const std::optional<T>& value, const std::string& reason) {
    if (value)
      json[block][key] = *value;
    else
      absent_because(std::string(block) + "." + key, reason);
  }
};

inline constexpr const char* not_built = "the layout could not be built: see violations";

/// The block `link`.
void add_link(Document& document, const Design& design, const OperatingPoint& point);

/// The block `power`.
void add_power(Document& document, const power::ComparisonResult& comparison);

/// The block `loop`: how it converged, how far the open chain is off, and where heat would run away.
void add_loop(Document& document, const Solution& solution);
/// `power.alternatives[].tco_eur` and `.ownership`, into the rows of add_power().
void add_ownership(Document& document, const std::vector<OwnedAlternative>& owned);

/// The block `fleet`.
void add_fleet(Document& document, const Design& design, const std::optional<FleetSolution>& fleet);

} // namespace beachfront::study
