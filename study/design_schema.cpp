// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/design_schema.hpp"

#include "study/number_text.hpp"

#include <stdexcept>
#include <string>

namespace beachfront::study {

Key name_key(std::string sentence) {
  return text("name", std::move(sentence));
}

namespace {
constexpr double half_panel_mm = 300; // no package is larger than a 600 mm panel
}

Key x_mm() {
  return number("x_mm", between(-half_panel_mm, half_panel_mm), "East of the package centre.");
}
Key y_mm() {
  return number("y_mm", between(-half_panel_mm, half_panel_mm), "North of the package centre.");
}

Key width_mm(double largest, std::string sentence) {
  return number("width_mm", above(0, largest), std::move(sentence));
}
Key height_mm(double largest, std::string sentence) {
  return number("height_mm", above(0, largest), std::move(sentence));
}

Key layer(std::string name, std::string sentence, const std::string& material, double thickness_um) {
  return block(std::move(name), std::move(sentence),
               {entry("material", "materials", "What the layer is made of.").defaulted(material),
                number("thickness_um", above(0, 5000), "Bond line.").defaulted(print_number(thickness_um))})
      .defaulted();
}

const Key& design_schema() {
  static const Key schema =
      block("", "A package: switch die, engines, substrate, guides, light and cooling.",
            {text("name", "Name of the design, as results and reports print it."),
             text("description", "One line for the reader.").optional(),
             list("library", text("", "A library file, relative to the design file."), at_least(0),
                  "The user's own library files; their entries win over those of the same name.")
                 .optional(),
             switch_block(), asic_block(), substrate_block(), engines_block(), waveguides_block(), connectors_block(),
             fibre_attach_block(), laser_block(), link_block(), cooling_block(), assembly_block(), operation_block(),
             comparison_block(), fleet_block(), uncertainty_block(), fidelity_block()})
          .exactly_one({{"waveguides", "connectors"}, {"fibre_attach"}});
  return schema;
}

const Key& waveguide_schema() {
  static const Key schema = [] {
    std::vector<Key> keys = waveguide_keys();
    keys.insert(keys.begin(), {text("name", "Name of the waveguide, as results print it.").optional(),
                               text("description", "One line for the reader.").optional(),
                               list("library", text("", "A library file, relative to this file."), at_least(0),
                                    "The user's own library files.")
                                   .optional()});
    Key file = block("", "One waveguide alone: the block `waveguides` of a design as a file of its own.", keys);
    file.one_of = waveguide_choices();
    return file;
  }();
  return schema;
}

const Key& library_schema() {
  static const Key schema =
      block("", "Named entries that designs refer to. A design's own library files have the same form.",
            {map("materials", material_entry(), "Elastic, thermal and fracture properties.").optional(),
             map("glasses", glass_entry(), "Refractive index and ion exchange of a glass.").optional(),
             map("recipes", recipe_entry(), "What is done at the furnace to make a guide.").optional(),
             map("ferrules", ferrule_entry(), "Detachable fibre connectors at the package edge.").optional(),
             map("fibres", fibre_entry(), "Fibres that guides are coupled to.").optional(),
             map("standards", standard_entry(), "What a link must launch and may lose.").optional(),
             map("modulators", modulator_entry(), "How an engine puts data on light.").optional(),
             map("transceivers", transceiver_entry(), "Classes of optics to compare with.").optional(),
             map("uncertainties", uncertainty_entry(), "Sets of ranges of a design's inputs.").optional()});
  return schema;
}

const Key& entry_schema(std::string_view section) {
  // A reference in a design may name its entry, or leave the source to the design.
  static const std::vector<Key> entries = [] {
    std::vector<Key> all;
    for (const Key& part : library_schema().keys) {
      Key entry_of_part = part.keys[0];
      entry_of_part.name = part.name;
      for (Key& key : entry_of_part.keys) {
        if (key.name == "source")
          key = std::move(key).defaulted("the design file");
        if (key.name == "name")
          key = std::move(key).defaulted("inline");
      }
      all.push_back(std::move(entry_of_part));
    }
    return all;
  }();
  for (const Key& one : entries)
    if (one.name == section)
      return one;
  throw std::logic_error("the library has no section " + std::string(section));
}

} // namespace beachfront::study
