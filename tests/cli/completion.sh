#!/usr/bin/env bash
# Completion offers what the program has; the manual page is roff without faults. zsh, fish and man where installed.
source "$(dirname "$0")/lib.sh"

for shell in bash zsh fish; do
  "$program" completion $shell >completion.$shell || fail "completion $shell"
  for word in solve sweep regress --fidelity; do
    grep -qe "${word#--}" completion.$shell || fail "completion.$shell lacks $word"
  done
done
expect 2 "must be bash, zsh or fish" "$program" completion csh

# Every subcommand of the help is offered, and every option of a command's help.
source completion.bash
offered() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _beachfront 2>/dev/null; echo " ${COMPREPLY[*]} "; }
commands=$("$program" --help | sed -n '/^Subcommands:/,$p' | awk '/^  [a-z]/ {print $1}')
[ "$(wc -w <<<"$commands")" -ge 11 ] || fail "the help lists $commands"
for command in $commands; do
  [[ $(offered beachfront "") == *" $command "* ]] || fail "bash does not offer $command"
  for option in $("$program" "$command" --help | grep -oE '^  (-[a-z],)?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
    [[ $(offered beachfront "$command" -) == *" $option "* ]] || fail "bash does not offer $command $option"
  done
done
[ "$(offered beachfront sweep ru)" = " run " ] || fail "sweep r: $(offered beachfront sweep ru)"
[ "$(offered beachfront --threads 2 sol)" = " solve " ] || fail "after an option: $(offered beachfront --threads 2 sol)"
[ "$(offered beachfront solve --fidelity fu)" = " full " ] || fail "values: $(offered beachfront solve --fidelity fu)"
[ "$(offered beachfront sweep script --engine s)" = " slurm snakemake " ] || fail "engines: $(offered beachfront sweep script --engine s)"
[ "$(offered beachfront sweep export --format c)" = " csv csv,jsonl " ] || fail "tables: $(offered beachfront sweep export --format c)"
[[ "$(offered beachfront export --format g)" == *" gds "* ]] || fail "layouts: $(offered beachfront export --format g)"
touch "a design.yaml"
[ "$(offered beachfront solve a)" = " a design.yaml " ] || fail "files: $(offered beachfront solve a)"

if command -v zsh >/dev/null; then
  zsh -n completion.zsh || fail "zsh does not read its completion"
fi
if command -v fish >/dev/null; then
  in_fish() { HOME=$scratch fish --no-config -c "source completion.fish; complete -C '$1'"; }
  [[ $(in_fish "beachfront sw") == sweep* ]] || fail "fish: $(in_fish "beachfront sw")"
  [[ $(in_fish "beachfront sweep run --res") == --resume* ]] || fail "fish: $(in_fish "beachfront sweep run --res")"
fi

"$program" manual >beachfront.1 || fail "manual"
for command in $commands; do
  grep -q "^.SS $command" beachfront.1 || fail "the manual lacks $command"
done
if command -v man >/dev/null; then
  faults=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l beachfront.1 2>&1 >beachfront.txt)
  [ -z "$faults" ] || fail "man: $faults"
fi
finish
