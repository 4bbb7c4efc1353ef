// SPDX-License-Identifier: GPL-3.0-or-later
// The stiffness of one subdomain and its elimination in single precision: first of its inner nodes, then of what its
// faces have beside their averages.
#pragma once

#include "thermal/block_cholesky.hpp"
#include "thermal/face_basis.hpp"
#include "thermal/subdomains.hpp"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace beachfront::thermal {

struct SubdomainFactor {
  std::vector<double> stiffness; ///< 3 x 3 for each entry of the graph, the lower node's components first
  BlockFactor inner;             ///< of its inner unknowns, its shared ones kept
  /// Of what is then left of the shared ones: what the faces have beside averages, face by face; averages, face by
  /// face, and corners kept.
  BlockFactor shared;
  std::size_t rest = 0, kept = 0; ///< of the shared unknowns
};

/// Stiffness of its cells; unknowns that are fixed have a one of their own.
void assemble(const Grid& grid, const std::vector<FilledCell>& cells,
              std::span<const std::optional<ElasticTensor>> tensors, const Numbering& numbering,
              std::span<const char> fixed, const Subdomain& own, SubdomainFactor& factor);

/// `in`, `out`: of its unknowns, 3 x node + component.
void multiply(const Subdomain& own, const SubdomainFactor& factor, std::span<const double> in, std::span<double> out);

/// What an elimination leaves, in lower triangles, column-major.
struct Eliminated {
  Floats kept;               ///< of averages and corners
  std::vector<Floats> faces; ///< of each face beside its averages, before these are eliminated
};

/// After assemble(); `bases` of its faces. Nothing when a pivot is not positive in single precision. Call while
/// OneThreadLibraries lives.
std::optional<Eliminated> eliminate(const Subdomain& own, std::span<const FaceBasis* const> bases,
                                    SubdomainFactor& factor);

} // namespace beachfront::thermal
