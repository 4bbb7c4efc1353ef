// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/warpage.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace beachfront::thermal {

namespace {

constexpr double um_per_mm = 1e3;
constexpr std::size_t unknowns_per_ring =
    4; // a, b, c, d with b and d per scale^2, so that all have the size of a strain

/// What must match between rings, as rows over (a, b, c, d) at one radius, and its thermal part.
struct BorderRows {
  std::array<std::array<double, unknowns_per_ring>, 4> rows; // u, w', N_r, M_r
  std::array<double, 4> thermal{};
};

BorderRows border_rows(const PlateStiffness& s, double r, double scale_mm) {
  const double inverse = scale_mm * scale_mm / r;
  const std::array<double, 2> value{r, inverse};
  const std::array<double, 2> derivative{1, -inverse / r};
  BorderRows border{};
  for (std::size_t i = 0; i < 2; ++i) {
    const double over_r = value[i] / r;
    const std::size_t in_plane = i, slope = i + 2;
    border.rows[0][in_plane] = value[i];
    border.rows[1][slope] = value[i];
    border.rows[2][in_plane] = s.a11_N_per_mm * derivative[i] + s.a12_N_per_mm * over_r;
    border.rows[2][slope] = -(s.b11_N * derivative[i] + s.b12_N * over_r);
    border.rows[3][in_plane] = s.b11_N * derivative[i] + s.b12_N * over_r;
    border.rows[3][slope] = -(s.d11_N_mm * derivative[i] + s.d12_N_mm * over_r);
  }
  border.thermal = {0, 0, s.n_thermal_N_per_mm, s.m_thermal_N};
  return border;
}

struct System {
  Eigen::MatrixXd matrix;
  Eigen::VectorXd right;
  Eigen::Index row = 0;

  void add(Eigen::Index ring, const std::array<double, unknowns_per_ring>& coefficients, double sign) {
    for (std::size_t k = 0; k < unknowns_per_ring; ++k)
      matrix(row, static_cast<Eigen::Index>(unknowns_per_ring) * ring + static_cast<Eigen::Index>(k)) =
          sign * coefficients[k];
  }
  void close_row(double value) {
    // Force and moment rows are some 1e6 times the others; equal rows keep the pivoting honest.
    const double largest = matrix.row(row).cwiseAbs().maxCoeff();
    matrix.row(row) /= largest;
    right(row) = value / largest;
    ++row;
  }
};

void require_growing_radii(std::span<const Ring> rings) {
  double inner = 0;
  for (const Ring& ring : rings) {
    if (!(ring.outer_radius_mm > inner))
      throw std::invalid_argument("the radii of a ringed plate grow from ring to ring");
    inner = ring.outer_radius_mm;
  }
  if (rings.empty())
    throw std::invalid_argument("a ringed plate needs a ring");
}

const RingField& ring_at(const RingedPlate& plate, double radius_mm) {
  const auto ring = std::find_if(plate.rings.begin(), plate.rings.end(),
                                 [&](const RingField& r) { return radius_mm <= r.outer_radius_mm; });
  return ring == plate.rings.end() ? plate.rings.back() : *ring;
}

} // namespace

RingedPlate solve_ringed_plate(std::span<const Ring> rings) {
  require_growing_radii(rings);
  const auto count = static_cast<Eigen::Index>(rings.size());
  const double scale_mm = rings.back().outer_radius_mm;
  const auto size = static_cast<Eigen::Index>(unknowns_per_ring) * count;
  System system{Eigen::MatrixXd::Zero(size, size), Eigen::VectorXd::Zero(size)};
  system.add(0, {0, 1, 0, 0}, 1); // regular at the centre
  system.close_row(0);
  system.add(0, {0, 0, 0, 1}, 1);
  system.close_row(0);
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto index = static_cast<std::size_t>(i);
    const double r = rings[index].outer_radius_mm;
    const bool rim = i + 1 == count;
    const BorderRows inside = border_rows(plate_stiffness(rings[index].layers), r, scale_mm);
    const BorderRows outside = rim ? BorderRows{} : border_rows(plate_stiffness(rings[index + 1].layers), r, scale_mm);
    for (std::size_t k = rim ? 2 : 0; k < 4; ++k) {
      system.add(i, inside.rows[k], 1);
      if (!rim)
        system.add(i + 1, outside.rows[k], -1);
      system.close_row(inside.thermal[k] - outside.thermal[k]);
    }
  }
  const Eigen::VectorXd x = system.matrix.fullPivLu().solve(system.right);
  RingedPlate plate;
  double inner = 0;
  for (Eigen::Index i = 0; i < count; ++i) {
    const double outer = rings[static_cast<std::size_t>(i)].outer_radius_mm;
    const Eigen::Index k = 4 * i;
    plate.rings.push_back(
        {inner, outer, x(k), x(k + 1) * scale_mm * scale_mm, x(k + 2), x(k + 3) * scale_mm * scale_mm});
    inner = outer;
  }
  // Exactly regular at the centre, whatever the last digit of the solve.
  plate.rings.front().inverse_mm2 = 0;
  plate.rings.front().slope_inverse_mm = 0;
  return plate;
}

double deflection_um(const RingedPlate& plate, double radius_mm) {
  double sum_mm = 0;
  for (const RingField& ring : plate.rings) {
    const bool last = &ring == &plate.rings.back();
    const double from = ring.inner_radius_mm;
    const double to = last ? radius_mm : std::min(radius_mm, ring.outer_radius_mm);
    if (to <= from)
      break;
    sum_mm += ring.slope_linear_per_mm * (to * to - from * from) / 2;
    if (from > 0)
      sum_mm += ring.slope_inverse_mm * std::log(to / from);
  }
  return sum_mm * um_per_mm;
}

double slope_mrad(const RingedPlate& plate, double radius_mm) {
  if (radius_mm == 0)
    return 0;
  const RingField& ring = ring_at(plate, radius_mm);
  constexpr double mrad_per_rad = 1e3;
  return mrad_per_rad * (ring.slope_linear_per_mm * radius_mm + ring.slope_inverse_mm / radius_mm);
}

Curvatures curvatures(const RingedPlate& plate, double radius_mm) {
  const RingField& ring = ring_at(plate, radius_mm);
  const double inverse = radius_mm > 0 ? ring.slope_inverse_mm / (radius_mm * radius_mm) : 0;
  return {-ring.slope_linear_per_mm + inverse, -ring.slope_linear_per_mm - inverse};
}

PlateStress stress_MPa(const ElasticLayer& layer, const RingField& ring, double radius_mm, double z_um) {
  const double per_r2 = radius_mm > 0 ? 1 / (radius_mm * radius_mm) : 0;
  const double z_mm = z_um / um_per_mm;
  const double even = ring.linear - z_mm * ring.slope_linear_per_mm - layer.thermal_strain;
  const double odd = per_r2 * (ring.inverse_mm2 - z_mm * ring.slope_inverse_mm);
  const double radial = even - odd, tangential = even + odd;
  constexpr double MPa_per_GPa = 1e3;
  const double nu = layer.poisson_ratio;
  const double q_MPa = layer.youngs_modulus_GPa * MPa_per_GPa / (1 - nu * nu);
  return {q_MPa * (radial + nu * tangential), q_MPa * (tangential + nu * radial)};
}

double equal_area_radius_mm(double area_mm2) {
  return std::sqrt(area_mm2 / std::numbers::pi);
}

} // namespace beachfront::thermal
