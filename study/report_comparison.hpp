// SPDX-License-Identifier: GPL-3.0-or-later
// report.html of a comparison: the same figures of several designs side by side, as tables and pictures.
#pragma once

#include "study/compare.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

/// `candidates` are those that the comparison was made of, in its order.
std::string comparison_report(const Comparison& comparison, const std::vector<Candidate>& candidates);

/// Writes it as report.html into the folder, which must be there. Returns the file. Throws like write_file().
std::filesystem::path write_comparison_report(const std::filesystem::path& folder, const Comparison& comparison,
                                              const std::vector<Candidate>& candidates);

} // namespace beachfront::study
