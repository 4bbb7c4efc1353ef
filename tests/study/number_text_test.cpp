// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/number_text.hpp"

#include "study/spelling.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace beachfront::study {
namespace {

TEST(NumberText, ReadsDecimalNumbersOnly) {
  EXPECT_EQ(parse_number("0"), 0);
  EXPECT_EQ(parse_number("-12.5e-3"), -0.0125);
  EXPECT_EQ(parse_number("+3"), 3);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("5."), 5);
  EXPECT_EQ(parse_number("1E6"), 1e6);
  EXPECT_FALSE(std::signbit(*parse_number("-0"))) << "one zero only";
  for (const char* bad :
       {"",    "-",    "+",     ".",      "e5",  "1e", "1e+", "12mm", "1_000", "1,5", "0x10",     "0o7", "010",  "-01",
        "nan", ".inf", "1e999", "1e-999", "1 2", " 1", "1 ",  "--1",  "1.2.3", "1-",  "12 dB/cm", "0b1", "1e5.0"})
    EXPECT_FALSE(parse_number(bad)) << bad;
}

TEST(NumberText, HintsSayWhatToWrite) {
  EXPECT_EQ(number_hint("12mm"), "write 12 and keep the unit in the key");
  EXPECT_EQ(number_hint("-3.5 dB/cm"), "write -3.5 and keep the unit in the key");
  EXPECT_EQ(number_hint("40 W/m2K"), "write 40 and keep the unit in the key");
  EXPECT_EQ(number_hint("5%"), "write 5 and keep the unit in the key");
  EXPECT_EQ(number_hint("1_000"), "write a decimal point and no grouping, as 1234.5");
  EXPECT_EQ(number_hint("010"), "write it without leading zeros");
  EXPECT_EQ(number_hint("0xFF"), "write a decimal number");
  EXPECT_EQ(number_hint("-.INF"), "write a finite number");
  EXPECT_EQ(number_hint("1e400"), "it is too large or too small for a number");
  EXPECT_EQ(number_hint("wide"), "");
  EXPECT_EQ(number_hint("1-2"), "");
}

/// Every double comes back bit by bit from its printed form; the numbers are a fixed sequence of bit patterns.
TEST(NumberText, PrintsWhatReadsBack) {
  std::uint64_t state = 42;
  int tried = 0;
  for (int i = 0; i < 20000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U; // Knuth's MMIX generator
    double value = 0;
    std::memcpy(&value, &state, sizeof value);
    if (!std::isfinite(value) || value == 0)
      continue;
    ++tried;
    EXPECT_EQ(parse_number(print_number(value)), value) << print_number(value);
  }
  EXPECT_GT(tried, 19000);
  EXPECT_EQ(parse_number(print_number(std::numeric_limits<double>::denorm_min())),
            std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(print_number(0.1), "0.1");
  EXPECT_EQ(print_number(16), "16");
  EXPECT_EQ(print_number(-0.0), "0");
  EXPECT_EQ(print_number(20000), "20000");
  EXPECT_EQ(print_number(1.21e-7), "1.21e-07");
}

TEST(Spelling, DistanceCountsSlips) {
  EXPECT_EQ(edit_distance("count", "count"), 0U);
  EXPECT_EQ(edit_distance("cuont", "count"), 1U) << "a swap is one slip";
  EXPECT_EQ(edit_distance("cont", "count"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U) << "optimal string alignment: no part is edited twice";
  EXPECT_EQ(edit_distance("Lanes-Per", "lanes_per"), 0U);
}

TEST(Spelling, NearestIsNearEnoughOrNone) {
  const std::vector<std::string> words{"count", "spares", "width_mm"};
  EXPECT_EQ(nearest("cuont", words), "count");
  EXPECT_EQ(nearest("spare", words), "spares");
  EXPECT_EQ(nearest("colour", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest(std::string(100000, 'x'), words), "");
}

} // namespace
} // namespace beachfront::study
