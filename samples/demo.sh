#!/bin/sh
# The main job on samples/, from an empty folder to certificates, with the commands that people use.
# usage: demo.sh BUILD   (makes the test office demo/ beside samples/, or $VANTHU_DEMO; $VANTHU_LANG: vi or en)
set -eu
top=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
case $1 in /*) build=$1 ;; *) build=$top/$1 ;; esac
inbox=$top/samples/inbox
VANTHU_OFFICE=${VANTHU_DEMO:-$top/demo} VANTHU_DATA=$top
export VANTHU_OFFICE VANTHU_DATA VANTHU_CLOCK
lang=${VANTHU_LANG:-vi}

say() { if [ "$lang" = en ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
step() { printf '\n'; if [ "$lang" = en ]; then printf '== %s ==\n' "$2"; else printf '== %s ==\n' "$1"; fi; }
# What a person types, shown before it runs; "at" sets the day in this office of tests.
at() { VANTHU_CLOCK=$1; }
as() {
	person=$1
	shift
	printf '$ vanthu'
	for word; do case $word in *' '* | *'“'*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac; done
	printf ' --as %s\n' "$person"
	"$build/vanthu" "$@" --as "$person"
}
run() { printf '$ vanthu run --once\n' && "$build/vanthu" run --once; }
# The id of the dossier that came in under a name.
id_of() { "$build/vanthu" list --json | tr '{' '\n' | grep -F "\"source\":\"$1\"" | sed 's/.*"id":"\([^"]*\)".*/\1/'; }

clerk=tran-thi-binh secretary=mai-thi-phuong-thao head=nguyen-minh-duc director=le-van-an

step 'Lập thư mục cơ quan' 'An office folder'
chmod -R u+w "$VANTHU_OFFICE" 2>/dev/null || true
rm -rf "$VANTHU_OFFICE"
at 2026-11-23T01:30:00Z
"$build/vanthu" init --test --next-arrival 128 "$VANTHU_OFFICE"
cp "$top/samples/office.xml" "$VANTHU_OFFICE/office.xml"
printf '[vanthu]\nquiet-ms=0\nlanguage=%s\n' "$lang" >"$VANTHU_OFFICE/vanthu.conf"

