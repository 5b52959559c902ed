#!/bin/sh
# Real PDF files: each gets a tree; lists come out row by row. A scan of many pages takes its time: every page has a limit of
# its own, the one here only ends what hangs.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

for file in "$VANTHU_CORPUS"/vi-pdf-*/*.pdf; do
	timeout 900 "$vanthu" decode --tree "$file" >"$scratch/tree" 2>"$scratch/err"
	is "$(basename "$file")" "$?:$(grep -c '^finding error "decode/' "$scratch/tree")" 0:0 # scans too
	case $file in # a picture of text is read, and it is said
	*/vi-pdf-scan/qbh-quyet*) like "$(basename "$file") is recognised" "$(cat "$scratch/tree")" '"decode/recognised"' ;;
	esac
done

# Texts of the paragraphs in first cells ("c1"), then of all paragraphs, one a line.
texts() {
	awk -v only="$1" '/^run / { match($0, /"[^"]*"$/); if (take) text = text substr($0, RSTART + 1, RLENGTH - 2); next }
		{ if (text != "") print text; text = ""; take = /^para / && (only == "" || index($0, only)) }' "$scratch/tree"
}
"$vanthu" decode --tree "$VANTHU_CORPUS/seed/seed.pdf" >"$scratch/tree"
like "spaces inside words are mended" "$(texts '')" 'Chủ tịch Ủy ban'
unlike "a page number is no paragraph" "$(sed -n '1,/^notes$/p' "$scratch/tree" | grep '^run ')" '"[0-9]+"$'
is "the foot does not interleave" "$(texts ' c2 ' | tr '\n' '|')" "GIÁM ĐỐC|Nguyễn Văn Lộc|"
done_testing
