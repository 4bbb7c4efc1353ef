// SPDX-License-Identifier: GPL-3.0-or-later
#include "thermal/body.hpp"

#include "thermal/ball_layer.hpp"
#include "thermal/rim.hpp"
#include "thermal/stack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beachfront::thermal {

namespace {

constexpr double mm_per_um = 1e-3;
constexpr double thinnest_mm = 1e-4;
constexpr double rounding_mm = 1e-9;

/// Returns the height of the substrate's top.
double add_plies(const Package& package, std::vector<Body>& all) {
  const std::vector<Ply> stack = plies(package.substrate);
  double height_mm = 0;
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const double thickness_mm = stack[i].thickness_um * mm_per_um;
    if (!all.empty() && all.back().material == stack[i].material)
      all.back().top_mm += thickness_mm;
    else
      all.push_back({stack[i].material.name, Part::ply, i, package.substrate.outline, height_mm,
                     height_mm + thickness_mm, stack[i].material});
    height_mm += thickness_mm;
  }
  return height_mm;
}

/// Joint, body and TIM, each on the last one. Returns the height of the TIM's top.
struct Stacked {
  Part joint, body, tim;
};
double add_stack(const Stacked& parts, const std::string& name, std::size_t index, const geometry::Box& outline,
                 const Film& joint, const Film& body, const Film& tim, double bottom_mm, std::vector<Body>& all) {
  const auto add = [&](Part part, const std::string& of, const Film& film) {
    if (film.thickness_um == 0)
      return; // no such film
    const double top_mm = bottom_mm + film.thickness_um * mm_per_um;
    all.push_back({of, part, index, outline, bottom_mm, top_mm, film.material});
    bottom_mm = top_mm;
  };
  add(parts.joint, name + ".joint", joint);
  add(parts.body, name, body);
  add(parts.tim, name + ".tim", tim);
  return bottom_mm;
}

void add_lid(const Package& package, double substrate_top_mm, double underside_mm, std::vector<Body>& all) {
  const Lid& lid = package.cooling.lid;
  const std::size_t stacks_end = all.size();
  for (std::size_t plate = 0; plate < lid.plates.size(); ++plate) {
    const geometry::Box& outline = lid.plates[plate];
    const std::string name = lid.plates.size() == 1 ? "lid" : fmt::format("lid{}", plate);
    for (std::size_t i = 0; i < stacks_end; ++i) {
      const Body top = all[i];
      const bool ends_stack = top.part != Part::ply && (i + 1 == stacks_end || all[i + 1].bottom_mm != top.top_mm);
      if (ends_stack && top.top_mm < underside_mm - rounding_mm && inside(top.outline, outline))
        all.push_back(
            {name + " over " + top.name, Part::lid, plate, top.outline, top.top_mm, underside_mm, lid.material});
    }
    const double seal_top_mm = substrate_top_mm + lid.seal_thickness_um * mm_per_um;
    for (const geometry::Box& bar : foot_bars(package, outline)) {
      all.push_back({name + " seal", Part::lid_seal, plate, bar, substrate_top_mm, seal_top_mm, lid.seal});
      all.push_back({name + " foot", Part::lid, plate, bar, seal_top_mm, underside_mm, lid.material});
    }
    all.push_back({name, Part::lid, plate, outline, underside_mm, underside_mm + lid.thickness_mm, lid.material});
  }
}

void add_stiffener(const Stiffener& ring, double substrate_top_mm, std::vector<Body>& all) {
  const double ring_bottom_mm = substrate_top_mm + ring.adhesive_thickness_um * mm_per_um;
  for (const geometry::Box& bar : bars(ring)) {
    all.push_back(
        {"stiffener adhesive", Part::stiffener_adhesive, 0, bar, substrate_top_mm, ring_bottom_mm, ring.adhesive});
    all.push_back(
        {"stiffener", Part::stiffener, 0, bar, ring_bottom_mm, ring_bottom_mm + ring.thickness_mm, ring.material});
  }
}

void add_board(const Package& package, std::vector<Body>& all) {
  const BoardBody& board = *package.board.body;
  const geometry::Box& substrate = package.substrate.outline;
  const double top_mm = -package.board.ball_height_mm;
  all.push_back({"balls", Part::balls, 0, ball_layer_outline(package), top_mm, 0, ball_layer_material(package)});
  all.push_back({"board", Part::board, 0,
                 geometry::box_around(substrate.centre(), substrate.width_mm() + 2 * board.margin_mm,
                                      substrate.height_mm() + 2 * board.margin_mm),
                 top_mm - board.thickness_mm, top_mm, board.material});
}

