#!/bin/sh
# Real and hostile DOCX and ZIP files: each gets a tree or a refusal with a reason, in time.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

for file in "$VANTHU_CORPUS"/vi-docx/* "$VANTHU_CORPUS"/hostile-docx/* "$VANTHU_CORPUS"/seed/seed.docx; do
	timeout 60 "$vanthu" decode --tree "$file" >"$scratch/tree" 2>"$scratch/err"
	code=$?
	refused=$(grep -c '^finding error "decode/' "$scratch/tree")
	case $code:$refused in
	0:0 | 3:[1-9]*) good=yes ;;
	*) good=no ;;
	esac
	case $file in
	*/hostile-docx/*) want='yes:[01]' ;;
	*) want='yes:0' ;; # real documents are read
	esac
	like "$(basename "$file")" "$good:$refused" "^$want$"
	unlike "$(basename "$file") did not break its reader" "$(cat "$scratch/tree")" '"decode/(crashed|timed-out)"'
done
done_testing
