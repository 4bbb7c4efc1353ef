// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/tree_json.hpp"

#include "study/number_text.hpp"

#include <cmath>

namespace beachfront::study {
namespace {

nlohmann::ordered_json scalar_json(const Node& node) {
  if (node.quoted)
    return node.text;
  if (const std::optional<double> number = parse_number(node.text))
    return number_json(*number);
  if (node.text == "true" || node.text == "false")
    return node.text == "true";
  return node.text;
}

} // namespace

nlohmann::ordered_json number_json(double value) {
  constexpr double exact_whole = 1e15; // every whole double below is an integer printed exactly
  const bool whole = std::trunc(value) == value && std::abs(value) < exact_whole;
  return whole ? nlohmann::ordered_json(static_cast<long long>(value)) : nlohmann::ordered_json(value);
}

nlohmann::ordered_json to_json(const Node& node) {
  nlohmann::ordered_json out;
  switch (node.kind) {
  case NodeKind::null:
    break;
  case NodeKind::scalar:
    out = scalar_json(node);
    break;
  case NodeKind::list:
    out = nlohmann::ordered_json::array();
    for (const Node& item : node.items)
      out.push_back(to_json(item));
    break;
  case NodeKind::map:
    out = nlohmann::ordered_json::object();
    for (const Entry& entry : node.entries)
      out[entry.key] = to_json(entry.value);
    break;
  }
  return out;
}

} // namespace beachfront::study
