// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/upper_plates.hpp"

#include "thermal/ball_layer.hpp"
#include "thermal/expansion.hpp"
#include "thermal/rim.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace beachfront::thermal {

namespace {

constexpr double mm_per_um = 1e-3;
constexpr double MPa_per_GPa = 1e3;
constexpr double thinnest_mm = 1e-4;    // of a film: a thinner one is as good as rigid
constexpr double weak_N_per_mm3 = 1e-6; // on one cell, holds a plate that nothing else holds; bends nothing

const Film& film_over(const Package& package, std::size_t body) {
  return is_die(package, body) ? package.cooling.die_tim : package.cooling.engine_tim;
}

/// Above the substrate's bottom.
struct Heights {
  double substrate_um = 0;     ///< its top
  double underside_um = 0;     ///< of the lid's plates, which lie on the tallest stack
  std::vector<double> film_um; ///< top of the film over each body
};

Heights heights(const Package& package) {
  Heights h{total_um(plies(package.substrate)), 0, {}};
  h.underside_um = h.substrate_um;
  for (std::size_t b = 0; b < body_count(package); ++b) {
    const BodyLayers layers = body_layers(package, b, true);
    h.film_um.push_back(h.substrate_um + layers.joint_um + layers.body_um + film_over(package, b).thickness_um);
    h.underside_um = std::max(h.underside_um, h.film_um.back());
  }
  return h;
}

/// A film between two faces that it covers widely.
struct Bond {
  double confined_MPa = 0, shear_MPa = 0;
  double confined_strain = 0; ///< free growth across when it cannot grow sideways
};

Bond bond(const geometry::Material& m, double modulus_GPa, const Travel& t) {
  const double nu = std::min(m.poisson_ratio, 0.499), modulus_MPa = modulus_GPa * MPa_per_GPa;
  return {modulus_MPa * (1 - nu) / ((1 + nu) * (1 - 2 * nu)), modulus_MPa / (2 * (1 + nu)),
          thermal_strain_z(m, t.from_C, t.to_C) + 2 * nu / (1 - nu) * thermal_strain(m, t.from_C, t.to_C)};
}

/// A column between the plates.
struct Column {
  double across_N_per_mm3 = 0, along_N_per_mm3 = 0;
  double height_mm = 0; ///< of its film's middle
  double growth_mm = 0;
};

/// Springs in series: `give` is the height over the modulus of each.
Column column(double across_give_mm_per_MPa, double along_give_mm_per_MPa, double height_mm, double growth_mm) {
  const auto stiffness = [](double give) { return std::isfinite(give) && give > 0 ? 1 / give : 0; };
  return {stiffness(across_give_mm_per_MPa), stiffness(along_give_mm_per_MPa), height_mm, growth_mm};
}

double modulus_GPa(const geometry::Material& material, const Travel& t) {
  return secant_modulus_GPa(material, t.from_C, t.to_C);
}

/// How far a layer gives to a shear that enters through one face and is taken up over its thickness, per unit of it:
/// Suhir's interfacial compliance of an adherend (J. Appl. Mech. 53, 657, 1986).
double own_give(const geometry::Material& m, double thickness_mm, const Travel& t) {
  return thickness_mm / (3 * MPa_per_GPa * modulus_GPa(m, t) / (2 * (1 + m.poisson_ratio)));
}

/// What stands between substrate and upper plate: its springs, and the part of it that is the plate's own.
struct Support {
  Column column;
  PlateLayer metal;
};

PlateLayer metal(const geometry::Material& material, double bottom_um, double thickness_um, const Travel& t) {
  return plate_layer(elastic_layer(material, thickness_um, t.from_C, t.to_C), bottom_um);
}

/// A plate of the lid, the stiffener's or the board, and the film that holds it at its rim or, the board, everywhere.
struct UpperBody {
  geometry::Material metal, film;
  double underside_um = 0, thickness_um = 0, film_um = 0;
};

UpperBody upper_body(const Package& package, const Heights& h, Joint joint) {
  if (joint == Joint::board) {
    const BoardBody& board = *package.board.body;
    const double ball_um = package.board.ball_height_mm / mm_per_um, board_um = board.thickness_mm / mm_per_um;
    return {board.material, board.balls, -ball_um - board_um, board_um, ball_um};
  }
  if (joint == Joint::stiffener) {
    const Stiffener& ring = *package.stiffener;
    return {ring.material, ring.adhesive, h.substrate_um + ring.adhesive_thickness_um, ring.thickness_mm / mm_per_um,
            ring.adhesive_thickness_um};
  }
  const Lid& lid = package.cooling.lid;
  return {lid.material, lid.seal, h.underside_um, lid.thickness_mm / mm_per_um, lid.seal_thickness_um};
}

/// Over a body: its joint, itself, its film and the pedestal.
Support over_body(const Package& package, const Heights& h, std::size_t body, bool underfilled,
                  const UpperTravel& travel) {
  const Film& film = film_over(package, body);
  BodyLayers layers = body_layers(package, body, underfilled);
  const Travel &on = travel.bodies[body], &under = travel.under_bodies[body], between = mean(on, travel.upper);
  double joint_GPa = modulus_GPa(layers.joint, under);
  if (is_die(package, body) && !underfilled) {
    layers.joint = package.die_joint.solder;
    joint_GPa = package.die_joint.bump_area_fraction * modulus_GPa(layers.joint, under);
  }
  const Bond joint = bond(layers.joint, joint_GPa, under);
  const double share = flowing_share(package, film, body_outline(package, body), layers.body);
  const Bond gap = bond(film.material, share * modulus_GPa(film.material, between), between);
  const double film_mm = std::max(film.thickness_um * mm_per_um, thinnest_mm), joint_mm = layers.joint_um * mm_per_um,
               body_mm = layers.body_um * mm_per_um;
  const double pedestal_mm = (h.underside_um - h.film_um[body]) * mm_per_um;
  const geometry::Material& lid = package.cooling.lid.material;
  const double growth_mm = joint_mm * joint.confined_strain + film_mm * gap.confined_strain +
                           body_mm * thermal_strain_z(layers.body, on.from_C, on.to_C) +
                           pedestal_mm * thermal_strain_z(lid, travel.upper.from_C, travel.upper.to_C);
  const double along_give = film_mm / gap.shear_MPa + own_give(layers.body, body_mm, on) +
                            own_give(lid, package.cooling.lid.thickness_mm, travel.upper);
  return {column(joint_mm / joint.confined_MPa + film_mm / gap.confined_MPa, along_give,
                 h.film_um[body] * mm_per_um - film_mm / 2, growth_mm),
          metal(lid, h.film_um[body], h.underside_um - h.film_um[body], travel.upper)};
}

/// Under a rim: the film, and the foot between it and the plate.
Support under_rim(const Heights& h, const UpperBody& upper, const Travel& travel) {
  const Bond film = bond(upper.film, modulus_GPa(upper.film, travel), travel);
  const double film_mm = std::max(upper.film_um * mm_per_um, thinnest_mm);
  const double foot_mm = std::max(0.0, upper.underside_um - h.substrate_um - upper.film_um) * mm_per_um;
  const double growth_mm =
      film_mm * film.confined_strain + foot_mm * thermal_strain_z(upper.metal, travel.from_C, travel.to_C);
  return {column(film_mm / film.confined_MPa,
                 film_mm / film.shear_MPa + own_give(upper.metal, upper.thickness_um * mm_per_um, travel),
                 h.substrate_um * mm_per_um + film_mm / 2, growth_mm),
          metal(upper.metal, upper.underside_um - foot_mm / mm_per_um, foot_mm / mm_per_um, travel)};
}

/// The balls, which hold the board below: as they grow they drive it down.
Support on_balls(const Package& package, const UpperBody& board, const Travel& travel) {
  const BallLayer layer = ball_layer(package);
  const double ball_mm = package.board.ball_height_mm;
  return {
      column(ball_mm / (MPa_per_GPa * layer.across_GPa),
             ball_mm / (MPa_per_GPa * layer.shear_GPa) + own_give(board.metal, board.thickness_um * mm_per_um, travel),
             -ball_mm / 2, -ball_mm * thermal_strain_z(board.film, travel.from_C, travel.to_C)),
      metal(board.metal, 0, 0, travel)};
}

void add(const PlateLayer& layer, double share, UpperCell& cell, UpperLoad& load) {
  LaminateStiffness stiffness;
  FreeStrainResultants free;
  add_layer(layer, stiffness);
  add_layer(layer, free);
  add_share(stiffness, share, cell.stiffness);
  add_share(free, share, load.free);
}

void add(const Support& support, const UpperPatch& patch, UpperCell& cell, UpperLoad& load) {
  const Column& c = support.column;
  add(support.metal, (patch.to_x - patch.from_x) * (patch.to_y - patch.from_y), cell, load);
  cell.springs.push_back(
      {c.across_N_per_mm3, c.along_N_per_mm3, c.height_mm, patch.from_x, patch.to_x, patch.from_y, patch.to_y});
  load.opening_MPa.push_back(c.across_N_per_mm3 * c.growth_mm);
}

/// Where a box lies in a cell.
void add_patch(const geometry::Box& cell, const geometry::Box& box, std::optional<std::size_t> body,
               std::vector<UpperPatch>& patches) {
  const auto share = [](double place, double low, double high) {
    return std::clamp((place - low) / (high - low), 0.0, 1.0);
  };
  const UpperPatch patch{
      body, share(box.min.x_mm, cell.min.x_mm, cell.max.x_mm), share(box.max.x_mm, cell.min.x_mm, cell.max.x_mm),
      share(box.min.y_mm, cell.min.y_mm, cell.max.y_mm), share(box.max.y_mm, cell.min.y_mm, cell.max.y_mm)};
  if (patch.to_x > patch.from_x && patch.to_y > patch.from_y)
    patches.push_back(patch);
}

} // namespace

