// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/deflection_map.hpp"

#include "thermal/assembly.hpp"
#include "thermal/solid_figures.hpp"

#include <functional>

namespace beachfront::thermal {

namespace {

using Deflection = std::function<double(geometry::Point)>;

std::vector<double> evenly(double from, double to, std::size_t places) {
  std::vector<double> values;
  for (std::size_t i = 0; i < places; ++i)
    values.push_back(from + (to - from) * static_cast<double>(i) / static_cast<double>(places - 1));
  return values;
}

DeflectionMap empty_map(const geometry::Box& outline, std::size_t places) {
  return {evenly(outline.min.x_mm, outline.max.x_mm, places), evenly(outline.min.y_mm, outline.max.y_mm, places), {}};
}

/// Tilt as in warpage_of(): the corners' best plane.
void add_state(DeflectionMap& map, const std::string& name, const geometry::Box& outline, const Deflection& um) {
  const geometry::Point low = outline.min, high = outline.max, middle = outline.centre();
  const double south_west = um(low), north_east = um(high), south_east = um({high.x_mm, low.y_mm}),
               north_west = um({low.x_mm, high.y_mm}), centre = um(middle);
  const double slope_x = (south_east + north_east - south_west - north_west) / (2 * outline.width_mm()),
               slope_y = (north_west + north_east - south_west - south_east) / (2 * outline.height_mm());
  DeflectionState state{name, {}};
  for (const double y_mm : map.y_mm)
    for (const double x_mm : map.x_mm)
      state.um.push_back(um({x_mm, y_mm}) - centre - slope_x * (x_mm - middle.x_mm) - slope_y * (y_mm - middle.y_mm));
  map.states.push_back(std::move(state));
}

} // namespace

DeflectionMap plate_deflection(const Package& package, const Temperatures& temperatures, std::size_t places,
                               PreparedMechanics& prepared) {
  if (assembly_fault(package))
    return {};
  const geometry::Box& outline = package.substrate.outline;
  DeflectionMap map = empty_map(outline, places);
  const PlateAssembly& assembly = assembly_for(package, uniform(package, 0), prepared);
  const auto add = [&](const char* name, const PlateMesh& mesh, const PlateField& field) {
    add_state(map, name, outline, [&](geometry::Point at) { return deflection(mesh, field, at).w_mm * 1e3; });
  };
  add("reflow", assembly.plan.mesh, assembly.reflow.since_birth);
  add("room", assembly.plan.mesh, assembly.room.since_birth);
  if (assembly.finished_on_board())
    add("mounted", assembly.plan.mesh, assembly.mounted.since_birth);
  if (temperatures.dies.size() == package.dies.size() && temperatures.engines.size() == package.engines.size() &&
      !(package.dies.empty() && package.engines.empty())) {
    const PartTemperatures heated = operating_temperatures(package, temperatures);
    const PlateAssembly& of_heat = assembly_for(package, heated, prepared);
    const PlateState operating = bring_to(of_heat, heated);
    add("operating", of_heat.plan.mesh, operating.since_birth);
  }
  return map;
}

DeflectionMap solid_deflection(const PackageFields& fields, std::size_t places) {
  const SolidPath& path = fields.solid;
  const geometry::Box& outline = path.package.substrate.outline;
  DeflectionMap map = empty_map(outline, places);
  const auto add = [&](const char* name, const SolidState& state) {
    add_state(map, name, outline, [&](geometry::Point at) { return bottom_deflection_um(path, state, at); });
  };
  if (path.reflow)
    add("reflow", *path.reflow);
  add("room", path.room);
  if (path.mounted)
    add("mounted", *path.mounted);
  if (fields.operating)
    add("operating", *fields.operating);
  return map;
}

} // namespace beachfront::thermal
