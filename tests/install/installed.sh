#!/usr/bin/env bash
# The program in another place: its own library, documents, completion, manual.
build=$(realpath "$3")
source "$(dirname "$0")/../cli/lib.sh"

cmake --install "$build" --prefix "$scratch/first" --component program >install.txt || fail "install"
mv first moved
installed=$scratch/moved/bin/beachfront
for file in share/beachfront/{library/materials.yaml,reference/102t-glass.yaml,sweeps,golden/102t-glass.json} \
  share/doc/beachfront/{copyright,README.md,docs/first-design.md} share/man/man1/beachfront.1 \
  share/bash-completion/completions/beachfront share/zsh/vendor-completions/_beachfront \
  share/fish/vendor_completions.d/beachfront.fish; do
  [ -e "moved/$file" ] || fail "$file is not installed"
done
[ "$("$installed" --version)" = "$("$program" --version)" ] || fail "--version differs"
[[ $("$installed" --version) =~ ^beachfront\ [0-9]+\.[0-9]+\.[0-9]+\ \(([0-9a-f]{12}(-dirty)?|unknown)\)$ ]] ||
  fail "--version says $("$installed" --version)"

# The library is the one that was moved with it, not the source tree's.
expect 0 "written" "$installed" new mine
"$installed" check mine.yaml --resolved >before.yaml || fail "check --resolved"
grep -q 'conductivity_W_per_mK: 120' before.yaml || fail "silicon's conductivity is not 120 any more: adapt this test"
sed -i 's/conductivity_W_per_mK: 120/conductivity_W_per_mK: 147.25/' moved/share/beachfront/library/materials.yaml
"$installed" check mine.yaml --resolved >after.yaml || fail "check --resolved"
grep -q 'conductivity_W_per_mK: 147.25' after.yaml || fail "the moved program does not read the moved library"
"$program" check mine.yaml --resolved | cmp -s - before.yaml || fail "the built program reads another library"
expect 0 "well-formed" "$installed" check moved/share/beachfront/reference/102t-glass.yaml
expect 0 "feasible" "$installed" solve mine.yaml --set uncertainty.samples=0 -o out
finish
