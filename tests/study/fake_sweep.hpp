// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep whose designs are solved by a few lines of arithmetic, for tests of what keeps, cuts and joins results.
#pragma once

#include "study/sweep.hpp"
#include "tests/study/scratch_folder.hpp"

#include <fstream>
#include <string>

namespace beachfront::study {

/// Sixty designs: 35 C is infeasible, 45 C with the thinnest lid fails, the rest is fine.
inline const std::string sixty = "base: " + std::string(BEACHFRONT_SOURCE_DIR) + R"(/designs/reference/102t-glass.yaml
parameters:
  - {path: cooling.ambient_C, values: [25, 35, 45]}
  - {path: cooling.lid.thickness_mm, range: {from: 1.0, to: 2.9, count: 20}}
outputs: [temperature.asic_max_C, link.worst_margin_dB]
)";

inline Json fake_results(const Tree& design, KeptStages&) {
  const double ambient_C = design.root().number("cooling.ambient_C");
  const double lid_mm = design.root().number("cooling.lid.thickness_mm");
  if (ambient_C == 45 && lid_mm == 1)
    throw design.root().at("cooling.lid.thickness_mm").error("1", "more than 1 at 45 C");
  Json results = {{"feasible", ambient_C != 35},
                  {"violations", Json::array()},
                  {"temperature", {{"asic_max_C", ambient_C + 50 / lid_mm}}},
                  {"link", {{"worst_margin_dB", 3 - ambient_C / 100}}},
                  {"absent", Json::object()}};
  if (ambient_C == 35)
    results["violations"].push_back({{"rule", "asic_temperature"}, {"message", "die too hot, 105 C"}});
  return results;
}

struct FakeSweep : ScratchFolder {
  SweepPlan plan(const std::string& text = sixty) const {
    std::ofstream(folder / "sweep.yaml") << text;
    return load_sweep(folder / "sweep.yaml", {});
  }
  SweepRun run(const std::string& name, int threads = 1, bool resume = false) const {
    SweepRun out;
    out.folder = folder / name;
    out.threads = threads;
    out.tool_version = "0.1.0";
    out.resume = resume;
    return out;
  }
};

} // namespace beachfront::study
