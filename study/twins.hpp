// SPDX-License-Identifier: GPL-3.0-or-later
// Whether two designs are twins: the keys in which they differ.
#pragma once

#include "study/tree.hpp"

#include <string>
#include <vector>

namespace beachfront::study {

struct DifferingKey {
  std::string path;
  std::string first; ///< the first design's value; of a map with another `name` that name, else as describe() says
  std::string other;
};

/// Of two resolved designs, in the order of the first, without `name` and `description`. A map below another `name`, as
/// a library entry in place of another, counts once.
std::vector<DifferingKey> differing_keys(const Tree& first, const Tree& other);

/// "B differs from A in 2 keys: substrate.kind (glass, organic), ..."; more than twelve keys are counted by block.
std::string differing_text(const std::string& first, const std::string& other, const std::vector<DifferingKey>& keys);

} // namespace beachfront::study
