// SPDX-License-Identifier: GPL-3.0-or-later
// What was probably meant by a key that the schema does not know.
#pragma once

#include "study/schema.hpp"
#include "study/tree.hpp"

#include <string>

namespace beachfront::study {

/// The error for `entry`, which stands in `inside` (a block at `path`) but is none of its keys. In this order:
/// the same quantity in another unit, with the value converted; the nearest name, or the one it is a part of; where
/// else in `whole` the name lives.
InputError unknown_key_error(const Entry& entry, const Key& inside, const std::string& path, const Key& whole);

/// The names of a block's keys, in its order.
std::vector<std::string> key_names(const Key& block);

} // namespace beachfront::study
