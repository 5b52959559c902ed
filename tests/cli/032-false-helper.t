#!/bin/sh
# A helper in other hands: whatever it answers is a finding about its document; and files that take all their time do not hold up the rest.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
bin=$scratch/bin
mkdir "$bin" && cp "$BUILD/vanthu" "$BUILD/vanthu-draw" "$bin/"
{ echo "#!$(command -v python3)"; cat "$top/tests/lib/false_helper.py"; } >"$bin/vanthu-decode"
chmod +x "$bin/vanthu-decode"
make_letter "$scratch/a.docx" 5101 'kiểm tra'

for row in 'nothing:crashed' 'half a head:crashed' 'garbage:damaged' 'no tree:crashed' 'no end:crashed' 'invalid text:crashed' \
	'deep:too-large' 'counts:crashed' 'blocks:too-large' 'attachment:crashed' 'hole:too-large' 'long error:damaged' \
	'short outcome:timed-out' 'many outcomes:crashed'; do
	echo "${row%:*}" >"$bin/FALSE_HELPER"
	timeout 60 "$bin/vanthu" decode --tree "$scratch/a.docx" >"$scratch/tree" 2>&1
	is "${row%:*}" "$?:$(grep -c "^finding error \"decode/${row#*:}\"" "$scratch/tree")" 3:1
	ok "${row%:*}: said in few words" test "$(wc -c <"$scratch/tree")" -lt 5000
	unlike "${row%:*}: and none that colour a terminal" "$(cat "$scratch/tree")" "$(printf '\033')"
done
echo 'no hello' >"$bin/FALSE_HELPER"
is "one that says something else first is not used" "$(status "$bin/vanthu" decode "$scratch/a.docx")" 4

# --- pages that take minutes each ---
cp "$BUILD/vanthu-decode-pdf" "$bin/" && cp "$bin/vanthu-decode" "$bin/vanthu-ocr"
{
	printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 6/Kids['
	for n in 11 12 13 14 15 16; do printf '%d 0 R ' $n; done
	printf ']>>endobj\n3 0 obj<</Length 62>>stream\nq 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q        \nendstream endobj\n'
	for n in 11 12 13 14 15 16; do printf '%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>endobj\n' $n; done
	printf 'trailer<</Root 1 0 R/Size 17>>\n%%%%EOF\n'
} >"$scratch/scan.pdf"
rm -f "$bin/requests"
echo 'out of time' >"$bin/FALSE_HELPER"
like "a scan whose pages take too long is not read on" "$("$bin/vanthu" decode --tree "$scratch/scan.pdf")" '"decode/not-recognised"'
is "after the second" "$(wc -l <"$bin/requests")" 2

# --- one dossier, many files that take all the time there is ---
office=$scratch/office
make_office "$office" || { flunk "init"; done_testing; }
mkdir "$office/inbox/slow"
for n in 1 2 3 4 5 6 7 8; do make_letter "$office/inbox/slow/$n.docx" 510$n 'chậm'; done
echo 'out of time' >"$bin/FALSE_HELPER"
rm -f "$bin/requests"
"$bin/vanthu" run --once --office "$office" >"$scratch/log" 2>&1
is "the third ends it" "$(wc -l <"$bin/requests")" 3
like "the folder is given back, with the name of the file" "$(cat "$office/returned/slow.ly-do.txt")" '3\.docx: .*quá lâu'
is "all of it" "$(ls "$office/returned/slow" | wc -l)" 8
ok "the archive is whole" "$vanthu" verify --office "$office"
done_testing
