// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/body.hpp"

#include "tests/thermal/reference_package.hpp"
#include "thermal/stack.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double rounding_mm = 1e-9;

const Body& only(const std::vector<Body>& all, Part part, std::size_t index = 0) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Body& b) { return b.part == part && b.index == index; });
  if (found == all.end())
    throw std::out_of_range("no such body");
  return *found;
}

/// Solder mask, three plies of build-up, core, the same again.
constexpr double substrate_mm = (2 * 20 + 16 * 45 + 1200) * 1e-3;

Package lidded() {
  Package package = reference_package(eagle_glass());
  package.cooling.lid.foot_width_mm = 3;
  package.cooling.lid.seal_thickness_um = 120;
  return package;
}

TEST(Body, JointLiesOnSubstrateBodyOnJointTimOnBodyAndLidOnTheTallest) {
  const Package package = lidded();
  const std::vector<Body> all = bodies(package);
  const Body &joint = only(all, Part::die_joint), &die = only(all, Part::die), &tim = only(all, Part::die_tim);
  EXPECT_NEAR(joint.bottom_mm, substrate_mm, rounding_mm);
  EXPECT_NEAR(joint.top_mm - joint.bottom_mm, 0.100, rounding_mm);
  EXPECT_NEAR(die.bottom_mm, joint.top_mm, rounding_mm);
  EXPECT_NEAR(die.top_mm - die.bottom_mm, 0.775, rounding_mm);
  EXPECT_NEAR(tim.bottom_mm, die.top_mm, rounding_mm);
  EXPECT_NEAR(tim.top_mm - tim.bottom_mm, 0.200, rounding_mm);
  const Body& engine_joint = only(all, Part::engine_joint, 3);
  EXPECT_NEAR(engine_joint.bottom_mm, substrate_mm, rounding_mm);
  EXPECT_NEAR(only(all, Part::engine, 3).bottom_mm, substrate_mm + 0.020, rounding_mm);
  EXPECT_NEAR(only(all, Part::engine_tim, 3).bottom_mm, substrate_mm + 0.020 + 0.775, rounding_mm);
  const double tallest_mm = substrate_mm + 0.100 + 0.775 + 0.200;
  const auto plate = std::find_if(all.begin(), all.end(), [](const Body& b) { return b.name == "lid"; });
  ASSERT_NE(plate, all.end());
  EXPECT_NEAR(plate->bottom_mm, tallest_mm, rounding_mm);
  EXPECT_NEAR(plate->top_mm, tallest_mm + 3, rounding_mm);
}

TEST(Body, LidReachesDownToEveryLowerStackAndToNoOther) {
  const Package package = lidded();
  const std::vector<Body> all = bodies(package);
  const double underside_mm = substrate_mm + 0.100 + 0.775 + 0.200;
  std::size_t pedestals = 0;
  for (const Body& body : all) {
    if (body.part != Part::lid || body.name.find(" over ") == std::string::npos)
      continue;
    ++pedestals;
    EXPECT_THAT(body.name, HasSubstr("engine.tim"));
    EXPECT_NEAR(body.bottom_mm, substrate_mm + 0.020 + 0.775 + 0.100, rounding_mm);
    EXPECT_NEAR(body.top_mm, underside_mm, rounding_mm);
  }
  EXPECT_EQ(pedestals, package.engines.size());
}

TEST(Body, FootStandsOnTheSealRoundTheRimAndNothingOverlaps) {
  const Package package = lidded();
  const std::vector<Body> all = bodies(package);
  double seal_area_mm2 = 0, foot_area_mm2 = 0;
  for (const Body& body : all) {
    if (body.part == Part::lid_seal) {
      seal_area_mm2 += body.outline.area_mm2();
      EXPECT_NEAR(body.bottom_mm, substrate_mm, rounding_mm);
      EXPECT_NEAR(body.top_mm, substrate_mm + 0.120, rounding_mm);
    }
    if (body.name == "lid foot") {
      foot_area_mm2 += body.outline.area_mm2();
      EXPECT_NEAR(body.bottom_mm, substrate_mm + 0.120, rounding_mm);
    }
  }
  const double rim_mm2 = 90 * 90 - 84 * 84;
  EXPECT_NEAR(seal_area_mm2, rim_mm2, 1e-9);
  EXPECT_NEAR(foot_area_mm2, rim_mm2, 1e-9);
  EXPECT_THAT(body_faults(all), IsEmpty());
}

TEST(Body, PlateWiderThanTheSubstrateHasNoFoot) {
  Package package = lidded();
  package.cooling.lid.plates = {geometry::box_around({0, 0}, 120, 90)};
  for (const Body& body : bodies(package)) {
    EXPECT_NE(body.part, Part::lid_seal);
    EXPECT_THAT(body.name, ::testing::Not(HasSubstr("foot")));
  }
}

