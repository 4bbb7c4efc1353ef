// SPDX-License-Identifier: GPL-3.0-or-later
// A package from the birth of its substrate through its assembly to a state, as an elastic solid that gains bodies.
// Linear: states are sums of increments. A body gathers stress from when it is joined.
#pragma once

#include "thermal/body.hpp"
#include "thermal/joined.hpp"
#include "thermal/package.hpp"
#include "thermal/stiffness.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// One step in which no body joins and every body has one stiffness.
struct SolidIncrement {
  std::vector<std::optional<ElasticTensor>> tensors; ///< as SolidPath::bodies; empty: not joined yet
  FreeStrains free_strain;
  std::vector<double> displacement_mm;
  double residual = 0;
};

/// A named state; its increments in order, as indices into SolidPath::increments.
struct SolidState {
  std::string name;
  double temperature_C = 0; ///< of a uniform state; the mean of the operating one
  std::vector<std::size_t> increments;
  /// One more increment for each image of the meshed part, when the state is not its own mirror image: in the order of
  /// image_of(). The image's fields are given as they look in the mirror, on the meshed part.
  std::vector<std::size_t> of_image;
};

/// Images of the meshed part of a symmetric model, itself first: 1, 2 or 4.
std::size_t image_count(const Grid& grid);
/// Signs of an image along x and y.
std::array<double, 2> image_signs(const Grid& grid, std::size_t image);

struct SolidPath {
  Package package; ///< as assembled; the heat in it does not matter
  Joined done;     ///< after the last step
  std::vector<Body> bodies;
  Grid grid;
  std::vector<SolidIncrement> increments;
  std::vector<SolidState> steps;    ///< before what the step joins is joined: "die" is the bare substrate at die attach
  SolidState room, idle;            ///< room: not on a board yet
  std::optional<SolidState> reflow; ///< none when the assembly has no board step
  std::optional<SolidState> mounted;                   ///< at room on the board, where that is a body
  std::size_t assembled = 0;                           ///< increments of all these; those of an operating state follow
  std::size_t engines_joined_at = 0;                   ///< first increment with engines
  std::shared_ptr<const Stiffness> glassy;             ///< of all joined bodies below their glass transitions
  std::array<std::shared_ptr<const Stiffness>, 4> odd; ///< the same for fields that are odd in x (1), y (2), both (3)
  std::vector<std::optional<ElasticTensor>> glassy_tensors;
  std::size_t unknowns = 0;
  std::size_t factorisations = 0;
  double factor_MB = 0;                  ///< of the largest factor
  int threads = 1;                       ///< that solve together; no result depends on it
  std::array<EarlierLoads, 4> operating; ///< of the operating states added, by parity as `odd`; [0] even
};

/// The finished package at room temperature, on its board where that is a body: what idle and operation start from.
const SolidState& finished(const SolidPath& path);

/// Which bodies the assembly joins mechanically, by its steps.
bool joins(const Package& package, Part part);

/// The package's bodies on one grid, for conduction and elasticity. Quarter or half where the bodies are symmetric.
/// std::invalid_argument with what body_faults() finds.
struct Mesh {
  std::vector<Body> bodies;
  Grid grid;
};
Mesh mesh(const Package& package, const GridRules& rules);

/// std::invalid_argument naming the material whose constants are not those of an elastic body.
void check_elastic(const Package& package);

/// From the birth of the substrate to the last step, then to room, idle and reflow; with a board that is a body, from
/// reflow to room on it, and idle from there. Between two temperatures the path
/// is cut where polymers pass their glass transitions; transitions nearer than 15 K count as the lowest of them, and
/// every piece has its secant moduli. Bumps that are not yet filled carry load across the joint but not in its plane.
/// A film under the lid whose material has a flow stress (indium) takes the secant modulus that keeps its shear at flow
/// / sqrt(3) under the free slip between lid and body. No creep, no cure shrinkage.
/// `threads` factorisations run at once; the result does not depend on it.
SolidPath assemble_solid(const Package& package, const Mesh& mesh, int threads);

/// Adds the state at a temperature of each cell, starting from room, in place of the one added last. The solve
/// starts from those added before, which makes no difference beyond its tolerance. One
/// field for a symmetric state, or one for each image (image_count) as it looks in the mirror: then the parts that are
/// odd in x or y are solved on the meshed part as well.
SolidState add_operating(SolidPath& path, const std::vector<std::vector<double>>& image_cell_C);

/// Displacement of a node in a state, since increment `since` of the path.
std::array<double, 3> displacement_mm(const SolidPath& path, const SolidState& state, std::size_t node,
                                      std::size_t since = 0, std::size_t image = 0);

/// Stress at a place of a cell, each local coordinate from -1 to 1; what the cell's body gathered.
Stress stress_MPa(const SolidPath& path, const SolidState& state, std::size_t i, std::size_t j, std::size_t k,
                  const std::array<double, 3>& local, std::size_t image = 0);

} // namespace beachfront::thermal
