#!/bin/sh
# The whole line, as samples/demo.sh takes it: what came in, what people did, what came out, and its proof.
. "$(dirname "$0")/../lib/tap.sh"

office=$scratch/office
export VANTHU_DEMO="$office" VANTHU_OFFICE="$office" VANTHU_CLOCK=2026-11-27T09:00:00Z
sh "$top/samples/demo.sh" "$BUILD" >"$scratch/demo.log" 2>&1
is "the demo goes through" "$?" 0 || cat "$scratch/demo.log"
award=2026-00005

# --- came in ---
is "numbers of incoming documents leave no gap" "$("$vanthu" list --json | tr ',' '\n' |
	sed -n 's/.*"arrival-number":\([1-9][0-9]*\).*/\1/p' | sort -n | tr '\n' ' ')" "128 129 130 131 132 "
is "four are given back" "$(ls "$office/returned" | grep -c 'ly-do.txt$')" 4
for name in ho-so-nen.rar bao-cao-61-ttqt-tai-ve-do.docx cong-van-88-mtx-co-mat-khau.pdf; do
	ok "$name lies beside its reason" cmp "$office/returned/$name" "$top/samples/inbox/$name"
done
like "the reason says what to do" "$(cat "$office/returned/cong-van-88-mtx-co-mat-khau.pdf.ly-do.txt")" \
	'Tệp bị khóa bằng mật khẩu. Đề nghị đơn vị gửi lại bản không khóa.'
like "the same bytes are known again" "$(cat "$office/returned/cong-van-4512-gui-lai.docx.ly-do.txt")" '2026-00001'
is "nothing is left in the inbox" "$(find "$office/inbox" -type f | wc -l)" 0
"$vanthu" show "$award" --xml >"$scratch/tree.xml"
is "what the papers say of somebody stands with the name" \
	"$(xmllint --xpath 'string(/dossier/nominee[name="Nguyễn Thị Thu Hà"]/rating)' "$scratch/tree.xml")" HTXSNV

# --- the drafts ---
text() { unzip -p "$1" word/document.xml | sed 's/<[^>]*>/ /g'; }
decision=$(text "$office/drafts/$award/quyet-dinh.docx")
like "the draft says that it is one" "$decision" 'DỰ THẢO'
for name in 'Phòng Đăng ký và Cấp giấy chứng nhận' 'Nguyễn Thị Thu Hà' 'Phạm Quốc Bảo' 'Đỗ Minh Tuấn' 'Võ Thị Kim Ngân'; do
	like "$name is in it" "$decision" "$name"
done
unlike "who did not pass is not" "$decision" 'Hoàng Văn Khải'
unlike "no hole is left open" "$decision" '[{][{%]'
like "it cites the proposal" "$decision" 'Tờ trình số +45/TTr-CCQLĐĐ|Tờ trình số 45/TTr-CCQLĐĐ'
signed=$(text "$office/1362-QD-STNMT-da-ky.docx")
unlike "the signed one is no draft" "$signed" 'DỰ THẢO'
like "a test office says so on every page" "$(unzip -p "$office/1362-QD-STNMT-da-ky.docx" word/header1.xml)" 'THỬ NGHIỆM'
request=$(text "$office/drafts/2026-00006/yeu-cau-bo-sung.docx")
like "the request names what is missing" "$request" 'Biên bản họp bình xét, có kết quả bỏ phiếu'
like "and until when" "$request" 'ngày 07 tháng 12 năm 2026'
for part in word/document.xml word/header1.xml word/header2.xml; do
	ok "$part is well-formed" sh -c "unzip -p '$office/drafts/$award/quyet-dinh.docx' $part | xmllint --noout -"
done
for page in index.html 2026-00001/index.html $award/index.html; do
	ok "drafts/$page is well-formed" xmllint --noout --nonet "$office/drafts/$page"
done
like "the page of the day lists the dossier" "$(cat "$office/drafts/index.html")" "href=\"$award/index.html\""
like "the page of a dossier names the next command" "$(cat "$office/drafts/2026-00004/index.html")" 'vanthu confirm 2026-00004'

# --- certificates ---
is "five certificates" "$(ls "$office/drafts/$award" | grep -c '^giay-khen-.*\.pdf$')" 5
pdftotext "$office/drafts/$award/giay-khen-002.pdf" "$scratch/certificate.txt"
for line in 'CHIẾN SĨ THI ĐUA CƠ SỞ' 'Nguyễn Thị Thu Hà' '1362/QĐ-STNMT' 'Số sổ vàng: 2'; do
	like "the certificate says $line" "$(cat "$scratch/certificate.txt")" "$line"
