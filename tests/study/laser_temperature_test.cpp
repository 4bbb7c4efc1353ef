// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of lasers far from the temperatures that their efficiency is meant for.
#include "good_design.hpp"
#include "study/design.hpp"
#include "study/evaluate.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> warnings(const std::vector<std::string>& settings) {
  std::vector<std::string> all = settings;
  all.push_back("fidelity.optics=fast");
  const Tree tree = open_design(example::source_dir / "designs/reference/102t-glass.yaml", {}, all);
  return evaluate(tree).at("warnings").get<std::vector<std::string>>();
}

TEST(LaserTemperature, FarFromTheReferenceOfTheLineIsAWarning) {
  const auto told = [](const std::string& text) { return Contains(HasSubstr(text)); };
  EXPECT_THAT(warnings({"laser.case_C=84"}), Not(told("the lasers are at")));
  EXPECT_THAT(warnings({"laser.case_C=86"}), told("the lasers are at 86 C; the straight line of their efficiency is "
                                                  "meant for 5 to 85 C"));
  EXPECT_THAT(warnings({"laser.case_C=2"}), told("the lasers are at 2 C"));
  EXPECT_THAT(warnings({"laser.case_C=100", "laser.efficiency_curve=[{temperature_C: 0, efficiency: 0.2}, "
                                            "{temperature_C: 120, efficiency: 0.1}]"}),
              Not(told("the lasers are at")))
      << "a measured curve knows its own ends";
}

} // namespace
} // namespace beachfront::study
