// SPDX-License-Identifier: GPL-3.0-or-later
// All mechanical figures of a package at fast fidelity: laminate plate with every body at its place, Suhir's joints,
// Engelmaier's solder life, steady-state glass splitting. Linear, elastic. A lid takes part where the assembly has its
// step; where it has none, a seal above 10 MPa is a warning: such a lid can outweigh everything else.
#pragma once

#include "thermal/edge_flaw.hpp"
#include "thermal/package.hpp"
#include "thermal/port_shift.hpp"
#include "thermal/temperature.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// w(corner) - w(centre), z up: negative hangs down (dome, JEITA positive). Of the four corners, and of the four edge
/// middles, the one that deviates most; the tilt of the plane that fits the corners best is taken out.
struct Warpage {
  double corner_um = 0;
  double edge_um = 0;
};

Warpage warpage_of(const geometry::Box& outline, const std::function<double(geometry::Point)>& deflection_um);

/// When the step's temperature is reached, before what it joins is joined: the shape on which it is joined.
struct StepWarpage {
  Joint step = Joint::substrate;
  double temperature_C = 0;
  Warpage warpage;
};

struct JointStress {
  double peak_shear_MPa = 0; ///< at the joint's edge, Suhir
  double peel_MPa = 0;       ///< mean over 100 um at the edge, positive opens
  double at_C = 0;           ///< temperature of die or engine in the worst state
};

struct GlassSplitting {
  double J_per_m2 = 0;
  double limit_J_per_m2 = 0;                   ///< fast fracture, from K_Ic
  std::optional<double> design_limit_J_per_m2; ///< slow crack growth, from the design stress intensity
  std::string glass;                           ///< material of the ply nearest its limit
  double ply_middle_um = 0;                    ///< its middle above the substrate's bottom
  double flaw_um = 0;                          ///< that the edge finish leaves
  double flaw_J_per_m2 = 0;                    ///< released by that flaw
  double critical_flaw_um = 0;                 ///< longest that does not split at once; infinite when none does
};

struct Mechanics {
  std::optional<Warpage> reflow, room, idle, operating;
  std::optional<double> die_max_principal_MPa;   ///< at the die's faces, over room, idle and operating; 0: compressed
  std::optional<double> glass_max_principal_MPa; ///< at the faces of glass plies, over the same states; 0: compressed
  std::optional<double> glass_via_wall_MPa;      ///< |hoop stress| at a via's wall, elastic, from birth to the coldest
  std::optional<JointStress> die_joint, engine_joint; ///< worst of the same states by shear
  std::optional<double> interface_shear_MPa;          ///< greater of both joints
  std::optional<double> interface_peel_MPa;           ///< more opening of both joints
  std::optional<double> solder_strain_range;
  std::optional<double> solder_cycles_to_failure;
  std::optional<double> solder_life_years;
  std::optional<GlassSplitting> glass_splitting;
  std::vector<PortShift> engines; ///< as Package::engines, operating; empty when absent
  std::vector<Absent> absent;
  std::vector<std::string> warnings;
  std::vector<StepWarpage> steps;             ///< as Package::assembly
  std::vector<EngineSeat> engine_seats;       ///< as Package::engines, operating; empty when absent
  std::optional<double> glass_via_inside_MPa; ///< |hoop stress| deep in the core (generalised plane strain)
  std::vector<JointRow> solder_rows;          ///< of the outermost balls, then inwards; the worst gives solder_*
  std::optional<EdgeFracture> glass_edge;     ///< from the worst tension along the glass's edges
  std::optional<double> engine_max_principal_MPa;
  std::optional<double> package_coplanarity_um;  ///< range of the ball side over the plane that fits it, room
  std::optional<double> die_area_coplanarity_um; ///< of the substrate under all dies, room
  bool joint_means = false; ///< joint shear and peel are means over joint_average_um, not Suhir's peak and 100 um
  std::optional<double> ball_field_reflow_um, ball_field_room_um; ///< ED-7306's figure (ball_field_warpage_um)
  std::optional<JointStress> stiffener_joint, lid_joint; ///< of the ring's adhesive and the lid's seal; the solid's
  std::optional<Warpage> mounted;                        ///< of the package at room on its board, where that is a body
};

/// With empty temperatures (not solved) the figures of the operating state are absent.
Mechanics solve_mechanics(const Package& package, const Temperatures& temperatures);

/// What solve_mechanics does once for a package, before its operating temperatures matter.
struct PreparedMechanics {
  std::optional<PlateAssembly> assembly; ///< on a quarter or half where the package allows it; empty: not made yet
  std::optional<PlateAssembly> whole;    ///< made when temperatures do not allow that
};
/// The assembly on which a state of these temperatures is solved: the quarter or half as far as they allow it. Makes
/// what is not made yet.
const PlateAssembly& assembly_for(const Package& package, const PartTemperatures& operating,
                                  PreparedMechanics& prepared);
/// The same figures; `prepared` must have served this package only. Heat may differ from call to call.
Mechanics solve_mechanics(const Package& package, const Temperatures& temperatures, PreparedMechanics& prepared);

/// The movement of the engines alone (Mechanics::engines).
std::vector<PortShift> solve_engine_shifts(const Package& package, const Temperatures& temperatures,
                                           PreparedMechanics& prepared);

} // namespace beachfront::thermal
