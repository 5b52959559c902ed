#!/usr/bin/env python3
"""Pages written down as text -> a PDF: paper.py <in.pdf.txt >out.pdf

One thing a line; points from the top left; # begins a remark.
    page WIDTH HEIGHT [turned|sideways] the next page, as one reads it; turned: stored upright, with /Rotate
                                        that turns it; sideways: the same without, one has to turn the paper
    text X Y SIZE LOOK words            the base line begins there; LOOK: r b i bi, x = codes mean nothing
    up X Y SIZE LOOK words              the same, running up the paper
    word X Y SIZE LOOK words            the same without glyphs of spaces: gaps only
    line X0 Y0 X1 Y1
    field NAME X Y W H value            a form's field with that value; nothing of it is drawn
    box NAME X Y W H on|off             a form's check box
    note X Y words                      a comment beside the text
The fonts are Times by name, not embedded, with codes of our own: what a letter is stands in ToUnicode.
"""
import sys

WIDTHS = {'r': 500, 'b': 520, 'i': 490, 'bi': 510, 'x': 500}
NAMES = {'r': 'TimesNewRomanPSMT', 'b': 'TimesNewRomanPS-BoldMT', 'i': 'TimesNewRomanPS-ItalicMT',
         'bi': 'TimesNewRomanPS-BoldItalicMT', 'x': 'VNWriting'}


def width(look, char):
    if char == ' ':
        return 250
    return WIDTHS[look] * (14 if char.isupper() else 6 if char in 'iíìỉĩịltj.,;:/()' else 10) // 10


