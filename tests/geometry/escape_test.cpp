// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/escape.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using namespace beachfront::geometry;

namespace {

/// Engines four a side, of 3.2 Tb/s, about one square die.
Package square(double die_mm, double package_mm) {
  Package package;
  package.outline = box_around({0, 0}, package_mm, package_mm);
  package.dies.push_back({"asic", box_around({0, 0}, die_mm, die_mm)});
  package.engines.count = 16;
  package.engines.bandwidth_Tbps = 3.2;
  package.engines.width_mm = 10;
  package.engines.clearance_mm = 0.5;
  package.engines.ports.pitch_um = 50;
  return package;
}

Layout four_a_side() {
  Layout layout;
  for (int i = 0; i < 16; ++i) {
    layout.engines.push_back({});
    layout.engines.back().index = i;
    layout.engines.back().side = static_cast<Side>(i / 4);
  }
  return layout;
}

const Stage& stage(const Escape& escape, const std::string& name) {
  return *std::find_if(escape.stages.begin(), escape.stages.end(), [&](const Stage& s) { return s.name == name; });
}

} // namespace

// docs/facts/power.md (b) 12: 3.2 Tb/s at 140 Gb/s/mm is 22.9 mm a module, four a side 91.4 mm.
TEST(Escape, OifModuleEdge) {
  const double side_mm = 4 * 3.2 / 0.140;
  EXPECT_NEAR(side_mm, 91.4, 0.05); // as printed
  const Escape found = escape(square(side_mm, 150), {}, four_a_side(), 16 * 3.2);
  EXPECT_NEAR(found.die_shoreline_Tbps_per_mm, 0.140, 1e-12);
  EXPECT_NEAR(found.package_edge_Tbps_per_mm, 51.2 / 600, 1e-12);
  EXPECT_NEAR(found.package_areal_Tbps_per_mm2, 51.2 / 22500, 1e-15);
  EXPECT_EQ(found.per_direction_Tbps, 51.2);
  EXPECT_FALSE(found.used_edge_Tbps_per_mm);
  EXPECT_FALSE(found.basis.die_shoreline.empty());
}

// docs/facts/power.md (b) 13: 200 Gb/s a fibre at 250 um is 800 Gb/s/mm, at 127 um 1,574.80, 16 x 127 um = 2.03 mm.
TEST(Escape, FibreShoreline) {
  for (const auto& [pitch_um, expected_Tbps_per_mm] : {std::pair{250.0, 0.800}, std::pair{127.0, 1.57480}}) {
    Package package = square(30, 100);
    package.engines.ports.tx = 16;
    package.fibres = FibreAttach{pitch_um};
    Layout layout = four_a_side();
    for (int i = 0; i < 16; ++i) {
      const double width_mm = 16 * pitch_um / 1000;
      const bool upright = i / 4 % 2 == 0; // north and south ribbons run along y
      layout.ribbons.push_back({i, box_around({0, 0}, upright ? width_mm : 7, upright ? 7 : width_mm)});
    }
    const Escape found = escape(package, {}, layout, 16 * 16 * 0.2);
    ASSERT_TRUE(found.used_edge_Tbps_per_mm);
    EXPECT_NEAR(*found.used_edge_Tbps_per_mm, expected_Tbps_per_mm, 5e-6); // five decimals printed
    EXPECT_NEAR(stage(found, "optical ports").used, 16 * pitch_um / 1000, 1e-12);
  }
}

// 1,024 data and 128 laser guides on 16-fibre ferrules at 8.5 mm: 72 ferrules, 612 mm of a 440 mm edge.
TEST(Escape, FerrulesBeyondTheEdgeLimit) {
  Package package = square(40, 110);
  package.engines.ports.tx = 32;
  package.engines.ports.rx = 32;
  package.engines.ports.laser = 8;
  package.guides = GuideAttach{};
  package.guides->ferrule.fibres = 16;
  package.guides->ferrule.pitch_mm = 8.5;
  const Escape found = escape(package, {}, four_a_side(), 102.4);
  EXPECT_EQ(stage(found, "connector edge").used, 612);
  EXPECT_EQ(stage(found, "connector edge").available, 440);
  EXPECT_EQ(found.limited_by, "connector edge");
  // Four engines of 10.5 mm along 110 mm; 72 ports of 50 um on 10 mm.
  EXPECT_NEAR(stage(found, "engine row").ratio(), 42.0 / 110, 1e-12);
  EXPECT_NEAR(stage(found, "optical ports").ratio(), 0.36, 1e-12);
}

TEST(Escape, FullestGapIsAStage) {
  Package package = square(40, 200);
  package.guides = GuideAttach{};
  package.guides->ferrule.fibres = 16;
  package.guides->ferrule.pitch_mm = 8.5;
  Certificate certificate;
  certificate.gaps.push_back({"engine E00", "engine E01", {}, 1.2, 20, 19});
  const Escape found = escape(package, {}, four_a_side(), 102.4, &certificate);
  EXPECT_EQ(found.limited_by, "guide pitch");
  EXPECT_NEAR(stage(found, "guide pitch").ratio(), 0.95, 1e-12);
}

TEST(Escape, FullestSideCounts) {
  Layout layout = four_a_side();
  for (PlacedEngine& engine : layout.engines)
    if (engine.index == 15)
      engine.side = Side::east;
  const Escape found = escape(square(40, 100), {}, layout, 51.2);
  EXPECT_NEAR(stage(found, "engine row").used, 5 * 10.5, 1e-12);
  EXPECT_EQ(found.limited_by, "engine row");
}
