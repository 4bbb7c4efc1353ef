// SPDX-License-Identifier: GPL-3.0-or-later
// A small design that resolves with data/small-library, for tests to break.
#pragma once

#include "message_of.hpp"
#include "study/library.hpp"
#include "study/resolve.hpp"
#include "study/schema.hpp"
#include "study/yaml.hpp"

#include <filesystem>
#include <string>

namespace beachfront::study::example {

/// Line 1 is "name: good"; the tests count on its lines and columns.
inline constexpr const char* good_design = R"(name: good
switch:
  bandwidth_Tbps: 12.8
  lane_rate_Gbps: 200
  modulation: pam4
asic:
  dies:
    - {name: die, width_mm: 15, height_mm: 15, power_W: 120}
  underfill: {thickness_um: 80}
substrate:
  kind: glass
  width_mm: 60
  height_mm: 60
  stack_up:
    - {name: top, material: abf, thickness_um: 30, repeat: 4}
    - {name: core, material: glass, thickness_um: 1000}
    - {name: bottom, material: abf, thickness_um: 30, repeat: 4}
engines:
  count: 4
  bandwidth_Tbps: 3.2
  width_mm: 8
  depth_mm: 6
  wavelengths_per_fibre: 4
  optical_ports: {tx: 4, rx: 4, laser: 4}
  placement:
    sides: [N, E, S, W]
    pitch_mm: 9
waveguides:
  glass: soda
  recipe: two-step
  wavelength_um: 1.31
  rules: {min_bend_radius_mm: auto, min_pitch_um: 50}
connectors: {ferrule: mt-16}
laser:
  location: external
  modules: 4
  lasers_per_module: 4
  lanes_per_laser: 4
cooling:
  lid: {width_mm: 50, height_mm: 50}
assembly:
  - {join: die, temperature_C: 217}
comparison: {alternatives: []}
)";

inline const std::filesystem::path source_dir = BEACHFRONT_SOURCE_DIR;
inline const std::filesystem::path data_dir = source_dir / "tests/study/data";

inline const Library& small_library() {
  static const Library library = load_library(data_dir / "small-library", Tree{});
  return library;
}

inline Tree resolve_text(const std::string& text) {
  return resolve(parse_tree(text, "x.yaml"), design_schema(), small_library());
}

/// The good design with one text replaced; throws std::logic_error when there is nothing to replace.
inline std::string edited(const std::string& find, const std::string& replace, std::string text = good_design) {
  const std::size_t at = text.find(find);
  if (at == std::string::npos)
    throw std::logic_error("the good design has no '" + find + "'");
  return text.replace(at, find.size(), replace);
}

} // namespace beachfront::study::example
