#!/usr/bin/env bash
# One waveguide alone: the table, the JSON document, every kind of profile, and what is told of a wrong or dark guide.
source "$(dirname "$0")/lib.sh"

cat >guide.yaml <<'YAML'
wavelength_um: [1.27, 1.31]
background_index: 1.5065
profile: {kind: gaussian, delta_n: 0.012, half_width_x_um: 4.0, half_width_y_um: 3.0}
bend_radii_mm: [10, 15]
gaps_um: [15, 25]
crossing_angles_deg: [90]
fibre: {mode_field_diameter_um: 9.2, offsets_um: [0, 1, 2], gap_um: 5, gap_index: 1, tilt_x_deg: 0.5}
stress_MPa: {xx: -20}
YAML

# The names and places other programs read, the same at both fidelities and the same bytes twice.
for fidelity in "" --fast; do
  expect 0 "n_eff" "$program" modes guide.yaml $fidelity
  "$program" modes guide.yaml $fidelity --json >once.json 2>stderr.txt || fail "modes $fidelity --json"
  [ ! -s stderr.txt ] || fail "modes $fidelity --json writes to stderr"
  "$program" modes guide.yaml $fidelity --json >twice.json || fail "modes $fidelity --json again"
  cmp -s once.json twice.json || fail "modes $fidelity --json gives other bytes the second time"
  /usr/bin/python3 - <<'PY' || fail "modes $fidelity --json breaks the contract"
import json, math
modes = json.load(open("once.json"), parse_constant=lambda word: exit(f"{word} in the document"))
names = {
    "modes": ["wavelength_um", "polarization", "effective_index", "group_index", "mode_field_diameter_x_um",
              "mode_field_diameter_y_um", "effective_area_um2", "error_estimate"],
    "bends": ["radius_mm", "loss_dB_per_cm"],
    "couplers": ["gap_um", "index_splitting", "coupling_length_mm"],
    "fibre_coupling": ["offset_um", "loss_dB"],
    "crossings": ["angle_deg", "loss_dB"],
}
asked = {"modes": 2, "bends": 2, "couplers": 2, "fibre_coupling": 3, "crossings": 1}
for block, keys in names.items():
    rows = modes[block]
    assert len(rows) >= asked[block] or modes["absent"].get(block), block
    for row in rows:
        for key in keys:
            assert key in row, (block, key)
        assert all(math.isfinite(v) for v in row.values() if isinstance(v, float)), row
first = modes["modes"][0]["wavelength_um"]
here = [row for row in modes["fibre_coupling"] if row.get("wavelength_um", first) == first]
assert [row["offset_um"] for row in here] == [0, 1, 2]
assert all(row["loss_dB"] > 0 for row in modes["fibre_coupling"])
assert all(row["loss_dB_per_cm"] > 0 for row in modes["bends"])
assert isinstance(modes["error_estimate"], float)
for rule in ("min_bend_radius_mm", "min_pitch_um"):
    assert modes["rules"][rule] > 0
PY
done

# Every kind of profile, with and without a cover. The table is the Gaussian itself on a fine grid.
kind() {
  local profile=$1
  shift
  printf 'background_index: 1.5065\nprofile: {%s}\n%s\n' "$profile" "$*" >kind.yaml
  expect 0 "n_eff" "$program" modes kind.yaml
}
kind "kind: gaussian, delta_n: 0.012, half_width_x_um: 4, half_width_y_um: 3, depth_um: 5" "cover_index: 1"
kind "kind: step_fibre, core_radius_um: 4.1, core_index: 1.4522, cladding_index: 1.4470"
kind "kind: channel, width_um: 6, height_um: 6, core_index: 1.512"
kind "kind: surface_erfc, delta_n: 0.03, depth_um: 4, opening_um: 4, side_diffusion_um: 3" "cover_index: 1"
/usr/bin/python3 - <<'PY'
import math
with open("map.csv", "w") as out:
    print("x_um,y_um,index", file=out)
    for j in range(-60, 61):
        for i in range(-60, 61):
            x, y = i / 5, j / 5
            print(f"{x},{y},{1.5065 + 0.012 * math.exp(-(x / 4) ** 2 - (y / 3) ** 2):.9f}", file=out)
