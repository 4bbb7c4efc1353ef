// SPDX-License-Identifier: GPL-3.0-or-later
// What has been published of glass and organic packages (docs/facts/thermal.md sections 0 and 3), in three dimensions:
// size where the source or CalculiX gives one, else the sign. The table in docs/validation-thermal.md is written here.
#include "tests/thermal/bonded_bricks.hpp"
#include "tests/thermal/committed_block.hpp"
#include "tests/thermal/reference_package.hpp"
#include "tests/thermal/validation_materials.hpp"
#include "thermal/package_heat.hpp"
#include "thermal/solid_figures.hpp"
#include "thermal/solid_mechanics.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numbers>
#include <string>
#include <vector>

namespace beachfront::thermal {
namespace {

using Steps = std::vector<BondedStep>;
using Bricks = std::vector<ElasticBrick>;

/// A claim beside what the solvers give. Text in the table; the figures are checked where they arise.
struct Trend {
  std::string claim, source, published, ours, explained;
};
using Trends = std::vector<Trend>;

geometry::Box square(double width_mm) {
  return geometry::box_around({0, 0}, width_mm, width_mm);
}

// ---- finding 1: bow of a die on glass and on laminate

/// Dielectric and half-patterned copper as one (docs/facts/thermal.md 1.3).
const geometry::Material patterned = elastic_material("build-up", 23.7, 0.30, 20.9);

constexpr GridRules plate_rules{0.4, 4, 2, 0, 450};
/// The lower face's rim goes down by 1 to 2 um more where soft build-up contracts freely, in its outer half millimetre.
constexpr GridRules rim_rules{0.05, 4, 2, 0, 450};

/// Case 9: a die of 30 mm on 90 mm of core, with 0.2 mm of build-up on either side if there is one.
Bricks case_9(const geometry::Material& core, const geometry::Material* build_up, Part ply = Part::ply) {
  Bricks all;
  double z = 0;
  const auto add = [&](Part part, double width_mm, double thickness_mm, const geometry::Material& m) {
    all.push_back(brick(part, square(width_mm), z, z + thickness_mm, m));
    z += thickness_mm;
  };
  if (build_up != nullptr)
    add(ply, 90, 0.2, *build_up);
  add(ply, 90, 1.2, core);
  if (build_up != nullptr)
    add(ply, 90, 0.2, *build_up);
  add(Part::die_joint, 30, 0.1, uf);
  add(Part::die, 30, 0.775, si);
  return all;
}

double corner_um(const geometry::Material& core, const geometry::Material* build_up) {
  const Bricks bricks = case_9(core, build_up, Part::engine); // an engine's edges have fine cells
  const Grid grid = quarter(bricks, rim_rules);
  const Tensors all = tensors_of(bricks);
  const Steps steps{solved(Stiffness(grid, all), all, free_strains(grid, bricks, cooling_K))};
  return lift_um(grid, steps, {45, 45, 0});
}

void add_bows(Trends& trends) {
  struct Case {
    const char* claim;
    const geometry::Material* build_up;
    double glass_um, laminate_um;
    const char* explained;
  };
  for (const Case& c : {Case{"bare core: glass of 3.2 ppm/K bends 28 times less than laminate of 15", nullptr, -42.33,
                             -1196.91, "CalculiX, case 9"},
                        Case{"build-up takes most of it: about 6 times", &patterned, -178.1, -1082.9,
                             "CalculiX; build-up of half copper"},
                        Case{"the same under neat ABF", &abf, -107.2, -1173.3, "CalculiX; ABF is five times softer"}}) {
    const double glass = corner_um(exg, c.build_up), laminate = corner_um(org15, c.build_up);
    EXPECT_NEAR(glass / c.glass_um, 1, 0.02) << c.claim;
    EXPECT_NEAR(laminate / c.laminate_um, 1, 0.02) << c.claim;
    EXPECT_NEAR(laminate / glass / (c.laminate_um / c.glass_um), 1, 0.02) << c.claim;
    trends.push_back({c.claim, "finding 1", fmt::format("{:.1f}", c.laminate_um / c.glass_um),
                      fmt::format("{:.1f} ({:.4g} against {:.4g} um)", laminate / glass, laminate, glass),
                      c.explained});
  }
}

// ---- finding 2: lid and seal

struct Seal {
  const char* name;
  geometry::Material material;
};
const Seal stiff{"stiff", elastic_material("stiff seal", 0.358, 0.47, 32)};
const Seal soft{"soft", elastic_material("soft seal", 0.005, 0.47, 180)};
const geometry::Material alsic = elastic_material("AlSiC", 188, 0.237, 8);

/// 45 mm of rim, 5 mm wide, as bars of one material.
void add_rim(Part part, double bottom_mm, double top_mm, const geometry::Material& m, Bricks& all) {
  for (const double sign : {-1.0, 1.0}) {
    all.push_back(brick(part, geometry::box_around({0, sign * 42.5}, 90, 5), bottom_mm, top_mm, m));
    all.push_back(brick(part, geometry::box_around({sign * 42.5, 0}, 5, 80), bottom_mm, top_mm, m));
  }
}

/// docs/facts/mechanics.md 7: bare from 220 to 150 C, with the lid to 25 C.
double lidded_corner_um(const geometry::Material& core, const geometry::Material* build_up,
                        const geometry::Material& lid, const Seal& seal) {
  Bricks bricks = case_9(core, build_up);
  const double top_mm = bricks.back().top_mm - 0.875, plate_mm = bricks.back().top_mm + 0.05;
  add_rim(Part::lid_seal, top_mm, top_mm + 0.1, seal.material, bricks);
  add_rim(Part::lid, top_mm + 0.1, plate_mm, lid, bricks);
  bricks.push_back(brick(Part::lid, square(90), plate_mm, plate_mm + 2, lid));
  const Grid grid = quarter(bricks, plate_rules);
  const Tensors all = tensors_of(bricks), bare = tensors_of(bricks, [](const ElasticBrick&b) {
                                            return b.part != Part::lid && b.part != Part::lid_seal;
                                          });
  const Steps steps{solved(Stiffness(grid, bare), bare, free_strains(grid, bricks, -70)),
                    solved(Stiffness(grid, all), all, free_strains(grid, bricks, -125))};
  return lift_um(grid, steps, {45, 45, 0});
}

void add_lids(Trends& trends) {
  struct Case {
    const geometry::Material *core, *build_up, *lid;
    const Seal* seal;
    double expected_um;
  };
  const std::vector<Case> cases{{&exg, nullptr, &cu, &stiff, 834.9},       {&exg, nullptr, &cu, &soft, 159.2},
                                {&exg, nullptr, &alsic, &stiff, 242.6},    {&org15, nullptr, &cu, &stiff, -691.1},
                                {&org15, nullptr, &cu, &soft, -778.1},     {&org15, nullptr, &alsic, &stiff, -1000.3},
                                {&exg, &patterned, &cu, &stiff, 616.2},    {&exg, &patterned, &cu, &soft, 41.0},
                                {&org15, &patterned, &cu, &stiff, -682.7}, {&org15, &patterned, &cu, &soft, -742.8}};
  std::vector<double> found;
  for (const Case& c : cases) {
    found.push_back(lidded_corner_um(*c.core, c.build_up, *c.lid, *c.seal));
    // 5 %, of what the lid moves where that is more than what stays.
    const double alone = c.build_up != nullptr ? (c.core == &exg ? -177.8 : -1083.0) : c.core == &exg ? -41.9 : -1198.7;
    const double scale = std::max(std::abs(c.expected_um), std::abs(c.expected_um - alone));
    EXPECT_NEAR(found.back(), c.expected_um, 0.05 * scale)
        << c.core->name << (c.build_up != nullptr ? " with build-up, " : ", ") << c.lid->name << ' ' << c.seal->name;
    trends.push_back({fmt::format("{} lid on {}{}, {} seal: corner, um", c.lid->name, c.core->name,
                                  c.build_up != nullptr ? " with build-up" : "", c.seal->name),
                      "finding 2", fmt::format("{:+.4g}", c.expected_um), fmt::format("{:+.4g}", found.back()),
                      "CalculiX"});
  }
  EXPECT_GT(std::abs(found[0]), std::abs(found[3])) << "with a stiff seal glass bends more than laminate";
  EXPECT_LT(std::abs(found[1]), std::abs(found[4])) << "with a soft one less";
}

// ---- Tung et al., ECTC 2011: the best expansion of a glass interposer between silicon and board

/// A 10 mm die of 2.7 ppm/K on 17 mm of glass, 0.3 mm thick, on balls of 0.3 mm, smeared at a fifth of the area without
/// stiffness in the plane, on a board of 16 ppm/K. All joined at 220 C.
Bricks on_board(double glass_ppm) {
  const double ball_GPa = 0.2 * 45, none_GPa = 1e-3 * ball_GPa, shear_GPa = 0.2 * 45 / (2 * 1.36);
  const ElasticTensor balls =
      elastic_tensor({{none_GPa, none_GPa, ball_GPa}, {0, 0, 0}, {shear_GPa, shear_GPa, 1e-3 * shear_GPa}});
  return {brick(Part::ply, square(34), 0, 1.6, elastic_material("board", 20, 0.2, 16)),
          {Part::engine_joint, square(17), 1.6, 1.9, balls, {16e-6, 16e-6, 21.7e-6}},
          brick(Part::engine, square(17), 1.9, 2.2, elastic_material("glass", 77, 0.22, glass_ppm)),
          brick(Part::die_joint, square(10), 2.2, 2.25, elastic_material("underfill", 8, 0.33, 30)),
          brick(Part::die, square(10), 2.25, 2.75, elastic_material("die", 130, 0.28, 2.7))};
}

struct BothSides {
  double die_MPa = 0, balls_MPa = 0; ///< shear at the corner, mean over 0.5 mm under the die and 1 mm of balls
};

void add_best_expansion(Trends& trends) {
  const Bricks any = on_board(0);
  const Grid grid = quarter(any, {0.25, 2, 2, 0, 300});
  const Tensors all = tensors_of(any);
  const Stiffness stiffness(grid, all); // expansion does not change it
  const auto stress = [&](double ppm) {
    const Steps steps{solved(stiffness, all, free_strains(grid, on_board(ppm), cooling_K))};
    return BothSides{mean_stress(grid, steps, {4.5, 4.5, 2.2}, {5, 5, 2.25}).shear_MPa,
                     mean_stress(grid, steps, {7.5, 7.5, 1.6}, {8.5, 8.5, 1.9}).shear_MPa};
  };
  const BothSides low = stress(2.7), high = stress(16);
  double best_ppm = 0, best = INFINITY;
  for (double ppm = 2.7; ppm <= 16; ppm += 0.1) {
    const BothSides at = stress(ppm);
    const double worse = std::max(at.die_MPa / high.die_MPa, at.balls_MPa / low.balls_MPa);
    if (worse < best) {
      best = worse;
      best_ppm = ppm;
    }
  }
  EXPECT_GE(best_ppm, 7);
  EXPECT_LE(best_ppm, 10);
  EXPECT_LT(best, 0.75) << "both sides gain";
  trends.push_back({"glass of about 8.3 ppm/K is best for die (2.7) and board (16) together", "Tung, ECTC 2011", "8.3",
                    fmt::format("{:.1f} ppm/K", best_ppm),
                    "each side's shear per its worst; compliant board, smeared balls, no creep"});
}

// ---- warpage over temperature

void add_warpage_over_temperature(Trends& trends) {
  const auto change_um = [](const geometry::Material& core) {
    Package p = reference_package(core);
    p.engines.clear();
    p.dies = {{"die", square(30), 0, 775, silicon()}};
    p.cooling.lid.plates.clear();
    p.cooling.lid.thickness_mm = 0;
    p.operation.reflow_C = 260;
    const SolidPath path = assemble_solid(p, mesh(p, {1, 6, 2, 0, 700}), 1);
    const auto lift = [&](const SolidState& state) {
      return bottom_deflection_um(path, state, {55, 55}) - bottom_deflection_um(path, state, {0, 0});
    };
    return lift(path.room) - lift(*path.reflow);
  };
  const double glass_um = change_um(eagle_glass()), organic_um = change_um(core_705g());
  EXPECT_LT(std::abs(glass_um), std::abs(organic_um));
  trends.push_back({"a chip on glass warps less over temperature than on low-expansion laminate", "Sony, ICEP 2024",
                    "sign",
                    fmt::format("{:.0f} against {:.0f} um from 260 to 25 C", std::abs(glass_um), std::abs(organic_um)),
                    "glass of 3.2 ppm/K against 705G, 110 mm, same build-up"});
}

// ---- temperatures

/// The reference package, its core of this conductivity and without vias; cooled on top, or with a fiftieth of its heat
/// through the board.
double asic_rise_K(double core_W_per_mK, bool through_board) {
  Package p = reference_package(eagle_glass());
  for (SubstrateLayer& layer : p.substrate.stack_up)
    if (layer.name == "core") {
      layer.material.conductivity_xy_W_per_mK = layer.material.conductivity_z_W_per_mK = core_W_per_mK;
      layer.via_copper_fraction = 0;
    }
  if (through_board) {
    p.cooling.heat_transfer_W_per_m2K = 5;
    p.cooling.board_heat_transfer_W_per_m2K = 10000;
    for (Die& die : p.dies)
      die.power_W /= 50;
    for (Engine& engine : p.engines)
      engine.power_W /= 50;
  }
  PackageHeat heat = package_heat(p, mesh(p, {1, 6, 2, 0, 700}), 1);
  return *solve_package_heat(heat, p).temperatures.asic_max_C - p.cooling.ambient_C;
}

void add_core_conductivity(Trends& trends) {
  const double top_K = asic_rise_K(0.5, false) - asic_rise_K(1.1, false);
  const double good_K = asic_rise_K(1.1, true), poor_K = asic_rise_K(0.5, true);
  EXPECT_LT(std::abs(top_K), 0.1);
  EXPECT_GT(poor_K - good_K, 1);
  trends.push_back({"the core's conductivity (1.1 or 0.5 W/mK) does not change the ASIC cooled on top", "finding 5",
                    "hundredths of a kelvin", fmt::format("{:.3f} K of 820 W and 256 W", top_K), "reference package"});
  trends.push_back({"cooled through the board it does", "finding 5", "sign",
                    fmt::format("{:.1f} against {:.1f} K at a fiftieth of the heat", good_K, poor_K),
                    "10,000 W/m2K below, 5 above; no vias"});
}

/// Die to engines, mean, K/W. One die and an engine on each side; the build-up with a share of its copper.
double coupling_K_per_W(const std::vector<geometry::Box>& plates, double copper_share) {
  Package p = reference_package(eagle_glass());
  const std::vector<Engine> all = p.engines;
  p.engines.clear();
  for (std::size_t i = 4; i < 8; ++i) // one of each side
    p.engines.push_back(all[i]);
  p.dies.resize(1);
  p.cooling.lid.plates = plates;
  p.cooling.heat_transfer_W_per_m2K = 5000;
  for (SubstrateLayer& layer : p.substrate.stack_up)
    layer.copper_fraction *= copper_share;
  PackageHeat heat = package_heat(p, mesh(p, {1, 6, 2, 0, 700}), 1);
  const auto matrix = thermal_resistance_K_per_W(heat, p);
  double sum = 0;
  for (std::size_t engine = 1; engine < matrix.size(); ++engine)
    sum += matrix[engine][0] / static_cast<double>(matrix.size() - 1);
  return sum;
}

void add_shared_lid(Trends& trends) {
  const std::vector<geometry::Box> split{square(50), geometry::box_around({0, 35}, 90, 18),
                                         geometry::box_around({0, -35}, 90, 18), geometry::box_around({35, 0}, 18, 50),
                                         geometry::box_around({-35, 0}, 18, 50)};
  for (const double copper_share : {1.0, 0.5}) {
    const double one = coupling_K_per_W({square(90)}, copper_share), apart = coupling_K_per_W(split, copper_share);
    EXPECT_GT(one / apart, 5);
    EXPECT_LT(one / apart, 20);
    trends.push_back({"a shared lid couples ASIC and engines about ten times as much as a split one", "finding 5", "10",
                      fmt::format("{:.1f} ({:.2g} against {:.2g} K/W)", one / apart, one, apart),
                      fmt::format("5,000 W/m2K, build-up films {:g} % copper: a split lid leaves the copper's path",
                                  50 * copper_share)});
  }
}

/// Per watt of a 10 mm chip through 0.5 mm of glass with copper vias of 50 um.
double surface_rise_K_per_W(double pitch_um) {
  const double share = std::numbers::pi / 4 * (50 / pitch_um) * (50 / pitch_um), glass = 1.1, copper = 390;
  const double across =
      glass * ((copper + glass) + share * (copper - glass)) / ((copper + glass) - share * (copper - glass));
  const std::vector<Body> bodies{{"glass", Part::ply, 0, square(30), 0, 0.5, elastic_material("glass", 77, 0.2, 3)},
                                 {"joint", Part::die_joint, 0, square(10), 0.5, 0.6, elastic_material("j", 1, 0.3, 3)},
                                 {"chip", Part::die, 0, square(10), 0.6, 0.9, elastic_material("si", 130, 0.28, 3)}};
  HeatSystem system = heat_system({grid(bodies, {0.4, 2, 2, 0, 250}, true, true),
                                   {{across, across, glass + share * (copper - glass)}, {30, 30, 30}, {120, 120, 120}},
                                   {},
                                   {{0, false, 5000, 25}}});
  const std::vector<HeatLoad> loads{{2, HeatSite::bottom_face, square(10), 1}};
  return body_temperature(system, heat_flow(system, loads), 2).max_C - 25;
}

void add_via_pitch(Trends& trends) {
  const double wide = surface_rise_K_per_W(400), middle = surface_rise_K_per_W(200), narrow = surface_rise_K_per_W(100),
               narrowest = surface_rise_K_per_W(70);
  EXPECT_GT(wide, middle);
  EXPECT_GT(middle, narrow);
  EXPECT_LT(narrow - narrowest, 0.1 * (wide - narrow)) << "below 100 um there is little more to gain";
  trends.push_back(
      {"vias at 400 to 100 um cool the surface a little, closer ones no more", "IZM 2025",
       "2.9 K at most; below 100 um nothing",
       fmt::format("{:.2f} K/W from 400 to 100 um, {:.2f} K/W more to 70 um", wide - narrow, narrow - narrowest),
       "1 cm2 on 0.5 mm of glass, vias of 50 um; inputs of the source are not published"});
}

// ---- the table

Trends all_trends() {
  Trends trends;
  for (const auto add : {add_bows, add_lids, add_best_expansion, add_warpage_over_temperature, add_core_conductivity,
                         add_shared_lid, add_via_pitch})
    add(trends);
  return trends;
}

std::string table(const Trends& trends) {
  std::string text = "| claim | source | published | ours | explained |\n|---|---|---|---|---|\n";
  for (const Trend& t : trends)
    text += fmt::format("| {} | {} | {} | {} | {} |\n", t.claim, t.source, t.published, t.ours, t.explained);
  return text;
}

const CommittedBlock block{"<!-- trends: written by SolidTrends -->\n", "<!-- end of trends -->\n"};

TEST(SolidTrends, EveryPublishedTrendIsFoundAndTheCommittedTableIsTheComputedOne) {
  EXPECT_EQ(committed(block), table(all_trends()))
      << "run: thermal_tests --gtest_also_run_disabled_tests --gtest_filter='SolidTrends.*Rewrite*'";
}

/// Not a test: writes the table into the document.
TEST(SolidTrends, DISABLED_RewriteCommittedTable) {
  commit(block, table(all_trends()));
}

// ---- properties of temperature and mechanics together

/// A die and four engines under a lid on 40 mm of glass, symmetric but for the engines' heat.
Package unevenly_heated() {
  Package p = reference_package(eagle_glass());
  p.substrate.outline = square(40);
  p.substrate.stack_up = {build_up(2), {"core", eagle_glass(), 800}, build_up(2)};
  p.dies = {{"die", geometry::box_around({0, 0}, 12, 10), 60, 775, silicon()}};
  p.engines.clear();
  const auto add = [&](geometry::Point centre, double width, double height, geometry::Point ports, geometry::Side side,
                       double power_W) {
    p.engines.push_back(
        {"engine", geometry::box_around(centre, width, height), power_W, 775, silicon(), ports, 1.15, side});
  };
  add({0, 12}, 6, 4, {0, 14}, geometry::Side::north, 5);
  add({0, -12}, 6, 4, {0, -14}, geometry::Side::south, 10);
  add({13, 0}, 4, 6, {15, 0}, geometry::Side::east, 20);
  add({-13, 0}, 4, 6, {-15, 0}, geometry::Side::west, 2);
  p.cooling.lid.plates = {square(36)};
  return p;
}

constexpr FieldRules property_rules{{3, 10, 4, 0, 1300}, 0.5};

/// What an engineer reads, without places and axes.
std::vector<double> figures(const FieldOperation& operation, const Mechanics& m) {
  const Temperatures& t = operation.heat.temperatures;
  std::vector<double> all{*t.asic_max_C,
                          *t.asic_mean_C,
                          *t.substrate_max_C,
                          t.bare_substrate_C,
                          t.heat_to_lid_W,
                          m.room->corner_um,
                          m.idle->edge_um,
                          m.operating->corner_um,
                          m.operating->edge_um,
                          *m.die_max_principal_MPa,
                          *m.engine_max_principal_MPa,
                          *m.glass_max_principal_MPa,
                          m.die_joint->peak_shear_MPa,
                          m.die_joint->peel_MPa,
                          m.engine_joint->peak_shear_MPa,
                          m.engine_joint->peel_MPa,
                          *m.solder_life_years,
                          *m.package_coplanarity_um};
  for (const FaceTemperature& face : t.engines)
    all.push_back(face.max_C);
  return all;
}

void expect_alike(const std::vector<double>& a, const std::vector<double>& b, double relative) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t n = 0; n < a.size(); ++n)
    EXPECT_NEAR(a[n], b[n], relative * std::abs(b[n]) + 1e-9) << n;
}

