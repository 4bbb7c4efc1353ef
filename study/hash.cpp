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

/// Each piece is followed by a zero byte, which no text holds, so that pieces cannot run into one another.
std::uint64_t hash_node(std::uint64_t state, const Node& node) {
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
      state = hash_node(state, item);
    piece("end");
    break;
  case NodeKind::map: {
    piece("map");
    std::vector<const Entry*> sorted;
    for (const Entry& entry : node.entries)
      sorted.push_back(&entry);
    std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (const Entry* entry : sorted) {
      piece(entry->key);
      state = hash_node(state, entry->value);
    }
    piece("end");
    break;
  }
  }
  return state;
}

} // namespace

std::uint64_t hash(const Value& value) {
  return hash_node(offset_basis, *value.node);
}

std::string hash_text(const Value& value) {
  return fmt::format("{:016x}", hash(value));
}

std::string hash_text(std::string_view text) {
  return fmt::format("{:016x}", fnv1a(offset_basis, text));
}

} // namespace beachfront::study
