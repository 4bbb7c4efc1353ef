// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sweep_command.hpp"
#include "study/wrapped_text.hpp"

#include <fmt/format.h>

namespace beachfront::app {

study::Json summary_json(const Summary& summary) {
  study::Json reasons = study::Json::array(), screened = study::Json::array(), stages = study::Json::array();
  for (const study::Reason& reason : summary.reasons)
    reasons.push_back({{"status", to_string(reason.status)},
                       {"rule", reason.rule},
                       {"designs", reason.designs},
                       {"first", reason.first},
                       {"message", reason.message}});
  for (const study::Screened& rung : summary.screened)
    screened.push_back({{"rung", rung.rung},
                        {"designs", rung.designs},
                        {"audited", rung.audited},
                        {"feasible_after_all", rung.feasible}});
  for (const study::StageUse& use : summary.stages)
    stages.push_back({{"stage", use.stage}, {"asked", use.asked}, {"found", use.found}});
  const study::Counts& counts = summary.counts;
  return {{"designs", summary.total},        {"done", counts.done()},      {"ok", counts.ok},
          {"infeasible", counts.infeasible}, {"failed", counts.error},     {"reasons", std::move(reasons)},
          {"screened", std::move(screened)}, {"stages", std::move(stages)}};
}

namespace {

void print_wrapped(const std::string& text) {
  fmt::print("{}\n", study::wrapped_text(text, 4, 100));
}

void print_screened(const std::vector<study::Screened>& rungs) {
  for (const study::Screened& rung : rungs)
    fmt::print("  {} screened by {}{}\n", rung.designs, rung.rung,
               rung.audited > 0
                   ? fmt::format(", {} of them solved all the same: {} feasible", rung.audited, rung.feasible)
                   : "");
}

void print_stages(const std::vector<study::StageUse>& stages) {
  std::string line;
  for (const study::StageUse& use : stages)
    line += fmt::format("{}{} {} of {}", line.empty() ? "" : ", ", use.stage, use.asked - use.found, use.asked);
  if (!line.empty())
    print_wrapped("solved by stage: " + line);
}

} // namespace

void print_summary(const Summary& summary) {
  const study::Counts& counts = summary.counts;
  fmt::print("{} of {} designs: {} ok, {} infeasible, {} failed\n", counts.done(), summary.total, counts.ok,
             counts.infeasible, counts.error);
  for (const study::Reason& reason : summary.reasons) {
    const bool failed_ones = reason.status == study::Status::error;
    print_wrapped(fmt::format("  {} {}{}, first design {}: {}", reason.designs, failed_ones ? "failed" : "break ",
                              reason.rule, reason.first, reason.message));
  }
  print_screened(summary.screened);
  print_stages(summary.stages);
}

bool screening_holds(const std::vector<study::Screened>& rungs) {
  bool holds = true;
  for (const study::Screened& rung : rungs)
    if (rung.feasible > 0) {
      fmt::print(
          stderr,
          "error: screening is wrong: the rung '{}' rejected {} of {} audited designs that are feasible; run the "
          "sweep again in another folder with screening: {{rungs: none}}, and report this\n",
          rung.rung, rung.feasible, rung.audited);
      holds = false;
    }
  return holds;
}

} // namespace beachfront::app
