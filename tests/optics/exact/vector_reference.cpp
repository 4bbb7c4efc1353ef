// SPDX-License-Identifier: GPL-3.0-or-later
#include "exact/vector_reference.hpp"

#include "exact/axis.hpp"
#include "exact/root.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <numbers>

namespace beachfront::optics::exact {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using std::numbers::pi;

/// Dense A h = beta^2 B h; B is 1 where the row is the operator's.
struct Equations {
  MatrixXd a;
  VectorXd b;
};

Equations assemble(const VectorGuide& guide, const Axis& x, const Axis& y, double k_per_um, Polarisation sort) {
  const Index nx = x.at_um.size(), ny = y.at_um.size(), n = nx * ny;
  const int odd_hx = sort == Polarisation::quasi_te ? 1 : 0, odd_hy = 1 - odd_hx; // in x, and in y where it is folded
  Equations eq{MatrixXd::Zero(2 * n, 2 * n), VectorXd::Ones(2 * n)};
  for (Index i = 0; i < nx; ++i)
    for (Index j = 0; j < ny; ++j) {
      const Index hx = i * ny + j, hy = n + hx;
      const Row row = y.rows[static_cast<std::size_t>(j)];
      const auto add_x = [&](Index r, Index column, const MatrixXd& d, double factor) { // derivative along x
        for (Index m = 0; m < nx; ++m)
          eq.a(r, column + m * ny + j) += factor * d(i, m);
      };
      const auto add_y = [&](Index r, Index column, const MatrixXd& d, double factor) {
        for (Index m = 0; m < ny; ++m)
          eq.a(r, column + i * ny + m) += factor * d(j, m);
      };
      if (row != Row::equation)
        eq.b(hx) = eq.b(hy) = 0;
      if (row == Row::end) {
        eq.a(hx, hx) = eq.a(hy, hy) = 1;
        continue;
      }
      const double cover2 = guide.cover_index * guide.cover_index;
      const bool in_cover = !guide.even_in_y && y.at_um(j) < -1e-9;
      const Medium medium = in_cover ? Medium{cover2, 0, 0} : guide.glass(x.at_um(i), y.at_um(j));
      if (row != Row::equation) {
        const double below = row == Row::surface ? cover2 : medium.permittivity;
        add_y(hx, 0, y.first[0], 1 / medium.permittivity);
        add_y(hx, 0, y.first_below, -1 / below);
        add_x(hx, n, x.first[odd_hy], 1 / below - 1 / medium.permittivity);
        add_y(hy, n, y.first[0], 1);
        add_y(hy, n, y.first_below, -1);
        continue;
      }
      add_x(hx, 0, x.second[odd_hx], 1);
      add_y(hx, 0, y.second[odd_hx], 1);
      add_x(hy, n, x.second[odd_hy], 1);
      add_y(hy, n, y.second[odd_hy], 1);
      eq.a(hx, hx) += k_per_um * k_per_um * medium.permittivity;
      eq.a(hy, hy) += k_per_um * k_per_um * medium.permittivity;
      for (const auto& [r, factor] : {std::pair{hx, medium.d_dy_per_um / medium.permittivity},
                                      std::pair{hy, -medium.d_dx_per_um / medium.permittivity}}) {
        add_x(r, n, x.first[odd_hy], factor);
        add_y(r, 0, y.first[odd_hx], -factor);
      }
    }
  return eq;
}

/// E from H of one element of the y axis, rows along y: with D = dHx/dx + dHy/dy (Hz = D/(j beta)),
/// k eps Ex = beta Hy - (dD/dy)/beta, k eps Ey = -beta Hx + (dD/dx)/beta, in units of Z0 H.
struct ElementFields {
  MatrixXd ex, ey, hx, hy;
};

ElementFields fields_in(const VectorGuide& guide, const Axis& x, const Axis& y, std::size_t element, const VectorXd& h,
                        double k, double beta, int odd_hx) {
  const Element& e = y.elements[element];
  const Index nx = x.at_um.size(), ny = y.at_um.size(), rows = e.derivative[0].rows();
  ElementFields f;
  f.hx = Eigen::Map<const MatrixXd>(h.data(), ny, nx).middleRows(e.start, rows);
  f.hy = Eigen::Map<const MatrixXd>(h.data() + nx * ny, ny, nx).middleRows(e.start, rows);
  const int odd_hy = 1 - odd_hx; // dHx/dx and dHy/dy have the parity of Hy in x and of Hx in y
  const MatrixXd d = f.hx * x.first[odd_hx].transpose() + e.derivative[odd_hy] * f.hy;
  f.ex = beta * f.hy - e.derivative[odd_hx] * d / beta;
  f.ey = -beta * f.hx + d * x.first[odd_hy].transpose() / beta;
  for (Index i = 0; i < nx; ++i)
    for (Index j = 0; j < rows; ++j) {
      const bool in_cover = !guide.even_in_y && e.to_um < 1e-9;
      const double permittivity =
          in_cover ? guide.cover_index * guide.cover_index : guide.glass(x.at_um(i), y.at_um(e.start + j)).permittivity;
      f.ex(j, i) /= k * permittivity;
      f.ey(j, i) /= k * permittivity;
    }
  return f;
}

} // namespace

