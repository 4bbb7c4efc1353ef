// SPDX-License-Identifier: GPL-3.0-or-later
// One axis of a model that stands for a half and its image in the half's first plane.
#pragma once

#include <cstddef>
#include <vector>

namespace beachfront::thermal {

/// Planes of the whole, in the half's order along the axis; where there is no image, the given planes alone.
struct UnfoldedAxis {
  std::vector<double> planes;
  std::size_t images = 0; ///< so many planes, and cells, at the front are images

  std::size_t cells() const { return planes.size() - 1; }
  /// Of the half, the cell (or plane) that a cell (or plane) of the whole is, or is the image of.
  std::size_t cell(std::size_t i) const { return is_image(i) ? images - 1 - i : i - images; }
  std::size_t plane(std::size_t i) const { return is_image(i) ? images - i : i - images; }
  bool is_image(std::size_t i) const { return i < images; }
  /// Of what points along the axis, in the half's terms.
  double sign(std::size_t i) const { return is_image(i) ? -1 : 1; }
};

inline UnfoldedAxis unfolded_axis(const std::vector<double>& planes, bool half) {
  UnfoldedAxis whole;
  whole.images = half ? planes.size() - 1 : 0;
  for (std::size_t i = whole.images; i > 0; --i)
    whole.planes.push_back(2 * planes.front() - planes[i]);
  whole.planes.insert(whole.planes.end(), planes.begin(), planes.end());
  return whole;
}

} // namespace beachfront::thermal
