// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/stage_keys.hpp"

#include "study/hash.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace beachfront::study {

namespace {

/// Takes a key out of a map, "block.key"; every element of a list on the way.
void remove(Node& node, std::string_view path) {
  if (node.kind == NodeKind::list) {
    for (Node& item : node.items)
      remove(item, path);
    return;
  }
  const std::size_t dot = path.find('.');
  const std::string_view key = path.substr(0, dot);
  if (dot == std::string_view::npos) {
    std::erase_if(node.entries, [&](const Entry& entry) { return entry.key == key; });
  } else if (Entry* entry = node.find(key)) {
    remove(entry->value, path.substr(dot + 1));
  }
}

std::uint64_t hash_without(Node node, const std::vector<std::string_view>& paths) {
  for (const std::string_view path : paths)
    remove(node, path);
  return hash({&node, ""});
}

} // namespace

StageKeys stage_keys(const Value& root) {
  const std::vector<std::string_view> not_in_point = {"name", "description", "comparison", "uncertainty"};
  std::vector<std::string_view> not_in_package = {"engines.energy",
                                                  "engines.modulator",
                                                  "engines.multiplexer_loss_dB",
                                                  "engines.ring_lock_C",
                                                  "engines.max_temperature_C",
                                                  "asic.max_junction_C",
                                                  "asic.dies.power_W",
                                                  "switch.serdes.energy_pJ_per_bit",
                                                  "laser",
                                                  "link",
                                                  "waveguides.engine_transfer_loss_dB"};
  not_in_package.insert(not_in_package.end(), not_in_point.begin(), not_in_point.end());
  std::vector<std::string_view> not_in_layout = {"cooling",
                                                 "assembly",
                                                 "operation",
                                                 "fidelity.thermal",
                                                 "fidelity.mesh",
                                                 "fidelity.loop_tolerance",
                                                 "fidelity.max_iterations"};
  not_in_layout.insert(not_in_layout.end(), not_in_package.begin(), not_in_package.end());

  StageKeys keys;
  keys.point = hash_without(*root.node, not_in_point);
  keys.package = hash_without(*root.node, not_in_package);
  keys.layout = hash_without(*root.node, not_in_layout);
  if (const auto guides = root.find("waveguides"))
    keys.modes = hash_without(*guides->node, {"propagation_loss_dB_per_cm", "engine_transfer_loss_dB"}) ^
                 (root.is("fidelity.optics", "full") ? 1 : 0);
  return keys;
}

} // namespace beachfront::study
