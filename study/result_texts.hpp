// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of results in a store: each block of results.json once, however many designs have it, and packed with the
// first one of its name as dictionary. Designs of a sweep differ in a few blocks, and those in their numbers.
//
// Table `texts` (id, key, hash, size, alike, packed): a member `"key":value` of results.json as a zlib stream; `alike`
// is the id of the text that is its preset dictionary, null where there is none. Column `results` of a design lists ids
// in the order of the document.
#pragma once

#include "study/database.hpp"
#include "study/text_members.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace beachfront::study {

/// SQL that makes the table.
extern const char* const result_texts_table;

/// Texts of one open database, which must outlive it.
class ResultTexts {
public:
  explicit ResultTexts(const Database& database) : database_(database) {}

  /// The ids of a document's members, "3,1,7"; those that are new are added. Empty for an empty document. `members`
  /// are what members() finds in it.
  std::string put(std::string_view document, const std::vector<TextMember>& members);
  /// The document of such a list. Throws InputError when the store is damaged.
  std::string get(const std::string& ids);

private:
  struct First {
    std::int64_t id = 0;
    std::string text;
  };
  std::int64_t put_member(std::string_view document, const TextMember& member);
  const First* first_of(const std::string& key);
  const std::string& text(std::int64_t id);
  std::string read(std::int64_t id);

  const Database& database_;
  std::optional<Statement> find_, insert_, first_, read_;
  std::map<std::string, First> firsts_;                    ///< by key: what others are packed with
  std::unordered_map<std::int64_t, std::string> unpacked_; ///< the last ones read
};

} // namespace beachfront::study
