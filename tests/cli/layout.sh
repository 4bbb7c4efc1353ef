#!/usr/bin/env bash
# What KLayout and Chromium see of design C and C-DR: layers, size, one slitless polygon a guide, a path a guide.
source "$(dirname "$0")/lib.sh"

# check NAME SIZE_MM GUIDES FERRULES
check() {
  "$program" solve "$reference/$1.yaml" -o "$1" >/dev/null || fail "solve $1"
  "$KLAYOUT" -b -r "$source/tests/geometry/read_gds.py" -rd input="$1/layout.gds" -rd report="$1/report.json" \
    -rd lyp="$1/layout.lyp" -rd png="$1/layout.png" || fail "KLayout does not read $1"
  /usr/bin/python3 - "$@" <<'PY' || fail "KLayout sees another $1"
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
}
check 102t-glass 110 384 24
check 102t-glass-dr 182 1152 72

# The browser parses the SVG and finds every guide.
chromium() {
  "$CHROMIUM" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$scratch/profile" "$@" 2>/dev/null
}
cat >page.html <<HTML
<!doctype html><body><object id="svg" data="102t-glass/layout.svg"></object><script>
window.onload = () => { document.title = document.getElementById("svg").contentDocument.querySelectorAll("path > title").length + " titled paths"; };
</script>
HTML
chromium --allow-file-access-from-files --virtual-time-budget=5000 --dump-dom "file://$scratch/page.html" >dom.html
grep -q "<title>384 titled paths" dom.html || fail "Chromium finds $(grep -o '<title>[^<]*' dom.html)"

finish
