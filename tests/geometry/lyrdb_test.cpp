// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/lyrdb.hpp"

#include "tests/geometry/klayout.hpp"

#include <boost/property_tree/xml_parser.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace beachfront::geometry {
namespace {

using boost::property_tree::ptree;

const std::vector<Violation> three = {
    {"guide_spacing", "E00.tx0 and E00.tx1", {-12.5, 3.25}, 18.5, 20, "um", "it's <20> \\ & close"},
    {"bend_radius", "E01.rx3", {1e-7, -54}, 12, 13.7, "mm", "bend of 12 mm"},
    {"guide_spacing", "a, b", {0, 0}, 1, 20, "um", "line\nbreak \"quoted\""},
};

std::string described(const std::string& rule) {
  return "rule <" + rule + ">";
}

std::string lyrdb(const std::vector<Violation>& violations) {
  std::ostringstream stream;
  write_lyrdb(stream, "102t-glass", violations, described);
  return stream.str();
}

TEST(Lyrdb, IsWellFormedWithoutViolations) {
  std::istringstream stream(lyrdb({}));
  ptree tree;
  boost::property_tree::read_xml(stream, tree);
  EXPECT_EQ(tree.get<std::string>("report-database.top-cell"), "102t_glass");
  EXPECT_EQ(tree.get_child("report-database.items").count("item"), 0U);
}

TEST(KLayout, FindsEveryViolationAtItsPlace) {
  if (!test::has_klayout())
    GTEST_SKIP() << "klayout is not installed";
  const test::Scratch scratch;
  const ptree found = test::klayout(scratch, "read_lyrdb.py", {{"input", scratch.write("layout.lyrdb", lyrdb(three))}});
  EXPECT_EQ(found.get<std::string>("top_cell"), "102t_glass");
  EXPECT_EQ(found.get_child("categories").size(), 2U);
  EXPECT_EQ(found.get<int>("categories.guide_spacing.items"), 2);
  EXPECT_EQ(found.get<int>("categories.bend_radius.items"), 1);
  EXPECT_EQ(found.get<std::string>("categories.bend_radius.description"), "rule <bend_radius>");
  ASSERT_EQ(found.get_child("items").size(), three.size());
  std::size_t i = 0;
  for (const auto& [key, item] : found.get_child("items")) {
    const Violation& violation = three[i++];
    EXPECT_EQ(item.get<std::string>("rule"), violation.rule);
    EXPECT_EQ(item.get<std::string>("cell"), "102t_glass");
    EXPECT_NEAR(item.get<double>("x_mm"), violation.place.x_mm, 1e-9);
    EXPECT_NEAR(item.get<double>("y_mm"), violation.place.y_mm, 1e-9);
    std::vector<std::string> texts;
    for (const auto& [name, text] : item.get_child("texts"))
      texts.push_back(text.data());
    std::string message = violation.message;
    std::replace(message.begin(), message.end(), '\n', ' ');
    ASSERT_EQ(texts.size(), 3U);
    EXPECT_EQ(texts[0], message);
    EXPECT_EQ(texts[1], violation.where);
    EXPECT_THAT(texts[2], testing::StartsWith("found "));
  }
}

} // namespace
} // namespace beachfront::geometry
