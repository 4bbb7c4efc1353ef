// SPDX-License-Identifier: GPL-3.0-or-later
// The loop against its own promises and, where one temperature is all of it, against its quadratic.
#include "study/loop.hpp"

#include "study/figures.hpp"
#include "study/routes.hpp"
#include "study/run_away.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

const std::filesystem::path source = BEACHFRONT_SOURCE_DIR;

Tree open(const std::string& name, const std::vector<std::string>& settings = {}) {
  return open_design(source / "designs/reference" / (name + ".yaml"), {}, settings);
}

/// Four equal engines with their lasers inside.
Tree lasers_inside(const std::vector<std::string>& settings = {}) {
  return open_design(source / "tests/study/data/lasers-in-engines.yaml", source / "designs/library", settings);
}

/// A solved design, and its loop once more from elsewhere.
struct Solved {
  Design design;
  Solution solution = solve(design);

  ClosedLoop from(double start_C) const {
    const optics::LinkDesign link = passages(design, solution.waveguide);
    const Chain links = chain(design, link, solution.layout, solution.routes, solution.waveguide);
    const thermal::Package package = package_with_engines(design, solution.layout);
    PreparedPackage prepared = prepare_package(design, package);
    prepared.model.lid = std::make_shared<thermal::PreparedTemperature>(thermal::prepare_temperature(package));
    return close_loop(links, prepared.model, start_C);
  }
};

Solved solved(const Tree& tree) {
  return {read_design(tree)};
}

Json results(const Tree& tree) {
  return evaluate(tree);
}

double figure(const Json& results, const std::string& path) {
  return find_number(results, path).value();
}

/// The laser power in mW is what the loop's tolerance is relative to: 10 log10(1 + x) is 4.34 x.
void expect_same_point(const OperatingPoint& found, const OperatingPoint& expected, double tolerance) {
  EXPECT_NEAR(found.link.laser_power_dBm, expected.link.laser_power_dBm, 4.35 * tolerance);
  ASSERT_EQ(found.package.engines.size(), expected.package.engines.size());
  for (std::size_t i = 0; i < found.package.engines.size(); ++i)
    EXPECT_NEAR(found.package.engines[i].power_W / expected.package.engines[i].power_W, 1, tolerance) << i;
}

void expect_same_from(const Solved& one, const std::vector<double>& starts_C) {
  for (const double start_C : starts_C) {
    SCOPED_TRACE(start_C);
    const ClosedLoop again = one.from(start_C);
    ASSERT_TRUE(again.converged);
    EXPECT_LT(again.iterations, 12);
    expect_same_point(again.point, *one.solution.point, 10 * one.design.loop.tolerance);
  }
}

TEST(Loop, OfAGlassDesignEndsAtOnePointFromEveryStart) {
  expect_same_from(solved(open("102t-glass", {"fidelity.optics=fast"})), {35, 60, 90, 120});
}

TEST(Loop, OfAFibreDesignEndsAtOnePointFromEveryStart) {
  expect_same_from(solved(open("102t-davisson-like")), {35, 60, 90, 120});
}

TEST(Loop, WithLasersInTheEnginesEndsAtOnePointFromEveryStart) {
  expect_same_from(
      solved(open("102t-davisson-like", {"laser.location=in_engine", "cooling.engine_tim.thickness_um=800"})),
      {35, 60, 90, 120});
}

class ReferenceLoop : public testing::TestWithParam<const char*> {};

TEST_P(ReferenceLoop, ClosesInFewerThanTenIterations) {
  const Json of = results(open(GetParam()));
  if (!of.contains("loop")) { // a layout that cannot be built has no loop to close
    EXPECT_STREQ(GetParam(), "102t-glass-dr-110");
    return;
  }
  EXPECT_TRUE(of.at("loop").at("converged").get<bool>());
  EXPECT_LT(figure(of, "loop.iterations"), 10);
}

