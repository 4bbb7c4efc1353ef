// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/vtu.hpp"

#include "thermal/unfold.hpp"

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;
constexpr std::uint8_t vtk_hexahedron = 12;

static_assert(std::endian::native == std::endian::little, "the file says little-endian");

/// A number's bytes at the end of a block.
template <class Number>
void append(std::string& bytes, Number value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof value);
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

void append_base64(std::string& text, std::string bytes) {
  using Digits = boost::archive::iterators::base64_from_binary<
      boost::archive::iterators::transform_width<std::string::const_iterator, 6, 8>>;
  const std::size_t padding = (3 - bytes.size() % 3) % 3;
  bytes.append(padding, '\0'); // the iterator would read past an end that is no multiple of three
  text.append(Digits(bytes.cbegin()), Digits(bytes.cend()));
  std::fill(text.end() - static_cast<std::ptrdiff_t>(padding), text.end(), '=');
}

/// One DataArray; the block is its length in bytes and then the numbers.
void write_array(std::ostream& out, const std::string& attributes, const std::string& bytes) {
  std::string text;
  std::string length;
  append(length, static_cast<std::uint64_t>(bytes.size()));
  append_base64(text, length);
  append_base64(text, bytes);
  out << "<DataArray " << attributes << " format=\"binary\">" << text << "</DataArray>\n";
}

/// A filled cell or a used node of the whole model: where its values stand and the signs of its image.
struct Place {
  std::size_t source = 0;
  double sign_x = 1, sign_y = 1;
  std::size_t image = 0;
};

std::size_t image_at(const Grid& grid, double sign_x, double sign_y) {
  for (std::size_t image = 0; image < image_count(grid); ++image)
    if (image_signs(grid, image) == std::array{sign_x, sign_y})
      return image;
  return 0;
}

/// What the file holds, in its order.
struct WholeMesh {
  std::vector<Place> cells, nodes;
  std::vector<std::array<float, 3>> points_mm;
  std::vector<std::array<std::int32_t, 8>> corners;
};

WholeMesh whole_mesh(const Grid& grid) {
  const UnfoldedAxis x = unfolded_axis(grid.x_mm, grid.half_x), y = unfolded_axis(grid.y_mm, grid.half_y);
  const std::size_t nx = x.planes.size(), ny = y.planes.size(), nz = grid.z_mm.size();
  constexpr std::int32_t unused = -1, used = 0;
  std::vector<std::int32_t> number(nx * ny * nz, unused);
  const auto node_at = [&](std::size_t i, std::size_t j, std::size_t k) { return i + nx * (j + ny * k); };
  // VTK counts the corners of a hexahedron round its lower face, then round its upper one.
  constexpr std::size_t round_x[4] = {0, 1, 1, 0}, round_y[4] = {0, 0, 1, 1};
  WholeMesh whole;
  std::vector<std::array<std::size_t, 8>> corners;
  for (std::size_t k = 0; k + 1 < nz; ++k)
    for (std::size_t j = 0; j + 1 < ny; ++j)
      for (std::size_t i = 0; i + 1 < nx; ++i) {
        const std::size_t cell = grid.cell(x.cell(i), y.cell(j), k);
        if (grid.body[cell] == no_body)
          continue;
        whole.cells.push_back({cell, x.sign(i), y.sign(j), image_at(grid, x.sign(i), y.sign(j))});
        std::array<std::size_t, 8> at;
        for (std::size_t n = 0; n < 8; ++n) {
          at[n] = node_at(i + round_x[n % 4], j + round_y[n % 4], k + n / 4);
          number[at[n]] = used;
        }
        corners.push_back(at);
      }
  for (std::size_t k = 0; k < nz; ++k)
    for (std::size_t j = 0; j < ny; ++j)
      for (std::size_t i = 0; i < nx; ++i) {
        if (number[node_at(i, j, k)] == unused)
          continue;
        number[node_at(i, j, k)] = static_cast<std::int32_t>(whole.nodes.size());
        whole.nodes.push_back(
            {node(grid, x.plane(i), y.plane(j), k), x.sign(i), y.sign(j), image_at(grid, x.sign(i), y.sign(j))});
        whole.points_mm.push_back(
            {static_cast<float>(x.planes[i]), static_cast<float>(y.planes[j]), static_cast<float>(grid.z_mm[k])});
      }
  for (const auto& cell : corners) {
    auto& numbers = whole.corners.emplace_back();
    std::transform(cell.begin(), cell.end(), numbers.begin(), [&](std::size_t n) { return number[n]; });
  }
  return whole;
}

