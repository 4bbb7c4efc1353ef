// SPDX-License-Identifier: GPL-3.0-or-later
// A package's way from the birth of its substrate through its assembly steps to a state, as a laminate plate that gains
// bodies at their places. Every step is linear; states are sums of increments.
#pragma once

#include "thermal/joined.hpp"
#include "thermal/package.hpp"
#include "thermal/plate.hpp"
#include "thermal/plate_plan.hpp"
#include "thermal/stack.hpp"
#include "thermal/temperature.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace beachfront::thermal {

/// Temperatures of the parts in a state. Bodies: the dies, then the engines.
struct PartTemperatures {
  std::vector<double> bodies_C;
  std::vector<double> under_bodies_C; ///< of the substrate and the joint
  double bare_C = 0;
};
PartTemperatures uniform(const Package& package, double temperature_C);
/// Faces at their means, the substrate under a body as the body.
PartTemperatures operating_temperatures(const Package& package, const Temperatures& temperatures);

/// Temperature of a step, if the assembly has it.
std::optional<double> step_temperature_C(const Package& package, Joint joint);

/// Why the assembly cannot be followed; nothing if it can.
std::optional<std::string> assembly_fault(const Package& package);

/// Where stresses are gathered: a place of the plan with the layers to watch there.
struct WatchedPlace {
  std::size_t i = 0, j = 0;        ///< cell
  double share_x = 0, share_y = 0; ///< place in the cell
  std::optional<std::size_t> die;  ///< on top of it, to be watched
  std::size_t first_stress = 0;    ///< in PlateState::stresses: glass plies from below, then the die; two faces each
};

/// A package between two steps of its assembly, or after them.
struct PlateState {
  PartTemperatures at;
  Joined joined;
  PlateField since_birth;
  PlateField since_engines;            ///< empty while the engines are not joined
  std::vector<InPlaneStress> stresses; ///< at the watched places, bottom face then top face of each layer
};

/// The state when a step's temperature is reached, before what it joins is joined.
struct StepState {
  Joint joint = Joint::substrate;
  double temperature_C = 0;
  PlateField since_birth;
};

/// Loads and what they do.
struct KnownField {
  std::vector<FreeStrainResultants> cells;
  UpperLoads uppers;
  PlateField field;
};

/// Stiffness of the cells and its factor.
struct KnownFactor {
  std::vector<LaminateStiffness> cells;
  UpperCells uppers; ///< empty: without upper plates
  std::shared_ptr<const PlateFactor> factor;
  std::vector<KnownField> fields; ///< met while the plate is assembled: trips begin alike
};
using PlateFactors = std::vector<KnownFactor>;

/// Part of a cell in which something stands under an upper plate, by shares of the cell's width and height.
struct UpperPatch {
  std::optional<std::size_t> body; ///< none: the film under a rim
  double from_x = 0, to_x = 1, from_y = 0, to_y = 1;
};

/// A cell of the plan under an upper plate.
struct UpperPartCell {
  std::size_t cell = 0;
  double share = 0;                ///< of the cell
  std::vector<UpperPatch> patches; ///< under the rim, and on bodies that the plate holds whole
};

/// A plate beside the substrate's: one of the lid's, the stiffener's ring, or the board, which hangs below.
struct UpperPart {
  Joint joint = Joint::lid; ///< or stiffener, or board
  std::vector<UpperPartCell> cells;
};

/// The upper plates that are on between two steps, and the system with them.
struct UpperParts {
  std::vector<UpperPart> parts;
  std::shared_ptr<const PlateSystem> system; ///< empty: the assembly does not come by
};
/// Which of PlateAssembly::uppers.
inline constexpr std::size_t with_stiffener = 1, with_lid = 2, with_board = 4;
inline std::size_t uppers_of(const Joined& joined) {
  return (joined.stiffener ? with_stiffener : 0) + (joined.lid ? with_lid : 0) + (joined.board ? with_board : 0);
}

struct PlateAssembly {
  Package package; ///< with near transitions in one (transitions.hpp): what the plate is made of
  std::vector<Ply> plies;
  std::vector<std::size_t> glass_plies;
  PlatePlan plan;                   ///< bodies: the dies, then the engines
  std::array<UpperParts, 8> uppers; ///< by uppers_of()
  std::size_t finished = 0;         ///< which of them after the last step
  std::vector<WatchedPlace> places;
  std::vector<StepState> steps;
  PlateState assembled;          ///< after the last step that takes part
  PlateState reflow, room, idle; ///< reflow without stresses; reflow and room not on the board yet
  PlateState mounted;            ///< at room on the board, where that is a body
  PlateFactors factors;          ///< met on the way

  bool finished_on_board() const { return (finished & with_board) != 0; }
};

/// From where the finished package is brought to other temperatures. Without upper plates heating back gives the first
/// state again; with them polymers pass their transitions between the last step and room.
PlateState PlateAssembly::*nearest_known(const PlateAssembly& assembly);

/// From the birth of the substrate to reflow, room and idle. The step of a board that is no body only has
/// the shape at its temperature. Lid, stiffener and board join as plates of their own on springs (`upper_plates.hpp`).
/// Needs assembly_fault() empty.
///
/// A body is engaged from 1/k inside its edges on, k from Suhir's shear lag of its joint and of the substrate's plies,
/// of which soft dielectric films give most: along each side the share 1 - tanh(kl)/(kl). Where a softer joint engages
/// less, body and joint count with the smaller share of their stiffness. A modulus changes at the glass transition and
/// stresses follow increment by increment, so that heating back through it gives the first state again; no creep, no
/// cure shrinkage. Transitions nearer than PlateRules::same_transition_K count as their mean. Where parts pass
/// a transition at unlike shares of a step, all change at the mean share and those between have their secant modulus.
///
/// half_x, half_y: the plan is its own image about x = 0, or y = 0, and only one half is modelled.
PlateAssembly assemble_plate(const Package& package, bool half_x, bool half_y, const PlateRules& rules = {});

/// Adds the plates that are on, with their system, to an assembly with package, plan and mesh.
void add_uppers(const Joined& joined, PlateAssembly& assembly);

/// The state that bring_to() starts from on the whole plan, for temperatures that are not symmetric. The other states
/// are left out.
PlateAssembly unfolded(const PlateAssembly& half);

/// The assembled package brought to other temperatures.
PlateState bring_to(const PlateAssembly& assembly, const PartTemperatures& temperatures);
/// The same without its stresses.
PlateState bend_to(const PlateAssembly& assembly, const PartTemperatures& temperatures);

} // namespace beachfront::thermal
