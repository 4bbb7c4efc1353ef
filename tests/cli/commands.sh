#!/usr/bin/env bash
# Every command once, every exit code, and nothing half-written after wrong input.
source "$(dirname "$0")/lib.sh"

expect 0 "beachfront 0." "$program" --version
expect 2 "required" "$program"
expect 2 "subcommand" "$program" frobnicate

# A starter design checks and solves as it is written; a second one does not overwrite it.
expect 0 "mine.yaml written" "$program" new mine
expect 2 "exists already" "$program" new mine
expect 0 "well-formed" "$program" check mine.yaml
expect 0 "feasible" "$program" solve mine.yaml
for file in results.json run.json layout.gds layout.lyp layout.lyrdb layout.svg routes.csv; do
  [ -s "mine-out/$file" ] || fail "mine-out/$file is missing"
done

# Resolved output is a design again, and solves to the same figures.
"$program" check "$reference/102t-glass.yaml" --resolved >resolved.yaml || fail "check --resolved"
grep -q "# default" resolved.yaml || fail "--resolved names no default"
grep -q "materials.silicon" resolved.yaml || fail "--resolved names no library entry"
"$program" solve "$reference/102t-glass.yaml" --json >direct.json || fail "solve --json"
"$program" solve resolved.yaml --json >again.json || fail "solve of the resolved design"
/usr/bin/python3 - <<'PY' || fail "the resolved design gives other figures"
import json
direct, again = (json.load(open(name)) for name in ("direct.json", "again.json"))
for results in (direct, again):
    del results["provenance"]
assert direct == again
PY

# Infeasible is a result with its reason and its files.
expect 1 "72 ferrules at 8.5 mm pitch need 612.0 mm of edge" "$program" solve "$reference/102t-glass-dr-110.yaml" -o dr
[ -s dr/results.json ] || fail "an infeasible design leaves no results"
expect 1 "no guided mode" "$program" solve "$reference/102t-glass.yaml" --set waveguides.recipe.delta_n_max=0.001 -o dark
expect 1 "laser" "$program" solve "$reference/102t-glass.yaml" --set laser.max_power_dBm=10 -o weak

expect 1 "need 128" "$program" solve "$reference/102t-glass.yaml" --set laser.modules=1 -o few

# Many bodies stay within seconds: engines that cannot stand, and a field of small keep-outs.
expect 1 "stands over the package edge" timeout 20 "$program" solve "$reference/102t-glass.yaml" --set engines.count=1000 \
  -o many
vias=$(for i in $(seq 0 199); do printf '{name: via%d, x_mm: %d.%d, y_mm: 45, width_mm: 0.1, height_mm: 0.1},' \
  "$i" $((-50 + i / 10)) $((i % 10)); done)
expect 0 "feasible" timeout 20 "$program" solve "$reference/102t-glass.yaml" --set "substrate.keep_outs=[${vias%,}]" -o vias

# A package that cannot be cooled is a result with a reason, at both fidelities.
for fidelity in fast full; do
  expect 1 "not wholly under a lid plate" "$program" solve "$reference/102t-glass.yaml" --fidelity $fidelity \
    --set cooling.lid.width_mm=50 --set cooling.lid.height_mm=50 -o bare-$fidelity
  grep -q '"moved_by": {' bare-$fidelity/results.json || fail "no loop in bare-$fidelity"
  expect 1 "is where the lid's foot stands" "$program" solve "$reference/102t-glass.yaml" --fidelity $fidelity \
    --set cooling.lid.foot_width_mm=60 -o foot-$fidelity
done

# What cannot be printed is told, whatever the command.
for command in --version "check mine.yaml" "schema" "completion bash" "solve mine.yaml --json"; do
  "$program" $command >/dev/full 2>told && fail "$command fills /dev/full and says nothing"
  grep -q "output could not be written: No space left" told || fail "$command on a full disk: $(cat told)"
done

# Wrong input: code 2, a message, no folder.
expect 2 "did you mean 'count'" "$program" solve "$reference/102t-glass.yaml" --set engines.cuont=3 -o wrong
expect 2 "no such file" "$program" solve nowhere.yaml -o wrong
expect 2 "alkali-free, it holds no mobile sodium" "$program" check "$reference/102t-glass.yaml" \
  --set waveguides.glass=eagle-xg
