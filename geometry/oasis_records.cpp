// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/oasis_records.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

enum Record : char {
  record_start = 1,
  record_end = 2,
  record_cell_name = 3,
  record_text_string = 5,
  record_property_name = 7,
  record_property_string = 9,
  record_layer_name = 11,
  record_text_layer_name = 12,
  record_cell = 13, // by reference number
  record_text = 19,
  record_rectangle = 20,
  record_polygon = 21,
  record_property = 28,
  record_property_again = 29, // the last name and values
};

constexpr int end_record_bytes = 256;

struct Step {
  std::int64_t dx = 0;
  std::int64_t dy = 0;
};

/// A g-delta (7.5.4): one integer with the direction along an axis or a diagonal, else one for x and one for y.
std::string general_step(Step step) {
  const auto x = static_cast<std::uint64_t>(std::abs(step.dx));
  const auto y = static_cast<std::uint64_t>(std::abs(step.dy));
  if (x != 0 && y != 0 && x != y)
    return oasis_unsigned(x << 2 | (step.dx < 0 ? 2U : 0U) | 1U) + oasis_signed(step.dy);
  constexpr int directions[3][3] = {{6, 2, 5}, {3, 0, 1}, {7, 0, 4}}; // by sign of x and of y: E N W S NE NW SW SE
  const auto sign = [](std::int64_t value) { return value < 0 ? 0 : value > 0 ? 2 : 1; };
  const auto direction = static_cast<std::uint64_t>(directions[sign(step.dx)][sign(step.dy)]);
  return oasis_unsigned(std::max(x, y) << 4 | direction << 1);
}

std::string counted(std::string_view text) {
  return oasis_unsigned(text.size()) + std::string(text);
}

std::string number(int value) {
  return oasis_unsigned(static_cast<std::uint64_t>(value));
}

/// Whether the ring of outline(Box), from its south-west corner, has an area.
bool is_rectangle(const GridPolygon& p) {
  return p.size() == 4 && p[1].y_nm == p[0].y_nm && p[3].x_nm == p[0].x_nm && p[2] == GridPoint{p[1].x_nm, p[3].y_nm} &&
         p[1].x_nm > p[0].x_nm && p[3].y_nm > p[0].y_nm;
}

} // namespace

std::string oasis_unsigned(std::uint64_t value) {
  std::string bytes;
  for (; value > 0x7F; value >>= 7)
    bytes.push_back(static_cast<char>((value & 0x7F) | 0x80));
  bytes.push_back(static_cast<char>(value));
  return bytes;
}

std::string oasis_signed(std::int64_t value) {
  return oasis_unsigned(static_cast<std::uint64_t>(std::abs(value)) << 1 | (value < 0 ? 1U : 0U));
}

std::string oasis_point_list(const GridPolygon& polygon) {
  if (polygon.size() < 3)
    throw std::invalid_argument("an OASIS polygon has at least three points");
  std::string steps;
  std::string changes;
  Step last;
  for (std::size_t i = 1; i < polygon.size(); ++i) {
    const Step step{std::int64_t{polygon[i].x_nm} - polygon[i - 1].x_nm,
                    std::int64_t{polygon[i].y_nm} - polygon[i - 1].y_nm};
    steps += general_step(step);
    changes += general_step({step.dx - last.dx, step.dy - last.dy});
    last = step;
  }
  constexpr char general_type = 4;
  constexpr char double_delta_type = 5;
  const bool by_steps = steps.size() <= changes.size();
  return (by_steps ? general_type : double_delta_type) + oasis_unsigned(polygon.size() - 1) +
         (by_steps ? steps : changes);
}

std::uint64_t OasisStream::Table::number_of(std::string_view text) {
  const auto [place, is_new] = numbers.try_emplace(std::string(text), texts.size());
  if (is_new)
    texts.emplace_back(text);
  return place->second;
}

void OasisStream::write(std::string_view bytes) {
  stream_ << bytes;
  offset_ += bytes.size();
}

void OasisStream::head() {
  write("%SEMI-OASIS\r\n");
  // Version, grid steps in a micrometre as a real of type 0 (a whole number), and table offsets in END.
  write(std::string{record_start} + counted("1.0") + oasis_unsigned(0) + oasis_unsigned(1000) + oasis_unsigned(1));
  write(std::string{record_cell} + oasis_unsigned(0));
}

