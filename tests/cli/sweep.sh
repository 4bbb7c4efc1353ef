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

# Reports of single designs beside that of the sweep.
of_designs() { "$program" sweep report "$sweep" --fidelity fast -o one --designs "$@"; }
expect 0 "one/designs/3.html" of_designs 3,17
[ -s one/designs/17.html ] || fail "no report of point 17"
grep -q '"pages":\[3,17\]' one/report.html || fail "the report of the sweep does not know those of its designs"
expect 0 '"file": "one/designs/17.html"' of_designs 17 --json
expect 2 "did you mean 'front'" of_designs frnt
expect 2 "a point that is solved: 0 to 26" of_designs 27
expect 2 "required" "$program" sweep report "$sweep" --fidelity fast -o one --designs
[ "$(ls one/designs)" = "$(printf '17.html\n3.html')" ] || fail "refused words left $(ls one/designs)"
cp -r one older
/usr/bin/python3 - <<'END'
import sqlite3
with sqlite3.connect("older/results.sqlite") as store:
    store.execute("UPDATE meta SET value = '0.0.1 (older)' WHERE key = 'tool_version'")
    store.execute("UPDATE designs SET status = 'error', message = 'the solver broke' WHERE point = 2")
    store.execute("UPDATE designs SET results = (SELECT results FROM designs WHERE point = 8) WHERE point = 4")
END
of_older() { "$program" sweep report "$sweep" --fidelity fast -o older --designs "$@"; }
expect 0 "older/designs/5.html" of_older 5 # another version, the same figures
expect 1 "the store was written by beachfront 0.0.1 (older), this report by" of_older 4,5
expect 3 "point 2 has no report: it failed in the sweep: the solver broke" of_older 2,6
[ -s older/designs/6.html ] && [ ! -e older/designs/2.html ] || fail "a design that failed beside one that did not"
rm -r one/designs && echo "no folder" >one/designs
expect 2 "no folder for the reports of designs" of_designs 3
rm one/designs

"$program" --threads 2 sweep run "$sweep" --fidelity fast -o killed >/dev/null 2>&1 &
sleep 0.7
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
expect 0 "27" "$program" --threads 2 sweep run "$sweep" --fidelity fast -o killed --resume
cmp one/results.csv killed/results.csv || fail "a killed and resumed sweep gives another results.csv"

finish
