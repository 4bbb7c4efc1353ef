// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/declaration.hpp"

namespace beachfront::study {
namespace {

/// The node one step further; null where there is none.
const Node* next(const Node* node, const Step& step) {
  if (!node)
    return nullptr;
  if (step.index)
    return node->kind == NodeKind::list && *step.index < node->items.size() ? &node->items[*step.index] : nullptr;
  const Entry* entry = node->find(step.key);
  return entry ? &entry->value : nullptr;
}

/// The block behind a reference to the library, and behind the key `kind`.
const Key* block_of(const Key* key, const Node* node) {
  if (key && key->kind == KeyKind::entry)
    key = &entry_schema(key->section);
  if (key && key->kind == KeyKind::variant) {
    const Entry* kind = node ? node->find("kind") : nullptr;
    key = kind ? key->find(kind->value.text) : nullptr;
  }
  return key;
}

} // namespace

const Key* declaration(const Value& design, std::string_view path, const Mark& where) {
  const Key* key = &design_schema();
  const Node* node = design.node;
  for (const Step& step : parse_path(path, where)) {
    key = block_of(key, node);
    if (!key)
      return nullptr;
    if (step.index)
      key = key->kind == KeyKind::list ? &key->keys.front() : key->list_too ? key : nullptr;
    else
      key = key->kind == KeyKind::map     ? &key->keys.front()
            : key->kind == KeyKind::block ? key->find(step.key)
                                          : nullptr;
    node = next(node, step);
  }
  return key;
}

} // namespace beachfront::study