/// The images written out as a model of its own, on the same planes.
Mesh written_out(const Mesh& quarter) {
  const auto both = [](const std::vector<double>& half) {
    std::vector<double> whole(half.rbegin(), half.rend() - 1);
    for (double& at : whole)
      at = -at;
    whole.insert(whole.end(), half.begin(), half.end());
    return whole;
  };
  Mesh mesh{quarter.bodies, {both(quarter.grid.x_mm), both(quarter.grid.y_mm), quarter.grid.z_mm, {}}};
  Grid& grid = mesh.grid;
  grid.body.assign(grid.cells(), no_body);
  const auto middle = [](const std::vector<double>& planes, std::size_t n) { return (planes[n] + planes[n + 1]) / 2; };
  for (std::size_t k = 0; k < grid.cells_z(); ++k)
    for (std::size_t j = 0; j < grid.cells_y(); ++j)
      for (std::size_t i = 0; i < grid.cells_x(); ++i)
        for (std::size_t b = 0; b < mesh.bodies.size(); ++b) {
          const Body& body = mesh.bodies[b];
          const double x = middle(grid.x_mm, i), y = middle(grid.y_mm, j), z = middle(grid.z_mm, k);
          if (x > body.outline.min.x_mm && x < body.outline.max.x_mm && y > body.outline.min.y_mm &&
              y < body.outline.max.y_mm && z > body.bottom_mm && z < body.top_mm)
            grid.body[grid.cell(i, j, k)] = static_cast<int>(b);
        }
  return mesh;
}

