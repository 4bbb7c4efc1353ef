// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/temperature.hpp"

#include "thermal/conduction.hpp"
#include "thermal/rim.hpp"
#include "thermal/spreading.hpp"
#include "thermal/stack.hpp"
#include "thermal/stiffener.hpp"

#include <Eigen/Dense>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

/// A die or an engine on its way to the lid.
struct Source {
  std::string name;
  geometry::Box outline;
  double power_W = 0;
  double to_lid_K_per_W = 0;
  std::vector<HeatPatch> map;   ///< as the lid sees it
  std::vector<double> face_mm2; ///< of each patch on the active face
  double body_K_per_W = 0;      ///< the body's part of to_lid_K_per_W
  std::size_t plate = 0;
};

double to_lid_K_per_W(const geometry::Box& outline, const geometry::Material& body, double thickness_um,
                      const Film& tim) {
  const std::vector<ConductiveLayer> layers{{thickness_um, body.conductivity_z_W_per_mK},
                                            {tim.thickness_um, tim.material.conductivity_z_W_per_mK}};
  return stack_resistance_K_per_W(layers, outline.area_mm2()) + tim.contact_mm2K_per_W / outline.area_mm2();
}

/// A patch of the active face as it arrives at the lid: the body spreads it by its own thickness on every side, the
/// common 45 degree estimate, as far as the body reaches.
std::vector<HeatPatch> spread(const std::vector<HeatPatch>& map, const geometry::Box& body, double thickness_um) {
  std::vector<HeatPatch> wider = map;
  const double by_mm = thickness_um * 1e-3;
  for (HeatPatch& patch : wider) {
    patch.outline.min = {std::max(patch.outline.min.x_mm - by_mm, body.min.x_mm),
                         std::max(patch.outline.min.y_mm - by_mm, body.min.y_mm)};
    patch.outline.max = {std::min(patch.outline.max.x_mm + by_mm, body.max.x_mm),
                         std::min(patch.outline.max.y_mm + by_mm, body.max.y_mm)};
  }
  return wider;
}

std::vector<double> face_areas_mm2(const std::vector<HeatPatch>& map) {
  std::vector<double> areas;
  for (const HeatPatch& patch : map)
    areas.push_back(patch.outline.area_mm2());
  return areas;
}

double body_K_per_W(const geometry::Box& outline, const geometry::Material& body, double thickness_um) {
  const std::vector<ConductiveLayer> layer{{thickness_um, body.conductivity_z_W_per_mK}};
  return stack_resistance_K_per_W(layer, outline.area_mm2());
}

std::vector<Source> sources_of(const Package& package) {
  std::vector<Source> sources;
  for (const Die& die : package.dies)
    sources.push_back({die.name, die.outline, die.power_W,
                       to_lid_K_per_W(die.outline, die.material, die.thickness_um, package.cooling.die_tim),
                       spread(die.power_map, die.outline, die.thickness_um), face_areas_mm2(die.power_map),
                       body_K_per_W(die.outline, die.material, die.thickness_um)});
  for (const Engine& engine : package.engines)
    sources.push_back({engine.name, engine.outline, engine.power_W,
                       to_lid_K_per_W(engine.outline, engine.material, engine.thickness_um, package.cooling.engine_tim),
                       spread(engine.power_map, engine.outline, engine.thickness_um), face_areas_mm2(engine.power_map),
                       body_K_per_W(engine.outline, engine.material, engine.thickness_um)});
  return sources;
}

/// Gives each source its plate; a source no plate holds is a violation.
std::vector<geometry::Violation> assign_plates(std::vector<Source>& sources, const Lid& lid) {
  std::vector<geometry::Violation> violations;
  for (Source& source : sources) {
    const auto plate = std::find_if(lid.plates.begin(), lid.plates.end(),
                                    [&](const geometry::Box& box) { return inside(source.outline, box); });
    if (plate != lid.plates.end()) {
      source.plate = static_cast<std::size_t>(plate - lid.plates.begin());
      continue;
    }
    const geometry::Point centre = source.outline.centre();
    violations.push_back({"lid_covers_source", source.name, centre, 0, 1, "lid",
                          fmt::format("{} at ({:g}, {:g}) mm is not wholly under a lid plate and has no way to the "
                                      "coolant; enlarge the lid or move it",
                                      source.name, centre.x_mm, centre.y_mm)});
  }
  return violations;
}

