// SPDX-License-Identifier: GPL-3.0-or-later
// A recipe without a mask makes a planar guide, which holds light in depth only: what metrology prisms measure.
#pragma once

#include "optics/waveguide.hpp"

namespace beachfront::optics {

/// Whether the guide is a recipe whose whole surface is open.
bool is_planar(const Waveguide& guide);

/// All modes of a planar guide, full-vector, at every wavelength. Figures of the lateral direction stand in `absent`;
/// the lateral members of ModeFigures and ProfileSize are 0 and mean nothing.
WaveguideFigures solve_planar(const Waveguide& guide);

} // namespace beachfront::optics