/// The conduction leaves 1e-8 of its heat, the elimination 1e-9 of its forces; stresses are differences of both.
constexpr double solvers = 1e-5;

TEST(FieldProperties, QuarterUnderUnevenHeatGivesTheFiguresOfTheWholeModel) {
  const Package p = unevenly_heated();
  PackageFields quarter = prepare_fields(p, property_rules, 1);
  ASSERT_TRUE(quarter.solid.grid.half_x && quarter.solid.grid.half_y);
  const Mesh all = written_out({quarter.solid.bodies, quarter.solid.grid});
  PackageFields whole{property_rules, package_heat(p, all, 1), assemble_solid(p, all, 1), {}};
  const FieldOperation in_quarter = operate(quarter, p), in_whole = operate(whole, p);
  ASSERT_EQ(in_quarter.heat.image_cell_C.size(), 4U) << "the heat is uneven";
  expect_alike(figures(in_quarter, field_mechanics(quarter, p, in_quarter)),
               figures(in_whole, field_mechanics(whole, p, in_whole)), solvers);
  for (std::size_t engine = 0; engine < p.engines.size(); ++engine)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const PortShift &a = in_quarter.engines[engine], &b = in_whole.engines[engine];
      EXPECT_NEAR(a.shift_um[axis], b.shift_um[axis], solvers) << engine << ' ' << axis;
      EXPECT_NEAR(a.rotation_mrad[axis], b.rotation_mrad[axis], solvers) << engine << ' ' << axis;
    }
}

