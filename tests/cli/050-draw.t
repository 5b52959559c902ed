#!/bin/sh
# Certificates are drawn in a helper that can reach nothing: what an SVG asks for from outside is not there.
. "$(dirname "$0")/../lib/tap.sh"
export VANTHU_CLOCK=2026-11-23T01:30:00Z
head='<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100mm" height="50mm" viewBox="0 0 100 50">'
# draw NAME SVG: the PDF is $scratch/NAME.pdf, the status is printed.
draw() { printf '%s' "$2" | timeout 60 "$BUILD/vanthu-draw" pdf >"$scratch/$1.pdf" 2>"$scratch/$1.err"; echo $?; }

is "an SVG is drawn" "$(draw plain "$head<text x='5' y='20' font-family='Tinos' font-size='8'>Nguyễn Thị Thủy</text></svg>")" 0
like "with its text" "$(pdftotext "$scratch/plain.pdf" -)" 'Nguyễn Thị Thủy'
like "in its size" "$(pdfinfo "$scratch/plain.pdf")" 'Page size: +283\.[0-9]* x 141\.[0-9]*'
draw twice "$head<text x='5' y='20' font-family='Tinos' font-size='8'>Nguyễn Thị Thủy</text></svg>" >/dev/null
ok "the same SVG gives the same bytes" cmp "$scratch/plain.pdf" "$scratch/twice.pdf"
not_ok "no SVG is refused" sh -c "printf 'not xml' | '$BUILD/vanthu-draw' pdf"
not_ok "no size is refused" sh -c "printf '<svg xmlns=\"http://www.w3.org/2000/svg\"/>' | '$BUILD/vanthu-draw' pdf"

pdftoppm -r 20 -png -singlefile "$scratch/plain.pdf" "$scratch/secret"
echo BÍ-MẬT >"$scratch/secret.txt"
inline=$(base64 -w0 "$scratch/secret.png")
draw inline "$head<image xlink:href='data:image/png;base64,$inline' width='50' height='50'/></svg>" >/dev/null
is "a picture in the SVG itself is drawn" "$(pdfimages -list "$scratch/inline.pdf" | tail -n +3 | grep -c .)" 1
draw outside "$head<image xlink:href='file://$scratch/secret.png' width='50' height='50'/><image xlink:href='secret.png' width='5' height='5'/>
<image xlink:href='http://127.0.0.1/x.png' width='5' height='5'/></svg>" >/dev/null
is "files and addresses are not fetched" "$(pdfimages -list "$scratch/outside.pdf" | tail -n +3 | grep -c .)" 0
draw include "$head<text x='5' y='20' font-family='Tinos' font-size='8'>A<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' \
href='file://$scratch/secret.txt' parse='text'/></text></svg>" >/dev/null
unlike "nor included" "$(pdftotext "$scratch/include.pdf" - 2>&1)" 'BÍ-MẬT'
entity="<!DOCTYPE svg [<!ENTITY x SYSTEM 'file://$scratch/secret.txt'>]>"
draw entity "$entity$head<text x='5' y='20' font-family='Tinos' font-size='8'>A&x;</text></svg>" >/dev/null
unlike "nor read as an entity" "$(pdftotext "$scratch/entity.pdf" - 2>&1)" 'BÍ-MẬT'
laughs='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>'
code=$(draw laughs "$laughs$head<text>&g;</text></svg>")
ok "entities that multiply end in time" test "$code" -ne 124
nested=$(awk 'BEGIN { for (i = 0; i < 20000; i++) printf "<g>" }')
code=$(draw nested "$head$nested</svg>")
ok "deep nesting ends in time" test "$code" -ne 124
for size in '6000mm" height="50mm' '1e9mm" height="1e9mm' '0mm" height="50mm' '-5mm" height="50mm' '100%" height="50mm' \
	'1e400mm" height="50mm'; do
	ok "a width of ${size%%\"*} is refused" test "$(draw size "<svg xmlns='http://www.w3.org/2000/svg' width=\"$size\"/>")" = 1
done
code=$(draw blur "$head<filter id='f'><feGaussianBlur stdDeviation='1e6'/></filter><rect width='1e9' height='1e9' filter='url(#f)'/></svg>")
ok "a blur without end ends in time" test "$code" -ne 124
not_ok "an unknown service is refused" sh -c "printf '<svg/>' | '$BUILD/vanthu-draw' png"
done_testing
