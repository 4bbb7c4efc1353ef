// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/long_run.hpp"
#include "app/command.hpp"
#include "study/write_file.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>
#include <vector>

namespace beachfront::app {
namespace {

std::atomic<bool> asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

std::string duration_text(double seconds) {
  if (seconds < 100)
    return fmt::format("{:.0f} s", seconds);
  return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.1f} h", seconds / 3600);
}

/// Of all stages that were asked for, those that were kept from another design.
double found_percent(const std::vector<study::StageUse>& stages) {
  study::StageUse all;
  for (const study::StageUse& use : stages) {
    all.asked += use.asked;
    all.found += use.found;
  }
  return all.asked > 0 ? 100 * static_cast<double>(all.found) / static_cast<double>(all.asked) : 0;
}

} // namespace

void stop_at_signals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { asked = true; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool stop_asked() {
  return asked.load();
}

Meter::Meter() : terminal_(isatty(STDERR_FILENO) == 1) {}

void Meter::show(const study::Progress& progress) {
  const Clock::time_point now = Clock::now();
  if (!terminal_ || now - shown_ < std::chrono::milliseconds(200))
    return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto here = static_cast<double>(progress.counts.done() - progress.earlier);
  const double rate = here / seconds;
  const auto left = static_cast<double>(progress.total - progress.counts.done());
  fmt::print(stderr, "\r\x1b[K{}/{} designs, {:.3g}/s, {} left, {} infeasible, {} failed{}", progress.counts.done(),
             progress.total, rate, duration_text(left > 0 ? left / rate : 0), progress.counts.infeasible,
             progress.counts.error,
             progress.stages.empty() ? "" : fmt::format(", {:.0f} % of stages known", found_percent(progress.stages)));
}

void Meter::clear() const {
  if (terminal_)
    fmt::print(stderr, "\r\x1b[K");
}

int run_metered(Meter& meter, const std::function<int()>& run) {
  try {
    return run();
  } catch (const study::DiskFull& error) {
    meter.clear();
    fmt::print(stderr, "error: {}\n", error.what());
    return interrupted;
  } catch (...) {
    meter.clear();
    throw;
  }
}

} // namespace beachfront::app
