// SPDX-License-Identifier: GPL-3.0-or-later
// The records of an OASIS file: integers of 7 bits a byte, and modal variables that spare what the record before said.
#pragma once

#include "geometry/layers.hpp"
#include "geometry/outline.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::geometry {

/// The format's unsigned and signed integers (7.2): seven bits a byte, the lowest first; the sign is the lowest bit.
std::string oasis_unsigned(std::uint64_t value);
std::string oasis_signed(std::int64_t value);

/// The point list of a polygon from its first point (7.7): steps, or changes of the step where that is shorter, as it
/// is along an arc. The polygon has at least three points.
std::string oasis_point_list(const GridPolygon& polygon);

/// Writes one cell between head and tail. The order of calls is the order of the file.
class OasisStream {
public:
  explicit OasisStream(std::ostream& stream) : stream_(stream) {}
  /// Magic bytes, START, CELL.
  void head();
  /// A box as a rectangle, unless it has no area on the grid: then as the polygon it is.
  void polygon(LayerNumber layer, const GridPolygon& polygon, std::string_view name);
  void text(LayerNumber layer, GridPoint place, std::string_view text);
  /// The tables of names and END.
  void tail(std::string_view cell, const std::vector<Layer>& layers);

private:
  /// Texts in the order of their reference numbers.
  struct Table {
    std::map<std::string, std::uint64_t, std::less<>> numbers;
    std::vector<std::string> texts;
    std::uint64_t number_of(std::string_view text);
  };
  /// What the record before left behind (10): layer and datatype absent until the first one of the cell sets them.
  struct Modal {
    std::optional<int> layer;
    std::optional<int> datatype;
    GridPoint place;
  };

  void write(std::string_view bytes);
  /// A record of a shape or text: `info` with the bits of what differs from `modal`, which then holds the new values.
  void element(char record, unsigned info, Modal& modal, LayerNumber layer, GridPoint place, std::string_view before,
               std::string_view after);
  void property(std::string_view name);

  std::ostream& stream_;
  std::uint64_t offset_ = 0; ///< bytes written
  Modal shape_;
  Modal text_;
  std::string last_property_;
  Table texts_;
  Table properties_;
};

} // namespace beachfront::geometry
