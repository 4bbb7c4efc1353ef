// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/schema.hpp"

namespace beachfront::study {
namespace {

Key figure(const char* sentence) {
  return text("figure", sentence);
}

constexpr Range any_number;

Key limit(const char* name, const char* sentence) {
  return ratio(name, any_number, sentence).optional();
}

Key distribution() {
  const char* low = "Nothing below; what was cut off is spread over the rest.";
  const char* high = "Nothing above.";
  return variant("distribution", "How likely which value is, in the unit of the key.",
                 {block("uniform", "Equally likely everywhere between.",
                        {ratio("low", any_number, "Least value."), ratio("high", any_number, "Greatest value.")}),
                  block("triangular", "Most likely at one value, less so towards either end.",
                        {ratio("low", any_number, "Least value."), ratio("mode", any_number, "The most likely value."),
                         ratio("high", any_number, "Greatest value.")}),
                  block("normal", "A bell curve.",
                        {ratio("mean", any_number, "Its middle."), ratio("sd", above(0), "Its standard deviation."),
                         limit("low", low), limit("high", high)}),
                  block("log_normal", "A bell curve of the logarithm: tolerances that are factors.",
                        {ratio("median", above(0), "Half of all values lie below."),
                         ratio("sigma_ln", above(0, 10), "Standard deviation of the natural logarithm.").optional(),
                         ratio("factor", above(1, 1e4),
                               "One standard deviation: two of three values lie within this "
                               "factor of the median.")
                             .optional(),
                         limit("low", low), limit("high", high)})
                      .exactly_one({{"sigma_ln"}, {"factor"}})})
      .optional();
}

Key range() {
  return block("range", "From one value to another.",
               {ratio("from", any_number, "Least value, in the unit of the key."),
                ratio("to", any_number, "Greatest value."),
                integer("count", between(1, 1e6),
                        "How many values in equal steps, both ends included. Without it, in sampled modes alone: every "
                        "value between, or every whole number where the key takes only those.")
                    .optional()})
      .optional();
}

Key parameter() {
  const char* place = "Path of a key, as waveguides.recipe.steps[0].time_min; indices count from 0.";
  return block(
             "", "What is varied: a key of the design, or several together, and the values it takes.",
             {text("path", place).optional(),
              list("paths", text("", place), at_least(1), "Several keys that take the same value.").optional(),
              text("name", "Of several keys that change together, for the column of the results.").optional(),
              list("also",
                   block("", "A number that follows the parameter's: factor times it plus offset.",
                         {text("path", place), ratio("factor", any_number, "What it is multiplied by.").defaulted("1"),
                          ratio("offset", any_number, "What is added, in the unit of the key.").defaulted("0")}),
                   at_least(1), "Further keys that change with this one.")
                  .optional(),
              list("values", any("", "A value for the key: a number, a word, an entry of the library, a block."),
                   at_least(1), "The values; equally likely in sampled modes.")
                  .optional(),
              range(), distribution(),
              list("bundles", map("", any("", "A value for that key."), "Paths of keys, each with its value."),
                   at_least(1), "What the keys are set to, one set after the other; equally likely in sampled modes.")
                  .optional()})
      .exactly_one({{"path"}, {"paths"}, {"name"}})
      .exactly_one({{"values"}, {"range"}, {"distribution"}, {"bundles"}});
}

} // namespace

const Key& sweep_schema() {
  static const Key schema = block(
      "", "A base design and what is varied in it.",
      {text("name", "Name of the sweep, for reports.").optional(),
       text("description", "One line for the reader.").optional(),
       text("base", "The design file, relative to the sweep file."),
       choice(
           "mode", {"grid", "list", "random", "latin_hypercube", "sobol", "morris", "saltelli"},
           "grid: every combination, the last parameter changes fastest; list: the k-th values of all parameters "
           "together; the others sample: random independently, latin_hypercube evenly in each parameter, sobol "
           "evenly in all together, morris one parameter at a time (elementary effects), saltelli two sets and their "
           "crossings (Sobol's indices).")
           .defaulted("grid"),
       integer("designs", between(1, 1e6), "How many, in modes random, latin_hypercube and sobol.").optional(),
       integer("trajectories", between(1, 1e6),
               "Of mode morris; each is as many designs as there are parameters, and one more.")
           .optional(),
       integer("levels", between(2, 1000), "Of mode morris: values a parameter can take, an even number.")
           .defaulted("4"),
       integer("base_samples", between(1, 1e6),
               "Of mode saltelli; each is as many designs as there are parameters, and two more. A power of 2 is best.")
           .optional(),
       integer("seed", between(0, 9007199254740992.0), "Of sampled modes: another number gives other samples.")
           .defaulted("1"),
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
                  {figure("Path in results.json."),
                   choice("goal", {"minimise", "maximise", "least_magnitude"},
                          "Which way is better; least_magnitude: towards zero, for figures with a sign, as warpage."),
                   ratio("reference", Range{},
                         "The worst value that the hypervolume counts; a tenth of the front's extent beyond its worst "
                         "where left out.")
                       .optional()}),
            between(0, 6), "What designs are ranked by.")
           .defaulted("[]"),
       list("outputs", text("", "Path of a figure in results.json."), at_least(0),
            "Columns of results.csv; the headline figures where empty.")
           .defaulted("[]")});
  return schema;
}

} // namespace beachfront::study
