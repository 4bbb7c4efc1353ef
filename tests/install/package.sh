#!/usr/bin/env bash
# Two Debian packages: what they say of themselves, and that dpkg installs the program where it runs.
build=$(realpath "$3")
source "$(dirname "$0")/../cli/lib.sh"
command -v dpkg-shlibdeps >/dev/null || { echo "no dpkg-dev"; exit 77; }

cpack --config "$build/CPackConfig.cmake" -G DEB -B "$scratch/deb" >cpack.txt 2>&1 || fail "cpack: $(tail -5 cpack.txt)"
version=$("$program" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
package=deb/beachfront_${version}_$architecture.deb
library=deb/libbeachfront-dev_${version}_$architecture.deb
[ -s "$package" ] && [ -s "$library" ] || fail "packed: $(ls deb)"
field() { dpkg-deb -f "$1" "$2"; }
[ "$(field "$package" Package) $(field "$package" Version)" = "beachfront $version" ] || fail "name or version"
[ "$(field "$package" Section)" = science ] || fail "section $(field "$package" Section)"
for needed in libc6 libstdc++6 libyaml-cpp libsqlite3-0 libgmp libcholmod; do
  [[ $(field "$package" Depends) == *$needed* ]] || fail "does not depend on $needed: $(field "$package" Depends)"
done
[[ $(field "$package" Depends) != *-dev* ]] || fail "the program depends on headers: $(field "$package" Depends)"
[[ $(field "$library" Depends) == *libeigen3-dev* ]] || fail "libbeachfront-dev depends on $(field "$library" Depends)"
dpkg-deb -c "$package" >files.txt
grep -q ' ./usr/bin/beachfront$' files.txt || fail "no program in the package"
grep -q ' ./usr/share/doc/beachfront/copyright$' files.txt || fail "no licence in the package"
! grep -qE '\.(a|hpp)$' files.txt || fail "libraries or headers in the package of the program"
dpkg-deb -c "$library" >headers.txt
grep -q '/include/beachfront/optics/waveguide.hpp$' headers.txt || fail "no headers in libbeachfront-dev"

# Installed by dpkg into a system of its own, the program runs and finds its library.
mkdir -p system/var/lib/dpkg/{info,updates}
touch system/var/lib/dpkg/{status,available}
dpkg --root="$scratch/system" --force-depends --force-not-root --force-bad-path --log=/dev/null -i "$package" \
  >dpkg.txt 2>&1 || fail "dpkg: $(tail -3 dpkg.txt)"
expect 0 "$version" system/usr/bin/beachfront --version
expect 0 "written" system/usr/bin/beachfront new mine
expect 0 "well-formed" system/usr/bin/beachfront check mine.yaml
grep -q 'Status: install ok unpacked\|Status: install ok installed' system/var/lib/dpkg/status || fail "dpkg does not know it"
finish
