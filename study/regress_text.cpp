// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/display_width.hpp"
#include "study/regress.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <ostream>

namespace beachfront::study {
namespace {

std::string value_text(const Json& value) {
  if (value.is_null())
    return "-";
  return value.is_number_float() ? fmt::format("{:.8g}", value.get<double>())
                                 : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// By how much a number moved: in per cent of its golden, or as it is where the golden is zero.
std::string move_text(const Drift& drift) {
  if (drift.golden.is_null())
    return "new";
  if (drift.found.is_null())
    return "gone";
  if (!drift.golden.is_number() || !drift.found.is_number())
    return "changed";
  const double was = drift.golden.get<double>();
  const double move = drift.found.get<double>() - was;
  return was != 0 ? fmt::format("{:+.3g} %", 100 * move / std::abs(was)) : fmt::format("{:+.3g}", move);
}

std::string allowed_text(const Drift& drift) {
  const bool numbers = drift.golden.is_number() && drift.found.is_number();
  return numbers ? fmt::format("{:.3g}", allowed_move(drift)) : "-";
}

std::string row(std::string_view path, std::string_view golden, std::string_view found, std::string_view moved,
                std::string_view allowed, std::string_view alike) {
  constexpr std::size_t path_columns = 40;
  std::string cells = fmt::format("{:>13} {:>13} {:>11} {:>9} {:>5}", golden, found, moved, allowed, alike);
  cells.erase(cells.find_last_not_of(' ') + 1);
  const std::size_t width = display_width(path);
  if (width > path_columns) // on a line of its own
    return fmt::format("    {}\n    {:{}} {}\n", path, "", path_columns, cells);
  return fmt::format("    {}{:{}} {}\n", path, "", path_columns - width, cells);
}

/// A row for each kind of figure that moved: that which moved most, and how many there are.
void print_moves(std::ostream& out, const std::vector<Drift>& drifts, std::size_t most) {
  std::vector<Drift> first;
  std::map<std::string, std::size_t> alike;
  for (const Drift& drift : largest_first(drifts))
    if (++alike[kind_of(drift.path)] == 1)
      first.push_back(drift);
  if (!first.empty())
    out << row("", "golden", "found", "moved by", "allowed", "alike");
  for (std::size_t i = 0; i < std::min(most, first.size()); ++i) {
    const std::size_t count = alike[kind_of(first[i].path)];
    out << row(first[i].path, value_text(first[i].golden), value_text(first[i].found), move_text(first[i]),
               allowed_text(first[i]), count > 1 ? std::to_string(count) : "");
  }
  if (first.size() > most)
    out << fmt::format("    and {} more kinds of figures; --json lists all\n", first.size() - most);
}

std::string verdict_text(Verdict verdict) {
  constexpr std::array<const char*, 6> names = {"same", "drifted", "no_golden", "wrong_input", "failed", "no_design"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string headline(const Regression& one) {
  switch (one.verdict) {
  case Verdict::same:
    return fmt::format("same, {} figures", one.compared);
  case Verdict::drifted:
    return fmt::format("DRIFTED, {} of {} figures", one.drifts.size(), one.compared);
  case Verdict::no_golden:
    return "NO GOLDEN";
  case Verdict::wrong_input:
    return "WRONG INPUT: " + one.message;
  case Verdict::failed:
    return "FAILED: " + one.message;
  case Verdict::no_design:
    break;
  }
  return "NO DESIGN: " + one.message;
}

/// "10 designs: 8 same, 1 drifted, 1 without a golden".
std::string tally(const std::vector<Regression>& all) {
  constexpr std::array<const char*, 6> names = {"same", "drifted", "without a golden", "wrong input", "failed", ""};
  std::array<std::size_t, 6> counts{};
  for (const Regression& one : all)
    ++counts[static_cast<std::size_t>(one.verdict)];
  const std::size_t orphans = counts.back();
  const std::size_t designs = all.size() - orphans;
  std::string text = fmt::format("{} design{}:", designs, designs == 1 ? "" : "s");
  bool first = true;
  for (std::size_t i = 0; i + 1 < names.size(); ++i)
    if (counts[i] > 0) {
      text += fmt::format("{} {} {}", first ? "" : ",", counts[i], names[i]);
      first = false;
    }
  return text + (orphans > 0 ? fmt::format("; {} golden{} without a design", orphans, orphans == 1 ? "" : "s") : "");
}

std::size_t count(const std::vector<Regression>& all, std::initializer_list<Verdict> verdicts) {
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Regression& one) {
    return std::find(verdicts.begin(), verdicts.end(), one.verdict) != verdicts.end();
  }));
}

/// Text for XML 1.0, also inside an attribute: markup and line ends as references, what XML cannot hold as "?".
std::string xml_text(const std::string& text) {
  const std::string clean = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); // bytes that are no UTF-8
  std::string out;
  for (const char c : Json::parse(clean).get<std::string>()) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\n':
    case '\t':
    case '\r':
      out += fmt::format("&#{};", byte);
      break;
    default:
      out += byte < 0x20 || byte == 0x7F ? '?' : c;
    }
  }
  // U+FFFE and U+FFFF are UTF-8 but no XML
  for (const char* none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (std::size_t at = out.find(none); at != std::string::npos; at = out.find(none, at))
      out.replace(at, 3, "?");
  return out;
}