bool joins_lid(const Package& package) {
  return step_temperature_C(package, Joint::lid) && package.cooling.lid.thickness_mm > 0 &&
         !package.cooling.lid.plates.empty();
}

bool joins_stiffener(const Package& package) {
  return package.stiffener && step_temperature_C(package, Joint::stiffener);
}

bool joins_board(const Package& package) {
  return package.board.body && step_temperature_C(package, Joint::board);
}

double flowing_share(const Package& package, const Film& film, const geometry::Box& outline,
                     const geometry::Material& under) {
  const geometry::Material &m = film.material, &upper = package.cooling.lid.material;
  if (!m.flow_stress_MPa)
    return 1;
  const double to_C = package.operation.room_C, from_C = step_temperature_C(package, Joint::lid).value_or(to_C);
  const double half_diagonal_mm = std::hypot(outline.width_mm(), outline.height_mm()) / 2;
  const double slip = std::abs(thermal_strain(upper, from_C, to_C) - thermal_strain(under, from_C, to_C));
  const double strain = slip * half_diagonal_mm / (film.thickness_um * mm_per_um);
  const double elastic_MPa = MPa_per_GPa * m.youngs_modulus_GPa / (2 * (1 + m.poisson_ratio)) * strain;
  const double flow_MPa = *m.flow_stress_MPa / std::numbers::sqrt3;
  return elastic_MPa > flow_MPa ? flow_MPa / elastic_MPa : 1;
}

