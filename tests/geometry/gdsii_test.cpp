// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/gdsii.hpp"

#include "geometry/gds_records.hpp"
#include "geometry/lyp.hpp"
#include "geometry/outline.hpp"
#include "tests/geometry/hand_layout.hpp"
#include "tests/geometry/klayout.hpp"

#include <boost/property_tree/xml_parser.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace beachfront::geometry {
namespace {

using test::hand_made;
using test::HandMade;

/// Big-endian, from `bytes[at]`.
std::uint64_t integer(const std::string& bytes, std::size_t at, int size) {
  std::uint64_t value = 0;
  for (int i = 0; i < size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  return value;
}

double real8(std::uint64_t bits) {
  const double fraction = std::ldexp(static_cast<double>(bits & 0x00FFFFFFFFFFFFFF), -56);
  const int exponent = static_cast<int>(bits >> 56 & 0x7F) - 64;
  return (bits >> 63 ? -1 : 1) * fraction * std::pow(16.0, exponent);
}

struct Record {
  int type = 0; ///< record and data type
  std::string data;
};

std::vector<Record> records(const std::string& bytes) {
  std::vector<Record> result;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = integer(bytes, at, 2);
    if (size < 4 || size % 2 != 0 || at + size > bytes.size()) {
      ADD_FAILURE() << "a record of " << size << " bytes at " << at;
      break;
    }
    result.push_back({static_cast<int>(integer(bytes, at + 2, 2)), bytes.substr(at + 4, size - 4)});
    at += size;
  }
  return result;
}

std::string gds(const HandMade& made, const GridOptions& options = {}) {
  std::ostringstream stream;
  write_gdsii(stream, draw(made.package, made.rules, made.layout), options);
  return stream.str();
}

std::string text(const Record& record) {
  return record.data.c_str();
} // up to the padding

struct Element {
  bool is_text = false;
  int layer = 0;
  int datatype = 0;
  GridPolygon points;
  std::string name; ///< property 1 of a polygon, the string of a text
};

std::vector<Element> elements(const std::string& bytes) {
  std::vector<Element> result;
  for (const Record& record : records(bytes)) {
    if (record.type == 0x0800 || record.type == 0x0C00)
      result.push_back({record.type == 0x0C00, 0, 0, {}, {}});
    if (record.type == 0x0D02)
      result.back().layer = static_cast<int>(integer(record.data, 0, 2));
    if (record.type == 0x0E02 || record.type == 0x1602)
      result.back().datatype = static_cast<int>(integer(record.data, 0, 2));
    if (record.type == 0x2C06 || record.type == 0x1906)
      result.back().name = text(record);
    if (record.type == 0x1003)
      for (std::size_t i = 0; i < record.data.size(); i += 8)
        result.back().points.push_back({static_cast<std::int32_t>(integer(record.data, i, 4)),
                                        static_cast<std::int32_t>(integer(record.data, i + 4, 4))});
  }
  return result;
}

std::map<std::pair<int, int>, int> count_by_layer(const std::vector<Element>& all) {
  std::map<std::pair<int, int>, int> counts;
  for (const Element& element : all)
    ++counts[{element.layer, element.datatype}];
  return counts;
}

TEST(Real8, HasTheBytesOfTheFormat) {
  EXPECT_EQ(gds_real8(0), 0U);
  EXPECT_EQ(gds_real8(1), 0x4110000000000000U);
  EXPECT_EQ(gds_real8(-2), 0xC120000000000000U);
  EXPECT_EQ(gds_real8(16), 0x4210000000000000U);
  EXPECT_EQ(gds_real8(0.0625), 0x4010000000000000U);
  // Of the double, whose 53 bits fit: 10^-9 itself would round to ...53.
  EXPECT_EQ(gds_real8(1e-3), 0x3E4189374BC6A7F0U);
  EXPECT_EQ(gds_real8(1e-9), 0x3944B82FA09B5A54U);
}

TEST(Real8, HoldsEveryDoubleInItsRangeExactly) {
  for (double value = 1.2345678901234567e-75; value < 1e74; value *= 3.3) {
    EXPECT_EQ(real8(gds_real8(value)), value);
    EXPECT_EQ(real8(gds_real8(-value)), -value);
  }
  EXPECT_THROW(gds_real8(1e80), std::out_of_range);
  EXPECT_THROW(gds_real8(1e-90), std::out_of_range);
  EXPECT_THROW(gds_real8(std::nan("")), std::out_of_range);
}

TEST(Gdsii, BeginsAndEndsAsTheFormatAsks) {
  const auto all = records(gds(hand_made(), {.top_cell = "102t-glass"}));
  std::vector<int> head;
  for (std::size_t i = 0; i < 7; ++i)
    head.push_back(all.at(i).type);
  EXPECT_THAT(head, testing::ElementsAre(0x0002, 0x0102, 0x0206, 0x0305, 0x0502, 0x0606, 0x0800));
  EXPECT_EQ(integer(all[0].data, 0, 2), 600U);
  EXPECT_EQ(real8(integer(all[3].data, 0, 8)), 1e-3) << "database unit in user units";
  EXPECT_EQ(real8(integer(all[3].data, 8, 8)), 1e-9) << "database unit in metres";
  EXPECT_EQ(text(all[5]), "102t_glass");
  EXPECT_EQ(all[all.size() - 2].type, 0x0700);
  EXPECT_EQ(all.back().type, 0x0400);
}

TEST(Gdsii, HasEveryBodyGuideAndName) {
  const HandMade made = hand_made();
  const auto all = elements(gds(made));
  // Six S-bends of line, arc, arc, line and two of line, arc, line; no arc of these needs a split.
  const std::map<std::pair<int, int>, int> expected = {{{1, 0}, 1},  {{2, 0}, 1},  {{3, 0}, 3},  {{10, 0}, 30},
                                                       {{20, 0}, 1}, {{30, 0}, 2}, {{50, 0}, 3}, {{51, 0}, 8}};
  EXPECT_EQ(count_by_layer(all), expected);

  std::map<std::string, int> polygons;
  std::set<std::string> names;
  for (const Element& element : all)
    if (element.layer == layer::guide(0).layer)
      ++polygons[element.name];
    else if (element.layer == layer::net_name(0).layer)
      names.insert(element.name);
  for (const Guide& guide : made.layout.guides) {
    EXPECT_EQ(polygons[guide.net], static_cast<int>(guide.path.size())) << guide.net;
    EXPECT_TRUE(names.contains(guide.net)) << guide.net;
  }
}

TEST(Gdsii, PolygonsAreClosedAndBelowTheVertexLimit) {
  for (const Element& element : elements(gds(hand_made(), {.max_vertices = 21}))) {
    if (element.is_text)
      continue;
    EXPECT_EQ(element.points.front(), element.points.back());
    EXPECT_LE(element.points.size(), 21U);
  }
  EXPECT_THROW(gds(hand_made(), {.max_vertices = 8192}), std::invalid_argument);
}

TEST(Gdsii, OrderOfNetsAndBodiesDoesNotChangeTheBytes) {
  HandMade made = hand_made();
  const std::string first = gds(made);
  std::reverse(made.layout.guides.begin(), made.layout.guides.end());
  std::reverse(made.layout.engines.begin(), made.layout.engines.end());
  std::reverse(made.layout.connectors.begin(), made.layout.connectors.end());
  EXPECT_EQ(gds(made), first);
}

TEST(Gdsii, RefusesWhatTheFormatCannotHold) {
  HandMade made = hand_made();
  made.package.outline = box_around({0, 0}, 5000, 10);
  EXPECT_THROW(gds(made), std::out_of_range);
  EXPECT_THROW(gds(hand_made(), {.top_cell = ""}), std::invalid_argument);
}

TEST(Gdsii, LongNamesAreCutAtThePropertyLimit) {
  HandMade made = hand_made();
  made.package.dies[0].name = std::string(300, 'x');
  const auto all = elements(gds(made));
  const auto die = std::find_if(all.begin(), all.end(), [](const Element& e) { return e.layer == layer::die.layer; });
  ASSERT_NE(die, all.end());
  EXPECT_EQ(die->name, std::string(126, 'x'));
}

TEST(Lyp, NamesTheLayersInUse) {
  HandMade made = hand_made();
  made.layout.guides[0].layer = 1;
  std::stringstream stream;
  write_lyp(stream, draw(made.package, made.rules, made.layout));
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(stream, tree);
  std::map<std::string, std::string> found;
  for (const auto& [key, node] : tree.get_child("layer-properties"))
    EXPECT_TRUE(found.emplace(node.get<std::string>("source"), node.get<std::string>("name")).second);
  const std::map<std::string, std::string> expected = {{"1/0@1", "package outline"},
                                                       {"2/0@1", "die"},
                                                       {"3/0@1", "engine"},
                                                       {"10/0@1", "guide mask opening, layer 1"},
                                                       {"10/1@1", "guide mask opening, layer 2"},
                                                       {"20/0@1", "keep-out"},
                                                       {"30/0@1", "connector landing"},
                                                       {"50/0@1", "engine names"},
                                                       {"51/0@1", "net names, layer 1"},
                                                       {"51/1@1", "net names, layer 2"}};
  EXPECT_EQ(found, expected) << "the number belongs into <source> alone";
}

TEST(KLayout, ReadsWhatWasDrawn) {
  if (!test::has_klayout())
    GTEST_SKIP() << "klayout is not installed";
  const HandMade made = hand_made();
  const test::Scratch scratch;
  const auto found =
      test::klayout(scratch, "read_gds.py", {{"input", scratch.write("layout.gds", gds(made, {.top_cell = "HAND"}))}});

  EXPECT_NEAR(found.get<double>("dbu"), 1e-3, 1e-12); // KLayout's own value is off by a few ulp
  EXPECT_EQ(found.get_child("top_cells").size(), 1U);
  EXPECT_EQ(found.get_child("top_cells").front().second.data(), "HAND");
  std::vector<double> bbox_um;
  for (const auto& [key, value] : found.get_child("bbox_um"))
    bbox_um.push_back(value.get_value<double>());
  EXPECT_THAT(bbox_um, testing::Pointwise(testing::DoubleNear(1e-6), {-25000, -20000, 25000, 20000}));

  EXPECT_EQ(found.get<int>("layers.3/0.polygons"), 3);
  EXPECT_EQ(found.get<int>("layers.10/0.polygons"), 30);
  EXPECT_EQ(found.get<int>("layers.51/0.texts"), 8);
  EXPECT_EQ(found.get_child("guide_nets").size(), made.layout.guides.size());
  EXPECT_EQ(found.get_child("guide_nets").front().second.data(), "E00.laser0");
  EXPECT_EQ(found.get<std::size_t>("guides_merged"), made.layout.guides.size()) << "one piece a guide: no slits";
  EXPECT_EQ(found.get<int>("guides_holes"), 0);

  // Length x width; both edges move by at most 0.71 nm in snapping (see Outline.AreaIsLengthTimesWidth).
  double length_um = 0;
  for (const Guide& guide : made.layout.guides)
    length_um += 1e3 * length_mm(guide.path);
  EXPECT_NEAR(found.get<double>("guides_area_um2"), length_um * made.rules.guide_width_um, length_um * 2 * 0.75e-3);
}

} // namespace
} // namespace beachfront::geometry
