// SPDX-License-Identifier: GPL-3.0-or-later
// A preconditioner for the stiffness of a large solid whose cost grows with its size alone: balancing domain
// decomposition by constraints (Dohrmann, SIAM J. Sci. Comput. 25, 246, 2003). Subdomains are eliminated each by
// itself; only averages along the lines of their faces, first moments and corners stay continuous between them and are
// solved for all together (edge averages and first moments: Klawonn and Widlund, Comm. Pure Appl. Math. 59, 1523,
// 2006). What the two sides of a face make of the rest is averaged by their own stiffness of that face (deluxe scaling:
// Dohrmann and Widlund, Comm. Pure Appl. Math. 69, 498, 2016). The condition number then does not depend on the number
// of subdomains, nor on jumps of the moduli over the height, which both sides of every cut share.
// PETSc's PCBDDC needs an MPI process for each subdomain, hence own code.
#pragma once

#include "thermal/coarse_stiffness.hpp"
#include "thermal/face_basis.hpp"
#include "thermal/subdomain_factor.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// The same for all moduli of the same bodies.
struct BddcPattern {
  Subdomains cut;
  std::vector<std::size_t> averages; ///< of each face
  CoarsePattern coarse;
};
BddcPattern bddc_pattern(const Grid& grid, const std::vector<FilledCell>& cells, const Numbering& numbering);

struct Bddc {
  std::vector<FaceBasis> bases;
  std::vector<Floats> weights; ///< of each face's rest, the share of its first side, column-major
  std::vector<SubdomainFactor> subdomains;
  BlockFactor coarse;

  double MB() const; ///< of all factors
};

/// `made` may be an earlier one, whose memory it takes. False when a pivot is not positive in single precision. Tasks
/// of the team that calls work on the subdomains; the result does not depend on their number. std::runtime_error
/// without memory. Call while OneThreadLibraries lives.
bool factorise(const Grid& grid, const std::vector<FilledCell>& cells,
               std::span<const std::optional<ElasticTensor>> tensors, const Numbering& numbering,
               std::span<const char> fixed, const BddcPattern& pattern, Bddc& made);

/// Room for one product or one preconditioning at a time.
struct BddcRoom {
  struct OfSubdomain {
    std::vector<double> in, out;
    Floats nodal, shared, work;
  };
  struct OfFace {
    Floats nodal, rest, averages, apart;
  };
  std::vector<OfSubdomain> subdomains;
  std::vector<OfFace> faces;
  std::vector<double> coarse;
};
BddcRoom bddc_room(const BddcPattern& pattern, const Bddc& bddc);

/// product = stiffness x; unknowns that are fixed have a one of their own.
void multiply(const BddcPattern& pattern, const Bddc& bddc, std::span<const char> fixed, BddcRoom& room,
              const std::vector<double>& x, std::vector<double>& product);

/// Nearly the solution for `right`, in the place of `right`; a symmetric operation but for rounding.
void precondition(const BddcPattern& pattern, const Bddc& bddc, BddcRoom& room, std::vector<double>& right);

} // namespace beachfront::thermal
