// SPDX-License-Identifier: GPL-3.0-or-later
// One file that holds a whole report: style, scripts and data, nothing to be fetched.
//
//   std::string html = report_page("102t-glass", {"layout.js", "design.js"}, data);
#pragma once

#include "study/evaluate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// The page with these scripts (of study/report; what every page needs comes before them) and the data as JSON. No text
/// of title or data can end its element or become markup; the page's policy forbids every request and every script but
/// its own. The same bytes for the same input.
std::string report_page(const std::string& title, const std::vector<std::string_view>& scripts, const Json& data);

/// JSON that may stand in a <script>: every "<" is written \u003c. Bytes that are no UTF-8 become U+FFFD.
std::string script_json(const Json& data);

/// Text that may stand between tags.
std::string html_text(std::string_view text);

} // namespace beachfront::study
