// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/report_page.hpp"
#include "study/report_parts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace beachfront::study {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

TEST(ReportPage, NoTextOfTheDataEndsItsScript) {
  const Json data = {{"name", "</script><script>hacked()</script><!--"}, {"</key>", 1}};
  const std::string json = script_json(data);
  EXPECT_THAT(json, Not(HasSubstr("<")));
  EXPECT_EQ(Json::parse(json), data); // and it is still the same data
}

TEST(ReportPage, BytesThatAreNoUtf8AreReplaced) {
  EXPECT_EQ(script_json(Json("a\xff")), "\"a\xef\xbf\xbd\"");
}

TEST(ReportPage, TitleIsText) {
  const std::string page = report_page("</title><b>\"'&", {}, Json::object());
  EXPECT_THAT(page, HasSubstr("<title>&lt;/title&gt;&lt;b&gt;&quot;&#39;&amp; - beachfront</title>"));
}

TEST(ReportPage, TextThatLooksLikeAPlaceIsNotFilled) {
  const std::string page = report_page("{{data}}", {}, {{"name", "{{script}}{{style}}"}});
  EXPECT_THAT(page, HasSubstr("<title>{{data}} - beachfront</title>"));
  EXPECT_THAT(page, HasSubstr("{\"name\":\"{{script}}{{style}}\"}"));
}

TEST(ReportPage, IsWholeAndFetchesNothing) {
  const std::string page = report_page("x", {"layout.js", "design.js"}, Json::object());
  EXPECT_EQ(count(page, "<script"), 3U);
  EXPECT_EQ(count(page, "</script>"), 3U);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr(" src=")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  EXPECT_EQ(page, report_page("x", {"layout.js", "design.js"}, Json::object()));
}

TEST(ReportPage, AnUnknownPartIsAFaultOfTheProgram) {
  EXPECT_THROW(report_part("missing.js"), std::logic_error);
}

} // namespace
} // namespace beachfront::study
