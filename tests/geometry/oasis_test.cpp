// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/oasis.hpp"

#include "geometry/gdsii.hpp"
#include "geometry/oasis_records.hpp"
#include "tests/geometry/hand_layout.hpp"
#include "tests/geometry/klayout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

using namespace std::string_literals;
using test::hand_made;
using test::HandMade;

std::string oasis(const Drawing& drawing, const GridOptions& options = {}) {
  std::ostringstream stream;
  write_oasis(stream, drawing, options);
  return stream.str();
}

std::string gds(const Drawing& drawing, const GridOptions& options = {}) {
  std::ostringstream stream;
  write_gdsii(stream, drawing, options);
  return stream.str();
}

Drawing drawn(const HandMade& made) {
  return draw(made.package, made.rules, made.layout);
}

/// Guides on two layers, a crossing, a name beyond ASCII and one longer than GDSII takes by no byte.
Drawing everything() {
  HandMade made = hand_made();
  made.layout.guides[3].layer = 1;
  made.package.dies[0].name = "K\u00e4se & core";
  made.package.keep_outs.push_back({std::string(126, 'k'), box_around({-20, 15}, 1, 2), true, false});
  return draw(made.package, made.rules, made.layout, {{0, 1, {12, 0.5}, 1.2, true}});
}

TEST(OasisNumbers, HaveTheBytesOfTheStandard) {
  EXPECT_EQ(oasis_unsigned(0), "\0"s);
  EXPECT_EQ(oasis_unsigned(127), "\x7f"s);
  EXPECT_EQ(oasis_unsigned(128), "\x80\x01"s);
  EXPECT_EQ(oasis_unsigned(16383), "\xff\x7f"s);
  EXPECT_EQ(oasis_unsigned(16384), "\x80\x80\x01"s);
  EXPECT_EQ(oasis_signed(0), "\0"s);
  EXPECT_EQ(oasis_signed(1), "\x02"s);
  EXPECT_EQ(oasis_signed(-1), "\x03"s);
  EXPECT_EQ(oasis_signed(-64), "\x81\x01"s);
}

TEST(OasisNumbers, PointListsTakeTheShorterOfStepsAndTheirChanges) {
  // East 10, north 20: one integer each, 10 << 4 | 0 << 1 = 160 and 20 << 4 | 1 << 1 = 322.
  EXPECT_EQ(oasis_point_list({{0, 0}, {10, 0}, {10, 20}}), "\x04\x02\xa0\x01\xc2\x02"s);
  // The same step three times: a change of (0, 0) is one byte, the step (1000, 900) four.
  EXPECT_EQ(oasis_point_list({{0, 0}, {1000, 900}, {2000, 1800}, {3000, 2700}}), "\x05\x03\xa1\x1f\x88\x0e\0\0"s);
  EXPECT_THROW(oasis_point_list({{0, 0}, {1, 1}}), std::invalid_argument);
}

TEST(Oasis, BeginsWithMagicAndEndsWithARecordOf256Bytes) {
  const std::string bytes = oasis(everything());
  EXPECT_EQ(bytes.substr(0, 13), "%SEMI-OASIS\r\n");
  // START: version 1.0, 1000 steps a micrometre, table offsets at the end.
  EXPECT_EQ(bytes.substr(13, 9), "\x01\x03"
                                 "1.0\x00\xe8\x07\x01"s);
  const std::string end = bytes.substr(bytes.size() - 256);
  EXPECT_EQ(end[0], 2);
  EXPECT_EQ(end.back(), 0) << "no validation";
  // Six tables, each strict and where END says: the first byte there is the table's record.
  std::size_t at = 1;
  const auto next = [&] {
    std::size_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(end.at(at++));
      value |= static_cast<std::size_t>(byte & 0x7F) << shift;
      if (byte < 0x80)
        return value;
    }
  };
  for (int record : {3, 5, 7, 9, 11, 0}) {
    EXPECT_EQ(next(), 1U);
    const std::size_t offset = next();
    if (record != 0)
      EXPECT_EQ(bytes.at(offset), record);
    else
      EXPECT_EQ(offset, 0U) << "no extension names";
  }
  const std::size_t padding = next();
  EXPECT_EQ(at + padding + 1, 256U) << "the padding fills the record up to the validation scheme";
}

TEST(Oasis, RefusesWhatTheFormatCannotHold) {
  Drawing drawing = drawn(hand_made());
  drawing.texts.push_back({layer::body_name, {}, 1, "K\u00e4se"});
  EXPECT_THROW(oasis(drawing), std::invalid_argument);
  HandMade made = hand_made();
  made.package.outline = box_around({0, 0}, 5000, 10);
  EXPECT_THROW(oasis(drawn(made)), std::out_of_range);
  EXPECT_THROW(oasis(drawn(hand_made()), {.top_cell = ""}), std::invalid_argument);
}

TEST(Oasis, IsAtMostHalfOfTheGdsii) {
  EXPECT_LT(2 * oasis(everything()).size(), gds(everything()).size());
}

boost::property_tree::ptree diff(const test::Scratch& scratch, const std::string& first, const std::string& second) {
  return test::klayout(scratch, "layout_diff.py",
                       {{"first", scratch.write("first.gds", first)}, {"second", scratch.write("second.oas", second)}});
}

TEST(KLayout, FindsTheSameInOasisAsInGdsii) {
  if (!test::has_klayout())
    GTEST_SKIP() << "klayout is not installed";
  const test::Scratch scratch;
  const Drawing drawing = everything();
  const auto found = diff(scratch, gds(drawing, {.top_cell = "HAND"}), oasis(drawing, {.top_cell = "HAND"}));
  EXPECT_TRUE(found.get<bool>("same"));
  // An S-bend is two lines and two arcs, a laser feed two lines and an arc: 30 polygons; a text a guide and an engine.
  EXPECT_EQ(found.get<std::size_t>("shapes"), 30 + drawing.boxes.size() + drawing.texts.size());
  EXPECT_EQ(found.get<std::string>("layer_names.10/1"), "guide_mask_opening__layer_2");
}

TEST(KLayout, FindsANanometreOrANameThatDiffers) {
  if (!test::has_klayout())
    GTEST_SKIP() << "klayout is not installed";
  const test::Scratch scratch;
  const Drawing drawing = everything();
  Drawing moved = drawing;
  moved.texts.back().place.x_mm += 1e-6;
  EXPECT_FALSE(diff(scratch, gds(drawing), oasis(moved)).get<bool>("same"));
  Drawing renamed = drawing;
  renamed.guides.back().net += "x";
  EXPECT_FALSE(diff(scratch, gds(drawing), oasis(renamed)).get<bool>("same"));
}

} // namespace
} // namespace beachfront::geometry
