// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/gds_records.hpp"

#include <cmath>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace beachfront::geometry {
namespace {

/// Record type in the high byte, type of its data in the low one.
enum class Record : std::uint16_t {
  header = 0x0002,
  begin_library = 0x0102,
  library_name = 0x0206,
  units = 0x0305,
  end_library = 0x0400,
  begin_structure = 0x0502,
  structure_name = 0x0606,
  end_structure = 0x0700,
  boundary = 0x0800,
  text = 0x0C00,
  layer = 0x0D02,
  datatype = 0x0E02,
  xy = 0x1003,
  end_element = 0x1100,
  text_type = 0x1602,
  string = 0x1906,
  property_attribute = 0x2B02,
  property_value = 0x2C06,
};

constexpr std::size_t longest_name = 126; // of a property value

void append(std::string& bytes, std::uint64_t value, int size) {
  for (int i = size - 1; i >= 0; --i)
    bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

void write(std::ostream& stream, Record record, const std::string& data = {}) {
  std::string head;
  append(head, data.size() + 4, 2);
  append(head, static_cast<std::uint16_t>(record), 2);
  stream << head << data;
}

void write(std::ostream& stream, Record record, std::initializer_list<int> values) {
  std::string data;
  for (int value : values)
    append(data, static_cast<std::uint16_t>(value), 2);
  write(stream, record, data);
}

/// A string, padded to an even length as every record must have.
void write_string(std::ostream& stream, Record record, std::string_view text) {
  std::string data(text.substr(0, longest_name));
  if (data.size() % 2 != 0)
    data.push_back('\0');
  write(stream, record, data);
}

void append(std::string& bytes, GridPoint point) {
  append(bytes, static_cast<std::uint32_t>(point.x_nm), 4);
  append(bytes, static_cast<std::uint32_t>(point.y_nm), 4);
}

} // namespace

std::uint64_t gds_real8(double value) {
  if (value == 0)
    return 0;
  int exponent_of_2 = 0;
  const double mantissa = std::frexp(std::abs(value), &exponent_of_2); // in [1/2, 1)
  const int exponent = static_cast<int>(std::ceil(exponent_of_2 / 4.0));
  if (!std::isfinite(value) || exponent < -64 || exponent > 63)
    throw std::out_of_range("a number is outside the range of GDSII's 8-byte real");
  // The fraction is in [1/16, 1): 53 bits of the double fit into 56.
  const auto fraction = static_cast<std::uint64_t>(std::ldexp(mantissa, 56 + exponent_of_2 - 4 * exponent));
  const std::uint64_t sign = value < 0 ? 1 : 0;
  return sign << 63 | static_cast<std::uint64_t>(exponent + 64) << 56 | fraction;
}

void write_gds_head(std::ostream& stream, std::string_view library, std::string_view cell) {
  // Last changed and last read, both 1970-01-01 00:00:00: a clock here would make every file differ.
  const std::initializer_list<int> stamps = {1970, 1, 1, 0, 0, 0, 1970, 1, 1, 0, 0, 0};
  write(stream, Record::header, {600});
  write(stream, Record::begin_library, stamps);
  write_string(stream, Record::library_name, library);
  std::string units;
  append(units, gds_real8(1e-3), 8); // database unit in user units (um)
  append(units, gds_real8(1e-9), 8); // database unit in metres
  write(stream, Record::units, units);
  write(stream, Record::begin_structure, stamps);
  write_string(stream, Record::structure_name, cell);
}

void write_gds_boundary(std::ostream& stream, LayerNumber layer, const GridPolygon& polygon, std::string_view name) {
  std::string points;
  points.reserve(8 * (polygon.size() + 1));
  for (GridPoint point : polygon)
    append(points, point);
  append(points, polygon.front());
  write(stream, Record::boundary);
  write(stream, Record::layer, {layer.layer});
  write(stream, Record::datatype, {layer.datatype});
  write(stream, Record::xy, points);
  if (!name.empty()) {
    write(stream, Record::property_attribute, {1});
    write_string(stream, Record::property_value, name);
  }
  write(stream, Record::end_element);
}

void write_gds_text(std::ostream& stream, LayerNumber layer, GridPoint place, std::string_view text) {
  std::string point;
  append(point, place);
  write(stream, Record::text);
  write(stream, Record::layer, {layer.layer});
  write(stream, Record::text_type, {layer.datatype});
  write(stream, Record::xy, point);
  write_string(stream, Record::string, text);
  write(stream, Record::end_element);
}

void write_gds_tail(std::ostream& stream) {
  write(stream, Record::end_structure);
  write(stream, Record::end_library);
}

} // namespace beachfront::geometry
