// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/dxf_frame.hpp"

#include <fmt/core.h>

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace beachfront::geometry {
namespace {

// Handles of the frame; entities take the numbers after them.
enum Handle {
  no_owner = 0,
  viewport_table = 0x8,
  line_type_table = 0x5,
  layer_table_handle = 0x2,
  style_table = 0x3,
  view_table = 0x6,
  ucs_table = 0x7,
  application_table = 0x9,
  dimension_style_table = 0xA,
  block_record_table = 0x1,
  root_dictionary = 0xC,
  group_dictionary = 0xD,
  line_type_by_block = 0x14,
  line_type_by_layer = 0x15,
  line_type_continuous = 0x16,
  standard_style = 0x11,
  acad_application = 0x12,
  own_application = 0x13,
  layer_zero = 0x10,
  model_space = 0x1F,
  model_space_block = 0x20,
  model_space_end = 0x21,
  paper_space = 0x1B,
  paper_space_block = 0x1C,
  paper_space_end = 0x1D,
  active_viewport = 0x2E,
  standard_dimension_style = 0x27,
  first_layer = 0x40, // up to 0xBF layers
  first_entity = 0x100,
};

constexpr std::string_view application = "BEACHFRONT";

/// The code point that starts at `at`, which moves behind it.
std::uint32_t code_point(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0x80)
    return first;
  const int more = first >= 0xF0 && first < 0xF8 ? 3 : first >= 0xE0 && first < 0xF0 ? 2 : first >= 0xC0 ? 1 : 0;
  if (more == 0 || first >= 0xF8)
    throw std::invalid_argument("a name is not UTF-8");
  std::uint32_t value = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) {
    if (at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80)
      throw std::invalid_argument("a name is not UTF-8");
    value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  }
  return value;
}

} // namespace

std::string dxf_text(std::string_view utf8) {
  std::string result;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::uint32_t c = code_point(utf8, at);
    if (c < 0x20 || c == 0x7F)
      result += ' ';
    else if (c < 0x80)
      result += static_cast<char>(c);
    else if (c < 0x10000)
      result += fmt::format("\\U+{:04X}", c);
    else // as AutoCAD writes it: a pair of surrogates
      result += fmt::format("\\U+{:04X}\\U+{:04X}", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
  }
  return result;
}

void DxfStream::tag(int code, std::string_view value) {
  stream_ << fmt::format("{}\n{}\n", code, value);
}

void DxfStream::tag(int code, int value) {
  stream_ << fmt::format("{}\n{}\n", code, value);
}