std::vector<geometry::Box> upper_edges(const Package& package) {
  std::vector<geometry::Box> edges;
  const auto add_rim = [&](const geometry::Box& outer, double width_mm) {
    edges.push_back(outer);
    if (const geometry::Box hole = within_rim(outer, width_mm); width_mm > 0 && hole.area_mm2() > 0)
      edges.push_back(hole);
  };
  if (joins_lid(package))
    for (const geometry::Box& plate : package.cooling.lid.plates)
      add_rim(plate, has_foot(package, plate) ? package.cooling.lid.foot_width_mm : 0);
  if (joins_board(package))
    edges.push_back(ball_layer_outline(package));
  if (joins_stiffener(package))
    add_rim(package.stiffener->outline, package.stiffener->rim_width_mm);
  return edges;
}

namespace {

/// Cells that boxes cover, which share no area, and what the plate stands on there.
UpperPart upper_part(const PlatePlan& plan, Joint joint, std::span<const geometry::Box> boxes,
                     std::span<const geometry::Box> rim, const std::function<bool(std::size_t body)>& stands_on) {
  constexpr double smallest_share = 0.5; // planes follow the edges of plates, but for those that were merged
  const PlateMesh& mesh = plan.mesh;
  std::vector<Footprint> footprints;
  for (const geometry::Box& box : boxes)
    footprints.push_back({box, box});
  const std::vector<std::vector<PlatePlan::Cover>> shares = covers(mesh, footprints);
  UpperPart part{joint, {}};
  for (std::size_t j = 0; j < mesh.cells_y(); ++j)
    for (std::size_t i = 0; i < mesh.cells_x(); ++i) {
      UpperPartCell cell{mesh.cell(i, j), 0, {}};
      for (const PlatePlan::Cover& cover : shares[cell.cell])
        cell.share += cover.outline;
      if (cell.share < smallest_share)
        continue;
      const geometry::Box box{{mesh.x_mm[i], mesh.y_mm[j]}, {mesh.x_mm[i + 1], mesh.y_mm[j + 1]}};
      for (const geometry::Box& bar : rim)
        add_patch(box, bar, std::nullopt, cell.patches);
      for (const PlatePlan::Cover& cover : plan.cells[cell.cell])
        if (stands_on(cover.body))
          add_patch(box, plan.bodies[cover.body].outline, cover.body, cell.patches);
      part.cells.push_back(std::move(cell));
    }
  return part;
}

} // namespace

