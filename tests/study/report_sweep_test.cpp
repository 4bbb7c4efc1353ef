// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_sweep.hpp"

#include "study/version.hpp"
#include "study/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>

namespace beachfront::study {
namespace {

/// Rows with one parameter and one figure, 1/3 of their number.
SweepTable table_of(std::int64_t rows) {
  SweepTable table;
  table.figures = {"link.worst_margin_dB"};
  for (std::int64_t point = 0; point < rows; ++point)
    table.rows.push_back(
        {point, Status::ok, {{"cooling.ambient_C", static_cast<double>(point) / 3}}, {static_cast<double>(point) / 3}});
  return table;
}

SweepPlan plan_of() {
  SweepPlan plan;
  plan.file = "designs/sweeps/small.yaml";
  Parameter parameter;
  parameter.path = "cooling.ambient_C";
  parameter.values = {20, 30};
  plan.parameters = {parameter};
  return plan;
}

Identity identity_of() {
  return {"0.0.9 (abc)", "mode: grid\n", "name: base\n", "0123456789abcdef", "fedcba9876543210", 100};
}

Json data_of(const std::string& page) {
  const std::string head = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(head) + head.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from));
}

TEST(SweepReport, ParametersStandInFullAndFiguresWithSixDigits) {
  const Json row = data_of(sweep_report(plan_of(), table_of(2), identity_of(), Json::object(), "")).at("rows").at(1);
  EXPECT_EQ(row, Json::array({1, "ok", 1, 1.0 / 3, 0.333333}));
}

TEST(SweepReport, AFigureThatADesignLacksIsNull) {
  SweepTable table = table_of(1);
  table.rows[0].status = Status::infeasible;
  table.rows[0].figures[0] = std::numeric_limits<double>::quiet_NaN();
  const Json row = data_of(sweep_report(plan_of(), table, identity_of(), Json::object(), "")).at("rows").at(0);
  EXPECT_EQ(row, Json::array({0, "infeasible", 0, 0.0, nullptr}));
}

TEST(SweepReport, BeyondItsBytesItHoldsTheFrontAndEveryKthRow) {
  const Json analysis = {{"front", Json::array({{{"point", 7}}})}};
  constexpr std::size_t bytes = 1500; // about a third of what 100 rows take
  const Json data = data_of(sweep_report(plan_of(), table_of(100), identity_of(), analysis, "", {}, bytes));
  const auto every = data.at("every").get<std::int64_t>();
  EXPECT_GE(every, 2);
  EXPECT_EQ(data.at("designs"), 100);
  std::vector<std::int64_t> points, expected;
  for (const Json& row : data.at("rows"))
    points.push_back(row.at(0).get<std::int64_t>());
  for (std::int64_t point = 0; point < 100; ++point)
    if (point % every == 0 || point == 7)
      expected.push_back(point);
  EXPECT_EQ(points, expected);
}

TEST(SweepReport, DesignsWithAReportAreHeldAndNamedWhateverTheBytes) {
  const std::string page =
      sweep_report(plan_of(), table_of(100), identity_of(), Json::object(), "", {1, 51, 500}, 1500);
  const Json data = data_of(page);
  EXPECT_EQ(data.at("pages"), Json::array({1, 51})); // the sweep has no point 500
  ASSERT_GE(data.at("every"), 3);
  std::vector<std::int64_t> points;
  for (const Json& row : data.at("rows"))
    points.push_back(row.at(0).get<std::int64_t>());
  EXPECT_THAT(points, testing::IsSupersetOf({1, 51}));
}

TEST(SweepReport, SaysByWhatAndFromWhatItsStoreWasSolved) {
  SweepPlan plan = plan_of();
  plan.definition =
      parse_tree("mode: random\nseed: 7\nparameters:\n  - path: cooling.ambient_C\n    distribution: {kind: "
                 "normal, mean: 30, sd: 2, low: 20}\n",
                 "small.yaml");
  plan.base = parse_tree("cooling: {ambient_C: 25}\nfidelity: {optics: fast, thermal: full}\n", "base.yaml");
  plan.outputs = {"link.worst_margin_dB"};
  const Json told = data_of(sweep_report(plan, table_of(2), identity_of(), Json::object(), "full")).at("provenance");
  EXPECT_EQ(told.at("definition").at("seed"), 7);
  EXPECT_EQ(told.at("definition").at("parameters").at(0).at("distribution"),
            Json({{"kind", "normal"}, {"mean", 30}, {"sd", 2}, {"low", 20}}));
  EXPECT_EQ(told.at("in_base"), Json::array({25}));
  EXPECT_EQ(told.at("levels"), Json({{"optics", "fast"}, {"thermal", "full"}}));
  EXPECT_EQ(told.at("fidelity"), "full");
  EXPECT_EQ(told.at("outputs"), Json::array({"link.worst_margin_dB"}));
  EXPECT_EQ(told.at("planned"), 100);
  EXPECT_EQ(told.at("solved_by"), "0.0.9 (abc)");
  EXPECT_EQ(told.at("page_by"), version() + " (" + git_commit() + ")");
  EXPECT_EQ(told.at("sweep_hash"), "0123456789abcdef");
  EXPECT_EQ(told.at("base_hash"), "fedcba9876543210");
  EXPECT_EQ(told.at("base"), "name: base\n");
}

TEST(SweepReport, PathsStandWithoutDetours) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "report-paths";
  std::filesystem::create_directories(folder / "sweeps");
  std::ofstream(folder / "base.yaml") << "name: x\n";
  SweepPlan plan = plan_of();
  plan.base.file = (folder / "sweeps/../base.yaml").string();
  const auto shown = [&] {
    return data_of(sweep_report(plan, table_of(1), identity_of(), Json::object(), "")).at("base").get<std::string>();
  };
  EXPECT_EQ(shown(), (folder / "base.yaml").lexically_normal().string());
  // A linked folder: ".." leads elsewhere.
  std::filesystem::create_directories(folder / "far/sweeps");
  std::ofstream(folder / "far/base.yaml") << "name: y\n";
  std::filesystem::remove(folder / "linked");
  std::filesystem::create_directory_symlink(folder / "far/sweeps", folder / "linked");
  plan.base.file = (folder / "linked/../base.yaml").string();
  EXPECT_EQ(shown(), plan.base.file);
}

} // namespace
} // namespace beachfront::study
