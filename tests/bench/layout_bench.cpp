// SPDX-License-Identifier: GPL-3.0-or-later
// Times placing and routing, the check against the rules and the capacity certificate, for packages of growing size.
//
//   taskset -c 0 layout_bench [--json] [--only TEXT] [--repeat N] [--gds FILE]
#include "bench.hpp"
#include "cases.hpp"

#include "geometry/corridor.hpp"
#include "geometry/gdsii.hpp"
#include "geometry/verify.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace beachfront::bench {
namespace {

struct Options {
  bool json = false;
  std::string only; ///< part of a case's name; empty: all
  int repeat = 5;
  std::string gds; ///< where the last case that is run is written; empty: nowhere
};

/// What a case cost. Plain, so that it goes through a pipe as it is.
struct Row {
  int guides = 0;
  int violations = 0; ///< of the router, the verifier and the certificate
  double lay_out_s = std::numeric_limits<double>::infinity();
  double verify_s = std::numeric_limits<double>::infinity();
  double certify_s = std::numeric_limits<double>::infinity();
  double min_spacing_um = 0;
  std::uint64_t digest = 0;
  double length_m = 0; ///< of all guides together
  double peak_MiB = 0; ///< of a process that ran nothing but this case
};

template <typename Work>
auto timed(double& least_s, const Work& work) {
  const double start_s = cpu_s();
  auto result = work();
  least_s = std::min(least_s, cpu_s() - start_s);
  return result;
}

void write_gds(const std::string& file, const Case& run, const geometry::Layout& layout) {
  std::ofstream stream(file, std::ios::binary);
  write_gdsii(stream, draw(run.package, run.rules, layout));
  if (!stream.flush())
    throw std::runtime_error("cannot write " + file);
}

/// FNV-1a over every number of the guides and of the verdict: the same digest before and after a change of the code
/// means that the change made nothing but time.
std::uint64_t digest_of(const geometry::Layout& layout, const geometry::Verification& check) {
  std::uint64_t digest = 14695981039346656037u;
  const auto add = [&](double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    for (int byte = 0; byte < 8; ++byte)
      digest = (digest ^ (bits >> (8 * byte) & 0xff)) * 1099511628211u;
  };
  for (const geometry::Guide& guide : layout.guides)
    for (const geometry::Segment& segment : guide.path)
      for (const double number : {segment.start.at.x_mm, segment.start.at.y_mm, segment.start.heading_rad,
                                  segment.length_mm, segment.curvature_per_mm, segment.curvature_rate_per_mm2})
        add(number);
  for (const double number : {check.min_spacing_um.value_or(0), check.min_radius_mm.value_or(0),
                              static_cast<double>(check.pairs_checked), static_cast<double>(check.violations.size())})
    add(number);
  return digest;
}

Row measure(const Case& run, const Options& options) {
  Row row;
  for (int i = 0; i < options.repeat; ++i) {
    const auto layout = timed(row.lay_out_s, [&] { return lay_out(run.package, run.rules); });
    const auto check = timed(row.verify_s, [&] { return verify(run.package, run.rules, layout); });
    const auto gaps = timed(row.certify_s, [&] { return certify(run.package, run.rules, layout); });
    row.guides = static_cast<int>(layout.guides.size());
    row.violations = static_cast<int>(layout.violations.size() + check.violations.size() + gaps.violations.size());
    row.digest = digest_of(layout, check);
    row.length_m = 0;
    for (const geometry::Guide& guide : layout.guides)
      row.length_m += length_mm(guide.path) / 1000;
    row.min_spacing_um = check.min_spacing_um.value_or(0);
    if (i == 0)
      for (const auto& list : {layout.violations, check.violations, gaps.violations})
        for (std::size_t v = 0; v < std::min<std::size_t>(3, list.size()); ++v)
          fmt::print(stderr, "{}: {}: {}\n", run.name, list[v].rule, list[v].message);
    if (i == 0 && !options.gds.empty())
      write_gds(options.gds, run, layout);
  }
  return row;
}

/// Measures in a process of its own, so that the peak of memory is that of the case.
Row measure_apart(const Case& run, const Options& options) {
  int ends[2];
  if (pipe(ends) != 0)
    throw std::runtime_error("no pipe");
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child < 0)
    throw std::runtime_error("no process");
  if (child == 0) {
    const Row row = measure(run, options);
    std::fflush(nullptr);
    _exit(write(ends[1], &row, sizeof row) == sizeof row ? 0 : 1);
  }
  close(ends[1]);
  Row row;
  const bool whole = read(ends[0], &row, sizeof row) == sizeof row;
  close(ends[0]);
  rusage used{};
  int status = 0;
  wait4(child, &status, 0, &used);
  if (!whole || status != 0)
    throw std::runtime_error(run.name + " did not finish");
  row.peak_MiB = static_cast<double>(used.ru_maxrss) / 1024;
  return row;
}

