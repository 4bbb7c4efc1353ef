// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace beachfront::study {
namespace {

constexpr std::uint64_t offset_basis = 0xcbf29ce484222325U;

std::uint64_t fnv1a(std::uint64_t state, std::string_view bytes) {
  for (const char c : bytes)
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return state;
}

using Paths = std::vector<std::string_view>;

/// Each piece is followed by a zero byte, which no text holds, so that pieces cannot run into one another. `without`
/// starts at this node.
std::uint64_t hash_node(std::uint64_t state, const Node& node, const Paths& without) {
  const auto piece = [&](std::string_view text) { state = fnv1a(fnv1a(state, text), std::string_view("\0", 1)); };
  switch (node.kind) {
  case NodeKind::null:
    piece("null");
    break;
  case NodeKind::scalar:
    piece("scalar");
    piece(node.text);
    break;
  case NodeKind::list:
    piece("list");
    for (const Node& item : node.items)
      state = hash_node(state, item, without);
    piece("end");
    break;
  case NodeKind::map: {
    piece("map");
    std::vector<const Entry*> sorted;
    for (const Entry& entry : node.entries)
      if (std::find(without.begin(), without.end(), entry.key) == without.end())
        sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (const Entry* entry : sorted) {
      piece(entry->key);
      Paths below;
      for (const std::string_view path : without)
        if (path.size() > entry->key.size() && path.starts_with(entry->key) && path[entry->key.size()] == '.')
          below.push_back(path.substr(entry->key.size() + 1));
      state = hash_node(state, entry->value, below);
    }
    piece("end");
    break;
  }
  }
  return state;
}

} // namespace

std::uint64_t hash(const Value& value) {
  return hash_node(offset_basis, *value.node, {});
}

std::uint64_t hash_without(const Value& value, const std::vector<std::string_view>& paths) {
  return hash_node(offset_basis, *value.node, paths);
}

std::string hash_text(const Value& value) {
  return fmt::format("{:016x}", hash(value));
}

std::uint64_t hash(std::string_view text) {
  return fnv1a(offset_basis, text);
}

std::uint64_t hash(std::span<const double> numbers) {
  return hash(std::string_view(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()));
}

std::string hash_text(std::string_view text) {
  return fmt::format("{:016x}", hash(text));
}

} // namespace beachfront::study
