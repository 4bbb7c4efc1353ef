// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report.hpp"

#include "geometry/svg.hpp"
#include "study/figures.hpp"
#include "study/headlines.hpp"
#include "study/report_maps.hpp"
#include "study/report_page.hpp"
#include "study/route_table.hpp"
#include "study/tree_json.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <sstream>

namespace beachfront::study {

namespace {

/// `setter` is who set values from outside: the command line or a sweep.
std::string origin_text(const Node& node, const char* setter) {
  switch (node.origin.kind) {
  case OriginKind::file:
    return fmt::format("design file, line {}", node.mark.line);
  case OriginKind::default_value:
    return "default";
  case OriginKind::library:
    return "library, " + node.origin.name;
  case OriginKind::set:
    return setter;
  }
  return "";
}

/// [path, value, where it comes from] of every scalar.
void add_inputs(Json& rows, const std::string& path, const Node& node, const char* setter) {
  for (const Entry& entry : node.entries)
    add_inputs(rows, path.empty() ? entry.key : path + "." + entry.key, entry.value, setter);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    add_inputs(rows, fmt::format("{}[{}]", path, i), node.items[i], setter);
  if (node.kind == NodeKind::scalar)
    rows.push_back(Json::array({path, to_json(node), origin_text(node, setter)}));
}

Json headlines_json(const Json& results) {
  Json list = Json::array();
  for (const Headline& headline : headlines()) {
    const std::optional<double> value = find_number(results, headline.path);
    list.push_back({{"path", headline.path},
                    {"label", headline.label},
                    {"unit", headline.unit},
                    {"value", value ? Json(*value) : Json(nullptr)}});
    if (!value)
      list.back()["absent"] = absent_reason(results, headline.path);
  }
  return list;
}

Json layout_json(const Design& design, const Solution& solution) {
  std::ostringstream svg, routes;
  geometry::write_svg(svg, design.package, solution.rules, solution.layout, solution.verification.crossings);
  write_route_table(routes, solution);
  return {{"svg", svg.str()}, {"routes_csv", routes.str()}};
}

/// What the ledger of results.json starts from and comes down to, and every lane's margin.
Json link_json(const optics::LinkBudget& link, double laser_limit_dBm) {
  const optics::LaneBudget& worst = link.lanes.at(link.worst_lane);
  Json lanes = Json::array();
  for (const optics::LaneBudget& lane : link.lanes)
    lanes.push_back(Json::array(
        {lane.name, lane.margin_dB, lane.launch_margin_dB, lane.receive_margin_dB, lane.required_laser_dBm}));
  return {{"worst",
           {{"laser_limit_dBm", laser_limit_dBm},
            {"launch_average_dBm", worst.launch_dBm},
            {"received_average_dBm", worst.received_dBm},
            {"received_oma_dBm", worst.received_oma_dBm},
            {"sensitivity_oma_dBm", link.sensitivity_dBm},
            {"launch_margin_dB", worst.launch_margin_dB},
            {"receive_margin_dB", worst.receive_margin_dB}}},
          {"lane_columns", {"lane", "margin_dB", "launch_margin_dB", "receive_margin_dB", "required_laser_dBm"}},
          {"lanes", std::move(lanes)}};
}

/// The page of a design; `place` in a sweep or null.
std::string page_of(const std::string& title, const Tree& resolved, const Design& design, const Solution& solution,
                    const Json& results, const Json& place) {
  Json data = {{"report", "design"}, {"results", results}};
  if (!place.is_null())
    data["sweep"] = place;
  const auto description = resolved.root().find("description");
  data["description"] = description ? description->text() : "";
  data["headlines"] = headlines_json(results);
  data["layout"] = layout_json(design, solution);
  const geometry::Box& outline = design.package.outline;
  data["package"] = {{"x_mm", {outline.min.x_mm, outline.max.x_mm}}, {"y_mm", {outline.min.y_mm, outline.max.y_mm}}};
  if (solution.point) {
    data["bodies"] = heated_bodies(*solution.point);
    data["temperature"] = temperature_map(*solution.point);
    thermal::PreparedMechanics none;
    data["deflection"] = deflection_json(*solution.point, solution.package ? solution.package->model.plate : none);
    if (!solution.point->link.lanes.empty())
      data["link"] = link_json(solution.point->link, design.link.laser.max_power_dBm);
  }
  data["limits"] = {{"die_max_C", design.limits.die_max_C}, {"engine_max_C", design.limits.engine_max_C}};
  data["inputs"] = Json::array();
  add_inputs(data["inputs"], "", resolved.node, place.is_null() ? "command line" : "sweep");
  return report_page(title, {"layout.js", "maps.js", "light.js", "power.js", "design.js"}, data);
}

} // namespace

std::string design_report(const Tree& resolved, const Design& design, const Solution& solution, const Json& results) {
  return page_of(design.name, resolved, design, solution, results, nullptr);
}

std::string design_report(const Tree& resolved, const Design& design, const Solution& solution, const Json& results,
                          const PlaceInSweep& place) {
  const Json sweep = {
      {"name", place.sweep}, {"point", place.point}, {"parameters", place.parameters}, {"differs", place.differs}};
  const std::string title = fmt::format("{}, point {} of {}", design.name, place.point, place.sweep);
  return page_of(title, resolved, design, solution, results, sweep);
}

std::filesystem::path write_design_report(const std::filesystem::path& folder, const Tree& resolved,
                                          const Design& design, const Solution& solution, const Json& results) {
  const std::filesystem::path file = folder / "report.html";
  write_file(file, design_report(resolved, design, solution, results));
  return file;
}

} // namespace beachfront::study
