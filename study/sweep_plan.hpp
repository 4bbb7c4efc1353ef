// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep file as an ordered list of points. Point k is computed from k alone, so that a sweep of a million points
// needs no memory for them and any part of it can be run anywhere.
#pragma once

#include "study/evaluate.hpp"
#include "study/library.hpp"
#include "study/resolve.hpp"
#include "study/screening.hpp"
#include "study/store.hpp"
#include "study/tree.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace beachfront::study {

enum class SweepMode {
  grid, ///< every combination; the last parameter changes fastest
  list, ///< the k-th value of every parameter together
};

struct Parameter {
  std::string path;         ///< in the resolved base design
  Mark mark;                ///< of the path in the sweep file
  std::vector<Json> values; ///< at least one
};

struct SweepPlan {
  std::string file;
  SweepMode mode = SweepMode::grid;
  std::vector<Parameter> parameters;
  std::vector<std::string> outputs; ///< figure paths of results.csv; empty for the headline figures
  Tree definition;                  ///< what of the sweep file decides the points: mode and parameters
  Tree base;                        ///< resolved
  Library library;
  std::int64_t size = 0; ///< number of points
  ScreeningRules screening = {};
};

/// The most points one sweep may have.
inline constexpr std::int64_t most_points = 1'000'000;

/// Reads a sweep file and its base design (a path relative to the sweep file), with `settings` applied to the base.
/// Throws InputError, beside what is wrong with either file, when
/// - the grid has more than most_points points, or the lists are not equally long;
/// - a path is named twice or does not exist in the design (the nearest is named);
/// - the first point, or the first point with one parameter at another of its values, is no valid design.
SweepPlan load_sweep(const std::filesystem::path& file, const std::filesystem::path& library_option,
                     const std::vector<Setting>& settings = {});

/// The values of a point: path -> value in the order of the parameters.
Json point_values(const SweepPlan& plan, std::int64_t point);

/// The resolved design of a point. Throws InputError when the values together make no valid design.
Tree point_design(const SweepPlan& plan, std::int64_t point);

/// What a store of this sweep must agree with. The outputs do not count: they may be changed on finished results.
Identity identity(const SweepPlan& plan, const std::string& tool_version);

} // namespace beachfront::study