TEST(FieldProperties, PortsDoNotShiftWhenTheWholePackageTurns) {
  Package p = unevenly_heated();
  p.dies[0].outline.max.x_mm += 0.25; // a turn is not its own mirror image: no symmetry
  p.dies[0].outline.max.y_mm += 0.25;
  PackageFields fields = prepare_fields(p, property_rules, 1);
  SolidPath& path = fields.solid;
  SolidIncrement turn = path.increments.back();
  const double about_x = 1e-3, about_y = -2e-3, about_z = 5e-4;
  for (std::size_t n = 0; n < node_count(path.grid); ++n) {
    const std::size_t nx = path.grid.x_mm.size(), ny = path.grid.y_mm.size();
    const double x = path.grid.x_mm[n % nx], y = path.grid.y_mm[n / nx % ny], z = path.grid.z_mm[n / (nx * ny)];
    turn.displacement_mm[3 * n] = about_y * z - about_z * y;
    turn.displacement_mm[3 * n + 1] = about_z * x - about_x * z;
    turn.displacement_mm[3 * n + 2] = about_x * y - about_y * x;
  }
  path.increments.push_back(turn);
  const SolidState turned{"turned", 25, {path.increments.size() - 1}, {}};
  ASSERT_FALSE(path.grid.half_x || path.grid.half_y);
  for (const Engine* engine : {&p.engines[0], &p.engines[2]}) {
    Engine inside = *engine;
    inside.ports = engine->outline.centre() + geometry::Point{1, 1};
    const PortShift shift = solid_port_shift(path, turned, inside, 0.5);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      // 20 um of joint turned by 2e-3 would be 0.04 um. The joint's own turn about z is the guides' too.
      EXPECT_NEAR(shift.shift_um[axis], 0, 1e-9) << axis;
      EXPECT_NEAR(shift.rotation_mrad[axis], 0, 1e-9) << axis;
    }
  }
}

