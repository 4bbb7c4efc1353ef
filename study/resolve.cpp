// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/resolve.hpp"

#include "study/entry_changes.hpp"
#include "study/key_hints.hpp"
#include "study/number_text.hpp"
#include "study/spelling.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

void set_origin(Node& node, const Origin& origin) {
  node.origin = origin;
  for (Node& item : node.items)
    set_origin(item, origin);
  for (Entry& entry : node.entries)
    set_origin(entry.value, origin);
}

Node scalar(const std::string& text, const Mark& mark, const Origin& origin) {
  Node node;
  node.kind = NodeKind::scalar;
  node.text = text;
  node.mark = mark;
  node.origin = origin;
  return node;
}

std::string below(const std::string& path, const std::string& key) {
  return path.empty() ? key : path + "." + key;
}

/// Walks tree and schema together. `where` is what an error about the value as a whole points at: its key.
struct Resolver {
  const Key& whole;
  const Library& library;

  Node value(const Key& key, const Node& node, const std::string& path, const Mark& where) const;

  Node number(const Key& key, const Node& node, const std::string& path) const;
  Node word(const Key& key, const Node& node, const std::string& path) const;
  Node list(const Key& key, const Node& node, const std::string& path) const;
  Node block(const Key& key, const Node& node, const std::string& path, const Mark& where) const;
  Node variant(const Key& key, const Node& node, const std::string& path, const Mark& where) const;
  Node map(const Key& key, const Node& node, const std::string& path) const;
  Node entry(const Key& key, const Node& node, const std::string& path, const Mark& where) const;

  Node library_entry(const Key& key, const Node& reference, const std::string& path) const;
  void check_one_of(const OneOf& choice, const Key& block, const Node& node, const std::string& path,
                    const Mark& where) const;
  void fill(const Key& key, const Node& node, const std::string& path, const Mark& where, Node& out) const;
};

InputError wrong(const Key& key, const Node& node, const std::string& path, const std::string& near = "",
                 std::string hint = "") {
  const bool block_like = key.kind == KeyKind::block || key.kind == KeyKind::variant || key.kind == KeyKind::map;
  if (node.kind == NodeKind::null && hint.empty())
    hint = block_like && key.presence == Presence::defaulted ? "leave the key out to get its defaults" : "";
  return bad_value(node.mark, path, describe(node), allowed_text(key), near, hint);
}

Node Resolver::value(const Key& key, const Node& node, const std::string& path, const Mark& where) const {
  switch (key.kind) {
  case KeyKind::number:
  case KeyKind::integer:
    return number(key, node, path);
  case KeyKind::flag:
  case KeyKind::text:
  case KeyKind::choice:
    return word(key, node, path);
  case KeyKind::list:
    return list(key, node, path);
  case KeyKind::block:
    return block(key, node, path, where);
  case KeyKind::variant:
    return variant(key, node, path, where);
  case KeyKind::map:
    return map(key, node, path);
  case KeyKind::entry:
    return entry(key, node, path, where);
  case KeyKind::any:
    break;
  }
  return node;
}

Node Resolver::number(const Key& key, const Node& node, const std::string& path) const {
  if (key.list_too && (node.kind == NodeKind::list || node.kind == NodeKind::scalar)) {
    Key single = key;
    single.list_too = false;
    Node out = node;
    out.kind = NodeKind::list;
    out.text.clear();
    out.items.clear();
    if (node.kind == NodeKind::scalar)
      out.items.push_back(number(single, node, path));
    for (std::size_t i = 0; i < node.items.size(); ++i)
      out.items.push_back(number(single, node.items[i], fmt::format("{}[{}]", path, i)));
    if (out.items.empty())
      throw wrong(key, node, path);
    return out;
  }
  if (node.kind != NodeKind::scalar)
    throw wrong(key, node, path);
  if (std::find(key.words.begin(), key.words.end(), node.text) != key.words.end())
    return node;
  const std::optional<double> x = parse_number(node.text);
  if (!x)
    throw wrong(key, node, path, nearest(node.text, key.words), number_hint(node.text));
  if (node.quoted)
    throw wrong(key, node, path, "", "remove the quotes");
  constexpr double largest_whole = 9007199254740992.0; // 2^53: whole doubles above skip integers
  const bool whole_enough = key.kind == KeyKind::number || (std::trunc(*x) == *x && std::abs(*x) <= largest_whole);
  if (!whole_enough || !key.range.contains(*x))
    throw wrong(key, node, path);
  Node out = node;
  out.text = print_number(*x);
  return out;
}

