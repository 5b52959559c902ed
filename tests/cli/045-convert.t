#!/bin/sh
# Old word-processor files by way of LibreOffice, which is shut in (tests/unit/test_confine.c tries the walls).
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"

# escape TEXT: as RTF writes letters beyond ASCII.
escape() { printf '%s' "$1" | python3 -c 'import sys; print("".join(c if ord(c) < 128 else "\\u%d?" % ord(c) for c in sys.stdin.read()), end="")'; }
{
	printf '{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}'
	for line in 'ỦY BAN NHÂN DÂN TỈNH AN PHÚ' 'Số: 4801/UBND-VX' 'V/v kiểm tra nguồn nước' \
		'Kính gửi: Sở Tài nguyên và Môi trường' 'Đề nghị Sở báo cáo trước ngày 10/12/2026./.'; do
		escape "$line"
		printf '\\par '
	done
	# what LibreOffice would fetch, could it reach anything
	printf '{\\field{\\*\\fldinst INCLUDEPICTURE "http://192.0.2.1/theo-doi.png" \\\\\\\\d}{\\fldrslt x}}}'
} >"$scratch/cong-van.rtf"

"$vanthu" decode --tree "$scratch/cong-van.rtf" >"$scratch/tree" 2>&1
if grep -q 'decode/old-word' "$scratch/tree"; then
	pass "refused, with what to do # SKIP NO LIBREOFFICE OR NO NAMESPACES HERE: conversion was not tested"
	like "in words for the sender" "$(cat "$scratch/tree")" 'Đề nghị lưu lại thành DOCX hoặc PDF'
else
	like "the text is read" "$(cat "$scratch/tree")" '"V/v kiểm tra nguồn nước"'
	like "and it is told how" "$(cat "$scratch/tree")" 'finding note "decode/converted" "" "[^"]*\(RTF\)'
	like "the form is the file's own" "$(head -1 "$scratch/tree")" '^doc RTF 1'
	like "the rules read it" "$("$vanthu" extract "$scratch/cong-van.rtf")" 'code-number +found +0\.[0-9]+ +4801'
	printf '{\\rtf1 cut off' >"$scratch/bad.rtf"
	like "nonsense ends in an answer" "$(status "$vanthu" decode "$scratch/bad.rtf")" '^[03]$'
	make_office "$scratch/office" && cp "$scratch/cong-van.rtf" "$scratch/office/inbox/"
	ok "through the line" "$vanthu" run --once --office "$scratch/office"
	like "it is a dispatch like another" "$("$vanthu" list --office "$scratch/office")" '4801'
fi
# without the program that converts: the refusal of always
mkdir "$scratch/bin" && cp "$BUILD/vanthu" "$BUILD/vanthu-decode" "$BUILD/vanthu-decode-pdf" "$BUILD/vanthu-draw" "$scratch/bin/"
like "a machine without it says what to do" "$("$scratch/bin/vanthu" decode "$scratch/cong-van.rtf" 2>&1)" 'decode/old-word|old format|DOCX or PDF'
is "and refuses" "$(status "$scratch/bin/vanthu" decode "$scratch/cong-van.rtf")" 3
done_testing
