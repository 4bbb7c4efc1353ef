// SPDX-License-Identifier: GPL-3.0-or-later
// The electrical lanes from the design file to results.json.
#include "good_design.hpp"
#include "study/design.hpp"
#include "study/evaluate.hpp"
#include "study/figures.hpp"
#include "study/read_blocks.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace beachfront::study {
namespace {

using testing::HasSubstr;

Tree open(const std::vector<std::string>& settings = {}, const std::string& name = "102t-organic-705g") {
  return open_design(example::source_dir / "designs/reference" / (name + ".yaml"), {}, settings);
}

std::vector<std::string> rules_of(const Json& results) {
  std::vector<std::string> rules;
  for (const Json& violation : results.at("violations"))
    rules.push_back(violation.at("rule"));
  return rules;
}

std::string fault_of(const std::vector<std::string>& settings) {
  return message_of([&] { read_design(open(settings)); });
}

} // namespace

TEST(Electrical, ReferenceLanesFitAndSayWhatLimitsThem) {
  const Json results = evaluate(open());
  const Json& electrical = results.at("electrical");
  EXPECT_NEAR(electrical.at("nyquist_GHz").get<double>(), 53.125, 1e-9); // 106.25 GBd of IEEE 802.3dj
  EXPECT_EQ(electrical.at("layers_available"), 3);                       // of 8 copper layers above the core
  EXPECT_EQ(electrical.at("engines").size(), 16u);
  EXPECT_GT(electrical.at("worst_margin_dB").get<double>(), 0);
  const Json& engine = electrical.at("engines").at(0);
  EXPECT_NEAR(engine.at("insertion_loss_dB").get<double>(),
              engine.at("trace_length_mm").get<double>() * electrical.at("loss_dB_per_mm").get<double>() + 1, 1e-9);
  EXPECT_EQ(results.at("escape").at("stages").at(0).at("name"), "die edge");
  EXPECT_EQ(results.at("escape").at("stages").at(1).at("name"), "build-up layers");
}

// The chiplets of the reference stand 2 mm from their engines; NVIDIA quotes 4 dB from die to engine at 200G a lane
// (docs/facts/power.md 1.1). Lengths differ between packages, so only its order of size can be asked for.
TEST(Electrical, ReferenceLossIsThatOfPublishedPackages) {
  const Json results = evaluate(open());
  const double loss_dB = find_number(results, "electrical.engines[max].insertion_loss_dB").value();
  EXPECT_GT(loss_dB, 4.0 / 2);
  EXPECT_LT(loss_dB, 4.0 * 2);
}

TEST(Electrical, TheDesignsOwnLossIsReportedAndTheWorkedOutOneJudged) {
  const Json results = evaluate(open({"switch.serdes.channel_loss_dB=2", "switch.serdes.max_channel_loss_dB=3"}));
  EXPECT_EQ(results.at("switch").at("serdes_channel_loss_dB"), 2);
  EXPECT_EQ(results.at("switch").at("serdes_channel_loss_dB_basis"), "the design");
  EXPECT_THAT(rules_of(results), testing::ElementsAre("channel_loss"));
  EXPECT_FALSE(results.at("feasible").get<bool>());
}

TEST(Electrical, TooFewLayersAreAViolation) {
  const Json results = evaluate(open({"substrate.traces.signal_layers=1"}));
  EXPECT_THAT(rules_of(results), testing::ElementsAre("build_up_layers"));
  EXPECT_EQ(results.at("escape").at("limited_by"), "build-up layers");
}

TEST(Electrical, NrzRunsAtTwiceTheFrequencyOfPam4) {
  const double pam4_GHz = read_design(open()).electrical.nyquist_GHz;
  EXPECT_NEAR(read_design(open({"switch.modulation=nrz"})).electrical.nyquist_GHz, 2 * pam4_GHz, 1e-9);
}

TEST(Electrical, GlassTakesFinerLinesUnlessTold) {
  EXPECT_EQ(read_design(open()).electrical.rules->fine_line_um, 8);
  EXPECT_EQ(read_design(open({}, "102t-glass-fibre")).electrical.rules->fine_line_um, 5);
  const Design told = read_design(open({"substrate.traces.fine_line_um=6"}, "102t-glass-fibre"));
  EXPECT_EQ(told.electrical.rules->fine_line_um, 6);
  EXPECT_EQ(told.electrical.rules->fine_space_um, 6);
}

TEST(Electrical, FilmAndCopperCountWhateverTheCore) {
  const Design glass = read_design(open({}, "102t-glass-fibre"));
  const Design organic = read_design(open());
  EXPECT_EQ(glass.electrical.pair->loss_tangent, organic.electrical.pair->loss_tangent);
  const Json lossy = evaluate(open({"substrate.stack_up[1].material=abf-gx92"}));
  const Json fine = evaluate(open());
  EXPECT_GT(find_number(lossy, "electrical.loss_dB_per_mm").value(),
            find_number(fine, "electrical.loss_dB_per_mm").value());
}

TEST(Electrical, ContradictionsAreWrongInput) {
  EXPECT_THAT(fault_of({"substrate.traces.signal_layers=9"}), HasSubstr("at most the 8 layers with copper"));
  EXPECT_THAT(fault_of({"asic.bump_pitch_um=80"}), HasSubstr("more than substrate.traces.via_pad_um, 80 um"));
  EXPECT_THAT(fault_of({"engines.bump_pitch_um=50"}), HasSubstr("engines.bump_pitch_um"));
}

TEST(Electrical, WithoutCopperOrDielectricFiguresTheReasonIsNamed) {
  const ElectricalLanes no_copper = read_electrical(example::resolve_text(example::good_design).root());
  EXPECT_FALSE(no_copper.rules);
  EXPECT_THAT(no_copper.pair_absent, HasSubstr("no layer with copper_thickness_um above the core"));
  const ElectricalLanes no_film =
      read_electrical(example::resolve_text(example::edited("thickness_um: 30, repeat: 4",
                                                            "thickness_um: 30, copper_thickness_um: 15, repeat: 4"))
                          .root());
  ASSERT_TRUE(no_film.rules);
  EXPECT_EQ(no_film.rules->signal_layers, 1); // of 4, planes first and last
  EXPECT_FALSE(no_film.pair);
  EXPECT_THAT(no_film.pair_absent, HasSubstr("abf has no dielectric_constant"));
}

TEST(Electrical, WithoutPatternedCopperTheRestIsSolved) {
  std::vector<std::string> settings;
  for (const char* layer : {"1", "3"})
    settings.push_back(std::string("substrate.stack_up[") + layer + "].copper_thickness_um=0");
  const Json results = evaluate(open(settings));
  EXPECT_FALSE(results.contains("electrical"));
  EXPECT_THAT(absent_reason(results, "electrical.worst_margin_dB"), HasSubstr("copper_thickness_um"));
  EXPECT_EQ(results.at("escape").at("stages").at(0).at("name"), "engine row");
  EXPECT_EQ(results.at("switch").at("serdes_channel_loss_dB"), 4); // the design's own
}

} // namespace beachfront::study
