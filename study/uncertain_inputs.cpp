// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/uncertain_inputs.hpp"

#include "study/declaration.hpp"
#include "study/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {

namespace {

/// The path with every "[name]" replaced by the indices of the elements of that name: all combinations that exist.
std::vector<std::string> places_of(const Value& root, const std::string& path) {
  const std::size_t open = path.find('['), close = path.find(']', open == std::string::npos ? 0 : open);
  std::size_t from = open;
  while (from != std::string::npos && path.find_first_not_of("0123456789", from + 1) == path.find(']', from))
    from = path.find('[', from + 1);
  if (from == std::string::npos || close == std::string::npos)
    return {path};
  const std::size_t end = path.find(']', from);
  const std::string before = path.substr(0, from), name = path.substr(from + 1, end - from - 1);
  const auto elements = root.find(before);
  std::vector<std::string> places;
  if (!elements || elements->node->kind != NodeKind::list)
    return places;
  const std::vector<Value> all = elements->items();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].has("name") && all[i].text("name") == name)
      for (std::string& place : places_of(root, fmt::format("{}[{}]{}", before, i, path.substr(end + 1))))
        places.push_back(std::move(place));
  return places;
}

bool is_number(const Value& root, const std::string& place) {
  const auto value = root.find(place);
  if (!value || value->node->kind != NodeKind::scalar)
    return false;
  try {
    value->number();
    return true;
  } catch (const InputError&) {
    return false;
  }
}

Triangular range_of(const Value& input, double value) {
  if (const auto factor = input.optional_number("low_factor")) {
    const double low = *factor * value, high = input.number("high_factor") * value;
    return {std::min(low, high), value, std::max(low, high)};
  }
  const Triangular range{input.number("low"), value, input.number("high")};
  if (!(range.low <= value && value <= range.high))
    throw input.error(fmt::format("a range from {} to {}", range.low, range.high),
                      fmt::format("one that holds the design's own value, {}", value));
  return range;
}

/// An end of a range that a set gives for any design, held within what the key allows.
double within(const Range& allowed, double end, double value) {
  if (allowed.contains(end))
    return end;
  const double limit = end < value ? allowed.low : allowed.high;
  return allowed.contains(limit) ? limit : (limit + value) / 2;
}

/// What becomes of a range that leaves what its key allows.
enum class Beyond { held, refused };

/// An input of a list of ranges; nothing where the design does not have it.
std::vector<UncertainInput> read_input(const Value& root, const Value& input, Beyond beyond) {
  const std::string& path = input.text("path");
  std::vector<std::string> places = places_of(root, path);
  std::erase_if(places, [&](const std::string& place) { return !is_number(root, place); });
  if (places.empty())
    return {};
  const double value = root.number(places.front());
  Triangular range = range_of(input, value);
  const Key* key = declaration(root, places.front(), input.node->mark);
  if (key && key->kind == KeyKind::number) {
    for (const double end : {range.low, range.high})
      if (beyond == Beyond::refused && !key->range.contains(end))
        throw input.error(fmt::format("a range from {} to {}", range.low, range.high),
                          fmt::format("within what {} may be, {}", path, allowed_text(*key)));
    range.low = within(key->range, range.low, value);
    range.high = within(key->range, range.high, value);
  }
  return {{path, places, range, input.text("source")}};
}

void collect_paths(const Node& node, const std::string& path, std::vector<std::string>& paths) {
  for (const Entry& entry : node.entries)
    collect_paths(entry.value, path.empty() ? entry.key : path + "." + entry.key, paths);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    collect_paths(node.items[i], fmt::format("{}[{}]", path, i), paths);
  if (node.kind == NodeKind::scalar)
    paths.push_back(path);
}

/// Every {value, low, high} below a node.
void collect_estimates(const Value& at, const std::string& name, std::vector<UncertainInput>& inputs) {
  if (at.node->kind != NodeKind::map)
    return;
  if (at.has("value") && at.has("low") && at.has("high")) {
    inputs.push_back({name,
                      {at.path + ".value"},
                      {at.number("low"), at.number("value"), at.number("high")},
                      at.has("source") ? at.text("source") : ""});
    return;
  }
  for (const Entry& entry : at.node->entries)
    collect_estimates(at.at(entry.key), name + "." + entry.key, inputs);
}

} // namespace

std::vector<UncertainInput> uncertain_inputs(const Tree& resolved) {
  const Value root = resolved.root();
  std::vector<UncertainInput> inputs;
  for (const Value& own : root.items("uncertainty.inputs")) {
    std::vector<UncertainInput> found = read_input(root, own, Beyond::refused);
    if (found.empty()) {
      std::vector<std::string> paths;
      collect_paths(*root.node, "", paths);
      const std::string nearby = nearest(own.text("path"), paths);
      throw own.at("path").error(own.text("path"),
                                 "a number of the design" + (nearby.empty() ? "" : "; did you mean " + nearby + "?"));
    }
    inputs.push_back(std::move(found.front()));
  }
  const std::size_t own_inputs = inputs.size();
  for (const Value& usual : root.items("uncertainty.ranges.inputs")) {
    const auto same = [&](const UncertainInput& input) { return input.name == usual.text("path"); };
    if (std::none_of(inputs.begin(), inputs.begin() + static_cast<std::ptrdiff_t>(own_inputs), same))
      for (UncertainInput& found : read_input(root, usual, Beyond::held))
        inputs.push_back(std::move(found));
  }
  for (const Value& alternative : root.items("comparison.alternatives"))
    if (alternative.text("kind") == "pluggable-dsp") {
      collect_estimates(alternative, fmt::format("comparison.alternatives[{}]", alternative.text("name")), inputs);
      break;
    }
  std::erase_if(inputs, [](const UncertainInput& input) { return input.range.low == input.range.high; });
  return inputs;
}

std::vector<Setting> at_value(const UncertainInput& input, double value) {
  std::vector<Setting> settings;
  for (const std::string& place : input.places)
    settings.push_back({place, fmt::format("{}", value)});
  return settings;
}

} // namespace beachfront::study
