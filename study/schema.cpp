// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/schema.hpp"

#include "study/number_text.hpp"
#include "study/units.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beachfront::study {
namespace {

Key make(KeyKind kind, std::string name, std::string sentence) {
  Key key;
  key.kind = kind;
  key.name = std::move(name);
  key.sentence = std::move(sentence);
  return key;
}

/// " from 10 to 600", " above 0", "", for numbers and for the size of a list.
std::string range_text(const Range& range) {
  const bool low = std::isfinite(range.low);
  const bool high = std::isfinite(range.high);
  const std::string from = print_number(range.low);
  const std::string to = print_number(range.high);
  if (low && high && !range.low_open && !range.high_open)
    return fmt::format(" from {} to {}", from, to);
  if (low && high) {
    return fmt::format("{} {} {} {}", range.low_open ? " above" : " from", from, range.high_open ? "to below" : "up to",
                       to);
  }
  if (low)
    return (range.low_open ? " above " : " of at least ") + from;
  return high ? (range.high_open ? " below " : " of at most ") + to : "";
}

std::string size_text(const Range& size) {
  if (size.low == size.high)
    return fmt::format(" of {}", print_number(size.low));
  if (std::isfinite(size.high))
    return fmt::format(" of {} to {}", print_number(size.low), print_number(size.high));
  return size.low > 0 ? fmt::format(" of at least {}", print_number(size.low)) : "";
}

std::string number_text(const Key& key) {
  const std::string unit = unit_text(key);
  const std::string range = range_text(key.range);
  std::string out = (key.kind == KeyKind::integer ? "a whole number" : "a number") + range;
  if (!unit.empty())
    out += (range.empty() ? " in " : " ") + unit;
  if (key.list_too)
    out += ", or a list of such numbers";
  for (const std::string& word : key.words)
    out += fmt::format(", or {}", word);
  return out;
}

std::string one_of_text(const std::vector<std::string>& words) {
  return words.size() == 1 ? words[0] : fmt::format("one of {}", fmt::join(words, ", "));
}

} // namespace

Key Key::defaulted(std::string yaml) && {
  presence = Presence::defaulted;
  fallback = std::move(yaml);
  return std::move(*this);
}

Key Key::optional() && {
  presence = Presence::optional;
  return std::move(*this);
}

Key Key::or_words(std::vector<std::string> allowed) && {
  words = std::move(allowed);
  return std::move(*this);
}

Key Key::or_list() && {
  list_too = true;
  return std::move(*this);
}

Key Key::without_repetition() && {
  unique = true;
  return std::move(*this);
}

Key Key::hint(std::string word, std::string advice) && {
  hints.emplace_back(std::move(word), std::move(advice));
  return std::move(*this);
}

Key Key::exactly_one(std::vector<std::vector<std::string>> alternatives) && {
  one_of.push_back({std::move(alternatives), true});
  return std::move(*this);
}

Key Key::at_most_one(std::vector<std::vector<std::string>> alternatives) && {
  one_of.push_back({std::move(alternatives), false});
  return std::move(*this);
}

const Key* Key::find(std::string_view key) const {
  const auto at = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == key; });
  return at == keys.end() ? nullptr : &*at;
}

Range between(double low, double high) {
  return {low, high, false, false};
}
Range above(double low, double high) {
  return {low, high, true, false};
}
Range at_least(double low) {
  return {low, std::numeric_limits<double>::infinity(), false, false};
}

Key number(std::string name, Range range, std::string sentence) {
  if (!name.empty() && !split_name(name).unit)
    throw std::logic_error(name + " ends in no known unit; declare it as a ratio, or add its unit");
  Key key = make(KeyKind::number, std::move(name), std::move(sentence));
  key.range = range;
  return key;
}

Key ratio(std::string name, Range range, std::string sentence) {
  if (split_name(name).unit)
    throw std::logic_error(name + " ends in a unit; declare it as a number");
  Key key = make(KeyKind::number, std::move(name), std::move(sentence));
  key.range = range;
  return key;
}

Key integer(std::string name, Range range, std::string sentence) {
  Key key = make(KeyKind::integer, std::move(name), std::move(sentence));
  key.range = range;
  return key;
}

Key flag(std::string name, std::string sentence) {
  Key key = make(KeyKind::flag, std::move(name), std::move(sentence));
  for (const char* yes : {"yes", "Yes", "on", "On", "True", "TRUE"})
    key.hints.emplace_back(yes, "write true");
  for (const char* no : {"no", "No", "off", "Off", "False", "FALSE"})
    key.hints.emplace_back(no, "write false");
  return key;
}

Key text(std::string name, std::string sentence) {
  return make(KeyKind::text, std::move(name), std::move(sentence));
}

Key choice(std::string name, std::vector<std::string> words, std::string sentence) {
  Key key = make(KeyKind::choice, std::move(name), std::move(sentence));
  key.words = std::move(words);
  return key;
}

Key list(std::string name, Key element, Range size, std::string sentence) {
  Key key = make(KeyKind::list, std::move(name), std::move(sentence));
  if (element.kind == KeyKind::number) // its unit is the suffix of the list's name
    element.name = key.name;
  key.keys.push_back(std::move(element));
  key.range = size;
  return key;
}

Key block(std::string name, std::string sentence, std::vector<Key> keys) {
  Key key = make(KeyKind::block, std::move(name), std::move(sentence));
  key.keys = std::move(keys);
  return key;
}

Key variant(std::string name, std::string sentence, std::vector<Key> blocks) {
  Key key = make(KeyKind::variant, std::move(name), std::move(sentence));
  key.keys = std::move(blocks);
  return key;
}

Key map(std::string name, Key element, std::string sentence) {
  Key key = make(KeyKind::map, std::move(name), std::move(sentence));
  key.keys.push_back(std::move(element));
  return key;
}

Key entry(std::string name, std::string section, std::string sentence) {
  Key key = make(KeyKind::entry, std::move(name), std::move(sentence));
  key.section = std::move(section);
  return key;
}

Key any(std::string name, std::string sentence) {
  return make(KeyKind::any, std::move(name), std::move(sentence));
}

std::string allowed_text(const Key& key) {
  switch (key.kind) {
  case KeyKind::number:
  case KeyKind::integer:
    return number_text(key);
  case KeyKind::flag:
    return "true or false";
  case KeyKind::text:
    return "a text";
  case KeyKind::choice:
    return one_of_text(key.words);
  case KeyKind::list:
    return fmt::format("a list{}, each {}", size_text(key.range), allowed_text(key.keys[0]));
  case KeyKind::block:
    return "a block of keys";
  case KeyKind::variant: {
    std::vector<std::string> kinds;
    for (const Key& alternative : key.keys)
      kinds.push_back(alternative.name);
    return fmt::format("a block with the key 'kind', {}", one_of_text(kinds));
  }
  case KeyKind::map:
    return fmt::format("names, each with {}", allowed_text(key.keys[0]));
  case KeyKind::entry:
    return fmt::format("an entry of the library's {}", key.section);
  case KeyKind::any:
    break;
  }
  return "a value";
}

std::string unit_text(const Key& key) {
  const Unit* unit = key.kind == KeyKind::number ? split_name(key.name).unit : nullptr;
  return unit ? unit->text : "";
}

} // namespace beachfront::study