bool bodies_overlap(const Body& a, const Body& b) {
  const auto deeper = [](double a_low, double a_high, double b_low, double b_high) {
    return std::min(a_high, b_high) - std::max(a_low, b_low) > rounding_mm;
  };
  return deeper(a.outline.min.x_mm, a.outline.max.x_mm, b.outline.min.x_mm, b.outline.max.x_mm) &&
         deeper(a.outline.min.y_mm, a.outline.max.y_mm, b.outline.min.y_mm, b.outline.max.y_mm) &&
         deeper(a.bottom_mm, a.top_mm, b.bottom_mm, b.top_mm);
}

bool mirrored(std::span<const Body> all, bool in_x) {
  const auto near = [](double a, double b) { return std::abs(a - b) < rounding_mm; };
  return std::all_of(all.begin(), all.end(), [&](const Body& body) {
    geometry::Box image = body.outline;
    if (in_x) {
      image.min.x_mm = -body.outline.max.x_mm;
      image.max.x_mm = -body.outline.min.x_mm;
    } else {
      image.min.y_mm = -body.outline.max.y_mm;
      image.max.y_mm = -body.outline.min.y_mm;
    }
    return std::any_of(all.begin(), all.end(), [&](const Body& other) {
      return other.part == body.part && near(other.bottom_mm, body.bottom_mm) && near(other.top_mm, body.top_mm) &&
             near(other.outline.min.x_mm, image.min.x_mm) && near(other.outline.max.x_mm, image.max.x_mm) &&
             near(other.outline.min.y_mm, image.min.y_mm) && near(other.outline.max.y_mm, image.max.y_mm) &&
             other.material == body.material;
    });
  });
}

} // namespace

std::vector<Body> bodies(const Package& package) {
  std::vector<Body> all;
  const double top_mm = add_plies(package, all);
  double underside_mm = top_mm;
  const Film die_joint{die_joint_material(package.die_joint, true), package.die_joint.thickness_um};
  for (std::size_t i = 0; i < package.dies.size(); ++i) {
    const Die& die = package.dies[i];
    underside_mm = std::max(underside_mm,
                            add_stack({Part::die_joint, Part::die, Part::die_tim}, die.name, i, die.outline, die_joint,
                                      {die.material, die.thickness_um}, package.cooling.die_tim, top_mm, all));
  }
  for (std::size_t i = 0; i < package.engines.size(); ++i) {
    const Engine& engine = package.engines[i];
    underside_mm =
        std::max(underside_mm, add_stack({Part::engine_joint, Part::engine, Part::engine_tim}, engine.name, i,
                                         engine.outline, package.engine_joint, {engine.material, engine.thickness_um},
                                         package.cooling.engine_tim, top_mm, all));
  }
  if (package.cooling.lid.thickness_mm > 0)
    add_lid(package, top_mm, underside_mm, all);
  if (package.stiffener)
    add_stiffener(*package.stiffener, top_mm, all);
  if (package.board.body)
    add_board(package, all);
  return all;
}

bool touch_or_overlap(const Body& a, const Body& b) {
  return a.outline.min.x_mm <= b.outline.max.x_mm + rounding_mm &&
         b.outline.min.x_mm <= a.outline.max.x_mm + rounding_mm &&
         a.outline.min.y_mm <= b.outline.max.y_mm + rounding_mm &&
         b.outline.min.y_mm <= a.outline.max.y_mm + rounding_mm && a.bottom_mm <= b.top_mm + rounding_mm &&
         b.bottom_mm <= a.top_mm + rounding_mm;
}

std::vector<std::string> body_faults(std::span<const Body> all) {
  std::vector<std::string> faults;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Body& body = all[i];
    const double thinnest = std::min({body.outline.width_mm(), body.outline.height_mm(), body.top_mm - body.bottom_mm});
    if (!(thinnest >= thinnest_mm - rounding_mm))
      faults.push_back(
          fmt::format("{} is {:g} um thin; a body thinner than {:g} um is not meshed, give it as a contact "
                      "resistance or leave it out",
                      body.name, thinnest / mm_per_um, thinnest_mm / mm_per_um));
    bool touches = all.size() == 1;
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j)
        continue;
      touches = touches || touch_or_overlap(body, all[j]);
      if (j > i && bodies_overlap(body, all[j]))
        faults.push_back(fmt::format("{} and {} overlap", body.name, all[j].name));
    }
    if (!touches)
      faults.push_back(fmt::format("{} floats: it touches no other body", body.name));
  }
  return faults;
}

bool symmetric_in_x(std::span<const Body> all) {
  return mirrored(all, true);
}

bool symmetric_in_y(std::span<const Body> all) {
  return mirrored(all, false);
}

} // namespace beachfront::thermal