VectorGuide buried_gaussian(double background_index, double delta_n, double half_width_x_um, double half_width_y_um) {
  return {[=](double x, double y) {
            const double u = x / half_width_x_um, v = y / half_width_y_um;
            const double dn = delta_n * std::exp(-u * u - v * v), n = background_index + dn;
            return Medium{n * n, -4 * n * dn * u / half_width_x_um, -4 * n * dn * v / half_width_y_um};
          },
          true, 1};
}

VectorGuide surface_erfc(double background_index, double cover_index, double delta_n, double depth_um,
                         double opening_um, double side_diffusion_um) {
  return {[=](double x, double y) {
            const double right = (x + opening_um / 2) / side_diffusion_um;
            const double left = (x - opening_um / 2) / side_diffusion_um;
            const double across = (std::erf(right) - std::erf(left)) / 2, down = std::erfc(y / depth_um);
            const double slope = std::sqrt(1 / pi); // half of d erf/du at 0
            const double across_dx = slope * (std::exp(-right * right) - std::exp(-left * left)) / side_diffusion_um;
            const double down_dy = -2 * slope * std::exp(-y * y / depth_um / depth_um) / depth_um;
            const double n = background_index + delta_n * across * down;
            return Medium{n * n, 2 * n * delta_n * across_dx * down, 2 * n * delta_n * across * down_dy};
          },
          false, cover_index};
}

VectorMode vector_mode(const VectorGuide& guide, const VectorNodes& nodes, double wavelength_um, Polarisation sort,
                       double guess) {
  const double k = 2 * pi / wavelength_um;
  const Axis x = sinc_axis(nodes.half_x, nodes.step_x, nodes.stretch_um);
  std::vector<double> edges = nodes.cover_edges_um;
  edges.insert(edges.end(), nodes.glass_edges_um.begin() + 1, nodes.glass_edges_um.end());
  const Axis y = guide.even_in_y ? sinc_axis(nodes.half_y, nodes.step_y, nodes.stretch_um)
                                 : chebyshev_axis(edges, nodes.points_cover, nodes.points_glass);
  Equations eq = assemble(guide, x, y, k, sort);
  const double shift = k * k * guess * guess;
  eq.a.diagonal() -= shift * eq.b;
  const Eigen::PartialPivLU<Eigen::Ref<MatrixXd>> lu(eq.a);
  const Index n = x.at_um.size() * y.at_um.size();
  VectorXd h = VectorXd::Zero(2 * n);
  for (Index i = 0; i < n; ++i) // a bell in the main component
    h(sort == Polarisation::quasi_te ? n + i : i) =
        std::exp(-(std::pow(x.at_um(i / y.at_um.size()), 2) + std::pow(y.at_um(i % y.at_um.size()), 2)) / 25);
  VectorMode mode;
  for (int step = 0; step < 200; ++step) {
    h.normalize();
    const VectorXd old = eq.b.cwiseProduct(h);
    h = lu.solve(old);
    const double index = std::sqrt(shift + old.squaredNorm() / old.dot(h)) / k;
    mode = {index, index - mode.effective_index, {}};
    if (std::abs(mode.change) < 1e-14)
      break;
  }
  const int odd_hx = sort == Polarisation::quasi_te ? 1 : 0;
  std::vector<ElementFields> fields;
  for (std::size_t e = 0; e < y.elements.size(); ++e)
    fields.push_back(fields_in(guide, x, y, e, h, k, k * mode.effective_index, odd_hx));
  mode.power_flow = [=](double x_um, double y_um) {
    const std::size_t e = element_at(y, y_um);
    const auto at = [&](const MatrixXd& field, bool odd) {
      return interpolation(y, e, y_um, odd).dot(field * interpolation(x, 0, x_um, odd).transpose());
    };
    const ElementFields& f = fields[e];
    return at(f.ex, !odd_hx) * at(f.hy, !odd_hx) - at(f.ey, odd_hx) * at(f.hx, odd_hx);
  };
  return mode;
}

VectorSize size_of(const VectorMode& mode, const VectorGuide& guide, double reach_um) {
  const auto down = [&](double y) { return mode.power_flow(0, y); };
  double low = 0, high = guide.even_in_y ? 0 : reach_um;
  while (high - low > 1e-7) { // one hill: cut off the lower third
    const double third = (high - low) / 3;
    if (down(low + third) < down(high - third))
      low += third;
    else
      high -= third;
  }
  const double peak_um = (low + high) / 2;
  const double peak = down(peak_um), level = peak * std::exp(-2);
  const auto radius = [&](double dx, double dy) { // of the first fall below the level
    const auto above = [&](double r) { return mode.power_flow(r * dx, peak_um + r * dy) - level; };
    double r = 0.05;
    while (above(r) > 0)
      r += 0.05;
    return root_between(above, r - 0.05, r);
  };
  const auto area = [&](double h) { // midpoint rule; the surface lies between two cells
    double power = 0, square = 0;
    for (double x = h / 2; x < reach_um; x += h)
      for (double y = guide.even_in_y ? h / 2 : -2 + h / 2; y < reach_um; y += h) {
        const double flow = mode.power_flow(x, y);
        power += flow * h * h;
        square += flow * flow * h * h;
      }
    return (guide.even_in_y ? 4 : 2) * power * power / square;
  };
  return {2 * radius(1, 0), radius(0, 1) + radius(0, -1), peak_um, (4 * area(0.125) - area(0.25)) / 3};
}

} // namespace beachfront::optics::exact
