// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/library.hpp"

#include "study/resolve.hpp"
#include "study/schema.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code))
    if (at->path().extension() == ".yaml")
      files.push_back(at->path());
  if (code)
    throw InputError({folder.string(), 0, 0}, "", "is no folder that can be read; must be the library's folder");
  std::sort(files.begin(), files.end()); // the folder's own order differs between machines
  return files;
}

fs::path existing(const fs::path& folder, const std::string& asked_by) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw InputError({asked_by, 0, 0}, "",
                     fmt::format("no folder '{}'; must be the folder of the library", folder.string()));
  }
  return folder;
}

/// Every entry against its schema, references between entries included.
void check(const Library& library) {
  for (const auto& [section, entries] : library.sections) {
    for (const auto& [name, entry] : entries) {
      Tree single{entry.key_mark.file, {}, ""};
      single.node.kind = NodeKind::map;
      single.node.mark = entry.key_mark;
      Node named;
      named.kind = NodeKind::map;
      named.mark = entry.key_mark;
      named.entries.push_back(entry);
      single.node.entries.push_back({section, entry.key_mark, std::move(named)});
      resolve(single, library_schema(), library);
    }
  }
}

} // namespace

const Entry* Library::find(std::string_view section, std::string_view name) const {
  const auto entries = sections.find(std::string(section));
  if (entries == sections.end())
    return nullptr;
  const auto entry = entries->second.find(std::string(name));
  return entry == entries->second.end() ? nullptr : &entry->second;
}

std::vector<std::string> Library::names(std::string_view section) const {
  std::vector<std::string> all;
  const auto entries = sections.find(std::string(section));
  if (entries != sections.end())
    for (const auto& [name, entry] : entries->second)
      all.push_back(name);
  return all;
}

void add_file(Library& library, const fs::path& file) {
  const Tree tree = load_tree(file);
  for (const Entry& section : tree.node.entries) {
    const Key* known = library_schema().find(section.key);
    if (!known || section.value.kind != NodeKind::map) { // let the schema word it
      Tree alone = tree;
      alone.node.entries = {section};
      resolve(alone, library_schema(), library);
      continue;
    }
    for (const Entry& entry : section.value.entries) {
      auto& entries = library.sections[section.key];
      const auto old = entries.find(entry.key);
      if (old != entries.end()) {
        throw bad_value(entry.key_mark, section.key + "." + entry.key,
                        fmt::format("a second '{}' (first at {})", entry.key, to_string(old->second.key_mark)),
                        "given once");
      }
      entries[entry.key] = entry;
    }
  }
}

fs::path find_library(const fs::path& option, const fs::path& design_file) {
  if (!option.empty())
    return existing(option, "--library");
  const char* environment = std::getenv("BEACHFRONT_LIBRARY");
  if (environment && *environment)
    return existing(environment, "BEACHFRONT_LIBRARY");
  std::error_code ignored;
  const fs::path beside = fs::absolute(design_file, ignored).parent_path().parent_path() / "library";
  if (!design_file.empty() && fs::is_directory(beside, ignored))
    return beside;
  // the program knows its own place, so that an installed tree can be moved as a whole
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed = program.parent_path().parent_path() / "share" / "beachfront" / "library";
  if (!program.empty() && fs::is_directory(installed, ignored))
    return installed;
  if (!fs::is_directory(BEACHFRONT_LIBRARY_DIR, ignored))
    throw InputError({"the library"}, "",
                     fmt::format("found neither in '{}' nor in '{}'; give its folder with --library",
                                 installed.string(), BEACHFRONT_LIBRARY_DIR));
  return BEACHFRONT_LIBRARY_DIR;
}

Library load_library(const fs::path& folder, const Tree& design) {
  Library library;
  for (const fs::path& file : yaml_files(folder))
    add_file(library, file);
  if (const Entry* own = design.node.find("library")) {
    const fs::path base = fs::path(design.file).parent_path();
    const Value files{&own->value, "library"};
    Library users;
    for (const Value& item : files.node->kind == NodeKind::list ? files.items() : std::vector<Value>{}) {
      const fs::path file = base / item.text();
      std::error_code ignored;
      if (!fs::exists(file, ignored))
        throw item.error(fmt::format("'{}'", item.text()), "a library file beside the design; there is none");
      add_file(users, file);
    }
    for (auto& [section, entries] : users.sections)
      for (auto& [name, entry] : entries)
        library.sections[section][name] = entry;
  }
  check(library);
  return library;
}

} // namespace beachfront::study