/// Time over n log2 n against that of a fourth of the guides; 1: growth just so.
double growth(double seconds, int n, double before_s, int before_n) {
  return (seconds / (n * std::log2(n))) / (before_s / (before_n * std::log2(before_n)));
}

struct Result {
  Case run;
  Row row;
  std::optional<double> lay_out_growth, verify_growth; ///< from the case before it in its series
};

std::vector<Result> run_all(const Options& options) {
  std::vector<Result> results;
  for (const Case& run : all_cases()) {
    if (run.name.find(options.only) == std::string::npos)
      continue;
    Result result{run, measure_apart(run, options), std::nullopt, std::nullopt};
    if (!results.empty() && !run.ladder.empty() && results.back().run.ladder == run.ladder) {
      const Row &row = result.row, &before = results.back().row;
      result.lay_out_growth = growth(row.lay_out_s, row.guides, before.lay_out_s, before.guides);
      result.verify_growth = growth(row.verify_s, row.guides, before.verify_s, before.guides);
    }
    results.push_back(result);
  }
  return results;
}

void print_table(const std::vector<Result>& results) {
  fmt::print("{:33} {:>6} {:>7} {:>7} {:>9} {:>8} {:>9} {:>6} {:>6} {:>6} {:>6} {:>10}\n", "case", "guides", "edge mm",
             "total m", "lay_out s", "verify s", "certify s", "MiB", "faults", "grow l", "grow v", "spacing um");
  const auto grown = [](const std::optional<double>& by) { return by ? fmt::format("{:.2f}", *by) : std::string("-"); };
  for (const Result& r : results)
    fmt::print("{:33} {:6} {:7.0f} {:7.1f} {:9.4f} {:8.4f} {:9.4f} {:6.1f} {:6} {:>6} {:>6} {:10.4f}\n", r.run.name,
               r.row.guides, r.run.package.outline.width_mm(), r.row.length_m, r.row.lay_out_s, r.row.verify_s,
               r.row.certify_s, r.row.peak_MiB, r.row.violations, grown(r.lay_out_growth), grown(r.verify_growth),
               r.row.min_spacing_um);
}

void print_json(const std::vector<Result>& results) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Result& r : results) {
    nlohmann::ordered_json row = {{"case", r.run.name},
                                  {"guides", r.row.guides},
                                  {"guides_wanted", r.run.guides},
                                  {"package_mm", r.run.package.outline.width_mm()},
                                  {"lay_out_cpu_s", r.row.lay_out_s},
                                  {"verify_cpu_s", r.row.verify_s},
                                  {"certify_cpu_s", r.row.certify_s},
                                  {"length_m", r.row.length_m},
                                  {"peak_MiB", r.row.peak_MiB},
                                  {"violations", r.row.violations},
                                  {"min_spacing_um", r.row.min_spacing_um},
                                  {"digest", fmt::format("{:016x}", r.row.digest)}};
    if (r.lay_out_growth) {
      row["lay_out_growth"] = *r.lay_out_growth;
      row["verify_growth"] = *r.verify_growth;
    }
    rows.push_back(row);
  }
  fmt::print("{}\n", rows.dump(2));
}

Options options_of(int argc, char** argv) {
  Options options;
  read_options(argc, argv,
               {flag("--json", options.json), text("--only", options.only), count("--repeat", options.repeat),
                text("--gds", options.gds)},
               "layout_bench [--json] [--only TEXT] [--repeat N] [--gds FILE]");
  return options;
}

} // namespace
} // namespace beachfront::bench

/// Exit 1 where a case does not come out whole and without faults.
int main(int argc, char** argv) try {
  using namespace beachfront::bench;
  const Options options = options_of(argc, argv);
  const std::vector<Result> results = run_all(options);
  options.json ? print_json(results) : print_table(results);
  return std::all_of(results.begin(), results.end(),
                     [](const Result& r) { return r.row.violations == 0 && r.row.guides == r.run.guides; })
             ? 0
             : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
