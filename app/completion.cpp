// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "app/command_tree.hpp"
#include "study/input_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace beachfront::app {
namespace {

/// In single quotes for bash and zsh.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// In single quotes for fish, where a backslash escapes.
std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
  return out + "'";
}

std::string description_of(const std::vector<CommandWords>& tree, const std::string& path) {
  return std::find_if(tree.begin(), tree.end(), [&](const CommandWords& command) { return command.path == path; })
      ->description;
}

std::string below(const CommandWords& command, const std::string& name) {
  return command.path + (command.path.empty() ? "" : " ") + name;
}

std::vector<std::string> option_names(const CommandWords& command) {
  std::vector<std::string> names;
  for (const OptionWords& option : command.options)
    if (!option.positional)
      names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

/// Command and option, of the options that take one of few words; then every name of those that take any value.
std::string value_cases(const std::vector<CommandWords>& tree) {
  std::string cases;
  std::vector<std::string> any;
  for (const CommandWords& command : tree)
    for (const OptionWords& option : command.options) {
      if (option.positional || !option.takes_value)
        continue;
      std::vector<std::string> names;
      for (const std::string& name : option.names)
        names.push_back(quoted(command.path + " " + name));
      if (!option.values.empty())
        cases += fmt::format("    {}) values='{}' ;;\n", fmt::join(names, "|"), fmt::join(option.values, " "));
      else
        any.insert(any.end(), names.begin(), names.end());
    }
  return cases + fmt::format("    {}) values=FILES ;;\n", fmt::join(any, "|"));
}

/// The words of a positional that takes one of few.
std::string positional_values(const CommandWords& command) {
  for (const OptionWords& option : command.options)
    if (option.positional && !option.values.empty())
      return fmt::format("{}", fmt::join(option.values, " "));
  return "";
}

std::string paths_of(const std::vector<CommandWords>& tree) {
  std::string paths;
  for (const CommandWords& command : tree)
    if (!command.path.empty())
      paths += fmt::format("{}{}", paths.empty() ? "" : "|", quoted(command.path));
  return paths;
}

/// The text with @PATHS@, @COMMANDS@ and @VALUES@ filled in.
std::string filled(std::string text, const std::vector<CommandWords>& tree, const std::string& commands) {
  for (const auto& [mark, value] : {std::pair<std::string, std::string>{"@PATHS@", paths_of(tree)},
                                    {"@COMMANDS@\n", commands},
                                    {"@VALUES@\n", value_cases(tree)}})
    text.replace(text.find(mark), mark.size(), value);
  return text;
}

std::string bash_completion(const std::vector<CommandWords>& tree) {
  std::string commands;
  for (const CommandWords& command : tree) {
    std::vector<std::string> words = command.subcommands;
    if (const std::string few = positional_values(command); !few.empty())
      words.push_back(few);
    commands += fmt::format("    {}) words='{}' options='{}' ;;\n", quoted(command.path), fmt::join(words, " "),
                            fmt::join(option_names(command), " "));
  }
  return filled(R"sh(# bash completion of beachfront; made by: beachfront completion bash
_beachfront() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} path='' values='' words='' options=''
  local i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "${path:+$path }${COMP_WORDS[i]}" in
    @PATHS@) path="${path:+$path }${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
@COMMANDS@
  esac
  case "$path $previous" in
@VALUES@
  esac
  COMPREPLY=()
  if [ -n "$values" ] && [ "$values" != FILES ]; then
    COMPREPLY=($(compgen -W "$values" -- "$current"))
  elif [ -z "$values" ] && [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [ -z "$values" ] && [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    compopt -o filenames 2>/dev/null
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -F _beachfront beachfront
)sh",
                tree, commands);
}

/// name:description, as _describe of zsh takes it.
std::string described(const std::string& name, const std::string& description) {
  return quoted(name + ":" + description);
}

