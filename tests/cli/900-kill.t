#!/bin/sh
# kill -9 at any moment, then once more to the end: the same office as if nothing had happened.
#
# 20 files are dropped; an undisturbed run counts the calls that change the disk, then KILL_MOMENTS offices
# are killed, each at a call drawn from its part of the run (every fifth is killed again while it recovers),
# and run to the end. Rows, blobs, drafts and returned files must be equal, the journal must verify, and no
# number may be missing or double. KILL_SEED=N repeats a run.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
moments=${KILL_MOMENTS:-50}
seed=${KILL_SEED:-$(date +%s)}
echo "# KILL_SEED=$seed KILL_MOMENTS=$moments"
fresh=$scratch/fresh

make_office "$fresh" || { flunk "init"; done_testing; }
drop=$fresh/inbox
cp -R "$top"/samples/inbox/* "$drop"
n=$(find "$drop" -mindepth 1 -maxdepth 1 ! -name '.*' | wc -l)
while [ "$n" -lt 20 ]; do
	n=$((n + 1))
	make_letter "$drop/thu-$n.docx" "$((4600 + n))" "kiểm tra việc quản lý đất đai đợt $n"
done
is "20 things are dropped" "$(find "$drop" -mindepth 1 -maxdepth 1 ! -name '.*' | wc -l)" 20

# run OFFICE NAME=VALUE…: one pass in a process group of its own, so that all of it can be killed.
run() {
	office=$1
	shift
	env "$@" KILL_DIR="$office" LD_PRELOAD="$BUILD/killat.so" setsid -w "$vanthu" run --once --office "$office" \
		>>"$scratch/log" 2>&1
}

# Everything that must be equal.
picture() {
	"$vanthu" dump --canonical --office "$1" >"$2" 2>>"$scratch/log" || echo "dump failed" >>"$2"
	(cd "$1" && find inbox archive/blobs drafts returned -type f ! -path 'archive/blobs/??/*' | sort | xargs -r -d '\n' sha256sum &&
		find inbox archive drafts returned -type d ! -path 'archive/blobs/*' | sort) >>"$2"
}

cp -a "$fresh" "$scratch/calm"
: >"$scratch/log"
ok "an undisturbed run" run "$scratch/calm" KILL_COUNT="$scratch/calls"
picture "$scratch/calm" "$scratch/wanted"
calls=$(cat "$scratch/calls" 2>/dev/null || echo 0)
echo "# $calls calls that change the disk"
ok "it verifies" "$vanthu" verify --office "$scratch/calm"
is "nothing is left in the inbox" "$(find "$scratch/calm/inbox" -type f | wc -l)" 0
ok "it took and returned things" test "$calls" -gt 500 -a "$(grep -c '^dossier' "$scratch/wanted")" -ge 10

bad=
for moment in $(awk -v seed="$seed" -v n="$moments" -v calls="$calls" 'BEGIN { srand(seed)
	for (i = 0; i < n; i++) print 1 + int((i + rand()) * calls / n) ":" (i % 5 ? 0 : 1 + int(rand() * calls / 4)) }'); do
	office=$scratch/office
	chmod -R u+w "$office" 2>/dev/null
	rm -rf "$office"
	cp -a "$fresh" "$office"
	run "$office" KILL_AT="${moment%:*}"
	killed=$?
	[ "${moment#*:}" = 0 ] || run "$office" KILL_AT="${moment#*:}"
	run "$office"
	again=$?
	picture "$office" "$scratch/got"
	difference=$(diff "$scratch/wanted" "$scratch/got" | head -5)
	verified=$("$vanthu" verify --office "$office" 2>&1) || difference="$difference verify: $verified"
	[ "$killed" -ge 128 ] || difference="$difference it was not killed ($killed)"
	[ "$again" = 0 ] || difference="$difference the next run ended with $again"
	[ -z "$difference" ] || bad="$bad
killed at call $moment: $difference"
done
is "killed at $moments moments, each ends as if nothing had happened" "$bad" ""

# --- the issue of a decision, with its certificates: killed, finished by the next run, or asked for again ---
base=$scratch/base
VANTHU_DEMO=$base VANTHU_DEMO_STOP=issue sh "$top/samples/demo.sh" "$BUILD" >>"$scratch/log" 2>&1
export VANTHU_CLOCK=2026-11-27T03:00:00Z
issue() {
	office=$1
	shift
	env "$@" KILL_DIR="$office" LD_PRELOAD="$BUILD/killat.so" setsid -w "$vanthu" task issue 2026-00005 \
		--file "$office/1362-QD-STNMT-da-ky.docx" --as tran-thi-binh --office "$office" >>"$scratch/log" 2>&1
}
cp -a "$base" "$scratch/issued"
ok "a decision is issued" issue "$scratch/issued" KILL_COUNT="$scratch/calls"
picture "$scratch/issued" "$scratch/wanted"
like "with five certificates" "$(grep -c 'drafts/2026-00005/giay-khen' "$scratch/wanted")" '^5$'
bad=
for moment in $(awk -v seed="$seed" -v calls="$(cat "$scratch/calls")" 'BEGIN { srand(seed)
	for (i = 0; i < 12; i++) print 1 + int((i + rand()) * calls / 12) }'); do
	office=$scratch/office
	chmod -R u+w "$office" 2>/dev/null
	rm -rf "$office"
	cp -a "$base" "$office"
	issue "$office" KILL_AT="$moment"
	"$vanthu" run --once --office "$office" >>"$scratch/log" 2>&1
	"$vanthu" list --office "$office" --stage ban-hanh | grep -q 2026-00005 && issue "$office" KILL_AT=
	picture "$office" "$scratch/got"
	"$vanthu" verify --office "$office" >/dev/null 2>&1 && cmp -s "$scratch/wanted" "$scratch/got" || bad="$bad $moment"
done
is "killed at 12 moments of it, each ends the same" "$bad" ""
done_testing
