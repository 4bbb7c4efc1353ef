// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_maps.hpp"

#include "thermal/deflection_map.hpp"

#include <cmath>

namespace beachfront::study {

namespace {

/// Three decimals, 1 mK or 1 nm, are more than the models know and half of the digits.
Json rounded(double value) {
  return std::isfinite(value) ? Json(std::round(value * 1e3) / 1e3) : Json(nullptr);
}

Json rounded(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values)
    list.push_back(rounded(value));
  return list;
}

Json body(const std::string& name, const char* kind, const geometry::Box& outline, double power_W) {
  return {{"name", name},
          {"kind", kind},
          {"x_mm", {outline.min.x_mm, outline.max.x_mm}},
          {"y_mm", {outline.min.y_mm, outline.max.y_mm}},
          {"power_W", power_W}};
}

template <typename Bodies>
void add_bodies(Json& list, const char* kind, const Bodies& bodies,
                const std::vector<thermal::FaceTemperature>& faces) {
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    list.push_back(body(bodies[i].name, kind, bodies[i].outline, bodies[i].power_W));
    if (faces.size() != bodies.size())
      continue;
    list.back()["mean_C"] = faces[i].mean_C;
    list.back()["max_C"] = faces[i].max_C;
  }
}

/// The cells of one part's topmost layer.
struct Layer {
  thermal::Part part;
  const char* name;
};

} // namespace

Json heated_bodies(const OperatingPoint& point) {
  Json list = Json::array();
  add_bodies(list, "die", point.package.dies, point.temperatures.dies);
  add_bodies(list, "engine", point.package.engines, point.temperatures.engines);
  return list;
}

Json temperature_map(const OperatingPoint& point) {
  if (!point.fields || point.operation.heat.flow.temperature_C.empty())
    return nullptr;
  const thermal::Grid& grid = point.fields->heat.system.problem.grid;
  const std::vector<thermal::Body>& bodies = point.fields->heat.mesh.bodies;
  const std::vector<double>& cell_C = point.operation.heat.flow.temperature_C;
  Json fields = Json::array();
  for (const Layer& layer : {Layer{thermal::Part::ply, "substrate, upper face"}, Layer{thermal::Part::lid, "lid"}}) {
    const std::size_t layer_cells = grid.cells_x() * grid.cells_y();
    const auto part_at = [&](std::size_t cell) {
      return grid.body[cell] != thermal::no_body &&
             bodies[static_cast<std::size_t>(grid.body[cell])].part == layer.part;
    };
    std::size_t top = grid.cells_z();
    for (std::size_t cell = 0; cell < grid.cells(); ++cell)
      if (part_at(cell))
        top = cell / layer_cells;
    if (top == grid.cells_z())
      continue;
    Json values = Json::array();
    for (std::size_t cell = top * layer_cells; cell < (top + 1) * layer_cells; ++cell)
      values.push_back(part_at(cell) ? rounded(cell_C[cell]) : Json(nullptr));
    fields.push_back({{"name", layer.name}, {"C", std::move(values)}});
  }
  return {{"x_mm", rounded(grid.x_mm)}, {"y_mm", rounded(grid.y_mm)}, {"fields", std::move(fields)}};
}

Json deflection_json(const OperatingPoint& point, thermal::PreparedMechanics& plate) {
  constexpr std::size_t places = 45; // odd: one of them is the centre
  const bool solid = static_cast<bool>(point.fields);
  const thermal::DeflectionMap map = solid
                                         ? thermal::solid_deflection(*point.fields, places)
                                         : thermal::plate_deflection(point.package, point.temperatures, places, plate);
  if (map.states.empty())
    return nullptr;
  Json states = Json::array();
  for (const thermal::DeflectionState& state : map.states)
    states.push_back({{"name", state.name}, {"um", rounded(state.um)}});
  return {{"model", solid ? "solid" : "plate"},
          {"x_mm", rounded(map.x_mm)},
          {"y_mm", rounded(map.y_mm)},
          {"states", std::move(states)}};
}

} // namespace beachfront::study
