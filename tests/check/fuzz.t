#!/bin/sh
# Every fuzz target runs through its seeds, whole and cut off.
. "$(dirname "$0")/../lib/tap.sh"
sh "$top/tests/fuzz/seeds.sh" "$vanthu" "$scratch/seeds" >/dev/null 2>&1
for target in "$BUILD"/replay/*; do
	name=$(basename "$target")
	set -- "$scratch/seeds/$name"/*
	ok "$name: $# seeds" timeout 300 "$target" "$@"
done
done_testing
