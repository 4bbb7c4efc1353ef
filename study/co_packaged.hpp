// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "power/transceiver.hpp"

namespace beachfront::study {

/// Whether a class of optics is repaired with the switch it is packaged with; near-packaged engines are replaced like
/// modules, an assumption.
inline bool is_co_packaged(power::TransceiverKind kind) {
  return kind == power::TransceiverKind::cpo_fibre || kind == power::TransceiverKind::cpo_glass;
}

} // namespace beachfront::study
