// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/display_width.hpp"

#include <array>

namespace beachfront::study {
namespace {

struct Range {
  char32_t first, last;
};

bool in(char32_t c, const Range* begin, const Range* end) {
  for (const Range* range = begin; range != end; ++range)
    if (c >= range->first && c <= range->last)
      return true;
  return false;
}

/// Marks that stand over or under the character before them, and joiners: Unicode general categories Mn, Me and Cf as
/// far as names in European, Arabic and Hebrew script hold them.
std::size_t columns(char32_t c) {
  constexpr std::array<Range, 7> none = {{{0x300, 0x36F},
                                          {0x483, 0x489},
                                          {0x591, 0x5BD},
                                          {0x610, 0x61A},
                                          {0x64B, 0x65F},
                                          {0x200B, 0x200F},
                                          {0xFE00, 0xFE0F}}};
  // Unicode Standard Annex 11, East Asian Width W and F.
  constexpr std::array<Range, 9> two = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};
  if (in(c, none.data(), none.data() + none.size()))
    return 0;
  return in(c, two.data(), two.data() + two.size()) ? 2 : 1;
}

} // namespace

std::size_t display_width(std::string_view line) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto first = static_cast<unsigned char>(line[at]);
    const std::size_t bytes = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    char32_t c = bytes == 1 ? first : bytes == 0 ? 0 : first & (0xFFU >> (bytes + 1));
    bool good = bytes > 0 && at + bytes <= line.size();
    for (std::size_t i = 1; good && i < bytes; ++i) {
      const auto next = static_cast<unsigned char>(line[at + i]);
      good = (next & 0xC0U) == 0x80;
      c = (c << 6U) | (next & 0x3FU);
    }
    width += good ? columns(c) : 1;
    at += good ? bytes : 1;
  }
  return width;
}

} // namespace beachfront::study
