// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/layout_geojson.hpp"
#include "study/route_table.hpp"
#include "study/rule_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>
#include <sstream>

namespace beachfront::study {
namespace {

using geometry::Guide;
using geometry::Path;
using geometry::PortKind;

/// A quarter turn to the left of 10 mm, a straight, and a link that runs straight from E00 to E01.
struct Example {
  geometry::Package package;
  Solution solution;
};

Example example() {
  Example made;
  made.package.outline = geometry::box_around({0, 0}, 40, 30);
  made.package.dies = {{"core \"1\"", geometry::box_around({-5, 0}, 8, 8)}};
  Path bent{{{{1, 2}, 0}, 10 * std::numbers::pi / 2, 0.1}};
  bent.push_back({geometry::end_pose(bent), 3, 0});
  made.solution.layout.engines = {{.index = 0, .outline = geometry::box_around({5, 0}, 4, 4), .ports = {}}};
  made.solution.layout.guides = {
      {.net = "E00.tx0", .engine = 0, .kind = PortKind::tx, .connector = 2, .fibre = 7, .path = bent, .layer = 1},
      {.net = "E00.link0", .engine = 0, .kind = PortKind::link, .path = {{{{0, 0}, 0}, 2.5, 0}}, .to_engine = 1}};
  made.solution.verification.crossings = {{0, 1, {1.5, 0}, std::numbers::pi / 3, true}};
  made.solution.violations = {{"bend_radius", "E00.tx0", {1, 2}, 10, 13.7, "mm", "too tight"}};
  return made;
}

std::vector<std::map<std::string, std::string>> table(const Solution& solution) {
  std::stringstream stream;
  write_route_table(stream, solution);
  const auto cells = [](const std::string& line) {
    std::vector<std::string> result(1);
    for (char c : line)
      if (c == ',')
        result.emplace_back();
      else
        result.back() += c;
    return result;
  };
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> names = cells(line);
  std::vector<std::map<std::string, std::string>> rows;
  while (std::getline(stream, line)) {
    const std::vector<std::string> values = cells(line);
    EXPECT_EQ(values.size(), names.size()) << line;
    rows.emplace_back();
    for (std::size_t i = 0; i < names.size(); ++i)
      rows.back()[names[i]] = values.at(i);
  }
  return rows;
}

TEST(RouteTable, HasEndsLayerTurnsAndCrossings) {
  const auto rows = table(example().solution);
  ASSERT_EQ(rows.size(), 2U);
  auto bent = rows[0];
  EXPECT_EQ(bent["connector"], "C02");
  EXPECT_EQ(bent["layer"], "1");
  EXPECT_EQ(bent["bends"], "1");
  EXPECT_EQ(bent["crossings"], "1");
  EXPECT_NEAR(std::stod(bent["turning_rad"]), std::numbers::pi / 2, 1e-15);
  EXPECT_EQ(bent["start_x_mm"], "1");
  EXPECT_EQ(bent["start_y_mm"], "2");
  EXPECT_NEAR(std::stod(bent["end_x_mm"]), 11, 1e-12);
  EXPECT_NEAR(std::stod(bent["end_y_mm"]), 15, 1e-12);
  EXPECT_EQ(bent["loss_dB"], "") << "light was not solved";
  auto link = rows[1];
  EXPECT_EQ(link["connector"], "E01") << "the engine it leads to";
  EXPECT_EQ(link["min_radius_mm"], "");
  EXPECT_EQ(link["bends"], "0");
  EXPECT_EQ(link["turning_rad"], "0");
}

TEST(RouteTable, ABendWithItsClothoidsIsOneAndAnSTwo) {
  Example made = example();
  // Up to 0.1 / mm over 2 mm, 3 mm of arc, down again: 0.1 + 0.3 + 0.1 rad. Then a clothoid through zero.
  made.solution.layout.guides[0].path = {
      {{}, 2, 0, 0.05}, {{}, 3, 0.1}, {{}, 2, 0.1, -0.05}, {{}, 4, 0.1, -0.05}, {{}, 1, -0.1}};
  auto row = table(made.solution)[0];
  EXPECT_EQ(row["bends"], "2");
  EXPECT_NEAR(std::stod(row["turning_rad"]), 0.5 + 0.2 + 0.1, 1e-14);
}

std::vector<Json> features(const Json& json, const std::string& type) {
  std::vector<Json> result;
  for (const Json& feature : json["features"])
    if (feature["properties"]["type"] == type)
      result.push_back(feature);
  return result;
}

TEST(GeoJson, HasEveryThingWithItsProperties) {
  const Example made = example();
  const Json json = Json::parse(layout_geojson(made.package, made.solution).dump());
  EXPECT_EQ(json["type"], "FeatureCollection");
  EXPECT_THAT(json["coordinates_note"].get<std::string>(), testing::HasSubstr("not WGS84"));
  EXPECT_EQ(json["features"].size(), 7U);
  const Json guide = features(json, "guide").at(0);
  EXPECT_EQ(guide["properties"]["net"], "E00.tx0");
  EXPECT_EQ(guide["properties"]["connector"], "C02");
  EXPECT_EQ(guide["properties"]["layer"], 1);
  EXPECT_NEAR(guide["properties"]["min_radius_mm"].get<double>(), 10, 1e-12);
  EXPECT_NEAR(guide["properties"]["length_mm"].get<double>(), 5 * std::numbers::pi + 3, 1e-12);
  const Json link = features(json, "guide").at(1);
  EXPECT_EQ(link["properties"]["to_engine"], "E01");
  EXPECT_FALSE(link["properties"].contains("connector"));
  EXPECT_TRUE(link["properties"]["min_radius_mm"].is_null());
  const Json violation = features(json, "violation").at(0);
  EXPECT_EQ(violation["geometry"]["coordinates"], Json::parse("[1.0, 2.0]"));
  EXPECT_EQ(violation["properties"]["required"], 13.7);
  EXPECT_EQ(features(json, "die").at(0)["properties"]["name"], "core \"1\"");
}

TEST(GeoJson, RingsAreClosedAndCounterClockwise) {
  const Example made = example();
  for (const Json& feature : layout_geojson(made.package, made.solution)["features"]) {
    if (feature["geometry"]["type"] != "Polygon")
      continue;
    const Json& ring = feature["geometry"]["coordinates"][0];
    EXPECT_EQ(ring.front(), ring.back());
    double twice_area = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
      twice_area += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
                    ring[i + 1][0].get<double>() * ring[i][1].get<double>();
    EXPECT_GT(twice_area, 0) << feature.dump();
  }
}

TEST(GeoJson, ChordsStayWithinTheirTolerance) {
  const Example made = example();
  for (double tolerance_nm : {10.0, 1000.0}) {
    const Json line =
        features(layout_geojson(made.package, made.solution, tolerance_nm), "guide").at(0)["geometry"]["coordinates"];
    const geometry::Point centre{1, 12};
    // The last piece is the straight one.
    for (std::size_t i = 0; i + 2 < line.size(); ++i) {
      const geometry::Point middle{(line[i][0].get<double>() + line[i + 1][0].get<double>()) / 2,
                                   (line[i][1].get<double>() + line[i + 1][1].get<double>()) / 2};
      EXPECT_LE(std::abs(10 - geometry::norm_mm(middle - centre)), tolerance_nm * 1e-6 + 1e-12);
    }
    // A quarter turn of 10 mm needs this many chords: sagitta = R (1 - cos(half angle)).
    const double least = std::numbers::pi / 4 / std::acos(1 - tolerance_nm * 1e-6 / 10);
    EXPECT_GE(static_cast<double>(line.size() - 2), std::floor(least));
    EXPECT_LE(static_cast<double>(line.size() - 2), std::ceil(least) + 1) << "and not many more";
  }
}

TEST(RuleText, OfAnUnknownRuleIsItsName) {
  EXPECT_EQ(rule_text("some_new_rule"), "some new rule");
  EXPECT_NE(rule_text("guide_spacing"), "guide spacing");
}

} // namespace
} // namespace beachfront::study
