// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a model that hang together by faces of cells.
#pragma once

#include "thermal/grid.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// The bodies, ascending, of the first part without any of the held cells; empty when there is none.
std::vector<int> floating_bodies(const Grid& grid, std::span<const std::size_t> held_cells);

} // namespace beachfront::thermal
