#!/usr/bin/env bash
# The script for GNU parallel, run as it stands: the same table as one run, also when a shard was killed before.
source "$(dirname "$0")/lib.sh"
type -P parallel >/dev/null || { echo "skipped: GNU parallel is not installed"; exit 77; }
sweep=$source/tests/cli/many.yaml

expect 0 "96 of 96" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o whole
expect 0 "" "$program" sweep script "$sweep" --fidelity fast --engine parallel --shards 3 -o "it's cut" --to job.sh
"$program" --threads 1 sweep run "$sweep" --fidelity fast -o "it's cut" --shard 2/3 >/dev/null 2>&1 &
sleep 0.8
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
expect 0 "from 3 stores" bash job.sh --jobs 2
cmp whole/results.csv "it's cut/results.csv" || fail "the job gives another results.csv than one run"
[ "$(wc -l <"it's cut/log/parallel.tsv")" -eq 4 ] || fail "the job log has not a line a shard"
cp "it's cut/results.sqlite" before.sqlite
expect 0 "from 4 stores" bash job.sh # again: nothing is left to do
cmp before.sqlite "it's cut/results.sqlite" || fail "running the job again changed the store"
finish
