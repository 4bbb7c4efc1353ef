// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/schema_docs.hpp"

#include "study/schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace beachfront::study {
namespace {

constexpr const char* introduction = R"(# The design file

Written from the schema by `beachfront schema --markdown`; a test compares this file with it.

A design is one YAML file. Every number has its unit at the end of its key: `width_mm` is in millimetres, and the value
is the bare number. Keys that are not listed here are errors, at every depth; a message names file, line and column,
what was found, what is allowed and the nearest key. `beachfront check --resolved` prints a design with every default
and library value in place and where each comes from; `beachfront schema` prints the JSON Schema for editors.

**Frame.** Origin at the package centre, x east, y north, z up from the board side. Sides are N, E, S and W.

**Library.** Where a key takes an entry of the library, write its name (`material: silicon`), its name with changes
(`material: {use: silicon, cte_ppm_per_K: 3.0}`), or the whole entry. The library is the folder given by `--library`,
else by the environment variable `BEACHFRONT_LIBRARY`, else `../library` beside the design's folder, else the one the
program was built with. `library: [mine.yaml]` in a design adds the user's own files, whose entries win.

**Paths.** `--set` and sweeps name a key by its path, as `waveguides.recipe.steps[0].time_min`; indices count from 0, and
a path may go into a library entry. `--set path=null` removes a key, so that its default comes back.

**YAML.** Block and flow style, comments, quotes, anchors and aliases. Refused: duplicate keys, merge keys (`<<`), tags,
several documents, tabs as indentation, bytes that are no UTF-8. Numbers are decimal: no unit, no grouping, no octal,
no `nan`. `true` and `false` are the only flags. In flow style (`{}` or `[]`) a text with brackets or commas, such as a
path with an index, needs quotes.
)";

std::string code(const std::string& text) {
  return "`" + text + "`";
}

/// A '|' would end the cell.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += c == '|' ? "\\|" : std::string(1, c);
  return out;
}

/// "a list of 1 to 4, each one of N, E", with what has a section of its own only named.
std::string allowed_cell(const Key& key) {
  switch (key.kind) {
  case KeyKind::block:
    return "block, below";
  case KeyKind::variant:
    return "block of one kind, below";
  case KeyKind::entry:
    return "entry of " + code(key.section);
  case KeyKind::map:
    return "named entries, below";
  case KeyKind::list: {
    const Key& element = key.keys[0];
    const bool nested = element.kind == KeyKind::block || element.kind == KeyKind::variant;
    std::string text = allowed_text(key);
    if (nested || element.kind == KeyKind::entry) {
      text =
          text.substr(0, text.find(", each")) + (nested ? ": blocks, below" : ": entries of " + code(element.section));
    }
    return text;
  }
  default:
    return allowed_text(key);
  }
}

std::string default_cell(const Key& key) {
  switch (key.presence) {
  case Presence::required:
    return "required";
  case Presence::optional:
    return "optional";
  case Presence::defaulted:
    break;
  }
  return key.fallback.empty() ? "its defaults" : code(key.fallback);
}

struct Document {
  std::string out;

  void table(const Key& block) {
    out += "\n| key | allowed | default | meaning |\n|---|---|---|---|\n";
    for (const Key& key : block.keys) {
      out += fmt::format("| {} | {} | {} | {} |\n", code(key.name), cell(allowed_cell(key)), cell(default_cell(key)),
                         cell(key.sentence));
    }
    for (const OneOf& choice : block.one_of) {
      std::vector<std::string> names;
      for (const auto& alternative : choice.alternatives) {
        std::vector<std::string> together;
        for (const std::string& name : alternative)
          together.push_back(code(name));
        names.push_back(fmt::format("{}", fmt::join(together, " with ")));
      }
      out += fmt::format("\n{} one of {}.\n", choice.needed ? "Exactly" : "At most", fmt::join(names, " or "));
    }
  }

  /// The block at `path` and what is nested in it.
  void section(const Key& block, const std::string& path) {
    out += fmt::format("\n### {}\n\n{}\n", code(path), block.sentence);
    table(block);
    nested(block, path);
  }

  void nested(const Key& block, const std::string& path) {
    for (const Key& key : block.keys) {
      const std::string at = path.empty() ? key.name : path + "." + key.name;
      inside(key, at);
    }
  }

  void inside(const Key& key, const std::string& at) {
    if (key.kind == KeyKind::block) {
      section(key, at);
    } else if (key.kind == KeyKind::list) {
      Key element = key.keys[0];
      if (element.kind == KeyKind::block)
        element.sentence = key.sentence;
      inside(element, at + "[]");
    } else if (key.kind == KeyKind::variant) {
      for (const Key& kind : key.keys) {
        out += fmt::format("\n### {} with {}\n\n{}\n", code(at), code("kind: " + kind.name), kind.sentence);
        table(kind);
      }
    }
  }

  void file(const char* title, const Key& schema) {
    out += fmt::format("\n## {}\n\n{}\n", title, schema.sentence);
    table(schema);
    nested(schema, "");
  }
};

} // namespace

std::string schema_markdown() {
  Document document{introduction};
  document.file("Design", design_schema());
  document.out +=
      "\n## Waveguide file\n\nFor `beachfront modes`: the keys of `waveguides` at the top of a file of their own, "
      "and `name`, `description` and `library` as in a design.\n";
  document.file("Sweep", sweep_schema());
  document.out +=
      fmt::format("\n## Library files\n\n{} Each entry must name its `source`.\n", library_schema().sentence);
  for (const Key& part : library_schema().keys) {
    Key element = part.keys[0];
    element.sentence = part.sentence;
    document.section(element, part.name + ".NAME");
  }
  return std::move(document.out);
}

} // namespace beachfront::study
