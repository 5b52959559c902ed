#!/usr/bin/env python3
"""Small signed-looking PDFs as seeds: usage signature_seed.py FOLDER. The values sign nothing."""
import sys
import zlib

BODY = {
    1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 200]>>",
    3: b"<</Type/Page/Parent 2 0 R/Annots[6 0 R 7 0 R]/Contents 4 0 R>>",
    4: b"<</Length 9>>\nstream\n0 0 9 9 re\nendstream",
    5: b"<</Fields[6 0 R 7 0 R]/SigFlags 3/DR<</Font<</F 9 0 R>>>>>>",
    6: b"<</Subtype/Widget/FT/Sig/T(K\\375 1)/Rect[0 0 9 9]/V 8 0 R>>",
    7: b"<</Subtype/Widget/FT/Tx/T<FEFF00E1>/V(100)/AP<</N 4 0 R>>>>",
    8: b"<</Type/Sig/SubFilter/adbe.pkcs7.detached/ByteRange[0 100 200 300]/Contents<3003020100>>>",
    9: b"<</Type/Font/Subtype/Type1/BaseFont/Times#2DRoman>>",
}
LATER = {
    4: b"<</Length 9>>\nstream\n0 0 8 8 re\nendstream",
    7: b"<</Subtype/Widget/FT/Tx/T<FEFF00E1>/V(900)/AP<</N 4 0 R>>>>",
}


def revision(out, objects, previous):
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size 20/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        b"/Prev %d" % previous if previous else b"", at)
    return at


def packed(out):
    """Fields in an object stream, the table a stream with the predictor that makers use."""
    places = {}
    for number in (2, 3, 4, 8, 9):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, BODY[number])
    inner = [1, 5, 6, 7]
    head, text = b"", b""
    for number in inner:
        head += b"%d %d " % (number, len(text))
        text += BODY[number] + b" "
    stream = zlib.compress(head + text)
    places[10] = len(out)
    out += b"10 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(inner), len(head), len(stream), stream)
    at = places[11] = len(out)
    last, rows = bytes(4), b""
    for number in range(12):
        row = bytes([2, 0, 10, inner.index(number)]) if number in inner else bytes(
            [number in places, places.get(number, 0) >> 8, places.get(number, 0) & 255, 0])
        rows += b"\x02" + bytes((a - b) & 255 for a, b in zip(row, last))
        last = row
    table = zlib.compress(rows)
    out += (b"11 0 obj\n<</Type/XRef/Size 12/W[1 2 1]/Root 1 0 R/Filter/FlateDecode"
            b"/DecodeParms<</Predictor 12/Columns 4>>/Length %d>>stream\n%s\nendstream endobj\n" % (len(table), table))
    out += b"startxref\n%d\n%%%%EOF\n" % at


folder = sys.argv[1]
first, second = bytearray(b"%PDF-1.7\n"), bytearray(b"%PDF-1.7\n")
at = revision(first, BODY, 0)
revision(first, LATER, at)
packed(second)
for name, data in (("tables.pdf", first), ("packed.pdf", second), ("broken.pdf", first.replace(b"startxref", b"startxerf"))):
    with open(folder + "/" + name, "wb") as file:
        file.write(data)
