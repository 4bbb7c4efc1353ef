// SPDX-License-Identifier: GPL-3.0-or-later
// Stages kept from other designs: the same results as without, and as little solved again as the change asks for.
#include "study/kept_stages.hpp"

#include "study/resolve.hpp"
#include "study/results.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

const std::filesystem::path source = BEACHFRONT_SOURCE_DIR;

Tree open(const std::string& name, const std::vector<std::string>& settings = {}) {
  return open_design(source / "designs/reference" / (name + ".yaml"), {}, settings);
}

Tree lasers_inside() {
  return open_design(source / "tests/study/data/lasers-in-engines.yaml", source / "designs/library", {});
}

/// The same outlines with external lasers and guides in a glass core.
Tree four_engines_on_glass() {
  return open_design(
      source / "tests/study/data/lasers-in-engines.yaml", source / "designs/library",
      {"laser.location=external", "fibre_attach=null", "connectors={ferrule: mt-16}", "engines.modulator=ring",
       "waveguides={glass: glass-alkali, recipe: iox-thermal-a0, wavelength_um: 1.311, cover_index: 1.0}",
       "substrate.kind=glass", "substrate.width_mm=70", "substrate.height_mm=70",
       "substrate.stack_up[1].material=glass-alkali", "engines.wavelengths_per_fibre=4",
       "engines.optical_ports={pitch_um: 50, tx: 4, rx: 4, laser: 4}"});
}

Tree changed(const Tree& tree, const std::string& setting) {
  return resolve_with(tree, {parse_setting(setting)}, design_schema(), {});
}

std::string solved(const Tree& tree, KeptStages& kept) {
  const Design design = read_design(tree);
  return results_json(design, solve(design, kept)).dump();
}

std::string solved_afresh(const Tree& tree) {
  KeptStages none;
  return solved(tree, none);
}

/// The first place where two documents differ, with some of what is there.
std::string difference(const std::string& kept, const std::string& fresh) {
  const auto at = std::mismatch(kept.begin(), kept.end(), fresh.begin(), fresh.end()).first - kept.begin();
  const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at - 60, 0));
  return kept == fresh ? "" : "kept " + kept.substr(from, 120) + "\nfresh " + fresh.substr(from, 120);
}

/// Each of the designs in turn through the same stages.
void expect_same_with_and_without(const Tree& nominal, const std::vector<std::string>& settings) {
  KeptStages kept;
  solved(nominal, kept);
  for (const std::string& setting : settings) {
    const Tree tree = changed(nominal, setting);
    EXPECT_EQ(difference(solved(tree, kept), solved_afresh(tree)), "") << setting;
  }
  EXPECT_EQ(difference(solved(nominal, kept), solved_afresh(nominal)), "") << "back again";
  // Something was found, or this proves nothing.
  EXPECT_GT(kept.layouts.found, 0);
  EXPECT_GT(kept.packages.found, 0);
  EXPECT_GT(kept.lids.found, 0);
  EXPECT_GT(kept.points.found, 0);
}

TEST(KeptStages, OfAGlassDesignChangeNothing) {
  expect_same_with_and_without(
      open("102t-glass", {"fidelity.optics=fast"}),
      {"waveguides.propagation_loss_dB_per_cm=0.12", "waveguides.engine_transfer_loss_dB=1.2",
       "waveguides.recipe.steps[0].time_min=100", "link.ageing_dB=1.5", "laser.wall_plug_efficiency=0.2",
       "cooling.engine_tim.thickness_um=150", "substrate.stack_up[2].thickness_um=1000", "asic.dies[0].power_W=700",
       "engines.energy.driver_pJ_per_bit=1", "engines.width_mm=9.8", "operation.idle_C=25",
       "assembly[3].temperature_C=120", "comparison.electricity_eur_per_kWh=0.2",
       "fleet={accelerators: 1000, transceivers_per_accelerator: 2.5}", "uncertainty.samples=10"});
}

