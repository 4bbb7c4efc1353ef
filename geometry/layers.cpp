// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/layers.hpp"

#include <fmt/core.h>

#include <array>
#include <cctype>
#include <stdexcept>

namespace beachfront::geometry {
namespace {

struct Row {
  int layer;
  int datatype; ///< `any` where each guide layer has its own
  const char* name;
  const char* holds;
  const char* colour;
  const char* dither;
  int dxf_colour;
  bool shown;
};

constexpr int any = -1;

// Colours are mid-tones, to be seen on KLayout's black and on white. Net names are hidden at first: hundreds of them
// overlap until one looks closely.
constexpr std::array table = {
    Row{1, 0, "package outline", "Outline of the package substrate.", "#8a979f", "I1", 8, true},
    Row{2, 0, "die", "Outlines of the dies of the switch.", "#6f93b8", "I9", 153, true},
    Row{3, 0, "engine", "Outlines of the optical engines, spares included.", "#b3872c", "I5", 42, true},
    Row{10, any, "guide mask opening", "Slits the ions enter the glass through.", "#2b86d1", "I0", 5, true},
    Row{20, 0, "keep-out", "Areas that guides and bodies must not enter.", "#c0392b", "I2", 1, true},
    Row{20, 1, "keep-out for guides", "Areas that guides must not enter.", "#c0392b", "I9", 1, true},
    Row{20, 2, "keep-out for bodies", "Areas that engines must not enter.", "#c0392b", "I5", 1, true},
    Row{30, 0, "connector landing", "What a ferrule's body covers.", "#8f83cc", "I5", 173, true},
    Row{31, 0, "fibre ribbon", "Corridors of ribbons, engine to edge.", "#2e8b57", "I9", 94, true},
    Row{40, any, "crossing", "A square around each place where two guides cross.", "#d2451e", "I1", 30, true},
    Row{50, 0, "engine names", "One text an engine, at its centre.", "#a0826d", "I1", 33, true},
    Row{51, any, "net names", "One text a guide, at its port.", "#a0826d", "I1", 33, false},
};

// Guide layers one above the other have to be told apart.
constexpr std::array guide_colours = {std::pair{"#2b86d1", 5}, std::pair{"#d17f2b", 30}, std::pair{"#3aa655", 3},
                                      std::pair{"#b04fb8", 6}};

} // namespace

Layer describe(LayerNumber number) {
  for (const Row& row : table) {
    if (row.layer != number.layer || (row.datatype != any && row.datatype != number.datatype))
      continue;
    Layer layer{number, row.name, row.holds, row.colour, row.dither, row.dxf_colour, row.shown};
    if (row.datatype == any)
      layer.name += fmt::format(", layer {}", number.datatype + 1);
    if (number.layer == layer::guide(0).layer) {
      const auto& [colour, index] = guide_colours[static_cast<std::size_t>(number.datatype) % guide_colours.size()];
      layer.colour = colour;
      layer.dxf_colour = index;
    }
    return layer;
  }
  throw std::invalid_argument(fmt::format("there is no layer {}/{}", number.layer, number.datatype));
}

std::string plain_name(const Layer& layer) {
  std::string name = layer.name;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '-')
      c = '_';
  return name;
}

} // namespace beachfront::geometry
