// SPDX-License-Identifier: GPL-3.0-or-later
// What `beachfront new NAME` writes.
#pragma once

#include <string>

namespace beachfront::study {

/// A small glass design that can be built. Each key carries its sentence, unit and range from the schema; keys that are
/// left at their default or out stand there as comments.
std::string starter_design(const std::string& name);

} // namespace beachfront::study
