#!/bin/sh
# Every message that a person may see exists in Vietnamese: xgettext finds them all, msgcmp compares.
. "$(dirname "$0")/../lib/tap.sh"
cd "$top" || exit 1

pot=$scratch/vanthu.pot
find engine -name '*.c' | sort | xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ -o "$pot" -f -
missing=$(msgcmp --use-untranslated engine/base/vi.po "$pot" 2>&1 | grep -A3 -E 'used but not defined' | head -40)
is "every English message has a Vietnamese one" "$missing" ""
empty=$(msgattrib --untranslated --no-obsolete engine/base/vi.po | grep -c '^msgid')
is "no translation is empty" "${empty:-0}" "0"
not_fuzzy=$(msgattrib --only-fuzzy --no-obsolete engine/base/vi.po | grep -c '^msgid')
is "no translation is a guess" "${not_fuzzy:-0}" "0"
done_testing
