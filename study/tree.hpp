// SPDX-License-Identifier: GPL-3.0-or-later
// What an engineer wrote, as an ordered tree of maps, lists and scalars. Each value knows the line it comes from.
//
//   Tree tree = load_tree("designs/reference/102t-glass.yaml");             // yaml.hpp; InputError when it is no YAML
//   Library library = load_library(find_library({}, tree.file), tree);      // library.hpp
//   Tree design = resolve(tree, design_schema(), library);                  // resolve.hpp; InputError when it is no
//   design design = resolve_with(design, {{"waveguides.recipe.steps[0].time_min", "20"}}, design_schema(), library); //
//   --set
//
//   Value root = design.root();
//   double width_mm = root.number("substrate.width_mm");
//   for (Value layer : root.items("substrate.stack_up")) layer.text("material.name");
//   if (root.has("waveguides.recipe")) ...
//   throw root.at("engines.count").error("17", "16: a multiple of the four sides");
//   // designs/x.yaml:40:10: engines.count: found 17; must be 16: a multiple of the four sides
#pragma once

#include "study/input_error.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

enum class NodeKind { null, scalar, list, map };

enum class OriginKind {
  file,          ///< written in the design file
  default_value, ///< the schema's default
  library,       ///< a library entry, named in Origin::name
  set,           ///< given on the command line or by a sweep
};

struct Origin {
  OriginKind kind = OriginKind::file;
  std::string name; ///< of the library entry, e.g. "materials.silicon"
};

struct Entry;

/// A value: exactly one of nothing, scalar text, a list, a map in the order it was written.
struct Node {
  NodeKind kind = NodeKind::null;
  std::string text;           ///< of a scalar
  bool quoted = false;        ///< a quoted scalar is text, never a number
  std::vector<Node> items;    ///< of a list
  std::vector<Entry> entries; ///< of a map
  Mark mark;                  ///< first character of the value
  Origin origin;

  const Entry* find(std::string_view key) const; ///< null where there is none, or this is no map
  Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Mark key_mark;
  Node value;
};

/// "a map", "a list of 3", "-5", "'abc'", "nothing": how a message names what it found.
std::string describe(const Node& node);

/// A value inside a tree with its path: typed access, and errors that point at the right line.
/// Holds a pointer into the tree, which must outlive it and not be edited meanwhile.
/// Paths are relative, as "placement.sides[0]"; an empty path is the value itself. Indices count from 0.
/// Access to something that is not there, or of another type, throws an InputError pointing at it.
struct Value {
  const Node* node = nullptr;
  std::string path; ///< from the root of the tree

  bool has(std::string_view relative) const;
  Value at(std::string_view relative) const;
  std::optional<Value> find(std::string_view relative) const;

  double number(std::string_view relative = "") const;
  std::optional<double> optional_number(std::string_view relative) const; ///< empty where the key is absent
  long long integer(std::string_view relative = "") const;
  const std::string& text(std::string_view relative = "") const;
  bool flag(std::string_view relative = "") const;
  bool is(std::string_view relative, std::string_view word) const;      ///< the scalar is this word, e.g. "auto"
  std::size_t size(std::string_view relative = "") const;               ///< of a list or a map
  std::vector<Value> items(std::string_view relative = "") const;       ///< of a list; of a map its values
  std::vector<double> numbers(std::string_view relative = "") const;    ///< a list of numbers, or a single one
  std::vector<std::string> texts(std::string_view relative = "") const; ///< a list of texts, or a single one

  /// To throw: a bad value, or two values that do not agree. "found FOUND; must be ALLOWED".
  InputError error(const std::string& found, const std::string& allowed) const;
};

struct Tree {
  std::string file;      ///< as given to load_tree
  Node node;             ///< a map
  std::string file_hash; ///< of the text as written (hash.hpp), kept when the tree is resolved
  Value root() const { return {&node, ""}; }
};

/// One step of a path: a key, or an index of a list.
struct Step {
  std::string key;
  std::optional<std::size_t> index;
};

/// Splits "waveguides.recipe.steps[0].time_min". Throws InputError at `where` when it is malformed.
std::vector<Step> parse_path(std::string_view path, const Mark& where);

/// Puts a value at a path. Maps on the way are made where they are missing (the schema judges them later);
/// a list must have the index. A null value removes the key, so that its default comes back.
void set_value(Tree& tree, std::string_view path, Node value, const Mark& where);

} // namespace beachfront::study
