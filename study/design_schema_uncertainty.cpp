// SPDX-License-Identifier: GPL-3.0-or-later
// How far the inputs of a design may lie from their values.
#include "study/design_schema.hpp"

namespace beachfront::study {

namespace {

Key ranges() {
  Key input = block("", "An input and the ends of its range.",
                    {text("path", "In the design, as `--set` takes it; a list's element also by its name, [core]."),
                     ratio("low", {}, "Low end, in the input's unit.").optional(),
                     ratio("high", {}, "High end, in the input's unit.").optional(),
                     ratio("low_factor", between(0, 1), "Low end over the design's value.").optional(),
                     ratio("high_factor", between(1, 1000), "High end over the design's value.").optional(),
                     text("source", "Where the range comes from.").defaulted("the design")});
  return list("inputs", std::move(input).exactly_one({{"low", "high"}, {"low_factor", "high_factor"}}), at_least(0),
              "Ranges, triangular about the design's value.");
}

} // namespace

Key uncertainty_entry() {
  return block("", "A set of ranges for the block `uncertainty`.",
               {name_key("As reports print it; the entry's own name where not given.").optional(),
                text("source", "Where the values come from; for entries written inside a design it may be left out."),
                ranges()});
}

Key uncertainty_block() {
  return block("uncertainty", "How well the inputs are known, for the intervals of the headline figures.",
               {entry("ranges", "uncertainties", "A set of ranges; those of paths the design lacks are passed over.")
                    .defaulted("usual"),
                ranges().defaulted("[]"),
                integer("samples", between(0, 100000), "Drawn for the intervals; 0: no intervals.").defaulted("2000")})
      .defaulted();
}

} // namespace beachfront::study
