// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/schema.hpp"

namespace beachfront::study {
namespace {

Key figure(const char* sentence) {
  return text("figure", sentence);
}

Key parameter() {
  const Range any_number;
  return block("", "A key of the design and the values it takes.",
               {text("path", "Of the key, as waveguides.recipe.steps[0].time_min; indices count from 0."),
                list("values", any("", "A value for that key."), at_least(1), "The values.").optional(),
                block("range", "Values in equal steps, both ends included.",
                      {ratio("from", any_number, "First value, in the unit of the key."),
                       ratio("to", any_number, "Last value."), integer("count", between(1, 1e6), "How many.")})
                    .optional()})
      .exactly_one({{"values"}, {"range"}});
}

} // namespace

const Key& sweep_schema() {
  static const Key schema = block(
      "", "A base design and what is varied in it.",
      {text("name", "Name of the sweep, for reports.").optional(),
       text("description", "One line for the reader.").optional(),
       text("base", "The design file, relative to the sweep file."),
       choice("mode", {"grid", "list"},
              "grid: every combination, the last parameter changes fastest; list: the k-th values of all parameters "
              "together.")
           .defaulted("grid"),
       list("parameters", parameter(), at_least(1), "What is varied."),
       block("screening", "Designs that cannot be feasible, told before the solve.",
             {choice("rungs", {"auto", "none"},
                     "auto: lasers, placement, fibre ribbons, connectors and electrical lanes are judged first; a "
                     "design that fails there is infeasible and not solved.")
                  .defaulted("auto"),
              ratio("audit_share", between(0, 1),
                    "Of the rejected designs, the share that is solved in full all the same: none may be feasible.")
                  .defaulted("0.02")})
           .defaulted(),
       list("constraints",
            block("", "A figure's limit.",
                  {figure("Path in results.json, as link.worst_margin_dB."),
                   ratio("min", Range{}, "Least good value.").optional(),
                   ratio("max", Range{}, "Greatest good value.").optional()}),
            at_least(0), "What a good design keeps to.")
           .defaulted("[]"),
       list("objectives",
            block("", "A figure to be made better.",
                  {figure("Path in results.json."), choice("goal", {"minimise", "maximise"}, "Which way is better.")}),
            at_least(0), "What designs are ranked by.")
           .defaulted("[]"),
       list("outputs", text("", "Path of a figure in results.json."), at_least(0),
            "Columns of results.csv; the headline figures where empty.")
           .defaulted("[]")});
  return schema;
}

} // namespace beachfront::study
