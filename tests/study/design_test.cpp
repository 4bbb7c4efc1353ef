// SPDX-License-Identifier: GPL-3.0-or-later
// Values that contradict one another are wrong input, at the line of the one to blame.
#include "message_of.hpp"

#include "study/design.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {

const std::filesystem::path reference = std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/reference";

std::string message_of_design(const std::string& design, const std::vector<std::string>& settings) {
  return message_of([&] { read_design(open_design(reference / (design + ".yaml"), {}, settings)); });
}

struct Contradiction {
  const char* design;
  std::vector<std::string> settings;
  const char* message; ///< must be part of it
};

class Contradictions : public testing::TestWithParam<Contradiction> {};

TEST_P(Contradictions, AreNamed) {
  EXPECT_THAT(message_of_design(GetParam().design, GetParam().settings), testing::HasSubstr(GetParam().message));
}

const Contradiction contradictions[] = {
    {"102t-glass",
     {"engines.count=12"},
     "engines.count: found 12 engines of 6.4 Tb/s; must be enough for the switch's 102.4 Tb/s: at least 16"},
    {"102t-glass",
     {"engines.bandwidth_Tbps=6.5"},
     "engines.bandwidth_Tbps: found 6.5 Tb/s; must be a whole number of lanes of 200 Gb/s (switch.lane_rate_Gbps)"},
    {"102t-glass",
     {"engines.optical_ports.tx=7"},
     "engines.optical_ports.tx: found 7; must be 8: 32 lanes with 4 on a fibre"},
    {"102t-glass",
     {"engines.optical_ports.rx=16"},
     "engines.optical_ports.rx: found 16; must be 8: 32 lanes with 4 on a fibre"},
    {"102t-glass",
     {"engines.wavelengths_per_fibre=5"},
     "engines.optical_ports.tx: found 8; must be a divisor of 32: 32 lanes with 5 on a fibre"},
    {"102t-glass",
     {"engines.optical_ports.laser=4"},
     "engines.optical_ports.laser: found 4; must be at least 8: 32 lanes at 4 a laser"},
    {"102t-glass",
     {"link.standard=100g-dr"},
     "found 100g-dr, for 100 Gb/s a lane; must be a standard for 200 Gb/s a lane (switch.lane_rate_Gbps)"},
    {"102t-glass",
     {"asic.dies[1].y_mm=18"},
     "asic.dies[1]: found die io-n1 on top of die core; must be a place of its own"},
    {"102t-glass", {"asic.dies[3].x_mm=60"}, "asic.dies[3]: found die io-e1 over the substrate's edge"},
    {"102t-glass",
     {"substrate.kind=organic"},
     "substrate.kind: found organic, with waveguides; must be glass: guides are made in glass only"},
    {"102t-glass",
     {"waveguides.glass=eagle-xg", "substrate.stack_up[2].material=glass-eagle-xg"},
     "found eagle-xg; must be a glass that takes ion exchange: eagle-xg cannot, alkali-free, it holds no mobile "
     "sodium"},
    {"102t-glass",
     {"waveguides.glass=d263t"},
     "found d263t; must be the glass of a layer of substrate.stack_up; none is of glass-d263t"},
    {"102t-glass",
     {"connectors.ferrule=mt-32"},
     "connectors.ferrule.rows: found 2 rows; must be at most 1, waveguides.layers: a layer of guides meets one "
     "row of fibres"},
    {"102t-glass",
     {"connectors.ferrule.pitch_mm=6"},
     "connectors.ferrule.pitch_mm: found 6 mm; must be at least the body's 6.4 mm"},
    {"102t-glass",
     {"waveguides.recipe.mask_opening_um=null"},
     "waveguides.recipe: found iox-thermal-a0; must be a recipe with mask_opening_um: the guides of a package have a "
     "width"},
    {"102t-glass", {"assembly[0].join=die"}, "must be the substrate first"},
    {"102t-glass",
     {"engines.optical_ports.order=[tx, laser]"},
     "engines.optical_ports.order: found an order without rx; must be an order with a place for the 8 rx ports"},
    {"102t-glass",
     {"cooling.lid.width_mm=120"},
     "cooling.lid.width_mm: found 120 mm; must be at most the substrate's 110 mm"},
    {"102t-glass",
     {"laser.wall_plug_efficiency=0.01"},
     "laser.efficiency_floor: found 0.05 (the default); must be at most laser.wall_plug_efficiency, 0.01"},
    {"102t-glass",
     {"asic.dies[1].name=core"},
     "asic.dies[1].name: found 'core' a second time; must be a name of its own"},
    {"102t-glass", {"library=[more.yaml]"}, "library: is read from the file alone"},
    {"102t-glass", {"assembly[1].join=underfill", "assembly[2].join=die"}, "before it joins them"},
    {"102t-glass",
     {"assembly[5].join=stiffener"},
     "assembly: found the assembly joins a stiffener and the package has none (substrate.stiffener)"},
    {"102t-glass",
     {"substrate.board={thickness_mm: 3, ball_diameter_mm: 1}"},
     "substrate.board.ball_diameter_mm: found 1 mm; must be less than substrate.ball_pitch_mm, 1 mm"},
    {"102t-glass",
     {"substrate.board={thickness_mm: 3, margin_mm: 0.001}"},
     "substrate.board.margin_mm: found 0.001 mm; must be 0, or at least 0.5 mm"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 104, rim_width_mm: 0.001, thickness_mm: 1}"},
     "substrate.stiffener.rim_width_mm: found 0.001; must be a number from 0.5 to 100 mm"},
    {"102t-glass", {"substrate.board={}"}, "substrate.board.thickness_mm: missing"},
    {"102t-glass",
     {"substrate.board={thickness_mm: 3}", "assembly[4].join=board", "assembly[5].join=lid"},
     "assembly: found the assembly goes on after it joins the board"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 111, rim_width_mm: 6, thickness_mm: 1}"},
     "substrate.stiffener.height_mm: found 111 mm; must be at most the substrate's height_mm, 110 mm"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 40, rim_width_mm: 20, thickness_mm: 1}"},
     "substrate.stiffener.rim_width_mm: found 20 mm; must be less than half of height_mm, 40 mm: a ring with a hole"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 104, rim_width_mm: 6}"},
     "substrate.stiffener.thickness_mm: missing; must be a number from 0.1 to 20 mm"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 104, rim_width_mm: 6, thickness_mm: 1, material: steel-305}"},
     "steel-304"},
    {"102t-glass",
     {"substrate.stiffener={width_mm: 104, height_mm: 104, rim_width: 6, thickness_mm: 1}"},
     "did you mean 'rim_width_mm'?"},
};

INSTANTIATE_TEST_SUITE_P(Design, Contradictions, testing::ValuesIn(contradictions));

TEST(Design, BothWaysCountsHalf) {
  const Design design = read_design(
      open_design(reference / "102t-glass.yaml", {}, {"switch.direction=both_ways", "switch.bandwidth_Tbps=204.8"}));
  EXPECT_DOUBLE_EQ(design.traffic.bandwidth_Tbps, 102.4);
}

} // namespace
} // namespace beachfront::study
