// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/electrical_escape.hpp"
#include "geometry/escape.hpp"
#include "geometry/place.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

using namespace beachfront::geometry;

namespace {

EscapeRules rules() {
  EscapeRules rules;
  rules.die_bump_pitch_um = 130;
  rules.engine_bump_pitch_um = 130;
  rules.pad_um = 80;
  rules.bumps_per_pair = 6;
  rules.serdes_depth_mm = 2.5;
  rules.line_um = 20;
  rules.space_um = 30;
  rules.pair_gap_um = 60;
  rules.fine_line_um = 8;
  rules.fine_space_um = 8;
  rules.signal_layers = 3;
  return rules;
}

/// One engine north of one die, both 12 mm wide and centred, 2 mm apart.
struct Stand {
  Package package;
  Layout layout;
};

Stand one_engine(double die_mm = 12, double engine_mm = 12, double engine_x_mm = 0) {
  Stand stand;
  stand.package.outline = box_around({0, 0}, 100, 100);
  stand.package.dies.push_back({"asic", box_around({0, 0}, die_mm, die_mm)});
  PlacedEngine engine;
  engine.side = Side::north;
  engine.outline = {{engine_x_mm - engine_mm / 2, die_mm / 2 + 2}, {engine_x_mm + engine_mm / 2, die_mm / 2 + 10}};
  stand.layout.engines.push_back(engine);
  return stand;
}

/// Four working engines a side, as the placer stands them.
Stand sixteen(double die_mm = 33) {
  Stand stand;
  Package& package = stand.package;
  package.outline = box_around({0, 0}, 110, 110);
  package.dies.push_back({"asic", box_around({0, 0}, die_mm, die_mm)});
  package.engines.count = 16;
  package.engines.width_mm = 10;
  package.engines.depth_mm = 8;
  package.engines.die_gap_mm = 2;
  package.engines.pitch_mm = 11.5;
  package.engines.clearance_mm = 0.5;
  package.engines.ports.pitch_um = 50;
  package.engines.ports.tx = 8;
  place_engines(package, stand.layout);
  return stand;
}

} // namespace

// Pads of 80 um at 130 um leave 50 um. By hand: 8/8 needs 8 + 16 n, so 2 lines take 40 um and 3 take 56;
// 10/10 needs 10 + 20 n: exactly 50 for 2; 20/20: 60 for 1.
TEST(ElectricalEscape, LinesBetweenPads) {
  EXPECT_EQ(lines_between_pads(130, 80, 8, 8), 2);
  EXPECT_EQ(lines_between_pads(130, 80, 10, 10), 2);
  EXPECT_EQ(lines_between_pads(130, 80, 10.1, 10), 1);
  EXPECT_EQ(lines_between_pads(130, 80, 20, 20), 0);
  EXPECT_EQ(lines_between_pads(130, 129, 8, 8), 0);
  EXPECT_EQ(lines_between_pads(0.3, 0.1, 0.05, 0.05), 1); // 0.2 - 0.05 over 0.1
}

// A field of 4 columns and 6 rows, all signals. One line between pads: a layer leads out the outer row and the next
// through the channels, so 2 rows; 3 layers. Two lines: 3 rows; 2 layers. None: a row a layer; 6 layers.
TEST(ElectricalEscape, RowsOfASignalField) {
  EXPECT_DOUBLE_EQ(escape_layers(6, 1, 1), 3);
  EXPECT_DOUBLE_EQ(escape_layers(6, 2, 1), 2);
  EXPECT_DOUBLE_EQ(escape_layers(6, 0, 1), 6);
  // Every third bump a signal, 6 rows: 2 signals a column. One line: four thirds of a trace a column; 1.5 layers.
  EXPECT_DOUBLE_EQ(escape_layers(2, 1, 1.0 / 3), 1.5);
}

// Planes first and last: of 3 copper layers 1 has planes on both sides, of 4 still 1, of 5 2, of 8 3.
TEST(ElectricalEscape, SignalLayersStandBetweenPlanes) {
  EXPECT_EQ(stripline_layers(0), 0);
  EXPECT_EQ(stripline_layers(2), 0);
  EXPECT_EQ(stripline_layers(3), 1);
  EXPECT_EQ(stripline_layers(4), 1);
  EXPECT_EQ(stripline_layers(5), 2);
  EXPECT_EQ(stripline_layers(8), 3);
}

