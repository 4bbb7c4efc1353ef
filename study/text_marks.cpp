// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/text_marks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

/// Number of characters (not bytes) before `column` bytes of a line, so that columns agree with an editor's.
int characters(std::string_view line, int column) {
  const std::string_view before = line.substr(0, static_cast<std::size_t>(std::max(column, 0)));
  return static_cast<int>(std::count_if(before.begin(), before.end(),
                                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Length of the UTF-8 character at the front, 0 if it is none (overlong, surrogate, out of range, cut short).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80)
    return 1;
  if (first >= 0xC2 && first < 0xE0)
    return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool good =
        follows(1) && follows(2) && !(first == 0xE0 && byte(1) < 0xA0) && !(first == 0xED && byte(1) > 0x9F);
    return good ? 3 : 0;
  }
  if (first >= 0xF0 && first < 0xF5) {
    const bool good = follows(1) && follows(2) && follows(3) && !(first == 0xF0 && byte(1) < 0x90) &&
                      !(first == 0xF4 && byte(1) > 0x8F);
    return good ? 4 : 0;
  }
  return 0;
}

} // namespace

Mark TextMarks::operator()(int line, int column) const {
  if (fixed)
    return *fixed;
  if (line < 0) // the library does not know
    return {name, 0, 0};
  const auto at = static_cast<std::size_t>(line);
  return {name, line + 1, (at < lines.size() ? characters(lines[at], column) : column) + 1};
}

TextMarks marks_of(std::string_view text, const std::string& name) {
  TextMarks marks{name, {}, nullptr};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    marks.lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return marks;
}

bool quote_is_closed(const TextMarks& marks, int line, int column) {
  char quote = 0;
  for (auto i = static_cast<std::size_t>(line); i < marks.lines.size(); ++i) {
    const std::string_view text = marks.lines[i];
    std::size_t at = quote ? 0 : static_cast<std::size_t>(column);
    while (!quote && at < text.size() && (text[at] == '&' || text[at] == '!')) // an anchor before the scalar
      at = std::min(text.find_first_not_of(' ', text.find(' ', at)), text.size());
    if (!quote) {
      if (at >= text.size() || (text[at] != '"' && text[at] != '\''))
        return true;
      quote = text[at++];
    }
    for (; at < text.size(); ++at)
      if (text[at] == '\\' && quote == '"')
        ++at; // whatever follows is part of the scalar
      else if (text[at] == quote && quote == '\'' && at + 1 < text.size() && text[at + 1] == quote)
        ++at; // '' is a quote inside single quotes
      else if (text[at] == quote)
        return true;
  }
  return quote == 0;
}

void check_bytes(const TextMarks& marks) {
  for (std::size_t i = 0; i < marks.lines.size(); ++i) {
    const std::string_view line = marks.lines[i];
    const auto fault = [&](std::size_t column, const std::string& problem) {
      return InputError(marks(static_cast<int>(i), static_cast<int>(column)), "", problem);
    };
    const std::size_t content = line.find_first_not_of(" \t\r");
    const std::size_t tab = line.find('\t');
    if (content != std::string_view::npos && tab < content && line[content] != '#')
      throw fault(tab, "found a tab in the indentation; YAML wants spaces");
    for (std::size_t at = 0; at < line.size();) {
      const auto c = static_cast<unsigned char>(line[at]);
      const bool carriage_return = c == '\r' && at + 1 == line.size();
      if ((c < 0x20 && c != '\t' && !carriage_return) || c == 0x7F)
        throw fault(at, fmt::format("found the control character 0x{:02x}; must be text", c));
      const std::size_t n = utf8_length(line.substr(at));
      if (n == 0)
        throw fault(at, fmt::format("found the byte 0x{:02x}, which is no UTF-8; save the file as UTF-8", c));
      at += n;
    }
  }
}

} // namespace beachfront::study