TEST(KeptStages, OfAFibreDesignChangeNothing) {
  expect_same_with_and_without(
      open("102t-davisson-like", {"laser.location=in_engine"}),
      {"fibre_attach.coupling_loss_dB=2", "link.ageing_dB=1.5", "laser.efficiency_slope_per_K=-0.01",
       "cooling.ambient_C=40", "cooling.lid.thickness_mm=4", "substrate.stack_up[2].material.youngs_modulus_GPa=30",
       "substrate.width_mm=112", "asic.dies[1].power_W=60", "engines.energy.control_pJ_per_bit=0.5",
       "engines.depth_mm=11", "operation.cycles_per_day=4", "assembly[5].temperature_C=230", "comparison.pue=1.3",
       "switch.serdes.energy_pJ_per_bit=2.2", "uncertainty.samples=0"});
}

TEST(KeptStages, OfADesignWithStiffenerAndBoardChangeNothing) {
  const Tree tree = open(
      "102t-glass-fibre",
      {"uncertainty.samples=0", "substrate.stiffener={width_mm: 104, height_mm: 104, rim_width_mm: 5, thickness_mm: 1}",
       "substrate.board={thickness_mm: 3}",
       "assembly=[{join: substrate, temperature_C: 200}, {join: stiffener, temperature_C: 150}, {join: die, "
       "temperature_C: 217}, {join: underfill, temperature_C: 165}, {join: engine, temperature_C: 100}, {join: board, "
       "temperature_C: 217}]"});
  expect_same_with_and_without(
      tree, {"substrate.stiffener.thickness_mm=1.5", "substrate.stiffener.material.cte_ppm_per_K=5",
             "substrate.stiffener.adhesive.youngs_modulus_GPa=1", "substrate.stiffener.adhesive_thickness_um=50",
             "substrate.stiffener.rim_width_mm=4", "substrate.stiffener.width_mm=106", "substrate.board.thickness_mm=2",
             "substrate.board.material.cte_ppm_per_K=12", "substrate.board.ball_diameter_mm=0.5",
             "substrate.ball_height_mm=0.3", "link.ageing_dB=1.5", "comparison.electricity_eur_per_kWh=0.2"});
}

/// Which stages a change solves again.
struct Solves {
  bool modes = false, layout = false, package = false, lid = false, point = false;
  bool operator==(const Solves&) const = default;
};

void PrintTo(const Solves& solves, std::ostream* out) {
  *out << fmt::format("modes {} layout {} package {} lid {} point {}", solves.modes, solves.layout, solves.package,
                      solves.lid, solves.point);
}

Solves solves_again(const Tree& nominal, const KeptStages& before, const std::string& setting) {
  KeptStages kept = before;
  solved(changed(nominal, setting), kept);
  const auto again = [](const auto& was, const auto& is) { return is.asked - was.asked > is.found - was.found; };
  return {again(before.modes, kept.modes), again(before.layouts, kept.layouts), again(before.packages, kept.packages),
          again(before.lids, kept.lids), again(before.points, kept.points)};
}

TEST(KeptStages, SolveAgainWhatTheChangeReaches) {
  const Tree glass = four_engines_on_glass();
  KeptStages kept;
  solved(glass, kept);
  const auto again = [&](const std::string& setting) { return solves_again(glass, kept, setting); };
  ASSERT_EQ(kept.points.asked, 1) << "it is built and solved";
  const Solves nothing;
  const Solves loop{.point = true};
  EXPECT_EQ(again("comparison.electricity_eur_per_kWh=0.2"), nothing);
  EXPECT_EQ(again("name=other"), nothing);
  EXPECT_EQ(again("laser.wall_plug_efficiency=0.2"), loop);
  EXPECT_EQ(again("link.ageing_dB=1.5"), loop);
  EXPECT_EQ(again("asic.dies[0].power_W=700"), loop);
  EXPECT_EQ(again("engines.energy.driver_pJ_per_bit=1"), loop);
  // The lid is kept by the numbers that its preparation reads: no engine's interface, no expansion, no step.
  const Solves cooled{.lid = true, .point = true};
  EXPECT_EQ(again("cooling.heat_transfer_W_per_m2K=15000"), cooled);
  EXPECT_EQ(again("cooling.engine_tim.material.conductivity_W_per_mK=3"), loop);
  const Solves bent{.package = true, .point = true};
  EXPECT_EQ(again("substrate.stack_up[1].material.cte_ppm_per_K=8"), bent);
  EXPECT_EQ(again("assembly[2].temperature_C=120"), bent);
  const Solves both{.package = true, .lid = true, .point = true};
  EXPECT_EQ(again("cooling.lid.thickness_mm=4"), both);
  EXPECT_TRUE(again("engines.width_mm=9.8").layout);
  EXPECT_TRUE(again("waveguides.recipe.steps[0].time_min=100").modes);
}

