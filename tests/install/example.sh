#!/usr/bin/env bash
# examples/glass_guide, out of the tree, links the installed optics and finds what the program finds.
build=$(realpath "$3")
source "$(dirname "$0")/../cli/lib.sh"

for component in development; do
  cmake --install "$build" --prefix "$scratch/installed" --component $component >install.txt || fail "install"
done
cp -r "$source/examples/glass_guide" example
cmake -S example -B made -DCMAKE_PREFIX_PATH="$scratch/installed" -DCMAKE_BUILD_TYPE=Release >cmake.txt 2>&1 ||
  fail "cmake: $(tail -20 cmake.txt)"
cmake --build made >make.txt 2>&1 || fail "build: $(tail -20 make.txt)"
! grep -q -- -Wconversion <(cmake --build made --target clean --verbose; cmake --build made --verbose) ||
  fail "our warnings reach other programs"
made/glass_guide >guide.txt || fail "glass_guide ended with $?"

# The library's own recipe at a mask opening of 2 um, by the program.
printf 'glass: glass-alkali\nrecipe: {use: iox-thermal-a0, mask_opening_um: 2}\ncover_index: 1.0\n' >guide.yaml
"$program" modes guide.yaml --fast --json >guide.json || fail "modes"
/usr/bin/python3 - <<'PY' || fail "the example finds other figures: $(cat guide.txt)"
import json
guide = json.load(open("guide.json"))
row = next(line.split() for line in open("guide.txt") if line.split()[0] == "2.0")
mode = guide["modes"][0]
expected = (mode["effective_index"], mode["mode_field_diameter_x_um"], mode["mode_field_diameter_y_um"],
            guide["fibre_coupling_loss_dB"], guide["rules"]["min_bend_radius_mm"])
for found, figure, digit in zip(row[1:], expected, (1e-5, 0.01, 0.01, 0.01, 0.01)):
    assert abs(float(found) - figure) <= 0.51 * digit, (found, figure)
PY

# A component that there is not is told.
printf 'cmake_minimum_required(VERSION 3.22)\nproject(x LANGUAGES CXX)\nfind_package(beachfront REQUIRED COMPONENTS heat)\n' \
  >example/CMakeLists.txt
expect 1 "no component 'heat'" cmake -S example -B wrong -DCMAKE_PREFIX_PATH="$scratch/installed"
finish
