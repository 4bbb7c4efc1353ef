// SPDX-License-Identifier: GPL-3.0-or-later
// Text as a cell of comma-separated values.
#pragma once

#include <string>

namespace beachfront::study {

/// RFC 4180, and no line breaks inside a cell: what reads line by line shall not trip.
std::string csv_cell(std::string text);

} // namespace beachfront::study
