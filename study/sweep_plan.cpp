// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_plan.hpp"

#include "study/number_text.hpp"
#include "study/schema.hpp"
#include "study/spelling.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

struct ModeNumber {
  const char* key;
  std::vector<SweepMode> modes;
};

const std::vector<std::pair<const char*, SweepMode>>& modes() {
  static const std::vector<std::pair<const char*, SweepMode>> all = {
      {"grid", SweepMode::grid},        {"list", SweepMode::list},     {"random", SweepMode::random},
      {"sobol", SweepMode::sobol},      {"morris", SweepMode::morris}, {"latin_hypercube", SweepMode::latin_hypercube},
      {"saltelli", SweepMode::saltelli}};
  return all;
}

/// How many, in the key that the mode has for it. Refuses the keys of other modes: they would be ignored.
std::int64_t read_designs(const Value& sweep, SweepMode mode) {
  const std::vector<ModeNumber> numbers = {
      {"designs", {SweepMode::random, SweepMode::latin_hypercube, SweepMode::sobol}},
      {"trajectories", {SweepMode::morris}},
      {"base_samples", {SweepMode::saltelli}},
      {"levels", {SweepMode::morris}},
      {"seed",
       {SweepMode::random, SweepMode::latin_hypercube, SweepMode::sobol, SweepMode::morris, SweepMode::saltelli}}};
  std::int64_t designs = 0;
  for (const ModeNumber& number : numbers) {
    const bool needed = std::find(number.modes.begin(), number.modes.end(), mode) != number.modes.end();
    const std::optional<Value> found = sweep.find(number.key);
    if (!found && needed)
      throw missing_key(sweep.at("mode").node->mark, number.key,
                        fmt::format("a whole number in mode {}", sweep.text("mode")));
    const bool written = found && found->node->origin.kind != OriginKind::default_value;
    if (written && !needed)
      throw found->error(describe(*found->node), fmt::format("left out in mode {}", sweep.text("mode")));
    if (needed && designs == 0)
      designs = found->integer();
  }
  return designs;
}

Sampler read_sampler(const Value& sweep, SweepMode mode) {
  Sampler out;
  out.mode = mode;
  out.dimensions = sweep.size("parameters");
  out.designs = read_designs(sweep, mode);
  out.seed = static_cast<std::uint64_t>(sweep.integer("seed"));
  out.levels = static_cast<int>(sweep.integer("levels"));
  if (out.levels % 2 != 0)
    throw sweep.at("levels").error(print_number(out.levels), "an even number");
  const std::size_t most = mode == SweepMode::sobol      ? most_sobol_dimensions
                           : mode == SweepMode::saltelli ? most_sobol_dimensions / 2
                                                         : out.dimensions;
  if (out.dimensions > most)
    throw sweep.at("parameters")
        .error(fmt::format("{} of them", out.dimensions),
               fmt::format("at most {} in mode {}", most, sweep.text("mode")));
  return out;
}

