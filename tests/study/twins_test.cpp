// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/twins.hpp"

#include "study/yaml.hpp"

#include <gmock/gmock.h>

namespace beachfront::study {
namespace {

std::vector<std::string> paths(const std::string& first, const std::string& other) {
  std::vector<std::string> out;
  for (const DifferingKey& key : differing_keys(parse_tree(first, "first"), parse_tree(other, "other")))
    out.push_back(key.path);
  return out;
}

TEST(Twins, NamesTheKeysThatDiffer) {
  const std::string first =
      "name: a\ndescription: x\nsubstrate: {kind: glass, width_mm: 110}\nlayers: [{n: 1}, {n: 2}]\n";
  EXPECT_THAT(paths(first, "layers: [{n: 1.0}, {n: 2}]\nname: b\nsubstrate: {width_mm: 110.0, kind: glass}\n"),
              testing::IsEmpty())
      << "names, order and spelling of numbers do not count";
  EXPECT_THAT(
      paths(first, "substrate: {kind: organic, width_mm: 110}\nlayers: [{n: 1}, {n: 3}]\nengines: {count: 2}\n"),
      testing::ElementsAre("substrate.kind", "layers[1].n", "engines"));
  EXPECT_THAT(paths(first, "substrate: {kind: glass}\nlayers: [{n: 1}]\n"),
              testing::ElementsAre("substrate.width_mm", "layers"));
}

TEST(Twins, CountsALibraryEntryOnce) {
  const auto keys = differing_keys(
      parse_tree("stack_up: [{name: core, material: {name: glass, youngs_modulus_GPa: 72, cte_ppm_per_K: 7}}]\n",
                 "first"),
      parse_tree("stack_up: [{name: core, material: {name: 705g, youngs_modulus_GPa: 33, poisson_ratio: 0.2}}]\n",
                 "other"));
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].path, "stack_up[0].material");
  EXPECT_EQ(keys[0].first, "glass");
  EXPECT_EQ(keys[0].other, "705g");
  EXPECT_THAT(paths("material: {name: glass, cte: 7}\n", "material: {name: glass, cte: 3}\n"),
              testing::ElementsAre("material.cte"))
      << "a changed entry shows what is changed";
}

TEST(Twins, TellsFewKeysAndCountsMany) {
  EXPECT_EQ(differing_text("A", "B", {}), "B is A under another name");
  EXPECT_EQ(differing_text("A", "B", {{"substrate.kind", "glass", "organic"}}),
            "B differs from A in 1 key: substrate.kind (glass, organic)");
  std::vector<DifferingKey> many(8, {"substrate.x", "1", "2"});
  many.push_back({"asic.dies[0].x_mm", "1", "2"});
  many.resize(12, {"layers[3]", "1", "2"});
  EXPECT_THAT(differing_text("A", "B", many), testing::HasSubstr("asic.dies[0].x_mm (1, 2)")) << "twelve are told";
  many.push_back({"substrate.y", "1", "2"});
  EXPECT_EQ(differing_text("A", "B", many), "B differs from A in 13 keys: substrate 9, asic 1, layers 3");
}

} // namespace
} // namespace beachfront::study
