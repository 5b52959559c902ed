#!/bin/sh
# Digital signatures of real files: integrity as pdfsig sees it wherever that finds them good; attacks are called what they are.
. "$(dirname "$0")/../lib/tap.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

# One value of every signature, one a line.
values() { sed -nE "/^signature /{ s/.* \"$1\" \"([^\"]*)\".*/\1/p; }" "$scratch/tree"; }

for file in "$VANTHU_CORPUS"/vi-pdf-signed/*.pdf "$VANTHU_CORPUS"/pdf-signatures/*.pdf; do
	name=$(basename "$file")
	timeout 100 "$vanthu" decode --no-ocr --tree "$file" >"$scratch/tree" 2>/dev/null
	timeout 60 pdfsig -nocert "$file" >"$scratch/pdfsig" 2>/dev/null
	good=$(grep -c 'Signature is Valid' "$scratch/pdfsig")
	wrong=$(grep -c 'Digest Mismatch' "$scratch/pdfsig")
	if [ "$good" -gt 0 ] && [ "$wrong" -eq 0 ]; then
		intact=$(values integrity | grep -c '^intact$')
		ok "$name: $intact intact, pdfsig $good" test "$intact" -ge "$good"
		is "$name: signers" "$(values signer | grep -cvx '')" "$(grep -c 'Common Name' "$scratch/pdfsig")"
	fi
	is "$name: broken as pdfsig says" "$(values integrity | grep -c '^broken$')" "$wrong"
	unlike "$name: checked to its end" "$(cat "$scratch/tree")" '"signature/unchecked"'
	case $name in
	*signature-gap-too-big*) is "$name" "$(values gap)" "larger" ;;
	*tail-uncovered*) is "$name" "$(values coverage)" "partial" ;;
	*-sneaky*) like "$name" "$(values changes | head -1)" '^(hidden|content)$' ;;
	*pades-lta*) is "$name: a document timestamp" "$(values format | grep -c RFC3161)" 1 ;;
	esac
	case $file in # several people signed in turn: that alone is no change of what they signed
	*/vi-pdf-signed/*) if [ "$wrong" -eq 0 ]; then
		unlike "$name: honest revisions" "$(values changes)" 'hidden|content|annotations|form|unknown'
	fi ;;
	esac
done
done_testing