std::span<const char* const> component_names(FieldKind kind) {
  static constexpr const char* vector[] = {"X", "Y", "Z"};
  static constexpr const char* stress[] = {"XX", "YY", "ZZ", "XY", "YZ", "XZ"};
  if (kind == FieldKind::scalar)
    return {};
  return kind == FieldKind::vector ? std::span<const char* const>(vector) : stress;
}

std::size_t components(FieldKind kind) {
  return std::max<std::size_t>(1, component_names(kind).size());
}

double image_sign(FieldKind kind, std::size_t component, const Place& place) {
  if (kind == FieldKind::vector)
    return component == 0 ? place.sign_x : component == 1 ? place.sign_y : 1;
  if (kind == FieldKind::stress && component >= 3)
    return component == 3 ? place.sign_x * place.sign_y : component == 4 ? place.sign_y : place.sign_x;
  return 1;
}

void write_fields(std::ostream& out, std::span<const GridField> fields, const std::vector<Place>& places,
                  std::size_t count, std::size_t images) {
  for (const GridField& field : fields) {
    const std::size_t width = components(field.kind);
    const bool alike = field.values.size() == width * count;
    if (!alike && field.values.size() != images * width * count)
      throw std::invalid_argument("field " + field.name + " has not the grid's number of values");
    std::string bytes;
    for (const Place& place : places)
      for (std::size_t c = 0; c < width; ++c) {
        const double value = field.values[width * (place.source + (alike ? 0 : place.image * count)) + c];
        if (!std::isfinite(value))
          throw std::invalid_argument("field " + field.name + " has a value that is not finite");
        append(bytes, static_cast<float>(image_sign(field.kind, c, place) * value));
      }
    std::string attributes =
        "type=\"Float32\" Name=\"" + field.name + "\" NumberOfComponents=\"" + std::to_string(width) + "\"";
    for (std::size_t c = 0; const char* name : component_names(field.kind))
      attributes += " ComponentName" + std::to_string(c++) + "=\"" + name + "\"";
    write_array(out, attributes, bytes);
  }
}

/// Strings are arrays of character codes, each ended by a 0.
void write_texts(std::ostream& out, const char* name, std::span<const std::string> texts) {
  out << "<Array type=\"String\" Name=\"" << name << "\" NumberOfTuples=\"" << texts.size() << "\" format=\"ascii\">";
  for (const std::string& text : texts) {
    for (const char letter : text)
      out << static_cast<int>(static_cast<unsigned char>(letter)) << ' ';
    out << "0 ";
  }
  out << "</Array>\n";
}

void write_cells(std::ostream& out, const WholeMesh& whole) {
  std::string corners, ends, types;
  std::int32_t end = 0;
  for (const auto& cell : whole.corners) {
    for (const std::int32_t corner : cell)
      append(corners, corner);
    append(ends, end += 8);
    append(types, vtk_hexahedron);
  }
  out << "<Cells>\n";
  write_array(out, "type=\"Int32\" Name=\"connectivity\"", corners);
  write_array(out, "type=\"Int32\" Name=\"offsets\"", ends);
  write_array(out, "type=\"UInt8\" Name=\"types\"", types);
  out << "</Cells>\n";
}

/// Of each image of a symmetric grid, for each body the one of its part that stands where its mirror image lies.
std::vector<std::vector<int>> bodies_of_images(const Grid& grid, std::span<const Body> bodies) {
  constexpr double same_mm = 1e-6;
  const auto near = [](double a, double b) { return std::abs(a - b) < same_mm; };
  std::vector<std::vector<int>> images;
  for (std::size_t image = 0; image < image_count(grid); ++image) {
    const auto [sign_x, sign_y] = image_signs(grid, image);
    // Twice a box's middle and its size fix it, and only the middle moves to the other side.
    const auto stands_there = [&, sign_x = sign_x, sign_y = sign_y](const Body& other, const Body& body) {
      const geometry::Box &there = other.outline, &here = body.outline;
      return other.part == body.part && near(other.bottom_mm, body.bottom_mm) && near(other.top_mm, body.top_mm) &&
             near(there.min.x_mm + there.max.x_mm, sign_x * (here.min.x_mm + here.max.x_mm)) &&
             near(there.min.y_mm + there.max.y_mm, sign_y * (here.min.y_mm + here.max.y_mm)) &&
             near(there.width_mm(), here.width_mm()) && near(there.height_mm(), here.height_mm());
    };
    std::vector<int>& of_image = images.emplace_back();
    for (const Body& body : bodies) {
      const auto found =
          std::find_if(bodies.begin(), bodies.end(), [&](const Body& other) { return stands_there(other, body); });
      if (found == bodies.end())
        throw std::logic_error(body.name + " has no image on a symmetric grid");
      of_image.push_back(static_cast<int>(found - bodies.begin()));
    }
  }
  return images;
}

