// SPDX-License-Identifier: GPL-3.0-or-later
// What `solve` prints: the headline figures, what is wrong, where the files are.
#pragma once

#include "study/evaluate.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

/// Plain text, at most 100 columns but for messages and paths.
std::string summary(const Json& results, const std::vector<std::filesystem::path>& files);

} // namespace beachfront::study
