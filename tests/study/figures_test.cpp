// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/figures.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace beachfront::study {
namespace {

using testing::ElementsAre;

const Json& results() {
  static const Json json = Json::parse(R"({
    "design": "x",
    "provenance": {"tool_version": "1"},
    "feasible": true,
    "violations": [{"rule": "r", "found": 1}],
    "link": {"worst_margin_dB": 1.5, "ledger": [{"term": "bend", "loss_dB": 0.25}, {"term": "pitch", "loss_dB": 0.5}]},
    "temperature": {"engines": [{"max_C": 80}, {"max_C": 92.5}, {"max_C": 71}]},
    "power": {"alternatives": [{"name": "this", "total_W": 1100}, {"name": "dsp-1.6t", "total_W": 2400}]},
    "escape": {"limited_by": "connectors", "basis": "one direction"},
    "absent": {"mechanics.glass_max_principal_MPa": "no glass", "routing": "fibres go straight to the engines",
               "mechanics.engines[].shift_um": "fast fidelity", "power.alternatives[dsp-1.6t].tco_eur": "no price"}
  })");
  return json;
}

std::vector<std::string> paths(const Json& of) {
  std::vector<std::string> all;
  for (const Figure& figure : figures(of))
    all.push_back(figure.path);
  return all;
}

TEST(Figures, FindsByKeyPlaceAndName) {
  EXPECT_EQ(find_number(results(), "link.worst_margin_dB"), 1.5);
  EXPECT_EQ(find_number(results(), "temperature.engines[1].max_C"), 92.5);
  EXPECT_EQ(find_number(results(), "power.alternatives[dsp-1.6t].total_W"), 2400);
  EXPECT_EQ(find_figure(results(), "escape.limited_by"), Json("connectors"));
  EXPECT_EQ(find_figure(results(), "feasible"), Json(true));
}

TEST(Figures, FindsTheExtremesOfAList) {
  EXPECT_EQ(find_number(results(), "temperature.engines[max].max_C"), 92.5);
  EXPECT_EQ(find_number(results(), "temperature.engines[min].max_C"), 71);
  EXPECT_EQ(find_number(results(), "temperature.engines[max].min_C"), std::nullopt);
}

TEST(Figures, FindsNothingWhereThereIsNothing) {
  for (const char* path :
       {"", ".", "link.", ".link", "link..worst_margin_dB", "link[0]", "temperature.engines[3].max_C",
        "temperature.engines[-1].max_C", "temperature.engines[1", "temperature.engines[1]max_C",
        "temperature.engines[]", "link.worst_margin_dB.x", "power.alternatives[lpo].total_W"})
    EXPECT_EQ(find_figure(results(), path), std::nullopt) << path;
  EXPECT_EQ(find_number(results(), "escape.limited_by"), std::nullopt) << "a text is no number";
}

TEST(Figures, ListsEveryFigureWithAPathThatFindsIt) {
  EXPECT_THAT(paths(results()),
              ElementsAre("feasible", "link.worst_margin_dB", "link.ledger[0].term", "link.ledger[0].loss_dB",
                          "link.ledger[1].term", "link.ledger[1].loss_dB", "temperature.engines[0].max_C",
                          "temperature.engines[1].max_C", "temperature.engines[2].max_C",
                          "power.alternatives[this].name", "power.alternatives[this].total_W",
                          "power.alternatives[dsp-1.6t].name", "power.alternatives[dsp-1.6t].total_W",
                          "escape.limited_by", "escape.basis"));
  for (const Figure& figure : figures(results()))
    EXPECT_EQ(find_figure(results(), figure.path), figure.value) << figure.path;
}

TEST(Figures, CountsElementsWhoseNamesRepeat) {
  const Json twice = Json::parse(R"({"a": [{"name": "x", "v": 1}, {"name": "x", "v": 2}]})");
  EXPECT_THAT(paths(twice), ElementsAre("a[0].name", "a[0].v", "a[1].name", "a[1].v"));
}

TEST(Figures, KnowsAFigureWhateverTheElement) {
  EXPECT_TRUE(known_figure(results(), "temperature.engines[40].max_C"));
  EXPECT_TRUE(known_figure(results(), "mechanics.glass_max_principal_MPa")) << "absent with a reason";
  EXPECT_FALSE(known_figure(results(), "temperature.engines[0].maximum_C"));
  EXPECT_FALSE(known_figure(results(), "link.margin"));
  EXPECT_FALSE(known_figure(results(), ""));
}

TEST(Figures, TellsWhyOneIsAbsent) {
  EXPECT_EQ(absent_reason(results(), "mechanics.glass_max_principal_MPa"), "no glass");
  EXPECT_EQ(absent_reason(results(), "routing.loss_dB.max"), "fibres go straight to the engines");
  EXPECT_EQ(absent_reason(results(), "mechanics.engines[3].shift_um[0]"), "fast fidelity");
  EXPECT_EQ(absent_reason(results(), "power.alternatives[1].tco_eur"), "no price") << "by place as by name";
  EXPECT_EQ(absent_reason(results(), "power.alternatives[0].tco_eur"), "");
  EXPECT_EQ(absent_reason(results(), "routing_x"), "");
  EXPECT_EQ(absent_reason(results(), ""), "");
  EXPECT_EQ(absent_reason(Json::object(), "routing"), "");
}

TEST(Figures, NamesTheNearest) {
  EXPECT_EQ(nearest_figure(results(), "link.worst_margn_dB"), "link.worst_margin_dB");
  EXPECT_EQ(nearest_figure(results(), "worst_margin_dB"), "link.worst_margin_dB");
  EXPECT_EQ(nearest_figure(results(), "escape.limited_bi"), "") << "only numbers";
  EXPECT_EQ(nearest_figure(results(), "quite.another_thing"), "");
}

TEST(Figures, FindsWhatIsNoFiniteNumber) {
  Json bad = results();
  EXPECT_EQ(non_finite_figure(bad), "");
  bad["temperature"]["engines"][2]["max_C"] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(non_finite_figure(bad), "temperature.engines[2].max_C");
}

TEST(Figures, SaysWhatMakesADesignInfeasible) {
  Json one = Json::parse(R"({"violations": [{"rule": "edge", "message": "72 ferrules need 612 mm"}]})");
  EXPECT_EQ(first_violation(one), "72 ferrules need 612 mm");
  one["violations"].push_back({{"rule", "gap"}});
  EXPECT_EQ(first_violation(one), "72 ferrules need 612 mm (and 1 more)");
}

} // namespace
} // namespace beachfront::study
