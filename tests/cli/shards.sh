#!/usr/bin/env bash
# Shards of a sweep: run, watched, merged and exported; what is wrong is told and nothing is overwritten.
source "$(dirname "$0")/lib.sh"
sweep=$source/tests/cli/many.yaml
run() { "$program" --threads 1 sweep run "$sweep" --fidelity fast "$@"; }
shards() { "$program" sweep "$1" "$sweep" --fidelity fast "${@:2}"; }

expect 0 "96 of 96 designs" run -o whole
expect 0 "results-3-of-3.csv" run -o cut --shard 3/3
run -o cut --shard 1/3 >/dev/null 2>&1 & # two processes at once in one folder
first=$!
expect 0 "without a store: shard" shards status -o cut
wait $first || fail "shard 1/3 ended with $?"
expect 75 "missing" shards merge -o cut
expect 75 "of 3 shards without a store: 2" shards merge -o cut
[ ! -e cut/results.sqlite ] || fail "a merge with missing designs left a store"
[ ! -e cut/results.csv ] || fail "a merge with missing designs left a table"
expect 2 "holds a shard of a sweep" run -o cut
expect 2 "must be i/N with 1 <= i <= N" run -o cut --shard 4/3
expect 2 "no more than the points of the sweep: 96" run -o cut --shard 1/97

# Two processes on one shard, the first stopped so that it is surely there: the second is refused.
"$program" --threads 1 sweep run "$sweep" --fidelity fast -o cut --shard 2/3 >/dev/null 2>&1 &
second=$!
for _ in $(seq 200); do [ -e cut/results-2-of-3.sqlite.lock ] && break; sleep 0.02; done
kill -STOP $second
expect 2 "another process is running this sweep" run -o cut --shard 2/3 --resume
kill -9 $second
wait $second 2>/dev/null
expect 0 "results-2-of-3.csv" run -o cut --shard 2/3 --resume
expect 0 "96 of 96 designs" shards status -o cut

expect 0 "from 3 stores" shards merge -o cut
cmp whole/results.csv cut/results.csv || fail "three shards give another results.csv than one run"
expect 0 "from 1 stores" shards merge -o again whole
cmp again/results.sqlite cut/results.sqlite || fail "the merged stores of one run and of three shards differ"
expect 0 "designs.jsonl" shards export -o cut --format csv,jsonl
expect 0 "designs.jsonl" shards export -o whole --format csv,jsonl
cmp whole/designs.csv cut/designs.csv || fail "designs.csv differs"
cmp whole/designs.jsonl cut/designs.jsonl || fail "designs.jsonl differs"
[ "$(wc -l <cut/designs.jsonl)" -eq 96 ] || fail "designs.jsonl has not 96 lines"
expect 2 "duckdb -c \"COPY (SELECT * FROM read_csv('cut/designs.csv')) TO 'cut/designs.parquet' (FORMAT parquet)\"" \
  shards export -o cut --format parquet

before=$(cat cut/results.sqlite cut/results.csv | sha256sum)
truncate -s -1000 cut/results-2-of-3.sqlite
expect 2 "its last page is cut off" shards merge -o cut
expect 2 "holds the results of another sweep" "$program" sweep merge "$sweep" -o cut whole --fidelity full
[ "$(cat cut/results.sqlite cut/results.csv | sha256sum)" = "$before" ] || fail "a refused merge changed the results"
mkdir table && cp again/results.sqlite table/ && mkdir table/results.csv
expect 2 "results.csv: cannot be written: it is a folder" shards merge -o table

expect 2 "did you mean 'slurm'?" shards script -o cut --engine slrum
expect 2 "no more than the points of the sweep: 96" shards script -o cut --engine slurm --shards 97
expect 0 "--array=1-10" shards script -o cut --engine slurm
finish
