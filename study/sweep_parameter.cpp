// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/sweep_parameter.hpp"

#include "study/declaration.hpp"
#include "study/number_text.hpp"
#include "study/tree_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::study {
namespace {

constexpr double least_share_kept = 1e-9;

double to_12_digits(double exact) {
  return parse_number(fmt::format("{:.12g}", exact)).value_or(exact);
}

/// `count` values from one end to the other, both included, in equal steps; 12 digits, so that steps of 0.1 give 0.3
/// and not 0.30000000000000004.
std::vector<Json> range_values(const Value& range) {
  const double from = range.number("from");
  const double to = range.number("to");
  const long long count = range.integer("count");
  std::vector<Json> values;
  for (long long k = 0; k < count; ++k) {
    const double fraction = count > 1 ? static_cast<double>(k) / static_cast<double>(count - 1) : 0;
    values.push_back(number_json(to_12_digits(from * (1 - fraction) + to * fraction)));
  }
  return values;
}

void check_ends(const Value& written, const char* low, const char* high) {
  if (written.has(low) && written.has(high) && !(written.number(low) < written.number(high))) {
    throw written.at(low).error(print_number(written.number(low)),
                                fmt::format("less than {}, which is {}", high, print_number(written.number(high))));
  }
}

Distribution read_distribution(const Value& written) {
  check_ends(written, "low", "high");
  const auto cut = [&](auto curve) {
    curve.low = written.optional_number("low").value_or(curve.low);
    curve.high = written.optional_number("high").value_or(curve.high);
    return curve;
  };
  if (written.is("kind", "uniform"))
    return cut(Uniform{});
  if (written.is("kind", "triangular")) {
    const Triangular curve{written.number("low"), written.number("mode"), written.number("high")};
    if (!(curve.low <= curve.mode && curve.mode <= curve.high))
      throw written.at("mode").error(
          print_number(curve.mode),
          fmt::format("from low to high, {} to {}", print_number(curve.low), print_number(curve.high)));
    return curve;
  }
  if (written.is("kind", "normal"))
    return cut(Normal{written.number("mean"), written.number("sd")});
  LogNormal curve{written.number("median"), 1};
  const auto factor = written.optional_number("factor");
  curve.sigma_ln = factor ? std::log(*factor) : written.number("sigma_ln");
  if (written.has("low") && written.number("low") < 0)
    throw written.at("low").error(print_number(written.number("low")), "at least 0: no value of a log_normal is below");
  return cut(curve);
}

std::pair<double, double> limits(const Distribution& distribution) {
  return std::visit([](const auto& curve) { return std::pair{curve.low, curve.high}; }, distribution);
}

/// Refuses what a mode cannot draw from.
void check_distribution(const Value& written, const Distribution& distribution, SweepMode mode) {
  if (!is_sampled(mode)) {
    throw written.error("a distribution", "values, or a range with a count, in modes grid and list; the modes random, "
                                          "latin_hypercube, sobol, morris and saltelli draw from distributions");
  }
  if (share_kept(distribution) < least_share_kept)
    throw written.error("limits that leave next to nothing of the curve between them", "limits nearer to its middle");
  if (mode == SweepMode::morris && !bounded(distribution)) {
    throw written.error("no end on one side", "limited by low and high in mode morris, whose levels reach from end to "
                                              "end");
  }
}

void check_whole(const Value& written, double low, double high) {
  if (std::ceil(low) > std::floor(high))
    throw written.error(fmt::format("{} to {}", print_number(low), print_number(high)),
                        "wide enough to hold a whole number, the only ones that this key takes");
}

void read_range(const Value& range, SweepMode mode, Parameter& out) {
  const double from = range.number("from"), to = range.number("to");
  if (range.has("count")) {
    if (!(from < to || (from == to && range.integer("count") == 1)))
      check_ends(range, "from", "to");
    out.values = range_values(range);
    return;
  }
  if (!is_sampled(mode))
    throw missing_key(range.node->mark, range.path + ".count", "a whole number in modes grid and list");
  check_ends(range, "from", "to");
  if (!out.whole) {
    out.distribution = Uniform{from, to};
    return;
  }
  check_whole(range, from, to);
  // Each whole number has an interval of the same width, half of it to either side.
  out.distribution = Uniform{std::ceil(from) - 0.5, std::floor(to) + 0.5};
}

void read_keys(const Value& written, Parameter& out) {
  const Value label = written.at(written.has("paths") ? "paths[0]" : written.has("name") ? "name" : "path");
  out.path = label.text();
  out.mark = label.node->mark;
  if (written.has("paths"))
    for (std::size_t i = 1; i < written.size("paths"); ++i) {
      const Value path = written.at(fmt::format("paths[{}]", i));
      out.linked.push_back({path.text(), path.node->mark});
    }
  if (written.has("also"))
    for (const Value& also : written.items("also"))
      out.linked.push_back(
          {also.text("path"), also.at("path").node->mark, true, also.number("factor"), also.number("offset")});
}

} // namespace

