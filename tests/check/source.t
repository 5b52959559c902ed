#!/bin/sh
# The house rules that a program can hold: layers, headers that compile alone, sizes, no mutable globals.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

layers=$(awk -F: 'FNR == NR { allowed[$1] = " " $1 " " $2 " "; next }
	/^#include "/ { split(FILENAME, path, "/"); split($0, quoted, "\""); split(quoted[2], to, "/")
		if (index(quoted[2], "/") && to[1] != "gen" && !index(allowed[path[2]], " " to[1] " "))
			print FILENAME ": " path[2] " may not include " to[1] "/" }' \
	tests/check/layers.txt $(find engine -name '*.[ch]'))
is "no folder includes one that it may not" "$layers" ""

alone=
flags="-std=gnu17 -Iengine -DPCRE2_CODE_UNIT_WIDTH=8 $(pkg-config --cflags glib-2.0 libxml-2.0 libzip sqlite3 poppler-glib librsvg-2.0)"
for header in $(find engine -name '*.h'); do
	# shellcheck disable=SC2086
	echo "#include \"${header#engine/}\"" | ${CC:-gcc} $flags -fsyntax-only -x c - 2>/dev/null || alone="$alone $header"
done
is "every header compiles alone" "$alone" ""

long=$(find engine tests -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 }')
is "no file is above 600 lines" "$long" ""

functions=$(ctags -R --languages=C --kinds-C=f --fields=+ne -f - engine | awk -F'\t' '{ s = e = 0
	for (i = 4; i <= NF; i++) { if ($i ~ /^line:/) s = substr($i, 6); if ($i ~ /^end:/) e = substr($i, 5) }
	if (e - s + 1 > 100) print $2 ":" s " " $1 " has " e - s + 1 " lines" }')
is "no function is above 100 lines" "$functions" ""

wide=$(find engine -name '*.[ch]' -exec awk 'FNR == 1 { tabs = 0 } { line = $0; gsub(/\t/, "        ", line)
	gsub(/[\200-\277]/, "", line); if (length(line) > 110) print FILENAME ":" FNR }' {} +)
is "no line is wider than the page" "$wide" ""

opening=
for source in $(find engine -name '*.c'); do
	head -c 2 "$source" | grep -q '/\*' || opening="$opening $source"
done
is "every source opens with what it does" "$opening" ""

globals=
if ls "$BUILD"/lib*.a >/dev/null 2>&1; then
	globals=$(nm -A "$BUILD"/lib*.a 2>/dev/null | awk '$2 ~ /^[BbDdCG]$/ || $3 ~ /^[BbDCG]$/' |
		grep -vE '^[^ ]*libbase.a:error.o|quark|\.rel\.ro|asan|_private_offset|vanthu_error' | awk '$(NF - 1) ~ /^[BbCG]$/' |
		sed 's/.*:\([^:]*\.o\):.*/\1 &/')
fi
is "no mutable globals" "$globals" ""

is "no C++ comments" "$(grep -rnE '(^|[[:space:];{])//' engine --include='*.[ch]' | grep -vE 'https?://|"[^"]*//|\* ' | head -5)" ""
is "no machine path or registry host" "$(grep -rnE '/work/|\.library|deb\.debian|registry\.npm' engine rules templates docs samples \
	Makefile README.md tests .ci 2>/dev/null --include='*' -I | grep -v tests/check/source.t | head -5)" ""
done_testing