std::string zsh_completion(const std::vector<CommandWords>& tree) {
  std::string commands;
  for (const CommandWords& command : tree) {
    std::string words, options;
    for (const std::string& name : command.subcommands)
      words += "      " + described(name, description_of(tree, below(command, name))) + "\n";
    if (const std::string few = positional_values(command); !few.empty())
      words += "      " + few + "\n";
    for (const OptionWords& option : command.options)
      for (const std::string& name : option.names)
        options += option.positional ? "" : "      " + described(name, option.description) + "\n";
    commands += fmt::format("  {})\n    commands=(\n{}    )\n    options=(\n{}    ) ;;\n", quoted(command.path), words,
                            options);
  }
  return filled(R"sh(#compdef beachfront
# zsh completion of beachfront; made by: beachfront completion zsh
_beachfront() {
  local at='' values='' word
  local -a commands options
  for word in "${(@)words[2,CURRENT-1]}"; do
    case "${at:+$at }$word" in
    @PATHS@) at="${at:+$at }$word" ;;
    esac
  done
  case "$at" in
@COMMANDS@
  esac
  case "$at ${words[CURRENT-1]}" in
@VALUES@
  esac
  if [[ -n $values && $values != FILES ]]; then
    compadd -- ${=values}
  elif [[ -z $values && $PREFIX == -* ]]; then
    _describe -o option options
  elif [[ -z $values ]] && (( $#commands )); then
    _describe command commands
  else
    _files
  fi
}
if [ "$funcstack[1]" = _beachfront ]; then
  _beachfront "$@"
else
  compdef _beachfront beachfront
fi
)sh",
                tree, commands);
}

/// The options of one command for fish, behind the condition that the command line is at it.
std::string fish_options(const CommandWords& command, const std::string& condition) {
  std::string lines;
  for (const OptionWords& option : command.options) {
    if (option.positional) {
      if (!option.values.empty())
        lines += fmt::format("{} -f -a {}\n", condition, fish_quoted(fmt::format("{}", fmt::join(option.values, " "))));
      continue;
    }
    std::string line = condition;
    for (const std::string& name : option.names)
      line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.values.empty())
      line += " -x -a " + fish_quoted(fmt::format("{}", fmt::join(option.values, " ")));
    else if (option.takes_value)
      line += " -r";
    lines += line + " -d " + fish_quoted(option.description) + "\n";
  }
  return lines;
}

std::string fish_completion(const std::vector<CommandWords>& tree) {
  std::string paths;
  for (const CommandWords& command : tree)
    if (!command.path.empty())
      paths += " " + fish_quoted(command.path);
  std::string text = "# fish completion of beachfront; made by: beachfront completion fish\n"
                     "function __beachfront_is_at\n"
                     "  set -l at ''\n"
                     "  for word in (commandline -opc)[2..]\n"
                     "    set -l next (string trim \"$at $word\")\n"
                     "    if contains -- $next" +
                     paths +
                     "\n"
                     "      set at $next\n"
                     "    end\n"
                     "  end\n"
                     "  test \"$at\" = \"$argv[1]\"\n"
                     "end\n";
  for (const CommandWords& command : tree) {
    const std::string condition =
        "complete -c beachfront -n " + fish_quoted("__beachfront_is_at \"" + command.path + "\"");
    for (const std::string& name : command.subcommands)
      text +=
          fmt::format("{} -f -a {} -d {}\n", condition, name, fish_quoted(description_of(tree, below(command, name))));
    text += fish_options(command, condition);
  }
  return text;
}

} // namespace

void add_completion(CLI::App& program, const Globals&, Run& run) {
  auto shell = std::make_shared<std::string>();
  CLI::App* command = program.add_subcommand("completion", "Print the completion of this program for a shell");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required();
  command->callback([&program, &run, shell] {
    run = [&program, shell] {
      const std::vector<CommandWords> tree = command_tree(program);
      if (*shell == "bash")
        fmt::print("{}", bash_completion(tree));
      else if (*shell == "zsh")
        fmt::print("{}", zsh_completion(tree));
      else if (*shell == "fish")
        fmt::print("{}", fish_completion(tree));
      else
        throw study::InputError({"completion"}, "", fmt::format("no shell '{}'; must be bash, zsh or fish", *shell));
      return good;
    };
  });
}

} // namespace beachfront::app
