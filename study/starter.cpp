// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/starter.hpp"

#include "study/schema.hpp"
#include "study/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace beachfront::study {
namespace {

/// The values of the starter: a quarter of a 51.2T switch. Only what has no default, or is better seen than looked up.
constexpr const char* values = R"(
name: NAME
description: 12.8 Tb/s, four engines of 3.2 Tb/s on a glass core with ion-exchanged waveguides
switch: {bandwidth_Tbps: 12.8, lane_rate_Gbps: 200, modulation: pam4}
asic:
  dies:
    - {name: die, width_mm: 15, height_mm: 15, power_W: 120}
substrate:
  kind: glass
  width_mm: 70
  height_mm: 70
  stack_up:
    - {name: solder mask, material: solder-mask, thickness_um: 20}
    - {name: build-up, material: abf-gl102, thickness_um: 30, copper_thickness_um: 15, copper_fraction: 0.5, repeat: 3}
    - {name: core, material: glass-alkali, thickness_um: 1200, via_copper_fraction: 0.01}
    - {name: build-up, material: abf-gl102, thickness_um: 30, copper_thickness_um: 15, copper_fraction: 0.5, repeat: 3}
    - {name: solder mask, material: solder-mask, thickness_um: 20}
engines:
  count: 4
  bandwidth_Tbps: 3.2
  width_mm: 8
  depth_mm: 6
  wavelengths_per_fibre: 4
  modulator: ring
  optical_ports: {tx: 4, rx: 4, laser: 4}
waveguides:
  glass: glass-alkali
  recipe: iox-thermal-a0
  wavelength_um: 1.31
  cover_index: 1
connectors:
  ferrule: mt-16
laser: {modules: 4, lasers_per_module: 4, lanes_per_laser: 4}
cooling:
  lid: {width_mm: 60, height_mm: 60}
)";

std::string comment_of(const Key& key) {
  switch (key.kind) {
  case KeyKind::number:
  case KeyKind::integer:
  case KeyKind::choice:
    return fmt::format("{} ({})", key.sentence, allowed_text(key));
  case KeyKind::entry:
    return fmt::format("{} (library: {})", key.sentence, key.section);
  default:
    return key.sentence;
  }
}

std::string one_line(const Node& node) {
  std::string text = print_yaml(node);
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

struct Writer {
  std::string out;

  /// The comment stands behind the text, or above it where the line would be too long.
  void line(std::size_t indent, const std::string& text, const std::string& comment) {
    constexpr std::size_t column = 42; // where comments stand in line
    constexpr std::size_t longest = 120;
    const std::string margin(indent, ' ');
    const std::size_t start = std::max(indent + text.size() + 2, column);
    if (start + 2 + comment.size() <= longest) {
      out += margin + text + std::string(start - indent - text.size(), ' ') + "# " + comment + "\n";
      return;
    }
    std::string rest = comment;
    while (!rest.empty()) {
      const std::size_t room = longest - indent - 3;
      const std::size_t end = rest.size() <= room ? rest.size() : rest.rfind(' ', room);
      out += margin + "## " + rest.substr(0, end) + "\n";
      rest.erase(0, end + 1);
    }
    out += margin + text + "\n";
  }

  /// What may be added here, as a comment: the default, or what it would be.
  void absent(const Key& key, std::size_t indent) {
    const std::string value = key.fallback.empty() ? "" : " " + key.fallback;
    constexpr std::size_t longest = 60; // longer defaults are in docs/design-file.md
    line(indent, "# " + key.name + ":" + (value.size() > longest ? " ..." : value), comment_of(key));
  }

  void block(const Key& schema, const Node& node, std::size_t indent) {
    for (const Key& key : schema.keys) {
      const Entry* entry = node.find(key.name);
      if (indent == 0)
        out += '\n';
      if (!entry) {
        absent(key, indent);
      } else if (key.kind == KeyKind::block) {
        line(indent, key.name + ":", comment_of(key));
        block(key, entry->value, indent + 2);
      } else if (key.kind == KeyKind::list && key.keys[0].kind == KeyKind::block) {
        line(indent, key.name + ":", comment_of(key));
        list(key.keys[0], entry->value, indent + 2);
      } else {
        line(indent, key.name + ": " + one_line(entry->value), comment_of(key));
      }
    }
  }

  /// One line an item; the keys are explained once, above.
  void list(const Key& element, const Node& node, std::size_t indent) {
    for (const Key& key : element.keys)
      line(indent, "# " + key.name, comment_of(key));
    for (const Node& item : node.items) {
      std::string flow;
      for (const Entry& entry : item.entries)
        flow += (flow.empty() ? "" : ", ") + entry.key + ": " + one_line(entry.value);
      out += std::string(indent, ' ') + "- {" + flow + "}\n";
    }
  }
};

} // namespace

std::string starter_design(const std::string& name) {
  Tree tree = parse_tree(values, "starter");
  Node& title = tree.node.find("name")->value;
  title.text = name;
  title.quoted = true; // a name like 2024 stays a text
  Writer writer{
      "# A starting point: run `beachfront check` and `beachfront solve` on it, then change it.\n"
      "# Every key ends in its unit. Keys behind a # are at their default or left out; docs/design-file.md has all.\n"};
  writer.block(design_schema(), tree.node, 0);
  return std::move(writer.out);
}

} // namespace beachfront::study
