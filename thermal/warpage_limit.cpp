// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/warpage_limit.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <vector>

namespace beachfront::thermal {

std::optional<WarpageLimit> warpage_limit(double ball_pitch_mm) {
  constexpr double tolerance_mm = 1e-9;
  std::optional<WarpageLimit> found;
  for (const WarpageLimit& limit : jeita_warpage_limits)
    if (limit.ball_pitch_mm <= ball_pitch_mm + tolerance_mm)
      found = limit;
  return found;
}

double jeita_warpage_um(std::span<const SurfacePoint> surface) {
  const auto points = static_cast<Eigen::Index>(surface.size());
  if (points < 3)
    return 0;
  Eigen::MatrixX3d place(points, 3);
  Eigen::VectorXd height_um(points);
  for (Eigen::Index i = 0; i < points; ++i) {
    const SurfacePoint& p = surface[static_cast<std::size_t>(i)];
    place.row(i) << p.x_mm, p.y_mm, 1;
    height_um[i] = p.z_um;
  }
  place.col(0).array() -= place.col(0).mean();
  place.col(1).array() -= place.col(1).mean();
  const Eigen::ColPivHouseholderQR<Eigen::MatrixX3d> plane(place);
  if (plane.rank() < 3)
    return 0;
  const Eigen::VectorXd off_um = height_um - place * plane.solve(height_um);
  Eigen::VectorXd squared = place.col(0).array().square() + place.col(1).array().square();
  squared -= place * plane.solve(squared);
  const double range_um = off_um.maxCoeff() - off_um.minCoeff();
  return off_um.dot(squared) > 0 ? -range_um : range_um;
}

double ball_field_warpage_um(const geometry::Box& field, const std::function<double(geometry::Point)>& deflection_um) {
  constexpr int places = 21;
  std::vector<SurfacePoint> surface;
  for (int j = 0; j < places; ++j)
    for (int i = 0; i < places; ++i) {
      const geometry::Point at =
          field.min + geometry::Point{field.width_mm() * i / (places - 1), field.height_mm() * j / (places - 1)};
      surface.push_back({at.x_mm, at.y_mm, deflection_um(at)});
    }
  return jeita_warpage_um(surface);
}

} // namespace beachfront::thermal
