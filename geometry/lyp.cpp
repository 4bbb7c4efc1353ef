// SPDX-License-Identifier: GPL-3.0-or-later
#include "geometry/lyp.hpp"

#include <fmt/core.h>

namespace beachfront::geometry {

void write_lyp(std::ostream& stream, const Drawing& drawing) {
  stream << "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<layer-properties>\n";
  for (const Layer& layer : layers_in_use(drawing)) {
    // The number stands in <source> alone: repeated in <name>, KLayout would take it for a part of the name.
    stream << fmt::format(" <properties>\n"
                          "  <frame-color>{0}</frame-color>\n"
                          "  <fill-color>{0}</fill-color>\n"
                          "  <dither-pattern>{1}</dither-pattern>\n"
                          "  <visible>{5}</visible>\n"
                          "  <width>1</width>\n"
                          "  <name>{2}</name>\n"
                          "  <source>{3}/{4}@1</source>\n"
                          " </properties>\n",
                          layer.colour, layer.dither, layer.name, layer.number.layer, layer.number.datatype,
                          layer.shown);
  }
  stream << "</layer-properties>\n";
}

} // namespace beachfront::geometry
