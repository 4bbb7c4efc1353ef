// SPDX-License-Identifier: GPL-3.0-or-later
// Which declaration of the schema a key of a design has.
#pragma once

#include "study/schema.hpp"
#include "study/tree.hpp"

#include <string_view>

namespace beachfront::study {

/// The declaration of the key at a path of a resolved design: of a list its own, of an item that of all items. Null
/// where the schema has no such key. A path may go where the design has nothing, but not into a block that its `kind`
/// chooses. Throws InputError at `where` when the path is malformed.
const Key* declaration(const Value& design, std::string_view path, const Mark& where);

} // namespace beachfront::study
