// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/compare_plot.hpp"

#include "geometry/xml_text.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {
namespace {

using geometry::xml_text;

// All lengths of the picture in pixels.
constexpr double page_width = 960;
constexpr double left = 16;
constexpr double letter_x = 276;
constexpr double plot_left = 296;
constexpr double plot_right = 742;
constexpr double value_x = 840; // right edge of the column
constexpr double change_x = 940;
constexpr double row_height = 14;
constexpr double bar_height = 10;
constexpr double figure_gap = 7;
constexpr std::size_t line_characters = 140;
constexpr double most_decades = 2;

constexpr std::string_view style = R"(<style>
svg { background: #ffffff; }
text { font: 11px "DejaVu Sans", Helvetica, Arial, sans-serif; fill: #2b3940; }
.title { font-size: 15px; font-weight: bold; }
.head { font-size: 12px; font-weight: bold; }
.muted { fill: #6b7780; }
.right { text-anchor: end; }
.middle { text-anchor: middle; }
.tick { font-size: 9px; text-anchor: middle; fill: #6b7780; }
.grid { stroke: #dfe5e8; stroke-width: 1; }
.one { stroke: #2b3940; stroke-width: 1; }
.rule { stroke: #b9c3c9; stroke-width: 1; }
.flip { fill-opacity: .2; stroke-dasharray: 3 2; }
</style>
)";

/// Told apart also by those who see no red and green; a ninth design takes the first again.
constexpr std::array<std::string_view, 8> colours = {"#5f6b73", "#1565a8", "#d2731e", "#0f8a7a",
                                                     "#8a4fbf", "#b3872c", "#c0392b", "#3f5873"};

struct Page {
  std::string body;
  double y = 0;
};

template <class... Parts>
void add(Page& page, fmt::format_string<Parts...> format, Parts&&... parts) {
  fmt::format_to(std::back_inserter(page.body), format, std::forward<Parts>(parts)...);
}

void add_text(Page& page, double x, double y, std::string_view classes, std::string_view text) {
  add(page, "<text class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", classes, x, y, xml_text(text));
}

void add_line(Page& page, std::string_view classes, double x1, double y1, double x2, double y2) {
  add(page, "<line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", classes, x1, y1, x2, y2);
}

void add_paragraph(Page& page, double x, std::string_view classes, const std::string& text) {
  for (const std::string& line : wrapped_lines(text, 0, line_characters)) {
    add_text(page, x, page.y, classes, line);
    page.y += row_height;
  }
}

bool in_kelvin(const ComparedFigure& row) {
  return row.headline.against == Against::difference && row.headline.unit == "C";
}

/// Where a bar ends: decades from the first design's value, or kelvin; empty where there is nothing to draw.
std::optional<double> bar_end(const ComparedFigure& row, std::size_t place) {
  if (place == 0)
    return row.values[0] ? std::optional(0.0) : std::nullopt;
  const std::optional<double>& change = row.changes[place];
  if (!change || in_kelvin(row))
    return change;
  if (row.headline.against == Against::difference)
    return *change / 10;
  return *change > 0 ? std::log10(*change) : -std::numeric_limits<double>::infinity();
}

struct Tick {
  double at = 0;
  std::string text;
};

struct Axis {
  double low = 0, high = 0;
  std::vector<Tick> ticks;
};

double x_of(const Axis& axis, double at) {
  return plot_left +
         (plot_right - plot_left) * (std::clamp(at, axis.low, axis.high) - axis.low) / (axis.high - axis.low);
}

/// From the least to the greatest end of a bar, at least `least` to both sides of zero, a little room added.
Axis spanned(const std::vector<const ComparedFigure*>& rows, double least, double most) {
  Axis axis{-least, least, {}};
  for (const ComparedFigure* row : rows)
    for (std::size_t i = 0; i < row->values.size(); ++i)
      if (const std::optional<double> end = bar_end(*row, i); end && std::isfinite(*end)) {
        axis.low = std::min(axis.low, std::max(*end, -most));
        axis.high = std::max(axis.high, std::min(*end, most));
      }
  const double room = 0.03 * (axis.high - axis.low);
  return {axis.low - room, axis.high + room, {}};
}

Axis decades_axis(const std::vector<const ComparedFigure*>& rows) {
  Axis axis = spanned(rows, std::log10(1.5), most_decades);
  const std::vector<double> digits =
      axis.high - axis.low > 1.2 ? std::vector<double>{1, 2, 5} : std::vector<double>{1, 1.2, 1.5, 2, 3, 4, 5, 6, 8};
  for (int decade = -3; decade <= 2; ++decade)
    for (const double digit : digits)
      if (const double at = decade + std::log10(digit); at > axis.low && at < axis.high)
        axis.ticks.push_back({at, fmt::format("x{:.3g}", digit * std::pow(10.0, decade))});
  return axis;
}

Axis kelvin_axis(const std::vector<const ComparedFigure*>& rows) {
  Axis axis = spanned(rows, 1, std::numeric_limits<double>::max());
  double step = std::pow(10.0, std::floor(std::log10((axis.high - axis.low) / 5)));
  for (const double factor : {2.0, 2.5, 2.0}) // 1, 2, 5, 10
    if ((axis.high - axis.low) / step > 8)
      step *= factor;
  for (double count = std::ceil(axis.low / step); count * step < axis.high; ++count)
    axis.ticks.push_back({count * step, count == 0 ? "0 K" : fmt::format("{:+.3g} K", count * step)});
  return axis;
}

void add_bar(Page& page, const Axis& axis, const ComparedFigure& row, std::size_t place, double end) {
  const std::string_view colour = colours[place % colours.size()];
  const double top = page.y + (row_height - bar_height) / 2;
  const double zero = x_of(axis, 0);
  const double x = x_of(axis, end);
  const double from = std::min(zero, x) - (std::abs(x - zero) < 1.5 ? 1.5 : 0);
  const double width = std::max(3.0, std::abs(x - zero));
  add(page,
      "<rect class=\"{}\" fill=\"{}\" stroke=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
      row.flips[place] ? "flip" : "bar", colour, colour, from, top, width, bar_height);
  if (end < axis.low || end > axis.high) {
    const double tip = end < axis.low ? plot_left - 9 : plot_right + 9;
    add(page, "<path class=\"arrow\" fill=\"{}\" d=\"M{:.1f} {:.1f}V{:.1f}L{:.1f} {:.1f}Z\"/>\n", colour, x, top - 1,
        top + bar_height + 1, tip, top + bar_height / 2);
  }
}

void add_design_row(Page& page, const Axis& axis, const Comparison& comparison, const ComparedFigure& row,
                    std::size_t place, Footnotes& notes) {
  const double base = page.y + row_height - 3.5;
  const std::optional<double>& value = row.values[place];
  const std::string number = value ? value_text(row, place) : "absent";
  add(page, "<g><title>{}</title>\n",
      xml_text(fmt::format("{}: {} {} {}{}", comparison.designs[place].name, row.headline.label, number,
                           row.headline.unit, value ? "" : ": " + row.absent[place])));
  add_text(page, letter_x, base, "muted", design_letter(place));
  if (const std::optional<double> end = bar_end(row, place))
    add_bar(page, axis, row, place, *end);
  if (value) {
    add_text(page, value_x, base, "right", number);
    if (place > 0)
      add_text(page, change_x, base, "right", row.changes[place] ? change_text(row, place) : "no ratio");
  } else {
    add_text(page, value_x, base, "right muted", fmt::format("absent ({})", notes.number(row.absent[place])));
  }
  page.body += "</g>\n";
  page.y += row_height;
}

void add_axis(Page& page, const Axis& axis, double top, double bottom) {
  for (const Tick& tick : axis.ticks) {
    const double x = x_of(axis, tick.at);
    add_line(page, "grid", x, top, x, bottom);
    add_text(page, x, top - 4, "tick", tick.text);
    add_text(page, x, bottom + 11, "tick", tick.text);
  }
}

void add_panel(Page& page, const Comparison& comparison, const std::vector<const ComparedFigure*>& rows,
               const Axis& axis, const std::string& title, Footnotes& notes) {
  if (rows.empty())
    return;
  page.y += 22;
  add_text(page, left, page.y, "head", title);
  add_text(page, value_x, page.y, "right muted", "value");
  add_text(page, change_x, page.y, "right muted", "against A");
  page.y += 22;
  const double top = page.y;
  Page drawn{{}, top};
  std::string group;
  for (const ComparedFigure* row : rows) {
    if (row->group != group) {
      drawn.y += 18;
      add_text(drawn, left, drawn.y, "head", row->group);
      add_line(drawn, "rule", left, drawn.y + 5, change_x, drawn.y + 5);
      drawn.y += 11;
    }
    group = row->group;
    add_text(drawn, left, drawn.y + row_height - 3.5, "figure",
             row->headline.label + (row->headline.unit.empty() ? "" : ", " + row->headline.unit));
    for (std::size_t i = 0; i < row->values.size(); ++i)
      add_design_row(drawn, axis, comparison, *row, i, notes);
    drawn.y += figure_gap;
  }
  add_axis(page, axis, top, drawn.y); // under the bars
  add_line(page, "one", x_of(axis, 0), top, x_of(axis, 0), drawn.y);
  page.body += drawn.body;
  page.y = drawn.y + 18;
}

void add_legend(Page& page, const Comparison& comparison) {
  for (std::size_t i = 0; i < comparison.designs.size(); ++i) {
    const std::string_view colour = colours[i % colours.size()];
    add(page, "<rect fill=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"12.0\" height=\"{:.1f}\"/>\n", colour, left,
        page.y - 9, bar_height);
    add_paragraph(page, left + 20, "name", design_letter(i) + "  " + design_state(comparison.designs[i]));
    page.y += 3;
  }
  for (std::size_t i = 1; i < comparison.designs.size(); ++i)
    add_paragraph(page, left, "muted", differing_text("A", design_letter(i), comparison.designs[i].differences));
}

} // namespace

void write_comparison_svg(std::ostream& out, const Comparison& comparison) {
  std::vector<const ComparedFigure*> ratios;
  std::vector<const ComparedFigure*> temperatures;
  std::string left_out;
  bool flipped = false;
  for (const ComparedFigure& row : comparison.figures) {
    if (std::none_of(row.values.begin(), row.values.end(), [](const auto& value) { return value.has_value(); })) {
      left_out += (left_out.empty() ? "" : ", ") + row.headline.label;
      continue;
    }
    (in_kelvin(row) ? temperatures : ratios).push_back(&row);
    flipped = flipped || std::find(row.flips.begin(), row.flips.end(), true) != row.flips.end();
  }
  Page page{{}, 26};
  add_text(page, left, page.y, "title", "Figures against those of " + comparison.designs.front().name);
  page.y += 24;
  add_legend(page, comparison);
  Footnotes notes;
  add_panel(page, comparison, ratios, decades_axis(ratios), "ratio to A, logarithmic; dB as ratio of power", notes);
  add_panel(page, comparison, temperatures, kelvin_axis(temperatures), "difference from A", notes);
  page.y += 6;
  if (flipped)
    add_paragraph(page, left, "muted",
                  "*  pale, broken outline: the sign is not that of A; the ratio is one of magnitudes");
  for (std::size_t i = 0; i < notes.reasons.size(); ++i)
    add_paragraph(page, left, "muted", fmt::format("({}) absent: {}", i + 1, notes.reasons[i]));
  if (!left_out.empty())
    add_paragraph(page, left, "muted", "Left out, because no design has them: " + left_out);
  const double height = page.y + 8;
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" "
                     "viewBox=\"0 0 {0:.0f} {1:.0f}\">\n",
                     page_width, height)
      << style << page.body << "</svg>\n";
}

} // namespace beachfront::study
