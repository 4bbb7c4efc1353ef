// SPDX-License-Identifier: GPL-3.0-or-later
// What the rungs reject, the whole solve rejects for the same reason.
#include "study/screening.hpp"

#include "study/kept_stages.hpp"
#include "study/resolve.hpp"
#include "study/solve.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

namespace beachfront::study {
namespace {

const std::filesystem::path source = BEACHFRONT_SOURCE_DIR;

Design fibres(const std::vector<std::string>& settings) {
  return read_design(
      open_design(source / "tests/study/data/lasers-in-engines.yaml", source / "designs/library", settings));
}

Design guides(const std::vector<std::string>& settings) {
  return read_design(open_design(source / "designs/reference/102t-glass.yaml", {}, settings));
}

/// The rung, or nothing; the solve must then name each of its violations too.
std::string rung_of(const Design& design) {
  KeptStages kept;
  const std::optional<Rejection> rejection = screen(design, kept);
  if (!rejection)
    return "";
  const Solution solution = solve(design);
  EXPECT_FALSE(solution.feasible());
  for (const geometry::Violation& violation : rejection->violations)
    EXPECT_TRUE(std::any_of(
        solution.violations.begin(), solution.violations.end(),
        [&](const auto& found) { return found.rule == violation.rule && found.message == violation.message; }))
        << violation.rule << ": " << violation.message;
  return rejection->rung;
}

TEST(Screening, LetsGoodDesignsPass) {
  KeptStages kept;
  EXPECT_FALSE(screen(fibres({}), kept));
  EXPECT_FALSE(screen(guides({}), kept));
}

TEST(Screening, RejectsWhatTheSolveRejectsInTheSameWords) {
  EXPECT_EQ(rung_of(fibres({"laser.modules=1"})), "laser");
  EXPECT_EQ(rung_of(fibres({"engines.width_mm=40"})), "placement");
  EXPECT_EQ(rung_of(fibres({"substrate.keep_outs=[{name: hole, x_mm: 0, y_mm: 27, width_mm: 6, height_mm: 2}]"})),
            "ribbons");
  EXPECT_EQ(rung_of(guides({"connectors.ferrule.pitch_mm=30"})), "connectors");
}

TEST(Screening, NeverRejectsAFeasibleDesign) {
  int rejected = 0, solved = 0;
  for (int k = 0; k < 40; ++k) {
    const std::vector<std::string> settings = {fmt::format("engines.width_mm={}", 7 + 0.4 * (k % 9)),
                                               fmt::format("engines.placement.die_gap_mm={}", 1 + k % 7),
                                               fmt::format("substrate.width_mm={}", 52 + 3 * (k % 5)),
                                               fmt::format("laser.modules={}", 3 + k % 4)};
    std::optional<Design> design;
    try {
      design = fibres(settings);
    } catch (const InputError&) {
      continue;
    }
    const std::string rung = rung_of(*design);
    rejected += rung.empty() ? 0 : 1;
    ++solved;
  }
  EXPECT_GT(rejected, 5);
  EXPECT_LT(rejected, solved);
}

TEST(Screening, AuditsTheShareThatIsAsked) {
  int taken = 0;
  for (int k = 0; k < 10000; ++k)
    taken += audited(fmt::format("{:016x}", k), 0.02) ? 1 : 0;
  EXPECT_NEAR(taken, 200, 60); // four standard deviations
  EXPECT_FALSE(audited("abc", 0));
  EXPECT_TRUE(audited("abc", 1));
}

} // namespace
} // namespace beachfront::study