INSTANTIATE_TEST_SUITE_P(Designs, ReferenceLoop,
                         testing::Values("102t-davisson-like", "102t-spectrumx-like", "102t-glass", "102t-glass-sheet",
                                         "102t-glass-dr-110", "102t-glass-dr", "102t-organic-705g", "102t-organic-795g",
                                         "102t-organic-bt", "102t-glass-fibre"),
                         [](const auto& design) {
                           std::string name = design.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

/// One temperature is the whole loop: T = base + resistance (rest + light / (efficiency (1 + slope (T - reference)))),
/// with heat and resistance of all engines alike. Coefficients from the program's own figures at its operating point,
/// which is one of the two roots.
struct OneTemperature {
  double base_C = 0, resistance_K_per_W = 0;
  double rest_W = 0;         ///< of an engine, without its lasers
  double laser_at_ref_W = 0; ///< of its lasers at the reference temperature
  double slope_per_K = 0, reference_C = 0;

  /// Lower and upper; empty without one.
  std::vector<double> fixed_points_C() const {
    const double d = base_C + resistance_K_per_W * rest_W - reference_C, b = 1 - slope_per_K * d;
    const double discriminant = b * b + 4 * slope_per_K * (d + resistance_K_per_W * laser_at_ref_W);
    if (discriminant < 0)
      return {};
    const double root = std::sqrt(discriminant);
    return {reference_C + (root - b) / (2 * slope_per_K), reference_C + (-root - b) / (2 * slope_per_K)};
  }
};

OneTemperature one_temperature(const Design& design, const OperatingPoint& point) {
  OneTemperature loop;
  const std::size_t dies = point.package.dies.size(), engines = point.package.engines.size();
  for (std::size_t j = 0; j < engines; ++j)
    loop.resistance_K_per_W += point.temperatures.resistance_K_per_W.at(dies).at(dies + j);
  const double heat_W = point.package.engines.front().power_W;
  const auto shared = static_cast<double>(engines);
  loop.base_C = point.temperatures.engines.front().mean_C - loop.resistance_K_per_W * heat_W;
  loop.rest_W = heat_W - point.laser.electrical_W / shared;
  loop.laser_at_ref_W = point.laser.optical_W / design.laser.wall_plug_efficiency / shared;
  loop.slope_per_K = design.laser.efficiency_slope_per_K;
  loop.reference_C = design.laser.reference_C;
  return loop;
}

TEST(RunAway, StandsAtTheUpperRootOfTheQuadratic) {
  for (const char* tim : {"cooling.engine_tim.thickness_um=300", "cooling.engine_tim.thickness_um=200",
                          "cooling.engine_tim.thickness_um=330"}) {
    SCOPED_TRACE(tim);
    const Solved one = solved(lasers_inside({tim}));
    const OperatingPoint& point = *one.solution.point;
    for (const thermal::FaceTemperature& engine : point.temperatures.engines)
      ASSERT_NEAR(engine.mean_C, point.temperatures.engines.front().mean_C, 1e-9) << "engines are equal by symmetry";
    const OneTemperature loop = one_temperature(one.design, point);
    const std::vector<double> roots_C = loop.fixed_points_C();
    ASSERT_EQ(roots_C.size(), 2U);
    EXPECT_NEAR(point.temperatures.engines.front().mean_C, roots_C[0], 1e-6);
    // Heat is looked for to 1e-6 of itself, at a few hundred kelvin for all of it.
    const auto& run_away = one.solution.loop->run_away;
    ASSERT_TRUE(run_away);
    EXPECT_NEAR(run_away->engine_C, roots_C[1], 1e-3);
    EXPECT_NEAR(run_away->margin_K, roots_C[1] - roots_C[0], 1e-3);
    const double heat_factor = (roots_C[1] - loop.base_C) / (roots_C[0] - loop.base_C);
    EXPECT_NEAR(run_away->heat_factor, heat_factor, 1e-5 * heat_factor);
    const double efficiency =
        one.design.laser.wall_plug_efficiency * (1 + loop.slope_per_K * (roots_C[1] - loop.reference_C));
    EXPECT_NEAR(run_away->laser_electrical_W * efficiency / point.laser.optical_W, 1, 1e-3);
  }
}

TEST(RunAway, JustBelowItTheLoopComesBack) {
  const Solved one = solved(lasers_inside());
  const RunAway upper = one.solution.loop->run_away.value();
  const ClosedLoop back = one.from(upper.engine_C - 0.03 * upper.margin_K);
  ASSERT_TRUE(back.converged);
  EXPECT_FALSE(back.point.laser.efficiency.at_floor);
  expect_same_point(back.point, *one.solution.point, 10 * one.design.loop.tolerance);
}

TEST(RunAway, JustAboveItTheLoopDoesNot) {
  const Solved one = solved(lasers_inside());
  const RunAway upper = one.solution.loop->run_away.value();
  const ClosedLoop gone = one.from(upper.engine_C + 0.03 * upper.margin_K);
  EXPECT_TRUE(!gone.converged || gone.point.laser.efficiency.at_floor);
  EXPECT_GT(gone.point.temperatures.engines.front().mean_C, upper.engine_C);
}

TEST(RunAway, WithoutAFixedPointIsAViolation) {
  // The quadratic of the design as it is, with the resistance that a thicker bond line would give it: no root.
  const Solved good = solved(lasers_inside());
  OneTemperature loop = one_temperature(good.design, *good.solution.point);
  const Solved more = solved(lasers_inside({"cooling.engine_tim.thickness_um=310"}));
  const double each_um =
      (one_temperature(more.design, *more.solution.point).resistance_K_per_W - loop.resistance_K_per_W) / 10;
  loop.resistance_K_per_W += 300 * each_um;
  ASSERT_TRUE(loop.fixed_points_C().empty());

  const Json of = results(lasers_inside({"cooling.engine_tim.thickness_um=600"}));
  EXPECT_FALSE(of.at("feasible").get<bool>());
  std::vector<std::string> rules;
  for (const Json& violation : of.at("violations"))
    rules.push_back(violation.at("rule"));
  EXPECT_THAT(rules, testing::Contains(testing::AnyOf("laser_efficiency", "loop_divergence")));
  EXPECT_FALSE(of.at("loop").contains("run_away"));
}

TEST(RunAway, IsAbsentWithItsReason) {
  // An efficiency that does not fall, and one that ends below the upper point.
  for (const char* setting : {"laser.efficiency_slope_per_K=0", "laser.efficiency_floor=0.05"}) {
    const Json of = results(lasers_inside({setting}));
    EXPECT_FALSE(of.at("loop").contains("run_away")) << setting;
    EXPECT_THAT(absent_reason(of, "loop.run_away"), HasSubstr("no second fixed point")) << setting;
  }
  const Json stopped = results(lasers_inside({"fidelity.max_iterations=2"}));
  EXPECT_EQ(absent_reason(stopped, "loop.run_away"), "the loop did not converge");
}

TEST(RunAway, IsWrittenAsFound) {
  const Tree tree = lasers_inside();
  const RunAway upper = solved(tree).solution.loop->run_away.value();
  const Json of = results(tree);
  EXPECT_EQ(figure(of, "loop.run_away.heat_factor"), upper.heat_factor);
  EXPECT_EQ(figure(of, "loop.run_away.engine_C"), upper.engine_C);
  EXPECT_NEAR(figure(of, "loop.run_away.margin_K"), upper.engine_C - figure(of, "temperature.engines[max].mean_C"),
              1e-9);
}

TEST(MeasuredEfficiency, ThatEndsTooEarlySaysWhere) {
  const Json of = results(lasers_inside(
      {"laser.efficiency_curve=[{temperature_C: 25, efficiency: 0.14}, {temperature_C: 60, efficiency: 0.07}]"}));
  const double reached_C = figure(of, "temperature.engines[max].mean_C");
  ASSERT_GT(reached_C, 60);
  const auto violation = std::find_if(of.at("violations").begin(), of.at("violations").end(),
                                      [](const Json& one) { return one.at("rule") == "laser_efficiency"; });
  ASSERT_NE(violation, of.at("violations").end());
  EXPECT_NEAR(violation->at("found").get<double>(), reached_C, 1e-6);
  EXPECT_EQ(violation->at("required").get<double>(), 60);
  EXPECT_THAT(violation->at("message").get<std::string>(), HasSubstr(fmt::format("{:.1f} C", reached_C)));
  EXPECT_THAT(violation->at("message").get<std::string>(), HasSubstr("60.0 C"));
}

TEST(MeasuredEfficiency, OfTwoPointsOnTheLineIsTheLine) {
  // 0.1 (1 - 0.02 (T - 45)) at 25 and at 90 C.
  const Json line = results(lasers_inside());
  const Json measured = results(lasers_inside(
      {"laser.efficiency_curve=[{temperature_C: 25, efficiency: 0.14}, {temperature_C: 90, efficiency: 0.01}]"}));
  for (const char* path : {"link.laser_electrical_W", "temperature.engines[max].mean_C", "loop.run_away.engine_C"})
    EXPECT_NEAR(figure(measured, path) / figure(line, path), 1, 1e-6) << path;
}

TEST(MeasuredEfficiency, ThatDoesNotRiseInTemperatureIsAnInputError) {
  try {
    read_design(lasers_inside(
        {"laser.efficiency_curve=[{temperature_C: 25, efficiency: 0.14}, {temperature_C: 20, efficiency: 0.1}]"}));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.path, "laser.efficiency_curve[1].temperature_C");
    EXPECT_EQ(error.found, "20 C");
    EXPECT_EQ(error.allowed, "above the point before, 25 C");
  }
}

/// The figures that the loop moves, by where else they stand in the results.
const std::vector<std::pair<std::string, std::string>> moving = {
    {"laser_power_dBm", "link.laser_power_dBm"},
    {"laser_electrical_W", "link.laser_electrical_W"},
    {"asic_max_C", "temperature.asic_max_C"},
    {"engine_max_C", "temperature.engines[max].max_C"},
    {"warpage_operating_um", "mechanics.warpage_um.operating"},
    {"total_W", "power.alternatives[0].total_W"},
    {"pJ_per_bit", "power.alternatives[0].pJ_per_bit"},
    {"saving_vs_pluggable", "power.saving_vs_pluggable"}};

TEST(OpenChain, AndWhatTheLoopMovesAreTheClosedFigure) {
  for (const Tree& tree : {open("102t-glass", {"fidelity.optics=fast"}), open("102t-davisson-like"),
                           open("102t-davisson-like", {"laser.location=in_engine"})}) {
    const Json of = results(tree);
    for (const auto& [key, path] : moving) {
      const double closed = figure(of, path), open = figure(of, "loop.open_chain." + key);
      EXPECT_NEAR(figure(of, "loop.moved_by." + key), closed - open, 1e-12 * std::abs(closed)) << key;
    }
    EXPECT_EQ(of.at("loop").at("open_chain").size(), of.at("loop").at("moved_by").size());
    EXPECT_TRUE(of.at("loop").at("moved_by").contains("engine_power_W"));
  }
}

TEST(OpenChain, OfFibresWithoutRingsIsClosedAlready) {
  // Nothing bends away from a fibre, no ring needs heat, and external lasers do not see the package.
  const Json of = results(open("102t-davisson-like"));
  for (const auto& [key, moved] : of.at("loop").at("moved_by").items())
    EXPECT_EQ(moved.get<double>(), 0) << key;
}

TEST(OpenChain, LasersAreAsColdAsTheCoolant) {
  // The same light, electricity by the efficiency at ambient temperature: 0.1 (1 - 0.02 (35 - 45)) = 0.12.
  const Solved one = solved(lasers_inside());
  const OperatingPoint& open = one.solution.loop->open_chain;
  EXPECT_NEAR(open.link.laser_power_dBm, one.solution.point->link.laser_power_dBm, 1e-12);
  EXPECT_NEAR(open.laser.electrical_W, open.laser.optical_W / 0.12, 1e-12);
  EXPECT_LT(open.laser.electrical_W, one.solution.point->laser.electrical_W);
}

} // namespace
} // namespace beachfront::study
