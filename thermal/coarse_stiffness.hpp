// SPDX-License-Identifier: GPL-3.0-or-later
// What all subdomains have in common: the averages of their faces and their corners.
#pragma once

#include "thermal/block_cholesky.hpp"
#include "thermal/stiffness_pattern.hpp"
#include "thermal/subdomains.hpp"

#include <memory>
#include <vector>

namespace beachfront::thermal {

/// Groups are the averages of a face or the corners of one column of nodes, in METIS' order.
struct CoarsePattern {
  std::vector<int> first_of_group;          ///< unknown; one more at the end
  std::vector<int> of_face, of_corner;      ///< first unknown
  std::vector<std::vector<int>> neighbours; ///< of each group, itself first, ascending
  std::vector<int> start, row;              ///< lower triangle by columns
  std::unique_ptr<cholmod_factor_struct, FreeAnalysis> analysis;

  std::size_t unknowns() const { return static_cast<std::size_t>(first_of_group.back()); }
};

/// `averages` of each face. std::runtime_error without memory.
CoarsePattern coarse_pattern(const Grid& grid, const Numbering& numbering, const Subdomains& cut,
                             const std::vector<std::size_t>& averages);

/// The coarse unknowns of a subdomain in the order in which its elimination keeps them.
std::vector<int> coarse_unknowns(const CoarsePattern& pattern, const Subdomain& own,
                                 const std::vector<std::size_t>& averages);

/// Adds what an elimination kept, lower triangle, to the values of the lower triangle.
void add(const CoarsePattern& pattern, const std::vector<int>& unknowns, const float* kept, std::vector<double>& value);

} // namespace beachfront::thermal
