// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/guide_stress.hpp"

#include "thermal/solid_figures.hpp"

#include <algorithm>
#include <cmath>

namespace beachfront::study {

namespace {

/// The package's tensor seen by a guide that runs along a heading.
optics::GuideStress in_guide_frame(const thermal::Stress& s, double heading_rad) {
  const double c = std::cos(heading_rad), d = std::sin(heading_rad);
  // Along (c, d), across (-d, c).
  optics::GuideStress guide;
  guide.xx_MPa = d * d * s[0] + c * c * s[1] - 2 * c * d * s[5];
  guide.yy_MPa = s[2];
  guide.zz_MPa = c * c * s[0] + d * d * s[1] + 2 * c * d * s[5];
  guide.xy_MPa = c * s[3] - d * s[4];
  return guide;
}

} // namespace

std::vector<GuideStressPoint> guide_stress(const thermal::PackageFields& fields, const geometry::Layout& layout,
                                           double step_mm) {
  std::vector<GuideStressPoint> points;
  if (!fields.operating)
    return points;
  for (std::size_t g = 0; g < layout.guides.size(); ++g) {
    double start_mm = 0;
    for (const geometry::Segment& segment : layout.guides[g].path) {
      const double steps = std::max(1.0, std::ceil(segment.length_mm / step_mm));
      for (double n = start_mm == 0 ? 0 : 1; n <= steps; ++n) {
        const double s_mm = n / steps * segment.length_mm;
        const geometry::Pose pose = geometry::pose_at(segment, s_mm);
        const auto stress = thermal::glass_surface_stress_MPa(fields.solid, *fields.operating, pose.at);
        if (!stress)
          return {};
        points.push_back({g, start_mm + s_mm, pose.at, in_guide_frame(*stress, pose.heading_rad)});
      }
      start_mm += segment.length_mm;
    }
  }
  return points;
}

GuideStressSpread lateral_less_vertical(const std::vector<GuideStressPoint>& points, std::size_t guide) {
  GuideStressSpread spread;
  double length_mm = 0;
  const GuideStressPoint* before = nullptr;
  for (const GuideStressPoint& point : points) {
    if (point.guide != guide)
      continue;
    const double here = point.stress.xx_MPa - point.stress.yy_MPa;
    if (before == nullptr) {
      spread = {0, here, here};
    } else {
      const double step_mm = point.along_mm - before->along_mm;
      spread.mean_MPa += step_mm * (here + before->stress.xx_MPa - before->stress.yy_MPa) / 2;
      length_mm += step_mm;
      spread.min_MPa = std::min(spread.min_MPa, here);
      spread.max_MPa = std::max(spread.max_MPa, here);
    }
    before = &point;
  }
  if (length_mm > 0)
    spread.mean_MPa /= length_mm;
  else
    spread.mean_MPa = spread.max_MPa;
  return spread;
}

} // namespace beachfront::study
