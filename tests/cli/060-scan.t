#!/bin/sh
# Scans: words are recognised and doubted; without the recogniser a scan waits to be typed.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
scan=$top/samples/inbox/cong-van-215-ubnd-xa-quet.pdf

read=$("$vanthu" extract --json "$scan")
field() { echo "$read" | python3 -c "import json, sys; f = json.load(sys.stdin)['fields']['$1']; print(f['value'], f['confidence'] < 0.9)"; }
is "the number is read" "$(field code-number)" '215 True'
is "the date" "$(field issued-date)" '2026-11-17 True'
is "the subject" "$(field subject)" 'V/v đề nghị hướng dẫn thu gom chất thải rắn sinh hoạt True'
is "the type is sure" "$(field type-name)" 'Công văn False'
like "it is said" "$read" '"decode/recognised"'

photo=$("$vanthu" extract --lang en "$top/samples/inbox/van-ban-chup-anh.jpg")
like "a photo that leans" "$photo" 'MÔI TRƯỜNG XANH AN'
like "what can't be read is not guessed" "$photo" 'code-number +absent'
like "but told" "$photo" 'extract/unreadable: Not readable .*: number'
like "what was mended is told" "$photo" 'extract/mended'

like "it can be left unread" "$("$vanthu" decode --no-ocr "$scan")" 'decode/no-text'

pdftoppm -r 200 -f 1 -l 1 -png -singlefile "$scan" "$scratch/page"
tree=$("$vanthu" decode --tree "$scratch/page.png")
like "a PNG is read" "$tree" '^doc image 1'
like "its words carry their doubt" "$tree" '^run .*" doubt [0-9]+$'
"$vanthu" extract "$scratch/page.png" --html "$scratch/page.html"
like "behind its boxes stands the photo" "$(head -c 20000 "$scratch/page.html")" '<image [^>]*href="data:image/png;base64,iVBOR'

# A machine without the recogniser: the same programs, but for one.
mkdir "$scratch/bin"
for program in vanthu vanthu-decode vanthu-decode-pdf vanthu-draw; do ln "$BUILD/$program" "$scratch/bin/" 2>/dev/null || cp "$BUILD/$program" "$scratch/bin/"; done
vanthu=$scratch/bin/vanthu
export VANTHU_DATA="$top" VANTHU_OFFICE="$scratch/office"
like "without it: said" "$("$vanthu" decode --tree "$scan")" 'decode/not-recognised'
like "and what has to be done" "$("$vanthu" decode --tree "$scan")" 'decode/no-text.*chờ nhập tay'
make_office "$scratch/office"
cp "$scan" "$scratch/office/inbox/"
"$vanthu" run --once >/dev/null 2>&1
like "it waits" "$("$vanthu" list)" '2026-00001'
like "it is not confirmed unread" "$("$vanthu" confirm 2026-00001 --as tran-thi-binh 2>&1)" 'type its fields'
done_testing
