#!/bin/sh
# Every shipped rule file has samples, in two formats and more, and reads them as expected; a wrong expectation
# is told with what was got and where; an office's own rules and tests work the same way.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"

"$vanthu" rules test >"$scratch/shipped" 2>&1
is "the shipped rules read their samples" "$?" 0 || sed 's/^/# /' "$scratch/shipped"
for file in $(find "$top/rules" -name '*.xml' -exec grep -lE '<(rules|checks) ' {} +); do
	id=$(sed -nE 's/^<(rules|checks) id="([^"]*)".*/\2/p' "$file")
	tests=$top/rules/tests/$id
	ok "$id has five samples and more" test "$(ls "$tests" | wc -l)" -ge 5
	case $id in edxml | completeness | eligibility) continue ;; esac
	formats=$(for test in "$tests"/*.test; do sed '1,/^---$/d' "$test" | sed -nE '1{s/^doc ([a-z]+) 1$/\1/;t p;s/.*/text/;:p;p;}'; done |
		sort -u | wc -l)
	ok "$id is tested in two formats" test "$formats" -ge 2
done

# --- a wrong expectation ---
mkdir "$scratch/wrong"
sed 's/^code-number = 1245/code-number = 1246/; s/^priority absent/priority = KHẨN/; s/^recipient count 2/recipient count 3/' \
	"$top/rules/tests/nd30/cong-van.test" >"$scratch/wrong/a.test"
wrong=$("$vanthu" rules test "$scratch/wrong")
is "a wrong expectation is a finding" "$(status "$vanthu" rules test "$scratch/wrong")" 1
like "it says expected, got and where" "$wrong" "a.test:5: expected 'code-number = 1246', got '= 1245' \[[^,]*n3, nd30/code-number\]"
like "what is absent is said" "$wrong" "expected 'priority = KHẨN', got 'absent'"
like "records are counted" "$wrong" "expected 'recipient count 3', got 'count 2'"
like "the rest is right" "$wrong" 'a.test: 28 of 31 as expected'
like "a field too many is told" "$(printf 'type = cong-van\nnothing else\n---\nKính gửi: Sở Y tế\n1. Việc./.\n' >"$scratch/wrong/b.test"
	"$vanthu" rules test "$scratch/wrong/b.test")" "expected 'nothing else', got 'end-mark = true'"
ok "JSON" sh -c "'$vanthu' rules test --json '$scratch/wrong' | python3 -m json.tool"

# --- a test that is none ---
refused() { printf "$2" >"$scratch/bad.test"; like "$1" "$("$vanthu" rules test "$scratch/bad.test" 2>&1)" "$3"; }
refused "a line that says nothing" 'code-number 45\n---\nx\n' "bad.test:1: 'code-number 45' is no expectation"
refused "no document" 'code-number = 45\n' "bad.test:1: a test has a document below '---'"
refused "no expectation" '# x\n---\nx\n' 'a test that expects nothing'
refused "checks without a dossier" 'checks completeness\nfinding x\n---\nx\n' "belong together"
refused "unknown checks" 'checks complete\ndate 2026-01-01\nfinding x\n---\n<dossier/>\n' "no set of checks 'complete'"
refused "checks without a day" 'checks completeness\nfinding x\n---\n<dossier/>\n' "on which 'date'"
is "a folder without tests" "$(status "$vanthu" rules test "$top/docs")" 3

# --- an office's own ---
make_office "$scratch/office"
mkdir -p "$scratch/office/rules/tests/own"
cat >"$scratch/office/rules/own.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rules id="own" label="Quy tắc của Sở">
  <field name="contact" zone="body" take="lines" type="person" when="cong-van">
    <pattern>(?i)đầu mối[^:]{0,40}:\s*(?:ông|bà)\s+([^,;(]+)</pattern>
  </field>
</rules>
XML
printf 'type = cong-van\ncontact = Trần Thị Mai\n---\nKính gửi: Sở Y tế\nĐầu mối: bà Trần Thị Mai, điện thoại 0912000000./.\n' \
	>"$scratch/office/rules/tests/own/dau-moi.test"
make_letter "$scratch/office/rules/tests/own/thu.docx" 77 'báo cáo. Đầu mối: ông Lê Văn Tám, chuyên viên'
printf 'sample thu.docx\ncode-number = 77\ncontact = Lê Văn Tám\n' >"$scratch/office/rules/tests/own/thu.test"
shipped=$(find "$top/rules/tests" -name '*.test' | wc -l)
like "its tests run beside the shipped ones" "$("$vanthu" rules test --office "$scratch/office")" "^$((shipped + 2)) samples"
sed 's/when="cong-van"/when="giay-moi cong-van"/; s/đầu mối\[^:\]{0,40}/(?:đầu mối|địa điểm)[^:]{0,40}/; s/type="person"//; s/(?:ông|bà)\\s+//' \
	"$scratch/office/rules/own.xml" >"$scratch/office/rules/more.xml"
sed -i 's/id="own"/id="more"/; s/name="contact"/name="venue"/' "$scratch/office/rules/more.xml"
is "fields that an office adds break no shipped test" "$(status "$vanthu" rules test --office "$scratch/office")" 0
like "though they are read there" "$("$vanthu" rules test --office "$scratch/office" --new "$scratch/office/rules/tests/own/thu.docx")" '^venue = '
rm "$scratch/office/rules/more.xml"
is "a folder of it alone" "$("$vanthu" rules test --office "$scratch/office" "$scratch/office/rules/tests")" \
	"2 samples, 4 of 4 values as expected"
"$vanthu" rules test --new "$scratch/office/rules/tests/own/thu.docx" --office "$scratch/office" >"$scratch/new.test"
like "a new test expects what is read" "$(cat "$scratch/new.test")" '^contact = Lê Văn Tám$'
ok "and holds" "$vanthu" rules test --office "$scratch/office" "$scratch/new.test"

# --- versions of a law: by the day of arrival, or by the day that the law names ---
cat >"$scratch/office/rules/bonus.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<checks id="bonus" version="2026-07-01">
  <check id="old" severity="note" to="2026-06-30" by="/dossier/decision/@issued-date" test="false()" message="Mức cũ." message-en="Old rate."/>
  <check id="new" severity="note" from="2026-07-01" by="/dossier/decision/@issued-date" test="false()" message="Mức mới." message-en="New rate."/>
  <check id="arrival" severity="note" to="2026-06-30" test="false()" message="Đến trước." message-en="Came before."/>
  <check id="ours" severity="note" scope="Sở Nội vụ" test="false()" message="Riêng." message-en="Ours."/>
</checks>
XML
printf 'checks bonus\ndate 2026-06-15\nfinding bonus/new\nno finding bonus/old\nfinding bonus/arrival\nfinding bonus/ours\n---\n%s\n' \
	'<dossier><office><organ-name>SỞ NỘI VỤ</organ-name></office><decision issued-date="2026-07-20"/></dossier>' >"$scratch/decided.test"
ok "the day of the decision, where the law says so" "$vanthu" rules test --office "$scratch/office" "$scratch/decided.test"
printf 'checks bonus\ndate 2026-06-15\nfinding bonus/old\nno finding bonus/new\nno finding bonus/ours\n---\n<dossier/>\n' >"$scratch/undecided.test"
ok "the day of arrival while there is none" "$vanthu" rules test --office "$scratch/office" "$scratch/undecided.test"
done_testing