void DxfStream::tag(int code, double value) {
  std::string text = fmt::format("{:.12f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text += '0';
  tag(code, text == "-0.0" ? "0.0" : std::string_view(text));
}

void DxfStream::object(std::string_view kind, int handle, int owner) {
  tag(0, kind);
  tag(kind == "DIMSTYLE" ? 105 : 5, fmt::format("{:X}", handle));
  tag(330, fmt::format("{:X}", owner));
}

void DxfStream::begin_section(std::string_view name) {
  tag(0, "SECTION");
  tag(2, name);
}

void DxfStream::begin_table(std::string_view name, int handle, int entries) {
  tag(0, "TABLE");
  tag(2, name);
  tag(5, fmt::format("{:X}", handle));
  tag(330, "0");
  tag(100, "AcDbSymbolTable");
  tag(70, entries);
}

void DxfStream::header(const Box& extent) {
  begin_section("HEADER");
  tag(9, "$ACADVER");
  tag(1, "AC1015");
  tag(9, "$DWGCODEPAGE");
  tag(3, "ANSI_1252");
  tag(9, "$INSUNITS");
  tag(70, 4); // millimetres
  tag(9, "$MEASUREMENT");
  tag(70, 1); // metric
  for (const auto& [variable, corner] : {std::pair{"$EXTMIN", extent.min}, std::pair{"$EXTMAX", extent.max}}) {
    tag(9, variable);
    tag(10, corner.x_mm);
    tag(20, corner.y_mm);
    tag(30, 0.0);
  }
  // A number above every handle in the file; entities are counted on the way, so it leaves room for all of them.
  tag(9, "$HANDSEED");
  tag(5, "7FFFFFFF");
  tag(0, "ENDSEC");
}

void DxfStream::line_types() {
  begin_table("LTYPE", line_type_table, 3);
  for (const auto& [name, handle] : {std::pair{"ByBlock", line_type_by_block},
                                     {"ByLayer", line_type_by_layer},
                                     {"Continuous", line_type_continuous}}) {
    object("LTYPE", handle, line_type_table);
    tag(100, "AcDbSymbolTableRecord");
    tag(100, "AcDbLinetypeTableRecord");
    tag(2, name);
    tag(70, 0);
    tag(3, "");
    tag(72, 65);
    tag(73, 0);
    tag(40, 0.0);
  }
  tag(0, "ENDTAB");
}

void DxfStream::layer_table(const std::vector<Layer>& layers) {
  begin_table("LAYER", layer_table_handle, static_cast<int>(layers.size()) + 1);
  const auto entry = [&](int handle, std::string_view name, int colour) {
    object("LAYER", handle, layer_table_handle);
    tag(100, "AcDbSymbolTableRecord");
    tag(100, "AcDbLayerTableRecord");
    tag(2, name);
    tag(70, 0);
    tag(62, colour); // a negative one: off
    tag(6, "Continuous");
  };
  entry(layer_zero, "0", 7);
  for (std::size_t i = 0; i < layers.size(); ++i)
    entry(first_layer + static_cast<int>(i), plain_name(layers[i]),
          layers[i].shown ? layers[i].dxf_colour : -layers[i].dxf_colour);
  tag(0, "ENDTAB");
}

void DxfStream::block_records() {
  begin_table("BLOCK_RECORD", block_record_table, 2);
  for (const auto& [name, handle] : {std::pair{"*Model_Space", model_space}, {"*Paper_Space", paper_space}}) {
    object("BLOCK_RECORD", handle, block_record_table);
    tag(100, "AcDbSymbolTableRecord");
    tag(100, "AcDbBlockTableRecord");
    tag(2, name);
    tag(340, "0");
  }
  tag(0, "ENDTAB");
}

void DxfStream::symbol_tables(const std::vector<Layer>& layers, const Box& extent) {
  begin_section("TABLES");
  begin_table("VPORT", viewport_table, 1);
  object("VPORT", active_viewport, viewport_table);
  tag(100, "AcDbSymbolTableRecord");
  tag(100, "AcDbViewportTableRecord");
  tag(2, "*ACTIVE");
  tag(70, 0);
  tag(10, 0.0);
  tag(20, 0.0);
  tag(11, 1.0);
  tag(21, 1.0);
  tag(12, extent.centre().x_mm);
  tag(22, extent.centre().y_mm);
  tag(40, 1.1 * extent.height_mm());
  tag(41, 1.5); // width to height
  tag(0, "ENDTAB");
  line_types();
  layer_table(layers);
  begin_table("STYLE", style_table, 1);
  object("STYLE", standard_style, style_table);
  tag(100, "AcDbSymbolTableRecord");
  tag(100, "AcDbTextStyleTableRecord");
  tag(2, "Standard");
  tag(70, 0);
  tag(40, 0.0);
  tag(41, 1.0);
  tag(50, 0.0);
  tag(71, 0);
  tag(42, 2.5);
  tag(3, "txt");
  tag(4, "");
  tag(0, "ENDTAB");
  begin_table("VIEW", view_table, 0);
  tag(0, "ENDTAB");
  begin_table("UCS", ucs_table, 0);
  tag(0, "ENDTAB");
  begin_table("APPID", application_table, 2);
  for (const auto& [name, handle] :
       {std::pair{std::string_view("ACAD"), acad_application}, {application, own_application}}) {
    object("APPID", handle, application_table);
    tag(100, "AcDbSymbolTableRecord");
    tag(100, "AcDbRegAppTableRecord");
    tag(2, name);
    tag(70, 0);
  }
  tag(0, "ENDTAB");
  begin_table("DIMSTYLE", dimension_style_table, 1);
  tag(100, "AcDbDimStyleTable");
  object("DIMSTYLE", standard_dimension_style, dimension_style_table);
  tag(100, "AcDbSymbolTableRecord");
  tag(100, "AcDbDimStyleTableRecord");
  tag(2, "Standard");
  tag(70, 0);
  tag(0, "ENDTAB");
  block_records();
  tag(0, "ENDSEC");
}

void DxfStream::blocks() {
  begin_section("BLOCKS");
  const auto block = [&](std::string_view name, int owner, int begin, int end) {
    object("BLOCK", begin, owner);
    tag(100, "AcDbEntity");
    tag(8, "0");
    tag(100, "AcDbBlockBegin");
    tag(2, name);
    tag(70, 0);
    tag(10, 0.0);
    tag(20, 0.0);
    tag(30, 0.0);
    tag(3, name);
    tag(1, "");
    object("ENDBLK", end, owner);
    tag(100, "AcDbEntity");
    tag(8, "0");
    tag(100, "AcDbBlockEnd");
  };
  block("*Model_Space", model_space, model_space_block, model_space_end);
  block("*Paper_Space", paper_space, paper_space_block, paper_space_end);
  tag(0, "ENDSEC");
}

void DxfStream::head(const std::vector<Layer>& layers, const Box& extent) {
  if (layers.size() > first_entity - first_layer)
    throw std::invalid_argument("a drawing has at most 192 layers");
  header(extent);
  begin_section("CLASSES");
  tag(0, "ENDSEC");
  symbol_tables(layers, extent);
  blocks();
  begin_section("ENTITIES");
}

void DxfStream::entity(std::string_view type, LayerNumber layer, std::string_view subclass) {
  object(type, next_handle_++, model_space);
  tag(100, "AcDbEntity");
  tag(8, plain_name(describe(layer)));
  tag(100, subclass);
}

void DxfStream::name(std::string_view text) {
  tag(1001, application);
  tag(1000, dxf_text(text).substr(0, 255)); // the format's limit
}

void DxfStream::tail() {
  tag(0, "ENDSEC");
  begin_section("OBJECTS");
  object("DICTIONARY", root_dictionary, no_owner);
  tag(100, "AcDbDictionary");
  tag(281, 1);
  tag(3, "ACAD_GROUP");
  tag(350, fmt::format("{:X}", static_cast<int>(group_dictionary)));
  object("DICTIONARY", group_dictionary, root_dictionary);
  tag(100, "AcDbDictionary");
  tag(281, 1);
  tag(0, "ENDSEC");
  tag(0, "EOF");
}

} // namespace beachfront::geometry
