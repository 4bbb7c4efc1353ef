// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace beachfront::study {

/// Threads for designs side by side: what was asked for if positive, else what the process may use: OMP_NUM_THREADS,
/// else the processors it is allowed on, no more than a batch system gave it (SLURM_CPUS_PER_TASK, NSLOTS).
int usable_threads(int asked);

} // namespace beachfront::study
