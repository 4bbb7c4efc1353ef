// SPDX-License-Identifier: GPL-3.0-or-later
// The half cross-section of a guide cut into cells for ion exchange, and what passes between them.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace beachfront::optics {

/// A tensor grid of cells, x from the middle of the mask opening outwards, y from the surface down.
struct ExchangeCells {
  std::vector<double> x_edges_um, y_edges_um;
  std::size_t open_columns = 0; ///< the first columns, under the mask opening
  bool planar = false;          ///< one column, one um wide
  std::size_t ion_columns = 0, ion_rows = 0; ///< the first ones, which ions can reach; current flows in all

  std::size_t columns() const { return x_edges_um.size() - 1; }
  std::size_t rows() const { return y_edges_um.size() - 1; }
  std::size_t size() const { return columns() * rows(); }
  double width(std::size_t i) const { return x_edges_um[i + 1] - x_edges_um[i]; }
  double height(std::size_t j) const { return y_edges_um[j + 1] - y_edges_um[j]; }
};

/// Edges from 0 to `length`, a number of cells that four divides, each about as wide as `width_at` its place says. The widths vary
/// as smoothly as `width_at`: edges are equal steps of the solution of dx/ds = width_at(x).
std::vector<double> graded_edges(double length, const std::function<double(double)>& width_at);

/// Every two cells joined into one, in both directions.
ExchangeCells joined(const ExchangeCells& cells);

/// What passes a face for a unit difference of its neighbours: length of the face over the distance of the centres.
/// Faces with the surface and the back lie half a cell from a centre.
struct FaceConductances {
  std::vector<double> across;  ///< [j * (columns - 1) + i]: between columns i and i + 1
  std::vector<double> down;    ///< [j * columns + i]: between rows j and j + 1
  std::vector<double> surface; ///< [i]
  std::vector<double> back;    ///< [i]
};

FaceConductances conductances(const ExchangeCells& cells);

/// For a surface held in the mask opening and tight beside it. There the solution goes with the root of the distance
/// from the edge of the mask, of which ordinary conductances make an error of first order in the cell width. These pass
/// the exact flux of S = Re arcosh(x + iy)/a, the steady state of an opening of half width a: the flux through a face
/// is the difference of the conjugate function Im arcosh at its ends. Away from the edge they tend to the ordinary.
FaceConductances edge_conductances(const ExchangeCells& cells);

} // namespace beachfront::optics