PY
kind "kind: table, file: map.csv"
"$program" modes kind.yaml --fast --json >table.json
"$program" modes guide.yaml --set wavelength_um=1.31 --fast --json >formula.json
/usr/bin/python3 - <<'PY' || fail "a table of a Gaussian guide is another guide"
import json
table, formula = (json.load(open(name))["modes"][0] for name in ("table.json", "formula.json"))
# bilinear between points 0.2 um apart: up to h^2/8 of the curvature 2/3^2 um^-2 of either axis, 1.1e-3 of 0.012
assert abs(table["effective_index"] - formula["effective_index"]) < 2e-5, (table, formula)
PY

# Recipes: masked, planar, and a temperature beyond the data.
printf 'glass: soda-lime\nrecipe: iox-thermal-a0\n' >recipe.yaml
expect 0 "Rules: bend radius" "$program" modes recipe.yaml
expect 0 "is outside the 217 to 330 C" "$program" modes recipe.yaml --set 'recipe.steps[1].temperature_C=335'
printf 'glass: soda-lime\nrecipe: millar-hutchins-217c-140min\nwavelength_um: 0.6328\ncover_index: 1\n' >planar.yaml
expect 0 "a planar guide holds light in depth only" "$program" modes planar.yaml

expect 0 "barely guided" "$program" modes planar.yaml \
  --set 'recipe={use: ramaswamy-najafi-dilute, delta_n_max: 0.065}'

# Below cut-off: exit code 1, said so, with a recipe that would do.
expect 1 "no guided mode found at 1.31 um" "$program" modes guide.yaml --set profile.delta_n=0.00001 --set wavelength_um=1.31
expect 1 "recipe that guides in soda-lime there: ramaswamy-najafi" "$program" modes planar.yaml \
  --set recipe.delta_n_max=0.002 --set wavelength_um=1.31

# Wrong input: code 2 and nothing on stdout.
wrong() {
  local text=$1
  shift
  expect 2 "$text" "$program" modes "$@"
  [ -z "$("$program" modes "$@" --json 2>/dev/null)" ] || fail "modes $* prints a document of wrong input"
}
wrong "bend_radii_mm[0]: found 0" guide.yaml --set 'bend_radii_mm=[0]'
wrong "gaps_um[0]: found 0" guide.yaml --set 'gaps_um=[0]'
wrong "mode_field_diameter_um: found -9" guide.yaml --set fibre.mode_field_diameter_um=-9
wrong "holds no mobile sodium" recipe.yaml --set glass=eagle-xg
wrong "time_min: found -5" recipe.yaml --set 'recipe.steps[0].time_min=-5'
wrong "light leaks into a denser cover" recipe.yaml --set cover_index=1.7
wrong "must be one of gaussian" guide.yaml --set profile.kind=box
sed 5s/,1.5/,nan/ map.csv >nan.csv
wrong "nan.csv:5:1: line: found" kind.yaml --set profile.file=nan.csv
sed 5d map.csv >hole.csv
wrong "hole.csv: table: found no point at" kind.yaml --set profile.file=hole.csv
grep -v '^-\|^[6-9]\|^1' map.csv >half.csv
wrong "touches its window" kind.yaml --set profile.file=half.csv

# The stress of potassium lifts TM above TE, by the recipe's value at full exchange times the fraction over the mode.
printf 'wavelength_um: 1.31\nglass: n-bk7\ncover_index: 1.0\nrecipe: iox-potassium-bk7\n' >potassium.yaml
"$program" modes potassium.yaml --json 2>/dev/null | /usr/bin/python3 -c '
import json, sys
split = json.load(sys.stdin)["birefringence"]
assert -1.4e-3 < split["ion_stress"] < -1e-4, split
assert abs(split["total"] - split["shape"] - split["ion_stress"]) < 1e-12 and split["total"] < 0, split
' || fail "stress of the exchanged ions"

finish
