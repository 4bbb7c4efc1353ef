// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep file as an ordered list of points. Point k is computed from k alone, so that a sweep of a million points
// needs no memory for them and any part of it can be run anywhere.
#pragma once

#include "study/evaluate.hpp"
#include "study/library.hpp"
#include "study/resolve.hpp"
#include "study/sampling.hpp"
#include "study/screening.hpp"
#include "study/store.hpp"
#include "study/sweep_goals.hpp"
#include "study/sweep_parameter.hpp"
#include "study/tree.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

struct SweepPlan {
  std::string file;
  SweepMode mode = SweepMode::grid;
  std::vector<Parameter> parameters;
  std::vector<std::string> outputs; ///< figure paths of results.csv; empty for the headline figures
  Tree definition;                  ///< what of the sweep file decides the points: parameters, mode and its numbers
  Tree base;                        ///< resolved
  Library library;
  std::int64_t size = 0; ///< number of points
  Sampler sampler;       ///< of a sampled mode
  SweepGoals goals;      ///< do not decide the points: they may be changed on finished results
  ScreeningRules screening = {};
};

/// The most points one sweep may have.
inline constexpr std::int64_t most_points = 1'000'000;

/// Reads a sweep file and its base design (a path relative to the sweep file), with `settings` applied to the base.
/// Throws InputError, beside what is wrong with either file, when
/// - there are more than most_points points, or the lists are not equally long;
/// - a number of another mode is given, or that of its own is missing;
/// - a path is named twice or does not exist in the design (the nearest is named);
/// - the first point, or the first point with one parameter at another of its values, is no valid design. In sampled
///   modes: the point with every parameter at its middle, or with one at an end. The end of a side without a limit is
///   what one design in twice as many as the sweep has would lie beyond.
SweepPlan load_sweep(const std::filesystem::path& file, const std::filesystem::path& library_option,
                     const std::vector<Setting>& settings = {});

/// Probabilities, 0 to 1, of the parameters at a point (sampling.hpp has how the points of a mode lie); none in grid
/// and list.
std::vector<double> unit_point(const SweepPlan& plan, std::int64_t point);

/// The values of a point: path -> value in the order of the parameters, of linked keys the first alone.
Json point_values(const SweepPlan& plan, std::int64_t point);

/// The same at probabilities of one's own, 0 to 1, one a parameter; also in grid and list, where each value of a
/// parameter has an equal share of them. Throws InputError as point_design does.
Json values_at(const SweepPlan& plan, const std::vector<double>& probabilities);
Tree design_at(const SweepPlan& plan, const std::vector<double>& probabilities);

/// The resolved design of a point. Throws InputError when the values together make no valid design.
Tree point_design(const SweepPlan& plan, std::int64_t point);

/// The resolved design of a row of a store: `values` as point_values has them, also of a search, whose points the plan
/// does not know. Throws InputError as point_design does.
Tree design_with(const SweepPlan& plan, const Json& values);

/// What a store of this sweep must agree with. The outputs do not count: they may be changed on finished results.
Identity identity(const SweepPlan& plan, const std::string& tool_version);

} // namespace beachfront::study