std::string drift_lines(const Regression& one) {
  std::string text;
  for (const Drift& drift : largest_first(one.drifts))
    text += fmt::format("{}: golden {}, found {}, {}, allowed {}\n", drift.path, value_text(drift.golden),
                        value_text(drift.found), move_text(drift), allowed_text(drift));
  return text;
}

void write_test_case(std::ostream& out, const Regression& one) {
  out << fmt::format("    <testcase classname=\"beachfront.regress\" name=\"{}\"", xml_text(one.name));
  if (one.verdict == Verdict::same) {
    out << "/>\n";
    return;
  }
  const bool broken = one.verdict == Verdict::wrong_input || one.verdict == Verdict::failed;
  const char* element = broken ? "error" : "failure";
  const std::string details = one.verdict == Verdict::drifted ? drift_lines(one) : one.message;
  out << fmt::format(">\n      <{} type=\"{}\" message=\"{}\">", element, verdict_text(one.verdict),
                     xml_text(headline(one)));
  std::size_t begin = 0;
  while (begin < details.size()) { // line ends stand for themselves between tags
    const std::size_t end = std::min(details.find('\n', begin), details.size());
    out << xml_text(details.substr(begin, end - begin)) << (end < details.size() ? "\n" : "");
    begin = end + 1;
  }
  out << fmt::format("</{}>\n    </testcase>\n", element);
}

} // namespace

void print_regressions(std::ostream& out, const std::vector<Regression>& all, std::size_t most) {
  std::size_t width = 0;
  for (const Regression& one : all)
    width = std::max(width, display_width(one.name));
  for (const Regression& one : all) {
    const std::size_t gap = width - display_width(one.name) + 2;
    for (const std::string& line : wrapped_lines(one.name + std::string(gap, '\x01') + headline(one), 4, 100)) {
      std::string shown = line; // the gap was no place to break at
      std::replace(shown.begin(), shown.end(), '\x01', ' ');
      out << shown << '\n';
    }
    print_moves(out, one.drifts, most);
  }
  out << tally(all) << '\n';
}

void print_tolerances(std::ostream& out, const Tolerances& own) {
  out << "A figure is good when |found - golden| <= absolute + relative |golden|, by the first pattern\n"
         "that fits its path:\n";
  const auto print_row = [&out](std::string_view pattern, std::string_view relative, std::string_view absolute,
                                std::string_view why) {
    out << fmt::format("{:<35} {:>8} {:>8}  {}\n", pattern, relative, absolute, why);
  };
  print_row("pattern", "relative", "absolute", "why");
  for (const Tolerances& list : {own, tolerances()})
    for (const Tolerance& one : list)
      print_row(one.pattern, fmt::format("{:g}", one.relative), fmt::format("{:g}", one.absolute), one.why);
}

Json regressions_json(const std::vector<Regression>& all) {
  Json designs = Json::array();
  for (const Regression& one : all) {
    Json drifts = Json::array();
    for (const Drift& drift : one.drifts)
      drifts.push_back({{"path", drift.path},
                        {"golden", drift.golden},
                        {"found", drift.found},
                        {"relative_tolerance", drift.allowed.relative},
                        {"absolute_tolerance", drift.allowed.absolute}});
    Json entry = {{"name", one.name}, {"verdict", verdict_text(one.verdict)}, {"compared", one.compared}};
    if (!one.message.empty())
      entry["message"] = one.message;
    entry["drifts"] = std::move(drifts);
    designs.push_back(std::move(entry));
  }
  return {{"designs", std::move(designs)}};
}

void write_junit(std::ostream& out, const std::vector<Regression>& all) {
  const std::size_t failures = count(all, {Verdict::drifted, Verdict::no_golden, Verdict::no_design});
  const std::size_t errors = count(all, {Verdict::wrong_input, Verdict::failed});
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", all.size(), failures, errors);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites {}>\n  <testsuite name=\"beachfront regress\" {} skipped=\"0\">\n", counts, counts);
  for (const Regression& one : all)
    write_test_case(out, one);
  out << "  </testsuite>\n</testsuites>\n";
}

} // namespace beachfront::study
