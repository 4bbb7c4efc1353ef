#!/usr/bin/env bash
# A disk that fills during a sweep: a clear word and exit code 75, then on from there once space is freed.
source "$(dirname "$0")/lib.sh"
sweep=$source/tests/cli/many.yaml
mkdir disk
mount -t tmpfs -o size=2m none disk 2>/dev/null || { echo "skipped: no small file system can be mounted here"; exit 77; }
trap 'umount "$scratch/disk"; rm -rf "$scratch"' EXIT

expect 0 "96 of 96" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o whole
store=$(stat -c %s whole/results.sqlite)
[ "$store" -lt 1500000 ] || fail "the store of 96 designs has $store bytes; make the disk larger"
# Room for two thirds of the store and of its journal.
dd if=/dev/zero of=disk/ballast bs=1024 count=$((2048 - store * 2 / 3 / 1024)) status=none
expect 75 "no space left on the disk; what was solved is kept" \
  "$program" --threads 1 sweep run "$sweep" --fidelity fast -o disk/out
expect 75 "no space left" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o disk/out --resume
rm disk/ballast
expect 0 "96 of 96" "$program" --threads 1 sweep run "$sweep" --fidelity fast -o disk/out --resume
cmp whole/results.csv disk/out/results.csv || fail "the resumed sweep gives another results.csv"

# A merge that finds no room changes nothing.
dd if=/dev/zero of=disk/ballast bs=1024 count=4096 status=none 2>/dev/null
before=$(cat disk/out/* | sha256sum)
expect 75 "nothing was changed" "$program" sweep merge "$sweep" --fidelity fast -o disk/out whole
[ "$(cat disk/out/* | sha256sum)" = "$before" ] || fail "a merge on a full disk changed the results"
finish
