# Sourced by the scripts beside it: program=$1, source tree=$2, a scratch folder that goes away.
set -uo pipefail
program=$(realpath "$1")
source=$(realpath "$2")
reference=$source/designs/reference
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failures=0

fail() {
  local text="$*"
  echo "FAILED: ${text:0:600}" >&2
  failures=$((failures + 1))
}

# expect CODE TEXT COMMAND...: the command ends with the code and its output (both streams) holds the text.
expect() {
  local code=$1 text=$2
  shift 2
  local output status
  output=$("$@" 2>&1)
  status=$?
  [ $status -eq "$code" ] || fail "$* ended with $status, not $code: ${output:0:400}"
  [[ $output == *"$text"* ]] || fail "$* does not say '$text': ${output:0:400}"
}

finish() {
  [ $failures -eq 0 ] && echo "all as expected"
  exit $((failures > 0))
}
