// SPDX-License-Identifier: GPL-3.0-or-later
// What is generated from the schema: documents, the starter design, the JSON Schema.
#include "study/schema_docs.hpp"

#include "study/json_schema.hpp"
#include "study/starter.hpp"
#include "tests/study/good_design.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

namespace beachfront::study {
namespace {

TEST(SchemaDocs, CommittedDocumentIsTheGeneratedOne) {
  std::ifstream stream(example::source_dir / "docs/design-file.md");
  std::ostringstream text;
  text << stream.rdbuf();
  EXPECT_TRUE(text.str() == schema_markdown()) << "run: beachfront schema --markdown > docs/design-file.md";
}

TEST(SchemaDocs, NamesEveryKeyOfADesign) {
  const std::string text = schema_markdown();
  for (const Key& block : design_schema().keys) {
    EXPECT_THAT(text, ::testing::HasSubstr("| `" + block.name + "` |"));
    for (const Key& key : block.keys)
      EXPECT_TRUE(key.name.empty() || text.find("| `" + key.name + "` |") != std::string::npos) << key.name;
  }
}

TEST(Starter, IsAGoodDesignWithShortLines) {
  const std::string text = starter_design("my-switch");
  const Library library = load_library(example::source_dir / "designs/library", Tree{});
  const Tree design = resolve(parse_tree(text, "my-switch.yaml"), design_schema(), library);
  EXPECT_EQ(design.root().text("name"), "my-switch");
  // One engine's lanes fit its ports, and the engines the switch.
  const double lanes =
      design.root().number("engines.bandwidth_Tbps") * 1000 / design.root().number("switch.lane_rate_Gbps");
  EXPECT_EQ(design.root().number("engines.optical_ports.tx") * design.root().number("engines.wavelengths_per_fibre"),
            lanes);
  EXPECT_EQ(design.root().number("engines.count") * design.root().number("engines.bandwidth_Tbps"),
            design.root().number("switch.bandwidth_Tbps"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_LE(line.size(), 120U) << line;
  for (const Key& block : design_schema().keys) {
    EXPECT_THAT(text, ::testing::ContainsRegex("(^|\n)(# )?" + block.name + ":"))
        << "every block is shown or mentioned";
  }
}

TEST(Starter, AnyNameIsAText) {
  const Library library = load_library(example::source_dir / "designs/library", Tree{});
  for (const char* name : {"2024", "true", "a: b", "\"quoted\"", "#1", "µ"}) {
    const Tree design = resolve(parse_tree(starter_design(name), "x.yaml"), design_schema(), library);
    EXPECT_EQ(design.root().text("name"), name);
  }
}

TEST(JsonSchema, SaysWhatTheDeclarationsSay) {
  const auto schema = json_schema(design_schema());
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema["additionalProperties"], false);
  const auto& count = schema["properties"]["engines"]["properties"]["count"];
  EXPECT_EQ(count["type"], "integer");
  EXPECT_EQ(count["minimum"], 1);
  EXPECT_EQ(count["maximum"], 1024);
  const auto& modulation = schema["properties"]["switch"]["properties"]["modulation"];
  EXPECT_EQ(modulation["enum"], (nlohmann::ordered_json{"nrz", "pam4"}));
  EXPECT_EQ(modulation["default"], "pam4");
  const auto& depth = schema["properties"]["engines"]["properties"]["depth_mm"];
  EXPECT_EQ(depth["exclusiveMinimum"], 0);
  EXPECT_THAT(depth["description"].get<std::string>(), ::testing::EndsWith("In mm."));
  EXPECT_TRUE(schema["$defs"].contains("materials")) << "referred to by a glass";
}

} // namespace
} // namespace beachfront::study
