#!/bin/sh
# Real DOCX files: each gets a tree, in time.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

for file in "$VANTHU_CORPUS"/vi-docx/* "$VANTHU_CORPUS"/seed/seed.docx; do
	timeout 60 "$vanthu" decode --tree "$file" >"$scratch/tree" 2>"$scratch/err"
	is "$(basename "$file")" "$?:$(grep -c '^finding error "decode/' "$scratch/tree")" 0:0
done
done_testing
