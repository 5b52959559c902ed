#!/bin/sh
# The seed gives what its expected.json says, in every form it comes in; all real documents are answered; no
# field is read worse than it was.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

for file in seed.docx seed.pdf seed.edxml seed-dirty.edxml; do
	"$vanthu" extract --json "$VANTHU_CORPUS/seed/$file" >"$scratch/$file.json" 2>/dev/null
	python3 "$top/tests/corpus/seed.py" "$VANTHU_CORPUS/seed/expected.json" "$scratch/$file.json" >"$scratch/out" 2>&1
	is "$file gives what it should" "$(cat "$scratch/out")" ""
done

for file in "$VANTHU_CORPUS"/vi-docx/* "$VANTHU_CORPUS"/vi-pdf-text/* "$VANTHU_CORPUS"/vi-xml/* "$VANTHU_CORPUS"/other-lang/*; do
	timeout 60 "$vanthu" extract --json "$file" >"$scratch/json" 2>"$scratch/err"
	code=$?
	case $code in
	0 | 1) good=$(grep -c '"fields":{' "$scratch/json") ;;
	3) good=$(grep -c '"severity":"error"' "$scratch/json") ;;
	*) good=0 ;;
	esac
	[ "$good" -gt 0 ] && pass "$(basename "$file")" || flunk "$(basename "$file")" "status $code" "$(head -3 "$scratch/err")"
done

# The table is in the log; what was reached on documents with text may not be lost again.
python3 "$VANTHU_CORPUS/score.py" "$vanthu" "$VANTHU_CORPUS/gold.tsv" "$VANTHU_CORPUS" >"$scratch/score"
sed 's/^/# /' "$scratch/score"
reached() { sed -nE "s/^$2: values ([0-9]+)\\.[0-9]% right.*absent ([0-9]+)\\.[0-9]% invented.*of them ([0-9]+)\\.[0-9]% right\$/\\$1/p" "$scratch/score"; }
ok "values of documents with text are right" test "$(reached 1 text)" -ge 99
ok "hardly a value is invented" test "$(reached 2 text)" -le 1
ok "what is given as certain is right" test "$(reached 3 text)" -ge 99
ok "values of scans are right, handwritten ones counted" test "$(reached 1 scan)" -ge 70
ok "nothing is invented on scans" test "$(reached 2 scan)" -le 1
ok "what is given as certain on scans is right" test "$(reached 3 scan)" -ge 98
like "every document is answered" "$(cat "$scratch/score")" 'without an answer 0'
done_testing
