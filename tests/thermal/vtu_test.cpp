// SPDX-License-Identifier: GPL-3.0-or-later
// Read back with VTK: tests/thermal/read_vtu.py refuses arrays of a wrong length, numbers that are not finite, cells
// that are no hexahedra or turned inside out.
#include "thermal/vtu.hpp"

#include "tests/thermal/small_package.hpp"

#include <gmock/gmock.h>

#define BOOST_BIND_GLOBAL_PLACEHOLDERS // Boost 1.74 asks for it in its own JSON parser
#include <boost/property_tree/json_parser.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>
#include <sstream>

namespace beachfront::thermal {
namespace {

using boost::property_tree::ptree;

bool has_vtk() {
  return std::system("/usr/bin/python3 -c 'import vtkmodules.vtkIOXML' > /dev/null 2>&1") == 0;
}

ptree read_with_vtk(const std::string& bytes) {
  std::string folder = (std::filesystem::temp_directory_path() / "beachfront-vtu-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr)
    throw std::runtime_error("no temporary directory");
  std::ofstream(folder + "/fields.vtu", std::ios::binary) << bytes;
  const int code = std::system(("/usr/bin/python3 " BEACHFRONT_SOURCE_DIR "/tests/thermal/read_vtu.py " + folder +
                                "/fields.vtu --report " + folder + "/report.json")
                                   .c_str());
  ptree found;
  if (code == 0)
    boost::property_tree::read_json(folder + "/report.json", found);
  std::filesystem::remove_all(folder);
  if (code != 0)
    throw std::runtime_error("VTK finds the file at fault");
  return found;
}

std::vector<double> numbers(const ptree& list) {
  std::vector<double> values;
  for (const auto& [key, value] : list)
    values.push_back(value.get_value<double>());
  return values;
}

std::size_t filled_cells(const Grid& grid) {
  return grid.cells() - static_cast<std::size_t>(std::count(grid.body.begin(), grid.body.end(), no_body));
}

std::string vtu(const SolidPath& path, const SolidState& state, std::span<const double> cell_C = {}) {
  std::ostringstream out;
  std::vector<std::vector<double>> images;
  if (!cell_C.empty())
    images.emplace_back(cell_C.begin(), cell_C.end());
  write_vtu(out, path, state, images);
  return out.str();
}

TEST(Vtu, VtkReadsTheWholePackageFromAQuarter) {
  if (!has_vtk())
    GTEST_SKIP() << "no python3-vtk9";
  const SolidPath path = assemble_solid(small_package(), mesh(small_package(), coarse_rules), 1);
  ASSERT_TRUE(path.grid.half_x && path.grid.half_y);
  std::vector<double> cell_C(path.grid.cells(), std::nan("")); // of empty cells nothing is asked
  double mean_C_mm3 = 0, volume_mm3 = 0;
  for (std::size_t k = 0; k < path.grid.cells_z(); ++k)
    for (std::size_t j = 0; j < path.grid.cells_y(); ++j)
      for (std::size_t i = 0; i < path.grid.cells_x(); ++i)
        if (path.grid.body[path.grid.cell(i, j, k)] != no_body) {
          const auto size = cell_size_mm(path.grid, i, j, k);
          cell_C[path.grid.cell(i, j, k)] = 40 + 3.0 * static_cast<double>(k) - static_cast<double>(i);
          mean_C_mm3 += 4 * size[0] * size[1] * size[2] * cell_C[path.grid.cell(i, j, k)];
          volume_mm3 += 4 * size[0] * size[1] * size[2];
        }
  const ptree found = read_with_vtk(vtu(path, path.room, cell_C));

  const auto cells = found.get<std::size_t>("cells");
  EXPECT_EQ(cells, 4 * filled_cells(path.grid));
  EXPECT_EQ(found.get<std::size_t>("unused_points"), 0U);
  const std::vector<double> bounds = numbers(found.get_child("bounds"));
  EXPECT_THAT(bounds,
              ::testing::Pointwise(::testing::DoubleNear(1e-5), {-20., 20., -20., 20., 0., path.grid.z_mm.back()}));
  const std::vector<double> volumes = numbers(found.get_child("body_volume"));
  std::size_t b = 0;
  double body_volume_mm3 = 0;
  for (const auto& [key, name] : found.get_child("body_names")) {
    ASSERT_LT(b, path.bodies.size());
    EXPECT_EQ(name.get_value<std::string>(), path.bodies[b++].name);
  }
  EXPECT_EQ(b, path.bodies.size());
  for (const Body& body : path.bodies)
    body_volume_mm3 += body.outline.area_mm2() * (body.top_mm - body.bottom_mm);
  const double found_mm3 = std::accumulate(volumes.begin(), volumes.end(), 0.0);
  EXPECT_NEAR(found_mm3, body_volume_mm3, 1e-5 * body_volume_mm3); // 32 bits
  EXPECT_NEAR(found_mm3, volume_mm3, 1e-5 * volume_mm3);

  const ptree& cell_data = found.get_child("cell_data");
  EXPECT_NEAR(numbers(cell_data.get_child("temperature_C.integral"))[0], mean_C_mm3, 1e-5 * mean_C_mm3);
  EXPECT_EQ(cell_data.get<std::string>("body.type"), "int");
  EXPECT_EQ(cell_data.get<std::size_t>("stress_MPa.components"), 6U);
  EXPECT_EQ(cell_data.get<std::string>("stress_MPa.type"), "float");
  const std::vector<double> stress = numbers(cell_data.get_child("stress_MPa.integral"));
  const std::vector<double> least = numbers(cell_data.get_child("stress_MPa.least")),
                            greatest = numbers(cell_data.get_child("stress_MPa.greatest"));
  // Shears turn with the images, so that they cancel over the whole; a free body's mean stress is 0 anyway.
  double scale_MPa = 0;
  for (std::size_t c = 0; c < 6; ++c)
    scale_MPa = std::max(scale_MPa, greatest[c]);
  for (std::size_t c = 0; c < 6; ++c)
    EXPECT_NEAR(stress[c], 0, 1e-5 * scale_MPa * volume_mm3) << c;
  for (std::size_t c = 3; c < 6; ++c)
    EXPECT_NEAR(least[c], -greatest[c], 1e-5 * scale_MPa) << c;
  EXPECT_GE(numbers(cell_data.get_child("von_mises_MPa.least"))[0], 0);
  const double principal_MPa = numbers(cell_data.get_child("greatest_principal_MPa.greatest"))[0];
  EXPECT_GE(principal_MPa, std::max({greatest[0], greatest[1], greatest[2]}) * (1 - 1e-6));

  EXPECT_EQ(found.get<std::size_t>("point_data.displacement_um.components"), 3U);
  for (const std::string axis : {"image_x.", "image_y."}) {
    EXPECT_EQ(found.get<std::size_t>(axis + "points"), found.get<std::size_t>("points"));
    EXPECT_EQ(found.get<std::size_t>(axis + "cells"), cells);
    EXPECT_LT(found.get<double>(axis + "error_um"), 1e-6 * found.get<double>("greatest_um"));
    EXPECT_LT(found.get<double>(axis + "error_MPa"), 1e-6 * scale_MPa);
  }
}

std::vector<std::string> texts(const ptree& list) {
  std::vector<std::string> values;
  for (const auto& [key, value] : list)
    values.push_back(value.get_value<std::string>());
  return values;
}

TEST(Vtu, EveryBodyOfAQuarterHasItsOwnNameWhereItStands) {
  if (!has_vtk())
    GTEST_SKIP() << "no python3-vtk9";
  Package package = small_package();
  for (std::size_t i = 0; i < package.engines.size(); ++i)
    package.engines[i].name = "E" + std::to_string(i);
  const SolidPath path = assemble_solid(package, mesh(package, coarse_rules), 1);
  ASSERT_TRUE(path.grid.half_x && path.grid.half_y);
  const ptree found = read_with_vtk(vtu(path, path.room));
  const std::vector<std::string> names = texts(found.get_child("body_names"));
  ASSERT_EQ(names.size(), path.bodies.size());
  std::size_t b = 0;
  for (const auto& [key, bounds] : found.get_child("body_bounds")) {
    const Body& body = path.bodies[b];
    EXPECT_EQ(names[b++], body.name);
    const geometry::Box& box = body.outline;
    EXPECT_THAT(numbers(bounds),
                ::testing::Pointwise(::testing::DoubleNear(1e-5), {box.min.x_mm, box.max.x_mm, box.min.y_mm,
                                                                   box.max.y_mm, body.bottom_mm, body.top_mm}))
        << body.name;
  }
  EXPECT_EQ(b, names.size());
  EXPECT_THAT(names, ::testing::IsSupersetOf({"E0", "E1", "E2", "E3"}));
}

TEST(Vtu, VtkFindsTheStateAndTheNamesOfComponents) {
  if (!has_vtk())
    GTEST_SKIP() << "no python3-vtk9";
  using ::testing::ElementsAre;
  const SolidPath path = assemble_solid(small_package(), mesh(small_package(), coarse_rules), 1);
  const ptree found = read_with_vtk(vtu(path, path.idle));
  EXPECT_EQ(found.get<std::string>("state"), "idle");
  EXPECT_THAT(texts(found.get_child("cell_data.stress_MPa.component_names")),
              ElementsAre("XX", "YY", "ZZ", "XY", "YZ", "XZ"));
  EXPECT_THAT(texts(found.get_child("point_data.displacement_um.component_names")), ElementsAre("X", "Y", "Z"));
}

TEST(Vtu, VtkFindsTheDisplacementsAndStressesOfAWholeModelAsTheyAre) {
  if (!has_vtk())
    GTEST_SKIP() << "no python3-vtk9";
  const SolidPath path = assemble_solid(crooked_package(), mesh(crooked_package(), coarse_rules), 1);
  ASSERT_FALSE(path.grid.half_x || path.grid.half_y);
  const ptree found = read_with_vtk(vtu(path, path.room));
  EXPECT_EQ(found.get<std::size_t>("cells"), filled_cells(path.grid));
  std::array<double, 3> least{}, greatest{};
  for (std::size_t n = 0; n < node_count(path.grid); ++n) {
    const auto u = displacement_mm(path, path.room, n);
    for (std::size_t c = 0; c < 3; ++c) {
      least[c] = std::min(least[c], 1e3 * u[c]);
      greatest[c] = std::max(greatest[c], 1e3 * u[c]);
    }
  }
  const ptree& moved = found.get_child("point_data.displacement_um");
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(numbers(moved.get_child("least"))[c], least[c], 1e-6 * std::abs(least[c]));
    EXPECT_NEAR(numbers(moved.get_child("greatest"))[c], greatest[c], 1e-6 * std::abs(greatest[c]));
  }
  // xx, yy, zz, xy, yz, xz: the order differs from Stress.
  std::array<double, 6> highest{};
  for (std::size_t k = 0; k < path.grid.cells_z(); ++k)
    for (std::size_t j = 0; j < path.grid.cells_y(); ++j)
      for (std::size_t i = 0; i < path.grid.cells_x(); ++i) {
        const Stress s = stress_MPa(path, path.room, i, j, k, {0, 0, 0});
        constexpr std::size_t vtk_order[6] = {0, 1, 2, 5, 3, 4};
        for (std::size_t c = 0; c < 6; ++c)
          highest[c] = std::max(highest[c], s[vtk_order[c]]);
      }
  const std::vector<double> stress = numbers(found.get_child("cell_data.stress_MPa.greatest"));
  for (std::size_t c = 0; c < 6; ++c)
    EXPECT_NEAR(stress[c], highest[c], 1e-6 * highest[c]) << c;
  // Without temperatures of its own a state has its uniform one.
  EXPECT_EQ(numbers(found.get_child("cell_data.temperature_C.least"))[0], 25);
  EXPECT_EQ(numbers(found.get_child("cell_data.temperature_C.greatest"))[0], 25);
}

/// Two cells, one of them empty.
Grid two_cells() {
  return {{0, 1, 2}, {0, 1}, {0, 1}, {0, no_body}, false, false};
}

TEST(Vtu, SameFieldsGiveTheSameBytesOfEveryLength) {
  // Base64 pads in threes: grids of one to three cells end in each way.
  for (std::size_t n = 1; n <= 3; ++n) {
    Grid grid;
    for (std::size_t i = 0; i <= n; ++i)
      grid.x_mm.push_back(static_cast<double>(i));
    grid.y_mm = grid.z_mm = {0, 1};
    grid.body.assign(n, 0);
    const std::vector<std::string> names{"a < b & \"c\""};
    const std::vector<GridField> cells{{"t", FieldKind::scalar, std::vector<double>(n, 1.5)}};
    std::ostringstream first, second;
    write_vtu(first, grid, names, cells, {});
    write_vtu(second, grid, names, cells, {});
    EXPECT_EQ(first.str(), second.str());
    if (!has_vtk())
      continue;
    const ptree found = read_with_vtk(first.str());
    EXPECT_EQ(found.get<std::size_t>("cells"), n);
    EXPECT_DOUBLE_EQ(numbers(found.get_child("cell_data.t.integral"))[0], 1.5 * static_cast<double>(n));
    EXPECT_EQ(found.get_child("body_names").front().second.get_value<std::string>(), names[0]);
  }
}

TEST(Vtu, RefusesValuesThatAreNotFiniteOrTooFew) {
  const std::vector<std::string> names{"block"};
  std::ostringstream out;
  const auto write = [&](GridField field) { write_vtu(out, two_cells(), names, std::vector{std::move(field)}, {}); };
  EXPECT_NO_THROW(write({"t", FieldKind::scalar, {1, std::nan("")}})); // the second cell is empty
  EXPECT_THROW(write({"t", FieldKind::scalar, {std::nan(""), 1}}), std::invalid_argument);
  EXPECT_THROW(write({"t", FieldKind::scalar, {std::numeric_limits<double>::infinity(), 1}}), std::invalid_argument);
  EXPECT_THROW(write({"t", FieldKind::scalar, {1}}), std::invalid_argument);
  EXPECT_THROW(write({"t", FieldKind::vector, {1, 2}}), std::invalid_argument);
}

} // namespace
} // namespace beachfront::thermal
