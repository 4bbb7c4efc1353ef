// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/resolve.hpp"

#include "tests/study/good_design.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

namespace beachfront::study {
namespace {

using example::edited;
using example::good_design;
using example::resolve_text;
using example::small_library;

const Library& shipped() {
  static const Library library = load_library(example::source_dir / "designs/library", Tree{});
  return library;
}

std::vector<std::filesystem::path> reference_designs() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(example::source_dir / "designs/reference"))
    files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// Every map of the tree in reverse order.
void reverse_keys(Node& node) {
  std::reverse(node.entries.begin(), node.entries.end());
  for (Entry& entry : node.entries)
    reverse_keys(entry.value);
  for (Node& item : node.items)
    reverse_keys(item);
}

TEST(Resolve, ReferenceDesignsResolveToThemselves) {
  ASSERT_GE(reference_designs().size(), 10U);
  for (const auto& file : reference_designs()) {
    const Tree once = resolve(load_tree(file), design_schema(), shipped());
    const std::string text = print_yaml(once.node, Origins::shown);
    // Read back, with an empty library: a resolved design stands on its own.
    const Tree twice = resolve(parse_tree(text, "resolved.yaml"), design_schema(), Library{});
    EXPECT_EQ(print_yaml(twice.node), print_yaml(once.node)) << file;
    EXPECT_EQ(hash(twice.root()), hash(once.root())) << file;
  }
}

TEST(Resolve, OrderOfKeysChangesNothing) {
  for (const auto& file : reference_designs()) {
    Tree written = load_tree(file);
    const Tree straight = resolve(written, design_schema(), shipped());
    reverse_keys(written.node);
    const Tree reversed = resolve(written, design_schema(), shipped());
    EXPECT_EQ(print_yaml(reversed.node), print_yaml(straight.node)) << file;
  }
}

TEST(Resolve, HashSeesValuesAndNothingElse) {
  const auto hash_of = [](const std::string& text) { return hash_text(resolve_text(text).root()); };
  const std::string good = hash_of(good_design);
  EXPECT_EQ(good.size(), 16U);
  EXPECT_EQ(hash_of(edited("width_mm: 60", "width_mm: 6.0e1   # the same")), good);
  EXPECT_EQ(hash_of(edited("wavelength_um: 1.31", "wavelength_um: [1.310]")), good);
  EXPECT_EQ(hash_of(edited("modulation: pam4", "modulation: pam4\n  direction: one_way")), good)
      << "the default, written";
  EXPECT_NE(hash_of(edited("width_mm: 60", "width_mm: 60.000000001")), good);
  EXPECT_NE(hash_of(edited("[N, E, S, W]", "[N, E, W, S]")), good) << "the order of a list counts";
  // FNV-1a of the empty map: of the bytes "map\0end\0".
  Tree empty;
  empty.node.kind = NodeKind::map;
  std::uint64_t expected = 0xcbf29ce484222325U;
  for (const char c : std::string("map\0end\0", 8))
    expected = (expected ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  EXPECT_EQ(hash(empty.root()), expected);
}

TEST(Resolve, HashOfAPartIsOfThatPart) {
  const Tree before = resolve_text(good_design);
  const Tree after = resolve_text(edited("comparison: {", "comparison: {pue: 1.5, "));
  EXPECT_EQ(hash(before.root().at("waveguides")), hash(after.root().at("waveguides")));
  EXPECT_NE(hash(before.root().at("comparison")), hash(after.root().at("comparison")));
}

TEST(Resolve, OriginsAreKept) {
  const Tree design =
      resolve_with(resolve_text(good_design), {{"engines.count", "8"}}, design_schema(), small_library());
  const auto origin = [&](const char* path) { return design.root().at(path).node->origin; };
  EXPECT_EQ(origin("engines.bandwidth_Tbps").kind, OriginKind::file);
  EXPECT_EQ(origin("engines.spares").kind, OriginKind::default_value);
  EXPECT_EQ(origin("engines.count").kind, OriginKind::set);
  EXPECT_EQ(origin("asic.material.cte_ppm_per_K").kind, OriginKind::library);
  EXPECT_EQ(origin("asic.material.cte_ppm_per_K").name, "materials.silicon");
  const std::string text = print_yaml(design.node, Origins::shown);
  EXPECT_THAT(text, ::testing::HasSubstr("  bandwidth_Tbps: 3.2  # x.yaml:20\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("  spares: 0  # default\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("  count: 8  # --set engines.count=8\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("    cte_ppm_per_K: 3.15  # library: materials.silicon\n"));
}

TEST(Resolve, LibraryEntriesMayBeChangedInPlace) {
  const Tree design =
      resolve_text(edited("glass: soda", "glass: {use: bk, index: 1.52, material: {use: glass, cte_ppm_per_K: 7}}"));
  const Value glass = design.root().at("waveguides.glass");
  EXPECT_EQ(glass.text("name"), "bk");
  EXPECT_EQ(glass.number("index"), 1.52);
  EXPECT_FALSE(glass.has("sellmeier")) << "the index replaces the dispersion";
  EXPECT_EQ(glass.number("material.cte_ppm_per_K"), 7);
  EXPECT_EQ(glass.number("material.youngs_modulus_GPa"), 72);
  EXPECT_EQ(glass.at("material.youngs_modulus_GPa").node->origin.kind, OriginKind::library);
  EXPECT_EQ(glass.at("material.cte_ppm_per_K").node->origin.kind, OriginKind::file);
}

TEST(Resolve, NullTakesAKeyOfAnEntryAway) {
  const Tree design = resolve_text(edited("glass: soda", "glass: {use: bk, material: null}"));
  const Value glass = design.root().at("waveguides.glass");
  EXPECT_FALSE(glass.has("material"));
  EXPECT_TRUE(glass.has("sellmeier")) << "the others stay";
  EXPECT_THAT(message_of([] { resolve_text(edited("glass: soda", "glass: {use: bk, ion_exchangeable: null}")); }),
              ::testing::HasSubstr("ion_exchangeable: found nothing"))
      << "but for one that must be there";
}

TEST(Resolve, ChangesOfABlockKeepItsOtherKeys) {
  const Tree design = resolve_text(edited("glass: soda", "glass: {use: bk, sellmeier: {offset: 0.1}}"));
  EXPECT_EQ(design.root().number("waveguides.glass.sellmeier.offset"), 0.1);
  EXPECT_EQ(design.root().number("waveguides.glass.sellmeier.B[0]"), 1.0396);
}

TEST(Resolve, WholeEntriesMayStandInTheDesign) {
  const Tree design = resolve_text(edited("glass: soda", "glass: {name: mine, index: 1.5, ion_exchangeable: true}"));
  EXPECT_EQ(design.root().text("waveguides.glass.name"), "mine");
  EXPECT_EQ(design.root().text("waveguides.glass.source"), "the design file");
}

TEST(Resolve, SettingsGoIntoLibraryEntries) {
  const Tree base = resolve_text(good_design);
  const Tree design = resolve_with(base,
                                   {{"waveguides.recipe.steps[1].time_min", "45"},
                                    {"asic.material", "copper"},
                                    {"waveguides.rules.clearance_um", "250"}},
                                   design_schema(), small_library());
  EXPECT_EQ(design.root().number("waveguides.recipe.steps[1].time_min"), 45);
  EXPECT_EQ(design.root().number("waveguides.recipe.steps[0].time_min"), 20);
  EXPECT_EQ(design.root().number("asic.material.youngs_modulus_GPa"), 117);
  EXPECT_EQ(design.root().number("waveguides.rules.clearance_um"), 250);
  const Tree back = resolve_with(design, {{"waveguides.rules.clearance_um", "null"}}, design_schema(), small_library());
  EXPECT_EQ(back.root().number("waveguides.rules.clearance_um"), 100);
}

TEST(Resolve, SettingsCanChooseAnotherAlternative) {
  const Tree design =
      resolve_with(resolve_text(good_design),
                   {{"waveguides", "null"}, {"connectors", "null"}, {"fibre_attach", "{coupling_loss_dB: 2}"}},
                   design_schema(), small_library());
  EXPECT_FALSE(design.root().has("waveguides"));
  EXPECT_EQ(design.root().number("fibre_attach.fibre_pitch_um"), 127);
}

TEST(Resolve, WrongSettingsNameThemselves) {
  const Tree base = resolve_text(good_design);
  const auto set = [&](const std::string& text) {
    return message_of([&] { resolve_with(base, {parse_setting(text)}, design_schema(), small_library()); });
  };
  EXPECT_THAT(set("engines.cuont=3"),
              ::testing::StartsWith("--set engines.cuont=3: engines.cuont: unknown key 'cuont'; did "
                                    "you mean 'count'? allowed here: "));
  EXPECT_EQ(set("engines.count=0"),
            "--set engines.count=0: engines.count: found 0; must be a whole number from 1 to 1024");
  EXPECT_EQ(set("waveguides.recipe.steps[7].time_min=1"),
            "--set waveguides.recipe.steps[7].time_min=1: waveguides.recipe.steps[7]: no such item; "
            "waveguides.recipe.steps has 2, counted from 0");
  EXPECT_EQ(set("engines.count"), "--set engines.count: must be PATH=VALUE, as engines.count=16");
  EXPECT_EQ(set("=3"), "--set =3: must be PATH=VALUE, as engines.count=16");
  EXPECT_EQ(set("engines.count=[1"),
            "--set engines.count=[1: found a list as a key; must be a plain word; is a bracket left open?");
  EXPECT_EQ(set("engines.count=null"), "x.yaml:18:1: engines.count: missing; must be a whole number from 1 to 1024");
}

TEST(Library, ShippedEntriesAreValid) {
  const Library& library = shipped();
  for (const char* section :
       {"materials", "glasses", "recipes", "ferrules", "fibres", "standards", "modulators", "transceivers"})
    EXPECT_FALSE(library.names(section).empty()) << section;
}

TEST(Library, IsFoundBesideTheDesign) {
  const auto found = find_library({}, example::source_dir / "designs/reference/102t-glass.yaml");
  EXPECT_TRUE(std::filesystem::equivalent(found, example::source_dir / "designs/library"));
  EXPECT_TRUE(
      std::filesystem::equivalent(find_library({}, "/nowhere/x.yaml"), example::source_dir / "designs/library"));
  EXPECT_EQ(find_library(example::data_dir / "small-library", {}), example::data_dir / "small-library");
  EXPECT_EQ(message_of([] { find_library("/nowhere", {}); }),
            "--library: no folder '/nowhere'; must be the folder of the library");
}

struct LibraryFiles : ScratchFolder {
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name) << text;
    return folder / name;
  }
};

TEST_F(LibraryFiles, OfTheUserWin) {
  write("mine.yaml", "glasses:\n  soda: {source: mine, index: 1.6, ion_exchangeable: true}\n");
  const Tree tree = load_tree(write("x.yaml", edited("name: good", "name: good\nlibrary: [mine.yaml]")));
  const Tree design = resolve(tree, design_schema(), load_library(example::data_dir / "small-library", tree));
  EXPECT_EQ(design.root().number("waveguides.glass.index"), 1.6);
  EXPECT_FALSE(design.root().has("library")) << "its entries are in place";
}

TEST_F(LibraryFiles, FaultsAreToldWhereTheyAre) {
  const auto load = [&](const std::string& text) {
    write("mine.yaml", text);
    return message_of([&] { load_library(folder, Tree{}); });
  };
  const std::string file = (folder / "mine.yaml").string();
  EXPECT_THAT(load("glases:\n  a: {}\n"),
              ::testing::StartsWith(file + ":1:1: glases: unknown key 'glases'; did you mean 'glasses'? "));
  EXPECT_EQ(load("glasses: 3\n"), file + ":1:10: glasses: found 3; must be names, each with a block of keys");
  EXPECT_EQ(load("glasses:\n  a: {index: 1.5, ion_exchangeable: true}\n"),
            file + ":2:3: glasses.a.source: missing; must be a text");
  EXPECT_EQ(load("glasses:\n  a: {source: s, ion_exchangeable: true}\n"),
            file + ":2:3: glasses.a: needs one of index, or sellmeier");
  EXPECT_EQ(
      load("glasses:\n  a: {source: s, index: 1.5, ion_exchangeable: true, material: gold}\n"),
      file + ":2:64: glasses.a.material: found 'gold'; must be an entry of the library's materials; or write the whole "
             "entry here");
  write("other.yaml", "glasses:\n  a: {source: s, index: 1.5, ion_exchangeable: true}\n");
  EXPECT_EQ(load("glasses:\n  a: {source: s, index: 1.5, ion_exchangeable: true}\n"),
            (folder / "other.yaml").string() + ":2:3: glasses.a: found a second 'a' (first at " + file +
                ":2:3); must be "
                "given once");
  Tree design = parse_tree("library: [none.yaml]\n", (folder / "x.yaml").string());
  EXPECT_EQ(message_of([&] { load_library(example::data_dir / "small-library", design); }),
            (folder / "x.yaml").string() +
                ":1:11: library[0]: found 'none.yaml'; must be a library file beside the design; "
                "there is none");
}

} // namespace
} // namespace beachfront::study
