// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of designs against the figures they are known to have.
//
// The golden of NAME.yaml is NAME.json: {"figures": {path: value}, "history": [{"reason", "by", "what",
// "tool_version"}]}. It holds every number, flag and one-word text of results.json (prose may be reworded) and the
// violations counted by rule. When a golden was written is left to the version control it stands in. The folder of the
// goldens is DIR/golden, or DIR/../golden where only that is there.
//
//   const auto all = regress("mine", golden_folder("mine"), evaluate, threads,
//   {parsed_tolerance("temperature.*=1e-3")}); print_regressions(std::cout, all);
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

using Tolerances = std::vector<Tolerance>;

/// What is allowed by default. The first that matches a path counts; the last matches all.
const Tolerances& tolerances();

/// The first of `own` that matches the path, else of the default ones.
const Tolerance& tolerance(std::string_view path, const Tolerances& own = {});

/// PATTERN=RELATIVE or PATTERN=RELATIVE,ABSOLUTE as given on the command line, e.g. "temperature.*=0,0.5". Throws
/// InputError when it is not that, or an allowance is negative.
Tolerance parsed_tolerance(const std::string& text);

struct Drift {
  std::string path;
  Json golden;       ///< null: the figure is new
  Json found;        ///< null: the figure is gone
  Tolerance allowed; ///< what it was held to
};

/// What a move may be, in the unit of the figure: for numbers alone.
double allowed_move(const Drift& drift);

/// What of two results.json differs by more than tolerance() allows, in the order of the first; what is new last.
std::vector<Drift> figure_drifts(const Json& was, const Json& now);

/// The largest relative moves first; before them what is no number, new or gone.
std::vector<Drift> largest_first(std::vector<Drift> drifts);

/// Figures that differ only in the number of a list's element are of one kind: "engines[E03].max_C" is
/// "engines[E#].max_C".
std::string kind_of(const std::string& path);

enum class Verdict {
  same,
  drifted,
  no_golden,
  wrong_input, ///< design or golden cannot be read
  failed,      ///< the solver failed
  no_design,   ///< a golden whose design is gone
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

/// Every *.yaml of the folder, in the order of their names, `threads` side by side, each figure held to the first
/// tolerance of `own` that matches or else to the default; then the goldens without a design. Throws InputError when
/// the folder is missing or has no design.
std::vector<Regression> regress(const std::filesystem::path& designs, const std::filesystem::path& goldens,
                                const EvaluateFile& evaluate, int threads, const Tolerances& own = {});

/// Who changes goldens, why, and with which program.
struct Change {
  std::string reason;
  std::string by;
  std::string tool_version;
};

/// Writes the golden of each design that drifted or has none, the change and what moved most added to its history;
/// makes the folder where it is missing. A golden without a design stays. Returns the files written.
std::vector<std::filesystem::path> update_goldens(const std::vector<Regression>& all,
                                                  const std::filesystem::path& goldens, const Change& change);

/// A line a design, a table of what moved and by how much, and the count of every verdict. Figures that differ only in
/// the number of a list's element share a row, that of the largest move; the largest come first, at most `most` rows a
/// design. At most 100 columns but for paths that are longer than that alone.
void print_regressions(std::ostream& out, const std::vector<Regression>& all, std::size_t most = 20);

/// Rows of pattern, allowed move and reason.
void print_tolerances(std::ostream& out, const Tolerances& own);

/// The same as one document, every move in it.
Json regressions_json(const std::vector<Regression>& all);

/// The same as JUnit XML, as build servers read it: a test case a design; what moved is its failure, a design that
/// cannot be read or solved its error. No times: the same figures give the same bytes.
void write_junit(std::ostream& out, const std::vector<Regression>& all);

} // namespace beachfront::study
