#!/bin/sh
# Two versions of the rules over files, folders and the archive: which values would change, from where to where.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"

mkdir -p "$scratch/old" "$scratch/new"
cat >"$scratch/new/own.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rules id="own">
  <field name="issue-place" zone="place-date" type="organisation" clean="upper"><pattern>(?i)^(.+?)\s*,?\s*ngày</pattern></field>
  <field name="deadline" zone="body" take="lines" type="date"><pattern>trước ngày (\d{1,2}/\d{1,2}/\d{4})</pattern></field>
  <records name="recipient" from="bullets" zone="recipient" skip="(?i)lưu"><part name="name" clean="strip-bullet strip-end" required="yes"/></records>
</rules>
XML
make_letter "$scratch/thu.docx" 4601 'kiểm tra đất đai'
diff=$("$vanthu" rules diff "$scratch/old" "$scratch/new" "$scratch/thu.docx")
is "what would change is a finding" "$(status "$vanthu" rules diff "$scratch/old" "$scratch/new" "$scratch/thu.docx")" 1
like "a value, its places and rules" "$diff" 'issue-place: “An Phú” \[t1 r1 c2 n6, nd30/issue-place\] → “AN PHÚ” \[t1 r1 c2 n6, own/issue-place\]'
like "a value that was not there" "$diff" 'deadline: absent → “2026-12-10” \[n8, own/deadline\]'
like "a record that goes" "$diff" 'recipient 2 name: “Lưu: VT” \[.*nd30/recipient\] → absent'
like "the sum" "$diff" '^1 documents, 1 would be read differently, 3 values$'
unlike "what stays is not told" "$diff" 'code-number'
is "the same rules change nothing" "$("$vanthu" rules diff "$scratch/old" "$scratch/old" "$top/samples/inbox/cong-van-4530-ubnd-th.pdf")" \
	"1 documents, 0 would be read differently, 0 values"
is "and that is fine" "$(status "$vanthu" rules diff "$scratch/old" "$scratch/old" "$scratch/thu.docx")" 0
like "a folder, with files in files" "$("$vanthu" rules diff "$scratch/old" "$scratch/new" "$top/samples/inbox")" \
	'cong-van-2187-snv-tdkt.edxml: [^:]+\.(docx|pdf)$'
ok "JSON" sh -c "'$vanthu' rules diff --json '$scratch/old' '$scratch/new' '$scratch/thu.docx' | python3 -m json.tool"
like "whole sets alone" "$("$vanthu" rules diff --alone "$top/rules" "$scratch/new" "$scratch/thu.docx")" 'code-number: “4601” .* → absent'
is "without files or office: usage" "$(status "$vanthu" rules diff "$scratch/old" "$scratch/new")" 2
printf '<rules id="own"><feild/></rules>' >"$scratch/old/own.xml"
like "wrong rules are told where" "$("$vanthu" rules diff "$scratch/old" "$scratch/new" "$scratch/thu.docx" 2>&1)" "old/own.xml:1: unknown element 'feild'"
rm "$scratch/old/own.xml"

# --- over the archive of an office ---
make_office "$scratch/office"
cp "$scratch/thu.docx" "$scratch/office/inbox/"
"$vanthu" run --once --office "$scratch/office" >/dev/null
before=$("$vanthu" dump --canonical --office "$scratch/office")
like "the archive" "$("$vanthu" rules diff --office "$scratch/office" "$scratch/old" "$scratch/new")" '^2026-00001 d1 thu.docx$'
is "is only read" "$("$vanthu" dump --canonical --office "$scratch/office")" "$before"
done_testing
