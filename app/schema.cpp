// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/schema.hpp"
#include "app/command.hpp"
#include "study/json_schema.hpp"
#include "study/schema_docs.hpp"

#include <fmt/core.h>

#include <map>
#include <memory>

namespace beachfront::app {

void add_schema(CLI::App& program, const Globals&, Run& run) {
  struct Options {
    std::string of = "design";
    bool markdown = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("schema", "Print the JSON Schema of a file, for editors");
  command->add_option("--of", options->of, "design, waveguide, sweep or library")
      ->check(CLI::IsMember({"design", "waveguide", "sweep", "library"}));
  command->add_flag("--markdown", options->markdown, "Print docs/design-file.md instead");
  command->callback([&run, options] {
    run = [options] {
      if (options->markdown) {
        fmt::print("{}", study::schema_markdown());
        return good;
      }
      const std::map<std::string, const study::Key&> schemas = {{"design", study::design_schema()},
                                                                {"waveguide", study::waveguide_schema()},
                                                                {"sweep", study::sweep_schema()},
                                                                {"library", study::library_schema()}};
      fmt::print("{}\n", study::json_schema(schemas.at(options->of)).dump(2));
      return good;
    };
  });
}

} // namespace beachfront::app