double von_mises_MPa(const Stress& s) {
  const double normal = (s[0] - s[1]) * (s[0] - s[1]) + (s[1] - s[2]) * (s[1] - s[2]) + (s[2] - s[0]) * (s[2] - s[0]);
  return std::sqrt(normal / 2 + 3 * (s[3] * s[3] + s[4] * s[4] + s[5] * s[5]));
}

} // namespace

void write_vtu(std::ostream& out, const Grid& grid, std::span<const std::string> body_names,
               std::span<const GridField> cell_fields, std::span<const GridField> node_fields, const FileNotes& notes) {
  const WholeMesh whole = whole_mesh(grid);
  out << "<?xml version=\"1.0\"?>\n<VTKFile type=\"UnstructuredGrid\" version=\"1.0\" byte_order=\"LittleEndian\" "
         "header_type=\"UInt64\">\n<UnstructuredGrid>\n";
  out << "<FieldData>\n";
  write_texts(out, "body_name", body_names);
  if (!notes.state.empty())
    write_texts(out, "state", {&notes.state, 1});
  out << "</FieldData>\n";
  out << "<Piece NumberOfPoints=\"" << whole.nodes.size() << "\" NumberOfCells=\"" << whole.cells.size() << "\">\n";
  std::string points, bodies;
  for (const auto& point : whole.points_mm)
    for (const float coordinate : point)
      append(points, coordinate);
  for (const Place& place : whole.cells) {
    const int body = grid.body[place.source];
    append(bodies, static_cast<std::int32_t>(notes.image_body.empty()
                                                 ? body
                                                 : notes.image_body[place.image][static_cast<std::size_t>(body)]));
  }
  out << "<Points>\n";
  write_array(out, "type=\"Float32\" Name=\"points_mm\" NumberOfComponents=\"3\"", points);
  out << "</Points>\n";
  write_cells(out, whole);
  out << "<PointData>\n";
  write_fields(out, node_fields, whole.nodes, node_count(grid), image_count(grid));
  out << "</PointData>\n<CellData>\n";
  write_array(out, "type=\"Int32\" Name=\"body\"", bodies);
  write_fields(out, cell_fields, whole.cells, grid.cells(), image_count(grid));
  out << "</CellData>\n</Piece>\n</UnstructuredGrid>\n</VTKFile>\n";
}

void write_vtu(std::ostream& out, const SolidPath& path, const SolidState& state,
               const std::vector<std::vector<double>>& image_cell_C) {
  const Grid& grid = path.grid;
  GridField temperature{"temperature_C", FieldKind::scalar, {}};
  for (const std::vector<double>& cell_C : image_cell_C)
    temperature.values.insert(temperature.values.end(), cell_C.begin(), cell_C.end());
  if (image_cell_C.empty())
    temperature.values.assign(grid.cells(), state.temperature_C);
  GridField stress{"stress_MPa", FieldKind::stress, {}}, von_mises{"von_mises_MPa", FieldKind::scalar, {}},
      principal{"greatest_principal_MPa", FieldKind::scalar, {}};
  GridField displacement{"displacement_um", FieldKind::vector, {}};
  for (std::size_t image = 0; image < std::max<std::size_t>(1, state.of_image.size()); ++image) {
    for (std::size_t k = 0; k < grid.cells_z(); ++k)
      for (std::size_t j = 0; j < grid.cells_y(); ++j)
        for (std::size_t i = 0; i < grid.cells_x(); ++i) {
          const Stress s = stress_MPa(path, state, i, j, k, {0, 0, 0}, image);
          stress.values.insert(stress.values.end(), {s[0], s[1], s[2], s[5], s[3], s[4]});
          von_mises.values.push_back(von_mises_MPa(s));
          principal.values.push_back(greatest_principal_MPa(s));
        }
    for (std::size_t n = 0; n < node_count(grid); ++n)
      for (const double component : displacement_mm(path, state, n, 0, image))
        displacement.values.push_back(um_per_mm * component);
  }
  std::vector<std::string> names;
  for (const Body& body : path.bodies)
    names.push_back(body.name);
  write_vtu(out, grid, names,
            std::vector{std::move(temperature), std::move(stress), std::move(von_mises), std::move(principal)},
            std::vector{std::move(displacement)}, {state.name, bodies_of_images(grid, path.bodies)});
}

} // namespace beachfront::thermal
