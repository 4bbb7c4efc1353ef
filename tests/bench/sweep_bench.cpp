// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a sweep over electricity prices, where all but the costs is kept from design to design, and one over the core's
// thickness, where every design is laid out and assembled again.
//
//   sweep_bench DESIGN [--prices N] [--cores N] [--folder DIR]
//
// At fast fidelity, first on one thread and one processor (the thread that writes the store shares it), then on two of
// each; DESIGN is a design with guides or fibres.
#include "bench.hpp"
#include "study/sweep.hpp"

#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <stdexcept>
#include <string>

namespace beachfront::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path design, folder;
  int prices = 10000;
  int cores = 200;
};

study::SweepPlan plan(const Options& options, const std::string& name, const std::string& path, double from, double to,
                      int count) {
  const fs::path file = options.folder / (name + ".yaml");
  std::ofstream(file) << fmt::format(
      "base: {}\nparameters: [{{path: \"{}\", range: {{from: {}, to: {}, count: {}}}}}]\n",
      fs::absolute(options.design).string(), path, from, to, count);
  return study::load_sweep(file, {}, {{"fidelity.optics", "fast"}, {"fidelity.thermal", "fast"}});
}

/// Runs it and prints a row; gives the wall time back.
double time_row(const Options& options, const study::SweepPlan& sweep, const std::string& name, int threads) {
  study::SweepRun run;
  run.folder = options.folder / fmt::format("{}-{}", name, threads);
  run.threads = threads;
  run.tool_version = "bench";
  double thousand_MB = 0;
  run.progress = [&](const study::Progress& progress) {
    if (progress.counts.done() == 1000)
      thousand_MB = peak_MB();
  };
  const auto solve = [&](const study::Tree& design, study::KeptStages& kept) {
    return study::evaluate(design, kept, sweep.screening);
  };
  const double from_wall_s = wall_s(), from_cpu_s = cpu_s();
  const study::SweepOutcome outcome = study::run_sweep(sweep, solve, run);
  const double took_wall_s = wall_s() - from_wall_s, took_cpu_s = cpu_s() - from_cpu_s;
  if (!outcome.complete || outcome.progress.counts.error > 0)
    throw std::runtime_error(name + ": not every design was solved");
  const auto designs = static_cast<double>(sweep.size);
  const double store_kB = static_cast<double>(fs::file_size(study::store_file(run.folder))) / 1024;
  fmt::print("{:12} {:7} {:7} {:8.2f} {:8.2f} {:10.1f} {:12.1f} {:9.0f} {:9.0f} {:12.1f}\n", name, threads, sweep.size,
             took_wall_s, took_cpu_s, designs / took_wall_s, designs / took_cpu_s, thousand_MB, peak_MB(),
             store_kB / designs);
  return took_wall_s;
}

/// Holds this thread, and those that it makes, to the first processor that it may use.
class OneProcessor {
public:
  OneProcessor() {
    sched_getaffinity(0, sizeof before_, &before_);
    int first = 0;
    while (!CPU_ISSET(first, &before_))
      ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    sched_setaffinity(0, sizeof one, &one);
  }
  ~OneProcessor() { sched_setaffinity(0, sizeof before_, &before_); }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;

private:
  cpu_set_t before_{};
};

double on_one_processor(const Options& options, const study::SweepPlan& sweep, const std::string& name) {
  const OneProcessor alone;
  return time_row(options, sweep, name, 1);
}

void run_both(const Options& options, const study::SweepPlan& sweep, const std::string& name) {
  const double one_s = on_one_processor(options, sweep, name);
  const double two_s = time_row(options, sweep, name, 2);
  fmt::print("{:12} efficiency on two processors {:.2f}\n", name, one_s / (2 * two_s));
}

Options options_of(int argc, char** argv) {
  Options options;
  const std::string usage = "sweep_bench DESIGN [--prices N] [--cores N] [--folder DIR]";
  std::string folder = (fs::temp_directory_path() / "beachfront-sweep-bench").string();
  if (argc < 2)
    throw std::invalid_argument("usage: " + usage);
  options.design = argv[1];
  read_options(argc - 1, argv + 1,
               {count("--prices", options.prices), count("--cores", options.cores), text("--folder", folder)}, usage);
  options.folder = folder;
  if (!fs::create_directories(options.folder))
    throw std::invalid_argument(folder + " is there already");
  return options;
}

void run(const Options& options) {
  fmt::print("{:12} {:>7} {:>7} {:>8} {:>8} {:>10} {:>12} {:>9} {:>9} {:>12}\n", "sweep", "threads", "designs",
             "wall s", "CPU s", "designs/s", "a CPU s", "MB at 1k", "peak MB", "store kB each");
  run_both(options, plan(options, "prices", "comparison.electricity_eur_per_kWh", 0.05, 0.35, options.prices),
           "prices");
  run_both(options, plan(options, "cores", "substrate.stack_up[2].thickness_um", 800, 1600, options.cores), "cores");
}

} // namespace
} // namespace beachfront::bench

int main(int argc, char** argv) try {
  using namespace beachfront::bench;
  const Options options = options_of(argc, argv);
  run(options);
  std::filesystem::remove_all(options.folder);
  return 0;
} catch (const std::exception& error) {
  fmt::print(stderr, "{}\n", error.what());
  return 2;
}
