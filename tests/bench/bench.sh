#!/bin/sh
# make bench: each step beside the bare library and beside other programs, on documents that the bench makes itself, then
# the whole line: files into a test office, drafts, search. Read docs/HACKING.md for the variables.
set -eu
top=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
scale=${VANTHU_BENCH_SCALE:-1}
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
export VANTHU_DATA="$top" VANTHU_LANG=en
vanthu=$BUILD/vanthu

# --- the workload ---
set -- $(awk -v s="$scale" 'BEGIN { print int(200 * s), int(200 * s), int(40 * s) }')
python3 "$top/tests/bench/workload.py" "$scratch/made" "$1" "$2" "$3"
mkdir "$scratch/made/pdf" "$scratch/made/office"
for text in "$scratch"/made/pages/*.txt; do
	echo "$text" "$scratch/made/pdf/$(basename "$text" .txt).pdf"
done | xargs "$BUILD/bench-draw"
echo "$(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg)"

# --- beside the libraries ---
"$BUILD/bench" table "$scratch"/made/docx/* "$scratch"/made/pdf/* "$scratch"/made/xml/*
if command -v soffice >/dev/null; then
	echo "the same, printed by LibreOffice"
	find "$scratch/made/docx" -name '*.docx' | sort | head -n "$3" | xargs soffice --headless \
		"-env:UserInstallation=file://$scratch/profile" --convert-to pdf --outdir "$scratch/made/office" >/dev/null 2>&1
	"$BUILD/bench" table "$scratch"/made/office/*.pdf
fi
if [ -d "${VANTHU_CORPUS:-}" ]; then
	echo "real documents"
	find "$VANTHU_CORPUS"/vi-docx "$VANTHU_CORPUS"/vi-pdf-text "$VANTHU_CORPUS"/vi-xml -type f | sort | xargs -d '\n' "$BUILD/bench" table
fi
"$BUILD/bench" rules

# --- memory ---
for kind in docx pdf xml; do
	printf '%-4s' "$kind"
	"$BUILD/bench" memory "$(find "$scratch/made/$kind" -type f | wc -l)" "$scratch/made/$kind"/*
done
# Many documents, smallest first so that a hundred thousand are done in an hour.
find "$scratch/made/docx" "$scratch/made/xml" -type f -printf '%s %p\n' | sort -n | cut -d' ' -f2- | head -n 200 |
	xargs "$BUILD/bench" memory "${VANTHU_BENCH_LOOP:-3000}"

# --- other programs ---
python3 "$top/tests/bench/peers.py" "$BUILD" "$scratch/made/docx" "$scratch/made/pdf"

# --- the patterns of the rules beside Python's re, over the same texts ---
mkdir "$scratch/text"
for file in "$scratch"/made/docx/00[0-3]?.docx; do
	"$vanthu" decode --text "$file" >"$scratch/text/$(basename "$file").txt"
done
grep -hoE '<pattern>[^<]*' "$top"/rules/*.xml | sed 's/<pattern>//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >"$scratch/patterns"
python=$(python3 "$top/tests/bench/patterns.py" "$scratch/patterns" "$scratch/kept" "$scratch"/text/*)
ours=$("$BUILD/bench-patterns" "$scratch/kept" "$scratch"/text/*)
echo "$python $ours" | awk '{ printf "%d patterns of the rules, first match of each in a text: ours %d us (folding it too), Python re %d us: x %.1f\n", $3, $4, $2, $2 / $4 }'

# --- filling ---
"$BUILD/bench-fill" 1

# --- the whole line ---
. "$top/tests/lib/office.sh"
make_office "$scratch/office"
letters=$1
n=0
while [ $n -lt "$letters" ]; do
	n=$((n + 1))
	make_letter "$scratch/office/inbox/thu-$n.docx" $((4600 + n)) "kiểm tra việc quản lý đất đai đợt $n"
done
mkdir "$scratch/copy" "$scratch/drop"
cp "$scratch"/office/inbox/thu-?.docx "$scratch"/office/inbox/thu-??.docx "$scratch/drop"
now() { date +%s%N; }
# Beside it: the same bytes copied and synced one by one, which nothing that keeps them can avoid.
start=$(now)
for file in "$scratch"/office/inbox/*.docx; do dd if="$file" of="$scratch/copy/$(basename "$file")" conv=fsync status=none; done
copied=$(($(now) - start))
start=$(now)
"$vanthu" run --once --office "$scratch/office" >/dev/null
taken=$(($(now) - start))
start=$(now)
"$vanthu" run --once --office "$scratch/office" >/dev/null
idle=$(($(now) - start))
start=$(now)
"$vanthu" search --office "$scratch/office" dat dai dot 17 >/dev/null
found=$(($(now) - start))
start=$(now)
"$vanthu" verify --office "$scratch/office" >/dev/null
verified=$(($(now) - start))
awk -v n=$n -v c=$copied -v t=$taken -v i=$idle -v f=$found -v v=$verified 'BEGIN {
	printf "%d dispatches, wall time: taken in %.1f ms each (dd with fsync %.1f ms: x %.1f), %.0f a second\n", n, t / n / 1e6, c / n / 1e6, t / c, n / t * 1e9
	printf "a run with nothing to do %.0f ms, a search %.0f ms, verify %.0f ms\n", i / 1e6, f / 1e6, v / 1e6 }'

# --- one by one, while the line is working ---
make_office "$scratch/desk"
python3 "$top/tests/bench/drop.py" "$vanthu" "$scratch/desk" "$scratch"/drop/*.docx
