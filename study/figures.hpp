// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a results.json, and the paths that name them.
//
//   link.worst_margin_dB                       a key below a key
//   temperature.engines[3].max_C               an element of a list by its place, from 0
//   power.alternatives[dsp-1.6t].total_W       an element of a list by its `name`
//   temperature.engines[max].max_C             the largest (or [min], the smallest) over the list
#pragma once

#include "study/evaluate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beachfront::study {

/// A number, a flag or a text at the end of a path.
struct Figure {
  std::string path;
  Json value;
};

/// The value at a path: a number, flag, text, list or map; empty when there is nothing or the path is malformed.
/// With [max] or [min] a number, empty when an element lacks it.
std::optional<Json> find_figure(const Json& results, std::string_view path);

/// A number at a path; empty when there is none.
std::optional<double> find_number(const Json& results, std::string_view path);

/// Whether the results know a path up to the choice of list elements: "engines[40].max_C" is known when some engine has
/// a maximum, or when `absent` says why it is not there.
bool known_figure(const Json& results, std::string_view path);

/// Why a path has no value: the reason in `absent` for it, for what it is part of, or for a part of it; may be empty.
std::string absent_reason(const Json& results, std::string_view path);

/// Every number, flag and text in the order of the document, without what is not a figure: `design`, `provenance`,
/// `violations`, `warnings` and `absent`. List elements with a unique `name` are named, the others counted.
std::vector<Figure> figures(const Json& results);

/// The path of a number that is NaN or infinite, anywhere in the document; empty when there is none, as it must be.
std::string non_finite_figure(const Json& results);

/// The path of the numeric figure that was probably meant, empty when none is near. A last key alone is enough:
/// "worst_margin_dB" finds "link.worst_margin_dB".
std::string nearest_figure(const Json& results, std::string_view path);

/// What makes a design infeasible, in one line: its first violation and how many more there are.
std::string first_violation(const Json& results);

} // namespace beachfront::study
