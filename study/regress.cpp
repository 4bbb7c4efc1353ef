// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/regress.hpp"

#include "study/figures.hpp"
#include "study/input_error.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <set>

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

bool within(const Drift& move) {
  if (!move.golden.is_number() || !move.found.is_number())
    return move.golden == move.found;
  return std::abs(move.found.get<double>() - move.golden.get<double>()) <= allowed_move(move);
}

std::vector<Drift> drifts_of(const Json& golden, const Json& found, const Tolerances& own) {
  std::vector<Drift> out;
  for (const auto& [path, was] : golden.items()) {
    const auto now = found.find(path);
    Drift move{path, was, now == found.end() ? Json() : *now, tolerance(path, own)};
    if (!within(move))
      out.push_back(std::move(move));
  }
  for (const auto& [path, now] : found.items())
    if (!golden.contains(path))
      out.push_back({path, Json(), now, tolerance(path, own)});
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

Regression regress_one(const fs::path& design, const fs::path& goldens, const EvaluateFile& evaluate,
                       const Tolerances& own) {
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
    out.drifts = drifts_of(golden, out.figures, own);
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

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
  return good ? std::optional(value) : std::nullopt;
}

/// How far a figure moved, to sort by: what is no number, new or gone stands before all numbers.
double relative_move(const Drift& drift) {
  if (!drift.golden.is_number() || !drift.found.is_number())
    return std::numeric_limits<double>::infinity();
  const double was = std::abs(drift.golden.get<double>());
  const double move = std::abs(drift.found.get<double>() - drift.golden.get<double>());
  return was > 0 ? move / was : std::numeric_limits<double>::max();
}

/// Files of a folder with an extension, in the order of their names; `error` tells a folder that cannot be read.
std::vector<fs::path> files_of(const fs::path& folder, const char* extension, std::error_code& error) {
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (at->path().extension() == extension)
      files.push_back(at->path());
  std::sort(files.begin(), files.end());
  return files;
}

/// What an update changes, for the history: how many figures moved, were new or gone, and the largest moves.
Json what_moved(const Regression& one) {
  if (one.verdict == Verdict::no_golden)
    return {{"first_figures", one.figures.size()}};
  constexpr std::size_t most = 10;
  std::size_t fresh = 0, gone = 0;
  Json largest = Json::object();
  std::set<std::string> kinds;
  for (const Drift& drift : largest_first(one.drifts)) {
    fresh += drift.golden.is_null();
    gone += drift.found.is_null();
    const bool moved = !drift.golden.is_null() && !drift.found.is_null();
    if (moved && largest.size() < most && kinds.insert(kind_of(drift.path)).second)
      largest[drift.path] = Json::array({drift.golden, drift.found});
  }
  return {{"moved", one.drifts.size() - fresh - gone}, {"new", fresh}, {"gone", gone}, {"largest_from_to", largest}};
}

} // namespace

double allowed_move(const Drift& drift) {
  return drift.allowed.absolute + drift.allowed.relative * std::abs(drift.golden.get<double>());
}

std::vector<Drift> figure_drifts(const Json& was, const Json& now) {
  return drifts_of(golden_figures(was), golden_figures(now), {});
}

std::vector<Drift> largest_first(std::vector<Drift> drifts) {
  std::stable_sort(drifts.begin(), drifts.end(),
                   [](const Drift& a, const Drift& b) { return relative_move(a) > relative_move(b); });
  return drifts;
}

std::string kind_of(const std::string& path) {
  std::string kind;
  bool inside = false;
  for (const char c : path) {
    inside = c == '[' || (inside && c != ']');
    const bool digit = inside && c >= '0' && c <= '9';
    if (!digit)
      kind += c;
    else if (kind.back() != '#')
      kind += '#';
  }
  return kind;
}

