// SPDX-License-Identifier: GPL-3.0-or-later
// The schema in the form that editors and other tools read.
#pragma once

#include "study/schema.hpp"

#include <nlohmann/json.hpp>

namespace beachfront::study {

/// JSON Schema (draft 2020-12) of a declared file. As strict as resolve() but for what needs the library or the text of
/// a number: that an entry exists, and how 12mm or 0x10 are written.
nlohmann::ordered_json json_schema(const Key& schema);

} // namespace beachfront::study
