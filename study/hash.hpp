// SPDX-License-Identifier: GPL-3.0-or-later
// One number for everything that a resolved design, or a part of it, says.
#pragma once

#include "study/tree.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace beachfront::study {

/// 64-bit FNV-1a over keys and values: the same for any order of keys and, on a resolved tree, any comments, origins
/// and spelling of numbers. Texts that say where values come from (`source`) count as well.
std::uint64_t hash(const Value& value);

/// The hash as 16 hexadecimal digits.
std::string hash_text(const Value& value);

/// The same of plain text, byte by byte.
std::string hash_text(std::string_view text);

} // namespace beachfront::study