void OasisStream::element(char record, unsigned info, Modal& modal, LayerNumber layer, GridPoint place,
                          std::string_view before, std::string_view after) {
  std::string bytes(before);
  if (layer.layer != modal.layer) {
    info |= 0x01U;
    bytes += number(layer.layer);
  }
  if (layer.datatype != modal.datatype) {
    info |= 0x02U;
    bytes += number(layer.datatype);
  }
  bytes += after;
  if (place.x_nm != modal.place.x_nm) {
    info |= 0x10U;
    bytes += oasis_signed(place.x_nm);
  }
  if (place.y_nm != modal.place.y_nm) {
    info |= 0x08U;
    bytes += oasis_signed(place.y_nm);
  }
  modal = {layer.layer, layer.datatype, place};
  write(std::string{record, static_cast<char>(info)} + bytes);
}

void OasisStream::polygon(LayerNumber layer, const GridPolygon& polygon, std::string_view name) {
  const GridPoint first = polygon.at(0);
  if (is_rectangle(polygon)) {
    const std::int64_t width_nm = std::int64_t{polygon[1].x_nm} - first.x_nm;
    const std::int64_t height_nm = std::int64_t{polygon[3].y_nm} - first.y_nm;
    element(record_rectangle, 0x60, shape_, layer, first, {},
            oasis_unsigned(static_cast<std::uint64_t>(width_nm)) +
                oasis_unsigned(static_cast<std::uint64_t>(height_nm)));
  } else {
    element(record_polygon, 0x20, shape_, layer, first, {}, oasis_point_list(polygon));
  }
  if (!name.empty())
    property(name);
}

void OasisStream::property(std::string_view name) {
  if (name == last_property_) {
    write(std::string{record_property_again});
    return;
  }
  // Two values follow, the name is reference 0 of its table, and it is one of the standard's own.
  constexpr char info = 0x27;
  constexpr char unsigned_value = 8;
  constexpr char string_reference = 14; // to any bytes
  write(std::string{record_property, info} + oasis_unsigned(0) + unsigned_value + oasis_unsigned(1) + string_reference +
        oasis_unsigned(properties_.number_of(name)));
  last_property_ = name;
}

void OasisStream::text(LayerNumber layer, GridPoint place, std::string_view text) {
  for (char c : text)
    if (c < 0x20 || c > 0x7E)
      throw std::invalid_argument("an OASIS text has printable ASCII characters alone");
  element(record_text, 0x60, text_, layer, place, oasis_unsigned(texts_.number_of(text)), {});
}

void OasisStream::tail(std::string_view cell, const std::vector<Layer>& layers) {
  // Offsets of the tables; one that is empty has none. Extension names have no table here.
  std::array<std::uint64_t, 6> offsets{};
  enum Name { cells, texts, property_names, property_strings, layer_names };
  const auto start = [&](Name table) { offsets[table] = offset_; };

  start(cells);
  write(std::string{record_cell_name} + counted(cell));
  if (!texts_.texts.empty())
    start(texts);
  for (const std::string& text : texts_.texts)
    write(std::string{record_text_string} + counted(text));
  if (!properties_.texts.empty()) {
    start(property_names);
    write(std::string{record_property_name} + counted("S_GDS_PROPERTY"));
    start(property_strings);
  }
  for (const std::string& name : properties_.texts)
    write(std::string{record_property_string} + counted(name));
  if (!layers.empty())
    start(layer_names);
  constexpr char exactly = 3; // kind of an interval of numbers
  for (const Layer& layer : layers)
    for (Record record : {record_layer_name, record_text_layer_name})
      write(std::string{record} + counted(plain_name(layer)) + exactly + number(layer.number.layer) + exactly +
            number(layer.number.datatype));

  std::string end{record_end};
  for (std::uint64_t offset : offsets)
    end += oasis_unsigned(1) + oasis_unsigned(offset); // 1: strict, every name of the kind stands in the table
  constexpr std::size_t last_byte = 1;                 // validation scheme 0: none
  // The length of the padding takes two bytes, since the padding is longer than 127.
  const std::size_t padding = end_record_bytes - end.size() - last_byte - 2;
  end += counted(std::string(padding, '\0')) + oasis_unsigned(0);
  write(end);
}

} // namespace beachfront::geometry
