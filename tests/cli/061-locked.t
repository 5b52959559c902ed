#!/bin/sh
# Locked PDF: given back with the reason, unless a password of vanthu.conf opens it.
. "$(dirname "$0")/../lib/tap.sh"
. "$top/tests/lib/office.sh"
locked=$top/samples/inbox/cong-van-88-mtx-co-mat-khau.pdf

like "no password: refused" "$("$vanthu" decode "$locked")" 'error "decode/encrypted"'
make_office "$scratch/office"
export VANTHU_OFFICE="$scratch/office"
echo 'pdf-passwords=sai;cũng sai' >>"$scratch/office/vanthu.conf"
like "none fits: refused" "$("$vanthu" decode "$locked" --office "$VANTHU_OFFICE")" 'error "decode/encrypted"'
sed -i 's/^pdf-passwords.*/pdf-passwords=sai;matkhau/' "$scratch/office/vanthu.conf"
tree=$("$vanthu" decode "$locked" --office "$VANTHU_OFFICE")
like "the second fits: read" "$tree" '^run .*"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"'
like "and it is said" "$tree" 'note "decode/unlocked"'
unlike "what opened it is nowhere" "$tree" 'matkhau'
"$vanthu" extract "$locked" --office "$VANTHU_OFFICE" --html "$scratch/page.html"
like "its pages are shown" "$(cat "$scratch/page.html")" '<image [^>]*href="data:image/png;base64,iVBOR'
cp "$locked" "$scratch/office/inbox/"
"$vanthu" run --once >"$scratch/log" 2>&1
like "it is taken" "$(cat "$scratch/log")" 'event=taken'
sum=$(sha256sum "$locked" | cut -c1-64)
ok "and kept as it came" cmp "$locked" "$scratch/office/archive/blobs/$(echo "$sum" | cut -c1-2)/$(echo "$sum" | cut -c3-)"

# Signatures are made over the bytes as they stand, and their values are never enciphered.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -utf8 -subj '/CN=Nguyễn Văn Bình' \
	-keyout "$scratch/key.pem" -out "$scratch/cert.pem" 2>"$scratch/openssl.log"
python3 "$top/tests/lib/sign_pdf.py" "$scratch/a.pdf" "$scratch/key.pem" "$scratch/cert.pem" matkhau
tree=$("$vanthu" decode --no-ocr "$scratch/a.pdf" --office "$VANTHU_OFFICE")
like "a signed one is read" "$tree" '"Uy ban nhan dan tinh de nghi'
like "its signature is verified" "$tree" '^signature .*"integrity" "intact" "signer" "Nguyễn Văn Bình"'
unlike "and nothing enciphered is shown as a name" "$tree" '^signature "field" ".'
sed 's/%PDF-1.7/%PDF-1.6/' "$scratch/a.pdf" >"$scratch/b.pdf"
tree=$("$vanthu" decode --no-ocr "$scratch/b.pdf" --office "$VANTHU_OFFICE")
like "changed after it was signed" "$tree" '^signature .*"integrity" "broken"'
done_testing
