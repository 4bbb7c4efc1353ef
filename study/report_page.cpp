// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_page.hpp"

#include "study/report_parts.hpp"

#include <utility>

namespace beachfront::study {

std::string script_json(const Json& data) {
  const std::string json = data.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json)
    if (c == '<') // in JSON it stands in texts alone
      safe += "\\u003c";
    else
      safe += c;
  return safe;
}

std::string html_text(std::string_view text) {
  std::string safe;
  for (const char c : text)
    switch (c) {
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '&':
      safe += "&amp;";
      break;
    case '"':
      safe += "&quot;";
      break;
    case '\'':
      safe += "&#39;";
      break;
    default:
      safe += c;
    }
  return safe;
}

std::string report_page(const std::string& title, const std::vector<std::string_view>& scripts, const Json& data) {
  std::string script = "(() => {\n\"use strict\";\n";
  for (const std::string_view common : {"elements.js", "numbers.js", "tables.js", "charts.js"})
    script += report_part(common);
  for (const std::string_view name : scripts)
    script += report_part(name);
  script += "})();\n";

  const std::vector<std::pair<std::string_view, std::string>> places = {
      {"{{title}}", html_text(title)}, {"{{style}}", std::string(report_part("style.css"))},
      {"{{data}}", script_json(data)}, {"{{charts}}", std::string(report_part("vendor/charts.min.js"))},
      {"{{script}}", script},
  };
  // One pass over the page: what is filled in is never looked at for further places.
  const std::string_view page = report_part("page.html");
  std::string html;
  for (std::size_t at = 0; at < page.size();) {
    const auto* place = &places.front();
    for (; place != &places.front() + places.size(); ++place)
      if (page.substr(at).starts_with(place->first))
        break;
    if (place == &places.front() + places.size()) {
      html += page[at++];
      continue;
    }
    html += place->second;
    at += place->first.size();
  }
  return html;
}

} // namespace beachfront::study
