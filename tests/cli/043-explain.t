#!/bin/sh
# Every field tells which step matched where, or which failed and what came nearest; as text, and as a page that
# needs nothing else.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"

pdf=$top/samples/inbox/cong-van-4530-ubnd-th.pdf
text=$("$vanthu" extract "$pdf" --explain)
like "zones and their evidence" "$text" 'place-date +0\.[0-9]+ [a-z]'
like "what matched" "$text" '= “4530” \(found, 0\.[0-9]+\) at p1 t1 r1 c1 n2 @'
like "which type, and who came second" "$text" 'chosen: cong-van .*runner-up'
like "why there is none" "$text" 'secrecy: no text there'

make_letter "$scratch/thu.docx" 4601 'báo cáo &lt;b&gt;đất đai&lt;/b&gt; trước mồng 10 tháng Chạp'
make_office "$scratch/office"
mkdir -p "$scratch/office/rules"
cat >"$scratch/office/rules/own.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<rules id="own">
  <field name="deadline" zone="body" take="lines" type="date"><pattern>báo cáo trước ngày (\S+) tháng (\S+)</pattern></field>
  <field name="room" zone="body" after="(?i)^Phòng họp"/>
  <records name="due" from="matches" zone="body"><pattern>(?i)trước (?&lt;day>hôm \d+)</pattern><part name="day"/></records>
  <records name="step" from="bullets" zone="body" start="(?i)^Các bước"><part name="text"/></records>
  <records name="told" from="bullets" zone="body" needs="mật mã"><part name="text"/></records>
  <records name="theme" from="paragraphs" zone="body"><pattern>(báo cáo)</pattern><part name="what"/></records>
  <records name="person" from="paragraphs" zone="body"><pattern>(?&lt;who>đất đai)</pattern><part name="who" type="person" required="yes"/></records>
  <records name="gift" from="table"><column name="whom" header="(?i)^họ và tên" required="yes"/><column name="worth" header="(?i)^trị giá" required="yes"/></records>
  <records name="tool" from="table"><column name="amount" header="(?i)số lượng" required="yes"/></records>
</rules>
XML
own=$("$vanthu" extract "$scratch/thu.docx" --explain --office "$scratch/office")
like "the nearest candidate is the line that has most of the words" "$own" \
	'no pattern gives a valid date; nearest candidate: “Ủy ban nhân dân tỉnh đề nghị .*” at n8'
like "a label that is nowhere" "$own" "no line with the label /\(\?i\)\^Phòng họp/"

like "how far its text goes along with the pattern" "$own" 'it fits /báo cáo trước ngày \(\\S\+\)/ and not what follows, / tháng'
flat=$(printf '%s' "$own" | tr '\n' '~')
like "records: the nearest line, and how far" "$flat" \
	'own/due [^~]*: 0~    nearest candidate: “[^~]*” at n8~      it fits /\(\?i\)trước \(\?<day>/ and not what follows, /hôm'
like "records: the heading is nowhere" "$own" 'body: no line says /\(\?i\)\^Các bước/'
like "records: what the document would have to say" "$own" 'own/told .*: the document does not say /mật mã/'
like "records: begun, and let go" "$flat" "own/person [^~]*: 0~    records were begun, but had no valid 'who'"
like "records: no table at all" "$flat" 'own/tool [^~]*: 0~    there is no table'
like "records that were made need no reason" "$flat" 'own/theme [^~]*: 1~  own/person'
list=$(find "$top/samples/inbox/ho-so-khen-thuong-cc-qldd" -name '*danh-sach*.docx' | head -1)
tables=$("$vanthu" extract "$list" --explain --office "$scratch/office")
like "records: the column that no table has" "$tables" "no column 'amount' /\(\?i\)số lượng/"
like "records: of two columns the one that is missing" "$tables" "no column 'worth'"
unlike "records: and not the one that is there" "$tables" "no column 'whom'"

for file in "$pdf" "$scratch/thu.docx" "$top/samples/inbox/cong-van-2187-snv-tdkt.edxml"; do
	name=$(basename "$file")
	rm -f "$scratch/page.html"
	"$vanthu" extract "$file" --html "$scratch/page.html"
	ok "$name: the page is well-formed" xmllint --noout --nonet "$scratch/page.html"
	unlike "$name: it runs nothing and asks nobody" "$(cat "$scratch/page.html")" '<script|src=|href="http|url\('
	doubles=$(grep -oE ' id="[^"]*"' "$scratch/page.html" | sort | uniq -d)
	is "$name: every id is there once" "$doubles" ""
done
"$vanthu" extract "$pdf" --html "$scratch/page.html"
page=$(cat "$scratch/page.html")
like "a box around the number" "$page" '<rect class="box" id="code-number" x="13[0-9.]+" y="9[0-9.]+"'
is "behind it the page as it is printed" "$(printf '%s' "$page" | grep -o '<image width="595" height="842" [^>]*href="data:image/png;base64,iVBOR' | wc -l)" 1
unlike "and not its words once more" "$page" '>Số: 4530/UBND-TH</text>'
"$vanthu" extract "$pdf" --html "$scratch/page.html" --explain >"$scratch/both"
like "both at once" "$(cat "$scratch/both")" '= “4530” .found'
like "and the way from the value to its box" "$page" 'href="#code-number"'
"$vanthu" extract "$scratch/thu.docx" --html "$scratch/page.html"
"$vanthu" extract "$scratch/thu.docx" --office "$scratch/office" --html "$scratch/page.html"
like "why no record was made" "$(cat "$scratch/page.html")" 'there is no table'
like "a paragraph of a record has a box" "$(cat "$scratch/page.html")" '<p class="found" id="at-n7">'
like "a document's own markup is text" "$(cat "$scratch/page.html")" '&lt;b&gt;đất đai&lt;/b&gt;'
"$vanthu" extract "$top/samples/inbox/cong-van-88-mtx-co-mat-khau.pdf" --html "$scratch/page.html" --lang vi >"$scratch/both"
like "findings in the reader's language" "$(cat "$scratch/page.html")" '<p class="conflict">lỗi: '
is "a page that can't be written" "$(status "$vanthu" extract "$pdf" --html "$scratch/none/page.html")" 4
done_testing
