// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/regress.hpp"

#include "study/figures.hpp"
#include "study/input_error.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <ostream>

namespace beachfront::study {
namespace {

namespace fs = std::filesystem;

/// `*` stands for any characters, also none.
bool matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty())
    return text.empty();
  if (pattern[0] != '*')
    return !text.empty() && text[0] == pattern[0] && matches(pattern.substr(1), text.substr(1));
  for (std::size_t skip = 0; skip <= text.size(); ++skip)
    if (matches(pattern.substr(1), text.substr(skip)))
      return true;
  return false;
}

/// What of the results a golden holds: path -> value.
Json golden_figures(const Json& results) {
  Json out = Json::object();
  for (const Figure& figure : figures(results)) {
    const bool prose = figure.value.is_string() && figure.value.get<std::string>().find(' ') != std::string::npos;
    if (!prose)
      out[figure.path] = figure.value;
  }
  std::map<std::string, int> rules;
  for (const Json& violation : results.value("violations", Json::array()))
    ++rules[violation.value("rule", "unnamed")];
  for (const auto& [rule, count] : rules)
    out["violations." + rule] = count;
  return out;
}

bool within(const std::string& path, const Json& golden, const Json& found) {
  if (!golden.is_number() || !found.is_number())
    return golden == found;
  const Tolerance& allowed = tolerance(path);
  const double was = golden.get<double>();
  return std::abs(found.get<double>() - was) <= allowed.absolute + allowed.relative * std::abs(was);
}

std::vector<Drift> drifts_of(const Json& golden, const Json& found) {
  std::vector<Drift> out;
  for (const auto& [path, was] : golden.items()) {
    const auto now = found.find(path);
    if (now == found.end())
      out.push_back({path, was, Json()});
    else if (!within(path, was, *now))
      out.push_back({path, was, *now});
  }
  for (const auto& [path, now] : found.items())
    if (!golden.contains(path))
      out.push_back({path, Json(), now});
  return out;
}

Json read_golden(const fs::path& file) {
  std::ifstream in(file);
  Json golden = Json::parse(in, nullptr, false);
  const bool good = golden.is_object() && golden.contains("figures") && golden["figures"].is_object() &&
                    golden.contains("history") && golden["history"].is_array();
  if (!good)
    throw InputError({file.string()}, "", "is no golden: must be JSON with `figures` and `history`");
  return golden;
}

fs::path golden_file(const fs::path& goldens, const std::string& name) {
  return goldens / (name + ".json");
}

Regression regress_one(const fs::path& design, const fs::path& goldens, const EvaluateFile& evaluate) {
  Regression out;
  out.name = design.stem().string();
  try {
    const Json results = evaluate(design);
    const std::string bad = non_finite_figure(results);
    if (!bad.empty())
      throw std::runtime_error(fmt::format("internal: {} is no finite number", bad));
    out.figures = golden_figures(results);
    const fs::path file = golden_file(goldens, out.name);
    if (!fs::exists(file)) {
      out.verdict = Verdict::no_golden;
      return out;
    }
    const Json golden = read_golden(file).at("figures");
    out.compared = golden.size();
    out.drifts = drifts_of(golden, out.figures);
    out.verdict = out.drifts.empty() ? Verdict::same : Verdict::drifted;
  } catch (const InputError& error) {
    out.verdict = Verdict::wrong_input;
    out.message = error.what();
  } catch (const std::exception& error) {
    out.verdict = Verdict::failed;
    out.message = error.what();
  }
  return out;
}

/// How far a figure moved, to sort by: what is no number, new or gone stands before all numbers.
double relative_move(const Drift& drift) {
  if (!drift.golden.is_number() || !drift.found.is_number())
    return std::numeric_limits<double>::infinity();
  const double was = std::abs(drift.golden.get<double>());
  const double move = std::abs(drift.found.get<double>() - drift.golden.get<double>());
  return was > 0 ? move / was : std::numeric_limits<double>::max();
}

std::string value_text(const Json& value) {
  return value.is_number_float() ? fmt::format("{:.10g}", value.get<double>()) : value.dump();
}

std::string drift_text(const Drift& drift) {
  if (drift.golden.is_null())
    return fmt::format("{}: {}, not in the golden", drift.path, value_text(drift.found));
  if (drift.found.is_null())
    return fmt::format("{}: gone, was {}", drift.path, value_text(drift.golden));
  const std::string moved =
      fmt::format("{}: was {}, now {}", drift.path, value_text(drift.golden), value_text(drift.found));
  if (!drift.golden.is_number() || !drift.found.is_number())
    return moved;
  const Tolerance& allowed = tolerance(drift.path);
  const double was = drift.golden.get<double>();
  const double move = drift.found.get<double>() - was;
  const std::string by = was != 0 ? fmt::format("{:+.3g} %", 100 * move / std::abs(was)) : fmt::format("{:+.3g}", move);
  return fmt::format("{}\n      by {}, allowed {:.3g}", moved, by, allowed.absolute + allowed.relative * std::abs(was));
}

