#!/bin/sh
# docs/rules.md is the language: its tables are the program's, its examples hold, every word of the language is in
# one of them; the schema for editors is the loader's, accepts what is good and refuses what the loader refuses.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"
schema=$top/rules/schema/rules.rng
valid() { xmllint --noout --nonet --relaxng "$schema" "$1" 2>/dev/null; }

python3 "$top/tests/lib/manual.py" tables "$vanthu" "$top/docs/rules.md" >"$scratch/rules.md"
golden "the tables of docs/rules.md are the program's" "$scratch/rules.md" "$top/docs/rules.md"
"$vanthu" rules schema >"$scratch/rules.rng"
golden "the schema is the program's" "$scratch/rules.rng" "$schema"

# --- the examples ---
make_office "$scratch/office"
python3 "$top/tests/lib/manual.py" examples "$top/docs/rules.md" "$scratch/examples"
python3 "$top/tests/lib/manual.py" whole "$top/docs/adding-a-rule.md" "$scratch/adding"
mv "$scratch/adding/01" "$scratch/examples/adding"
for example in "$scratch"/examples/*; do
	title=$(cat "$example/title")
	rm -rf "$scratch/office/rules" && cp -R "$example/rules" "$scratch/office/rules"
	cp -R "$example/tests" "$scratch/office/rules/tests"
	ok "$title: loads" "$vanthu" rules check --office "$scratch/office"
	ok "$title: reads what it says" "$vanthu" rules test --office "$scratch/office" "$scratch/office/rules/tests"
	for file in "$example"/rules/*.xml; do ok "$title: $(basename "$file") is valid" valid "$file"; done
done
cat "$scratch"/examples/*/rules/*.xml >"$scratch/all"
"$vanthu" rules words elements | awk '/^\*\*`</ { gsub(/[*`<>]/, "", $1); sub(":", "", $1); element = $1; print element }
	/^\| `/ { gsub(/`/, "", $2); print element "@" $2 }' >"$scratch/words"
missing=
while IFS=@ read -r element attribute; do
	# an attribute in an element of that name, also over several lines
	if ! tr '\n' ' ' <"$scratch/all" | grep -qE "<$element([ >/]${attribute:+[^>]* }|[ >/])${attribute:+$attribute=}"; then
		missing="$missing $element@$attribute"
	fi
done <"$scratch/words"
ok "there are words" test "$(wc -l <"$scratch/words")" -gt 100
# a part or column takes what a field takes; the shipped files and the examples together show every one
missing=$(printf '%s\n' $missing | grep -vE '^(part|column)@(take|after|start|end|region|map|default|confidence|source|clean|type|values|xpath|zone|required)$')
is "every word of the language is in an example" "$missing" ""

# --- good files and wrong ones, by loader and schema ---
for file in $(find "$top/rules" -name '*.xml' -exec grep -l '^<rules ' {} +); do ok "$(basename "$file") is valid" valid "$file"; done
rm -rf "$scratch/office/rules" && mkdir "$scratch/office/rules"
before=$("$vanthu" rules check --office "$scratch/office" | sed 's/.* \([0-9]*\) checks$/\1/')
printf '<rules id="own"><check id="a" severity="note" test="1" message="m" message-en="m"/></rules>' >"$scratch/office/rules/own.xml"
like "a check of one document is counted" "$("$vanthu" rules check --office "$scratch/office")" " $((before + 1)) checks"
wrong() {
	printf '<rules id="own">\n%s\n</rules>\n' "$2" >"$scratch/office/rules/own.xml"
	like "$1 is refused where it stands" "$("$vanthu" rules check --office "$scratch/office" 2>&1)" "own.xml:2: .*$3"
	[ "${4:-}" = loader ] || not_ok "$1 is refused by the schema" valid "$scratch/office/rules/own.xml"
}
wrong "a misspelt element" '<feild name="x"/>' "unknown element 'feild' in 'rules'; did you mean 'field'"
wrong "a misspelt attribute" '<field name="x" zoen="body"/>' "did you mean 'zone'"
wrong "a misspelt zone" '<field name="x" zone="bodi"/>' "did you mean 'body'"
wrong "a misspelt type" '<field name="x" type="persn"/>' "did you mean 'person'"
wrong "a misspelt clean-up" '<field name="x" clean="strip-ends"/>' "did you mean 'strip-end'"
wrong "a misspelt choice" '<field name="x" take="line"/>' "did you mean 'lines'"
wrong "a misspelt source of records" '<records name="x" from="tabel"/>' "did you mean 'table'"
wrong "a misspelt override" '<field name="x" override="befor"/>' "did you mean 'before'"
wrong "a part where none may be" '<field name="x"><part name="y"/></field>' "'part' does not stand in 'field' but in 'records'"
wrong "no name" '<field zone="body"/>' "needs the attribute 'name'"
wrong "no header" '<records name="x" from="table"><column name="y"/></records>' "needs the attribute 'header'"
wrong "a name with capitals" '<field name="X"/>' "make a name"
wrong "a number that is none" '<field name="x" confidence="high"/>' "a number from 0 to 1 is needed"
wrong "a box of three" '<field name="x" region="1 2 3"/>' "left top right bottom"
wrong "a value without text" '<values name="v"><value id="a"/></values>' "needs the attribute 'text'"
wrong "a check without a test" '<check id="a" severity="error" message="m" message-en="m"/>' "needs the attribute 'test'"
wrong "a severity that is none" '<check id="a" severity="eror" test="1" message="m" message-en="m"/>' "did you mean 'error'"
wrong "a pattern that is none" '<field name="x"><pattern>(a</pattern></field>' "no regular expression" loader
wrong "an unknown piece" '<let name="ngay">\d</let><field name="x"><pattern>${ngya}</pattern></field>' "did you mean 'ngay'" loader
wrong "an unknown function" '<field name="x" compute="uper(y)"/>' "did you mean 'upper\(\)'" loader
wrong "an XPath that is none" '<field name="x" xpath="//a["/>' "xpath: .*//a" loader
wrong "an unknown enumeration" '<field name="x" values="awards"/>' "no <values name='awards'>" loader
wrong "nothing to extend" '<document-type id="xyz" label="X" override="extend"/>' "no earlier folder has a 'xyz'" loader
wrong "a file of another folder" '<include file="../x.xml"/>' "names a file of the same folder" loader
wrong "a file that is not there" '<include file="x.xml"/>' "x.xml" loader
wrong "a confidence above one" '<field name="x" confidence="2"/>' "a number from 0 to 1" loader
wrong "a pattern as an attribute" '<field name="x" pattern="a"/>' "'pattern' is no attribute of 'field' but an element"
wrong "a pattern without its element" '<field name="x" zone="body">a</field>' "'field' holds no text"
wrong "a type that is none" '<field name="x" when="cong-van giay-moii"/>' "no document type 'giay-moii'; did you mean 'giay-moi'" loader
wrong "a type that is none, of records" '<records name="x" from="bullets" when="giay-moii"/>' "did you mean 'giay-moi'" loader
wrong "a type that is there twice" '<document-type id="d" label="D"/><document-type id="d" label="E"/>' "'d' is there already: .*own.xml:2" loader
wrong "a misspelt enumeration" '<values name="award"><value id="a" text="b"/></values><field name="x" values="awards"/>' "did you mean 'award'" loader
wrong "a column of bullets" '<records name="x" from="bullets"><column name="y" header="z"/></records>' "it is a 'part'" loader
wrong "a table without columns" '<records name="x" from="table"/>' "need a 'column'" loader
wrong "a pattern beside columns" '<records name="x" from="table"><pattern>a</pattern><column name="y" header="z"/></records>' "belongs into a 'column'" loader
wrong "matches of nothing" '<records name="x" from="matches"/>' "records from='matches' need a 'pattern'" loader
wrong "elements of nowhere" '<records name="x" from="xpath"/>' "needs the attribute 'xpath'" loader
wrong "a part that no group fills" '<records name="x" from="matches"><pattern>(?&lt;who>a)(?&lt;day>b)</pattern><part name="hwo"/><part name="day"/></records>' "no pattern has a group 'hwo'; did you mean 'who'" loader
wrong "a zone beside an XPath" '<field name="x" xpath="//a" zone="body"/>' "'zone' does nothing beside 'xpath'" loader
wrong "a bare sign" '<field name="x"><pattern>a < b</pattern></field>' "is written &lt; or &amp;"
wrong "a misspelt name in a check" '<check id="a" severity="note" test="isued-date" message="m" message-en="m"/>' "nothing reads a 'isued-date'; did you mean 'issued-date'" loader
wrong "a misspelt name in a message" '<check id="a" severity="note" test="1" message="{subjekt}" message-en="m"/>' "did you mean 'subject'" loader
wrong "a misspelt name in what is computed" '<field name="x" compute="count(nominees)"/>' "did you mean 'nominee'" loader
wrong "an open brace" '<check id="a" severity="note" test="1" message="{x" message-en="m"/>' "without its '}'" loader
printf '<rules id="own"><records name="x" from="matches"><pattern>${q}</pattern><part name="y"/><part name="z"/></records></rules>' >"$scratch/office/rules/own.xml"
is "a mistake is told once, without what follows from it" "$("$vanthu" rules check --office "$scratch/office" 2>&1 | grep -c own.xml)" 1
printf '<rules id="own" from="1.1.2026"/>' >"$scratch/office/rules/own.xml"
like "a day that is none" "$("$vanthu" rules check --office "$scratch/office" 2>&1)" "own.xml:1: .*a date like 2026-11-23"
not_ok "and by the schema" valid "$scratch/office/rules/own.xml"
done_testing
