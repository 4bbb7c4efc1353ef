// SPDX-License-Identifier: GPL-3.0-or-later
#include "message_of.hpp"
#include "study/design.hpp"
#include "study/fidelity.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {

const std::filesystem::path glass = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference/102t-glass.yaml";

std::string text(const FidelityChoice& choice) {
  std::string all;
  for (const Setting& setting : choice.settings)
    all += setting.path + "=" + setting.value + " ";
  return all;
}

TEST(Fidelity, FullReachesTheDisciplinesThatHaveIt) {
  const FidelityChoice full = choose_fidelity("full");
  EXPECT_EQ(text(full), "fidelity.optics=full fidelity.geometry=fast fidelity.thermal=full ");
  EXPECT_THAT(full.stays_fast, testing::ElementsAre("geometry"));
}

TEST(Fidelity, FastReachesAll) {
  const FidelityChoice fast = choose_fidelity("fast");
  EXPECT_EQ(text(fast), "fidelity.optics=fast fidelity.geometry=fast fidelity.thermal=fast ");
  EXPECT_TRUE(fast.stays_fast.empty());
}

TEST(Fidelity, AnotherWordIsRefused) {
  EXPECT_EQ(message_of([] { choose_fidelity("exact"); }), "--fidelity exact: must be fast or full");
}

TEST(Fidelity, OfOpticsReachesTheGuides) {
  const auto guides = [](const std::vector<std::string>& settings) {
    return read_design(open_design(glass, {}, settings)).guides.value().waveguide.fidelity;
  };
  EXPECT_EQ(guides({}), optics::Fidelity::full) << "what the reference asks for";
  EXPECT_EQ(guides({"fidelity.optics=fast"}), optics::Fidelity::fast);
}

} // namespace
} // namespace beachfront::study