Node Resolver::word(const Key& key, const Node& node, const std::string& path) const {
  if (node.kind != NodeKind::scalar)
    throw wrong(key, node, path);
  Node out = node;
  if (key.kind == KeyKind::text) {
    if (node.text.empty())
      throw wrong(key, node, path);
    out.quoted = true; // so that a name like 1.50 is printed as a text
    return out;
  }
  const std::vector<std::string> words =
      key.kind == KeyKind::flag ? std::vector<std::string>{"true", "false"} : key.words;
  const bool known = std::find(words.begin(), words.end(), node.text) != words.end();
  if (!known || (key.kind == KeyKind::flag && node.quoted)) {
    const auto said = [&](const auto& hint) { return hint.first == node.text; };
    const auto hint = std::find_if(key.hints.begin(), key.hints.end(), said);
    const bool hinted = hint != key.hints.end();
    throw wrong(key, node, path, known || hinted ? "" : nearest(node.text, words),
                hinted  ? hint->second
                : known ? "remove the quotes"
                        : "");
  }
  out.quoted = false;
  return out;
}

Node Resolver::list(const Key& key, const Node& node, const std::string& path) const {
  if (node.kind != NodeKind::list)
    throw wrong(key, node, path, "", node.kind == NodeKind::scalar ? fmt::format("write [{}]", node.text) : "");
  if (!key.range.contains(static_cast<double>(node.items.size())))
    throw wrong(key, node, path);
  Node out = node;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", path, i);
    out.items[i] = value(key.keys[0], node.items[i], at, node.items[i].mark);
    const auto same = [&](const Node& earlier) { return earlier.text == out.items[i].text; };
    if (key.unique && std::any_of(out.items.begin(), out.items.begin() + static_cast<std::ptrdiff_t>(i), same))
      throw bad_value(node.items[i].mark, at, describe(node.items[i]) + " a second time", "given once");
  }
  return out;
}

void Resolver::check_one_of(const OneOf& choice, const Key& block, const Node& node, const std::string& path,
                            const Mark& where) const {
  std::vector<std::string> names;
  for (const auto& alternative : choice.alternatives)
    names.push_back(fmt::format("{}", fmt::join(alternative, " with ")));
  const std::string allowed = fmt::format("one of {}", fmt::join(names, ", or "));
  const Entry* first = nullptr;
  const std::vector<std::string>* chosen = nullptr;
  for (const auto& alternative : choice.alternatives) {
    for (const std::string& name : alternative) {
      const Entry* found = node.find(name);
      if (!found)
        continue;
      if (chosen && chosen != &alternative) {
        throw bad_value(found->key_mark, below(path, name), fmt::format("'{}' beside '{}'", name, first->key),
                        "only " + allowed);
      }
      chosen = &alternative;
      first = first ? first : found;
    }
  }
  if (!chosen) {
    if (choice.needed) {
      InputError error(where, path, "needs " + allowed);
      error.allowed = allowed;
      throw error;
    }
    return;
  }
  for (const std::string& name : *chosen) {
    if (!node.find(name)) {
      throw missing_key(where, below(path, name),
                        allowed_text(*block.find(name)) + fmt::format(" beside '{}'", first->key));
    }
  }
}

void Resolver::fill(const Key& key, const Node& node, const std::string& path, const Mark& where, Node& out) const {
  const std::string at = below(path, key.name);
  if (const Entry* written = node.find(key.name)) {
    out.entries.push_back({key.name, written->key_mark, value(key, written->value, at, written->key_mark)});
    return;
  }
  if (key.presence == Presence::optional)
    return;
  if (key.presence == Presence::required)
    throw missing_key(where, at, allowed_text(key));
  Node fallback;
  fallback.kind = NodeKind::map;
  fallback.mark = where;
  if (!key.fallback.empty())
    fallback = parse_value(key.fallback, where);
  set_origin(fallback, {OriginKind::default_value, ""});
  out.entries.push_back({key.name, where, value(key, fallback, at, where)});
}

Node Resolver::block(const Key& key, const Node& node, const std::string& path, const Mark& where) const {
  if (node.kind != NodeKind::map)
    throw wrong(key, node, path);
  for (const Entry& written : node.entries)
    if (!key.find(written.key))
      throw unknown_key_error(written, key, path, whole);
  for (const OneOf& choice : key.one_of)
    check_one_of(choice, key, node, path, where);
  Node out = node;
  out.entries.clear();
  for (const Key& child : key.keys)
    fill(child, node, path, where, out);
  return out;
}

