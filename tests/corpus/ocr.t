#!/bin/sh
# Pages that a program printed, drawn at 300 dots an inch and read as pictures: nearly every character is read.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

n=0
for file in "$VANTHU_CORPUS"/vi-pdf-text/*.pdf; do
	[ "$n" -lt 3 ] || break
	[ "$(pdfinfo "$file" 2>/dev/null | awk '/^Pages:/ { print $2 }')" = 1 ] || continue
	[ "$(pdfimages -list "$file" 2>/dev/null | wc -l)" -le 2 ] || continue # a picture on the page is no text
	n=$((n + 1))
	pdftoppm -r 300 -gray -png -singlefile "$file" "$scratch/page" 2>/dev/null
	"$vanthu" decode --text --no-ocr "$file" >"$scratch/printed"
	"$vanthu" decode --text "$scratch/page.png" >"$scratch/read"
	share=$(python3 "$top/tests/corpus/ocr.py" "$scratch/printed" "$scratch/read")
	echo "# $(basename "$file"): $share (percent right; wrong, extra, all characters)"
	ok "$(basename "$file") is read" awk -v share="${share%% *}" 'BEGIN { exit !(share >= 97) }'
done
ok "there are pages" test "$n" -gt 0
done_testing