std::vector<UpperPart> upper_parts(const Package& package, const PlatePlan& plan, const Joined& joined) {
  std::vector<UpperPart> parts;
  if (joined.lid && joins_lid(package))
    for (const geometry::Box& plate : package.cooling.lid.plates)
      parts.push_back(upper_part(plan, Joint::lid, std::vector{plate}, foot_bars(package, plate),
                                 [&](std::size_t body) { return inside(body_outline(package, body), plate); }));
  if (joined.stiffener && joins_stiffener(package)) {
    const std::vector<geometry::Box> ring = bars(*package.stiffener);
    parts.push_back(upper_part(plan, Joint::stiffener, ring, ring, [](std::size_t) { return false; }));
  }
  if (joined.board && joins_board(package))
    parts.push_back(upper_part(plan, Joint::board, std::vector{package.substrate.outline},
                               std::vector{ball_layer_outline(package)}, [](std::size_t) { return false; }));
  std::erase_if(parts, [](const UpperPart& part) { return part.cells.empty(); });
  return parts;
}

std::vector<UpperPlate> upper_plates(const Package& package, std::span<const UpperPart> parts) {
  const Heights h = heights(package);
  std::vector<UpperPlate> uppers;
  for (const UpperPart& part : parts) {
    const UpperBody body = upper_body(package, h, part.joint);
    UpperPlate upper{{}, body.underside_um * mm_per_um + body.thickness_um * mm_per_um / 2};
    for (const UpperPartCell& cell : part.cells)
      upper.cells.push_back(cell.cell);
    uppers.push_back(std::move(upper));
  }
  return uppers;
}

UpperIncrement upper_increment(const Package& package, std::span<const UpperPart> parts, const Joined& joined,
                               const UpperTravel& travel) {
  if (parts.empty())
    return {};
  const Heights h = heights(package);
  std::vector<Support> over(body_count(package));
  for (std::size_t b = 0; b < over.size(); ++b)
    if (joined.lid && is_on(package, b, joined))
      over[b] = over_body(package, h, b, joined.underfill, travel);
  UpperIncrement inc;
  for (const UpperPart& part : parts) {
    const UpperBody body = upper_body(package, h, part.joint);
    const Support film =
        part.joint == Joint::board ? on_balls(package, body, travel.upper) : under_rim(h, body, travel.upper);
    const PlateLayer plate = metal(body.metal, body.underside_um, body.thickness_um, travel.upper);
    auto& cells = inc.cells.emplace_back();
    auto& loads = inc.loads.emplace_back();
    for (const UpperPartCell& of_part : part.cells) {
      UpperCell& cell = cells.emplace_back();
      UpperLoad& load = loads.emplace_back();
      add(plate, of_part.share, cell, load);
      for (const UpperPatch& patch : of_part.patches)
        add(patch.body ? over[*patch.body] : film, patch, cell, load);
    }
    cells.front().springs.push_back({weak_N_per_mm3, weak_N_per_mm3});
    loads.front().opening_MPa.push_back(0);
  }
  return inc;
}

} // namespace beachfront::thermal
