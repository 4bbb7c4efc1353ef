// SPDX-License-Identifier: GPL-3.0-or-later
// Waveguide files as texts, with the library of the source tree.
#pragma once

#include "message_of.hpp"
#include "study/modes.hpp"
#include "study/resolve.hpp"
#include "study/yaml.hpp"

#include <filesystem>
#include <string>

namespace beachfront::study::example {

inline const Library& shipped_library() {
  static const Library library = load_library(std::filesystem::path(BEACHFRONT_SOURCE_DIR) / "designs/library", Tree{});
  return library;
}

/// The file "g.yaml" of a folder; nothing is written.
inline Tree guide_tree(const std::string& text, const std::filesystem::path& folder = "") {
  return resolve(parse_tree(text, (folder / "g.yaml").string()), waveguide_schema(), shipped_library());
}

inline Json fast_modes(const std::string& text, const std::filesystem::path& folder = "") {
  return modes_json(guide_tree(text, folder), shipped_library(), optics::Fidelity::fast);
}

inline Json full_modes(const std::string& text, const std::filesystem::path& folder = "") {
  return modes_json(guide_tree(text, folder), shipped_library(), optics::Fidelity::full);
}

inline const std::string gaussian_guide =
    "background_index: 1.5065\n"
    "profile: {kind: gaussian, delta_n: 0.012, half_width_x_um: 4.0, half_width_y_um: 3.0}\n";

} // namespace beachfront::study::example
