// SPDX-License-Identifier: GPL-3.0-or-later
// KLayout's layer properties (.lyp): GDSII knows layers by number alone, this file gives them back their names.
#pragma once

#include "geometry/drawing.hpp"

#include <ostream>

namespace beachfront::geometry {

/// The layers in use, by number.
void write_lyp(std::ostream& stream, const Drawing& drawing);

} // namespace beachfront::geometry