std::string verdict_text(Verdict verdict) {
  constexpr std::array<const char*, 5> names = {"same", "drifted", "no_golden", "wrong_input", "failed"};
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
    break;
  }
  return "FAILED: " + one.message;
}

} // namespace

const std::vector<Tolerance>& tolerances() {
  // Results are the same bytes on one machine; across compilers and C libraries the last digits of transcendental
  // functions differ by some 1e-16, which condition numbers of the solvers may raise to 1e-10.
  static const std::vector<Tolerance> all = {
      {"loop.iterations", 0, 1, "a residual at its limit may take one round more"},
      {"loop.residual*", 0, 1, "how the loop got there"},
      {"loop.moved_by*", 1e-6, 1e-6, "differences of nearly equal figures"},
      {"loop.run_away*", 1e-5, 0, "found by bisection to 1e-6"},
      {"mechanics.engines[*].shift_um*", 1e-6, 1e-6, "zero by symmetry but for rounding"},
      {"mechanics.engines[*].rotation_mrad*", 1e-6, 1e-6, "zero by symmetry but for rounding"},
      {"*", 1e-6, 1e-12, "deterministic"},
  };
  return all;
}

const Tolerance& tolerance(std::string_view path) {
  const auto& all = tolerances();
  return *std::find_if(all.begin(), all.end(), [&](const Tolerance& one) { return matches(one.pattern, path); });
}

fs::path golden_folder(const fs::path& designs) {
  const fs::path inside = designs / "golden";
  const fs::path beside = fs::absolute(designs / ".").lexically_normal().parent_path().parent_path() / "golden";
  std::error_code ignored;
  return !fs::is_directory(inside, ignored) && fs::is_directory(beside, ignored) ? beside : inside;
}

std::vector<Regression> regress(const fs::path& designs, const fs::path& goldens, const EvaluateFile& evaluate,
                                int threads) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator at(designs, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == ".yaml")
      files.push_back(at->path());
  if (error || files.empty())
    throw InputError({designs.string()}, "", error ? "is no folder that can be read" : "has no design (*.yaml)");
  std::sort(files.begin(), files.end());
  std::vector<Regression> all(files.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::size_t i = 0; i < files.size(); ++i)
    all[i] = regress_one(files[i], goldens, evaluate);
  return all;
}

std::vector<fs::path> update_goldens(const std::vector<Regression>& all, const fs::path& goldens,
                                     const std::string& reason, const std::string& tool_version) {
  std::error_code ignored; // a folder that cannot be made is told by the first file
  fs::create_directories(goldens, ignored);
  std::vector<fs::path> written;
  for (const Regression& one : all) {
    if (one.verdict != Verdict::drifted && one.verdict != Verdict::no_golden)
      continue;
    const fs::path file = golden_file(goldens, one.name);
    Json golden = {{"figures", one.figures}, {"history", Json::array()}};
    if (one.verdict == Verdict::drifted)
      golden["history"] = read_golden(file).at("history");
    golden["history"].push_back({{"reason", reason}, {"tool_version", tool_version}});
    write_file(file, golden.dump(2) + "\n");
    written.push_back(file);
  }
  return written;
}

void print_regressions(std::ostream& out, const std::vector<Regression>& all, std::size_t most) {
  std::size_t width = 0;
  for (const Regression& one : all)
    width = std::max(width, one.name.size());
  for (const Regression& one : all) {
    out << fmt::format("{:<{}}  {}\n", one.name, width, headline(one));
    std::vector<Drift> sorted = one.drifts;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Drift& a, const Drift& b) { return relative_move(a) > relative_move(b); });
    for (std::size_t i = 0; i < std::min(most, sorted.size()); ++i)
      out << "    " << drift_text(sorted[i]) << '\n';
    if (sorted.size() > most)
      out << fmt::format("    and {} more; --json lists all\n", sorted.size() - most);
  }
}

Json regressions_json(const std::vector<Regression>& all) {
  Json designs = Json::array();
  for (const Regression& one : all) {
    Json drifts = Json::array();
    for (const Drift& drift : one.drifts) {
      const Tolerance& allowed = tolerance(drift.path);
      drifts.push_back({{"path", drift.path},
                        {"golden", drift.golden},
                        {"found", drift.found},
                        {"relative_tolerance", allowed.relative},
                        {"absolute_tolerance", allowed.absolute}});
    }
    Json entry = {{"name", one.name}, {"verdict", verdict_text(one.verdict)}, {"compared", one.compared}};
    if (!one.message.empty())
      entry["message"] = one.message;
    entry["drifts"] = std::move(drifts);
    designs.push_back(std::move(entry));
  }
  return {{"designs", std::move(designs)}};
}

} // namespace beachfront::study
