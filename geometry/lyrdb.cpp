// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/lyrdb.hpp"

#include "geometry/xml_text.hpp"

#include "geometry/drawing.hpp"

#include <fmt/core.h>

#include <set>

namespace beachfront::geometry {
namespace {

constexpr double marker_mm = 0.1;

/// A word or string as KLayout's text values have them: in quotes, with backslashes before quotes and backslashes.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (char c : text) {
    if (c == '\'' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + "'";
}

std::string marker(Point place) {
  const Box box = box_around(place, marker_mm, marker_mm);
  return fmt::format("box: ({},{};{},{})", 1e3 * box.min.x_mm, 1e3 * box.min.y_mm, 1e3 * box.max.x_mm,
                     1e3 * box.max.y_mm);
}

void write_item(std::ostream& stream, const std::string& cell, const Violation& violation) {
  stream << fmt::format("  <item>\n   <tags/>\n   <category>{}</category>\n   <cell>{}</cell>\n"
                        "   <visited>false</visited>\n   <multiplicity>1</multiplicity>\n   <comment/>\n   <image/>\n"
                        "   <values>\n",
                        xml_text(quoted(violation.rule)), cell);
  const auto value = [&](const std::string& text) { stream << "    <value>" << xml_text(text) << "</value>\n"; };
  value(marker(violation.place));
  value("text: " + quoted(violation.message));
  value("text: " + quoted(violation.where));
  // A rule without numbers, such as a waveguide that guides nothing, has no unit.
  if (!violation.unit.empty())
    value("text: " + quoted(fmt::format("found {} {unit}, required {} {unit}", violation.found, violation.required,
                                        fmt::arg("unit", violation.unit))));
  stream << "   </values>\n  </item>\n";
}

} // namespace

void write_lyrdb(std::ostream& stream, const std::string& top_cell, const std::vector<Violation>& violations,
                 const RuleText& describe) {
  const std::string cell = cell_name(top_cell);
  stream << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<report-database>\n"
            " <description>violations found by beachfront</description>\n <original-file/>\n"
            " <generator>beachfront</generator>\n"
         << " <top-cell>" << cell << "</top-cell>\n <tags/>\n <categories>\n";
  std::set<std::string> rules;
  for (const Violation& violation : violations)
    rules.insert(violation.rule);
  for (const std::string& rule : rules)
    stream << fmt::format("  <category>\n   <name>{}</name>\n   <description>{}</description>\n   <categories/>\n"
                          "  </category>\n",
                          xml_text(rule), xml_text(describe(rule)));
  stream << fmt::format(" </categories>\n <cells>\n  <cell>\n   <name>{}</name>\n   <variant/>\n   <references/>\n"
                        "  </cell>\n </cells>\n <items>\n",
                        cell);
  for (const Violation& violation : violations)
    write_item(stream, cell, violation);
  stream << " </items>\n</report-database>\n";
}

} // namespace beachfront::geometry