/// Number of points; more than any bound are refused with their number.
std::int64_t count_points(const SweepPlan& plan, const Value& sweep) {
  if (is_sampled(plan.mode)) {
    const std::int64_t points = number_of_points(plan.sampler);
    if (points > most_points)
      throw sweep.at("parameters")
          .error(fmt::format("{} points", points), fmt::format("at most {}; take fewer samples", most_points));
    return points;
  }
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

using Row = std::vector<Json>; // a value of each parameter

Row row_of(const SweepPlan& plan, const std::vector<double>& probabilities) {
  Row row;
  for (std::size_t i = 0; i < plan.parameters.size(); ++i)
    row.push_back(value_at(plan.parameters[i], probabilities[i]));
  return row;
}

Row row_of(const SweepPlan& plan, std::int64_t point) {
  if (is_sampled(plan.mode))
    return row_of(plan, unit_point(plan, point));
  Row row(plan.parameters.size());
  auto rest = static_cast<std::size_t>(point);
  for (std::size_t i = row.size(); i-- > 0;) {
    const std::vector<Json>& values = plan.parameters[i].values;
    row[i] = values[plan.mode == SweepMode::grid ? rest % values.size() : rest];
    if (plan.mode == SweepMode::grid)
      rest /= values.size();
  }
  return row;
}

Json values_of(const SweepPlan& plan, const Row& row) {
  Json values = Json::object();
  for (std::size_t i = 0; i < row.size(); ++i)
    values[plan.parameters[i].path] = row[i];
  return values;
}

Tree design_of(const SweepPlan& plan, const Row& row) {
  std::vector<Setting> settings;
  for (std::size_t i = 0; i < row.size(); ++i)
    for (Setting& setting : settings_of(plan.parameters[i], row[i]))
      settings.push_back(std::move(setting));
  return resolve_with(plan.base, settings, design_schema(), plan.library);
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
  std::string near;
  for (const std::string& path : paths_of(bad))
    if (near.empty() && error.nearest.empty() && std::find(paths.begin(), paths.end(), path) == paths.end())
      near = nearest(path, paths);
  InputError out(bad.mark, fmt::format("parameters[{}]", index),
                 fmt::format("{} = {}: {}{}", bad.path, value.dump(), problem(error),
                             near.empty() ? "" : fmt::format("; the nearest path of the base design is '{}'", near)));
  out.found = error.found;
  out.allowed = error.allowed;
  out.nearest = near.empty() ? error.nearest : near;
  return out;
}

/// The values of a parameter that are tried: all, or the ends of its distribution as far as the sweep is likely to go.
std::vector<Json> trials(const SweepPlan& plan, const Parameter& parameter) {
  if (!parameter.distribution)
    return parameter.values;
  const double tail = bounded(*parameter.distribution) ? 0 : 0.5 / static_cast<double>(plan.size);
  return {value_at(parameter, 0.5), value_at(parameter, tail), value_at(parameter, 1 - tail)};
}

/// Tries each row of a list, and else each value where all other parameters stand at their first, so that a path or a
/// value that can never do is told before a night's run and not after it. What only fails in combination becomes a row
/// of its own.
void try_values(const SweepPlan& plan) {
  std::vector<std::vector<Json>> tried;
  Row first;
  for (const Parameter& parameter : plan.parameters) {
    tried.push_back(trials(plan, parameter));
    first.push_back(tried.back().front());
  }
  try {
    design_of(plan, first);
  } catch (const InputError& together) { // find the one to blame
    for (std::size_t i = 0; i < first.size(); ++i) {
      try {
        resolve_with(plan.base, settings_of(plan.parameters[i], first[i]), design_schema(), plan.library);
      } catch (const InputError& alone) {
        throw at_parameter(plan, i, first[i], alone);
      }
    }
    throw InputError(plan.parameters.front().mark, "parameters",
                     fmt::format("the first values together: {}", problem(together)));
  }
  constexpr std::size_t most_tries = 1000; // about a second
  if (plan.mode == SweepMode::list) {
    for (std::int64_t k = 1; k < std::min<std::int64_t>(plan.size, most_tries); ++k) {
      try {
        design_of(plan, row_of(plan, k));
      } catch (const InputError& error) {
        throw InputError(plan.parameters.front().mark, "parameters",
                         fmt::format("design {} of the list: {}", k, problem(error)));
      }
    }
    return;
  }
  std::size_t tries = 0;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    for (std::size_t k = 1; k < tried[i].size() && tries < most_tries; ++k, ++tries) {
      Row row = first;
      row[i] = tried[i][k];
      try {
        design_of(plan, row);
      } catch (const InputError& error) {
        throw at_parameter(plan, i, row[i], error);
      }
    }
  }
}

