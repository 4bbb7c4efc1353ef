// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/entry_changes.hpp"

#include <algorithm>

namespace beachfront::study {
namespace {

/// Removes from a library entry what a change replaces: the key itself, and the alternatives to it.
void make_room(Node& base, const std::string& changed, const Key& schema) {
  for (const OneOf& choice : schema.one_of) {
    const auto has = [&](const auto& names) { return std::find(names.begin(), names.end(), changed) != names.end(); };
    if (std::none_of(choice.alternatives.begin(), choice.alternatives.end(), has))
      continue;
    for (const auto& alternative : choice.alternatives) {
      for (const std::string& name : alternative)
        if (!has(alternative))
          std::erase_if(base.entries, [&](const Entry& e) { return e.key == name; });
    }
  }
}

} // namespace

void apply_changes(Node& base, const Node& changes, const Key& schema) {
  for (const Entry& entry : changes.entries) {
    const Key* key = schema.find(entry.key);
    if (entry.value.kind == NodeKind::null && key && key->presence != Presence::required) {
      std::erase_if(base.entries, [&](const Entry& e) { return e.key == entry.key; });
      continue;
    }
    make_room(base, entry.key, schema);
    Entry* old = base.find(entry.key);
    const bool both_maps = old && old->value.kind == NodeKind::map && entry.value.kind == NodeKind::map;
    if (both_maps && key && key->kind == KeyKind::block)
      apply_changes(old->value, entry.value, *key);
    else if (old)
      *old = entry;
    else
      base.entries.push_back(entry);
  }
}

} // namespace beachfront::study
