#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The same two guides in optics_bench and in MPB (apt-get install mpb), one after the other on one processor.
#   tests/bench/optics_against_mpb.sh [BUILD_DIR]       default build/release
# MPB's time is given whole and without what an empty script takes (start of Guile); ours is the solver's alone.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(realpath "${1:-$here/../../build/release}")
command -v mpb >/dev/null || { echo "optics_against_mpb: install mpb" >&2; exit 2; }
[ -x "$build/tests/bench/optics_bench" ] || { echo "optics_against_mpb: no $build/tests/bench/optics_bench" >&2; exit 2; }
export OMP_NUM_THREADS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" # MPB leaves files where it runs
echo '(print "")' >empty.ctl
status=0
taskset -c 0 "$build/tests/bench/optics_bench" --json --only modes --repeat 20 >ours.json || status=$?
[ $status -le 1 ] || exit $status
python3 - "$here" <<'PYTHON'
import json, re, resource, subprocess, sys

def cpu_s(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = subprocess.run(["taskset", "-c", "0", *command], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, text

def least(command, repeat):
    return min((cpu_s(command) for _ in range(repeat)), key=lambda run: run[0])

here = sys.argv[1]
ours = {row["case"]: row for row in json.load(open("ours.json"))}
print(f"{'case':26} {'ours ms':>9} {'error':>8} {'MPB s':>8} {'bare s':>8} {'error':>8} {'faster':>8} {'bare':>8}")
# mpbi: MPB for structures with inversion symmetry, twice as fast
for case, program, script, repeat in (("modes buried gaussian", "mpbi", "optics_buried.ctl", 5),
                                      ("modes surface under air", "mpb", "optics_surface.ctl", 2)):
    row = ours[case]
    start, _ = least([program, "empty.ctl"], 5)
    whole, text = least([program, f"{here}/{script}"], repeat)
    found = [float(re.search(rf"effective_index {name} ([\d.]+)", text)[1]) for name in ("TE", "TM")]
    error = max(abs(a - b) for a, b in zip(found, row["reference"]))
    mine = f"{row['cpu_s'] * 1e3:9.3f} {row['error']:8.1e}" if row["solved"] else f"{'-':>9} {'-':>8}"
    ratios = f"{whole / row['cpu_s']:8.0f} {(whole - start) / row['cpu_s']:8.0f}" if row["solved"] else ""
    print(f"{case:26} {mine} {whole:8.3f} {whole - start:8.3f} {error:8.1e} {ratios}")
PYTHON
