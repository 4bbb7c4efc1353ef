// SPDX-License-Identifier: GPL-3.0-or-later
// Properties that hold for every declared key.
#include "study/schema.hpp"

#include "study/units.hpp"
#include "tests/study/good_design.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>

namespace beachfront::study {
namespace {

/// Every key of every declared file, with a path for messages.
void visit(const Key& key, const std::string& path, const std::function<void(const Key&, const std::string&)>& see) {
  see(key, path);
  for (const Key& child : key.keys)
    visit(child, path + "." + child.name, see);
}

void visit_all(const std::function<void(const Key&, const std::string&)>& see) {
  visit(design_schema(), "design", see);
  visit(waveguide_schema(), "waveguide", see);
  visit(sweep_schema(), "sweep", see);
  visit(library_schema(), "library", see);
  for (const Key& part : library_schema().keys)
    visit(entry_schema(part.name), "entry", see);
}

bool numeric(const Key& key) {
  return key.kind == KeyKind::number || key.kind == KeyKind::integer;
}

TEST(Schema, UnitsAreTheSuffixesOfNames) {
  int with_unit = 0;
  visit_all([&](const Key& key, const std::string& path) {
    const NameParts parts = split_name(key.name);
    with_unit += key.kind == KeyKind::number && parts.unit ? 1 : 0;
    if (key.kind == KeyKind::number) {
      EXPECT_EQ(unit_text(key), parts.unit ? parts.unit->text : "") << path;
    } else if (key.kind == KeyKind::integer) {
      EXPECT_FALSE(parts.unit) << path << " counts things; a quantity with a unit is a number";
    }
  });
  EXPECT_GT(with_unit, 100);
  EXPECT_THROW(number("width", at_least(0), "Forgot its unit."), std::logic_error);
  EXPECT_THROW(ratio("width_mm", at_least(0), "Has a unit."), std::logic_error);
}

TEST(Schema, EveryKeyHasASentence) {
  visit_all([](const Key& key, const std::string& path) {
    const bool element_number = numeric(key) && path.ends_with(key.name) && key.sentence.empty();
    EXPECT_FALSE(element_number) << path;
    EXPECT_FALSE(key.sentence.empty()) << path;
    EXPECT_TRUE(key.sentence.ends_with('.') || key.sentence.ends_with(')')) << path << ": " << key.sentence;
  });
}

TEST(Schema, NamesAreUniqueInTheirBlock) {
  visit_all([](const Key& key, const std::string& path) {
    std::set<std::string> names;
    for (const Key& child : key.keys) {
      const bool named = key.kind == KeyKind::block || key.kind == KeyKind::variant;
      EXPECT_TRUE(!named || names.insert(child.name).second) << path << "." << child.name;
      EXPECT_NE(child.name, "use") << path << ": `use` is the name of a library entry";
    }
  });
}

TEST(Schema, RulesBetweenKeysNameOptionalKeys) {
  visit_all([](const Key& key, const std::string& path) {
    for (const OneOf& choice : key.one_of) {
      for (const auto& alternative : choice.alternatives) {
        for (const std::string& name : alternative) {
          const Key* child = key.find(name);
          ASSERT_TRUE(child) << path << "." << name;
          EXPECT_EQ(child->presence, Presence::optional) << path << "." << name;
        }
      }
    }
  });
}

/// Defaults keep to their own declaration; a block that may be left out can be filled.
TEST(Schema, DefaultsAreValid) {
  const Library library = load_library(example::source_dir / "designs/library", Tree{});
  visit_all([&](const Key& key, const std::string& path) {
    if (key.presence != Presence::defaulted) {
      EXPECT_TRUE(key.fallback.empty()) << path;
      return;
    }
    const bool block_like = key.kind == KeyKind::block;
    EXPECT_TRUE(block_like || !key.fallback.empty()) << path << " has no default";
    Tree empty{"t.yaml", {}, ""};
    empty.node.kind = NodeKind::map;
    EXPECT_NO_THROW(resolve(empty, block("", "Holds one key.", {key}), library)) << path;
  });
}

TEST(Schema, ListOfReferencesNamesASection) {
  visit_all([](const Key& key, const std::string& path) {
    if (key.kind == KeyKind::entry) {
      EXPECT_NO_THROW(entry_schema(key.section)) << path;
    }
  });
  EXPECT_THROW(entry_schema("wishes"), std::logic_error);
}

TEST(Schema, WaveguideFileIsTheBlockOfADesign) {
  const Key* guides = design_schema().find("waveguides");
  ASSERT_TRUE(guides);
  for (const Key& key : guides->keys)
    EXPECT_TRUE(waveguide_schema().find(key.name)) << key.name;
}

TEST(Units, ConvertWithinADimension) {
  const auto unit = [](const char* name) { return *split_name(name).unit; };
  EXPECT_DOUBLE_EQ(convert(110000, unit("x_um"), unit("x_mm")), 110);
  EXPECT_DOUBLE_EQ(convert(25, unit("x_C"), unit("x_K")), 298.15);
  EXPECT_DOUBLE_EQ(convert(0, unit("x_K"), unit("x_C")), -273.15);
  EXPECT_DOUBLE_EQ(convert(10, unit("x_dB_per_m"), unit("x_dB_per_cm")), 0.1);
  EXPECT_DOUBLE_EQ(convert(1, unit("x_um2_per_min"), unit("x_m2_per_s")), 1e-12 / 60);
}

TEST(Units, TheLongestSuffixCounts) {
  EXPECT_EQ(split_name("loss_dB_per_cm").unit->text, "dB/cm");
  EXPECT_EQ(split_name("loss_dB_per_cm").stem, "loss");
  EXPECT_EQ(split_name("eur_per_usd").unit->text, "EUR/USD");
  EXPECT_FALSE(split_name("min").unit);
  EXPECT_FALSE(split_name("mm").unit);
  EXPECT_FALSE(split_name("team").unit) << "an m at the end is no unit without its underscore";
  std::set<std::string> suffixes;
  for (const Unit& each : units())
    EXPECT_TRUE(suffixes.insert(each.suffix).second) << each.suffix;
}

} // namespace
} // namespace beachfront::study
