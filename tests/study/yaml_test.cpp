// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/yaml.hpp"

#include "tests/study/good_design.hpp"
#include "tests/study/scratch_folder.hpp"

#include <gmock/gmock.h>

#include <cstdint>
#include <fstream>

namespace beachfront::study {
namespace {


const std::filesystem::path reference = example::source_dir / "designs/reference/102t-glass.yaml";

using YamlFiles = ScratchFolder;

TEST(Yaml, KeepsOrderMarksAndQuotes) {
  const Tree tree = parse_tree("b: 1\na:\n  - 'x'\n  - {c: yes}\n", "t.yaml");
  ASSERT_EQ(tree.node.entries.size(), 2U);
  EXPECT_EQ(tree.node.entries[0].key, "b");
  const Value item = tree.root().at("a[1].c");
  EXPECT_EQ(item.path, "a[1].c");
  EXPECT_EQ(to_string(item.node->mark), "t.yaml:4:9");
  EXPECT_EQ(to_string(tree.node.entries[1].key_mark), "t.yaml:2:1");
  EXPECT_TRUE(tree.root().at("a[0]").node->quoted);
  EXPECT_FALSE(item.node->quoted);
  EXPECT_EQ(item.text(), "yes") << "no other words for true and false";
}

TEST(Yaml, ColumnsCountCharacters) {
  const Tree tree = parse_tree("name: {µm: Ω, b: c}\n", "t.yaml");
  EXPECT_EQ(tree.root().at("name.b").node->mark.column, 18);
}

TEST(Yaml, SkipsByteOrderMarkAndTakesWindowsLines) {
  const Tree tree = parse_tree("\xEF\xBB\xBFname: x\r\nb:\r\n  c: 2\r\n", "t.yaml");
  EXPECT_EQ(tree.root().text("name"), "x");
  EXPECT_EQ(to_string(tree.root().at("b.c").node->mark), "t.yaml:3:6");
}

TEST(Yaml, AliasesAreCopies) {
  const Tree tree = parse_tree("a: &x {k: 1}\nb: *x\n", "t.yaml");
  EXPECT_EQ(tree.root().number("b.k"), 1);
  EXPECT_EQ(tree.root().at("b.k").node->mark.line, 1) << "an error points at what was written";
}

TEST(Yaml, RefusesWhatIsNoDocumentOfOurs) {
  const auto parse = [](const std::string& text) { return message_of([&] { parse_tree(text, "t.yaml"); }); };
  EXPECT_EQ(parse(""), "t.yaml: is empty; must be a map of keys and values");
  EXPECT_EQ(parse("# only a comment\n"), parse(""));
  EXPECT_EQ(parse("---\n"), parse(""));
  EXPECT_EQ(parse("- 1\n- 2\n"), "t.yaml:1:1: found a list of 2; must be a map of keys and values");
  EXPECT_EQ(parse("just text\n"),
            "t.yaml:1:1: found 'just text'; must be a map of keys and values");
  EXPECT_EQ(parse("\xFF\xFE" + std::string("a\0:\0", 4)), "t.yaml: is UTF-16; save the file as UTF-8");
  EXPECT_EQ(parse("a: \xC0\xAF\n"), "t.yaml:1:4: found the byte 0xc0, which is no UTF-8; save the file as UTF-8");
  EXPECT_EQ(parse("a: \xED\xA0\x80\n"), "t.yaml:1:4: found the byte 0xed, which is no UTF-8; save the file as UTF-8");
  EXPECT_EQ(parse(std::string("a: \0b", 5)), "t.yaml:1:4: found the control character 0x00; must be text");
  EXPECT_EQ(parse("a: 1\n---\nb: 2\n"), "t.yaml:2:1: found a second document ('---'); must be one");
  EXPECT_EQ(parse("a: &x [1, *x]\n"),
            "t.yaml:1:11: a[1]: found an alias to the value it stands in; must be an earlier value");
}

TEST(Yaml, BoundsDepthAndSize) {
  const auto nested = [](std::size_t depth) { return "a: " + std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(message_of([&] { parse_tree(nested(63), "t.yaml"); }), "");
  EXPECT_THAT(message_of([&] { parse_tree(nested(64), "t.yaml"); }),
              ::testing::HasSubstr("nested too deeply; must be at most 64 levels"));
  EXPECT_THAT(message_of([&] { parse_tree(nested(100'000), "t.yaml"); }), ::testing::HasSubstr("nested too deeply"));

  // Ten levels of ten aliases each would be 10^10 values.
  std::string bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k)
      bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_THAT(message_of([&] { parse_tree(bomb, "t.yaml"); }),
              ::testing::HasSubstr("too large; must be at most 200000 values, aliases expanded"));
}

TEST_F(YamlFiles, ThatCannotBeRead) {
  const auto load = [](const std::filesystem::path& file) { return message_of([&] { load_tree(file); }); };
  const std::filesystem::path designs = reference.parent_path();
  EXPECT_EQ(load(designs / "102t-glas.yaml"), (designs / "102t-glas.yaml").string() + ": no such file; did you mean '" +
                                                  (designs / "102t-glass.yaml").string() + "'?");
  EXPECT_EQ(load("/nowhere/at-all.yaml"), "/nowhere/at-all.yaml: no such file");
  EXPECT_EQ(load(designs), designs.string() + ": is a folder; must be a YAML file");
  EXPECT_EQ(load("/dev/null"), "/dev/null: must be a regular file");
  const std::filesystem::path locked = folder / "locked.yaml";
  std::ofstream(locked) << "a: 1\n";
  std::filesystem::permissions(locked, std::filesystem::perms::none);
  if (!std::ifstream(locked)) { // root reads it all the same
    EXPECT_EQ(load(locked), locked.string() + ": cannot be read; look at its permissions");
  }
}

/// What is printed reads back as the same values, whatever the texts hold.
TEST(Yaml, PrintsWhatReadsBack) {
  const char* text = "plain: some words (and more)\n"
                     "comma: \"a, b\"\n"
                     "list: [\"a, b\", \"[x]\", \"12\", 12, \"\", \"true\", \"null\", \"~\", \"- x\", \" y \"]\n"
                     "colon: \"a: b # c\"\n"
                     "lines: \"one\\ntwo\\ttabs \\\\ \\\"quoted\\\"\"\n"
                     "deep: [{a: [], b: {}, c: [[1, 2], {d: 3}]}]\n"
                     "\"odd key: #\": µm\n"
                     "nothing: null\n";
  const Tree tree = parse_tree(text, "t.yaml");
  const std::string printed = print_yaml(tree.node);
  const Tree again = parse_tree(printed, "t.yaml");
  EXPECT_EQ(print_yaml(again.node), printed);
  EXPECT_EQ(hash(again.root()), hash(tree.root()));
  EXPECT_EQ(again.root().text("lines"), "one\ntwo\ttabs \\ \"quoted\"");
  EXPECT_TRUE(again.root().at("list[2]").node->quoted);
  EXPECT_FALSE(again.root().at("list[3]").node->quoted);
}

/// Tries every `step`-th prefix; returns how many are told as wrong input. Anything else thrown fails the test.
std::size_t wrong_prefixes(const std::string& text, std::size_t step, const Library& library) {
  std::size_t wrong = 0;
  for (std::size_t n = 0; n < text.size(); n += step) {
    try {
      resolve(parse_tree(text.substr(0, n), "x.yaml"), design_schema(), library);
    } catch (const InputError&) {
      ++wrong;
    }
  }
  return wrong;
}

/// A design cut off anywhere is told as wrong input, or is a design. The reference is long: every third place.
TEST(Yaml, PrefixesOfDesignsAreHandled) {
  const std::string small = example::good_design;
  EXPECT_GT(wrong_prefixes(small, 1, example::small_library()), small.size() / 2) << "most lack required blocks";
  const std::string large = ScratchFolder::read(reference);
  ASSERT_GT(large.size(), 1000U);
  const Library library = load_library(example::source_dir / "designs/library", Tree{});
  EXPECT_GT(wrong_prefixes(large, 3, library), large.size() / 6);
}

/// The same with bytes changed, from a fixed sequence.
TEST(Yaml, ChangedBytesAreHandled) {
  const std::string good = example::good_design;
  std::uint64_t state = 1;
  const auto next = [&](std::uint64_t bound) { // multiplier and increment of Knuth's MMIX generator
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % bound;
  };
  const std::string spice = "{}[]:,-#&*!|>'\"%@`?\t\n \\<~=0x\x80\xFF";
  for (int run = 0; run < 4000; ++run) {
    std::string text = good;
    for (std::uint64_t changes = 1 + next(4); changes > 0; --changes) {
      const std::size_t at = next(text.size());
      switch (next(3)) {
      case 0:
        text[at] = spice[next(spice.size())];
        break;
      case 1:
        text.insert(at, 1, spice[next(spice.size())]);
        break;
      default:
        text.erase(at, 1 + next(20));
      }
    }
    try {
      example::resolve_text(text);
    } catch (const InputError& error) {
      EXPECT_FALSE(std::string(error.what()).empty());
    }
  }
}

} // namespace
} // namespace beachfront::study
