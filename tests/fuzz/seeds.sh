#!/bin/sh
# Seeds of the fuzz targets from samples/, rules/ and templates/: nobody else's documents.
# usage: seeds.sh VANTHU FOLDER   (makes FOLDER/TARGET/…)
set -eu
top=$(CDPATH= cd -- "$(dirname -- "$0")/../.." && pwd)
vanthu=$1 out=$2
for target in zip docx xlsx xml tree layout legacy rules template fill json office pattern xpath signature drawing; do mkdir -p "$out/$target"; done
find "$top/samples/inbox" -name '*.docx' -o -name '*.zip' | while read -r file; do
	name=$(basename "$file")
	cp "$file" "$out/zip/$name"
	unzip -p "$file" word/document.xml >"$out/docx/$name.xml" 2>/dev/null || rm -f "$out/docx/$name.xml"
	VANTHU_DATA=$top "$vanthu" decode --tree "$file" >"$out/tree/$name" 2>/dev/null || true
done
inner() { sed -E 's/<\?xml[^>]*>//; s/<\/?(worksheet|styleSheet|sst)[^>]*>//g'; }
unzip -p "$top/samples/inbox/ho-so-ttqt-thieu-giay-to.zip" danh-sach.xlsx >"$out/zip/danh-sach.xlsx"
for part in worksheets/sheet1 styles sharedStrings; do
	unzip -p "$out/zip/danh-sach.xlsx" "xl/$part.xml" | inner
	printf '\f'
done >"$out/xlsx/danh-sach"
printf 'AC\303\251ng h\303\277a x\303\267 h\303\251i ch\303\261 ngh\303\214a' >"$out/legacy/tcvn3"
printf 'CCO\303\204NG HO\303\222A XA\303\225 HO\303\204I' >"$out/legacy/vni"
printf '\001 \316\260' >"$out/legacy/capitals-in-parts"
# a page as the recogniser tells of it: a head in two columns, prose, a ruled table
awk 'function words(x, y, text, n, i, part) { n = split(text, part, " "); print "line"
		for (i = 1; i <= n; i++) { w = length(part[i]) * 3.2; print "word", x, y, x + w, y + 11, 13, 96 - i * 7, part[i]; x += w + 4 } }
	BEGIN { print "page 1 595 842"; words(90, 60, "UY BAN NHAN DAN"); words(300, 60, "CONG HOA XA HOI CHU NGHIA")
		words(90, 100, "So: 15/TTr-UBND"); words(300, 100, "An Phu, ngay 5 thang 1"); words(250, 160, "TO TRINH")
		for (y = 200; y < 400; y += 18) words(85, y, "Can cu Luat Thi dua khen thuong ngay 15 thang 6 nam 2022 cua Quoc hoi")
		for (y = 420; y < 600; y += 36) { print "rule", 85, y, 530, y; words(90, y + 8, "1"); words(130, y + 8, "Tran Thi Mai"); words(350, y + 8, "Chuyen vien") }
		print "rule 85 420 85 600"; print "rule 120 420 120 600"; print "rule 340 420 340 600"; print "rule 530 420 530 600"
		print "page 2 842 595"; words(400, 560, "2") }' >"$out/layout/page"
cat >"$out/drawing/table" <<'END'
q .5 w 0 .1 .2 RG 20 180 m 220 180 l 20 150 m 220 150 l S 20 20 200 160 re S Q /C cs .5 scn 80 20 .5 160 re f
BT /F 9 Tf 25 160 Td [(T\(en)-200<4142>] TJ ET /Artifact<</Type/Pagination>>BDC 1 g 20 150 60 30 re W n 2 2 40 9 re f EMC
q .9 0 0 -.9 3 200 cm /F Do Q 20 20 m 40 40 60 40 80 20 c 90 30 80 60 v b* BI /W 1 /H 1 /BPC 8 /CS /G ID x EI /P gs
END
cp "$top"/samples/inbox/*.edxml "$out/xml/"
find "$top/rules" -name '*.xml' -exec cp {} "$out/rules/" \;
cp "$top"/templates/web/*.xhtml "$top"/templates/award/* "$out/template/"
for file in "$top"/templates/award/*.docx; do
	unzip -p "$file" word/document.xml >"$out/fill/$(basename "$file").xml"
done
p='<w:p><w:r><w:t>' q='</w:t></w:r></w:p>' n=0
for body in "$p{% for nominee %}$q$p{{ name }}$q$p{% end %}$q" "$p{% if @draft %}a{% else %}b{% end %}$q" \
	"<w:tbl><w:tr><w:tc>$p{% for nominee %}{{ index() }}$q</w:tc><w:tc>$p{{ name }}{% end %}$q</w:tc></w:tr></w:tbl>" \
	"<w:p a=\"{{ @id }}\"><w:r><w:t>{{ upp</w:t></w:r><w:r><w:t>er(name) }}</w:t></w:r></w:p>"; do
	n=$((n + 1))
	printf '<w:d xmlns:w="w">%s</w:d>' "$body" >"$out/fill/small$n.xml"
done
printf '{"a":[1,"hai",{"b":null}],"tên":"\\u0110ất","c":-1.5e3,"d":true}' >"$out/json/a.json"
cp "$top/samples/office.xml" "$out/office/"
n=0
letter='Số: 15/TTr-PĐĐ\nAn Phú, ngày 05 tháng 10 năm 2026\nGiao Sở Nội vụ chủ trì, phối hợp với “Văn phòng” trước ngày 10/12/2026.'
grep -hoE '<pattern>[^<]*' "$top"/rules/*.xml | sed 's/<pattern>//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | while read -r pattern; do
	n=$((n + 1))
	printf '%s\n%b' "$pattern" "$letter" >"$out/pattern/$n"
done
tree='<dossier><document role="to-trinh"><code-number>15</code-number><nominee><name>Trần Thị Mai</name></nominee></document></dossier>'
sed -nE 's/.*(test|for|when|known|select)="([^"]*)".*/\2/p' "$top"/rules/award/*.xml "$top"/rules/flow-*.xml | sed 's/&lt;/</g' | while read -r query; do
	n=$((n + 1))
	printf '%s\n%s' "$query" "$tree" >"$out/xpath/$n"
done
python3 "$top/tests/fuzz/signature_seed.py" "$out/signature"
