// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/twins.hpp"

#include "study/number_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace beachfront::study {
namespace {

constexpr std::size_t most_keys_told = 12;

std::string scalar_text(const Node* node) {
  return !node ? "absent" : node->kind == NodeKind::scalar ? node->text : describe(*node);
}

bool same_scalar(const Node& a, const Node& b) {
  const std::optional<double> x = a.quoted ? std::nullopt : parse_number(a.text);
  const std::optional<double> y = b.quoted ? std::nullopt : parse_number(b.text);
  return x && y ? *x == *y : x.has_value() == y.has_value() && a.text == b.text;
}

/// Null where there is none.
const Node* value_of(const Node& map, std::string_view key) {
  const Entry* entry = map.find(key);
  return entry ? &entry->value : nullptr;
}

bool renamed(const Node& first, const Node& other) {
  const Node* a = value_of(first, "name");
  const Node* b = value_of(other, "name");
  return a && b && !same_scalar(*a, *b);
}

void collect(const Node* first, const Node* other, const std::string& path, std::vector<DifferingKey>& out) {
  const auto differs = [&] { out.push_back({path, scalar_text(first), scalar_text(other)}); };
  if (!first || !other || first->kind != other->kind)
    return differs();
  if (first->kind == NodeKind::scalar)
    return same_scalar(*first, *other) ? void() : differs();
  if (first->items.size() != other->items.size())
    return differs();
  if (!path.empty() && renamed(*first, *other)) {
    out.push_back({path, value_of(*first, "name")->text, value_of(*other, "name")->text});
    return;
  }
  for (std::size_t i = 0; i < first->items.size(); ++i)
    collect(&first->items[i], &other->items[i], fmt::format("{}[{}]", path, i), out);
  const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  const auto label = [&](const std::string& key) { return path.empty() && (key == "name" || key == "description"); };
  for (const Entry& entry : first->entries)
    if (!label(entry.key))
      collect(&entry.value, value_of(*other, entry.key), below(entry.key), out);
  for (const Entry& entry : other->entries)
    if (!label(entry.key) && !first->find(entry.key))
      collect(nullptr, &entry.value, below(entry.key), out);
}

std::string by_block(const std::vector<DifferingKey>& keys) {
  std::vector<std::pair<std::string, int>> blocks;
  for (const DifferingKey& key : keys) {
    const std::string block = key.path.substr(0, key.path.find_first_of(".["));
    const auto at = std::find_if(blocks.begin(), blocks.end(), [&](const auto& one) { return one.first == block; });
    if (at == blocks.end())
      blocks.emplace_back(block, 1);
    else
      ++at->second;
  }
  std::vector<std::string> texts;
  for (const auto& [block, count] : blocks)
    texts.push_back(fmt::format("{} {}", block, count));
  return fmt::format("{}", fmt::join(texts, ", "));
}

} // namespace

std::vector<DifferingKey> differing_keys(const Tree& first, const Tree& other) {
  std::vector<DifferingKey> out;
  collect(&first.node, &other.node, "", out);
  return out;
}

std::string differing_text(const std::string& first, const std::string& other, const std::vector<DifferingKey>& keys) {
  if (keys.empty())
    return fmt::format("{} is {} under another name", other, first);
  std::vector<std::string> texts;
  for (const DifferingKey& key : keys)
    texts.push_back(fmt::format("{} ({}, {})", key.path, key.first, key.other));
  const std::string what = keys.size() > most_keys_told ? by_block(keys) : fmt::format("{}", fmt::join(texts, ", "));
  return fmt::format("{} differs from {} in {} key{}: {}", other, first, keys.size(), keys.size() == 1 ? "" : "s",
                     what);
}

} // namespace beachfront::study
