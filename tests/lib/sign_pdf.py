#!/usr/bin/env python3
"""A small dispatch as signed PDF: sign_pdf.py OUT.pdf KEY.pem CERT.pem [PASSWORD]. The openssl program signs it; with a
password its text and the name of its field are locked (RC4, 40 bits)."""
import hashlib
import struct
import subprocess
import sys
import tempfile

ROOM = 8000
LINES = [(60, 780, "UBND TINH AN PHU"), (60, 760, "So: 4700/UBND-VX"), (330, 780, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
         (60, 700, "Kinh gui: So Tai nguyen va Moi truong tinh An Phu"),
         (60, 680, "Uy ban nhan dan tinh de nghi bao cao tinh hinh su dung dat nam 2026."),
         (60, 660, "So tien da chi la 1000 dong, so tien con lai la 2000 dong, de nghi kiem tra.")]
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
ID = b"0123456789abcdef"
password = sys.argv[4].encode("latin-1") if len(sys.argv) > 4 else None


def rc4(key, data):
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def lock(number, text):
    """A string or stream of the object, as it stands in the file."""
    if password is None:
        return text
    key = hashlib.md5(file_key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10]
    return rc4(key, text.encode("latin-1")).decode("latin-1")


trailer = ""
if password is not None:
    padded = (password + PADDING)[:32]
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    file_key = hashlib.md5(padded + owner + struct.pack("<i", -4) + ID).digest()[:5]
    trailer = "/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        ID.hex(), ID.hex(), owner.hex(), rc4(file_key, PADDING).hex())

text = lock(4, "".join("BT /F 12 Tf %d %d Td (%s) Tj ET\n" % line for line in LINES))
name = lock(5, "Signature1").encode("latin-1").hex()
objects = {
    1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>",
    2: "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
    3: "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[5 0 R]/Resources<</Font<</F 7 0 R>>>>>>",
    4: "<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
    5: "<</Type/Annot/Subtype/Widget/FT/Sig/T<%s>/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>" % name,
    6: "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange%s/Contents<%s>>>" % (" " * 40, "0" * ROOM),
    7: "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
}
out = "%PDF-1.7\n"
places = {}
for number, body in objects.items():
    places[number] = len(out)
    out += "%d 0 obj\n%s\nendobj\n" % (number, body)
xref = len(out)
out += "xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
out += "".join("%010d 00000 n \n" % places[number] for number in sorted(places))
out += "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, xref)

gap = out.index("/Contents<") + len("/Contents")
end = gap + ROOM + 2
out = out.replace("/ByteRange" + " " * 40, "/ByteRange" + ("[0 %d %d %d]" % (gap, end, len(out) - end)).ljust(40))
with tempfile.NamedTemporaryFile() as part:
    part.write((out[:gap] + out[end:]).encode("latin-1"))
    part.flush()
    value = subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-in", part.name, "-inkey", sys.argv[2],
                            "-signer", sys.argv[3]], check=True, capture_output=True).stdout.hex()
out = out[:gap + 1] + value.ljust(ROOM, "0") + out[gap + 1 + ROOM:]
with open(sys.argv[1], "wb") as file:
    file.write(out.encode("latin-1"))
