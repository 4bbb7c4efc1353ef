// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_sweep.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

Json data_of(const std::string& page) {
  const std::string head = "<script id=\"data\" type=\"application/json\">";
  const std::size_t from = page.find(head) + head.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from));
}

TEST(SweepReport, ParametersStandInFullAndFiguresWithSixDigits) {
  const Json row = data_of(sweep_report(plan_of(), table_of(2), Json::object(), "")).at("rows").at(1);
  EXPECT_EQ(row, Json::array({1, "ok", 1, 1.0 / 3, 0.333333}));
}

TEST(SweepReport, AFigureThatADesignLacksIsNull) {
  SweepTable table = table_of(1);
  table.rows[0].status = Status::infeasible;
  table.rows[0].figures[0] = std::numeric_limits<double>::quiet_NaN();
  const Json row = data_of(sweep_report(plan_of(), table, Json::object(), "")).at("rows").at(0);
  EXPECT_EQ(row, Json::array({0, "infeasible", 0, 0.0, nullptr}));
}

TEST(SweepReport, BeyondItsBytesItHoldsTheFrontAndEveryKthRow) {
  const Json analysis = {{"front", Json::array({{{"point", 7}}})}};
  constexpr std::size_t bytes = 1500; // about a third of what 100 rows take
  const Json data = data_of(sweep_report(plan_of(), table_of(100), analysis, "", {}, bytes));
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
  const std::string page = sweep_report(plan_of(), table_of(100), Json::object(), "", {1, 51, 500}, 1500);
  const Json data = data_of(page);
  EXPECT_EQ(data.at("pages"), Json::array({1, 51})); // the sweep has no point 500
  ASSERT_GE(data.at("every"), 3);
  std::vector<std::int64_t> points;
  for (const Json& row : data.at("rows"))
    points.push_back(row.at(0).get<std::int64_t>());
  EXPECT_THAT(points, testing::IsSupersetOf({1, 51}));
}

} // namespace
} // namespace beachfront::study
