// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/xml_text.hpp"

namespace beachfront::geometry {

std::string xml_text(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (static_cast<unsigned char>(c) < 0x20)
      result += ' ';
    else
      result += c;
  return result;
}

} // namespace beachfront::geometry
