// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/plate.hpp"
#include "thermal/plate_element.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double mm_per_um = 1e-3;
constexpr double MPa_per_GPa = 1e3;
constexpr std::size_t values_per_node = 6, first_membrane_value = 4;

/// Cell and place in it along one axis.
struct Along {
  std::size_t cell = 0;
  double share = 0;
};

Along along(const std::vector<double>& planes, double place) {
  const double inside = std::clamp(place, planes.front(), planes.back());
  const auto above = std::upper_bound(planes.begin() + 1, planes.end() - 1, inside);
  const auto cell = static_cast<std::size_t>(above - planes.begin()) - 1;
  return {cell, (inside - planes[cell]) / (planes[cell + 1] - planes[cell])};
}

/// The values of a cell's nodes, node by node.
std::array<const double*, 4> node_values(const PlateMesh& mesh, const PlateField& field, std::size_t i, std::size_t j) {
  const std::size_t low = i + mesh.x_mm.size() * j, high = low + mesh.x_mm.size();
  const double* first = field.nodes.data();
  return {first + values_per_node * low, first + values_per_node * (low + 1), first + values_per_node * high,
          first + values_per_node * (high + 1)};
}

/// Derivative of the deflection in a cell.
double bending_sum(const std::array<const double*, 4>& nodes, const SideValues& x, const SideValues& y, std::size_t dx,
                   std::size_t dy) {
  double sum = 0;
  for (int a = 0; a < bending_all; ++a) {
    const Shape shape = bending_shape(a);
    sum += nodes[static_cast<std::size_t>(a / 4)][a % 4] * x[dx][shape.x] * y[dy][shape.y];
  }
  return sum;
}

} // namespace

PlateLayer plate_layer(const ElasticLayer& layer, double bottom_um, double share) {
  const double nu = layer.poisson_ratio;
  const double q_MPa = share * layer.youngs_modulus_GPa * MPa_per_GPa / (1 - nu * nu);
  return {bottom_um,
          layer.thickness_um,
          {q_MPa, nu * q_MPa, q_MPa, (1 - nu) / 2 * q_MPa},
          layer.thermal_strain,
          layer.thermal_strain};
}

void add_layer(const PlateLayer& layer, LaminateStiffness& s) {
  const double low = layer.bottom_um * mm_per_um, high = low + layer.thickness_um * mm_per_um;
  const double zeroth = high - low, first = (high * high - low * low) / 2,
               second = (high * high * high - low * low * low) / 3;
  for (std::size_t k = 0; k < layer.q_MPa.size(); ++k) {
    s.a_N_per_mm[k] += layer.q_MPa[k] * zeroth;
    s.b_N[k] += layer.q_MPa[k] * first;
    s.d_N_mm[k] += layer.q_MPa[k] * second;
  }
}

void add_layer(const PlateLayer& layer, FreeStrainResultants& r) {
  const auto& [q11, q12, q22, q66] = layer.q_MPa;
  const double thickness = layer.thickness_um * mm_per_um, middle = layer.bottom_um * mm_per_um + thickness / 2;
  const double x_MPa = q11 * layer.free_x + q12 * layer.free_y, y_MPa = q12 * layer.free_x + q22 * layer.free_y;
  const double slope = layer.free_strain_slope_per_mm * thickness * thickness * thickness / 12;
  r.n_x_N_per_mm += x_MPa * thickness;
  r.n_y_N_per_mm += y_MPa * thickness;
  r.m_x_N += x_MPa * thickness * middle + (q11 + q12) * slope;
  r.m_y_N += y_MPa * thickness * middle + (q12 + q22) * slope;
}

void add_share(const LaminateStiffness& part, double share, LaminateStiffness& sum) {
  for (std::size_t k = 0; k < part.a_N_per_mm.size(); ++k) {
    sum.a_N_per_mm[k] += share * part.a_N_per_mm[k];
    sum.b_N[k] += share * part.b_N[k];
    sum.d_N_mm[k] += share * part.d_N_mm[k];
  }
}

void add_share(const FreeStrainResultants& part, double share, FreeStrainResultants& sum) {
  sum.n_x_N_per_mm += share * part.n_x_N_per_mm;
  sum.n_y_N_per_mm += share * part.n_y_N_per_mm;
  sum.m_x_N += share * part.m_x_N;
  sum.m_y_N += share * part.m_y_N;
}

PlateField zero_field(const PlateMesh& mesh) {
  return {std::vector<double>(values_per_node * mesh.x_mm.size() * mesh.y_mm.size()),
          std::vector<double>(inner_modes * mesh.cells())};
}

