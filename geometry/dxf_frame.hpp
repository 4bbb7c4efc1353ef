// SPDX-License-Identifier: GPL-3.0-or-later
// What a DXF file of AutoCAD 2000 has around its entities: header, tables, blocks, dictionary, handles.
#pragma once

#include "geometry/layers.hpp"
#include "geometry/shapes.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::geometry {

/// A text without control characters; what is beyond ASCII as \U+XXXX, which every code page reads.
/// Throws std::invalid_argument for bytes that are not UTF-8.
std::string dxf_text(std::string_view utf8);

/// Writes pairs of a group code and a value between head and tail.
class DxfStream {
public:
  explicit DxfStream(std::ostream& stream) : stream_(stream) {}
  /// Everything up to the entities of the model space.
  void head(const std::vector<Layer>& layers, const Box& extent);
  void tag(int code, std::string_view value);
  void tag(int code, int value);
  void tag(int code, double value); ///< to 1e-12
  /// Starts an entity of the model space, by layer.
  void entity(std::string_view type, LayerNumber layer, std::string_view subclass);
  /// Extended data of the entity before: the name of the shape.
  void name(std::string_view text);
  void tail();

private:
  int next_handle_ = 0x100; ///< above those of the frame

  /// Starts an object of the frame: its kind, handle and owner.
  void object(std::string_view kind, int handle, int owner);
  void begin_table(std::string_view name, int handle, int entries);
  void begin_section(std::string_view name);
  void header(const Box& extent);
  void symbol_tables(const std::vector<Layer>& layers, const Box& extent);
  void line_types();
  void layer_table(const std::vector<Layer>& layers);
  void block_records();
  void blocks();
  std::ostream& stream_;
};

} // namespace beachfront::geometry
