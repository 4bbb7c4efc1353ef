// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/text_members.hpp"

#include "study/hash.hpp"

#include <bit>
#include <stdexcept>

namespace beachfront::study {

namespace {

/// Past a string's closing quote, from its opening one.
std::size_t after_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    if (text[at] == '\\')
      ++at;
  return at + 1;
}

TextMember member(std::string_view object, std::size_t from, std::size_t to) {
  const std::string_view text = object.substr(from, to - from);
  return {from, text.size(), after_string(text, 0) - 2, std::bit_cast<std::int64_t>(hash(text))};
}

} // namespace

std::vector<TextMember> members(std::string_view object) {
  if (object.empty())
    return {};
  if (object.size() < 2 || object.front() != '{' || object.back() != '}')
    throw std::invalid_argument("results that are no JSON object");
  std::vector<TextMember> all;
  int depth = 0;
  std::size_t start = 1;
  for (std::size_t at = 1; at < object.size();) {
    const char c = object[at];
    if (c == '"') {
      at = after_string(object, at);
      continue;
    }
    if ((c == ',' && depth == 0) || at + 1 == object.size()) {
      if (at > start)
        all.push_back(member(object, start, at));
      start = at + 1;
    }
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    ++at;
  }
  return all;
}

} // namespace beachfront::study
