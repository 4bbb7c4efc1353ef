// SPDX-License-Identifier: GPL-3.0-or-later
// One package as this discipline sees it. Filled from a design file by `study`; defaults that are assumptions say so.
#pragma once

#include "geometry/material.hpp"
#include "geometry/shapes.hpp"
#include "thermal/solder.hpp"

#include <optional>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// Heat of a part of an active face, even over its outline.
struct HeatPatch {
  std::string name;
  geometry::Box outline;
  double power_W = 0;
};

struct Die {
  std::string name;
  geometry::Box outline;
  double power_W = 0; ///< of the whole face; what the patches leave is even over it
  double thickness_um = 0;
  geometry::Material material;
  std::vector<HeatPatch> power_map = {}; ///< patches may not overlap
};

/// A film between two faces. contact_mm2K_per_W: both contacts together.
struct Film {
  geometry::Material material;
  double thickness_um = 0;
  double contact_mm2K_per_W = 0;
};

struct Engine {
  std::string name;
  geometry::Box outline;
  double power_W = 0;
  double thickness_um = 0;
  geometry::Material material;
  geometry::Point ports;                             ///< centre of the optical port bank, on the package plan
  double port_bank_width_mm = 0;                     ///< first to last port
  geometry::Side ports_face = geometry::Side::north; ///< the bank runs along this side of the engine
  std::vector<HeatPatch> power_map = {};             ///< of power_W; what the patches leave is even over the face
};

/// One line of a stack-up. With copper_thickness_um the layer is a dielectric film and the patterned copper on it, and
/// stands in the stack with both thicknesses.
struct SubstrateLayer {
  std::string name;
  geometry::Material material;
  double thickness_um = 0;
  double copper_thickness_um = 0;
  double copper_fraction = 0;
  double via_copper_fraction = 0;
  int repeat = 1;
};

/// How a glass panel was cut, in the order of edge_finishes (edge_flaw.hpp).
enum class EdgeCut { blade_diced, ground, laser_cut, architectural_cut };

struct Substrate {
  geometry::Box outline;
  std::vector<SubstrateLayer> stack_up; ///< die side first, as in the design file
  geometry::Material copper;            ///< of patterns and vias
  EdgeCut edge = EdgeCut::blade_diced;  ///< of glass cores
};

/// The joint under the dies: solder bumps first, underfill later.
struct DieJoint {
  geometry::Material underfill;
  double thickness_um = 0;
  geometry::Material solder;
  double bump_area_fraction = 0.2; ///< assumption: 65 um bumps at a pitch of 130 um
};

/// The joint under the engines.
using EngineJoint = Film;

enum class Joint { substrate, die, underfill, engine, stiffener, lid, board };

/// As design files name it.
inline const char* name_of(Joint joint) {
  constexpr const char* names[] = {"substrate", "die", "underfill", "engine", "stiffener", "lid", "board"};
  return names[static_cast<int>(joint)];
}

struct AssemblyStep {
  Joint joint = Joint::substrate;
  double temperature_C = 0; ///< at which the joined parts are free of stress
};

/// Plates over the dies and engines, all cooled alike. One plate: a shared lid; several: a lid of its own for
/// each engine or side. A source is cooled by the plate that holds it whole.
struct Lid {
  geometry::Material material;
  double thickness_mm = 0;
  std::vector<geometry::Box> plates;
  geometry::Material seal;
  double foot_width_mm = 0;       ///< of the rim that stands on the seal; 0: the lid rests on the TIMs alone
  double seal_thickness_um = 100; ///< assumption
};

/// A ring of metal on the substrate's die side, on an adhesive.
struct Stiffener {
  geometry::Material material;
  geometry::Box outline; ///< its outer edge
  double rim_width_mm = 0;
  double thickness_mm = 0;
  geometry::Material adhesive;
  double adhesive_thickness_um = 100; ///< assumption
};

struct Cooling {
  double ambient_C = 0;
  double heat_transfer_W_per_m2K = 0;       ///< over the whole top of each plate
  double board_heat_transfer_W_per_m2K = 0; ///< under each outline; 0: no heat to the board
  Lid lid;
  Film die_tim;
  Film engine_tim;
};

/// The board below the balls, where it is a body.
struct BoardBody {
  geometry::Material material;
  double thickness_mm = 0;
  double margin_mm = 0; ///< how far it is modelled beyond the substrate
  geometry::Material balls;
  double ball_diameter_mm = 0;
};

struct Board {
  double cte_ppm_per_K = 16;     ///< assumption: FR-4 class laminate, 14 to 18 (docs/facts/thermal.md 1.3)
  double ball_height_mm = 0.4;   ///< assumption, as in docs/facts/thermal.md case 8b
  double ball_edge_inset_mm = 2; ///< assumption: outermost ball row to package edge, as in case 8b
  FatigueAlloy alloy = sac305;
  double strain_factor = 1;           ///< of shear_strain_range
  double temperature_swing_share = 1; ///< the board's share of the substrate's swing; 1 is the closed form's even swing
  double ball_pitch_mm = 1;
  std::optional<BoardBody> body; ///< empty: it bends nothing
};

struct Operation {
  double room_C = 25;
  double reflow_C = 217; ///< warpage at the solder's solidification, when the shape of the joints is frozen
  double idle_C = 0;
  double cycles_per_day = 0;
  double dwell_min = 0;
  double lifetime_years = 7;
};

struct Package {
  std::vector<Die> dies;
  std::vector<Engine> engines;
  Substrate substrate;
  DieJoint die_joint;
  EngineJoint engine_joint;
  std::vector<AssemblyStep> assembly; ///< in order; the substrate first
  Cooling cooling;
  Board board;
  Operation operation;
  std::optional<Stiffener> stiffener;
};

/// A figure this model cannot give, by its name in the results, and why.
struct Absent {
  std::string figure;
  std::string reason;
};

} // namespace beachfront::thermal
