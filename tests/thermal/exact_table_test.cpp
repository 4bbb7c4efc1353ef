// SPDX-License-Identifier: GPL-3.0-or-later
// The table of exact cases in docs/validation-thermal.md: this test writes it anew and holds the committed one to it.
// To add rows, append to a section's function or add a function to `sections`.
#include "tests/thermal/validation_materials.hpp"
#include "thermal/conduction.hpp"
#include "thermal/fracture.hpp"
#include "thermal/interface_stress.hpp"
#include "thermal/laminate.hpp"
#include "thermal/solder.hpp"
#include "thermal/spreading.hpp"
#include "thermal/via_stress.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace beachfront::thermal {
namespace {

struct Row {
  std::string name; ///< number in docs/facts/thermal.md section 6, and what it is
  std::string figure;
  int digits = 0; ///< significant digits of `expected`
  double expected = 0;
  double found = 0;
  double tolerance = 0; ///< relative, absolute where 0 is expected
};
using Rows = std::vector<Row>;
using Layers = std::vector<ElasticLayer>;

double error(const Row& row) {
  const double difference = std::abs(row.found - row.expected);
  return row.expected == 0 ? difference : difference / std::abs(row.expected);
}

/// Stress of layer i at its bottom (share 0) or top (share 1).
double stress(const Layers& layers, std::size_t i, double share, Constraint constraint = Constraint::equibiaxial) {
  const double bottom_um = thickness_um(std::span(layers).first(i));
  return stress_MPa(layers[i], constraint, free_bending(layers, constraint),
                    bottom_um + share * layers[i].thickness_um);
}

double curvature(const Layers& layers, Constraint constraint = Constraint::equibiaxial) {
  return free_bending(layers, constraint).curvature_per_mm;
}

Rows stack_and_spreading() {
  const std::vector<ConductiveLayer> line{{775, 120}, {200, 80}, {2000, 390}, {100, 4}};
  const double resistance = stack_resistance_K_per_W(line, 625) + film_resistance_K_per_W(2e4, 625);
  Rows rows{{"5 one-dimensional stack", "R, K/W", 9, 0.142538462, resistance, 4e-9},
            {"5", "junction at 500 W, C", 9, 106.269231, 35 + 500 * resistance, 4e-9}};
  struct Film {
    double transfer, lee_mean, lee_peak, mean, centre;
  };
  const geometry::Box source{{27.5, 27.5}, {52.5, 52.5}}, middle{{40, 40}, {40, 40}};
  for (const Film& f : {Film{1000, 0.279901837, 0.324235713, 0.28434102, 0.32651782},
                        Film{5000, 0.122125711, 0.154631454, 0.11799281, 0.14848317},
                        Film{20000, 0.055690978, 0.072680031, 0.05210850, 0.06772163}}) {
    const SpreadingResistance lee = lee_spreading(625, 6400, 2, 390, f.transfer);
    const SlabSeries series = slab_series({{{0, 0}, {80, 80}}, {{2, 390, 390}}, f.transfer});
    const std::string name = fmt::format("6 source on a lid, h {:g}", f.transfer);
    rows.push_back({name, "Lee mean, K/W", 9, f.lee_mean, lee.mean_K_per_W, 1e-8});
    rows.push_back({name, "Lee peak, K/W", 9, f.lee_peak, lee.peak_K_per_W, 1e-8});
    rows.push_back({name, "series mean, K/W", 8, f.mean, influence_K_per_W(series, source, source), 1e-6});
    rows.push_back({name, "series centre, K/W", 8, f.centre, influence_K_per_W(series, source, middle), 1e-6});
  }
  return rows;
}

Rows fourier_slabs() {
  struct Place {
    double x, y, expected_C;
  };
  struct Case {
    std::string name;
    Slab slab;
    geometry::Box source;
    double power_W, coolant_C;
    std::vector<Place> places;
  };
  const std::vector<Case> cases{
      {"7 centred source",
       {{{0, 0}, {40, 40}}, {{2, 150, 150}}, 5000},
       {{15, 15}, {25, 25}},
       50,
       25,
       {{20, 20, 56.04338}, {25, 20, 46.50215}, {25, 25, 40.67197}, {40, 40, 27.038788}}},
      {"7b eccentric source",
       {{{0, 0}, {60, 40}}, {{3, 390, 390}}, 8000},
       {{10, 12}, {30, 24}},
       200,
       40,
       {{20, 18, 73.407382}, {10, 12, 59.814503}, {30, 24, 57.090154}, {60, 40, 42.127547}}},
      {"7c three layers",
       {{{0, 0}, {50, 50}}, {{0.775, 120, 120}, {0.05, 4, 4}, {3, 390, 390}}, 2e4},
       {{12.5, 12.5}, {37.5, 37.5}},
       500,
       30,
       {{25, 25, 75.33545}, {37.5, 25, 55.85829}, {37.5, 37.5, 45.33013}, {50, 50, 33.222793}}}};
  Rows rows;
  for (const Case& c : cases) {
    const SlabSeries series = slab_series(c.slab);
    for (const Place& p : c.places)
      rows.push_back({c.name, fmt::format("at ({:g}, {:g}), C", p.x, p.y), 8, p.expected_C,
                      c.coolant_C + c.power_W * influence_K_per_W(series, c.source, {{p.x, p.y}, {p.x, p.y}}), 1e-6});
  }
  return rows;
}

Rows bimetal_and_stoney() {
  const Layers strip{cooled(si, 0.5), cooled(cu, 0.2)};
  const Layers film{cooled(si, 0.775), cooled(cu, 0.001)};
  constexpr Constraint beam = Constraint::beam;
  const double film_MPa = 117e3 / (1 - 0.34) * 14.4e-6 * 195;
  return {
      {"1 bimetal, beam", "curvature, 1/mm", 10, -4.776971683e-3, curvature(strip, beam), 1e-9},
      {"1", "silicon at the bond, MPa", 8, -194.34541, stress(strip, 0, 1, beam), 3e-8},
      {"1", "silicon outside, MPa", 8, 116.15775, stress(strip, 0, 0, beam), 5e-8},
      {"1", "copper at the bond, MPa", 8, 153.62513, stress(strip, 1, 0, beam), 4e-8},
      {"1b bimetal, plate", "curvature, 1/mm", 10, -4.888978280e-3, curvature(strip), 1e-9},
      {"1b", "silicon at the bond, MPa", 8, -276.52828, stress(strip, 0, 1), 2e-8},
      {"1b", "copper at the bond, MPa", 8, 226.28133, stress(strip, 1, 0), 3e-8},
      {"1c film, Stoney's limit", "exact curvature, 1/mm", 10, 2.743699781e-5, -curvature(film), 1e-9},
      {"1c", "Stoney's, 0.378 % above", 10, 2.754076625e-5, 6 * film_MPa * 0.001 / (130e3 / (1 - 0.28) * 0.775 * 0.775),
       1e-9},
  };
}

Rows laminates() {
  const auto four = [](const geometry::Material& core) {
    return Layers{cooled(core, 1.2), cooled(abf, 0.2), cooled(uf, 0.1), cooled(si, 0.775)};
  };
  const Layers organic = four(org11), eagle = four(exg), alkali = four(g83);
  const Layers flat{cooled(abf, 0.2), cooled(exg, 1.2), cooled(abf, 0.2)};
  return {
      {"2 four layers, laminate 11", "curvature, 1/mm", 11, 1.0920950087e-3, curvature(organic), 1e-9},
      {"2", "silicon's bottom, MPa", 9, -100.354231, stress(organic, 3, 0), 1e-8},
      {"2", "silicon's top, MPa", 8, 52.463230, stress(organic, 3, 1), 2e-8},
      {"2", "ABF's bottom, MPa", 8, 44.389739, stress(organic, 1, 0), 2e-8},
      {"2", "underfill's top, MPa", 8, 57.160501, stress(organic, 2, 1), 2e-8},
      {"2", "core's bottom, MPa", 8, -18.068393, stress(organic, 0, 0), 4e-8},
      {"2b four layers, EAGLE XG", "curvature, 1/mm", 11, 6.5498704567e-5, curvature(eagle), 1e-9},
      {"2b", "silicon's bottom, MPa", 8, -18.273633, stress(eagle, 3, 0), 4e-8},
      {"2b", "glass's top, MPa", 6, -0.927879, stress(eagle, 0, 1), 6e-7},
      {"2c four layers, glass 8.3", "curvature, 1/mm", 11, 7.1247762903e-4, curvature(alkali), 1e-9},
      {"2c", "silicon's bottom, MPa", 8, -76.517532, stress(alkali, 3, 0), 1e-8},
      {"2d symmetric stack", "curvature, 1/mm", 1, 0, curvature(flat), 1e-15},
      {"2d", "ABF, MPa", 8, 48.693153, stress(flat, 0, 0), 2e-8},
      {"2d", "glass, MPa", 8, -16.231051, stress(flat, 1, 1), 4e-8},
  };
}

Rows interfaces() {
  const auto plate = [](const geometry::Material& m, double thickness_mm, double change_K) {
    const ElasticLayer l = cooled(m, thickness_mm, change_K);
    return Adherend{l.thickness_um, l.youngs_modulus_GPa, l.poisson_ratio, l.thermal_strain, 0};
  };
  const auto bond = [](const geometry::Material& m, double thickness_um) {
    return BondLayer{thickness_um, m.youngs_modulus_GPa, m.poisson_ratio};
  };
  const auto pair = [&](const geometry::Material& core, const geometry::Material& joint) {
    return BondedPair{plate(si, 0.775, cooling_K), bond(joint, 100), plate(core, 1.2, cooling_K), 15};
  };
  struct Core {
    geometry::Material core;
    double underfill_MPa, solder_MPa;
  };
  Rows rows;
  for (const Core& c :
       {Core{org15, 27.005913, 31.884616}, Core{org11, 18.294328, 21.599256}, Core{exg, 2.119550, 2.848866},
        Core{g55, 10.882092, 14.663114}, Core{g83, 21.600087, 29.238209}}) {
    rows.push_back({"3 Suhir, underfill, " + c.core.name, "peak shear, MPa", 8, c.underfill_MPa,
                    shear_lag(pair(c.core, uf)).peak_shear_MPa, 5e-7});
    rows.push_back({"3b Suhir, solder, " + c.core.name, "peak shear, MPa", 8, c.solder_MPa,
                    shear_lag(pair(c.core, sac)).peak_shear_MPa, 5e-7});
  }
  struct Nelson {
    geometry::Material core;
    double rate, shear;
  };
  for (const Nelson& n :
       {Nelson{org15, 1.12359306, 64.722547}, Nelson{exg, 0.79939869, 4.181715}, Nelson{g83, 0.78993802, 42.317967}}) {
    rows.push_back(
        {"4 Chen-Nelson, " + n.core.name, "decay, 1/mm", 9, n.rate, chen_nelson_rate_per_mm(pair(n.core, uf)), 1e-8});
    rows.push_back({"4 Chen-Nelson, " + n.core.name, "peak shear, MPa", 8, n.shear,
                    chen_nelson_shear_MPa(pair(n.core, uf)), 3e-7});
  }
  return rows;
}

Rows fracture_and_vias() {
  const geometry::Material copper_rich = elastic_material("copper-rich", 45, 0.32, 20);
  struct Split {
    geometry::Material glass, build_up;
    double glass_mm, build_up_mm, rate;
  };
  Rows rows;
  for (const Split& s :
       {Split{exg, abf, 1.2, 0.2, 9.75690}, Split{exg, abf, 0.8, 0.2, 16.43985}, Split{exg, abf, 0.8, 0.1, 3.38204},
        Split{exg, abf, 1.2, 0.1, 2.05271}, Split{exg, abf, 1.2, 0.3, 24.65977}, Split{exg, abf, 0.4, 0.1, 8.21992},
        Split{exg, copper_rich, 1.2, 0.2, 76.2056}, Split{g83, abf, 0.8, 0.2, 11.98769},
        Split{g83, copper_rich, 0.8, 0.2, 46.02904}}) {
    const Layers layers{cooled(s.build_up, s.build_up_mm), cooled(s.glass, s.glass_mm),
                        cooled(s.build_up, s.build_up_mm)};
    rows.push_back({fmt::format("11 splitting, {:g} mm {} in {:g} mm {}", s.glass_mm, s.glass.name, s.build_up_mm,
                                s.build_up.name),
                    "J/m2", 7, s.rate, splitting_J_per_m2(layers, thickness_um(layers) / 2), 3e-6});
  }
  const geometry::Material silica = elastic_material("silica", 72.7, 0.16, 0.55);
  struct Via {
    geometry::Material glass;
    double from_C, to_C, face, inside;
  };
  for (const Via& v : {Via{exg, 220, 25, 120.64833, 177.34673}, Via{exg, 25, 255, -142.30316, -209.17819},
                       Via{g83, 220, 25, 78.96140, 116.52554}, Via{silica, 220, 25, 148.52751, 219.07130}}) {
    const std::string name = fmt::format("13 copper via in {}, {:g} K", v.glass.name, v.to_C - v.from_C);
    rows.push_back({name, "radial at a face, MPa", 8, v.face,
                    via_stress(cu, v.glass, ViaDepth::face, v.from_C, v.to_C).radial_MPa, 1e-7});
    rows.push_back({name, "radial inside, MPa", 8, v.inside,
                    via_stress(cu, v.glass, ViaDepth::inside, v.from_C, v.to_C).radial_MPa, 1e-7});
  }
  return rows;
}

Rows solder() {
  return {
      {"8c Engelmaier by hand, tin-lead", "cycles", 10, 121.8015797, *cycles_to_failure(tin_lead, 0.065, 55, 15), 1e-9},
      {"16 Anand, 25 C, 1e-3 1/s", "saturation, MPa", 5, 42.085, saturation_stress_MPa(sac305_anand, 1e-3, 25), 2e-5},
      {"16 Anand, 125 C, 1e-5 1/s", "saturation, MPa", 5, 13.036, saturation_stress_MPa(sac305_anand, 1e-5, 125),
       4e-5}};
}

Rows all_rows() {
  Rows rows;
  for (const auto section :
       {stack_and_spreading, fourier_slabs, bimetal_and_stoney, laminates, interfaces, fracture_and_vias, solder})
    for (Row& row : section())
      rows.push_back(std::move(row));
  return rows;
}

/// One digit, so that the last bits of a compiler do not show.
std::string printed_error(const Row& row) {
  constexpr double rounding = 1e-11;
  const double least = row.expected == 0 ? row.tolerance : rounding;
  return error(row) < least ? fmt::format("< {:.0e}", least) : fmt::format("{:.0e}", error(row));
}

std::string table(const Rows& rows) {
  std::string text = "| case | figure | expected | found | error | tolerance |\n|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    // The rounding noise of an exact 0 is not printed.
    const double found = row.expected == 0 && error(row) < row.tolerance ? 0 : row.found;
    text += fmt::format("| {} | {} | {:.{}g} | {:.{}g} | {} | {:.0e} |\n", row.name, row.figure, row.expected,
                        row.digits, found, row.digits, printed_error(row), row.tolerance);
  }
  return text;
}

const std::string path = std::string(BEACHFRONT_SOURCE_DIR) + "/docs/validation-thermal.md";
const std::string begin = "<!-- exact cases: written by ExactTable -->\n", end = "<!-- end of exact cases -->\n";

std::string document() {
  std::ifstream stream(path);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST(ExactTable, EveryErrorIsWithinItsTolerance) {
  for (const Row& row : all_rows())
    EXPECT_LE(error(row), row.tolerance) << row.name << ", " << row.figure << ": " << row.found;
}

TEST(ExactTable, CommittedTableIsTheComputedOne) {
  const std::string text = document(), expected = begin + table(all_rows()) + end;
  EXPECT_NE(text.find(expected), std::string::npos)
      << "run: thermal_tests --gtest_also_run_disabled_tests --gtest_filter='*RewriteCommittedTable'";
}

/// Not a test: writes the table into the document.
TEST(ExactTable, DISABLED_RewriteCommittedTable) {
  std::string text = document();
  const std::size_t from = text.find(begin), to = text.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos) << path << " has lost its marks";
  text.replace(from, to - from, begin + table(all_rows()));
  std::ofstream(path) << text;
}

} // namespace
} // namespace beachfront::thermal