// 32 lanes, 64 pairs. Pairs at 20 + 30 + 20 + 60 = 130 um: 8.32 mm on 12 mm. Each field: 384 bumps at 130 um behind
// 12 mm, 0.5408 mm deep; 128 signals on 12/0.13 columns, 1.38667 each, by 2 + 1/3 traces a column.
TEST(ElectricalEscape, OneEngineByHand) {
  const auto [package, layout] = one_engine();
  const ElectricalEscape found = electrical_escape(package, layout, rules(), 32);
  ASSERT_EQ(found.engines.size(), 1u);
  const EngineEscape& engine = found.engines[0];
  EXPECT_EQ(engine.die, "asic");
  EXPECT_NEAR(found.lanes_per_mm_per_layer, 1 / 0.26, 1e-12);
  EXPECT_NEAR(engine.serdes_depth_mm, 64 * 6 * 0.13 * 0.13 / 12, 1e-12);
  EXPECT_NEAR(engine.trace_length_mm, 2 + 2 * 0.5408, 1e-12);
  EXPECT_NEAR(engine.shortest_mm, 2, 1e-12);
  EXPECT_NEAR(engine.layers, 64 * 0.13 / 12, 1e-12);
  EXPECT_EQ(engine.tightest, "traces");
  EXPECT_EQ(found.layers_needed, 1);
  EXPECT_NEAR(engine.pairs_per_mm_needed, 64.0 / 12, 1e-12);
  EXPECT_NEAR(engine.pairs_per_mm_possible, 2.5 / (6 * 0.13 * 0.13), 1e-12);
  EXPECT_TRUE(found.violations.empty());
}

// 10 mm aside with 2 mm between the edges: 8 straight and 2 across on the diagonal, 8 + 2 sqrt 2, for every lane.
TEST(ElectricalEscape, EngineAsideByHand) {
  const auto [package, layout] = one_engine(12, 12, 10);
  const EngineEscape engine = electrical_escape(package, layout, rules(), 32).engines.at(0);
  EXPECT_NEAR(engine.shortest_mm, 8 + 2 * std::numbers::sqrt2, 1e-12);
  EXPECT_NEAR(engine.trace_length_mm, engine.shortest_mm + 2 * 0.5408, 1e-12);
}

// Without lines between pads only the outermost signals leave: 1.38667 signals a column by 1/3, 4.16 layers.
TEST(ElectricalEscape, WideLinesMakeTheBumpsTheTightestPlace) {
  EscapeRules wide = rules();
  wide.fine_line_um = wide.fine_space_um = 20;
  const auto [package, layout] = one_engine();
  const ElectricalEscape found = electrical_escape(package, layout, wide, 32);
  EXPECT_EQ(found.engines[0].tightest, "die bumps");
  EXPECT_NEAR(found.engines[0].layers, 4.16, 1e-12);
  EXPECT_EQ(found.layers_needed, 5);
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_EQ(found.violations[0].rule, "build_up_layers");
  EXPECT_EQ(found.violations[0].found, 3);
  EXPECT_EQ(found.violations[0].required, 5);
}

TEST(ElectricalEscape, TooManyPairsForTheDieEdge) {
  EscapeRules shallow = rules();
  shallow.serdes_depth_mm = 0.5; // 0.5408 are needed
  const auto [package, layout] = one_engine();
  const ElectricalEscape found = electrical_escape(package, layout, shallow, 32);
  ASSERT_EQ(found.violations.size(), 1u);
  EXPECT_EQ(found.violations[0].rule, "die_edge");
  EXPECT_NEAR(found.violations[0].required / found.violations[0].found, 0.5408 / 0.5, 1e-12);
}

