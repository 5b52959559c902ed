# TAP for shell tests. Source it, then:
#	plan_later; ok NAME COMMAND…; is NAME GOT WANTED; like NAME TEXT PATTERN; golden NAME FILE GOLDEN; done_testing
# $BUILD is the build folder, $top the checkout, $scratch an empty folder that goes away at the end.
set -u
top=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
BUILD=${BUILD:-$top/build}
vanthu=$BUILD/vanthu
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vanthu-test.XXXXXX")
trap 'chmod -R u+w "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
export VANTHU_LANG=${VANTHU_LANG:-en} VANTHU_DATA=$top
tap_n=0 tap_bad=0

pass() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1"; }
flunk() {
	tap_n=$((tap_n + 1)) tap_bad=$((tap_bad + 1))
	echo "not ok $tap_n - $1"
	shift
	[ $# -gt 0 ] && printf '%s\n' "$@" | sed 's/^/# /'
	return 0
}
ok() { name=$1; shift; if out=$("$@" 2>&1); then pass "$name"; else flunk "$name" "$out"; fi; }
not_ok() { name=$1; shift; if out=$("$@" 2>&1); then flunk "$name" "succeeded: $out"; else pass "$name"; fi; }
is() { if [ "$2" = "$3" ]; then pass "$1"; else flunk "$1" "got:    $2" "wanted: $3"; fi; }
like() { if printf '%s' "$2" | grep -qE -- "$3"; then pass "$1"; else flunk "$1" "got:    $2" "wanted: /$3/"; fi; }
unlike() { if printf '%s' "$2" | grep -qE -- "$3"; then flunk "$1" "got:    $2"; else pass "$1"; fi; }
# The exit status of a command, its output thrown away.
status() { "$@" >/dev/null 2>&1; echo $?; }
# Compares a file with a golden one; VANTHU_GOLDEN=write rewrites it.
golden() {
	if [ "${VANTHU_GOLDEN:-}" = write ]; then mkdir -p "$(dirname "$3")"; cp "$2" "$3"; fi
	if diff=$(diff -u "$3" "$2" 2>&1); then pass "$1"; else flunk "$1" "$diff"; fi
}
skip_all() { echo "1..0 # SKIP $1"; exit 0; }
done_testing() { echo "1..$tap_n"; exit $((tap_bad > 0)); }
