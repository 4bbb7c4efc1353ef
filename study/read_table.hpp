// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "optics/profile.hpp"
#include "study/tree.hpp"

#include <filesystem>

namespace beachfront::study {

/// Reads a measured index map: CSV with the header x_um,y_um,index, one point a line, a full rectangular grid in any
/// order. `file_name` holds its path, relative to the folder of `design`. Throws InputError with line and column of the
/// CSV for a missing file, a bad header, a value that is no finite number, a point twice, or a hole in the grid.
optics::TableProfile read_table(const Value& file_name, const std::filesystem::path& design, double background_index);

} // namespace beachfront::study