class Paper:
    def __init__(self):
        self.objects, self.codes, self.pages, self.fields = [], {}, [], []
        self.root, self.tree = self.add(b''), self.add(b'')

    def add(self, body):
        self.objects.append(body)
        return len(self.objects)

    def show(self, x, y, size, look, text):
        codes = self.codes.setdefault(look, {})
        hexed = ''.join('%04x' % codes.setdefault(c, len(codes) + 1) for c in text)
        return 'BT /%s %g Tf %g %g Td <%s> Tj ET\n' % (look, size, x, y, hexed)

    def words(self, x, y, size, look, text):
        out = ''
        for word in text.split(' '):
            out += self.show(x, y, size, look, word)
            x += size * (sum(width(look, c) for c in word) + 280) / 1000
        return out

    def annotation(self, rect, body):
        number = self.add(('<</Type/Annot/Rect[%g %g %g %g]/P %%d 0 R%s>>' % (*rect, body)).encode())
        self.pages[-1]['annots'].append(number)
        return number

    def line(self, line):
        name, rest = line.split(' ', 1)
        if name == 'page':
            w, h, *way = rest.split()
            page = {'top': float(h), 'media': (float(w), float(h)), 'turn': 0, 'marks': '', 'annots': []}
            if way:
                page.update(media=(float(h), float(w)), turn=90 if way == ['turned'] else 0, marks='0 1 -1 0 %s 0 cm\n' % h)
            self.pages.append(page)
            return
        page = self.pages[-1]
        top = page['top']
        if name == 'up':
            x, y, size, look, text = rest.split(' ', 4)
            page['marks'] += 'q 0 1 -1 0 %s %g cm\n%sQ\n' % (x, top - float(y), self.show(0, 0, float(size), look, text))
        elif name in ('text', 'word'):
            x, y, size, look, text = rest.split(' ', 4)
            show = self.show if name == 'text' else self.words
            page['marks'] += show(float(x), top - float(y), float(size), look, text)
        elif name == 'line':
            x0, y0, x1, y1 = map(float, rest.split())
            page['marks'] += '%g %g m %g %g l S\n' % (x0, top - y0, x1, top - y1)
        elif name in ('field', 'box'):
            field, x, y, w, h, value = rest.split(' ', 5)
            x, y, w, h = map(float, (x, y, w, h))
            kind = '/FT/Tx/V<%s>/AP<</N %d 0 R>>' % (text16(value), self.form(w, h)) if name == 'field' else \
                '/FT/Btn/V/%s/AS/%s/AP<</N<</Yes %d 0 R>>>>' % ((('Yes',) if value == 'on' else ('Off',)) * 2 + (self.form(w, h),))
            self.fields.append(self.annotation((x, top - y - h, x + w, top - y), '/Subtype/Widget/F 4/T<%s>' % text16(field) + kind))
        elif name == 'note':
            x, y, text = rest.split(' ', 2)
            self.annotation((float(x), top - float(y) - 20, float(x) + 20, top - float(y)), '/Subtype/Text/Contents<%s>' % text16(text))
        else:
            sys.exit('paper.py: %s?' % line)

    def form(self, w, h):
        return self.add(stream('/Type/XObject/Subtype/Form/BBox[0 0 %g %g]' % (w, h), ''))

    def font(self, look):
        codes = self.codes[look]
        name = NAMES[look]
        widths = ' '.join('%d[%d]' % (code, width(look, char)) for char, code in codes.items())
        rows = '\n'.join('<%04x> <%s>' % (code, char.encode('utf-16-be').hex()) for char, code in codes.items())
        unicode = ''
        if look != 'x':
            unicode = '/ToUnicode %d 0 R' % self.add(stream('', '/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n'
                '/CMapName /Own def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n'
                '%d beginbfchar\n%s\nendbfchar\nendcmap end end' % (len(codes), rows)))
        descriptor = self.add(('<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[-200 -216 1000 891]/ItalicAngle 0'
            '/Ascent 891/Descent -216/CapHeight 662/StemV 80>>' % name).encode())
        inner = self.add(('<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)'
            '/Supplement 0>>/FontDescriptor %d 0 R/DW 500/W[%s]>>' % (name, descriptor, widths)).encode())
        return self.add(('<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]%s>>'
            % (name, inner, unicode)).encode())

    def finish(self):
        fonts = ''.join('/%s %d 0 R' % (look, self.font(look)) for look in list(self.codes))
        kids = []
        for page in self.pages:
            marks = self.add(stream('', page['marks']))
            number = self.add(('<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Rotate %g/Contents %d 0 R/Resources<</Font<<@FONTS@>>>>/Annots[%s]>>'
                % (self.tree, *page['media'], page['turn'], marks, ' '.join('%d 0 R' % n for n in page['annots']))).encode())
            kids.append('%d 0 R' % number)
            for n in page['annots']:
                self.objects[n - 1] = self.objects[n - 1].replace(b'%d 0 R', b'%d 0 R' % number, 1)
        self.objects[self.tree - 1] = ('<</Type/Pages/Count %d/Kids[%s]>>' % (len(kids), ' '.join(kids))).encode()
        form = '/AcroForm<</Fields[%s]>>' % ' '.join('%d 0 R' % n for n in self.fields) if self.fields else ''
        self.objects[self.root - 1] = ('<</Type/Catalog/Pages %d 0 R%s>>' % (self.tree, form)).encode()
        out, places = b'%PDF-1.5\n', []
        for i, body in enumerate(self.objects):
            places.append(len(out))
            out += b'%d 0 obj\n%s\nendobj\n' % (i + 1, body.replace(b'@FONTS@', fonts.encode()))
        table = b''.join(b'%010d 00000 n \n' % place for place in places)
        return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (
            len(places) + 1, table, len(places) + 1, self.root, len(out))


def text16(text):
    return 'feff' + text.encode('utf-16-be').hex()


def stream(keys, marks):
    return ('<<%s/Length %d>>\nstream\n%s\nendstream' % (keys, len(marks), marks)).encode()


paper = Paper()
for line in sys.stdin:
    if line.strip() and not line.startswith('#'):
        paper.line(line.rstrip('\n'))
sys.stdout.buffer.write(paper.finish())
