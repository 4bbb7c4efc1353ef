// SPDX-License-Identifier: GPL-3.0-or-later
// What engines and connectors are called in drawings, tables and messages.
#pragma once

#include "geometry/package.hpp"

#include <fmt/core.h>

#include <string>

namespace beachfront::geometry {

inline std::string engine_name(int index) {
  return fmt::format("E{:02}", index);
}
inline std::string connector_name(int index) {
  return fmt::format("C{:02}", index);
}

inline std::string kind_name(PortKind kind) {
  constexpr const char* names[] = {"tx", "rx", "laser", "link"};
  return names[static_cast<int>(kind)];
}

} // namespace beachfront::geometry