PlateField even_field(const PlateMesh& mesh, const LaminateStiffness& s, const FreeStrainResultants& free) {
  const auto& [a11, a12, a22, a66] = s.a_N_per_mm;
  const auto& [b11, b12, b22, b66] = s.b_N;
  const auto& [d11, d12, d22, d66] = s.d_N_mm;
  Eigen::Matrix4d laminate;
  laminate << a11, a12, b11, b12, a12, a22, b12, b22, b11, b12, d11, d12, b12, b22, d12, d22;
  const Eigen::Vector4d strain =
      laminate.ldlt().solve(Eigen::Vector4d(free.n_x_N_per_mm, free.n_y_N_per_mm, free.m_x_N, free.m_y_N));
  const double k_x = strain(2), k_y = strain(3);
  const double e_x = strain(0) + mesh.reference_mm * k_x, e_y = strain(1) + mesh.reference_mm * k_y;
  const double middle_x = mesh.half_x ? mesh.x_mm.front() : (mesh.x_mm.front() + mesh.x_mm.back()) / 2;
  const double middle_y = mesh.half_y ? mesh.y_mm.front() : (mesh.y_mm.front() + mesh.y_mm.back()) / 2;
  PlateField field = zero_field(mesh);
  double* value = field.nodes.data();
  for (const double y_mm : mesh.y_mm)
    for (const double x_mm : mesh.x_mm) {
      const double x = x_mm - middle_x, y = y_mm - middle_y;
      for (const double v : {-(k_x * x * x + k_y * y * y) / 2, -k_x * x, -k_y * y, 0.0, e_x * x, e_y * y})
        *value++ = v;
    }
  return field;
}

void add(PlateField& sum, const PlateField& step) {
  std::transform(sum.nodes.begin(), sum.nodes.end(), step.nodes.begin(), sum.nodes.begin(), std::plus<>());
  std::transform(sum.inner.begin(), sum.inner.end(), step.inner.begin(), sum.inner.begin(), std::plus<>());
}

PlateStrain plate_strain(const PlateMesh& mesh, const PlateField& field, std::size_t i, std::size_t j, double share_x,
                         double share_y) {
  const SideValues x = side_values(mesh.x_mm[i + 1] - mesh.x_mm[i], share_x);
  const SideValues y = side_values(mesh.y_mm[j + 1] - mesh.y_mm[j], share_y);
  const std::array<const double*, 4> nodes = node_values(mesh, field, i, j);
  const double* inner = field.inner.data() + inner_modes * mesh.cell(i, j);
  PlateStrain s;
  for (int a = 0; a < membrane_all; ++a) {
    const Shape shape = membrane_shape(a);
    const double value =
        a < membrane_nodal
            ? nodes[static_cast<std::size_t>(a / 2)][first_membrane_value + static_cast<std::size_t>(a % 2)]
            : inner[a - membrane_nodal];
    const double by_x = value * x[1][shape.x] * y[0][shape.y], by_y = value * x[0][shape.x] * y[1][shape.y];
    (membrane_along_x(a) ? s.e_x : s.g_xy) += by_x;
    (membrane_along_x(a) ? s.g_xy : s.e_y) += by_y;
  }
  s.k_x_per_mm = -bending_sum(nodes, x, y, 2, 0);
  s.k_y_per_mm = -bending_sum(nodes, x, y, 0, 2);
  s.k_xy_per_mm = -2 * bending_sum(nodes, x, y, 1, 1);
  s.e_x -= mesh.reference_mm * s.k_x_per_mm;
  s.e_y -= mesh.reference_mm * s.k_y_per_mm;
  s.g_xy -= mesh.reference_mm * s.k_xy_per_mm;
  return s;
}

PlateDeflection deflection(const PlateMesh& mesh, const PlateField& field, geometry::Point place) {
  const bool west = mesh.half_x && place.x_mm < mesh.x_mm.front();
  const bool south = mesh.half_y && place.y_mm < mesh.y_mm.front();
  const Along ax = along(mesh.x_mm, west ? 2 * mesh.x_mm.front() - place.x_mm : place.x_mm);
  const Along ay = along(mesh.y_mm, south ? 2 * mesh.y_mm.front() - place.y_mm : place.y_mm);
  const SideValues x = side_values(mesh.x_mm[ax.cell + 1] - mesh.x_mm[ax.cell], ax.share);
  const SideValues y = side_values(mesh.y_mm[ay.cell + 1] - mesh.y_mm[ay.cell], ay.share);
  const std::array<const double*, 4> nodes = node_values(mesh, field, ax.cell, ay.cell);
  return {bending_sum(nodes, x, y, 0, 0), (west ? -1 : 1) * bending_sum(nodes, x, y, 1, 0),
          (south ? -1 : 1) * bending_sum(nodes, x, y, 0, 1)};
}

InPlaneStress stress_MPa(const PlateLayer& layer, const PlateStrain& strain, double z_um) {
  const auto& [q11, q12, q22, q66] = layer.q_MPa;
  const double z = z_um * mm_per_um;
  const double above_middle = z - (layer.bottom_um + layer.thickness_um / 2) * mm_per_um;
  const double free_slope = layer.free_strain_slope_per_mm * above_middle;
  const double x = strain.e_x + z * strain.k_x_per_mm - layer.free_x - free_slope;
  const double y = strain.e_y + z * strain.k_y_per_mm - layer.free_y - free_slope;
  return {q11 * x + q12 * y, q12 * x + q22 * y, q66 * (strain.g_xy + z * strain.k_xy_per_mm)};
}

double max_principal_MPa(const InPlaneStress& stress) {
  return (stress.x_MPa + stress.y_MPa) / 2 + std::hypot((stress.x_MPa - stress.y_MPa) / 2, stress.xy_MPa);
}

} // namespace beachfront::thermal
