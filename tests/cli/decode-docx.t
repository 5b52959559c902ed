#!/bin/sh
# The reader of DOCX, XLSX and ZIP, run by hand: whole documents against golden trees.
. "$(dirname "$0")/../lib/tap.sh"

for input in "$top"/tests/golden/decode/*/in.docx "$top"/tests/golden/decode/*/in.xlsx; do
	folder=$(dirname "$input")
	"$BUILD/vanthu-decode" zip <"$input" >"$scratch/tree"
	golden "$(basename "$folder")" "$scratch/tree" "$folder/out.tree"
done

is "an unknown service" "$(status "$BUILD/vanthu-decode" no-such)" 1
is "usage" "$(status "$BUILD/vanthu-decode")" 2
done_testing
