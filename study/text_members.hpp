// SPDX-License-Identifier: GPL-3.0-or-later
// The members of a JSON object, found in its text without parsing it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// A member of a JSON object in compact form, `"key":value`, by its place in the text.
struct TextMember {
  std::size_t from = 0, size = 0;
  std::size_t key_size = 0; ///< without its quotes
  std::int64_t hash = 0;    ///< of the member
  bool operator==(const TextMember&) const = default;
};

/// The members of an object; none of an empty text. Throws std::invalid_argument when the text is no object.
std::vector<TextMember> members(std::string_view object);

} // namespace beachfront::study