/// A quarter turn to the left.
geometry::Point to_the_left(geometry::Point at) {
  return {-at.y_mm, at.x_mm};
}
geometry::Box to_the_left(const geometry::Box& box) {
  return {{-box.max.y_mm, box.min.x_mm}, {-box.min.y_mm, box.max.x_mm}};
}
geometry::Side to_the_left(geometry::Side side) {
  using geometry::Side;
  return side == Side::north   ? Side::west
         : side == Side::west  ? Side::south
         : side == Side::south ? Side::east
                               : Side::north;
}

TEST(FieldProperties, TurningThePackageTurnsNothingButCoordinates) {
  const Package p = unevenly_heated();
  Package turned = p;
  turned.substrate.outline = to_the_left(p.substrate.outline);
  for (Die& die : turned.dies)
    die.outline = to_the_left(die.outline);
  for (geometry::Box& plate : turned.cooling.lid.plates)
    plate = to_the_left(plate);
  for (Engine& engine : turned.engines) {
    engine.outline = to_the_left(engine.outline);
    engine.ports = to_the_left(engine.ports);
    engine.ports_face = to_the_left(engine.ports_face);
  }
  PackageFields upright_fields = prepare_fields(p, property_rules, 1);
  PackageFields turned_fields = prepare_fields(turned, property_rules, 1);
  const FieldOperation a = operate(upright_fields, p), b = operate(turned_fields, turned);
  expect_alike(figures(a, field_mechanics(upright_fields, p, a)), figures(b, field_mechanics(turned_fields, turned, b)),
               solvers);
  for (std::size_t engine = 0; engine < p.engines.size(); ++engine) {
    const PortShift &u = a.engines[engine], &v = b.engines[engine];
    EXPECT_NEAR(v.shift_um[0], -u.shift_um[1], solvers) << engine;
    EXPECT_NEAR(v.shift_um[1], u.shift_um[0], solvers) << engine;
    EXPECT_NEAR(v.shift_um[2], u.shift_um[2], solvers) << engine;
    EXPECT_NEAR(v.rotation_mrad[0], -u.rotation_mrad[1], solvers) << engine;
    EXPECT_NEAR(v.rotation_mrad[1], u.rotation_mrad[0], solvers) << engine;
    EXPECT_NEAR(v.rotation_mrad[2], u.rotation_mrad[2], solvers) << engine;
    EXPECT_NEAR(v.pitch_error_um, u.pitch_error_um, solvers) << engine;
  }
}

} // namespace
} // namespace beachfront::thermal
