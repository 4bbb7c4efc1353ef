// SPDX-License-Identifier: GPL-3.0-or-later
// The files of study/report that stand inside the program.
#pragma once

#include <string_view>

namespace beachfront::study {

/// The text of a file by its name in study/report, "layout.js" or "vendor/charts.min.js". Throws std::logic_error when
/// there is none.
std::string_view report_part(std::string_view name);

} // namespace beachfront::study