const Tolerances& tolerances() {
  // Results are the same bytes on one machine; across compilers and C libraries the last digits of transcendental
  // functions differ by some 1e-16, which condition numbers of the solvers may raise to 1e-10.
  static const Tolerances all = {
      {"loop.iterations", 0, 1, "a residual at its limit may take a round more"},
      {"loop.residual*", 0, 1, "how the loop got there"},
      {"loop.moved_by*", 1e-6, 1e-6, "differences of nearly equal figures"},
      {"loop.run_away*", 1e-5, 0, "found by bisection to 1e-6"},
      {"mechanics.engines[*].shift_um*", 1e-6, 1e-6, "zero by symmetry but for rounding"},
      {"mechanics.engines[*].rotation_mrad*", 1e-6, 1e-6, "zero by symmetry but for rounding"},
      {"*", 1e-6, 1e-12, "deterministic"},
  };
  return all;
}

const Tolerance& tolerance(std::string_view path, const Tolerances& own) {
  const auto fits = [&](const Tolerance& one) { return matches(one.pattern, path); };
  const auto found = std::find_if(own.begin(), own.end(), fits);
  return found != own.end() ? *found : *std::find_if(tolerances().begin(), tolerances().end(), fits);
}

Tolerance parsed_tolerance(const std::string& text) {
  const InputError bad({"--tolerance"}, "",
                       fmt::format("'{}' must be PATTERN=RELATIVE or PATTERN=RELATIVE,ABSOLUTE, each 0 or more", text));
  const std::size_t equals = text.rfind('=');
  if (equals == 0 || equals == std::string::npos)
    throw bad;
  const std::string allowances = text.substr(equals + 1);
  const std::size_t comma = allowances.find(',');
  const std::optional<double> relative = number_of(allowances.substr(0, comma));
  const std::optional<double> absolute =
      comma == std::string::npos ? std::optional(0.0) : number_of(allowances.substr(comma + 1));
  if (!relative || !absolute || !(*relative >= 0 && *absolute >= 0))
    throw bad;
  return {text.substr(0, equals), *relative, *absolute, "--tolerance"};
}

fs::path golden_folder(const fs::path& designs) {
  const fs::path inside = designs / "golden";
  const fs::path beside = fs::absolute(designs / ".").lexically_normal().parent_path().parent_path() / "golden";
  std::error_code ignored;
  return !fs::is_directory(inside, ignored) && fs::is_directory(beside, ignored) ? beside : inside;
}

std::vector<Regression> regress(const fs::path& designs, const fs::path& goldens, const EvaluateFile& evaluate,
                                int threads, const Tolerances& own) {
  std::error_code error;
  const std::vector<fs::path> files = files_of(designs, ".yaml", error);
  if (error || files.empty())
    throw InputError({designs.string()}, "", error ? "is no folder that can be read" : "has no design (*.yaml)");
  std::vector<Regression> all(files.size());
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
  for (std::size_t i = 0; i < files.size(); ++i)
    all[i] = regress_one(files[i], goldens, evaluate, own);
  for (const fs::path& golden : files_of(goldens, ".json", error)) {
    const fs::path design = designs / golden.stem().concat(".yaml");
    if (std::find(files.begin(), files.end(), design) == files.end()) {
      all.emplace_back();
      all.back().name = golden.stem().string();
      all.back().verdict = Verdict::no_design;
      all.back().message = golden.string() + " has no design; remove it if the design is meant to be gone";
    }
  }
  return all;
}

std::vector<fs::path> update_goldens(const std::vector<Regression>& all, const fs::path& goldens,
                                     const Change& change) {
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
    golden["history"].push_back({{"reason", change.reason},
                                 {"by", change.by},
                                 {"what", what_moved(one)},
                                 {"tool_version", change.tool_version}});
    // names and reasons come from the outside: bytes that are no UTF-8 must not lose the update
    write_file(file, golden.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    written.push_back(file);
  }
  return written;
}

} // namespace beachfront::study
