// SPDX-License-Identifier: GPL-3.0-or-later
// What `solve` prints: the headline figures, what is wrong, where the files are.
#pragma once

#include "study/evaluate.hpp"
#include "study/text_style.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

/// At most 100 columns but for paths.
std::string summary(const Json& results, const std::vector<std::filesystem::path>& files, const TextStyle& style = {});

} // namespace beachfront::study
