// SPDX-License-Identifier: GPL-3.0-or-later
// docs/design-file.md, written from the schema: `beachfront schema --markdown > docs/design-file.md`.
#pragma once

#include <string>

namespace beachfront::study {

/// Markdown of every declared file: a table for each block with type, unit, range, default and sentence of each key.
std::string schema_markdown();

} // namespace beachfront::study
