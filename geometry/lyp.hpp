// SPDX-License-Identifier: GPL-3.0-or-later
// KLayout's layer properties (.lyp): GDSII knows layers by number alone, this file gives them back their names.
#pragma once

#include <ostream>

namespace beachfront::geometry {

/// Writes the table of layers.hpp.
void write_lyp(std::ostream& stream);

} // namespace beachfront::geometry
