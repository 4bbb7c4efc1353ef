// SPDX-License-Identifier: GPL-3.0-or-later
// What commands share that solve many designs: they stop at a signal, and show on a terminal how far they are.
#pragma once

#include "study/sweep.hpp"

#include <chrono>
#include <functional>

namespace beachfront::app {

/// The first Ctrl-C or SIGTERM finishes the designs in flight; a second one ends the program at once, which the store
/// survives as well.
void stop_at_signals();
bool stop_asked();

/// One line on the terminal, written over itself; nothing where stderr is no terminal.
class Meter {
public:
  Meter();
  void show(const study::Progress& progress);
  void clear() const;

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
  bool terminal_ = false;
};

/// Runs what shows itself on the meter, whose line goes away where it throws. Its exit code; where the disk is
/// full that is told, and the run can be resumed.
int run_metered(Meter& meter, const std::function<int()>& run);

} // namespace beachfront::app
