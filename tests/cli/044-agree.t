#!/bin/sh
# A message and the paper in it that do not agree on number or day: a conflict with both places, which waits for a
# person; an annex with a number of its own is none.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"

message() {
	printf '%s' '<?xml version="1.0" encoding="UTF-8"?><edXML><edXMLEnvelope><edXMLHeader><MessageHeader><From><OrganName>UBND tỉnh An Phú</OrganName></From>'
	printf '<Code><CodeNumber>%s</CodeNumber><CodeNotation>%s</CodeNotation></Code><PromulgationInfo><PromulgationDate>%s</PromulgationDate></PromulgationInfo>' "$1" "$2" "$3"
	printf '<DocumentType><TypeName>Công văn</TypeName></DocumentType><Subject>Thử</Subject></MessageHeader></edXMLHeader></edXMLEnvelope>'
	printf '<AttachmentEncoded><Attachment><AttachmentName>thu.docx</AttachmentName><ContentTransferEncoded>%s</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>' \
		"$(base64 -w0 "$scratch/thu.docx")"
}
make_letter "$scratch/thu.docx" 15 'báo cáo'

message 16 UBND-VX 2026-11-20 >"$scratch/a.edxml"
read=$("$vanthu" extract "$scratch/a.edxml")
like "the number is a conflict, with both values" "$read" 'code-number +conflict .*16 *\| *15'
like "and both places" "$read" '“16” \(/edXML/[A-Za-z/]*CodeNumber/?\) ≠ “15” \(thu.docx, t1 r1 c1 n[0-9]+\)'
unlike "what agrees is none" "$read" '(code-notation|issued-date) +conflict'

message 015 'UBND - VX' 20/11/2026 >"$scratch/b.edxml"
unlike "another way of writing it is no conflict" "$("$vanthu" extract "$scratch/b.edxml")" conflict
message 99 STC-NS 2026-10-01 >"$scratch/c.edxml"
unlike "a paper that agrees in nothing is an annex" "$("$vanthu" extract "$scratch/c.edxml")" conflict

make_office "$scratch/office"
cp "$scratch/a.edxml" "$scratch/office/inbox/"
"$vanthu" run --once --office "$scratch/office" >/dev/null
like "it waits for a person" "$("$vanthu" task --office "$scratch/office")" 'tran-thi-binh|van-thu|Confirm'
refused=$("$vanthu" task approve 2026-00001 --as tran-thi-binh --office "$scratch/office" 2>&1)
like "and is not passed on" "$refused" 'not certain yet'
"$vanthu" confirm 2026-00001 code-number=15 --as tran-thi-binh --office "$scratch/office" >/dev/null
unlike "until somebody decided" "$("$vanthu" show 2026-00001 --office "$scratch/office")" 'code-number.*conflict'
done_testing
