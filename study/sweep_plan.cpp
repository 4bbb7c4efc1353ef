// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_plan.hpp"

#include "study/number_text.hpp"
#include "study/schema.hpp"
#include "study/spelling.hpp"
#include "study/tree_json.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

/// `count` values from one end to the other, both included, in equal steps; rounded to 12 digits so that steps of 0.1
/// give 0.3 and not 0.30000000000000004.
std::vector<Json> range_values(const Value& range) {
  const double from = range.number("from");
  const double to = range.number("to");
  const long long count = range.integer("count");
  std::vector<Json> values;
  for (long long k = 0; k < count; ++k) {
    const double fraction = count > 1 ? static_cast<double>(k) / static_cast<double>(count - 1) : 0;
    const double exact = from * (1 - fraction) + to * fraction;
    values.push_back(number_json(parse_number(fmt::format("{:.12g}", exact)).value_or(exact)));
  }
  return values;
}

Parameter parameter(const Value& written) {
  const Value path = written.at("path");
  Parameter out{path.text(), path.node->mark, {}};
  if (written.has("values"))
    for (const Value& value : written.items("values"))
      out.values.push_back(to_json(*value.node));
  else
    out.values = range_values(written.at("range"));
  return out;
}

/// Number of points; a grid beyond any bound is refused with its number.
std::int64_t count_points(const SweepPlan& plan, const Value& sweep) {
  if (plan.mode == SweepMode::list) {
    const std::size_t length = plan.parameters.front().values.size();
    for (std::size_t i = 1; i < plan.parameters.size(); ++i) {
      if (plan.parameters[i].values.size() != length) {
        throw sweep.at(fmt::format("parameters[{}]", i))
            .error(fmt::format("{} values", plan.parameters[i].values.size()),
                   fmt::format("as many as of parameters[0] in mode list: {}", length));
      }
    }
    return static_cast<std::int64_t>(length);
  }
  double points = 1; // a double holds a product that overflows every integer
  for (const Parameter& each : plan.parameters)
    points *= static_cast<double>(each.values.size());
  if (points > static_cast<double>(most_points)) {
    throw sweep.at("parameters")
        .error(fmt::format("{} points", print_number(points)),
               fmt::format("a grid of at most {} points; take fewer values", most_points));
  }
  return static_cast<std::int64_t>(points);
}

/// Index of each parameter's value at a point.
std::vector<std::size_t> places(const SweepPlan& plan, std::int64_t point) {
  std::vector<std::size_t> at(plan.parameters.size(), static_cast<std::size_t>(point));
  if (plan.mode == SweepMode::grid) {
    auto rest = static_cast<std::size_t>(point);
    for (std::size_t i = plan.parameters.size(); i-- > 0;) {
      at[i] = rest % plan.parameters[i].values.size();
      rest /= plan.parameters[i].values.size();
    }
  }
  return at;
}

std::vector<Setting> settings_at(const SweepPlan& plan, const std::vector<std::size_t>& at) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < at.size(); ++i)
    settings.push_back({plan.parameters[i].path, plan.parameters[i].values[at[i]].dump()}); // JSON is YAML
  return settings;
}

Tree design_at(const SweepPlan& plan, const std::vector<std::size_t>& at) {
  return resolve_with(plan.base, settings_at(plan, at), design_schema(), plan.library);
}

void collect_paths(const Value& value, std::vector<std::string>& out) {
  if (!value.path.empty())
    out.push_back(value.path);
  const bool nested = value.node->kind == NodeKind::map || value.node->kind == NodeKind::list;
  for (const Value& item : nested ? value.items() : std::vector<Value>{})
    collect_paths(item, out);
}

/// The error of a point, told at the parameter that brought it in.
InputError at_parameter(const SweepPlan& plan, std::size_t index, const Json& value, const InputError& error) {
  const Parameter& bad = plan.parameters[index];
  std::vector<std::string> paths;
  collect_paths(plan.base.root(), paths);
  const bool exists = std::find(paths.begin(), paths.end(), bad.path) != paths.end();
  const std::string near = exists || !error.nearest.empty() ? "" : nearest(bad.path, paths);
  InputError out(bad.mark, fmt::format("parameters[{}]", index),
                 fmt::format("{} = {}: {}{}", bad.path, value.dump(), problem(error),
                             near.empty() ? "" : fmt::format("; the nearest path of the base design is '{}'", near)));
  out.found = error.found;
  out.allowed = error.allowed;
  out.nearest = near.empty() ? error.nearest : near;
  return out;
}

