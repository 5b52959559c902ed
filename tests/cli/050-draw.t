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

printf 'P1 1 1 1' >"$scratch/secret.pbm"
draw outside "$head<image xlink:href='file://$scratch/secret.pbm' width='50' height='50'/><image xlink:href='http://127.0.0.1/x.png' width='5' height='5'/></svg>" >/dev/null
is "files and addresses are not fetched" "$(pdfimages -list "$scratch/outside.pdf" 2>/dev/null | tail -n +3 | wc -l)" 0
laughs='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>'
code=$(draw laughs "$laughs$head<text>&g;</text></svg>")
ok "entities that multiply end in time" test "$code" -ne 124
nested=$(awk 'BEGIN { for (i = 0; i < 20000; i++) printf "<g>" }')
code=$(draw nested "$head$nested</svg>")
ok "deep nesting ends in time" test "$code" -ne 124
done_testing
