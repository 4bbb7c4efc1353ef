// SPDX-License-Identifier: GPL-3.0-or-later
// What an engineer reads off a solid's state: shape, stresses, means over joints, movement of engines against guides.
#pragma once

#include "thermal/port_shift.hpp"
#include "thermal/solid.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// Height of a surface over the plane that fits it best, and its shape: greatest less least.
/// The sign is that of the middle against the rim: positive for a dome (JEITA ED-7306 positive).
struct Flatness {
  double range_um = 0;
  bool dome = false;
};

/// Deflection of the substrate's lower face at a place, z up. Bilinear between nodes.
double bottom_deflection_um(const SolidPath& path, const SolidState& state, geometry::Point at);

/// Of the lower face of the substrate over a box (the ball field), and of its upper face (under dies, under an engine).
Flatness bottom_flatness(const SolidPath& path, const SolidState& state, const geometry::Box& box);
Flatness top_flatness(const SolidPath& path, const SolidState& state, const geometry::Box& box);

/// Greatest principal stress of the bodies of one part, at both faces and the middle of every cell that is wholly
/// `exclusion_mm` or more inside the body's outline: edges and corners of unlike bodies are singular. Not below 0.
struct GreatestStress {
  double principal_MPa = 0;
  std::string body;
  geometry::Point at;
};
GreatestStress greatest_principal(const SolidPath& path, const SolidState& state, Part part, bool glass_only,
                                  double exclusion_mm);

/// Mean over the thickness of a joint and over a strip of `patch_mm` along each of its edges (corners taken off) and
/// over the square at each corner. A cell counts with what of it lies in the patch.
struct JointMean {
  double shear_MPa = 0; ///< of the shear's magnitude
  double peel_MPa = 0;  ///< positive opens
  std::string body;
  bool at_corner = false;
};
struct JointWorst {
  JointMean shear; ///< where the shear is greatest
  JointMean peel;  ///< where the peel opens most
};
std::optional<JointWorst> worst_joint(const SolidPath& path, const SolidState& state, Part joint, double patch_mm);

/// Movement of the engine's lower face against the surface that its joint stands on, since the engine was joined, seen
/// from that surface: mean from the port bank to `depth_mm` inside the engine, the length in which guide and engine
/// exchange light (at the very edge the slip is singular). Differences over the bank's width and that depth give the
/// rotations.
PortShift solid_port_shift(const SolidPath& path, const SolidState& state, const Engine& engine, double depth_mm);

/// Stress of the topmost glass, at its upper face, at a place.
std::optional<Stress> glass_surface_stress_MPa(const SolidPath& path, const SolidState& state, geometry::Point at);

/// Stress along the edges of the glass plies, mean over a strip of `strip_mm` inside the substrate's outline, worst
/// through the ply: along the edge (what opens a cut across it) and across the plies (what splits them), with the
/// length each stands for. Every edge cell of every image, in the same order for all states of a path: the lengths of a
/// ply add to the perimeter.
struct EdgeStress {
  double along_MPa = 0;
  double across_MPa = 0;
  double length_mm = 0;
};
std::vector<EdgeStress> glass_edge_stress(const SolidPath& path, const SolidState& state, double strip_mm);

/// In-plane displacement of the substrate's lower face at a place, since increment `since`.
geometry::Point bottom_slide_mm(const SolidPath& path, const SolidState& state, geometry::Point at, std::size_t since);

} // namespace beachfront::thermal