Parameter read_parameter(const Value& written, SweepMode mode, const Tree& base) {
  Parameter out;
  read_keys(written, out);
  out.bundled = written.has("bundles");
  if (out.bundled != written.has("name"))
    throw written.error(out.bundled ? "bundles without a name" : "a name without bundles",
                        "both: the name stands for the keys that each bundle sets");
  if (out.bundled && !out.linked.empty())
    throw written.at("also").error("also beside bundles", "in every bundle, as a path of its own");
  const Key* key = out.bundled ? nullptr : declaration(base.root(), out.path, out.mark);
  out.whole = key && key->kind == KeyKind::integer;
  for (const char* list : {"values", "bundles"})
    if (written.has(list))
      for (const Value& value : written.items(list))
        out.values.push_back(to_json(*value.node));
  if (written.has("range"))
    read_range(written.at("range"), mode, out);
  if (written.has("distribution")) {
    out.distribution = read_distribution(written.at("distribution"));
    check_distribution(written.at("distribution"), *out.distribution, mode);
    const auto [low, high] = limits(*out.distribution);
    if (out.whole)
      check_whole(written.at("distribution"), low, high);
  }
  return out;
}

Json value_at(const Parameter& parameter, double probability) {
  if (!parameter.distribution) {
    const auto count = static_cast<double>(parameter.values.size());
    return parameter.values[static_cast<std::size_t>(std::min(std::floor(probability * count), count - 1))];
  }
  const double exact = quantile(*parameter.distribution, probability);
  const auto [low, high] = limits(*parameter.distribution);
  if (parameter.whole) // whole numbers within the limits, also where these are none or half way between two
    return number_json(std::clamp(std::round(exact), std::ceil(low), std::floor(high)));
  return number_json(std::clamp(to_12_digits(exact), low, high));
}

std::vector<Setting> settings_of(const Parameter& parameter, const Json& value) {
  std::vector<Setting> settings; // JSON is YAML
  if (parameter.bundled) {
    for (const auto& [path, of_key] : value.items())
      settings.push_back({path, of_key.dump()});
    return settings;
  }
  settings.push_back({parameter.path, value.dump()});
  for (const LinkedKey& key : parameter.linked) {
    if (key.linear && !value.is_number())
      throw InputError(key.mark, key.path,
                       fmt::format("follows {} = {}, which is no number", parameter.path, value.dump()));
    const Json linked = key.linear ? number_json(to_12_digits(key.factor * value.get<double>() + key.offset)) : value;
    settings.push_back({key.path, linked.dump()});
  }
  return settings;
}

std::vector<std::string> paths_of(const Parameter& parameter) {
  std::vector<std::string> paths;
  if (parameter.bundled) {
    for (const Json& bundle : parameter.values)
      for (const auto& [path, value] : bundle.items())
        if (std::find(paths.begin(), paths.end(), path) == paths.end())
          paths.push_back(path);
    return paths;
  }
  paths.push_back(parameter.path);
  for (const LinkedKey& key : parameter.linked)
    paths.push_back(key.path);
  return paths;
}

} // namespace beachfront::study