Node Resolver::variant(const Key& key, const Node& node, const std::string& path, const Mark& where) const {
  if (node.kind != NodeKind::map)
    throw wrong(key, node, path);
  Key kinds = choice("kind", key_names(key), "");
  const Entry* kind = node.find("kind");
  if (!kind)
    throw missing_key(where, below(path, "kind"), allowed_text(kinds));
  word(kinds, kind->value, below(path, "kind"));
  Key chosen = *key.find(kind->value.text);
  chosen.keys.insert(chosen.keys.begin(), std::move(kinds));
  return block(chosen, node, path, where);
}

Node Resolver::map(const Key& key, const Node& node, const std::string& path) const {
  if (node.kind != NodeKind::map)
    throw wrong(key, node, path);
  Node out = node;
  for (Entry& named : out.entries)
    named.value = value(key.keys[0], named.value, below(path, named.key), named.key_mark);
  return out;
}

Node Resolver::library_entry(const Key& key, const Node& reference, const std::string& path) const {
  const Entry* found = library.find(key.section, reference.text);
  if (!found) {
    const std::vector<std::string> names = library.names(key.section);
    const std::string near = nearest(reference.text, names);
    const std::string known = names.empty() ? "" : fmt::format(" ({})", fmt::join(names, ", "));
    throw bad_value(reference.mark, path, describe(reference), allowed_text(key) + known, near,
                    near.empty() ? "or write the whole entry here" : "");
  }
  Node base = found->value;
  const Origin origin{OriginKind::library, key.section + "." + found->key};
  set_origin(base, origin);
  if (!base.find("name"))
    base.entries.push_back({"name", reference.mark, scalar(found->key, reference.mark, origin)});
  return base;
}

Node Resolver::entry(const Key& key, const Node& node, const std::string& path, const Mark& where) const {
  const Key& schema = entry_schema(key.section);
  if (node.kind == NodeKind::scalar)
    return block(schema, library_entry(key, node, path), path, where);
  if (node.kind != NodeKind::map)
    throw wrong(key, node, path);
  const Entry* use = node.find("use");
  if (!use)
    return block(schema, node, path, where);
  if (use->value.kind != NodeKind::scalar)
    throw wrong(key, use->value, below(path, "use"));
  Node changes = node;
  std::erase_if(changes.entries, [](const Entry& e) { return e.key == "use"; });
  Node base = library_entry(key, use->value, below(path, "use"));
  base.origin = node.origin;
  apply_changes(base, changes, schema);
  return block(schema, base, path, where);
}

} // namespace

Tree resolve(const Tree& written, const Key& schema, const Library& library) {
  const Resolver resolver{schema, library};
  Tree resolved{written.file, resolver.value(schema, written.node, "", written.node.mark), written.file_hash};
  std::erase_if(resolved.node.entries, [](const Entry& e) { return e.key == "library"; });
  return resolved;
}

Setting parse_setting(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw InputError({"--set " + text, 0, 0}, "", "must be PATH=VALUE, as engines.count=16");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

namespace {

/// Resolves the blocks again that the settings reach into, and no others: they stand as they were resolved. False where
/// a setting makes, replaces or removes a whole block, which others may hang on.
bool resolve_reached(Tree& changed, const std::vector<std::string>& blocks, const Resolver& resolver) {
  for (const std::string& name : blocks)
    if (name.empty() || !resolver.whole.find(name) || !changed.node.find(name))
      return false;
  for (Entry& entry : changed.node.entries) // in the order of the schema, so that the first fault is the same
    if (std::find(blocks.begin(), blocks.end(), entry.key) != blocks.end())
      entry.value = resolver.value(*resolver.whole.find(entry.key), entry.value, entry.key, entry.key_mark);
  return true;
}

} // namespace

Tree resolve_with(const Tree& resolved, const std::vector<Setting>& settings, const Key& schema,
                  const Library& library) {
  Tree changed = resolved;
  std::vector<std::string> blocks; ///< that settings reach into; an empty name for a whole one
  for (const Setting& setting : settings) {
    const Mark where{fmt::format("--set {}={}", setting.path, setting.value), 0, 0};
    Node value = parse_value(setting.value, where);
    set_origin(value, {OriginKind::set, ""});
    const std::vector<Step> steps = parse_path(setting.path, where);
    const bool inside = steps.size() > 1 && resolved.node.find(steps.front().key);
    blocks.push_back(inside ? steps.front().key : "");
    set_value(changed, setting.path, std::move(value), where);
  }
  if (resolve_reached(changed, blocks, {schema, library}))
    return changed;
  return resolve(changed, schema, library);
}

} // namespace beachfront::study
