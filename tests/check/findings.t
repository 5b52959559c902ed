#!/bin/sh
# docs/findings.md says what engine/document/findings.def says (make docs writes it).
. "$(dirname "$0")/../lib/tap.sh"

sh "$top/tests/lib/findings.sh" >"$scratch/findings.md"
is "every finding is listed" "$(grep -c '^| `' "$scratch/findings.md")" \
	"$(grep -c '^FINDING(' "$top/engine/document/findings.def")"
golden "docs/findings.md is current" "$scratch/findings.md" "$top/docs/findings.md"
done_testing
