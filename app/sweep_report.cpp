// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/long_run.hpp"
#include "app/sweep_command.hpp"
#include "study/design_choice.hpp"
#include "study/design_pages.hpp"
#include "study/report_sweep.hpp"
#include "study/sweep_analysis.hpp"
#include "study/threads.hpp"

#include <fmt/format.h>

#include <iostream>
#include <optional>

namespace beachfront::app {
namespace {

/// Reports of the chosen designs.
study::DesignPages make_pages(const study::SweepPlan& plan, const study::DesignChoice& choice,
                              const study::Json& analysis, const std::filesystem::path& folder, int threads,
                              Meter& meter) {
  const std::vector<std::int64_t> points =
      study::chosen_points(choice, plan.goals, analysis, study::Store::read(study::store_file(folder)));
  study::PageRun run;
  run.threads = threads;
  run.tool_version = tool_version();
  run.stop = stop_asked;
  run.progress = [&meter](const study::Progress& progress) { meter.show(progress); };
  stop_at_signals();
  study::DesignPages made = study::write_design_pages(plan, folder, points, run);
  meter.clear();
  return made;
}

study::Json pages_json(const study::DesignPages& made) {
  study::Json pages = study::Json::array(), without = study::Json::array();
  for (const study::DesignPage& page : made.pages) {
    pages.push_back({{"point", page.point}, {"file", page.file.string()}});
    if (!page.differs.empty())
      pages.back()["differs"] = page.differs;
  }
  for (const study::DesignWithoutPage& design : made.without)
    without.push_back({{"point", design.point}, {"reason", design.reason}});
  return {{"written", std::move(pages)}, {"without", std::move(without)}};
}

/// On stderr what the reader must know of them. The exit code.
int judge(const study::DesignPages& made) {
  bool differ = false;
  for (const study::DesignPage& page : made.pages)
    if (!page.differs.empty()) {
      fmt::print(stderr, "point {}: {}\n", page.point, page.differs);
      differ = true;
    }
  for (const study::DesignWithoutPage& design : made.without)
    fmt::print(stderr, "point {} has no report: {}\n", design.point, design.reason);
  if (!made.complete) {
    fmt::print(stderr, "stopped after {} reports of designs; the same command makes all of them\n", made.pages.size());
    return interrupted;
  }
  return !made.without.empty() ? failed : differ ? infeasible : good;
}

int write_reports(const SweepOptions& options, const Globals& globals, Meter& meter) {
  const std::filesystem::path folder = folder_of(options);
  std::optional<study::DesignChoice> choice;
  if (options.designs)
    choice = study::read_design_choice(*options.designs);
  const study::SweepPlan plan = load_sweep(options, globals);
  study::Json analysis = study::analyse_sweep(plan, folder);
  study::DesignPages made;
  if (choice)
    made = make_pages(plan, *choice, analysis, folder, study::usable_threads(globals.threads), meter);
  const std::filesystem::path page = study::write_sweep_report(folder, plan, analysis, options.fidelity);
  if (options.json) {
    if (choice)
      analysis["design_reports"] = pages_json(made);
    std::cout << analysis.dump(2) << '\n';
    return judge(made);
  }
  study::print_analysis(std::cout, analysis);
  for (const study::DesignPage& design : made.pages)
    std::cout << design.file.string() << '\n';
  std::cout << study::analysis_file(folder).string() << '\n' << page.string() << std::endl; // before what judge() tells
  return judge(made);
}

int report(const SweepOptions& options, const Globals& globals) {
  Meter meter;
  return run_metered(meter, [&] { return write_reports(options, globals, meter); });
}

} // namespace

void add_sweep_report(CLI::App& sweep, const Globals& globals, Run& run, const std::shared_ptr<SweepOptions>& options) {
  CLI::App* command =
      add_sweep_command(sweep, {"report", "The best designs, what rejects the others, what matters, the yield", report},
                        globals, run, options);
  command->add_option("--designs", options->designs,
                      "best, best:K, front, or points 3,17: a report of each of these designs too");
  command->add_flag("--json", options->json, "Print analysis.json on stdout instead of the tables");
}

} // namespace beachfront::app
