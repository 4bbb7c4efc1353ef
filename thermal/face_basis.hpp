// SPDX-License-Identifier: GPL-3.0-or-later
// Displacements of a face between two subdomains as averages along each of its lines, and what is left of them.
#pragma once

#include "thermal/subdomains.hpp"

#include <span>
#include <vector>

namespace beachfront::thermal {

/// One component of a line's displacements: its unknowns in the face are first, first + 3 and so on.
struct LineBasis {
  std::size_t first = 0, count = 0, averages = 0;
  std::size_t rest_at = 0, average_at = 0; ///< of its others and of its averages in the face's
  std::vector<float> vectors;              ///< count x count, orthonormal columns: averages first
};

/// In the order of the face's lines and components.
struct FaceBasis {
  std::vector<LineBasis> lines;
  std::size_t rest = 0, averages = 0;
};

/// Mean, first moment about the middle and second moment, as far as the line has nodes that are not fixed; in their
/// place other vectors where it has too few, so that the number of averages is the same whatever is fixed.
FaceBasis face_basis(const Grid& grid, const Numbering& numbering, std::span<const char> fixed, const SharedFace& face,
                     std::size_t most_averages);

/// nodal: 3 x node + component of the face.
void to_basis(const FaceBasis& basis, const float* nodal, float* rest, float* averages);
void to_nodal(const FaceBasis& basis, const float* rest, const float* averages, float* nodal);

} // namespace beachfront::thermal
