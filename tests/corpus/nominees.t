#!/bin/sh
# Nominee lists with a text layer: every count exact, first and last name exact.
. "$(dirname "$0")/../lib/tap.sh"
[ -f "${VANTHU_CORPUS:-}/gold-nominees.tsv" ] || skip_all "VANTHU_CORPUS is not set"

python3 "$top/tests/corpus/nominees.py" "$vanthu" "$VANTHU_CORPUS/gold-nominees.tsv" "$VANTHU_CORPUS" yes >"$scratch/lists"
while read -r path group rest; do
	list="$path $group $rest"
	case $list in
	*": ok") pass "$list" ;;
	*) flunk "$list" ;;
	esac
done <"$scratch/lists"
ok "there are lists" test -s "$scratch/lists"
done_testing
