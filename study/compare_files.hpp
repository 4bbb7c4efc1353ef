// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a comparison.
#pragma once

#include "study/compare.hpp"

#include <filesystem>
#include <vector>

namespace beachfront::study {

/// Throws InputError when the folder cannot be made or something in it stands in the way of a file.
void make_comparison_folder(const std::filesystem::path& folder);

/// Writes comparison.csv, comparison.json and comparison.svg into the folder, each whole or not at all. Returns the
/// files written. Throws like write_file().
std::vector<std::filesystem::path> write_comparison(const std::filesystem::path& folder, const Comparison& comparison);

} // namespace beachfront::study
