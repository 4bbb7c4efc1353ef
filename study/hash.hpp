// SPDX-License-Identifier: GPL-3.0-or-later
// One number for everything that a resolved design, or a part of it, says.
#pragma once

#include "study/tree.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// 64-bit FNV-1a over keys and values: the same for any order of keys and, on a resolved tree, any comments, origins
/// and spelling of numbers. Texts that say where values come from (`source`) count as well.
std::uint64_t hash(const Value& value);

/// The hash of what is left when these keys are taken out: "block.key", of every element of a list on the way.
std::uint64_t hash_without(const Value& value, const std::vector<std::string_view>& paths);

/// The hash as 16 hexadecimal digits.
std::string hash_text(const Value& value);

/// The same of plain text, byte by byte.
std::uint64_t hash(std::string_view text);
std::string hash_text(std::string_view text);

/// The same of numbers, bit by bit.
std::uint64_t hash(std::span<const double> numbers);

} // namespace beachfront::study
