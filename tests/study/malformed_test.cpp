// SPDX-License-Identifier: GPL-3.0-or-later
// One fault at a time put into a good design, and the message that an engineer must read. An expectation that ends in
// "..." is the beginning of the message; every other one is the whole of it.
#include "tests/study/good_design.hpp"

#include <gmock/gmock.h>

#include <cctype>

namespace beachfront::study {
namespace {

using example::edited;
using example::good_design;
using example::resolve_text;

struct Fault {
  const char* find;    ///< in the good design
  const char* replace; ///< with this
  const char* message;
};

/// One line of harmless characters: CMake reads it from the list of tests.
void PrintTo(const Fault& fault, std::ostream* out) {
  for (const char c : std::string(fault.find) + " to " + fault.replace)
    *out << (std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : ' ');
}

class Malformed : public ::testing::TestWithParam<Fault> {};

TEST_P(Malformed, IsToldInOneMessage) {
  const std::string text = edited(GetParam().find, GetParam().replace);
  const std::string message = message_of([&] { resolve_text(text); });
  const std::string expected = GetParam().message;
  if (expected.ends_with("...")) {
    EXPECT_THAT(message, ::testing::StartsWith(expected.substr(0, expected.size() - 3)));
  } else {
    EXPECT_EQ(message, expected);
  }
  EXPECT_EQ(message.find('\n'), std::string::npos) << "one line only";
}

INSTANTIATE_TEST_SUITE_P(
    UnknownKeys, Malformed,
    ::testing::Values(
        Fault{"  count: 4", "  cuont: 4",
              "x.yaml:19:3: engines.cuont: unknown key 'cuont'; did you mean 'count'? allowed here: count, spares, "
              "bandwidth_Tbps, ..."},
        Fault{"engines:", "engine:",
              "x.yaml:18:1: engine: unknown key 'engine'; did you mean 'engines'? allowed here: name, description, "
              "library, switch, asic, substrate, engines, waveguides, connectors, fibre_attach, laser, link, cooling, "
              "assembly, operation, comparison, fleet, uncertainty, fidelity"},
        Fault{"modulation:", "Modulation:",
              "x.yaml:5:3: switch.Modulation: unknown key 'Modulation'; did you mean 'modulation'? allowed here: ..."},
        Fault{"lanes_per_laser: 4", "lanes-per-laser: 4",
              "x.yaml:38:3: laser.lanes-per-laser: unknown key 'lanes-per-laser'; did you mean 'lanes_per_laser'? ..."},
        Fault{"  width_mm: 60", "  width_um: 60000",
              "x.yaml:12:3: substrate.width_um: unknown key 'width_um'; did you mean 'width_mm'? width_mm is in mm: "
              "60000 um = 60 mm; allowed here: kind, width_mm, ..."},
        Fault{"  width_mm: 60", "  width: 60",
              "x.yaml:12:3: substrate.width: unknown key 'width'; did you mean 'width_mm'? width_mm is in mm; allowed "
              "here: kind, ..."},
        Fault{"lane_rate_Gbps: 200", "lane_rate_Tbps: 0.2",
              "x.yaml:4:3: switch.lane_rate_Tbps: unknown key 'lane_rate_Tbps'; did you mean 'lane_rate_Gbps'? "
              "lane_rate_Gbps is in Gb/s: 0.2 Tb/s = 200 Gb/s; allowed here: ..."},
        Fault{"temperature_C: 217", "temperature_K: 490.15",
              "x.yaml:42:17: assembly[0].temperature_K: unknown key 'temperature_K'; did you mean 'temperature_C'? "
              "temperature_C is in C: 490.15 K = 217 C; allowed here: join, temperature_C"},
        Fault{"  kind: glass", "  kind: glass\n  die_gap_mm: 3",
              "x.yaml:12:3: substrate.die_gap_mm: unknown key 'die_gap_mm'; there is engines.placement.die_gap_mm; "
              "allowed here: kind, ..."},
        Fault{"{join: die,", "{join: die, colour: red,",
              "x.yaml:42:17: assembly[0].colour: unknown key 'colour'; allowed here: join, temperature_C"},
        Fault{
            "{thickness_um: 80}", "{thicknes_um: 80}",
            "x.yaml:9:15: asic.underfill.thicknes_um: unknown key 'thicknes_um'; did you mean 'thickness_um'? allowed "
            "here: material, thickness_um"},
        Fault{"min_pitch_um: 50", "pitch_um: 50",
              "x.yaml:32:37: waveguides.rules.pitch_um: unknown key 'pitch_um'; did you mean 'min_pitch_um'? allowed "
              "here: min_bend_radius_mm, min_pitch_um, ..."},
        Fault{"alternatives: []", "alternatives: [{use: mt}], a.b: 3",
              "x.yaml:43:41: comparison.a.b: unknown key 'a.b'; allowed here: pue, ..."}));

INSTANTIATE_TEST_SUITE_P(
    MissingKeys, Malformed,
    ::testing::Values(
        Fault{"  count: 4\n", "", "x.yaml:18:1: engines.count: missing; must be a whole number from 1 to 1024"},
        Fault{"name: good\n", "", "x.yaml:1:1: name: missing; must be a text"},
        Fault{"  modules: 4\n", "", "x.yaml:34:1: laser.modules: missing; must be a whole number from 1 to 10000"},
        Fault{"{join: die, ", "{",
              "x.yaml:42:5: assembly[0].join: missing; must be one of substrate, die, underfill, engine, stiffener, lid, board"},
        Fault{"  height_mm: 60\n", "", "x.yaml:10:1: substrate.height_mm: missing; must be a number from 10 to 600 mm"},
        Fault{"cooling:\n  lid: {width_mm: 50, height_mm: 50}\n", "",
              "x.yaml:1:1: cooling: missing; must be a block of keys"},
        Fault{"  recipe: two-step\n", "", "x.yaml:28:1: waveguides: needs one of recipe, or profile"},
        Fault{"connectors: {ferrule: mt-16}\n", "",
              "x.yaml:1:1: connectors: missing; must be a block of keys beside 'waveguides'"},
        Fault{"lid: {width_mm: 50, ", "lid: {",
              "x.yaml:40:3: cooling.lid.width_mm: missing; must be a number above 0 up to 600 mm"},
        Fault{"recipe: two-step", "profile: {delta_n: 0.01}",
              "x.yaml:30:3: waveguides.profile.kind: missing; must be one of gaussian, step_fibre, channel, "
              "surface_erfc, table"},
        Fault{"recipe: two-step", "profile: {kind: gaussian, delta_n: 0.01, half_width_x_um: 4}",
              "x.yaml:30:3: waveguides.profile.half_width_y_um: missing; must be a number above 0 up to 1000 um"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, Malformed,
    ::testing::Values(
        Fault{"  width_mm: 60", "  width_mm: -5",
              "x.yaml:12:13: substrate.width_mm: found -5; must be a number from 10 to 600 mm"},
        Fault{"  width_mm: 60", "  width_mm: 600.0001",
              "x.yaml:12:13: substrate.width_mm: found 600.0001; must be a number from 10 to 600 mm"},
        Fault{"  depth_mm: 6", "  depth_mm: 0",
              "x.yaml:22:13: engines.depth_mm: found 0; must be a number above 0 up to 100 mm"},
        Fault{
            "  width_mm: 60", "  width_mm: 60mm",
            "x.yaml:12:13: substrate.width_mm: found '60mm'; must be a number from 10 to 600 mm; write 60 and keep the "
            "unit in the key"},
        Fault{"  width_mm: 60", "  width_mm: 60 mm",
              "x.yaml:12:13: substrate.width_mm: found '60 mm'; must be a number from 10 to 600 mm; write 60 and keep "
              "the unit in the key"},
        Fault{"  width_mm: 60", "  width_mm: \"60\"",
              "x.yaml:12:13: substrate.width_mm: found '60'; must be a number from 10 to 600 mm; remove the quotes"},
        Fault{
            "  width_mm: 60", "  width_mm: 1_00",
            "x.yaml:12:13: substrate.width_mm: found '1_00'; must be a number from 10 to 600 mm; write a decimal point "
            "and no grouping, as 1234.5"},
        Fault{
            "  width_mm: 60", "  width_mm: 60,5",
            "x.yaml:12:13: substrate.width_mm: found '60,5'; must be a number from 10 to 600 mm; write a decimal point "
            "and no grouping, as 1234.5"},
        Fault{"  width_mm: 60", "  width_mm: 0x3C",
              "x.yaml:12:13: substrate.width_mm: found '0x3C'; must be a number from 10 to 600 mm; write a decimal "
              "number"},
        Fault{"  width_mm: 60", "  width_mm: 060",
              "x.yaml:12:13: substrate.width_mm: found '060'; must be a number from 10 to 600 mm; write it without "
              "leading zeros"},
        Fault{"  width_mm: 60", "  width_mm: .nan",
              "x.yaml:12:13: substrate.width_mm: found '.nan'; must be a number from 10 to 600 mm; write a finite "
              "number"},
        Fault{"  width_mm: 60", "  width_mm: .inf",
              "x.yaml:12:13: substrate.width_mm: found '.inf'; must be a number from 10 to 600 mm; write a finite "
              "number"},
        Fault{"  width_mm: 60", "  width_mm: 1e999",
              "x.yaml:12:13: substrate.width_mm: found '1e999'; must be a number from 10 to 600 mm; it is too large or "
              "too "
              "small for a number"},
        Fault{"  width_mm: 60", "  width_mm: wide",
              "x.yaml:12:13: substrate.width_mm: found 'wide'; must be a number from 10 to 600 mm"},
        Fault{"  width_mm: 60",
              "  width_mm:", "x.yaml:12:3: substrate.width_mm: found nothing; must be a number from 10 to 600 mm"},
        Fault{"  width_mm: 60", "  width_mm: [60]",
              "x.yaml:12:13: substrate.width_mm: found a list of 1; must be a number from 10 to 600 mm"},
        Fault{"  width_mm: 60", "  width_mm: {is: 60}",
              "x.yaml:12:13: substrate.width_mm: found a map; must be a number from 10 to 600 mm"},
        Fault{"  count: 4", "  count: 4.5",
              "x.yaml:19:10: engines.count: found 4.5; must be a whole number from 1 to 1024"},
        Fault{"  count: 4", "  count: 0",
              "x.yaml:19:10: engines.count: found 0; must be a whole number from 1 to 1024"},
        Fault{"  count: 4", "  count: four",
              "x.yaml:19:10: engines.count: found 'four'; must be a whole number from 1 to 1024"},
        Fault{"  count: 4", "  count: 16x",
              "x.yaml:19:10: engines.count: found '16x'; must be a whole number from 1 to 1024; "
              "write 16 and keep the unit in the key"},
        Fault{"min_bend_radius_mm: auto", "min_bend_radius_mm: atuo",
              "x.yaml:32:31: waveguides.rules.min_bend_radius_mm: found 'atuo'; must be a number above 0 up to 1000 "
              "mm, or "
              "auto; did you mean 'auto'?"},
        Fault{"wavelength_um: 1.31", "wavelength_um: 1310",
              "x.yaml:31:18: waveguides.wavelength_um: found 1310; must be a number from 0.3 to 3 um"},
        Fault{"wavelength_um: 1.31", "wavelength_um: [1.31, 1550]",
              "x.yaml:31:25: waveguides.wavelength_um[1]: found 1550; must be a number from 0.3 to 3 um"},
        Fault{"wavelength_um: 1.31", "wavelength_um: []",
              "x.yaml:31:18: waveguides.wavelength_um: found a list of 0; must be a number from 0.3 to 3 um, or a list "
              "of "
              "such numbers"},
        Fault{"wavelength_um: 1.31", "wavelength_um: 1.31\n  bend_radii_mm: [10, ten]",
              "x.yaml:32:23: waveguides.bend_radii_mm[1]: found 'ten'; must be a number above 0 up to 1000 mm"},
        Fault{"alternatives: []", "alternatives: [], conversion_loss_fraction: 1",
              "x.yaml:43:58: comparison.conversion_loss_fraction: found 1; must be a number from 0 to below 1"}));

INSTANTIATE_TEST_SUITE_P(
    WordsListsAndBlocks, Malformed,
    ::testing::Values(
        Fault{"modulation: pam4", "modulation: pam5",
              "x.yaml:5:15: switch.modulation: found 'pam5'; must be one of nrz, pam4; did you mean 'pam4'?"},
        Fault{"modulation: pam4", "modulation: PAM4",
              "x.yaml:5:15: switch.modulation: found 'PAM4'; must be one of nrz, pam4; did you mean 'pam4'?"},
        Fault{"location: external", "location: moon",
              "x.yaml:35:13: laser.location: found 'moon'; must be one of external, in_engine"},
        Fault{"comparison:", "fidelity: {geometry: full}\ncomparison:",
              "x.yaml:43:22: fidelity.geometry: found 'full'; must be fast; the field solvers are not in this version; "
              "fast is the closed form or plate model"},
        Fault{"comparison:", "fidelity: {thermal: exact}\ncomparison:",
              "x.yaml:43:21: fidelity.thermal: found 'exact'; must be one of fast, full"},
        Fault{"power_W: 120}", "power_W: 120, power_map: [{name: hot, x_mm: 0, y_mm: 0, width_mm: 1, height_mm: 1}]}",
              "x.yaml:8:74: asic.dies[0].power_map[0].power_W: missing; must be a number from 0 to 100000 W"},
        Fault{"laser: 4}", "laser: 4, mirror_alternate: yes}",
              "x.yaml:24:61: engines.optical_ports.mirror_alternate: found 'yes'; must be true or false; write true"},
        Fault{"laser: 4}", "laser: 4, mirror_alternate: \"true\"}",
              "x.yaml:24:61: engines.optical_ports.mirror_alternate: found 'true'; must be true or false; remove the "
              "quotes"},
        Fault{"laser: 4}", "laser: 4, mirror_alternate: 1}",
              "x.yaml:24:61: engines.optical_ports.mirror_alternate: found 1; must be true or false"},
        Fault{"sides: [N, E, S, W]", "sides: N",
              "x.yaml:26:12: engines.placement.sides: found 'N'; must be a list of 1 to 4, each one of N, E, S, W; "
              "write [N]"},
        Fault{"sides: [N, E, S, W]", "sides: [N, X]",
              "x.yaml:26:16: engines.placement.sides[1]: found 'X'; must be one of N, E, S, W..."},
        Fault{"sides: [N, E, S, W]", "sides: [N, E, N]",
              "x.yaml:26:19: engines.placement.sides[2]: found 'N' a second time; must be given once"},
        Fault{"sides: [N, E, S, W]", "sides: []",
              "x.yaml:26:12: engines.placement.sides: found a list of 0; must be a list of 1 to 4, each one of N, E, "
              "S, W"},
        Fault{"name: good", "name: {a: b}", "x.yaml:1:7: name: found a map; must be a text"},
        Fault{"name: good", "name: ''", "x.yaml:1:7: name: found ''; must be a text"},
        Fault{"cooling:\n  lid: {width_mm: 50, height_mm: 50}", "cooling: cold",
              "x.yaml:39:10: cooling: found 'cold'; must be a block of keys"},
        Fault{"cooling:\n  lid: {width_mm: 50, height_mm: 50}", "cooling:\n#  lid: none",
              "x.yaml:39:1: cooling: found nothing; must be a block of keys"},
        Fault{"assembly:", "operation:\n#  idle_C: 30\nassembly:",
              "x.yaml:41:1: operation: found nothing; must be a block of keys; leave the key out to get its "
              "defaults"},
        Fault{"    - {name: die, width_mm: 15, height_mm: 15, power_W: 120}", "    {name: die}",
              "x.yaml:8:5: asic.dies: found a map; must be a list of at least 1, each a block of keys"},
        Fault{"recipe: two-step", "profile: {kind: gausian, delta_n: 0.01}",
              "x.yaml:30:19: waveguides.profile.kind: found 'gausian'; must be one of gaussian, step_fibre, channel, "
              "surface_erfc, table; did you mean 'gaussian'?"},
        Fault{"recipe: two-step", "profile: {kind: channel, width_um: 6, height_um: 6, core_index: 1.46, delta_n: 0.1}",
              "x.yaml:30:73: waveguides.profile.delta_n: unknown key 'delta_n'; there is waveguides.profile.delta_n "
              "of kind gaussian; allowed here: kind, width_um, height_um, core_index, depth_um"},
        Fault{
            "recipe: two-step", "recipe: two-step\n  profile: {kind: table, file: a.csv}",
            "x.yaml:31:3: waveguides.profile: found 'profile' beside 'recipe'; must be only one of recipe, or profile"},
        Fault{
            "comparison:", "fibre_attach: {fibre_pitch_um: 127}\ncomparison:",
            "x.yaml:43:1: fibre_attach: found 'fibre_attach' beside 'waveguides'; must be only one of waveguides with "
            "connectors, or fibre_attach"}));

INSTANTIATE_TEST_SUITE_P(
    Library, Malformed,
    ::testing::Values(
        Fault{
            "glass: soda", "glass: sodda",
            "x.yaml:29:10: waveguides.glass: found 'sodda'; must be an entry of the library's glasses (bk, soda); did "
            "you mean 'soda'?"},
        Fault{"ferrule: mt-16", "ferrule: lc-duplex",
              "x.yaml:33:23: connectors.ferrule: found 'lc-duplex'; must be an entry of the library's ferrules "
              "(mt-16); or "
              "write the whole entry here"},
        Fault{
            "alternatives: []", "alternatives: [dsp]",
            "x.yaml:43:29: comparison.alternatives[0]: found 'dsp'; must be an entry of the library's transceivers; or "
            "write the whole entry here"},
        Fault{"glass: soda", "glass: {use: soad}",
              "x.yaml:29:16: waveguides.glass.use: found 'soad'; must be an entry of the library's glasses (bk, soda); "
              "did "
              "you mean 'soda'?"},
        Fault{"glass: soda", "glass: {use: soda, indx: 1.5}",
              "x.yaml:29:22: waveguides.glass.indx: unknown key 'indx'; did you mean 'index'? allowed here: name, "
              "source, "
              "material, index, ..."},
        Fault{"glass: soda", "glass: {use: soda, index: 0.5}",
              "x.yaml:29:29: waveguides.glass.index: found 0.5; must be a number from 1 to 4"},
        Fault{"glass: soda", "glass: {index: 1.5}",
              "x.yaml:29:3: waveguides.glass.ion_exchangeable: missing; must be true or false"},
        Fault{"glass: soda", "glass: [soda]",
              "x.yaml:29:10: waveguides.glass: found a list of 1; must be an entry of the library's glasses"},
        Fault{"glass: soda",
              "glass:", "x.yaml:29:3: waveguides.glass: found nothing; must be an entry of the library's glasses"},
        Fault{"material: glass,", "material: {use: glass, cte_ppm_per_C: 7},",
              "x.yaml:16:43: substrate.stack_up[1].material.cte_ppm_per_C: unknown key 'cte_ppm_per_C'; did you mean "
              "'cte_ppm_per_K'? ..."},
        Fault{"recipe: two-step",
              "recipe: {use: two-step, steps: [{kind: exchange, temperature_C: 300, time_min: -5}]}",
              "x.yaml:30:82: waveguides.recipe.steps[0].time_min: found -5; must be a number above 0 up to 100000 "
              "min"}));

INSTANTIATE_TEST_SUITE_P(
    Curves, Malformed,
    ::testing::Values(
        Fault{"lanes_per_laser: 4", "lanes_per_laser: 4\n  efficiency_curve: [{temperature_C: 25, efficiency: 0.2}]",
              "x.yaml:39:21: laser.efficiency_curve: found a list of 1; must be a list of at least 2, each a block of "
              "keys"},
        Fault{"lanes_per_laser: 4",
              "lanes_per_laser: 4\n  efficiency_curve: [{temperature_C: 25, efficiency: 0.2}, {temperature_C: 80, "
              "efficiency: 0}]",
              "x.yaml:39:92: laser.efficiency_curve[1].efficiency: found 0; must be a number above 0 up to 1"},
        Fault{"lanes_per_laser: 4",
              "lanes_per_laser: 4\n  efficiency_curve: [{temperature_C: 25, efficiency: 0.2}, {temperature_C: 80, "
              "efficiency_percent: 10}]",
              "x.yaml:39:80: laser.efficiency_curve[1].efficiency_percent: unknown key 'efficiency_percent'; allowed "
              "here: temperature_C, efficiency"},
        Fault{"lanes_per_laser: 4",
              "lanes_per_laser: 4\n  efficiency_curve: [{temperature_C: 25, efficiency: 0.2}, {temperature_C: 80}]",
              "x.yaml:39:60: laser.efficiency_curve[1].efficiency: missing; must be a number above 0 up to 1"}));

INSTANTIATE_TEST_SUITE_P(
    Ranges, Malformed,
    ::testing::Values(
        Fault{"comparison: {alternatives: []}",
              "comparison: {alternatives: []}\nuncertainty: {inputs: [{path: link.ageing_dB, low: 1}]}",
              "x.yaml:44:24: uncertainty.inputs[0].high: missing; must be a number beside 'low'"},
        Fault{"comparison: {alternatives: []}",
              "comparison: {alternatives: []}\nuncertainty: {inputs: [{path: link.ageing_dB, low: 1, high_factor: 2}]}",
              "x.yaml:44:55: uncertainty.inputs[0].high_factor: found 'high_factor' beside 'low'; must be only one of "
              "low with high, or low_factor with high_factor"},
        Fault{"comparison: {alternatives: []}",
              "comparison: {alternatives: []}\nuncertainty: {inputs: [{path: link.ageing_dB}]}",
              "x.yaml:44:24: uncertainty.inputs[0]: needs one of low with high, or low_factor with high_factor"},
        Fault{"comparison: {alternatives: []}",
              "comparison: {alternatives: []}\nuncertainty: {inputs: [{path: link.ageing_dB, low_factor: 1.2, "
              "high_factor: 2}]}",
              "x.yaml:44:59: uncertainty.inputs[0].low_factor: found 1.2; must be a number from 0 to 1"},
        Fault{"comparison: {alternatives: []}", "comparison: {alternatives: []}\nuncertainty: {samples: -1}",
              "x.yaml:44:24: uncertainty.samples: found -1; must be a whole number from 0 to 100000"}));

INSTANTIATE_TEST_SUITE_P(
    Yaml, Malformed,
    ::testing::Values(
        Fault{"  count: 4", "  count: 4\n  count: 5",
              "x.yaml:20:3: engines.count: found 'count' a second time (first on line 19); must be given once"},
        Fault{"  count: 4", "\tcount: 4", "x.yaml:19:1: found a tab in the indentation; YAML wants spaces"},
        Fault{"  count: 4", "  <<: {a: 1}",
              "x.yaml:19:3: engines.<<: found a merge key; write the keys out, or use a library entry with changes"},
        Fault{"  count: 4", "  [a, b]: 4",
              "x.yaml:19:3: engines: found a list as a key; must be a plain word; is a bracket left open?"},
        Fault{"  count: 4", "  : 4", "x.yaml:19:3: engines: found nothing as a key; must be a plain word..."},
        Fault{"  count: 4", "  count: !!int 4",
              "x.yaml:19:10: engines.count: found the tag tag:yaml.org,2002:int; tags are not used"},
        Fault{"  count: 4", "  count: *other", "x.yaml:19:10: not valid YAML: the referenced anchor is not defined"},
        Fault{"{ferrule: mt-16}", "{ferrule: mt-16",
              "x.yaml:34:6: not valid YAML: a '}' is missing, or a text with [ ] { } or , needs quotes"},
        Fault{"name: good", "name: \"good", "x.yaml:1:7: name: not valid YAML: a closing quote is missing"},
        Fault{"name: good", "name: 'it''s", "x.yaml:1:7: name: not valid YAML: a closing quote is missing"},
        Fault{"name: good", "name: @good", "x.yaml:1:7: not valid YAML: ..."},
        Fault{"name: good", "name: good\rx", "x.yaml:1:11: found the control character 0x0d; must be text"},
        Fault{"  count: 4", "  count 4",
              "x.yaml:20:17: not valid YAML: a ':' where no key can be: is the indentation right, does a text need "
              "quotes?"},
        Fault{"sides: [N, E, S, W]", "sides: [N, E, S, W",
              "x.yaml:27:13: not valid YAML: a ']' is missing, or a text with [ ] { } or , needs quotes"},
        Fault{"name: good", "name: a: b",
              "x.yaml:1:8: not valid YAML: a ':' where no key can be: is the indentation right, does a "
              "text need quotes?"},
        Fault{"comparison:", "---\ncomparison:", "x.yaml:43:1: found a second document ('---'); must be one"},
        Fault{"name: good", "name: g\x01", "x.yaml:1:8: found the control character 0x01; must be text"},
        Fault{"name: good", "name: g\xFF",
              "x.yaml:1:8: found the byte 0xff, which is no UTF-8; save the file as UTF-8"}));

TEST(Malformed, GoodDesignIsGood) {
  EXPECT_NO_THROW(resolve_text(good_design));
}

/// The parts are there for programs, not only the message.
TEST(Malformed, ErrorsKeepTheirParts) {
  try {
    resolve_text(edited("  count: 4", "  cuont: 4"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.file, "x.yaml");
    EXPECT_EQ(error.line, 19);
    EXPECT_EQ(error.column, 3);
    EXPECT_EQ(error.path, "engines.cuont");
    EXPECT_EQ(error.found, "cuont");
    EXPECT_EQ(error.nearest, "count");
    EXPECT_THAT(error.allowed, ::testing::HasSubstr("count, spares"));
  }
  try {
    resolve_text(edited("modulation: pam4", "modulation: pam5"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.found, "'pam5'");
    EXPECT_EQ(error.allowed, "one of nrz, pam4");
    EXPECT_EQ(error.nearest, "pam4");
  }
}

} // namespace
} // namespace beachfront::study
