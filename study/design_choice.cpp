// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design_choice.hpp"

#include "study/input_error.hpp"
#include "study/pareto.hpp"
#include "study/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace beachfront::study {
namespace {

constexpr const char* allowed_words = "best, best:K, front, or numbers of points with commas between them";

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size() && value >= 0;
  return good ? std::optional(value) : std::nullopt;
}

[[noreturn]] void refuse(const std::string& found, const std::string& allowed, const std::string& near = "") {
  throw bad_value({"--designs"}, "", fmt::format("'{}'", found), allowed, near);
}

/// "0, 1, 4 and 24 more": the points that there are.
std::string points_text(const std::vector<std::int64_t>& points) {
  if (points.empty())
    return "there is none yet";
  if (points.back() - points.front() + 1 == static_cast<std::int64_t>(points.size()))
    return fmt::format("{} to {}", points.front(), points.back());
  return fmt::format("{} of them from {} to {}", points.size(), points.front(), points.back());
}

/// By the first objective, then the next, as analysis.json has the front.
std::vector<std::int64_t> front_points(const Json& analysis) {
  std::vector<std::int64_t> points;
  for (const Json& design : analysis.at("front"))
    points.push_back(design.at("point").get<std::int64_t>());
  return points;
}

/// At most `most` of the front, in its order. Equal designs are told apart by their points, so that twelve are the
/// representatives of analysis.json.
std::vector<std::int64_t> spread_points(const SweepGoals& goals, const Json& analysis, std::size_t most) {
  const Json& front = analysis.at("front");
  std::vector<std::pair<std::int64_t, std::size_t>> by_point;
  for (std::size_t place = 0; place < front.size(); ++place)
    by_point.emplace_back(front[place].at("point").get<std::int64_t>(), place);
  std::sort(by_point.begin(), by_point.end());
  std::vector<Costs> costs;
  for (const auto& [point, place] : by_point) {
    costs.emplace_back();
    for (const Objective& objective : goals.objectives)
      costs.back().push_back(cost(objective, front[place].at("figures").at(objective.figure).get<double>()));
  }
  std::vector<std::size_t> places;
  for (const std::size_t chosen : spread_over(costs, most))
    places.push_back(by_point[chosen].second);
  std::sort(places.begin(), places.end());
  std::vector<std::int64_t> points;
  for (const std::size_t place : places)
    points.push_back(front[place].at("point").get<std::int64_t>());
  return points;
}

void check_there(const std::vector<std::int64_t>& points, const Store& store) {
  const std::vector<std::int64_t> there = store.points();
  for (const std::int64_t point : points)
    if (!std::binary_search(there.begin(), there.end(), point))
      refuse(std::to_string(point), fmt::format("a point that is solved: {}", points_text(there)));
}

} // namespace

DesignChoice read_design_choice(const std::string& words) {
  DesignChoice choice;
  if (words == "best")
    return choice;
  if (words == "front") {
    choice.whole_front = true;
    return choice;
  }
  constexpr std::string_view best = "best:";
  if (words.starts_with(best)) {
    const auto most = whole_number(std::string_view(words).substr(best.size()));
    if (!most || *most == 0)
      refuse(words, "best:K with a whole number K of at least 1");
    choice.most = static_cast<std::size_t>(*most);
    return choice;
  }
  for (std::size_t from = 0; from <= words.size();) {
    const std::size_t comma = std::min(words.find(',', from), words.size());
    const auto point = whole_number(std::string_view(words).substr(from, comma - from));
    if (!point)
      refuse(words, allowed_words, nearest(words, {"best", "front"}));
    if (std::find(choice.points.begin(), choice.points.end(), *point) == choice.points.end())
      choice.points.push_back(*point);
    from = comma + 1;
  }
  return choice;
}

std::vector<std::int64_t> chosen_points(const DesignChoice& choice, const SweepGoals& goals, const Json& analysis,
                                        const Store& store) {
  if (!choice.points.empty()) {
    check_there(choice.points, store);
    return choice.points;
  }
  const std::size_t front = analysis.at("front").size();
  const char* const word = choice.whole_front ? "front" : "best";
  if (front == 0)
    refuse(word, goals.objectives.empty()
                     ? "numbers of points: the sweep file names no objectives, so there is no front"
                     : "numbers of points: no design is good, so there is no front");
  if (choice.whole_front && front > many_designs)
    refuse(word,
           fmt::format("best for the {} designs that stand for the front, or best:{} for all of it: a report of each "
                       "takes as long as its solve, and some 1 MB",
                       few_designs, front));
  return choice.whole_front ? front_points(analysis) : spread_points(goals, analysis, choice.most);
}

} // namespace beachfront::study
