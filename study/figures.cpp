// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/figures.hpp"

#include "study/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace beachfront::study {
namespace {

struct FigureStep {
  std::string text;
  bool of_list = false; ///< stood in brackets
};

/// Empty when the path is malformed. Names in brackets may hold dots.
std::vector<FigureStep> split(std::string_view path) {
  std::vector<FigureStep> steps;
  std::size_t at = 0;
  while (at < path.size()) {
    const bool bracket = path[at] == '[';
    if (bracket || path[at] == '.') {
      if (steps.empty())
        return {};
      ++at;
    } else if (!steps.empty()) {
      return {};
    }
    const std::size_t end = std::min(bracket ? path.find(']', at) : path.find_first_of(".[", at), path.size());
    if (end == at || (bracket && end == path.size()))
      return {};
    steps.push_back({std::string(path.substr(at, end - at)), bracket});
    at = bracket ? end + 1 : end;
  }
  return steps;
}

std::string name_of(const Json& element) {
  const auto name = element.is_object() ? element.find("name") : element.end();
  return element.is_object() && name != element.end() && name->is_string() ? name->get<std::string>() : "";
}

/// The element of a list with this name or at this place, null where there is none.
const Json* element(const Json& list, const std::string& text) {
  const auto named = std::find_if(list.begin(), list.end(), [&](const Json& item) { return name_of(item) == text; });
  if (named != list.end())
    return &*named;
  std::size_t place = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), place);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return whole && place < list.size() ? &list[place] : nullptr;
}

using Steps = std::vector<FigureStep>;

std::optional<Json> descend(const Json& at, Steps::const_iterator step, Steps::const_iterator end);

std::optional<Json> extreme(const Json& list, bool largest, Steps::const_iterator step, Steps::const_iterator end) {
  std::optional<Json> best;
  for (const Json& item : list) {
    std::optional<Json> value = descend(item, step, end);
    if (!value || !value->is_number())
      return std::nullopt;
    const bool better =
        !best || (largest ? value->get<double>() > best->get<double>() : value->get<double>() < best->get<double>());
    if (better)
      best = std::move(value);
  }
  return best;
}

std::optional<Json> descend(const Json& at, Steps::const_iterator step, Steps::const_iterator end) {
  if (step == end)
    return at;
  if (!step->of_list) {
    const auto next = at.is_object() ? at.find(step->text) : at.end();
    return at.is_object() && next != at.end() ? descend(*next, step + 1, end) : std::nullopt;
  }
  if (!at.is_array())
    return std::nullopt;
  if (const Json* next = element(at, step->text))
    return descend(*next, step + 1, end);
  const bool largest = step->text == "max";
  return largest || step->text == "min" ? extreme(at, largest, step + 1, end) : std::nullopt;
}

bool known(const Json& at, Steps::const_iterator step, Steps::const_iterator end) {
  if (step == end)
    return true;
  if (step->of_list) {
    return at.is_array() &&
           std::any_of(at.begin(), at.end(), [&](const Json& item) { return known(item, step + 1, end); });
  }
  const auto next = at.is_object() ? at.find(step->text) : at.end();
  return at.is_object() && next != at.end() && known(*next, step + 1, end);
}

bool all_named(const Json& list) {
  std::set<std::string> names;
  return std::all_of(list.begin(), list.end(), [&](const Json& item) {
    const std::string name = name_of(item);
    return !name.empty() && name.find(']') == std::string::npos && names.insert(name).second;
  });
}

void collect(const Json& at, const std::string& path, std::vector<Figure>& out) {
  if (at.is_object()) {
    for (const auto& [key, value] : at.items())
      collect(value, path.empty() ? key : path + "." + key, out);
  } else if (at.is_array()) {
    const bool named = all_named(at);
    for (std::size_t i = 0; i < at.size(); ++i)
      collect(at[i], fmt::format("{}[{}]", path, named ? name_of(at[i]) : std::to_string(i)), out);
  } else if (!at.is_null()) {
    out.push_back({path, at});
  }
}

