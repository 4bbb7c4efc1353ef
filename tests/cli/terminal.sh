#!/usr/bin/env bash
# What a terminal gets: bars in blocks and colours where it shows them, plain characters elsewhere, 100 columns at most.
source "$(dirname "$0")/lib.sh"

"$program" new mine >/dev/null && printf '\nuncertainty: {samples: 0}\n' >>mine.yaml
# in_terminal VARIABLE=VALUE...: what solve prints to a terminal with just these variables
in_terminal() {
  env -i "$@" /usr/bin/python3 -c '
import os, pty, sys
def read(fd):
    return os.read(fd, 65536)
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], read)))' "$program" solve mine.yaml -o out </dev/null
}
escape=$'\x1b['
text=$(in_terminal TERM=xterm LANG=C.UTF-8)
[[ $text == *█* && $text == *"$escape"* ]] || fail "a terminal gets no blocks or no colours"
text=$(in_terminal TERM=xterm LANG=C.UTF-8 NO_COLOR=1)
[[ $text == *█* && $text != *"$escape"* ]] || fail "NO_COLOR is not kept"
text=$(in_terminal TERM=xterm LC_ALL=C LANG=C.UTF-8 NO_COLOR=1)
[[ $text != *█* && $text == *hhh* ]] || fail "blocks where the locale is not UTF-8"
text=$(in_terminal TERM=dumb LANG=C.UTF-8)
[[ $text != *█* && $text != *"$escape"* ]] || fail "blocks or colours on a dumb terminal"
text=$(TERM=xterm LANG=C.UTF-8 "$program" solve mine.yaml -o out)
[[ $text != *█* && $text != *"$escape"* && $text == *hhh* ]] || fail "a pipe does not get plain text"

# Nothing printed is wider than 100 columns, but for the YAML and JSON that other programs read.
reference=$source/designs/reference
many=("$reference"/102t-{glass,glass-fibre,organic-705g,organic-795g,organic-bt}.yaml)
"$program" solve "$reference/102t-glass.yaml" --set uncertainty.samples=0 -o glass >glass.txt
"$program" solve "$reference/102t-glass-dr-110.yaml" --set uncertainty.samples=0 -o dr >dr.txt
"$program" compare "${many[@]}" --set uncertainty.samples=0 --set fidelity.optics=fast --plot >compare.txt
printf 'glass: glass-alkali\nrecipe: iox-thermal-a0\ncover_index: 1.0\n' >guide.yaml
"$program" modes guide.yaml --fast >modes.txt
"$program" regress --show-tolerances >tolerances.txt
for command in "" $("$program" --help | sed -n '/^Subcommands:/,$p' | awk '/^  [a-z]/ {print $1}'); do
  (cd "$(dirname "$program")" && ./beachfront $command --help) >"help-$command.txt"
done
for file in *.txt; do
  [ -s "$file" ] || fail "$file is empty"
  /usr/bin/python3 - "$file" <<'PY' || fail "$file has wide lines"
import sys
wide = [line for line in open(sys.argv[1], encoding="utf-8").read().splitlines() if len(line) > 100]
print("\n".join(wide), file=sys.stderr)
sys.exit(bool(wide))
PY
done
finish
