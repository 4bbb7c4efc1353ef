// SPDX-License-Identifier: GPL-3.0-or-later
// Fields on a grid as a VTK unstructured grid (XML, .vtu) for ParaView: filled cells alone, symmetric models unfolded
// to the whole package.
#pragma once

#include "thermal/grid.hpp"
#include "thermal/solid.hpp"

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

namespace beachfront::thermal {

/// What the components of a field are; it says their number and which change sign in an image.
enum class FieldKind {
  scalar,
  vector, ///< x, y, z
  stress  ///< xx, yy, zz, xy, yz, xz: VTK's order of a symmetric tensor
};

/// Values of one field at every cell, or at every node, of a grid, component fastest; once, or image by image of a
/// symmetric grid (image_signs). Its unit stands in its name.
struct GridField {
  std::string name;
  FieldKind kind = FieldKind::scalar;
  std::vector<double> values;
};

/// What a file says beside its fields.
struct FileNotes {
  std::string state; ///< that the fields are of; empty: not written
  /// Image by image of a symmetric grid, the body that stands where each body's image lies; empty: the body itself.
  std::vector<std::vector<int>> image_body;
};

/// Points in mm, cells as hexahedra with the index of their body in `body`; the bodies' names and the state as field
/// data (`body_name`, `state`). Components of vectors and stresses have names. Numbers are 32 bits, little-endian,
/// base64. std::invalid_argument when a field has not the grid's number of values or one of them, of a filled cell, is
/// not finite.
void write_vtu(std::ostream& out, const Grid& grid, std::span<const std::string> body_names,
               std::span<const GridField> cell_fields, std::span<const GridField> node_fields,
               const FileNotes& notes = {});

/// A state of a solid, every body under its own name on the unfolded model too: temperature, mean stress of every cell
/// with von Mises and greatest principal stress, and displacement. `image_cell_C`: temperature of each cell as
/// add_operating takes it; empty: the state's uniform one.
void write_vtu(std::ostream& out, const SolidPath& path, const SolidState& state,
               const std::vector<std::vector<double>>& image_cell_C = {});

} // namespace beachfront::thermal
