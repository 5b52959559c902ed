#!/usr/bin/env python3
"""A small dispatch as signed PDF: sign_pdf.py OUT.pdf KEY.pem CERT.pem. The openssl program signs it."""
import subprocess
import sys
import tempfile

ROOM = 8000
LINES = [(60, 780, "UBND TINH AN PHU"), (60, 760, "So: 4700/UBND-VX"), (330, 780, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
         (60, 700, "Kinh gui: So Tai nguyen va Moi truong tinh An Phu"),
         (60, 680, "Uy ban nhan dan tinh de nghi bao cao tinh hinh su dung dat nam 2026."),
         (60, 660, "So tien da chi la 1000 dong, so tien con lai la 2000 dong, de nghi kiem tra.")]
text = "".join("BT /F 12 Tf %d %d Td (%s) Tj ET\n" % line for line in LINES)
objects = {
    1: "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/SigFlags 3>>>>",
    2: "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
    3: "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[5 0 R]/Resources<</Font<</F 7 0 R>>>>>>",
    4: "<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
    5: "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/F 132/Rect[0 0 0 0]/P 3 0 R/V 6 0 R>>",
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
out += "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)

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
