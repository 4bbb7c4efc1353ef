// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of the declared files, one function each; schema.hpp names what the outside uses.
#pragma once

#include "study/schema.hpp"

#include <vector>

namespace beachfront::study {

// Of a design file.
Key switch_block();
Key asic_block();
Key substrate_block();
Key engines_block();
std::vector<Key> waveguide_keys(); ///< of the block `waveguides`, which is a file of its own for `modes`
std::vector<OneOf> waveguide_choices();
Key waveguides_block();
Key connectors_block();
Key fibre_attach_block();
Key laser_block();
Key link_block();
Key cooling_block();
Key assembly_block();
Key operation_block();
Key comparison_block();
Key uncertainty_block();
Key ownership_block(); ///< of comparison
Key fleet_block();
Key fidelity_block();

// Of library entries.
Key material_entry();
Key glass_entry();
Key recipe_entry();
Key ferrule_entry();
Key fibre_entry();
Key standard_entry();
Key modulator_entry();
Key transceiver_entry();
Key uncertainty_entry();

// Shapes that several blocks share.
Key name_key(std::string sentence);
Key x_mm(); ///< position in the package frame
Key y_mm();
Key width_mm(double largest, std::string sentence);
Key height_mm(double largest, std::string sentence);
Key layer(std::string name, std::string sentence, const std::string& material, double thickness_um);

} // namespace beachfront::study