done
like "A4 across" "$(pdfinfo "$office/drafts/$award/giay-khen-002.pdf")" 'Page size: +841\.[0-9]+ x 595\.[0-9]+'
pdftoppm -r 200 -png "$office/drafts/$award/giay-khen-002.pdf" "$scratch/certificate"
code=$(zbarimg -q --raw "$scratch"/certificate*.png 2>/dev/null)
like "its code is read by a camera" "$code" '^VANTHU1;2026-00005-002;1362/QĐ-STNMT;2026-11-27;2;'
unlike "it tells no name" "$code" 'Hà'
like "it is genuine" "$("$vanthu" verify-certificate "$code")" 'certificate 2026-00005-002, decision 1362/QĐ-STNMT'
like "and is no signature in law" "$("$vanthu" verify-certificate "$code")" 'no digital signature in law'
is "another number is not" "$(status "$vanthu" verify-certificate "$(echo "$code" | sed 's/1362/1363/')")" 1
is "without an office, with the public key" "$(cd / && env -u VANTHU_OFFICE VANTHU_DATA="$top" "$vanthu" verify-certificate \
	--key "$office/keys/certificate.pub" --json "$code" | grep -c '"good":true')" 1

# --- proof ---
trace=$("$vanthu" trace 2026-00005-002)
like "the trace shows the box in the minutes" "$trace" 'Nguyễn Thị Thu Hà”  \[p1 t2 r3 c2 @'
like "the rule" "$trace" 'rule award-documents/nominee'
like "the vote" "$trace" '8 of 9 members for'
like "the template" "$trace" 'template award/giay-khen.svg, sha256 [0-9a-f]{64}'
like "the people" "$trace" 'Lê Văn An  signed'
is "the archive is whole" "$(status "$vanthu" verify)" 0
like "words are found without accents" "$("$vanthu" search khai thac cat)" '^2026-00001 d1'
like "words of a scan too" "$("$vanthu" search 'thôn vùng cao')" '^2026-00002 d1'
like "and what was typed" "$("$vanthu" search 'Lâm Văn Tài')" '^2026-00002 d1'

# --- a supplement finds its dossier by the name that it comes under ---
before=$("$vanthu" list --json | tr '{' '\n' | grep -c '"id"')
cp "$top/samples/inbox/ho-so-khen-thuong-cc-qldd/05-bctt-pham-quoc-bao.pdf" "$office/inbox/2026-00006 bo sung.pdf"
like "it is taken as one" "$("$vanthu" run --once)" 'event=supplement name="2026-00006 bo sung.pdf" dossier=2026-00006'
is "not as a dossier of its own" "$("$vanthu" list --json | tr '{' '\n' | grep -c '"id"')" "$before"
like "its paper lies with the others" "$("$vanthu" show 2026-00006)" 'd3  2026-00006 bo sung.pdf'
like "the check goes on" "$("$vanthu" task resume 2026-00006 --as mai-thi-phuong-thao)" 'Check of completeness'

# --- every command answers programs too ---
for command in list task "show $award" "search cat" verify "trace $award" "dump --canonical"; do
	# shellcheck disable=SC2086
	ok "'$command --json' is JSON" sh -c "'$vanthu' $command --json | python3 -m json.tool"
done

# --- what nobody may do ---
refused() { name=$1 wanted=$2; shift 2; out=$("$vanthu" "$@" 2>&1); code=$?; like "$name" "$code $out" "$wanted"; }
refused "a stranger acts for nobody" '^1 .*office.xml has no person' task approve 2026-00004 --as nobody
refused "the clerk does not direct" '^1 ' task approve 2026-00002 --as tran-thi-binh
refused "what is confirmed must exist" "^3 .*no field 'nonsense'" confirm 2026-00004 nonsense=1 --as tran-thi-binh
refused "a date must exist" '^2 .*no date' confirm 2026-00004 issued-date=31/02/2026 --as tran-thi-binh
refused "what can't be read is not confirmed" '^2 .*type it as code-number=VALUE' confirm 2026-00007 --as tran-thi-binh
ok "it is typed" "$vanthu" confirm 2026-00007 code-number=88 issued-date=18/11/2026 --as tran-thi-binh
ok "and confirmed" "$vanthu" confirm 2026-00007 --as tran-thi-binh
refused "a return needs a reason" '^1 ' task return 2026-00004 --as tran-thi-binh
refused "a dossier must exist" "^3 .*2026-99999" show 2026-99999

# --- damage is found ---
chmod -R u+w "$office/archive/blobs"
blob=$(find "$office/archive/blobs" -type f | sort | head -1)
printf x >>"$blob"
is "a changed original is found" "$(status "$vanthu" verify)" 1
done_testing