/// Whether `inner` is `outer` or lies below it.
bool covers(std::string_view outer, std::string_view inner) {
  return inner.starts_with(outer) &&
         (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
}

/// The path as `absent` may write it: list elements by their names, or all elements at once as "engines[]".
std::string rewritten(const Json& results, const Steps& steps, bool all_elements) {
  std::string out;
  const Json* at = &results;
  for (const FigureStep& step : steps) {
    if (!step.of_list) {
      out += (out.empty() ? "" : ".") + step.text;
      const auto next = at && at->is_object() ? at->find(step.text) : results.end();
      at = at && at->is_object() && next != at->end() ? &*next : nullptr;
      continue;
    }
    const bool named = at && at->is_array() && all_named(*at);
    at = at && at->is_array() ? element(*at, step.text) : nullptr;
    out += fmt::format("[{}]", all_elements ? "" : named && at ? name_of(*at) : step.text);
  }
  return out;
}

} // namespace

std::optional<Json> find_figure(const Json& results, std::string_view path) {
  const Steps steps = split(path);
  return steps.empty() ? std::nullopt : descend(results, steps.begin(), steps.end());
}

std::optional<double> find_number(const Json& results, std::string_view path) {
  const std::optional<Json> value = find_figure(results, path);
  return value && value->is_number() ? std::optional(value->get<double>()) : std::nullopt;
}

bool known_figure(const Json& results, std::string_view path) {
  const Steps steps = split(path);
  return !steps.empty() && (known(results, steps.begin(), steps.end()) || !absent_reason(results, path).empty());
}

std::string absent_reason(const Json& results, std::string_view path) {
  const auto absent = results.find("absent");
  if (absent == results.end() || !absent->is_object())
    return "";
  const Steps steps = split(path);
  const std::string named = rewritten(results, steps, false);
  const std::string general = rewritten(results, steps, true);
  for (const auto& [key, reason] : absent->items()) {
    const auto says = [&key = key](const std::string& written) {
      return !written.empty() && (covers(key, written) || covers(written, key));
    };
    if (reason.is_string() && (says(named) || says(general)))
      return reason.get<std::string>();
  }
  return "";
}

std::vector<Figure> figures(const Json& results) {
  constexpr std::array<std::string_view, 5> not_figures = {"design", "provenance", "violations", "warnings", "absent"};
  std::vector<Figure> all;
  for (const auto& [key, value] : results.items())
    if (std::find(not_figures.begin(), not_figures.end(), key) == not_figures.end())
      collect(value, key, all);
  return all;
}

std::string non_finite_figure(const Json& results) {
  std::vector<Figure> all;
  collect(results, "", all);
  const auto bad = std::find_if(all.begin(), all.end(), [](const Figure& figure) {
    return figure.value.is_number_float() && !std::isfinite(figure.value.get<double>());
  });
  return bad == all.end() ? "" : bad->path;
}

std::string nearest_figure(const Json& results, std::string_view path) {
  std::vector<std::string> paths;
  std::vector<std::string> last_keys;
  for (const Figure& figure : figures(results)) {
    if (figure.value.is_number()) {
      paths.push_back(figure.path);
      last_keys.push_back(figure.path.substr(figure.path.rfind('.') + 1));
    }
  }
  const std::string whole = nearest(path, paths);
  if (!whole.empty())
    return whole;
  const std::string key = nearest(path.substr(path.rfind('.') + 1), last_keys);
  const auto at = std::find(last_keys.begin(), last_keys.end(), key);
  return at == last_keys.end() ? "" : paths[static_cast<std::size_t>(at - last_keys.begin())];
}

std::string first_violation(const Json& results) {
  const auto violations = results.find("violations");
  if (violations == results.end() || !violations->is_array() || violations->empty())
    return "infeasible, without a violation named";
  const std::string first = violations->front().value("message", violations->front().value("rule", ""));
  return violations->size() == 1 ? first : fmt::format("{} (and {} more)", first, violations->size() - 1);
}

} // namespace beachfront::study