expect 2 "must be fast or full" "$program" solve "$reference/102t-glass.yaml" --fidelity exact -o wrong
mkdir -p half/results.json
expect 2 "is a folder" "$program" solve mine.yaml -o half
[ "$(ls half)" = results.json ] || fail "a folder in the way leaves half of the files"
[ ! -e wrong ] || fail "wrong input left files behind"
touch blocked
expect 2 "blocked" "$program" solve mine.yaml -o blocked

# Full fidelity reaches the disciplines that have it, and says on stderr which have not.
expect 0 "fidelity: no full model yet of geometry: fast" "$program" solve "$reference/102t-glass.yaml" --fidelity full -o full
"$program" solve "$reference/102t-glass.yaml" --fidelity full --json 2>/dev/null | /usr/bin/python3 -c '
import json, sys
results = json.load(sys.stdin)
guide = results["waveguide"]
assert "birefringence" in guide or "waveguide.birefringence" in results["absent"]
assert sum(row["mode_count"] for row in guide["mode_counts"]) >= 1
' || fail "solve --fidelity full --json"

# One JSON document on stdout and nothing else.
"$program" solve "$reference/102t-glass.yaml" --json 2>/dev/null | /usr/bin/python3 -m json.tool >/dev/null ||
  fail "solve --json prints no JSON document"
"$program" compare "$reference/102t-glass.yaml" "$reference/102t-organic-705g.yaml" --json 2>/dev/null |
  /usr/bin/python3 -m json.tool >/dev/null || fail "compare --json prints no JSON document"
expect 0 "warpage at reflow" "$program" compare "$reference"/102t-{glass,organic-705g,glass-fibre}.yaml

# Files of a comparison: the same bytes again, and the picture is one. An infeasible design keeps its column; wrong
# input leaves no folder.
twins=("$reference/102t-glass-fibre.yaml" "$reference/102t-organic-705g.yaml")
expect 0 "compared/comparison.svg" "$program" compare "${twins[@]}" -o compared
expect 0 "differs from A in 3 keys: switch.serdes.channel_loss_dB (3, 4), substrate.kind (glass, organic)" \
  "$program" compare "${twins[@]}" --plot -o compared-again
diff -r compared compared-again >/dev/null || fail "compare writes other bytes the second time"
/usr/bin/python3 - <<'PY' || fail "the files of compare do not hold the same figures"
import csv, json, xml.dom.minidom
document = json.load(open("compared/comparison.json"))
rows = list(csv.DictReader(open("compared/comparison.csv")))
assert [row["path"] for row in rows] == [figure["path"] for figure in document["figures"]]
for row, figure in zip(rows, document["figures"]):
    for design, value in zip(document["designs"], figure["values"]):
        assert (float(row[design["name"]]) if row[design["name"]] else None) == value, row
assert sum(value is not None for figure in document["figures"] for value in figure["values"]) > 60
xml.dom.minidom.parse("compared/comparison.svg")
PY
expect 1 "C  102t-glass-dr-110, infeasible: 72 ferrules" "$program" compare "${twins[@]}" "$reference/102t-glass-dr-110.yaml"
expect 0 "B is A under another name" "$program" compare "${twins[0]}" "${twins[0]}" --set substrate.ball_pitch_mm=0.9
expect 2 "must be fast or full" "$program" compare "${twins[@]}" --fidelity exact -o wrong
expect 2 "did you mean 'count'" "$program" compare "${twins[@]}" --set engines.cuont=3 -o wrong
[ ! -e wrong ] || fail "wrong input to compare left files behind"
"$program" compare "${twins[@]}" >compared.txt || fail "compare for docs/compare.md"
/usr/bin/python3 - "$source/docs/compare.md" <<'PY' || fail "docs/compare.md shows another table: paste the program's"
import sys
shown = open(sys.argv[1]).read().split("\n```\n\n```\n")[1].split("\n```")[0]
assert shown == open("compared.txt").read().rstrip("\n")
PY

# The reference designs hold their goldens.
expect 0 "" "$program" regress "$reference"

finish
