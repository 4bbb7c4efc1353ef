// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_parts.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>

// The assembler puts the bytes of a file between two symbols. A list of numbers for the compiler would hold the same
// and take it seconds. CMake tells REPORT_FOLDER and compiles this file again when a part changes.
#define REPORT_PART(symbol, file)                                                                                      \
  asm(".pushsection .rodata\n"                                                                                         \
      ".global report_part_" #symbol "\n.global report_part_" #symbol "_end\n"                                         \
      "report_part_" #symbol ":\n.incbin \"" REPORT_FOLDER "/" file "\"\n"                                             \
      "report_part_" #symbol "_end:\n.byte 0\n.popsection\n");                                                         \
  extern "C" const char report_part_##symbol[];                                                                        \
  extern "C" const char report_part_##symbol##_end[];
#define REPORT_PARTS                                                                                                   \
  PART(page, "page.html")                                                                                              \
  PART(style, "style.css")                                                                                             \
  PART(charts_library, "vendor/charts.min.js")                                                                         \
  PART(elements, "elements.js")                                                                                        \
  PART(numbers, "numbers.js")                                                                                          \
  PART(tables, "tables.js")                                                                                            \
  PART(charts, "charts.js")                                                                                            \
  PART(layout, "layout.js")                                                                                            \
  PART(maps, "maps.js")                                                                                                \
  PART(light, "light.js")                                                                                              \
  PART(power, "power.js")                                                                                              \
  PART(design, "design.js")                                                                                            \
  PART(points, "points.js")                                                                                            \
  PART(provenance, "provenance.js")                                                                                    \
  PART(sweep, "sweep.js")                                                                                              \
  PART(comparison, "comparison.js")

#define PART(symbol, file) REPORT_PART(symbol, file)
REPORT_PARTS
#undef PART

namespace beachfront::study {

namespace {

struct Part {
  std::string_view name;
  const char* begin;
  const char* end;
};

} // namespace

std::string_view report_part(std::string_view name) {
#define PART(symbol, file) Part{file, report_part_##symbol, report_part_##symbol##_end},
  static const std::array parts{REPORT_PARTS};
#undef PART
  for (const Part& part : parts)
    if (part.name == name)
      return {part.begin, static_cast<std::size_t>(part.end - part.begin)};
  throw std::logic_error("no part of a report: " + std::string(name));
}

} // namespace beachfront::study
