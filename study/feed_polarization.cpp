// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/feed_polarization.hpp"

#include "optics/waveguide_full.hpp"
#include "study/guide_stress.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace beachfront::study {

namespace {

constexpr double step_mm = 2;

std::string reason_against(const Design& design, const std::optional<optics::WaveguideFigures>& waveguide,
                           const thermal::PackageFields* fields) {
  if (!design.guides || !waveguide)
    return "fibres are attached to the engines: no guides";
  if (design.link.laser.location != optics::LaserLocation::external)
    return "the lasers are in the engines: no feed guides";
  if (!waveguide->shape_birefringence)
    return "needs fidelity.optics full: the fast mode knows no birefringence";
  if (!fields || !fields->operating)
    return "needs fidelity.thermal full: the fast models give no stress along a guide";
  if (design.guides->waveguide.glass.stress_optic_per_TPa == 0)
    return "the glass has no stress-optic coefficient";
  return "";
}

} // namespace

FeedPolarization feed_polarization(const Design& design, const geometry::Layout& layout,
                                   const std::optional<optics::WaveguideFigures>& waveguide,
                                   const thermal::PackageFields* fields) {
  FeedPolarization result;
  result.absent_because = reason_against(design, waveguide, fields);
  if (!result.absent_because.empty())
    return result;
  geometry::Layout feeds;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < layout.guides.size(); ++i)
    if (layout.guides[i].kind == geometry::PortKind::laser) {
      feeds.guides.push_back(layout.guides[i]);
      numbers.push_back(i);
    }
  const std::vector<GuideStressPoint> points = guide_stress(*fields, feeds, step_mm);
  if (points.empty()) {
    result.absent_because = "no glass lies under the feeds";
    return result;
  }
  const optics::Waveguide& guide = design.guides->waveguide;
  const double own = *waveguide->shape_birefringence + waveguide->ion_stress_birefringence.value_or(0);
  std::vector<std::vector<optics::BirefringentSection>> sections(feeds.guides.size());
  for (std::size_t n = 0; n + 1 < points.size(); ++n) {
    const GuideStressPoint &from = points[n], &to = points[n + 1];
    if (from.guide != to.guide)
      continue;
    optics::GuideStress mean;
    mean.xx_MPa = (from.stress.xx_MPa + to.stress.xx_MPa) / 2;
    mean.yy_MPa = (from.stress.yy_MPa + to.stress.yy_MPa) / 2;
    mean.xy_MPa = (from.stress.xy_MPa + to.stress.xy_MPa) / 2;
    const optics::Birefringence here = optics::birefringence(own, mean, guide.glass.stress_optic_per_TPa);
    sections[from.guide].push_back(
        {to.along_mm - from.along_mm, here.total, here.rotation_deg * std::numbers::pi / 180});
    result.most_axis_angle_deg = std::max(result.most_axis_angle_deg, std::abs(here.rotation_deg));
  }
  result.guides.resize(layout.guides.size());
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    // Guides run from the engine outwards, the light the other way.
    std::reverse(sections[k].begin(), sections[k].end());
    result.guides[numbers[k]] = optics::polarization_transfer(sections[k], guide.wavelengths_um.front());
  }
  return result;
}

} // namespace beachfront::study
