// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/tree.hpp"

#include "study/number_text.hpp"
#include "study/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace beachfront::study {
namespace {

/// Text as it may stand in a one-line message.
std::string short_text(const std::string& text) {
  constexpr std::size_t longest = 60;
  std::string out;
  for (const char c : text.substr(0, longest))
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  while (!out.empty() && text.size() > longest && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80)
    out.pop_back(); // do not cut a character in two
  return text.size() > longest ? out + "..." : out;
}

std::string join_path(const std::string& path, const Step& step) {
  if (step.index)
    return fmt::format("{}[{}]", path, *step.index);
  return path.empty() ? step.key : path + "." + step.key;
}

std::vector<std::string> keys_of(const Node& map) {
  std::vector<std::string> keys;
  for (const Entry& entry : map.entries)
    keys.push_back(entry.key);
  return keys;
}

/// What a step finds below a node, null where there is nothing.
const Node* descend(const Node& node, const Step& step) {
  if (step.index)
    return node.kind == NodeKind::list && *step.index < node.items.size() ? &node.items[*step.index] : nullptr;
  const Entry* entry = node.find(step.key);
  return entry ? &entry->value : nullptr;
}

InputError nothing_there(const Node& node, const std::string& path, const Step& step, const Mark& where) {
  const std::string whole = join_path(path, step);
  if (step.index && node.kind == NodeKind::list)
    return {where, whole, fmt::format("no such item; {} has {}, counted from 0", path, node.items.size())};
  if (!step.index && node.kind == NodeKind::map) {
    const std::string near = nearest(step.key, keys_of(node));
    InputError error(where, whole, "missing" + (near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
    error.nearest = near;
    return error;
  }
  return bad_value(where, path, describe(node), step.index ? "a list" : "a map");
}

InputError malformed_path(std::string_view path, const Mark& where) {
  return {where, "", fmt::format("'{}' is no path; write it as waveguides.recipe.steps[0].time_min", path)};
}

} // namespace

const Entry* Node::find(std::string_view key) const {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return at == entries.end() ? nullptr : &*at;
}

Entry* Node::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

std::string describe(const Node& node) {
  switch (node.kind) {
  case NodeKind::null:
    return "nothing";
  case NodeKind::list:
    return fmt::format("a list of {}", node.items.size());
  case NodeKind::map:
    return "a map";
  case NodeKind::scalar:
    break;
  }
  return !node.quoted && parse_number(node.text) ? node.text : fmt::format("'{}'", short_text(node.text));
}

std::vector<Step> parse_path(std::string_view path, const Mark& where) {
  std::vector<Step> steps;
  std::size_t at = 0;
  while (at < path.size()) {
    if (path[at] == '[' && at > 0) {
      const std::size_t close = path.find(']', at);
      std::size_t index = 0;
      const char* end = path.data() + std::min(close, path.size());
      const auto parsed = std::from_chars(path.data() + at + 1, end, index);
      if (close == std::string_view::npos || parsed.ec != std::errc() || parsed.ptr != end)
        throw malformed_path(path, where);
      steps.push_back({"", index});
      at = close + 1;
      continue;
    }
    if (at > 0) { // a key after the first follows a dot
      if (path[at] != '.')
        throw malformed_path(path, where);
      ++at;
    }
    const std::size_t end = std::min(path.find_first_of(".[", at), path.size());
    if (end == at)
      throw malformed_path(path, where);
    steps.push_back({std::string(path.substr(at, end - at)), std::nullopt});
    at = end;
  }
  return steps;
}

bool Value::has(std::string_view relative) const {
  return find(relative).has_value();
}

std::optional<Value> Value::find(std::string_view relative) const {
  Value at = *this;
  for (const Step& step : parse_path(relative, node->mark)) {
    const Node* next = descend(*at.node, step);
    if (!next)
      return std::nullopt;
    at = {next, join_path(at.path, step)};
  }
  return at;
}

Value Value::at(std::string_view relative) const {
  Value at = *this;
  for (const Step& step : parse_path(relative, node->mark)) {
    const Node* next = descend(*at.node, step);
    if (!next)
      throw nothing_there(*at.node, at.path, step, at.node->mark);
    at = {next, join_path(at.path, step)};
  }
  return at;
}

double Value::number(std::string_view relative) const {
  const Value value = at(relative);
  const bool plain = value.node->kind == NodeKind::scalar && !value.node->quoted;
  const std::optional<double> number = plain ? parse_number(value.node->text) : std::nullopt;
  if (!number)
    throw value.error(describe(*value.node), "a number");
  return *number;
}

std::optional<double> Value::optional_number(std::string_view relative) const {
  const std::optional<Value> value = find(relative);
  return value ? std::optional(value->number()) : std::nullopt;
}

long long Value::integer(std::string_view relative) const {
  const double value = number(relative);
  constexpr double largest = 9007199254740992.0; // 2^53: whole doubles above skip integers
  if (std::trunc(value) != value || std::abs(value) > largest)
    throw at(relative).error(print_number(value), "a whole number");
  return static_cast<long long>(value);
}

const std::string& Value::text(std::string_view relative) const {
  const Value value = at(relative);
  if (value.node->kind != NodeKind::scalar)
    throw value.error(describe(*value.node), "a text");
  return value.node->text;
}

bool Value::flag(std::string_view relative) const {
  const std::string& word = text(relative);
  if (word != "true" && word != "false")
    throw at(relative).error(describe(*at(relative).node), "true or false");
  return word == "true";
}

bool Value::is(std::string_view relative, std::string_view word) const {
  const std::optional<Value> value = find(relative);
  return value && value->node->kind == NodeKind::scalar && value->node->text == word;
}

std::size_t Value::size(std::string_view relative) const {
  const Value value = at(relative);
  if (value.node->kind != NodeKind::list && value.node->kind != NodeKind::map)
    throw value.error(describe(*value.node), "a list");
  return value.node->items.size() + value.node->entries.size();
}

std::vector<Value> Value::items(std::string_view relative) const {
  const Value value = at(relative);
  value.size();
  std::vector<Value> all;
  for (std::size_t i = 0; i < value.node->items.size(); ++i)
    all.push_back({&value.node->items[i], join_path(value.path, {"", i})});
  for (const Entry& entry : value.node->entries)
    all.push_back({&entry.value, join_path(value.path, {entry.key, std::nullopt})});
  return all;
}

std::vector<double> Value::numbers(std::string_view relative) const {
  const Value value = at(relative);
  if (value.node->kind == NodeKind::scalar)
    return {value.number()};
  std::vector<double> all;
  for (const Value& item : value.items())
    all.push_back(item.number());
  return all;
}

std::vector<std::string> Value::texts(std::string_view relative) const {
  const Value value = at(relative);
  if (value.node->kind == NodeKind::scalar)
    return {value.text()};
  std::vector<std::string> all;
  for (const Value& item : value.items())
    all.push_back(item.text());
  return all;
}

InputError Value::error(const std::string& found, const std::string& allowed) const {
  const bool unwritten = node->origin.kind == OriginKind::default_value;
  return bad_value(node->mark, path, found + (unwritten ? " (the default)" : ""), allowed);
}

void set_value(Tree& tree, std::string_view path, Node value, const Mark& where) {
  const std::vector<Step> steps = parse_path(path, where);
  if (steps.empty())
    throw malformed_path(path, where);
  Node* node = &tree.node;
  std::string at;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const bool last = i + 1 == steps.size();
    if (node->kind == NodeKind::null && !step.index)
      node->kind = NodeKind::map;
    const bool right_kind = node->kind == (step.index ? NodeKind::list : NodeKind::map);
    if (!right_kind || (step.index && *step.index >= node->items.size()))
      throw nothing_there(*node, at, step, where);
    at = join_path(at, step);
    if (step.index) {
      if (last && value.kind == NodeKind::null)
        throw InputError(where, at, "an item of a list cannot be removed; set the whole list");
      node = &node->items[*step.index];
      continue;
    }
    if (last && value.kind == NodeKind::null) {
      std::erase_if(node->entries, [&](const Entry& e) { return e.key == step.key; });
      return;
    }
    if (!node->find(step.key)) {
      Node fresh;
      fresh.mark = where;
      fresh.origin.kind = OriginKind::set;
      node->entries.push_back({step.key, where, std::move(fresh)});
    }
    node = &node->find(step.key)->value;
  }
  *node = std::move(value);
}

} // namespace beachfront::study
