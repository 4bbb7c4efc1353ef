// SPDX-License-Identifier: GPL-3.0-or-later
// A thin plate on a rectangular plan whose laminate changes from cell to cell: classical laminate theory (no shear
// across the thickness) with free edges, loaded by free strain alone.
//
// Deflection: Bogner, Fox and Schmit's rectangle (1965), bicubic Hermite with w, w,x, w,y and w,xy at the nodes. In the
// plane: bilinear with Wilson's incompatible modes (1973), which let the membrane follow the linear strain that the
// bending of an eccentric layer asks of it. Constant strain and curvature are exact. A stiff body's corner is singular:
// even cells converge with order 1.2 to 1.4, cells graded towards the body's edges reach 0.3 % with 540 unknowns
// (tests/thermal/plate_test.cpp). Rounding grows with (extent / narrowest cell)^3: 1e-7 at 1 : 1000.
#pragma once

#include "geometry/shapes.hpp"
#include "thermal/laminate.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace beachfront::thermal {

/// Of an orthotropic stiffness with its axes along x and y: 11, 12, 22, 66.
using InPlane = std::array<double, 4>;

/// A layer of a cell: sigma_x = q11 (e_x - free_x) + q12 (e_y - free_y), and so on. Layers of a cell may lie beside
/// each other at one height when each is scaled with the share it covers.
struct PlateLayer {
  double bottom_um = 0; ///< above the plate's z = 0
  double thickness_um = 0;
  InPlane q_MPa{};
  double free_x = 0, free_y = 0;       ///< free strain at the layer's middle
  double free_strain_slope_per_mm = 0; ///< of both, upwards: a temperature that falls across the layer
};

/// Isotropic, plane stress; `share` scales the stiffness.
PlateLayer plate_layer(const ElasticLayer& layer, double bottom_um, double share = 1);

/// N = A e + B k, M = B e + D k about z = 0, with e the strain there and k the curvature, positive for a dome.
struct LaminateStiffness {
  InPlane a_N_per_mm{}, b_N{}, d_N_mm{};
};

/// Resultants that would hold all free strain back, about z = 0.
struct FreeStrainResultants {
  double n_x_N_per_mm = 0, n_y_N_per_mm = 0;
  double m_x_N = 0, m_y_N = 0;
};

void add_layer(const PlateLayer& layer, LaminateStiffness& stiffness);
void add_layer(const PlateLayer& layer, FreeStrainResultants& resultants);
void add_share(const LaminateStiffness& part, double share, LaminateStiffness& sum);
void add_share(const FreeStrainResultants& part, double share, FreeStrainResultants& sum);

/// Cells of the plan, x fastest.
struct PlateMesh {
  std::vector<double> x_mm, y_mm; ///< planes, ascending
  bool half_x = false;            ///< the first x plane is a plane of symmetry: the western half is its image
  bool half_y = false;            ///< the same for the first y plane and the southern half
  double reference_mm = 0;        ///< height of the plane that the unknowns describe: best near the neutral plane

  std::size_t cells_x() const { return x_mm.size() - 1; }
  std::size_t cells_y() const { return y_mm.size() - 1; }
  std::size_t cells() const { return cells_x() * cells_y(); }
  std::size_t cell(std::size_t i, std::size_t j) const { return i + cells_x() * j; }
};

/// Numbering, sparsity and integrals of one mesh; made once, used by many factors.
struct PlateSystem;

/// A plate that lies over some cells of the mesh and hangs on the plate below by springs alone.
struct UpperPlate {
  std::vector<std::size_t> cells; ///< each once
  double reference_mm = 0;        ///< as PlateMesh::reference_mm
};

/// A film between both plates of a cell as springs, per area, over a part of the cell. Along the plane they act on the
/// slip at the height of the film's middle, u - (z - reference) w,x of the upper plate less that of the lower one.
struct PlateSprings {
  double across_N_per_mm3 = 0;
  double along_N_per_mm3 = 0;
  double height_mm = 0;        ///< above z = 0
  double from_x = 0, to_x = 1; ///< shares of the cell's width
  double from_y = 0, to_y = 1; ///< shares of its height
};