/// A source where the lid stands on the substrate. Apart from the plates: what is prepared does not hang on it.
std::vector<geometry::Violation> sources_under_foot(const Package& package, const std::vector<Source>& sources) {
  const Lid& lid = package.cooling.lid;
  std::vector<geometry::Violation> violations;
  for (const Source& source : sources) {
    const geometry::Box& plate = lid.plates[source.plate];
    if (!has_foot(package, plate) || inside(source.outline, within_rim(plate, lid.foot_width_mm)))
      continue;
    const geometry::Point centre = source.outline.centre();
    const geometry::Box& at = source.outline;
    const double from_edge_mm = std::min({at.min.x_mm - plate.min.x_mm, at.min.y_mm - plate.min.y_mm,
                                          plate.max.x_mm - at.max.x_mm, plate.max.y_mm - at.max.y_mm});
    violations.push_back({"lid_foot_clear", source.name, centre, from_edge_mm, lid.foot_width_mm, "mm",
                          fmt::format("{} at ({:g}, {:g}) mm is where the lid's foot stands, {:g} mm wide; narrow the "
                                      "foot, enlarge the lid or move it",
                                      source.name, centre.x_mm, centre.y_mm, lid.foot_width_mm)});
  }
  return violations;
}

/// Gives each source its plate. What keeps the package from being solved: the first kind of it that there is.
std::vector<geometry::Violation> not_solvable(const Package& package, std::vector<Source>& sources) {
  std::vector<geometry::Violation> violations = assign_plates(sources, package.cooling.lid);
  if (violations.empty())
    violations = sources_under_foot(package, sources);
  return violations.empty() ? stiffener_in_the_way(package) : violations;
}

std::vector<SlabSeries> plate_series(const Cooling& cooling) {
  std::vector<SlabSeries> series;
  const geometry::Material& metal = cooling.lid.material;
  for (const geometry::Box& plate : cooling.lid.plates)
    series.push_back(
        slab_series({plate,
                     {{cooling.lid.thickness_mm, metal.conductivity_xy_W_per_mK, metal.conductivity_z_W_per_mK}},
                     cooling.heat_transfer_W_per_m2K}));
  return series;
}

/// Mean rise of the lid over each source for a watt in another.
std::vector<std::vector<double>> influences_K_per_W(const std::vector<Source>& sources,
                                                    const std::vector<SlabSeries>& series) {
  std::vector<std::vector<double>> influence(sources.size(), std::vector<double>(sources.size(), 0.0));
  for (std::size_t i = 0; i < sources.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j)
      if (sources[i].plate == sources[j].plate)
        influence[i][j] = influence[j][i] =
            influence_K_per_W(series[sources[i].plate], sources[j].outline, sources[i].outline);
  return influence;
}

/// Mean active face of i per watt from j into the lid.
Eigen::MatrixXd face_per_lid_W(const std::vector<Source>& sources, const PreparedTemperature& prepared) {
  const auto count = static_cast<Eigen::Index>(sources.size());
  Eigen::MatrixXd face(count, count);
  for (Eigen::Index i = 0; i < count; ++i)
    for (Eigen::Index j = 0; j < count; ++j)
      face(i, j) = prepared.influence_K_per_W[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  for (std::size_t i = 0; i < sources.size(); ++i)
    face.diagonal()(static_cast<Eigen::Index>(i)) += sources[i].to_lid_K_per_W;
  return face;
}

/// Conductance from each active face through the substrate straight to the board's coolant.
Eigen::VectorXd to_board_W_per_K(const Package& package, const std::vector<Source>& sources) {
  Eigen::VectorXd conductance = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(sources.size()));
  const double film = package.cooling.board_heat_transfer_W_per_m2K;
  if (film <= 0)
    return conductance;
  std::vector<ConductiveLayer> layers;
  for (const Ply& ply : plies(package.substrate))
    layers.push_back({ply.thickness_um, ply.material.conductivity_z_W_per_mK});
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const double area = sources[i].outline.area_mm2();
    conductance(static_cast<Eigen::Index>(i)) =
        1 / (stack_resistance_K_per_W(layers, area) + film_resistance_K_per_W(film, area));
  }
  return conductance;
}

/// Heat of each source that goes into the lid: with rise = (influence + own) up and up + board rise = power.
Eigen::VectorXd heat_into_lid_W(const Eigen::MatrixXd& face, const Eigen::VectorXd& board_W_per_K,
                                const std::vector<Source>& sources) {
  Eigen::VectorXd power(static_cast<Eigen::Index>(sources.size()));
  for (std::size_t i = 0; i < sources.size(); ++i)
    power(static_cast<Eigen::Index>(i)) = sources[i].power_W;
  if (board_W_per_K.isZero())
    return power;
  const Eigen::MatrixXd system =
      Eigen::MatrixXd::Identity(power.size(), power.size()) + board_W_per_K.asDiagonal() * face;
  return system.partialPivLu().solve(power);
}

/// Mean active face of i per watt in j, the way to the board included.
Eigen::MatrixXd face_per_W(const Eigen::MatrixXd& face, const Eigen::VectorXd& board_W_per_K) {
  if (board_W_per_K.isZero())
    return face;
  const auto n = face.rows();
  return (Eigen::MatrixXd::Identity(n, n) + face * board_W_per_K.asDiagonal()).partialPivLu().solve(face);
}

