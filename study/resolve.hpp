// SPDX-License-Identifier: GPL-3.0-or-later
// From what was written to what is solved: every default and every library value in place, every key checked.
#pragma once

#include "study/hash.hpp"
#include "study/library.hpp"
#include "study/schema.hpp"
#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

/// Checks the tree against the schema and fills it. In the result
/// - keys stand in the order of the schema, absent optional keys stay absent;
/// - each reference to the library is the whole entry, with its `name`; the list `library` is gone;
/// - a number that may also be a list is a list.
/// Resolving the result again gives the same tree. Throws InputError at the first fault.
Tree resolve(const Tree& written, const Key& schema, const Library& library);

/// One `path=value` of `--set`, or of a point of a sweep. The value is YAML; null brings the default back.
struct Setting {
  std::string path;
  std::string value;
};

/// Splits "path=value". Throws InputError when there is no '='.
Setting parse_setting(const std::string& text);

/// Applies the settings to a resolved tree (so that a path may go into a library entry) and resolves it again.
/// Throws InputError naming the setting.
Tree resolve_with(const Tree& resolved, const std::vector<Setting>& settings, const Key& schema,
                  const Library& library);

} // namespace beachfront::study
