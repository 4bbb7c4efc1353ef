// SPDX-License-Identifier: GPL-3.0-or-later
// The schema as data. Each key is declared once: name, type, unit (the suffix of the name), range, default, sentence.
// Checking, defaults, "did you mean", the JSON Schema and docs/design-file.md all come from the declarations.
#pragma once

#include "study/tree.hpp"

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beachfront::study {

enum class KeyKind {
  number,
  integer,
  flag,
  text,
  choice,  ///< one of `words`
  list,    ///< `keys[0]` is the element
  block,   ///< `keys`
  variant, ///< a block whose key `kind` chooses one of the blocks in `keys`
  map,     ///< names chosen by the user; `keys[0]` is what each holds
  entry,   ///< a reference to the library section `section`
  any,     ///< any value: a sweep's parameter values are judged where they are set
};

enum class Presence { required, optional, defaulted };

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;
  bool contains(double x) const { return (low_open ? x > low : x >= low) && (high_open ? x < high : x <= high); }
};

/// Exactly one of the alternatives must be there (at most one, if not `needed`); each is a set of keys that go
/// together.
struct OneOf {
  std::vector<std::vector<std::string>> alternatives;
  bool needed = true;
};

/// A key, or the element of a list or map (then without a name).
struct Key {
  std::string name;
  KeyKind kind = KeyKind::block;
  std::string sentence;
  Presence presence = Presence::required;
  std::string fallback;           ///< YAML of the default; a defaulted block without one is filled key by key
  Range range;                    ///< of a number; of the size of a list
  std::vector<std::string> words; ///< of a choice; of a number: words that may stand instead of it, as `auto`
  bool list_too = false;          ///< a number that may also be a list of numbers
  bool unique = false;            ///< a list without repetition
  std::vector<Key> keys;
  std::vector<OneOf> one_of;
  std::string section;
  std::vector<std::pair<std::string, std::string>> hints; ///< a word that is not allowed, and what to tell its writer

  // To declare: number("count", ...).defaulted("0"), text("name", ...).optional(). A key is required unless told.
  Key defaulted(std::string yaml = "") &&;
  Key optional() &&;
  Key or_words(std::vector<std::string> allowed) &&; ///< a number or one of these words
  Key or_list() &&;                                  ///< a number or a list of numbers
  Key without_repetition() &&;
  Key hint(std::string word, std::string advice) &&;
  Key exactly_one(std::vector<std::vector<std::string>> alternatives) &&;
  Key at_most_one(std::vector<std::vector<std::string>> alternatives) &&;

  const Key* find(std::string_view key) const; ///< of a block
};

Range between(double low, double high);                                         ///< both ends allowed
Range above(double low, double high = std::numeric_limits<double>::infinity()); ///< low excluded, high allowed
Range at_least(double low);

/// A number whose unit is the suffix of its name; throws std::logic_error when the name has none.
Key number(std::string name, Range range, std::string sentence);
/// A number without a unit; throws std::logic_error when its name ends in a unit.
Key ratio(std::string name, Range range, std::string sentence);
Key integer(std::string name, Range range, std::string sentence);
Key flag(std::string name, std::string sentence);
Key text(std::string name, std::string sentence);
Key choice(std::string name, std::vector<std::string> words, std::string sentence);
/// Elements have no name; those that are numbers have the unit of the list's name.
Key list(std::string name, Key element, Range size, std::string sentence);
Key block(std::string name, std::string sentence, std::vector<Key> keys);
Key variant(std::string name, std::string sentence, std::vector<Key> blocks);
Key map(std::string name, Key element, std::string sentence);
Key entry(std::string name, std::string section, std::string sentence);
Key any(std::string name, std::string sentence);

/// "a number from 10 to 600 mm", "one of nrz, pam4", "a list of at least 1": what a message says is allowed.
std::string allowed_text(const Key& key);

/// The unit of a number as messages and documents print it ("mm", "dB/cm"), empty for a pure number.
std::string unit_text(const Key& key);

// The declarations.
const Key& design_schema();    ///< a design file
const Key& waveguide_schema(); ///< a waveguide file: the block `waveguides` alone
const Key& sweep_schema();     ///< a sweep file
const Key& library_schema();   ///< a library file: one block per section, of entries by name
/// The entry of a library section; throws std::logic_error when there is none.
const Key& entry_schema(std::string_view section);

} // namespace beachfront::study
