// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/wrapped_text.hpp"

#include "study/display_width.hpp"

#include <algorithm>

namespace beachfront::study {

std::vector<std::string> wrapped_lines(const std::string& text, std::size_t indent, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t at = 0;
  std::size_t columns = 0; // of the last line
  bool empty = true;       // it holds nothing but its indent
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    if (text.compare(std::min(end, text.size()), 2, " %") == 0) // not without its number
      end = text.find(' ', end + 1);
    end = std::min(end, text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t word_columns = display_width(word);
    if (!empty && columns + 1 + word_columns > width) {
      lines.emplace_back(indent, ' ');
      columns = indent;
      empty = true;
    }
    lines.back() += (empty ? "" : " ") + word;
    columns += (empty ? 0 : 1) + word_columns;
    empty = false;
    at = end + 1;
  }
  return lines;
}

std::string wrapped_text(const std::string& text, std::size_t indent, std::size_t width) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    const std::vector<std::string> lines =
        display_width(line) > width ? wrapped_lines(line, indent, width) : std::vector<std::string>{line};
    for (std::size_t i = 0; i < lines.size(); ++i)
      out += (i > 0 ? "\n" : "") + lines[i];
    out += end < text.size() ? "\n" : "";
    at = end + 1;
  }
  return out;
}

} // namespace beachfront::study
