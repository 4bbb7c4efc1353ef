#!/usr/bin/env bash
# The sweep that is shipped: complete, the same on one thread and two, resumable after a kill.
source "$(dirname "$0")/lib.sh"
sweep=$source/designs/sweeps/glass-core-and-cooling.yaml

expect 0 "27" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o one
expect 0 "27" "$program" --threads 2 sweep run "$sweep" --fidelity fast -o two
cmp one/results.csv two/results.csv || fail "one thread and two give different results.csv"
[ "$(wc -l <one/results.csv)" -eq 28 ] || fail "results.csv has not 27 rows"
expect 2 "--resume" "$program" sweep run "$sweep" --fidelity fast -o one
expect 0 "no full model yet of geometry: fast" "$program" sweep status "$sweep" -o one --fidelity full
expect 0 "27 of 27 designs" "$program" sweep report "$sweep" --fidelity fast -o one
expect 0 '"hypervolume"' "$program" sweep report "$sweep" --fidelity fast -o one --json
[ -s one/analysis.json ] || fail "sweep report writes no analysis.json"
expect 2 "holds the results of another sweep" "$program" sweep report "$sweep" -o one

"$program" --threads 2 sweep run "$sweep" --fidelity fast -o killed >/dev/null 2>&1 &
sleep 0.7
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
expect 0 "27" "$program" --threads 2 sweep run "$sweep" --fidelity fast -o killed --resume
cmp one/results.csv killed/results.csv || fail "a killed and resumed sweep gives another results.csv"

finish
