// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/design.hpp"
#include "study/interval_table.hpp"
#include "study/uncertain_inputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

Tree open(const std::vector<std::string>& settings) {
  return open_design(std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference/102t-davisson-like.yaml", {},
                     settings);
}

UncertainInput input_of(const std::vector<std::string>& settings, const std::string& name) {
  const std::vector<UncertainInput> inputs = uncertain_inputs(open(settings));
  const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const auto& input) { return input.name == name; });
  return found == inputs.end() ? UncertainInput{} : *found;
}

// The usual ranges are factors: 0.97 of a PUE of 1 is none, 1.2 of an efficiency of 0.9 neither.
TEST(UncertainInputs, RangesOfTheSetEndWhereTheirKeysDo) {
  const Triangular pue = input_of({"comparison.pue=1"}, "comparison.pue").range;
  EXPECT_DOUBLE_EQ(pue.low, 1);
  EXPECT_DOUBLE_EQ(pue.high, 1.3);
  EXPECT_DOUBLE_EQ(input_of({"laser.wall_plug_efficiency=0.9"}, "laser.wall_plug_efficiency").range.high, 1);
  // an end that the key excludes: half way to it
  EXPECT_DOUBLE_EQ(
      input_of({"comparison.conversion_loss_fraction=0.8"}, "comparison.conversion_loss_fraction").range.high, 0.9);
  // below a library entry, in a list
  EXPECT_EQ(input_of({}, "substrate.stack_up[core].material.cte_ppm_per_K").places.size(), 1U);
}

TEST(UncertainInputs, OwnRangesMustStayWithinTheirKeys) {
  const auto message = [](const char* range) {
    return message_of([&] { uncertain_inputs(open({std::string("uncertainty.inputs=[") + range + "]"})); });
  };
  EXPECT_THAT(message("{path: laser.wall_plug_efficiency, low: 0.1, high: 1.4}"),
              HasSubstr("uncertainty.inputs[0]: found a range from 0.1 to 1.4; must be within what "
                        "laser.wall_plug_efficiency may be, a number above 0 up to 1"));
  EXPECT_THAT(message("{path: comparison.pue, low_factor: 0.5, high_factor: 1}"), HasSubstr("comparison.pue may be"));
  EXPECT_EQ(message("{path: comparison.pue, low: 1, high: 5}"), "");
}

TEST(IntervalTable, TellsUnitsCausesAndOneSidedRanges) {
  const Json results = {
      {"uncertainty",
       {{"samples", 2000},
        {"inputs", 2},
        {"figures",
         {{{"name", "power, whole link"},
           {"path", "power.alternatives[0].total_W"},
           {"value", 700.0},
           {"p5", 710.0},
           {"p95", 900.0},
           {"causes", {{{"input", "comparison.pue"}, {"share", 0.7}}, {{"input", "laser.case_C"}, {"share", 0.2}}}}},
          {{"name", "guides routed"},
           {"path", "routing.routed"},
           {"value", 384.0},
           {"p5", 384.0},
           {"p95", 384.0},
           {"causes", Json::array()}}}},
        {"breaking", {{{"input", "laser.case_C"}, {"at", 55.0}, {"rule", "laser_efficiency"}}}}}}};
  std::ostringstream out;
  print_intervals(out, results);
  EXPECT_EQ(out.str(), "\nHow sure: of 2000 draws of 2 inputs, 5 % lie below and 5 % above\n"
                       "                                           value          5 %..95 %   of the variance\n"
                       "power, whole link            W               700           710..900* 70 % (1), 20 % (2)\n"
                       "*   ranges reach further to one side of the design's values, so its own figure lies outside\n"
                       "(1) comparison.pue\n"
                       "(2) laser.case_C\n"
                       "laser.case_C at 55 breaks the rule laser_efficiency\n");
}

} // namespace
} // namespace beachfront::study
