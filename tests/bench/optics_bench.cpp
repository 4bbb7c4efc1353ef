// SPDX-License-Identifier: GPL-3.0-or-later
// Times modes, bend curves and recipes on one thread, and measures their errors against converged or exact solutions.
//
//   OMP_NUM_THREADS=1 taskset -c 0 optics_bench [--json] [--only TEXT] [--repeat N]
#include "bench.hpp"
#include "exact/bent_slab.hpp"
#include "optics/bend_mode.hpp"
#include "optics/guided_modes.hpp"
#include "optics/ion_exchange.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace beachfront::bench {
namespace {

struct Options {
  bool json = false;
  std::string only; ///< part of a case's name; empty: all
  int repeat = 5;
};

/// One thing to be solved, what its figures are, and what is asked of it.
struct Case {
  std::string name;
  std::string figures;                        ///< what the numbers below are
  std::function<std::vector<double>()> solve; ///< empty: nothing solves it yet
  std::vector<double> reference;              ///< empty: there is none, only the time counts
  bool relative = false;                      ///< errors divided by the reference
  double allowed_error = std::numeric_limits<double>::infinity();
  double allowed_s = 0;
};

struct Row {
  Case run;
  double cpu_s = std::numeric_limits<double>::infinity(); ///< least of the repeats
  double error = 0;                                       ///< largest
  std::vector<double> found = {};
  bool good = false;
};

/// Twenty radii in equal steps of 1/R: loss falls about as exp(-R).
std::vector<double> twenty_radii_mm() {
  std::vector<double> radii_mm;
  for (int i = 0; i < 20; ++i)
    radii_mm.push_back(1 / (1.0 / 5 + (1.0 / 15 - 1.0 / 5) * i / 19));
  return radii_mm;
}

/// Loss of the bent slab 1.505 in 1.5, 6 um, 1.31 um: six decades over the twenty radii.
std::vector<double> exact_slab_losses() {
  std::vector<double> losses;
  for (const double radius_mm : twenty_radii_mm())
    losses.push_back(
        optics::exact::bent_slab_mode({{1.5, 1.505, 1.5, 6}, radius_mm * 1000}, 1.31, optics::exact::Field::te)
            .loss_dB_per_cm);
  return losses;
}

/// Both polarisations of the fundamental mode. The tolerance is on the change at the last refinement; the error, which
/// the bench measures, is smaller by two powers of ten.
std::vector<double> fundamental_indices(const optics::IndexProfile& profile, double index_tolerance) {
  optics::ModeLimits limits;
  limits.all = false;
  limits.index_tolerance = index_tolerance;
  const auto found = optics::guided_modes(profile, 1.31, profile.background_index, limits);
  std::vector<double> indices(2);
  for (const optics::VectorMode& mode : found.modes)
    indices[mode.polarization == optics::Polarization::te ? 0 : 1] = mode.effective_index;
  return indices;
}

/// The straight mode and twenty bends of it.
std::vector<double> bend_losses(const optics::IndexProfile& profile) {
  const auto straight = optics::straight_mode(profile, 1.31, optics::Polarization::te);
  std::vector<double> losses;
  for (const auto& bend : optics::bend_modes(straight.value(), twenty_radii_mm(), optics::Outside::positive_x))
    losses.push_back(bend.loss_dB_per_cm);
  return losses;
}

const optics::IndexProfile buried{optics::GaussianProfile{0.012, 4, 3, 0}, 1.5065, {}};
const optics::IndexProfile surface{optics::SurfaceErfcProfile{0.03, 4, 4, 3}, 1.5065, 1.0};
const optics::IndexProfile slab{optics::ChannelProfile{0.005, 6, std::numeric_limits<double>::infinity(), 0}, 1.5, {}};

/// Recipe A0 of the library with an anneal after it, as the share of its peak at places through the guide.
std::vector<double> recipe_index(const optics::ExchangeGrid& grid) {
  optics::Glass glass;
  glass.ion_exchangeable = true;
  optics::Recipe recipe;
  recipe.mask_opening_um = 2;
  recipe.delta_n_max = 0.052;
  recipe.diffusion = optics::IonDiffusion{1.21e-7, 84.8, 0.15, 217, 330};
  recipe.steps = {{optics::StepKind::exchange, 300, 22.1},
                  {optics::StepKind::diffusion, 300, 22.1},
                  {optics::StepKind::anneal, 250, 30}};
  const auto ions = optics::exchange_ions(recipe, glass, grid).ions.value();
  constexpr double peak = 0.12; // about; only a scale
  std::vector<double> shares;
  for (int j = 0; j <= 20; ++j)
    for (int i = 0; i <= 20; ++i)
      shares.push_back(ions.smooth_at(0.4 * i, 0.4 * j) / peak);
  return shares;
}

/// The first two references: tests/optics/exact/vector_reference.cpp at its finest, MPB beside it.
std::vector<Case> all_cases() {
  std::vector<Case> cases;
  // n = 1.5065 + 0.012 exp(-(x/4)^2 - (y/3)^2), 1.31 um
  cases.push_back({"modes buried gaussian", "effective index TE, TM", {}, {1.5121201435544, 1.5121158835125}});
  cases.back().allowed_error = 1e-7;
  cases.back().allowed_s = 5e-3;
  cases.back().solve = [] { return fundamental_indices(buried, 1e-6); };

  // n = 1.5065 + 0.03 erfc(y/4) [erf((x+2)/3) - erf((x-2)/3)]/2 under air, 1.31 um
  cases.push_back({"modes surface under air", "effective index TE, TM", {}, {1.508371632747, 1.508106543689}});
  cases.back().allowed_error = 1e-6;
  cases.back().allowed_s = 30e-3;
  cases.back().solve = [] { return fundamental_indices(surface, 1e-5); };

  cases.push_back({"bend curve slab, 20 radii", "loss_dB_per_cm", {}, exact_slab_losses(), true, 0.05, 0.1});
  cases.back().solve = [] { return bend_losses(slab); };

  cases.push_back({"bend curve buried gaussian, 20 radii", "loss_dB_per_cm", {}, {}, true});
  cases.back().allowed_s = 0.1;
  cases.back().solve = [] { return bend_losses(buried); };
  cases.push_back({"bend curve under air, 20 radii", "loss_dB_per_cm", [] { return bend_losses(surface); }, {}, true});
  cases.back().allowed_s = 0.5;

  cases.push_back({"recipe of three steps", "index over its peak, on a grid", [] { return recipe_index({}); },
                   recipe_index({32, 1e-5})});
  cases.back().allowed_error = 1e-4;
  cases.back().allowed_s = 0.5;
  return cases;
}

Row measure(const Case& run, const Options& options) {
  Row row{run};
  for (int i = 0; i < options.repeat; ++i) {
    const double start_s = cpu_s();
    row.found = run.solve();
    row.cpu_s = std::min(row.cpu_s, cpu_s() - start_s);
  }
  if (!run.reference.empty() && row.found.size() != run.reference.size())
    throw std::runtime_error(run.name + ": the solver's figures are not as many as the reference's");
  for (std::size_t i = 0; i < run.reference.size(); ++i) {
    const double error = std::abs(row.found[i] - run.reference[i]) / (run.relative ? std::abs(run.reference[i]) : 1);
    row.error = std::isnan(error) ? error : std::max(row.error, error);
  }
  row.good = row.error <= run.allowed_error && row.cpu_s <= run.allowed_s;
  return row;
}

std::vector<Row> run_all(const Options& options) {
  std::vector<Row> rows;
  for (const Case& run : all_cases())
    if (run.name.find(options.only) != std::string::npos)
      rows.push_back(run.solve ? measure(run, options) : Row{run});
  return rows;
}

void print_table(const std::vector<Row>& rows) {
  fmt::print("{:38} {:>10} {:>10} {:>10} {:>10}\n", "case", "CPU ms", "allowed", "error", "allowed");
  for (const Row& row : rows) {
    if (!row.run.solve) {
      fmt::print("{:38} not solved yet\n", row.run.name);
      continue;
    }
    const std::string error = row.run.reference.empty() ? "-" : fmt::format("{:.1e}", row.error);
    fmt::print("{:38} {:10.3f} {:10.3g} {:>10} {:10.1e}{}\n", row.run.name, row.cpu_s * 1e3, row.run.allowed_s * 1e3,
               error, row.run.allowed_error, row.good ? "" : "  MISSED");
  }
}

void print_json(const std::vector<Row>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    nlohmann::ordered_json entry = {{"case", row.run.name}, {"solved", static_cast<bool>(row.run.solve)}};
    entry["figures"] = row.run.figures;
    entry["allowed_cpu_s"] = row.run.allowed_s;
    if (std::isfinite(row.run.allowed_error))
      entry["allowed_error"] = row.run.allowed_error;
    if (row.run.solve) {
      entry["cpu_s"] = row.cpu_s;
      entry["found"] = row.found;
      entry["good"] = row.good;
      if (!row.run.reference.empty())
        entry["error"] = row.error;
    }
    if (!row.run.reference.empty())
      entry["reference"] = row.run.reference;
    list.push_back(entry);
  }
  fmt::print("{}\n", list.dump(2));
}

Options options_of(int argc, char** argv) {
  Options options;
  read_options(argc, argv,
               {flag("--json", options.json), text("--only", options.only), count("--repeat", options.repeat)},
               "optics_bench [--json] [--only TEXT] [--repeat N]");
  return options;
}

} // namespace
} // namespace beachfront::bench

/// Exit 1 where a solved case misses its error or its time.
int main(int argc, char** argv) try {
  using namespace beachfront::bench;
  const Options options = options_of(argc, argv);
  const std::vector<Row> rows = run_all(options);
  options.json ? print_json(rows) : print_table(rows);
  return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.good || !row.run.solve; }) ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
