#!/usr/bin/env bash
# What KLayout and Chromium see of written layouts: layers, size, one slitless polygon a guide, the rules of
# layout.drc, the same shapes in every format, every violation in the report database.
source "$(dirname "$0")/lib.sh"

# Coarser facets for all but one design, so that KLayout takes seconds to merge the polygons; layout.drc takes the
# tolerance into account.
declare -A facet_nm=([102t-glass]=10 [102t-glass-sheet]=100 [102t-glass-dr]=2000)

# facts NAME: shell variables from the resolved design and its results.
facts() {
  "$program" check "$reference/$1.yaml" --resolved >"$1.yaml" && "$program" solve "$1.yaml" --json >"$1.json"
  /usr/bin/python3 - "$1" <<'PY'
import json, sys, yaml
design = yaml.safe_load(open(sys.argv[1] + ".yaml"))
results = json.load(open(sys.argv[1] + ".json"))
guides = design["waveguides"]
pitch_um = guides["rules"]["min_pitch_um"]
if pitch_um == "auto":
    pitch_um = results["waveguide"]["min_pitch_um"]
print("size_mm=%g width_um=%g pitch_um=%.9g clearance_um=%g guides=%d" % (
    design["substrate"]["width_mm"], guides["recipe"]["mask_opening_um"], pitch_um,
    guides["rules"]["clearance_um"], results["routing"]["waveguides"]))
PY
}

# drc NAME LAYOUT: runs the rules and prints the categories that have items, with their number.
drc() {
  "$KLAYOUT" -b -r "$source/tests/cli/layout.drc" -rd input="$2" -rd report="$scratch/drc.lyrdb" -rd width_um="$width_um" \
    -rd pitch_um="$pitch_um" -rd clearance_um="$clearance_um" -rd facet_nm="${facet_nm[$1]}" >/dev/null ||
    { echo "KLayout fails"; return; }
  grep -o '<category>[a-z_]*</category>' drc.lyrdb | sort | uniq -c | sed 's/<[^>]*>//g' | xargs
}

# check NAME FERRULES
check() {
  eval "$(facts "$1")"
  "$program" export "$1.yaml" --format gds --facet-tolerance-nm "${facet_nm[$1]}" -o "$1" >/dev/null || fail "export $1"
  "$KLAYOUT" -b -r "$source/tests/geometry/read_gds.py" -rd input="$1/layout.gds" -rd report="$1/report.json" \
    -rd lyp="$1/layout.lyp" -rd png="$1/layout.png" || fail "KLayout does not read $1"
  /usr/bin/python3 - "$1" "$size_mm" "$guides" "$2" <<'PY' || fail "KLayout sees another $1"
import json, os, sys
name, size_mm, guides, ferrules = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
report = json.load(open(name + "/report.json"))
half_um = 500 * size_mm
assert abs(report["dbu"] - 0.001) < 1e-12, report["dbu"]
assert all(abs(found - wanted) < 1e-6 for found, wanted in zip(report["bbox_um"], [-half_um, -half_um, half_um, half_um]))
polygons = {layer: counts["polygons"] for layer, counts in report["layers"].items()}
assert polygons["1/0"] == 1 and polygons["2/0"] == 9 and polygons["3/0"] == 16, polygons
assert polygons["30/0"] == ferrules, polygons
assert report["guides_merged"] == guides and report["guides_holes"] == 0, report
assert len(report["guide_nets"]) == guides
assert os.path.getsize(name + "/layout.png") > 10000
PY
  found=$(drc "$1" "$1/layout.gds")
  [ -z "$found" ] || fail "KLayout finds in $1: $found"
}
check 102t-glass-dr 72
check 102t-glass-sheet 24
check 102t-glass 24

# The rules find what is planted, each by its name, and nothing else.
planted() {
  "$KLAYOUT" -b -r "$source/tests/cli/plant.py" -rd input=102t-glass/layout.gds -rd output=planted.gds -rd what="$1" ||
    fail "plant $1"
  local found
  found=$(drc 102t-glass planted.gds)
  [ "$found" = "$2" ] || fail "with '$1' planted the rules find '$found', not '$2'"
}
planted slit,die "1 guide_without_net 1 inside_body"
planted close "1 guide_space"

# Every format is written, and OASIS holds what GDSII holds.
"$program" export 102t-glass.yaml --format gds,oas,dxf,svg,geojson,csv,lyrdb -o all >/dev/null || fail "export of all formats"
"$KLAYOUT" -b -r "$source/tests/geometry/layout_diff.py" -rd first=all/layout.gds -rd second=all/layout.oas \
  -rd report=diff.json >/dev/null || fail "KLayout does not compare"
grep -q '"same": true' diff.json || fail "OASIS and GDSII differ"
grep -q '"type":"FeatureCollection"' all/layout.geojson || fail "no GeoJSON"
expect 2 "facet" "$program" export 102t-glass.yaml --format gds --facet-tolerance-nm 0 -o never

# The report database holds the violations of results.json, rule by rule.
"$program" solve 102t-glass.yaml --set waveguides.rules.min_pitch_um=60 -o tight >/dev/null
"$KLAYOUT" -b -r "$source/tests/geometry/read_lyrdb.py" -rd input=tight/layout.lyrdb -rd report=tight.json ||
  fail "KLayout does not read the report database"
/usr/bin/python3 - <<'PY' || fail "the report database and results.json differ"
import collections, json
violations = json.load(open("tight/results.json"))["violations"]
report = json.load(open("tight.json"))
assert violations
assert collections.Counter(v["rule"] for v in violations) == {n: c["items"] for n, c in report["categories"].items()}
for violation, item in zip(violations, report["items"]):
    assert violation["rule"] == item["rule"] and violation["message"] == item["texts"][0]
    assert abs(violation["x_mm"] - item["x_mm"]) < 1e-6 and abs(violation["y_mm"] - item["y_mm"]) < 1e-6
assert len(violations) == len(report["items"])
PY

# The browser parses the SVG and finds every guide.
chromium() {
  "$CHROMIUM" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$scratch/profile" "$@" 2>/dev/null
}
cat >page.html <<HTML
<!doctype html><body><object id="svg" data="all/layout.svg"></object><script>
window.onload = () => { document.title = document.getElementById("svg").contentDocument.querySelectorAll("path > title").length + " titled paths"; };
</script>
HTML
chromium --allow-file-access-from-files --virtual-time-budget=5000 --dump-dom "file://$scratch/page.html" >dom.html
grep -q "<title>384 titled paths" dom.html || fail "Chromium finds $(grep -o '<title>[^<]*' dom.html)"

finish
