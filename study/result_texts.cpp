// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/result_texts.hpp"

#include "study/packed_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace beachfront::study {

const char* const result_texts_table = R"(
  CREATE TABLE texts(
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    hash INTEGER NOT NULL,
    size INTEGER NOT NULL,
    alike INTEGER,
    packed BLOB NOT NULL);
  CREATE INDEX texts_by_hash ON texts(hash);
  CREATE INDEX texts_by_key ON texts(key) WHERE alike IS NULL;)";

const ResultTexts::First* ResultTexts::first_of(const std::string& key) {
  const auto known = firsts_.find(key);
  if (known != firsts_.end())
    return &known->second;
  if (!first_)
    first_.emplace(database_, "SELECT min(id) FROM texts WHERE key = ?1 AND alike IS NULL");
  first_->bind(1, key);
  const bool any = first_->step() && first_->integer(0) > 0; // ids count from 1
  const std::int64_t id = any ? first_->integer(0) : 0;
  first_->reset();
  return any ? &(firsts_[key] = {id, read(id)}) : nullptr;
}

std::int64_t ResultTexts::put_member(std::string_view document, const TextMember& place) {
  const std::string_view member = document.substr(place.from, place.size);
  const std::string key(member.substr(1, place.key_size));
  const auto size = static_cast<std::int64_t>(member.size());
  if (!find_)
    find_.emplace(database_, "SELECT id FROM texts WHERE hash = ?1 AND size = ?2 AND key = ?3");
  find_->bind(1, place.hash);
  find_->bind(2, size);
  find_->bind(3, key);
  const std::int64_t there = find_->step() ? find_->integer(0) : 0;
  find_->reset();
  if (there > 0)
    return there;
  const First* first = first_of(key);
  const std::string packed = pack(member, first ? std::string_view(first->text) : std::string_view());
  if (!insert_)
    insert_.emplace(database_, "INSERT INTO texts(key, hash, size, alike, packed) VALUES(?1, ?2, ?3, ?4, ?5)");
  insert_->bind(1, key);
  insert_->bind(2, place.hash);
  insert_->bind(3, size);
  first ? insert_->bind(4, first->id) : insert_->bind_null(4);
  insert_->bind_blob(5, packed);
  insert_->step();
  insert_->reset();
  return database_.last_row();
}

std::string ResultTexts::put(std::string_view document, const std::vector<TextMember>& members) {
  std::string ids;
  for (const TextMember& member : members)
    ids += fmt::format("{}{}", ids.empty() ? "" : ",", put_member(document, member));
  return ids;
}

std::string ResultTexts::read(std::int64_t id) {
  if (!read_)
    read_.emplace(database_, "SELECT t.size, t.packed, t.alike, t.key FROM texts t WHERE t.id = ?1");
  read_->bind(1, id);
  if (!read_->step()) {
    read_->reset();
    refuse_damaged(database_.file, fmt::format("text {} is missing", id));
  }
  const auto size = static_cast<std::size_t>(read_->integer(0));
  const std::string packed = read_->text(1);
  const std::int64_t alike = read_->integer(2);
  const std::string key = read_->text(3);
  read_->reset();
  const First* first = alike > 0 ? first_of(key) : nullptr;
  if (alike > 0 && (!first || first->id != alike))
    refuse_damaged(database_.file, fmt::format("text {} that text {} needs is missing", alike, id));
  std::optional<std::string> text = unpack(packed, first ? std::string_view(first->text) : std::string_view(), size);
  if (!text)
    refuse_damaged(database_.file, fmt::format("text {} cannot be unpacked", id));
  return std::move(*text);
}

const std::string& ResultTexts::text(std::int64_t id) {
  const auto known = unpacked_.find(id);
  if (known != unpacked_.end())
    return known->second;
  constexpr std::size_t most = 64; // the blocks of a few designs
  if (unpacked_.size() >= most)
    unpacked_.clear();
  return unpacked_[id] = read(id);
}

std::string ResultTexts::get(const std::string& ids) {
  if (ids.empty())
    return "";
  std::string document = "{";
  const char* end = ids.data() + ids.size();
  for (const char* at = ids.data(); at < end;) {
    std::int64_t id = 0;
    const auto parsed = std::from_chars(at, end, id);
    if (parsed.ec != std::errc())
      refuse_damaged(database_.file, "a list of texts is cut");
    document += (at == ids.data() ? "" : ",") + text(id);
    at = parsed.ptr + 1; // past the comma
  }
  return document + "}";
}

} // namespace beachfront::study