TEST(ElectricalEscape, EnginesOfAnEdgeShareItInTheirOrder) {
  const auto [package, layout] = sixteen();
  const ElectricalEscape found = electrical_escape(package, layout, rules(), 32);
  ASSERT_EQ(found.engines.size(), 16u);
  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(found.engines[static_cast<std::size_t>(i)].engine, i);
    EXPECT_NEAR(found.engines[static_cast<std::size_t>(i)].die_edge_mm, 33.0 / 4, 1e-12);
  }
  // By hand, the first of a side: its face spans -22.25 to -12.25 mm, its share -16.5 to -8.25, so the leftmost lane
  // steps 5.75 mm aside on the way over 2 mm.
  const double depths_mm = 64 * 6 * 0.13 * 0.13 * (1 / 8.25 + 1 / 10.0);
  EXPECT_NEAR(found.engines[0].trace_length_mm, 3.75 + 2 * std::numbers::sqrt2 + depths_mm, 1e-9);
  EXPECT_NEAR(found.engines[0].shortest_mm, 2 + 2 * std::numbers::sqrt2, 1e-9); // the rightmost: 4 mm aside
  // A square package: all sides alike, and each side the same from both ends.
  for (std::size_t i = 0; i < 16; ++i) {
    EXPECT_NEAR(found.engines[i].trace_length_mm, found.engines[i % 4].trace_length_mm, 1e-9);
    EXPECT_NEAR(found.engines[i].trace_length_mm, found.engines[i / 4 * 4 + 3 - i % 4].trace_length_mm, 1e-9);
  }
}

TEST(ElectricalEscape, LanesLeaveByTheNearestDie) {
  Stand stand = one_engine();
  stand.package.dies = {{"core", box_around({0, -20}, 20, 20)},
                        {"io-w", box_around({-6.5, 0}, 12, 12)},
                        {"io-e", box_around({6.5, 0}, 12, 12)}};
  stand.layout.engines[0].outline = {{-10.75, 8}, {-0.75, 16}};
  EXPECT_EQ(electrical_escape(stand.package, stand.layout, rules(), 32).engines.at(0).die, "io-w");
}

TEST(ElectricalEscape, SparesCarryNoLanes) {
  Stand stand = sixteen();
  stand.layout.engines[3].spare = true;
  const ElectricalEscape found = electrical_escape(stand.package, stand.layout, rules(), 32);
  EXPECT_EQ(found.engines.size(), 15u);
  EXPECT_NEAR(found.engines[0].die_edge_mm, 11, 1e-12); // a third of the north edge
}

TEST(ElectricalEscape, MoreRoomNeverAsksForMore) {
  const Stand stand = sixteen();
  const auto layers = [&](const EscapeRules& changed, int lanes) {
    return electrical_escape(stand.package, stand.layout, changed, lanes).engines[0].layers;
  };
  const double base = layers(rules(), 32);
  EXPECT_GT(layers(rules(), 64), base);
  for (double EscapeRules::*width : {&EscapeRules::line_um, &EscapeRules::space_um, &EscapeRules::pair_gap_um,
                                     &EscapeRules::fine_line_um, &EscapeRules::fine_space_um, &EscapeRules::pad_um}) {
    EscapeRules finer = rules();
    finer.*width *= 0.8;
    EXPECT_LE(layers(finer, 32), base);
  }
  // A longer die edge.
  const Stand longer = sixteen(40);
  EXPECT_LE(electrical_escape(longer.package, longer.layout, rules(), 32).engines[0].layers, base);
}

TEST(ElectricalEscape, StagesComeFirstOnTheWayOut) {
  const auto [package, layout] = sixteen();
  EscapeRules one_layer = rules();
  one_layer.signal_layers = 1;
  const ElectricalEscape electrical = electrical_escape(package, layout, one_layer, 32);
  const Escape found = escape(package, {}, layout, 102.4, nullptr, &electrical);
  ASSERT_GE(found.stages.size(), 4u);
  EXPECT_EQ(found.stages[0].name, "die edge");
  EXPECT_EQ(found.stages[1].name, "build-up layers");
  EXPECT_EQ(found.stages[2].name, "engine row");
  EXPECT_EQ(found.stages[3].name, "optical ports");
  // 64 pairs at 0.13 mm on a quarter of 33 mm: 1.008 layers of 1.
  EXPECT_NEAR(found.stages[1].ratio(), 64 * 0.13 / 8.25, 1e-12);
  EXPECT_EQ(found.limited_by, "build-up layers");
}

TEST(ElectricalEscape, NonsenseIsRefused) {
  const auto [package, layout] = one_engine();
  EscapeRules bad = rules();
  bad.pad_um = 130;
  EXPECT_THROW(electrical_escape(package, layout, bad, 32), std::invalid_argument);
  bad = rules();
  bad.line_um = 0;
  EXPECT_THROW(electrical_escape(package, layout, bad, 32), std::invalid_argument);
  EXPECT_THROW(electrical_escape(package, layout, rules(), 0), std::invalid_argument);
}