/// Rise of the heated face's mean over all plates: one-dimensional, spreading averages out.
double mean_lid_rise_K(const Cooling& cooling, double heat_W) {
  double area_mm2 = 0;
  for (const geometry::Box& plate : cooling.lid.plates)
    area_mm2 += plate.area_mm2();
  const std::vector<ConductiveLayer> layers{
      {cooling.lid.thickness_mm * 1e3, cooling.lid.material.conductivity_z_W_per_mK}};
  return heat_W * (stack_resistance_K_per_W(layers, area_mm2) +
                   film_resistance_K_per_W(cooling.heat_transfer_W_per_m2K, area_mm2));
}

/// What the lid gets of a patch, as of its source: the rest goes to the board.
double lid_share(const Source& source, double lid_W) {
  return source.power_W > 0 ? lid_W / source.power_W : 0;
}

std::vector<HeatSource> on_plate(const std::vector<Source>& sources, const Eigen::VectorXd& heat_W, std::size_t plate) {
  std::vector<HeatSource> heated;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i].plate != plate)
      continue;
    double rest_W = heat_W(static_cast<Eigen::Index>(i));
    const double share = lid_share(sources[i], rest_W);
    for (const HeatPatch& patch : sources[i].map) {
      heated.push_back({patch.outline, share * patch.power_W});
      rest_W -= share * patch.power_W;
    }
    heated.push_back({sources[i].outline, rest_W});
  }
  return heated;
}

/// Outlines of what on_plate() gives.
std::vector<geometry::Box> outlines_on_plate(const std::vector<Source>& sources, std::size_t plate) {
  std::vector<geometry::Box> outlines;
  for (const Source& source : sources)
    if (source.plate == plate) {
      for (const HeatPatch& patch : source.map)
        outlines.push_back(patch.outline);
      outlines.push_back(source.outline);
    }
  return outlines;
}

/// As PreparedTemperature::peaks.
std::vector<std::vector<SlabPlaces>> all_peak_places(const std::vector<Source>& sources,
                                                     const std::vector<SlabSeries>& plates) {
  std::vector<std::vector<geometry::Box>> outlines;
  for (std::size_t plate = 0; plate < plates.size(); ++plate)
    outlines.push_back(outlines_on_plate(sources, plate));
  std::vector<std::vector<SlabPlaces>> all;
  for (const Source& source : sources) {
    const auto places = [&](const geometry::Box& box) {
      return peak_places(plates[source.plate], outlines[source.plate], box);
    };
    all.push_back({places(source.outline)});
    for (const HeatPatch& patch : source.map)
      all.back().push_back(places(patch.outline));
  }
  return all;
}

/// Greatest rise of an active face: under each patch and over the whole, the lid's and what its flux takes up to it.
double peak_face_rise_K(const std::vector<SlabPlaces>& places, const SlabHeat& heated, const Source& source,
                        double lid_W) {
  const double share = lid_share(source, lid_W), area_mm2 = source.outline.area_mm2();
  double rest_W = lid_W;
  for (const HeatPatch& patch : source.map)
    rest_W -= share * patch.power_W;
  const double even_K = rest_W * source.to_lid_K_per_W;
  double peak_K = peak_rise_K(places.front(), heated) + even_K;
  for (std::size_t i = 0; i < source.map.size(); ++i) {
    const HeatPatch& patch = source.map[i];
    // A truncated pyramid through the body, the film over its wider end.
    const double wide_mm2 = patch.outline.area_mm2(), mean_mm2 = std::sqrt(wide_mm2 * source.face_mm2[i]);
    const double up_K_per_W =
        area_mm2 * (source.body_K_per_W / mean_mm2 + (source.to_lid_K_per_W - source.body_K_per_W) / wide_mm2);
    peak_K = std::max(peak_K, peak_rise_K(places[i + 1], heated) + even_K + share * patch.power_W * up_K_per_W);
  }
  return peak_K;
}

void summarise(const Package& package, Temperatures& t) {
  double die_area = 0, covered_area = 0, weighted = 0, hottest = package.cooling.ambient_C;
  for (std::size_t i = 0; i < package.dies.size(); ++i) {
    const double area = package.dies[i].outline.area_mm2();
    die_area += area;
    weighted += area * t.dies[i].mean_C;
    hottest = std::max(hottest, t.dies[i].max_C);
  }
  if (die_area > 0) {
    t.asic_max_C = hottest;
    t.asic_mean_C = weighted / die_area;
  }
  covered_area = die_area;
  for (std::size_t i = 0; i < package.engines.size(); ++i) {
    const double area = package.engines[i].outline.area_mm2();
    covered_area += area;
    weighted += area * t.engines[i].mean_C;
    hottest = std::max(hottest, t.engines[i].max_C);
  }
  // The hottest spot of the substrate lies against the hottest active face.
  t.substrate_max_C = std::max(hottest, t.bare_substrate_C);
  const double bare_area = std::max(0.0, package.substrate.outline.area_mm2() - covered_area);
  t.substrate_mean_C = (weighted + bare_area * t.bare_substrate_C) / (covered_area + bare_area);
}

} // namespace

