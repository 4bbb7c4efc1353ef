// SPDX-License-Identifier: GPL-3.0-or-later
// Steady conduction of heat on a grid: cell-centred finite volumes with conductances in series from cell centre to cell
// centre, exact for layers crossed by heat. Planes of symmetry and all faces that are not cooled let no heat through.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/grid.hpp"
#include "thermal/heat_multigrid.hpp"

#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace beachfront::thermal {

struct Conductivity {
  double x_W_per_mK = 0;
  double y_W_per_mK = 0;
  double z_W_per_mK = 0;
};

/// A resistance of the faces in which one body lies on another.
struct Contact {
  int lower_body = 0;
  int upper_body = 0;
  double mm2K_per_W = 0;
};

/// The upper or lower faces of a body on which no other body lies.
struct CooledFace {
  int body = 0;
  bool top = true;
  double heat_transfer_W_per_m2K = 0;
  double coolant_C = 0;
};

enum class HeatSite {
  bottom_face, ///< enters in the plane of the body's lower face (the active face of a flipped die)
  volume
};

/// Heat spread evenly over an outline. Of an outline that reaches over a plane of symmetry, the part on the grid
/// counts.
struct HeatLoad {
  int body = 0;
  HeatSite site = HeatSite::volume;
  geometry::Box outline; ///< need not lie on planes: a cell takes what overlaps with it
  double power_W = 0;    ///< of the whole outline
};

struct HeatProblem {
  Grid grid;
  std::vector<Conductivity> conductivity; ///< of each body
  std::vector<Contact> contacts;
  std::vector<CooledFace> cooled;
};

/// Bodies that touch each other but nothing that is cooled: their temperature is not defined.
struct FloatsThermally : std::invalid_argument {
  explicit FloatsThermally(std::vector<int> floating);
  std::vector<int> bodies; ///< of one such part, ascending
};

struct HeatSystem {
  HeatProblem problem;
  HeatMatrix<double> matrix;
  HeatMultigrid multigrid;
  int threads = 1;
  struct CooledCell {
    std::size_t place = 0; ///< in the matrix
    std::size_t cell = 0;  ///< in the grid
    std::size_t face = 0;  ///< index in problem.cooled
    double conductance_W_per_K = 0;
  };
  std::vector<CooledCell> cooled; ///< by face, then by cell
};

/// Checks the problem and prepares the solver; once for any number of loads.
/// FloatsThermally; std::invalid_argument names what else is wrong: a conductivity or a heat
/// transfer coefficient that is not positive, a negative contact, a body that is not there, a face that other bodies
/// cover or that is cooled twice.
HeatSystem heat_system(HeatProblem problem, int threads = 1);

struct HeatTolerance {
  double relative_residual = 1e-8; ///< of the heat sent in; both as root of the sum of squares over the cells
  int iterations = 200;
};

struct HeatFlow {
  bool converged = false;
  std::vector<double> temperature_C;     ///< of each cell of the grid; NaN where no body is; empty unless converged
  std::vector<double> cooled_W;          ///< through each cooled face of the problem; empty unless converged
  double power_W = 0;                    ///< sent into the grid
  double imbalance = 0;                  ///< (heat in - heat out) / heat in; 0 without heat
  std::vector<double> relative_residual; ///< before the first iteration and after each
};

/// Conjugate gradients under one multigrid cycle. The bytes of the result do not depend on the number of threads.
/// std::invalid_argument for a load on a body that is not there, or off the body.
HeatFlow heat_flow(HeatSystem& system, std::span<const HeatLoad> loads, const HeatTolerance& tolerance = {});

/// Temperatures of a body or a face.
struct BodyTemperature {
  double mean_C = 0;
  double max_C = 0;
};

/// Weighted by volume; greatest among the cells' centres. std::invalid_argument for a body without cells.
BodyTemperature body_temperature(const HeatSystem& system, const HeatFlow& flow, int body);

/// A face of one cell.
struct CellFaceTemperature {
  std::size_t cell = 0; ///< the cell above the face
  double temperature_C = 0;
};

/// The lower faces of a body, in the plane where loads on its bottom face enter.
std::vector<CellFaceTemperature> bottom_face_temperatures(const HeatSystem& system, std::span<const HeatLoad> loads,
                                                          const HeatFlow& flow, int body);

/// Weighted by area.
BodyTemperature bottom_face_temperature(const HeatSystem& system, std::span<const HeatLoad> loads, const HeatFlow& flow,
                                        int body);

} // namespace beachfront::thermal
