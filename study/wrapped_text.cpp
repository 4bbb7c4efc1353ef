// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/wrapped_text.hpp"

#include <algorithm>

namespace beachfront::study {

std::vector<std::string> wrapped_lines(const std::string& text, std::size_t indent, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  bool empty = true; // the line holds nothing but its indent
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!empty && lines.back().size() + 1 + word.size() > width) {
      lines.emplace_back(indent, ' ');
      empty = true;
    }
    lines.back() += (empty ? "" : " ") + word;
    empty = false;
    at = end + 1;
  }
  return lines;
}

} // namespace beachfront::study