TEST(KeptStages, AreDroppedOldestFirst) {
  Kept<int> kept{2};
  const auto number = [&](int key) { return *kept.find_or(static_cast<std::uint64_t>(key), [&] { return 10 * key; }); };
  EXPECT_EQ(number(1), 10);
  EXPECT_EQ(number(2), 20);
  EXPECT_EQ(number(1), 10); // now 2 is the one not asked for the longest
  EXPECT_EQ(number(3), 30);
  EXPECT_EQ(kept.found, 1);
  EXPECT_EQ(number(1), 10);
  EXPECT_EQ(kept.found, 2);
  EXPECT_EQ(number(2), 20);
  EXPECT_EQ(kept.found, 2) << "2 was dropped";
}

/// Every number of a resolved design but those of the classes of optics that it is compared with.
void collect_numbers(const Node& node, const std::string& path, std::vector<std::string>& paths) {
  if (path.starts_with("comparison.alternatives") || path.starts_with("uncertainty.ranges"))
    return;
  for (const Entry& entry : node.entries)
    collect_numbers(entry.value, path.empty() ? entry.key : path + "." + entry.key, paths);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    collect_numbers(node.items[i], fmt::format("{}[{}]", path, i), paths);
  if (node.kind == NodeKind::scalar && !node.quoted)
    try {
      Value{&node, path}.number();
      paths.push_back(path);
    } catch (const InputError&) { // a word
    }
}

/// The number 1 % higher, whole numbers by 1; 0 becomes 0.01.
std::string moved(const Value& value) {
  const double number = value.number();
  if (number == std::floor(number) && value.node->text.find('.') == std::string::npos && std::abs(number) < 20)
    return fmt::format("{}", static_cast<int>(number) + 1);
  return fmt::format("{}", number == 0 ? 0.01 : 1.01 * number);
}

/// Changes every `stride`-th number, and solves each of these designs with the stages of the nominal one. Returns how
/// many were designs at all.
int expect_no_number_overlooked(const Tree& nominal, std::size_t stride) {
  std::vector<std::string> paths;
  collect_numbers(nominal.node, "", paths);
  KeptStages kept;
  solved(nominal, kept);
  int solved_designs = 0;
  for (std::size_t i = 0; i < paths.size(); i += stride) {
    const std::string setting = paths[i] + "=" + moved(nominal.root().at(paths[i]));
    KeptStages own = kept;
    std::string with, without;
    try {
      const Tree tree = changed(nominal, setting);
      with = solved(tree, own);
      without = solved_afresh(tree);
    } catch (const InputError&) {
      continue;
    }
    ++solved_designs;
    EXPECT_EQ(difference(with, without), "") << setting;
  }
  return solved_designs;
}

TEST(KeptStages, OverlookNoNumberOfAFibreDesign) {
  EXPECT_GT(expect_no_number_overlooked(lasers_inside(), 1), 200);
}

TEST(KeptStages, OverlookNoNumberOfAGlassDesign) {
  EXPECT_GT(expect_no_number_overlooked(four_engines_on_glass(), 8), 25);
}

} // namespace
} // namespace beachfront::study
