#!/usr/bin/env bash
# A search: the same on one thread and two, resumable, able to start from the samples of the sweep and readable by the
# report of the sweep.
source "$(dirname "$0")/lib.sh"
sweep=$source/designs/sweeps/cool-and-flat.yaml
search() { "$program" --threads "$1" optimise "$sweep" --fidelity fast --population 16 --evaluations "$2" -o "$3" "${@:4}"; }

expect 0 "search: " search 1 32 one
expect 0 "hypervolume" search 2 32 two
cmp one/results.csv two/results.csv || fail "one thread and two give different results.csv"
expect 2 "--resume" search 1 32 one
expect 2 "another seed" search 1 32 one --resume --seed 2

timeout -s INT 1.5 "$program" --threads 2 optimise "$sweep" --fidelity fast --population 16 --evaluations 32 -o cut >/dev/null 2>&1
expect 0 "search: " search 2 32 cut --resume
cmp one/results.csv cut/results.csv || fail "an interrupted and resumed search gives another results.csv"

expect 0 "32" "$program" sweep run "$sweep" --fidelity fast -o both
expect 0 "it started from 32 of the sweep" search 2 32 both --resume
expect 0 "of a search" "$program" sweep report "$sweep" --fidelity fast -o both
expect 0 "32" "$program" sweep run "$sweep" --fidelity fast -o both --resume

printf 'base: %s\nparameters: [{path: cooling.ambient_C, values: [25]}]\n' "$reference/102t-glass.yaml" >goalless.yaml
expect 2 "objectives" "$program" optimise goalless.yaml -o none
[ -e none ] && fail "a refused search left a folder"
finish
