// SPDX-License-Identifier: GPL-3.0-or-later
// How a figure follows a parameter while all others vary.
//
//   for (const ResponsePoint& at : response(groups_of(thickness_um), warpage_um)) ...
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace beachfront::study {

/// Designs in which a parameter has the same or nearly the same value.
struct ValueGroup {
  double from = 0, to = 0;         ///< least and greatest value; of a choice its place in the order of first appearance
  std::string choice;              ///< of a parameter that is no number
  std::vector<std::size_t> places; ///< of the designs, ascending
};

/// At most that many groups: each holds enough designs to speak of a band.
inline constexpr std::size_t most_groups = 20;

/// Groups in ascending order: one a value where there are at most most_groups different ones, else of nearly equal
/// numbers of designs, about half the root of all of them, at most most_groups. Equal values are never parted. NaN is
/// in no group.
std::vector<ValueGroup> groups_of(const std::vector<double>& values);

/// A group a choice in the order of first appearance; an empty text is in no group.
std::vector<ValueGroup> groups_of(const std::vector<std::string>& choices);

struct ResponsePoint {
  ValueGroup group;
  std::size_t designs = 0; ///< with a figure, at least one
  double median = 0;
  double p5 = 0, p95 = 0; ///< 5 % of the group's designs lie below, and above
};

/// Of each group that has a figure; figures that are NaN do not count.
std::vector<ResponsePoint> response(const std::vector<ValueGroup>& groups, const std::vector<double>& figures);

} // namespace beachfront::study
