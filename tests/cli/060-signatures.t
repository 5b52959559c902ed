#!/bin/sh
# Digital signatures from the inbox to people: against the office's trust/, in the tree, in what is shown, on the page.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
office=$scratch/office
make_office "$office" || { flunk "init"; done_testing; }
export VANTHU_OFFICE="$office"
ok "init makes trust/ and says what it is for" grep -q 'CHỨNG THƯ TIN CẬY' "$office/trust/README.txt"

# Times of certificates are real ones: the clock of the test office stands in 2026.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -utf8 -subj '/O=UBND tỉnh An Phú/CN=Nguyễn Văn Bình' \
	-addext 'keyUsage=critical,digitalSignature,keyCertSign' -keyout "$scratch/key.pem" -out "$scratch/cert.pem" 2>"$scratch/openssl.log"
python3 "$top/tests/lib/sign_pdf.py" "$scratch/a.pdf" "$scratch/key.pem" "$scratch/cert.pem"
sed 's/la 1000 dong/la 9000 dong/' "$scratch/a.pdf" >"$scratch/b.pdf"

value() { printf '%s' "$tree" | sed -nE "s/^signature .*\"$1\" \"([^\"]*)\".*/\1/p"; }
tree=$("$vanthu" decode "$scratch/a.pdf")
is "intact" "$(value integrity)" intact
is "by whom" "$(value signer), $(value organ)" "Nguyễn Văn Bình, UBND tỉnh An Phú"
is "nobody said whom to trust" "$(value trust-now)" unknown
mkdir "$scratch/trust" && cp "$scratch/cert.pem" "$scratch/trust/goc.pem"
tree=$("$vanthu" decode --trust "$scratch/trust" "$scratch/a.pdf")
is "trusted with --trust" "$(value trust-then)" trusted
like "as JSON" "$("$vanthu" decode --json "$scratch/a.pdf")" '"signatures":\[\{"field":"Signature1".*"integrity":"intact"'
tree=$("$vanthu" decode "$scratch/b.pdf")
is "a changed sum" "$(value integrity) $(value reason)" "broken digest"

# --- in an office ---
cp "$scratch/cert.pem" "$office/trust/goc.pem"
cp "$scratch/a.pdf" "$office/inbox/a.pdf"
cp "$scratch/b.pdf" "$office/inbox/b.pdf"
ok "both are taken: a broken signature loses no dispatch" "$vanthu" run --once
is "none is given back" "$(ls "$office/returned" | wc -l)" 0
VANTHU_LANG=vi "$vanthu" show 2026-00001 >"$scratch/show"
like "shown" "$(cat "$scratch/show")" 'Chữ ký số: Nguyễn Văn Bình, UBND tỉnh An Phú: nguyên vẹn, chứng thư tin cậy khi ký'
like "with its values" "$(cat "$scratch/show")" 'Phạm vi ký +toàn bộ tệp'
is "and once" "$(grep -c 'nguyên vẹn, chứng thư tin cậy' "$scratch/show")" 1
like "in the other language" "$("$vanthu" show 2026-00001)" 'Digital signature: .*intact, by a certificate that was trusted then'
is "in the tree" "$("$vanthu" show 2026-00001 --xml | xmllint --xpath \
	'concat(//document/signature/@integrity, " ", //document/signature/@trust-then, " ", //document/signature/@coverage)' -)" \
	"intact trusted whole"
like "on the page" "$(cat "$office/drafts/2026-00001/index.html")" 'Chữ ký số: Nguyễn Văn Bình.*Tin cậy khi ký: tin cậy'
like "the changed one says so" "$(VANTHU_LANG=vi "$vanthu" show 2026-00002)" '✗ Chữ ký số không khớp nội dung'
cmp -s "$office/archive/blobs/"*/"$(sha256sum <"$scratch/a.pdf" | cut -c1-64)"* "$scratch/a.pdf" ||
	cmp -s "$(find "$office/archive" -name "*$(sha256sum <"$scratch/a.pdf" | cut -c5-64)")" "$scratch/a.pdf"
is "the original is kept as it came" "$?" 0
done_testing
