// SPDX-License-Identifier: GPL-3.0-or-later
// Case 9 of docs/facts/thermal.md with something attached to it, beside CalculiX's figures of the same.
#pragma once

#include "tests/thermal/reference_package.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/package.hpp"
#include "thermal/solid_figures.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace beachfront::thermal {

/// A die of 30 mm on 90 mm of core, bare or with 0.2 mm of build-up of half copper on either side; die and underfill
/// at 220 C. No lid.
inline Package case_9(bool glass, bool build_up) {
  const geometry::Material half_copper = elastic_material("half copper", 23.7, 0.30, 20.9);
  const geometry::Material& core = glass ? exg : org15;
  Package p = reference_package(core);
  p.engines.clear();
  p.dies = {{"die", geometry::box_around({0, 0}, 30, 30), 1, 775, si}};
  p.substrate.outline = geometry::box_around({0, 0}, 90, 90);
  p.substrate.stack_up = {{"core", core, 1200}};
  if (build_up)
    p.substrate.stack_up = {{"film", half_copper, 200}, {"core", core, 1200}, {"film", half_copper, 200}};
  p.die_joint = {uf, 100, sac, 0};
  p.cooling.lid.thickness_mm = 0;
  p.cooling.die_tim.thickness_um = 0;
  p.assembly = {{Joint::substrate, 220}, {Joint::die, 220}, {Joint::underfill, 220}};
  return p;
}

/// The lower face of the substrate against its middle.
inline double lift_um(const SolidPath& path, const SolidState& state, geometry::Point at) {
  return bottom_deflection_um(path, state, at) - bottom_deflection_um(path, state, {0, 0});
}

/// A lift at one place of one package, in um.
struct LiftRow {
  std::string package, place;
  double expected = 0, solid = 0, corner = 0; ///< CalculiX's, the solid's; CalculiX's of the package's corner
  double mesh_moved = 0;                      ///< by CalculiX's coarser planes
  double alone = 0;                           ///< of the corner without what is attached
  std::optional<double> plate;                ///< of the corner
};

/// One package of a file that tests/validation/calculix wrote.
struct LiftCase {
  std::string name;
  Package package;
  double alone_um = 0;
  std::function<const SolidState&(const SolidPath&)> state; ///< that CalculiX's figures are of
  double plate_corner_um = 0;
};

inline std::vector<LiftRow> lift_rows(const std::string& file,
                                      const std::vector<std::pair<std::string, geometry::Point>>& places,
                                      const std::function<LiftCase(const nlohmann::json&)>& read) {
  std::ifstream stream(std::string(BEACHFRONT_SOURCE_DIR) + "/tests/data/" + file);
  const nlohmann::json document = nlohmann::json::parse(stream);
  std::vector<LiftRow> rows;
  for (const nlohmann::json& row : document["rows"]) {
    const LiftCase one = read(row);
    const SolidPath path = assemble_solid(one.package, mesh(one.package, {0.4, 4, 2, 0, 450}), 1);
    for (const auto& [place, at] : places)
      rows.push_back({one.name, place, row["lift_um"][place], lift_um(path, one.state(path), at),
                      row["lift_um"]["corner"], row["moved_um"][place], one.alone_um,
                      place == "corner" ? std::optional(one.plate_corner_um) : std::nullopt});
  }
  return rows;
}

/// Of the corner's lift.
inline double share(double found_um, const LiftRow& row) {
  return (found_um - row.expected) / std::abs(row.corner);
}

inline std::string lift_table(const std::vector<LiftRow>& rows) {
  std::string text = "| package | lift, um | CalculiX | solid | of the corner's | plate | of the corner's |\n"
                     "|---|---|---|---|---|---|---|\n";
  for (const LiftRow& row : rows)
    text +=
        fmt::format("| {} | {} | {:.1f} | {:.1f} | {:+.2f} % | {} |\n", row.package, row.place, row.expected, row.solid,
                    100 * share(row.solid, row),
                    row.plate ? fmt::format("{:.1f} | {:+.1f} %", *row.plate, 100 * share(*row.plate, row)) : " | ");
  return text;
}

} // namespace beachfront::thermal
