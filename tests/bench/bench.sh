#!/bin/sh
# make bench: each step beside the bare library, then the whole line: files into a test office, drafts, search.
# VANTHU_BENCH_SCALE=10 drops ten times as many files. Real documents are measured too where VANTHU_CORPUS names them.
set -eu
top=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
scale=${VANTHU_BENCH_SCALE:-1}
scratch=$(mktemp -d)
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
export VANTHU_DATA="$top" VANTHU_LANG=en
vanthu=$BUILD/vanthu

echo "samples/"
find "$top/samples/inbox" -name '*.docx' -o -name '*.pdf' -o -name '*.edxml' | sort | xargs -d '\n' "$BUILD/bench"
"$BUILD/bench-fill" "$scale"
if [ -d "${VANTHU_CORPUS:-}" ]; then
	echo "real documents"
	find "$VANTHU_CORPUS"/vi-docx "$VANTHU_CORPUS"/vi-pdf-text "$VANTHU_CORPUS"/vi-xml -type f | sort | xargs -d '\n' "$BUILD/bench"
fi

# --- the patterns of the rules beside Python's re, over the same texts ---
mkdir "$scratch/text"
find "$top/samples/inbox" -name '*.docx' -o -name '*.pdf' | while read -r file; do
	"$vanthu" decode --text "$file" >"$scratch/text/$(basename "$file").txt" 2>/dev/null || rm -f "$scratch/text/$(basename "$file").txt"
done
grep -hoE '<pattern>[^<]*' "$top"/rules/*.xml | sed 's/<pattern>//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >"$scratch/patterns"
python=$(python3 "$top/tests/bench/patterns.py" "$scratch/patterns" "$scratch/kept" "$scratch"/text/*)
ours=$("$BUILD/bench-patterns" "$scratch/kept" "$scratch"/text/*)
echo "$python $ours" | awk '{ printf "%d patterns of the rules, first match of each in a text: ours %d us (folding it too), Python re %d us: x %.1f\n", $3, $4, $2, $2 / $4 }'

# --- the whole line ---
. "$top/tests/lib/office.sh"
make_office "$scratch/office"
n=0
while [ $n -lt $((200 * scale)) ]; do
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