TEST(Body, NeighbouringPliesOfOneMaterialAreOneBodyAndThicknessIsKept) {
  const Package package = reference_package(eagle_glass());
  std::vector<double> thickness_mm;
  double top_mm = 0;
  for (const Body& body : bodies(package))
    if (body.part == Part::ply) {
      EXPECT_NEAR(body.bottom_mm, top_mm, rounding_mm);
      top_mm = body.top_mm;
      thickness_mm.push_back(std::round((body.top_mm - body.bottom_mm) * 1e6) / 1e6);
    }
  EXPECT_THAT(thickness_mm, ElementsAre(0.020, 0.360, 1.200, 0.360, 0.020));
  EXPECT_NEAR(top_mm, substrate_mm, rounding_mm);
}

TEST(Body, PliesThatOnlyDifferInStiffnessStaySeparate) {
  Package package = reference_package(eagle_glass());
  package.substrate.stack_up = {{"a", body("same name", 10, 0.3, 20, 1), 100},
                                {"b", body("same name", 12, 0.3, 20, 1), 100}};
  const std::vector<Body> all = bodies(package);
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const Body& b) { return b.part == Part::ply; }), 2);
}

TEST(Body, PliesThatDifferOnlyAcrossThePlaneStaySeparate) {
  Package package = reference_package(eagle_glass());
  geometry::Material stiff = body("laminate", 26, 0.2, 15, 1), soft = stiff;
  soft.youngs_modulus_z_GPa = 5;
  package.substrate.stack_up = {{"a", stiff, 100}, {"b", soft, 100}};
  const std::vector<Body> all = bodies(package);
  EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const Body& b) { return b.part == Part::ply; }), 2);
}

TEST(Body, OverlapIsAFaultThatNamesBoth) {
  Package package = reference_package(eagle_glass());
  package.dies = {{"left", geometry::box_around({-5, 0}, 10, 10), 0, 775, silicon()},
                  {"right", geometry::box_around({4.99, 0}, 10, 10), 0, 775, silicon()}};
  package.engines.clear();
  const std::vector<std::string> faults = body_faults(bodies(package));
  EXPECT_THAT(faults, ::testing::Contains("left and right overlap"));
  EXPECT_THAT(faults, ::testing::Contains("left.joint and right.joint overlap"));
  package.dies[1].outline = geometry::box_around({5, 0}, 10, 10); // side by side they only touch
  EXPECT_THAT(body_faults(bodies(package)), IsEmpty());
}

TEST(Body, AFloatingBodyIsAFaultThatNamesIt) {
  std::vector<Body> all = bodies(reference_package(eagle_glass()));
  Body& plate = all.back();
  plate.bottom_mm += 0.01;
  plate.top_mm += 0.01;
  EXPECT_THAT(body_faults(all), ElementsAre(HasSubstr(plate.name + " floats")));
}

TEST(Body, ALayerOfTenNanometresIsAFaultThatNamesIt) {
  Package package = reference_package(eagle_glass());
  package.engine_joint.thickness_um = 0.01;
  const std::vector<std::string> faults = body_faults(bodies(package));
  ASSERT_EQ(faults.size(), package.engines.size());
  EXPECT_THAT(faults.front(), HasSubstr("engine.joint"));
  EXPECT_THAT(faults.front(), HasSubstr("0.01 um"));
  package.engine_joint.thickness_um = 0.1;
  EXPECT_THAT(body_faults(bodies(package)), IsEmpty());
}

TEST(Body, NotANumberIsAFault) {
  std::vector<Body> all = bodies(reference_package(eagle_glass()));
  all.front().top_mm = std::nan("");
  EXPECT_THAT(body_faults(all), ::testing::Not(IsEmpty()));
}

TEST(Body, SymmetryIsSeenAndLostWhenOneDieMovesOrChanges) {
  Package package = reference_package(eagle_glass());
  EXPECT_TRUE(symmetric_in_x(bodies(package)));
  EXPECT_TRUE(symmetric_in_y(bodies(package)));
  package.dies[1].outline = geometry::box_around({-6.6, -19.25}, 12, 5);
  EXPECT_FALSE(symmetric_in_x(bodies(package)));
  EXPECT_FALSE(symmetric_in_y(bodies(package)));
  package = reference_package(eagle_glass());
  package.dies[0].outline = geometry::box_around({0, 0.5}, 26, 33);
  EXPECT_TRUE(symmetric_in_x(bodies(package)));
  EXPECT_FALSE(symmetric_in_y(bodies(package)));
  package = reference_package(eagle_glass());
  package.dies[1].material.youngs_modulus_GPa = 100;
  EXPECT_FALSE(symmetric_in_x(bodies(package)));
}

TEST(Body, SymmetrySeesExpansionAboveTheGlassTransition) {
  std::vector<Body> all = bodies(reference_package(eagle_glass()));
  for (Body& body : all)
    if (body.part == Part::engine_joint && body.outline.centre().x_mm > 0)
      body.material.cte_above_tg_ppm_per_K = 100;
  EXPECT_FALSE(symmetric_in_x(all));
  EXPECT_TRUE(symmetric_in_y(all));
}

} // namespace
} // namespace beachfront::thermal
