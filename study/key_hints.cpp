// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/key_hints.hpp"

#include "study/number_text.hpp"
#include "study/spelling.hpp"
#include "study/units.hpp"

#include <fmt/format.h>

#include <cmath>

namespace beachfront::study {
namespace {

std::string rounded(double value) {
  constexpr double digits = 1e9; // 110000 um must not print as 110.00000000000001 mm
  if (value == 0)
    return "0";
  const double scale = std::pow(10.0, std::floor(std::log10(std::abs(value)))) / digits;
  return fmt::format("{:.10g}", std::round(value / scale) * scale);
}

/// "width_mm is in mm: 110000 um = 110 mm", or nothing when no key is the same quantity in another unit.
std::string other_unit(const Entry& entry, const Key& inside, std::string& nearest_key) {
  const NameParts written = split_name(entry.key);
  for (const Key& key : inside.keys) {
    const NameParts declared = split_name(key.name);
    const bool bare = !written.unit && declared.unit && written.stem == declared.stem;
    const bool same = written.unit && declared.unit && written.stem == declared.stem &&
                      written.unit->dimension == declared.unit->dimension;
    if (!bare && !same)
      continue;
    nearest_key = key.name;
    std::string hint = fmt::format("{} is in {}", key.name, declared.unit->text);
    const std::optional<double> value =
        same && entry.value.kind == NodeKind::scalar ? parse_number(entry.value.text) : std::nullopt;
    if (value) {
      hint += fmt::format(": {} {} = {} {}", rounded(*value), written.unit->text,
                          rounded(convert(*value, *written.unit, *declared.unit)), declared.unit->text);
    }
    return hint;
  }
  return "";
}

/// The only name that the word is the beginning or the end of: pitch_um for min_pitch_um.
std::string part_of(const std::string& word, const std::vector<std::string>& names) {
  std::string found;
  for (const std::string& name : names) {
    if (name.ends_with("_" + word) || name.starts_with(word + "_")) {
      if (!found.empty())
        return "";
      found = name;
    }
  }
  return found;
}

/// Path of the first block that has the key, "" where none has.
std::string home_of(const std::string& name, const Key& block, const std::string& path) {
  for (const Key& key : block.keys) {
    const bool named = block.kind == KeyKind::block || block.kind == KeyKind::variant;
    const std::string at = !named ? path + "[]" : path.empty() ? key.name : path + "." + key.name;
    if (block.kind == KeyKind::block && key.name == name)
      return at;
    const bool kind = block.kind == KeyKind::variant;
    const std::string below = home_of(name, key, kind ? path : at);
    if (!below.empty())
      return kind ? below + " of kind " + key.name : below;
  }
  return "";
}

} // namespace

std::vector<std::string> key_names(const Key& block) {
  std::vector<std::string> names;
  for (const Key& key : block.keys)
    names.push_back(key.name);
  return names;
}

InputError unknown_key_error(const Entry& entry, const Key& inside, const std::string& path, const Key& whole) {
  const std::vector<std::string> allowed = key_names(inside);
  std::string near;
  std::string hint = other_unit(entry, inside, near);
  if (near.empty())
    near = nearest(entry.key, allowed);
  if (near.empty())
    near = part_of(entry.key, allowed);
  if (near.empty()) {
    const std::string home = home_of(entry.key, whole, "");
    hint = home.empty() ? "" : fmt::format("there is {}", home);
  }
  return unknown_key(entry.key_mark, path.empty() ? entry.key : path + "." + entry.key, entry.key, allowed, near, hint);
}

} // namespace beachfront::study
