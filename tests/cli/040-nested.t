#!/bin/sh
# Files inside of files: ZIPs in ZIPs, in folders, in messages; bombs over several levels; names that are traps.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
make_letter "$scratch/a.docx" 4701 'nguồn nước'
make_letter "$scratch/b.docx" 4702 'khoáng sản'

# pack.py writes the archives; NAME=FILE is an entry, names may be anything.
cat >"$scratch/pack.py" <<'P'
import base64, io, sys, zipfile
def packed(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name, (2026, 11, 20, 8, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
scratch = sys.argv[1]
def put(name, data):
    with open(scratch + '/' + name, 'wb') as f:
        f.write(data)
letters = [open(scratch + '/' + name, 'rb').read() for name in ('a.docx', 'b.docx')]
two = packed([('a.docx', letters[0]), ('hồ sơ/b.docx', letters[1])])
three = packed([('trong.zip', packed([('b.docx', letters[1])])), ('a.docx', letters[0])])
put('levels.zip', packed([('ngoài.zip', three)]))
put('too-deep.zip', packed([('1.zip', packed([('2.zip', packed([('3.zip', two)]))])), ('a.docx', letters[0])]))
put('two.zip', two)
put('cut.zip', packed([('đứt.zip', two[:200]), ('a.docx', letters[0])]))
put('out.zip', packed([('sub.zip', packed([('../../evil.docx', letters[1])])), ('a.docx', letters[0])]))
put('ratio.zip', packed([('sub.zip', packed([('bomb.xml', b'0' * 30000000)])), ('a.docx', letters[0])]))
# no file and no ZIP of it is over a limit, all together are
import hashlib
block = b''.join(hashlib.sha256(b'%d' % n).hexdigest().encode() + b' ' * 4000 for n in range(4096))
put('size.zip', packed([('%d.zip' % n, packed([('x.txt', block)])) for n in range(13)]))
put('count.zip', packed([('%d.zip' % n, packed([('%d.txt' % k, b'x%d' % n) for k in range(2000)])) for n in range(3)]))
put('quine.zip', packed([('same.zip', packed([('same.zip', packed([('same.zip', packed([('same.zip', b'PK\3\4')]))]))]))]))
attachment = '<Attachment><AttachmentName>gói.zip</AttachmentName><ContentTransferEncoded>%s</ContentTransferEncoded></Attachment>'
put('message.edxml', ('<?xml version="1.0"?><edXML><edXMLEnvelope><edXMLHeader><MessageHeader><Code><CodeNumber>77</CodeNumber>'
    '<CodeNotation>UBND</CodeNotation></Code></MessageHeader></edXMLHeader></edXMLEnvelope><AttachmentEncoded>'
    + attachment % base64.b64encode(two).decode() + '</AttachmentEncoded></edXML>').encode())
P
python3 "$scratch/pack.py" "$scratch"
files() { "$vanthu" extract --json "$1" 2>/dev/null | tr '{' '\n' | sed -n 's/.*"file":"\([^"]*\)".*/\1/p' | tr '\n' ' '; }
is "three levels are one dossier" "$(files "$scratch/levels.zip")" \
	"levels.zip ngoài.zip/trong.zip/b.docx ngoài.zip/a.docx "
is "a ZIP in a message" "$(files "$scratch/message.edxml")" "message.edxml gói.zip/a.docx gói.zip/hồ sơ/b.docx "
mkdir "$scratch/folder" && cp "$scratch/two.zip" "$scratch/folder/kèm.zip" && cp "$scratch/a.docx" "$scratch/folder/z.docx"
is "a ZIP in a folder" "$(files "$scratch/folder")" "folder kèm.zip/a.docx kèm.zip/hồ sơ/b.docx z.docx "
is "a damaged one among papers" "$(files "$scratch/cut.zip")" "cut.zip đứt.zip a.docx "
like "is told" "$("$vanthu" extract "$scratch/cut.zip")" 'error: decode/damaged'

# refused NAME PLACE FINDING: the whole is refused, with the place of the trouble in it.
refused() {
	is "$1: refused" "$(status timeout 60 "$vanthu" extract "$scratch/$1.zip")" 3
	like "$1: where and why" "$("$vanthu" extract "$scratch/$1.zip" 2>&1)" "error: $3: $2"
}
refused too-deep '1.zip/2.zip/3.zip/a.docx: .*' decode/too-large
refused quine 'same.zip/same.zip/same.zip.*: ' 'decode/(too-large|damaged)'
refused out 'sub.zip: .*evil.docx' decode/hostile
refused ratio 'sub.zip: .*bomb.xml' decode/too-large
refused size '[0-9]+.zip/x.txt: ' decode/too-large
refused count '2.zip/[0-9]+.txt: .*5001 > 5000' decode/too-large

# --- through the line ---
office=$scratch/office
make_office "$office" || { flunk "init"; done_testing; }
export VANTHU_OFFICE="$office"
cp "$scratch/levels.zip" "$scratch/message.edxml" "$scratch/out.zip" "$office/inbox/"
ok "run" "$vanthu" run --once
like "the reason names the file inside" "$(cat "$office/returned/out.zip.ly-do.txt")" 'sub\.zip: Tệp có cấu trúc nguy hiểm'
id=$("$vanthu" list --json | tr '{' '\n' | sed -n 's/.*"id":"\([^"]*\)".*"source":"levels.zip".*/\1/p')
shown=$("$vanthu" show "$id")
like "papers of all levels stand in one dossier" "$shown" 'd1  ngoài.zip/trong.zip/b.docx  Công văn'
like "with all that was read" "$shown" 'd2  ngoài.zip/a.docx  Công văn'
ok "the archive is whole" "$vanthu" verify
mkdir "$office/inbox/mixed"
make_letter "$scratch/secret.docx" 4703 'riêng' 'TỐI MẬT'
(cd "$scratch" && zip -q s.zip secret.docx && zip -q "$office/inbox/mixed/kèm.zip" s.zip)
"$vanthu" run --once >/dev/null 2>&1
ok "a secret two ZIPs deep goes back" test -f "$office/returned/mixed/kèm.zip"
unlike "and is in no list" "$("$vanthu" list; "$vanthu" search riêng)" 4703
for file in "$scratch/secret.docx" "$scratch/s.zip" "$office/returned/mixed/kèm.zip"; do
	is "and leaves no bytes" "$(find "$office/archive/blobs" -type f -exec sha256sum {} + | grep -c "$(sha256sum <"$file" | cut -d' ' -f1)")" 0
done
done_testing