/// Each upper plate's cells, in their order.
struct UpperCell {
  LaminateStiffness stiffness; ///< about z = 0
  std::vector<PlateSprings> springs;
};
using UpperCells = std::vector<std::vector<UpperCell>>;
struct UpperLoad {
  FreeStrainResultants free;       ///< about z = 0
  std::vector<double> opening_MPa; ///< drives the plates apart, at each of the springs: across-stiffness x free growth
};
using UpperLoads = std::vector<std::vector<UpperLoad>>;

/// Throws std::invalid_argument unless there are cells and planes ascend by at least 1e-4 of the extent.
std::shared_ptr<const PlateSystem> plate_system(PlateMesh mesh, std::vector<UpperPlate> uppers = {});
const PlateMesh& mesh(const PlateSystem& system);
std::size_t unknowns(const PlateSystem& system);

/// Cholesky factor of the plate with one stiffness a cell; serves any number of free strains.
struct PlateFactor;
/// Throws std::invalid_argument when a cell has no stiffness.
std::shared_ptr<const PlateFactor> factor_plate(std::shared_ptr<const PlateSystem> system,
                                                std::span<const LaminateStiffness> cells,
                                                const UpperCells& uppers = {});

/// Displacement of the plate: opaque coefficients, which add up.
struct PlateField {
  std::vector<double> nodes; ///< w, w,x, w,y, w,xy, u, v at every node, mm and rad; node x fastest
  std::vector<double> inner; ///< four amplitudes a cell of the incompatible modes
};
PlateField solve_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells);
/// Of the plate alone, with the upper plates' loads on it.
PlateField solve_lowest_plate(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                              const UpperLoads& uppers);
/// The plate, then each upper plate, whose field means something on its cells only.
std::vector<PlateField> solve_plates(const PlateFactor& factor, std::span<const FreeStrainResultants> cells,
                                     const UpperLoads& uppers);
PlateField zero_field(const PlateMesh& mesh);
/// Of a plate with one laminate and one free strain everywhere: the exact solution, even strain and curvature.
PlateField even_field(const PlateMesh& mesh, const LaminateStiffness& stiffness, const FreeStrainResultants& free);
/// Halves with their images: the whole mesh and the same displacement on it.
PlateMesh unfolded(const PlateMesh& mesh);
PlateField unfolded(const PlateMesh& half, const PlateField& field);
void add(PlateField& sum, const PlateField& step);

/// Strain at z = 0 and curvature; strain(z) = strain + z x curvature. Shear is engineering shear, k_xy = -2 w,xy.
struct PlateStrain {
  double e_x = 0, e_y = 0, g_xy = 0;
  double k_x_per_mm = 0, k_y_per_mm = 0, k_xy_per_mm = 0;
};
/// In cell (i, j) at shares of its width and height from 0 to 1.
PlateStrain plate_strain(const PlateMesh& mesh, const PlateField& field, std::size_t i, std::size_t j, double share_x,
                         double share_y);

/// Deflection (z up) and slopes at a place of the plan, images included. A place outside counts as the nearest inside.
struct PlateDeflection {
  double w_mm = 0;
  double slope_x = 0, slope_y = 0;
};
PlateDeflection deflection(const PlateMesh& mesh, const PlateField& field, geometry::Point place);

struct InPlaneStress {
  double x_MPa = 0, y_MPa = 0, xy_MPa = 0;
};
/// Of a layer at a height above the plate's z = 0.
InPlaneStress stress_MPa(const PlateLayer& layer, const PlateStrain& strain, double z_um);
/// The greater principal stress.
double max_principal_MPa(const InPlaneStress& stress);

} // namespace beachfront::thermal
