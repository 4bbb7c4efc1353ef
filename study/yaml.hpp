// SPDX-License-Identifier: GPL-3.0-or-later
// YAML text to a tree and back. The only place that knows the YAML library.
//
// Read is the plain part of YAML 1.2: block and flow style, quoted and block scalars, comments, anchors and aliases.
// Refused with a message: duplicate keys, keys that are no scalars, merge keys (<<), tags, several documents, tabs as
// indentation, bytes that are no UTF-8, nesting deeper than 64, more than 200,000 values (aliases counted as they
// expand), files above 16 MB. A byte order mark is skipped.
#pragma once

#include "study/tree.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace beachfront::study {

/// Reads a file. Throws InputError when it is missing (with the nearest name beside it), no regular file, unreadable,
/// empty, or no map.
Tree load_tree(const std::filesystem::path& file);

/// The same from text; `name` stands for the file in messages.
Tree parse_tree(std::string_view text, const std::string& name);

/// One value, as after `--set path=`: "3", "[1, 2]", "{kind: gaussian}". Every mark is `where`.
Node parse_value(std::string_view text, const Mark& where);

enum class Origins { hidden, shown };

/// YAML text in the tree's own order, numbers in their shortest form that reads back to the same double; with
/// Origins::shown each scalar is followed by a comment telling where it comes from.
std::string print_yaml(const Node& node, Origins origins = Origins::hidden);

} // namespace beachfront::study