std::vector<geometry::Violation> uncovered_sources(const Package& package) {
  std::vector<Source> sources = sources_of(package);
  return not_solvable(package, sources);
}

PreparedTemperature prepare_temperature(const Package& package, bool peaks) {
  PreparedTemperature prepared;
  std::vector<Source> sources = sources_of(package);
  if (!assign_plates(sources, package.cooling.lid).empty())
    return prepared;
  prepared.plates = plate_series(package.cooling);
  prepared.influence_K_per_W = influences_K_per_W(sources, prepared.plates);
  if (peaks)
    prepared.peaks = all_peak_places(sources, prepared.plates);
  return prepared;
}

std::vector<double> numbers_prepared(const Package& package) {
  std::vector<double> numbers;
  const auto add_box = [&](const geometry::Box& box) {
    numbers.insert(numbers.end(), {box.min.x_mm, box.min.y_mm, box.max.x_mm, box.max.y_mm});
  };
  const auto add_source = [&](const auto& source) {
    add_box(source.outline);
    numbers.push_back(static_cast<double>(source.power_map.size()));
    for (const HeatPatch& patch : spread(source.power_map, source.outline, source.thickness_um))
      add_box(patch.outline);
  };
  const Cooling& cooling = package.cooling;
  for (const geometry::Box& plate : cooling.lid.plates)
    add_box(plate);
  numbers.insert(numbers.end(), {static_cast<double>(cooling.lid.plates.size()), cooling.lid.thickness_mm,
                                 cooling.lid.material.conductivity_xy_W_per_mK,
                                 cooling.lid.material.conductivity_z_W_per_mK, cooling.heat_transfer_W_per_m2K});
  std::for_each(package.dies.begin(), package.dies.end(), add_source);
  std::for_each(package.engines.begin(), package.engines.end(), add_source);
  return numbers;
}

namespace {

Temperatures solve(const Package& package, const PreparedTemperature& prepared, bool peaks) {
  Temperatures t;
  std::vector<Source> sources = sources_of(package);
  t.violations = not_solvable(package, sources);
  if (!t.violations.empty() || sources.empty())
    return t;
  const Eigen::MatrixXd face = face_per_lid_W(sources, prepared);
  const Eigen::VectorXd board_W_per_K = to_board_W_per_K(package, sources);
  const Eigen::VectorXd heat_W = heat_into_lid_W(face, board_W_per_K, sources);
  const Eigen::VectorXd mean_rise_K = face * heat_W;
  const double ambient_C = package.cooling.ambient_C;
  std::vector<SlabHeat> heat;
  std::vector<std::vector<SlabPlaces>> sought;
  if (peaks && prepared.peaks.empty())
    sought = all_peak_places(sources, prepared.plates);
  const auto& places = prepared.peaks.empty() ? sought : prepared.peaks;
  for (std::size_t plate = 0; peaks && plate < prepared.plates.size(); ++plate)
    heat.push_back(slab_heat(prepared.plates[plate], on_plate(sources, heat_W, plate)));
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const double peak_K =
        peaks ? peak_face_rise_K(places[i], heat[sources[i].plate], sources[i], heat_W(row)) : mean_rise_K(row);
    (i < package.dies.size() ? t.dies : t.engines).push_back({ambient_C + peak_K, ambient_C + mean_rise_K(row)});
  }
  if (peaks) {
    const Eigen::MatrixXd resistance = face_per_W(face, board_W_per_K);
    for (Eigen::Index i = 0; i < resistance.rows(); ++i)
      t.resistance_K_per_W.emplace_back(resistance.row(i).begin(), resistance.row(i).end());
  }
  t.heat_to_lid_W = heat_W.sum();
  t.heat_to_board_W = board_W_per_K.dot(mean_rise_K);
  t.bare_substrate_C = ambient_C + mean_lid_rise_K(package.cooling, t.heat_to_lid_W);
  summarise(package, t);
  return t;
}

} // namespace

Temperatures solve_temperature(const Package& package, const PreparedTemperature& prepared) {
  return solve(package, prepared, true);
}

Temperatures mean_temperatures(const Package& package, const PreparedTemperature& prepared) {
  return solve(package, prepared, false);
}

Temperatures solve_temperature(const Package& package) {
  return solve(package, prepare_temperature(package), true);
}

} // namespace beachfront::thermal
