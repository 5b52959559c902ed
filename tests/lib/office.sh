# An office to test with, and documents to drop into it. Source it after tap.sh.
#	make_office DIR          a test office of samples/office.xml, whose clock stands still
#	make_letter FILE N TEXT [MARK]  a dispatch as DOCX, number N, about TEXT; MARK: a secrecy mark
export VANTHU_CLOCK=2026-11-23T01:30:00Z

make_office() {
	"$vanthu" init --test --next-arrival 128 "$1" >"$scratch/init.log" 2>&1 || { sed 's/^/# /' "$scratch/init.log"; return 1; }
	cp "$top/samples/office.xml" "$1/office.xml"
	printf '[vanthu]\nquiet-ms=0\nrescan-seconds=1\n' >"$1/vanthu.conf"
}

paragraph() { printf '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>' "$1"; }

# Reproducible: the same arguments give the same bytes.
make_letter() {
	rm -rf "$scratch/letter" && mkdir -p "$scratch/letter/_rels" "$scratch/letter/word"
	printf '%s' '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>' >"$scratch/letter/[Content_Types].xml"
	printf '%s' '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>' >"$scratch/letter/_rels/.rels"
	{
		printf '%s' '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
		printf '<w:tbl><w:tr><w:tc>'
		paragraph 'ỦY BAN NHÂN DÂN TỈNH AN PHÚ'
		paragraph "Số: $2/UBND-VX"
		[ -z "${4:-}" ] || paragraph "$4"
		paragraph "V/v $3"
		printf '</w:tc><w:tc>'
		paragraph 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'
		paragraph 'Độc lập - Tự do - Hạnh phúc'
		paragraph 'An Phú, ngày 20 tháng 11 năm 2026'
		printf '</w:tc></w:tr></w:tbl>'
		paragraph 'Kính gửi: Sở Tài nguyên và Môi trường tỉnh An Phú'
		paragraph "Ủy ban nhân dân tỉnh đề nghị Sở Tài nguyên và Môi trường $3, báo cáo trước ngày 10/12/2026./."
		printf '<w:tbl><w:tr><w:tc>'
		paragraph 'Nơi nhận:'
		paragraph '- Như trên;'
		paragraph '- Lưu: VT.'
		printf '</w:tc><w:tc>'
		paragraph 'TM. ỦY BAN NHÂN DÂN'
		paragraph 'CHỦ TỊCH'
		paragraph 'Nguyễn Văn Bình'
		printf '</w:tc></w:tr></w:tbl></w:body></w:document>'
	} >"$scratch/letter/word/document.xml"
	find "$scratch/letter" -exec touch -d 2026-01-01T00:00:00Z {} +
	rm -f "$1"
	(cd "$scratch/letter" && TZ=UTC zip -q -X -r "$1" '[Content_Types].xml' _rels/.rels word/document.xml)
}
