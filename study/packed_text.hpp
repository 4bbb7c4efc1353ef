// SPDX-License-Identifier: GPL-3.0-or-later
// Text made small by zlib, smaller still when it resembles a text that the reader has.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace beachfront::study {

/// A zlib stream (RFC 1950) with `like`, which may be empty, as preset dictionary; of a longer one the last 32 KiB
/// count.
std::string pack(std::string_view text, std::string_view like);

/// The text again, `size` bytes of it; empty when it is no such stream, is damaged, or was packed with another `like`.
std::optional<std::string> unpack(std::string_view packed, std::string_view like, std::size_t size);

} // namespace beachfront::study
