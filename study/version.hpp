// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace beachfront::study {

/// Of the tool, e.g. "0.1.0".
std::string version();

/// The commit the program was built from, short, with "-dirty" for a changed tree; "unknown" outside a checkout.
std::string git_commit();

} // namespace beachfront::study
