// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/route_table.hpp"

#include "study/csv_cell.hpp"

#include "geometry/names.hpp"

#include <fmt/core.h>

#include <cmath>

namespace beachfront::study {
namespace {

/// Integral of |curvature| over a segment; the curvature of a clothoid may change its sign on the way.
double turning_rad(const geometry::Segment& segment) {
  const double start = segment.curvature_per_mm;
  const double end = start + segment.curvature_rate_per_mm2 * segment.length_mm;
  if (start * end >= 0)
    return std::abs(start + end) / 2 * segment.length_mm;
  return (start * start + end * end) / (2 * std::abs(segment.curvature_rate_per_mm2));
}

struct Turns {
  int bends = 0;
  double turning_rad = 0;
};

Turns turns(const geometry::Path& path) {
  Turns result;
  int last = 0; // -1 right, 0 straight, 1 left
  for (const geometry::Segment& segment : path) {
    result.turning_rad += turning_rad(segment);
    const double start = segment.curvature_per_mm;
    const double end = start + segment.curvature_rate_per_mm2 * segment.length_mm;
    if (start == 0 && end == 0)
      last = 0;
    for (double curvature : {start, end}) {
      if (curvature == 0)
        continue;
      const int side = curvature > 0 ? 1 : -1;
      if (side != last)
        ++result.bends;
      last = side;
    }
  }
  return result;
}

std::vector<int> crossings_of_guides(const Solution& solution) {
  std::vector<int> counts(solution.layout.guides.size());
  for (const geometry::Crossing& crossing : solution.verification.crossings) {
    ++counts.at(crossing.first);
    ++counts.at(crossing.second);
  }
  return counts;
}

std::string light(const Solution& solution, std::size_t guide) {
  if (guide >= solution.routes.size())
    return ",,,,,";
  const optics::RouteLoss& route = solution.routes[guide];
  return fmt::format("{},{},{},{},{},{}", route.propagation_dB, route.bends_dB, route.joints_dB, route.crossings_dB,
                     route.total_dB, route.delay_ps);
}

} // namespace

void write_route_table(std::ostream& stream, const Solution& solution) {
  stream << "net,engine,kind,connector,fibre,length_mm,min_radius_mm,propagation_dB,bends_dB,joints_dB,crossings_dB,"
            "loss_dB,delay_ps,layer,start_x_mm,start_y_mm,end_x_mm,end_y_mm,bends,turning_rad,crossings\n";
  const std::vector<int> crossings = crossings_of_guides(solution);
  for (std::size_t i = 0; i < solution.layout.guides.size(); ++i) {
    const geometry::Guide& guide = solution.layout.guides[i];
    const double radius_mm = geometry::min_radius_mm(guide.path);
    stream << fmt::format(
        "{},{},{},{},{},{},{},{}", guide.net, geometry::engine_name(guide.engine), geometry::kind_name(guide.kind),
        guide.to_engine ? geometry::engine_name(*guide.to_engine) : geometry::connector_name(guide.connector),
        guide.fibre, geometry::length_mm(guide.path), std::isinf(radius_mm) ? "" : fmt::format("{}", radius_mm),
        light(solution, i));
    if (guide.path.empty()) {
      stream << fmt::format(",{},,,,,0,0,{}\n", guide.layer, crossings[i]);
      continue;
    }
    const geometry::Point start = guide.path.front().start.at;
    const geometry::Point end = geometry::end_pose(guide.path).at;
    const auto [bends, turning] = turns(guide.path);
    stream << fmt::format(",{},{},{},{},{},{},{},{}\n", guide.layer, start.x_mm, start.y_mm, end.x_mm, end.y_mm, bends,
                          turning, crossings[i]);
  }
}

void write_corridor_table(std::ostream& stream, const Solution& solution) {
  stream << "from,to,x_mm,y_mm,length_mm,capacity,need\n";
  for (const geometry::Gap& gap : solution.corridors.gaps)
    stream << fmt::format("{},{},{},{},{},{},{}\n", csv_cell(gap.from), csv_cell(gap.to), gap.place.x_mm,
                          gap.place.y_mm, gap.length_mm, gap.capacity, gap.need);
}

} // namespace beachfront::study
