// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_tree.hpp"
#include "study/outputs.hpp"

#include <map>

namespace beachfront::app {
namespace {

/// Words that an option's own check takes, by its longest name; where two commands differ, by the command's too.
std::vector<std::string> few_words(const std::string& command, const std::string& name) {
  static const std::map<std::string, std::vector<std::string>> all = {
      {"--designs", {"best", "front"}},
      {"--engine", {"slurm", "parallel", "snakemake"}},
      {"--fidelity", {"fast", "full"}},
      {"export --format", {study::layout_formats.begin(), study::layout_formats.end()}},
      {"sweep export --format", {"csv", "jsonl", "csv,jsonl"}},
      {"--of", {"design", "waveguide", "sweep", "library"}},
      {"SHELL", {"bash", "zsh", "fish"}},
  };
  auto found = all.find(command + " " + name);
  if (found == all.end())
    found = all.find(name);
  return found == all.end() ? std::vector<std::string>{} : found->second;
}

OptionWords words_of(const std::string& command, const CLI::Option& option) {
  OptionWords words;
  words.positional = option.get_positional();
  if (words.positional)
    words.names.push_back(option.get_name());
  for (const std::string& name : option.get_snames())
    words.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames())
    words.names.push_back("--" + name);
  words.description = option.get_description();
  words.takes_value = option.get_items_expected_max() > 0;
  words.values = few_words(command, words.names.back());
  return words;
}

void add(const CLI::App& command, const CommandWords* above, std::vector<CommandWords>& all) {
  CommandWords words;
  words.description = command.get_description();
  if (above)
    words.path = above->path + (above->path.empty() ? "" : " ") + command.get_name();
  for (const CLI::Option* option : command.get_options())
    words.options.push_back(words_of(words.path, *option));
  if (above)
    for (const OptionWords& option : above->options)
      if (!option.positional && option.names.back() != "--help" && option.names.back() != "--version")
        words.options.push_back(option);
  const auto children = command.get_subcommands([](const CLI::App*) { return true; });
  for (const CLI::App* child : children)
    words.subcommands.push_back(child->get_name());
  all.push_back(words);
  for (const CLI::App* child : children)
    add(*child, &words, all);
}

} // namespace

std::vector<CommandWords> command_tree(const CLI::App& program) {
  std::vector<CommandWords> all;
  add(program, nullptr, all);
  return all;
}

} // namespace beachfront::app