/// Refuses a key that two parameters set, or one parameter twice. One inside the other is no better than the same
/// twice: the outer value would replace the inner.
void check_given_once(const SweepPlan& plan, const Value& sweep) {
  const auto inside = [](const std::string& inner, const std::string& outer) {
    return inner.starts_with(outer) &&
           (inner.size() == outer.size() || inner[outer.size()] == '.' || inner[outer.size()] == '[');
  };
  std::vector<std::pair<std::string, std::size_t>> before; // path, and the parameter it is of
  for (std::size_t i = 0; i < plan.parameters.size(); ++i) {
    for (const std::string& path : paths_of(plan.parameters[i])) {
      for (const auto& [other, owner] : before) {
        if ((owner == i && plan.parameters[i].bundled) || !(inside(other, path) || inside(path, other)))
          continue; // of two bundles one may set a block and the other a key in it
        throw bad_value(
            plan.parameters[i].mark, sweep.at(fmt::format("parameters[{}]", i)).path + ".path",
            fmt::format("'{}', which {} sets too", path, owner == i ? "the same parameter" : "another parameter"),
            "given once");
      }
      before.emplace_back(path, i);
    }
  }
}

Tree load_base(const std::filesystem::path& base, const Value& said) {
  try {
    return load_tree(base);
  } catch (const InputError& error) {
    if (std::filesystem::exists(base))
      throw;
    throw InputError(said.node->mark, said.path, error.what());
  }
}

} // namespace

SweepPlan load_sweep(const std::filesystem::path& file, const std::filesystem::path& library_option,
                     const std::vector<Setting>& settings) {
  const Tree tree = resolve(load_tree(file), sweep_schema(), {});
  const Value sweep = tree.root();
  SweepPlan plan;
  plan.file = file.string();
  for (const auto& [name, mode] : modes())
    if (sweep.is("mode", name))
      plan.mode = mode;
  plan.sampler = read_sampler(sweep, plan.mode);
  plan.goals = read_goals(sweep);
  plan.outputs = sweep.texts("outputs");
  plan.screening = {sweep.is("screening.rungs", "auto"), sweep.number("screening.audit_share")};
  plan.definition = tree;
  std::vector<std::string> deciding = {"mode", "parameters", "screening"};
  if (is_sampled(plan.mode))
    deciding.insert(deciding.end(), {"designs", "trajectories", "base_samples", "seed"});
  if (plan.mode == SweepMode::morris)
    deciding.emplace_back("levels");
  std::erase_if(plan.definition.node.entries, [&](const Entry& entry) {
    return std::find(deciding.begin(), deciding.end(), entry.key) == deciding.end();
  });

  const std::filesystem::path base = file.parent_path() / sweep.text("base");
  const Tree written = load_base(base, sweep.at("base"));
  plan.library = load_library(find_library(library_option, base), written);
  plan.base = resolve_with(resolve(written, design_schema(), plan.library), settings, design_schema(), plan.library);
  for (const Value& parameter : sweep.items("parameters"))
    plan.parameters.push_back(read_parameter(parameter, plan.mode, plan.base));
  check_given_once(plan, sweep);
  plan.size = count_points(plan, sweep);
  try_values(plan);
  return plan;
}

std::vector<double> unit_point(const SweepPlan& plan, std::int64_t point) {
  return unit_point(plan.sampler, point);
}

Json values_at(const SweepPlan& plan, const std::vector<double>& probabilities) {
  return values_of(plan, row_of(plan, probabilities));
}

Tree design_at(const SweepPlan& plan, const std::vector<double>& probabilities) {
  return design_of(plan, row_of(plan, probabilities));
}

Json point_values(const SweepPlan& plan, std::int64_t point) {
  return values_of(plan, row_of(plan, point));
}

Tree point_design(const SweepPlan& plan, std::int64_t point) {
  return design_of(plan, row_of(plan, point));
}

Tree design_with(const SweepPlan& plan, const Json& values) {
  Row row;
  for (const Parameter& parameter : plan.parameters)
    row.push_back(values.at(parameter.path));
  return design_of(plan, row);
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