step 'Văn bản đến: thả tệp vào inbox/' 'Papers come in: files dropped in inbox/'
cp "$inbox/cong-van-4512-ubnd-kt.docx" "$VANTHU_OFFICE/inbox/"
run
cp -R "$inbox"/* "$VANTHU_OFFICE/inbox/"
rm "$VANTHU_OFFICE/inbox/cong-van-4512-ubnd-kt.docx"
run

step 'Một công văn: xác nhận, vào sổ, trình, chỉ đạo, chuyển giao' \
	'A dispatch: confirmed, registered, submitted, directed, handed on'
dispatch=$(id_of cong-van-4512-ubnd-kt.docx)
as $clerk confirm "$dispatch"
as $clerk task approve "$dispatch"
as $head task approve "$dispatch"
as $director task approve "$dispatch" --reason 'Giao Phòng Khoáng sản chủ trì, Thanh tra Sở phối hợp; xong trước 04/12/2026'
as $clerk task approve "$dispatch"

step 'Bản quét: máy nhận dạng chữ, người đối chiếu và sửa. Văn bản giấy: vào cùng một sổ' \
	'A scan is recognised, a person compares and mends; a paper takes its number in the same series'
scan=$(id_of cong-van-215-ubnd-xa-quet.pdf)
as $clerk confirm "$scan" signer-name='Lâm Văn Tài'
as $clerk confirm "$scan"
as $clerk task approve "$scan"
as $clerk register code-number=97 code-notation=SXD-QLN organ-name='Sở Xây dựng' issued-date=20/11/2026 \
	subject='V/v phối hợp cung cấp số liệu về đất ở'

step 'Hồ sơ thiếu giấy tờ: yêu cầu bổ sung' 'An incomplete dossier: a supplement is asked for'
incomplete=$(id_of ho-so-ttqt-thieu-giay-to.zip)
as $clerk confirm "$incomplete"
as $clerk task approve "$incomplete"
as $secretary task approve "$incomplete" || true
as $secretary task return "$incomplete" --reason 'Hồ sơ chưa đủ giấy tờ theo quy định' \
	--missing 'Biên bản họp bình xét, có kết quả bỏ phiếu' --missing 'Báo cáo thành tích'

step 'Hồ sơ khen thưởng: kiểm tra, thẩm định' 'The award dossier: checked and appraised'
award=$(id_of ho-so-khen-thuong-cc-qldd)
as $clerk confirm "$award"
as $clerk task approve "$award"
at 2026-11-24T02:00:00Z
as $secretary task approve "$award"
at 2026-11-25T02:00:00Z
as $secretary task approve "$award"

step 'Hội đồng họp, bỏ phiếu: 9 thành viên' 'The council meets and votes: 9 members'
at 2026-11-26T07:00:00Z
n=0
for yes in 9 8 9 8 9 4; do
	n=$((n + 1))
	as $secretary task vote "$award" --nominee $n --yes $yes --no $((9 - yes))
done
as $secretary task approve "$award"

step 'Trình ký, ký' 'Submitted and signed'
at 2026-11-27T03:00:00Z
as $head task approve "$award"
as $director task sign "$award"
# What the leader's office does in Word: number, date and signature in, the mark DỰ THẢO out.
"$build/vanthu" show "$award" --xml | sed 's/ draft="yes"/ draft="no"/; s/<decision state="draft"/<decision state="issued" code-number="1362" code-notation="QĐ-STNMT" issued-date="2026-11-27"/' \
	>"$VANTHU_OFFICE/signed.xml"
"$build/vanthu" fill award/quyet-dinh.docx --data "$VANTHU_OFFICE/signed.xml" -o "$VANTHU_OFFICE/1362-QD-STNMT-da-ky.docx"
[ "${VANTHU_DEMO_STOP:-}" != issue ] || exit 0 # tests go on from here

step 'Ban hành: bản đã ký quay lại, so với dự thảo, in giấy khen' \
	'Issued: the signed file comes back, is compared with the draft, certificates are made'
as $clerk task issue "$award" --file "$VANTHU_OFFICE/1362-QD-STNMT-da-ky.docx"
as $secretary task approve "$award"

# ---- the summary ----
returned() {
	for note in "$VANTHU_OFFICE"/returned/*.ly-do.txt; do
		name=${note%.ly-do.txt}
		printf '  %s\n      %s\n' "${name##*/}" "$(sed -n 's/^Lý do trả lại: //p' "$note")"
	done
}
certificate=$(cd "$VANTHU_OFFICE/drafts/$award" && ls giay-khen-*.pdf | head -1 | sed "s/giay-khen-\(.*\)\.pdf/$award-\1/")

step 'TÓM TẮT' 'SUMMARY'
say 'Đến và đã đọc (số hồ sơ, số đến, bước, hạn, loại, ký hiệu, trích yếu):' \
	'Came in and was read (id, incoming number, stage, due, type, symbol, subject):'
"$build/vanthu" list
printf '\n'
say 'Bị trả lại, và vì sao:' 'Given back, and why:'
returned
printf '\n'
say "Hội đồng và quyết định (hồ sơ $award):" "The council and the decision (dossier $award):"
"$build/vanthu" trace "$award" | grep -E '^(decision|quyết định)' || true
"$build/vanthu" show "$award" | sed -n '/^Nominees/,/^$/p; /^Đối tượng/,/^$/p'
say 'Dự thảo và giấy khen nằm ở:' 'Drafts and certificates lie in:'
find "$VANTHU_OFFICE/drafts" -type f | sort | sed "s|^$top/|  |"
printf '\n'
"$build/vanthu" verify
printf '\n'
say "Truy một giấy khen về nguồn:  VANTHU_OFFICE=demo $1/vanthu trace $certificate" \
	"Trace a certificate to its sources:  VANTHU_OFFICE=demo $1/vanthu trace $certificate"
say 'Xem bằng trình duyệt:         demo/drafts/index.html' 'Look at it in a browser:             demo/drafts/index.html'
say "Chạy thật:                    sudo make install; vanthu init /srv/vanthu; điền office.xml; vanthu run --office /srv/vanthu" \
	"Start for real:                      sudo make install; vanthu init /srv/vanthu; fill in office.xml; vanthu run --office /srv/vanthu"
