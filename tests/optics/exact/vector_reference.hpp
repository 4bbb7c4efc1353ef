// SPDX-License-Identifier: GPL-3.0-or-later
// Full-vector modes of smooth guides by dense collocation of the transverse magnetic field: slow, short, and as exact
// as its nodes allow. Shares nothing with the solver it judges.
#pragma once

#include <functional>
#include <vector>

namespace beachfront::optics::exact {

/// Relative permittivity and its gradient at a point of the glass; even in x.
struct Medium {
  double permittivity = 1;
  double d_dx_per_um = 0;
  double d_dy_per_um = 0;
};

struct VectorGuide {
  std::function<Medium(double x_um, double y_um)> glass;
  bool even_in_y = true;  ///< buried in glass that goes on for ever; false: glass at y > 0 only
  double cover_index = 1; ///< of the half space y < 0, where not even_in_y
};

/// n = n_b + dn exp(-(x/hx)^2 - (y/hy)^2)
VectorGuide buried_gaussian(double background_index, double delta_n, double half_width_x_um, double half_width_y_um);

/// n = n_b + dn erfc(y/depth) [erf((x+w/2)/s) - erf((x-w/2)/s)]/2 below y = 0
VectorGuide surface_erfc(double background_index, double cover_index, double delta_n, double depth_um,
                         double opening_um, double side_diffusion_um);

/// Nodes. A half line x = stretch_um sinh(t) has `half` sinc nodes at t = (i + 1/2) step. Under a surface y runs
/// through elements, each with so many Chebyshev points; the field is zero at the far ends.
struct VectorNodes {
  int half_x = 14, half_y = 14;
  double step_x = 0.2, step_y = 0.2;
  double stretch_um = 4;
  std::vector<double> cover_edges_um = {-5, -1, 0}; ///< ending at the surface
  std::vector<double> glass_edges_um = {0, 5, 13, 35};
  int points_cover = 10, points_glass = 12;
};

enum class Polarisation { quasi_te, quasi_tm }; ///< E along x, E along y

struct VectorMode {
  double effective_index = 0;
  double change = 0; ///< of the effective index in the last step of the iteration
  std::function<double(double x_um, double y_um)> power_flow; ///< Ex Hy - Ey Hx, not normalised
};

/// Fundamental mode. Solves, with C = dHy/dx - dHx/dy,
///   laplace Hx + k^2 eps Hx + (deps/dy / eps) C = beta^2 Hx,  laplace Hy + k^2 eps Hy - (deps/dx / eps) C = beta^2 Hy,
/// where at the surface C/eps (which is Ez) and dHy/dy (which with Hx gives Hz) go on unchanged. `guess` is an index
/// above that of the mode and nearer to it than to that of any other.
VectorMode vector_mode(const VectorGuide& guide, const VectorNodes& nodes, double wavelength_um, Polarisation sort,
                       double guess);

/// 1/e^2 diameters of the power flow through its peak, where that is, and (int P)^2 / int P^2.
struct VectorSize {
  double diameter_x_um = 0;
  double diameter_y_um = 0;
  double peak_y_um = 0;
  double effective_area_um2 = 0;
};

/// Nothing of the mode may be left beyond reach_um. Areas under a surface to about 2e-5 of themselves.
VectorSize size_of(const VectorMode& mode, const VectorGuide& guide, double reach_um);

} // namespace beachfront::optics::exact
