// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of designs against the figures they are known to have.
//
// The golden of NAME.yaml is NAME.json: {"figures": {path: value}, "history": [{"reason", "tool_version"}]}. It holds
// every number, flag and one-word text of results.json (prose may be reworded) and the violations counted by rule. The
// folder of the goldens is DIR/golden, or DIR/../golden where only that is there.
#pragma once

#include "study/evaluate.hpp"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// found is good when |found - golden| <= absolute + relative |golden|.
struct Tolerance {
  std::string pattern; ///< of paths; * stands for any characters
  double relative = 0;
  double absolute = 0; ///< in the unit of the figure
  std::string why;
};

/// The first that matches a path counts; the last matches all.
const std::vector<Tolerance>& tolerances();
const Tolerance& tolerance(std::string_view path);

struct Drift {
  std::string path;
  Json golden; ///< null: the figure is new
  Json found;  ///< null: the figure is gone
};

enum class Verdict {
  same,
  drifted,
  no_golden,
  wrong_input, ///< design or golden cannot be read
  failed,      ///< the solver failed
};

struct Regression {
  std::string name; ///< of the design file, without .yaml
  Verdict verdict = Verdict::same;
  std::string message;       ///< of wrong_input and failed
  std::size_t compared = 0;  ///< figures
  std::vector<Drift> drifts; ///< in the order of the golden, new ones last
  Json figures;              ///< path -> value as found; null when there are no results
};

/// One design file to the content of its results.json. Must be safe to call from several threads.
using EvaluateFile = std::function<Json(const std::filesystem::path&)>;

std::filesystem::path golden_folder(const std::filesystem::path& designs);

/// Every *.yaml of the folder, in the order of their names, `threads` side by side. Throws InputError when the folder
/// is missing or has no design.
std::vector<Regression> regress(const std::filesystem::path& designs, const std::filesystem::path& goldens,
                                const EvaluateFile& evaluate, int threads);

/// Writes the golden of each design that drifted or has none, with the reason added to its history; makes the folder
/// where it is missing. Returns the files written.
std::vector<std::filesystem::path> update_goldens(const std::vector<Regression>& all,
                                                  const std::filesystem::path& goldens, const std::string& reason,
                                                  const std::string& tool_version);

/// A line a design, and what moved and by how much: the largest moves first, at most `most` a design.
void print_regressions(std::ostream& out, const std::vector<Regression>& all, std::size_t most = 20);

/// The same as one document, every move in it.
Json regressions_json(const std::vector<Regression>& all);

} // namespace beachfront::study
