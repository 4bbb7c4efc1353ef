// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

/// What differs between two trees, a line each, in the order of the first: "engines.count: was 16, now 32". Numbers
/// that read alike and the order of keys make no difference.
std::vector<std::string> differences(const Node& was, const Node& now);

} // namespace beachfront::study