/// Tries each value where all other parameters stand at their first, so that a path or a value that can never do is
/// told before a night's run and not after it. What only fails in combination becomes a row of its own.
void try_values(const SweepPlan& plan) {
  const std::vector<std::size_t> first(plan.parameters.size(), 0);
  try {
    design_at(plan, first);
  } catch (const InputError& together) { // find the one to blame
    for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
      try {
        resolve_with(plan.base, {settings_at(plan, first)[i]}, design_schema(), plan.library);
      } catch (const InputError& alone) {
        throw at_parameter(plan, i, plan.parameters[i].values[0], alone);
      }
    }
    throw InputError(plan.parameters.front().mark, "parameters",
                     fmt::format("the first values together: {}", problem(together)));
  }
  if (plan.mode == SweepMode::list)
    return;                                // rows are chosen one by one; each tells for itself
  constexpr std::size_t most_tries = 1000; // about a second
  std::size_t tries = 0;
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    for (std::size_t k = 1; k < plan.parameters[i].values.size() && tries < most_tries; ++k, ++tries) {
      std::vector<std::size_t> at = first;
      at[i] = k;
      try {
        design_at(plan, at);
      } catch (const InputError& error) {
        throw at_parameter(plan, i, plan.parameters[i].values[k], error);
      }
    }
  }
}

} // namespace

SweepPlan load_sweep(const std::filesystem::path& file, const std::filesystem::path& library_option,
                     const std::vector<Setting>& settings) {
  const Tree tree = resolve(load_tree(file), sweep_schema(), {});
  const Value sweep = tree.root();
  SweepPlan plan;
  plan.file = file.string();
  plan.mode = sweep.is("mode", "list") ? SweepMode::list : SweepMode::grid;
  for (const Value& written : sweep.items("parameters")) {
    plan.parameters.push_back(parameter(written));
    const Parameter& last = plan.parameters.back();
    // One inside the other is no better than the same twice: the outer value would replace the inner.
    const auto same = [&last](const Parameter& other) {
      const auto inside = [](const std::string& inner, const std::string& outer) {
        return inner.starts_with(outer) &&
               (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
      };
      return inside(other.path, last.path) || inside(last.path, other.path);
    };
    if (std::count_if(plan.parameters.begin(), plan.parameters.end(), same) > 1)
      throw written.at("path").error(fmt::format("'{}', which another parameter sets too", last.path), "given once");
  }
  for (const char* later : {"constraints", "objectives"}) { // never ignored in silence
    if (sweep.size(later) > 0) {
      throw sweep.at(later).error(describe(*sweep.at(later).node),
                                  "left out: this version runs sweeps and does not rank");
    }
  }
  plan.outputs = sweep.texts("outputs");
  plan.screening = {sweep.is("screening.rungs", "auto"), sweep.number("screening.audit_share")};
  plan.size = count_points(plan, sweep);
  plan.definition = tree;
  std::erase_if(plan.definition.node.entries, [](const Entry& entry) {
    return entry.key != "mode" && entry.key != "parameters" && entry.key != "screening";
  });

  const std::filesystem::path base = file.parent_path() / sweep.text("base");
  const Tree written = load_tree(base);
  plan.library = load_library(find_library(library_option, base), written);
  plan.base = resolve_with(resolve(written, design_schema(), plan.library), settings, design_schema(), plan.library);
  try_values(plan);
  return plan;
}

Json point_values(const SweepPlan& plan, std::int64_t point) {
  const std::vector<std::size_t> at = places(plan, point);
  Json values = Json::object();
  for (std::size_t i = 0; i < at.size(); ++i)
    values[plan.parameters[i].path] = plan.parameters[i].values[at[i]];
  return values;
}

Tree point_design(const SweepPlan& plan, std::int64_t point) {
  return design_at(plan, places(plan, point));
}

Identity identity(const SweepPlan& plan, const std::string& tool_version) {
  return {tool_version,
          print_yaml(plan.definition.node),
          print_yaml(plan.base.node),
          hash_text(plan.definition.root()),
          hash_text(plan.base.root()),
          plan.size};
}

} // namespace beachfront::study
