#!/usr/bin/env bash
# A team's own folder of designs: no golden yet, first goldens, a change, a change that is meant.
source "$(dirname "$0")/lib.sh"
here=$source/tests/cli
junit() { /usr/bin/python3 "$here/junit_shape.py" "$1"; }

mkdir team
"$program" new "team/small & <odd>" >new.txt || fail "new"
printf '\nuncertainty: {samples: 0}\n' >>"team/small & <odd>.yaml"

expect 1 "to take today's figures as the first:" "$program" regress team --junit first.xml
[ "$(junit first.xml)" = "small & <odd> failure" ] || fail "first.xml: $(junit first.xml 2>&1)"
expect 0 "written: team/golden/" "$program" regress team --update --reason "first figures"
expect 0 "1 design: 1 same" "$program" regress team --junit same.xml
[ "$(junit same.xml)" = "small & <odd> good" ] || fail "same.xml: $(junit same.xml 2>&1)"
"$program" regress team --junit again.xml >/dev/null
cmp -s same.xml again.xml || fail "the same figures give other bytes"

# A design that changed: the table, the failure in the XML, a tolerance of one's own.
sed -i 's/^  # ambient_C: 35 .*/  ambient_C: 41/' "team/small & <odd>.yaml"
grep -q 'ambient_C: 41' team/*.yaml || fail "the starter has no ambient_C to change"
expect 1 "mechanics.solder_strain_range" "$program" regress team --junit moved.xml
[ "$(junit moved.xml)" = "small & <odd> failure" ] || fail "moved.xml: $(junit moved.xml 2>&1)"
grep -q "^temperature.asic_max_C: golden " moved.xml || fail "moved.xml does not say what moved"
"$program" regress team --tolerance '*=1000,1e30' --json >wide.json
/usr/bin/python3 - <<'PY' || fail "a wide tolerance still tells numbers"
import json
drifts = json.load(open("wide.json"))["designs"][0]["drifts"]
assert all(isinstance(drift["found"], str) for drift in drifts), drifts  # a text has no tolerance
PY

# Meant: who, why and what go to the history, the day does not.
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0='Ada "L"' \
  expect 0 "written" "$program" regress team --update --reason "hotter hall"
/usr/bin/python3 - <<'PY' || fail "the history is not who, why and what"
import glob, json
golden, = glob.glob("team/golden/*.json")
first, second = json.load(open(golden))["history"]
assert first["reason"] == "first figures" and first["what"] == {"first_figures": len(json.load(open(golden))["figures"])}
assert second["reason"] == "hotter hall" and second["by"] == 'Ada "L"', second
assert second["what"]["moved"] > 10 and second["what"]["new"] == 0
assert len(second["what"]["largest_from_to"]) == 10
assert set(second) == {"reason", "by", "what", "tool_version"}
PY

# Outside of git and without a name there is $USER.
mkdir lone && cp team/*.yaml lone/a.yaml
expect 0 "written" env -i HOME="$scratch" PATH=/nowhere USER=grace "$program" regress lone --update --reason x
grep -q '"by": "grace"' lone/golden/a.json || fail "by: $(grep by lone/golden/a.json)"

# A golden whose design is gone; wrong use.
mv lone/a.yaml lone/b.yaml
expect 1 "a.json has no design" "$program" regress lone --json
expect 1 "NO DESIGN" "$program" regress lone
expect 2 "PATTERN=RELATIVE" "$program" regress lone --tolerance x
expect 2 "its folder is missing" "$program" regress lone --junit nowhere/x.xml
expect 2 "--update needs --reason" "$program" regress lone --update
expect 0 "temperature.*" "$program" regress --show-tolerances --tolerance 'temperature.*=0,0.5'
finish
