// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.hpp"
#include "app/command_tree.hpp"
#include "study/version.hpp"

#include <fmt/format.h>

namespace beachfront::app {
namespace {

/// Text for roff: a backslash, a hyphen that is to be copied, and a control character at the start of a line.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string option_lines(const CommandWords& command, const CommandWords& program) {
  std::string text;
  for (const OptionWords& option : command.options) {
    bool inherited = option.names.back() == "--help"; // told once, with the program
    for (const OptionWords& of_program : program.options)
      inherited = inherited || (of_program.names == option.names);
    if (inherited && !command.path.empty())
      continue;
    std::string names;
    for (const std::string& name : option.names)
      names += (names.empty() ? "" : ", ") + ((option.positional ? "\\fI" : "\\fB") + roff(name)) + "\\fR";
    if (option.takes_value && !option.positional)
      names += " \\fIVALUE\\fR";
    text += fmt::format(".TP\n{}\n{}\n", names, roff(option.description));
  }
  return text;
}

std::string commands_section(const std::vector<CommandWords>& tree) {
  std::string text = ".SH COMMANDS\n";
  for (const CommandWords& command : tree) {
    if (command.path.empty())
      continue;
    text += fmt::format(".SS {}\n{}\n", roff(command.path), roff(command.description + "."));
    text += option_lines(command, tree.front());
  }
  return text;
}

constexpr const char* description = R"roff(.SH DESCRIPTION
.B beachfront
reads the design of a switch package with co\-packaged optics from one YAML file. It lays out engines and
ion\-exchanged waveguides, solves temperature, warpage and stress, closes the link budget, and sets power and cost
against pluggable optics. The figures are the fixed point of one loop: lost light is laser power, laser power is heat,
heat moves the engines, and moved engines lose light.
.PP
A first design:
.PP
.nf
.RS
beachfront new mine
beachfront solve mine.yaml
.RE
.fi
)roff";

constexpr const char* end = R"roff(.SH EXIT STATUS
.TP
0
good; a sweep whose rows hold infeasible designs is good
.TP
1
solved, but infeasible, a rule violated, no guided mode, the loop divergent, or
.B regress
found a drift
.TP
2
wrong input: one message with file, line, key and what is allowed; nothing was written
.TP
3
a solver did not converge, or an internal failure
.TP
75
interrupted; can be resumed
.SH ENVIRONMENT
.TP
BEACHFRONT_LIBRARY
folder of the library of materials, glasses and optics, where
.B \-\-library
is not given
.TP
OMP_NUM_THREADS
threads, where
.B \-\-threads
is not given
.TP
NO_COLOR
no colours on a terminal
.SH FILES
.TP
\fIPREFIX\fR/share/beachfront/library
the library that is installed with the program
.TP
\fIPREFIX\fR/share/beachfront/reference
reference designs to start from
.TP
\fIPREFIX\fR/share/doc/beachfront
every key of the design file, the equations and what they were checked against
)roff";

} // namespace

void add_manual(CLI::App& program, const Globals&, Run& run) {
  CLI::App* command = program.add_subcommand("manual", "Print the manual page, for man");
  command->callback([&program, &run] {
    run = [&program] {
      const std::vector<CommandWords> tree = command_tree(program);
      fmt::print(".TH BEACHFRONT 1 \"\" \"beachfront {}\" \"User Commands\"\n", study::version());
      fmt::print(".SH NAME\nbeachfront \\- co\\-design of co\\-packaged optics on glass\n");
      fmt::print(".SH SYNOPSIS\n.B beachfront\n[\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n{}", description);
      fmt::print(".SH OPTIONS\n{}{}{}", option_lines(tree.front(), tree.front()), commands_section(tree), end);
      return good;
    };
  });
}

} // namespace beachfront::app
