// SPDX-License-Identifier: GPL-3.0-or-later
// Named entries that a design refers to: materials, glasses, recipes, ferrules, fibres, link standards, modulators,
// transceivers. A reference is a name, a name with changes `{use: silicon, cte_ppm_per_K: 3.0}`, or a whole entry.
#pragma once

#include "study/tree.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// section -> name -> entry as written; checked against library_schema() when loaded.
struct Library {
  std::map<std::string, std::map<std::string, Entry>> sections;

  /// Null where there is no such entry.
  const Entry* find(std::string_view section, std::string_view name) const;
  /// Names of a section, sorted.
  std::vector<std::string> names(std::string_view section) const;
};

/// Adds the entries of one file, not yet checked. Two entries of one name are an error.
void add_file(Library& library, const std::filesystem::path& file);

/// Folder of the library: `option` (from --library) if not empty, else $BEACHFRONT_LIBRARY, else ../library beside the
/// design's folder, else ../share/beachfront/library beside the running program's folder, else the one of the source
/// tree. Throws InputError when a folder that was asked for is missing, or none is there.
std::filesystem::path find_library(const std::filesystem::path& option, const std::filesystem::path& design_file);

/// Every *.yaml of the folder; entries of the files that the design lists under `library:` (relative to the design)
/// win over them. Every entry is checked. Throws InputError at the first fault.
Library load_library(const std::filesystem::path& folder, const Tree& design);

} // namespace beachfront::study
