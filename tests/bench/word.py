"""A record as DOCX, in Word's manner (rsids, runs split anywhere, proofErr, w14 ids, a long style sheet) or, for three
in ten, as plainly as other programs write it. Four forms of head: a table, tabs, a text box, plain paragraphs."""
import zipfile
from xml.sax.saxutils import escape

SPACES = ''.join(' xmlns:%s="%s"' % space for space in [
    ('w', 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'),
    ('r', 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'),
    ('mc', 'http://schemas.openxmlformats.org/markup-compatibility/2006'), ('v', 'urn:schemas-microsoft-com:vml'),
    ('wp', 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'),
    ('a', 'http://schemas.openxmlformats.org/drawingml/2006/main'),
    ('wps', 'http://schemas.microsoft.com/office/word/2010/wordprocessingShape'),
    ('w14', 'http://schemas.microsoft.com/office/word/2010/wordml')])
RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml'
PARTS = ['styles', 'numbering', 'settings', 'fontTable', 'footnotes', 'endnotes', 'header', 'footer']
FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


class Writer:
    def __init__(self, r, word):
        self.r, self.word = r, word
        self.ids = ['00%06X' % r.randrange(1 << 24) for _ in range(7)]

    def properties(self, bold, italic, size):
        return '<w:rPr>%s%s%s<w:sz w:val="%d"/><w:szCs w:val="%d"/>%s</w:rPr>' % (
            FONTS if self.word else '', '<w:b/><w:bCs/>' if bold else '', '<w:i/><w:iCs/>' if italic else '', size, size,
            '<w:lang w:val="vi-VN"/>' if self.word else '')

    def pieces(self, text):
        """As Word cuts a run: wherever somebody typed or the spelling checker stopped."""
        words = text.split(' ')
        while self.word and len(words) > 1:
            n = min(self.r.choice((4, 8, 12, 30)), len(words))
            yield ' '.join(words[:n]) + (' ' if n < len(words) else '')
            words = words[n:]
        if words:
            yield ' '.join(words)

    def run(self, text, bold=False, italic=False, size=26):
        properties, out = self.properties(bold, italic, size), []
        for piece in self.pieces(text):
            wrong = self.word and self.r.random() < .08
            out.append('%s<w:r%s>%s<w:t xml:space="preserve">%s</w:t></w:r>%s' % (
                '<w:proofErr w:type="spellStart"/>' if wrong else '', ' w:rsidRPr="%s"' % self.r.choice(self.ids) if self.word and bold else '',
                properties, escape(piece), '<w:proofErr w:type="spellEnd"/>' if wrong else ''))
        return ''.join(out)

    def paragraph(self, content, align='both', style=None, more='', bold=False, size=26):
        ids = (' w14:paraId="%08X" w:rsidR="%s" w:rsidRDefault="%s" w:rsidP="%s"' % (
            (self.r.randrange(1 << 31),) + tuple(self.r.choices(self.ids, k=3)))) if self.word else ''
        return '<w:p%s><w:pPr>%s%s<w:spacing w:before="60" w:after="60"/>%s<w:jc w:val="%s"/>%s</w:pPr>%s</w:p>' % (
            ids, '<w:pStyle w:val="%s"/>' % style if style else '', more if 'numPr' in more else '', '' if 'numPr' in more else more, align,
            self.properties(bold, False, size) if self.word else '', content)

    def text(self, text, align='both', style=None, more='', **look):
        return self.paragraph(self.run(text, **look), align, style, more, look.get('bold', False), look.get('size', 26))

    def cell(self, width, content):
        return '<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>' % (
            width, '<w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:vAlign w:val="center"/>' if self.word else '', content)

    def table(self, widths, rows, borders=True):
        grid = ''.join('<w:gridCol w:w="%d"/>' % width for width in widths)
        line = ''.join('<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>' % side for side in
                       ('top', 'left', 'bottom', 'right', 'insideH', 'insideV')) if borders else ''
        out = ['<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>%s</w:tblBorders><w:tblLook w:val="04A0"/></w:tblPr>'
               '<w:tblGrid>%s</w:tblGrid>' % (line, grid)]
        for n, row in enumerate(rows):
            ids = ' w:rsidR="%s" w:rsidTr="%s"' % tuple(self.r.choices(self.ids, k=2)) if self.word else ''
            out.append('<w:tr%s>%s%s</w:tr>' % (ids, '<w:trPr><w:tblHeader/></w:trPr>' if borders and n == 0 else '',
                                                ''.join(self.cell(width, cell) for width, cell in zip(widths, row))))
        return ''.join(out) + '</w:tbl>'


def box(paragraphs):
    """A text box twice, as Word keeps it: DrawingML and, for old programs, VML."""
    inside = '<w:txbxContent>%s</w:txbxContent>' % paragraphs
    return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2800000" cy="900000"/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>%s'
            '</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>'
            '%s</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>' % (inside, inside))


def head(w, d):
    left = [(d['parent'].upper(), False), (d['office'].upper(), True), ('Số: %d/%s' % (d['number'], d['symbol']), False)]
    right = [('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', True), ('Độc lập - Tự do - Hạnh phúc', True),
             ('%s, ngày %02d tháng %02d năm %d' % (d['place'], d['day'], d['month'], d['year']), False)]
    columns = [''.join(w.text(text, 'center', bold=bold) for text, bold in side) for side in (left, right)]
    if d['form'] == 0:
        return w.table([4000, 5350], [columns], borders=False)
    if d['form'] == 1:
        return ''.join(w.paragraph(w.run(a, b) + '<w:r><w:tab/></w:r>' + w.run(x, y), 'left', None,
                                   '<w:tabs><w:tab w:val="left" w:pos="4800"/></w:tabs>') for (a, b), (x, y) in zip(left, right))
    return w.paragraph(box(columns[0]), 'left') + columns[1] if d['form'] == 2 else columns[0] + columns[1]


def foot(w, d):
    recipients = w.run('Nơi nhận:', True, True, 24)
    left = w.paragraph(recipients, 'left') + ''.join(w.text('- %s;' % name, 'left', size=22) for name in d['recipients'])
    title = ['KT. ' + d['title'], 'PHÓ ' + d['title']] if d['deputy'] else [d['title']]
    right = ''.join(w.text(text, 'center', bold=True) for text in title) + w.paragraph('', 'center') * 4 + w.text(d['signer'], 'center', bold=True)
    return w.table([4675, 4675], [[left, right]], borders=False)


TITLES = ['STT', 'Họ và tên', 'Ngày sinh', 'Chức vụ', 'Đơn vị công tác', 'Hình thức khen thưởng', 'Tóm tắt thành tích']
WIDTHS = [460, 1450, 1150, 1150, 1450, 1250, 2440]
NOTE = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'


def body(w, d):
    out = [head(w, d), w.text('TỜ TRÌNH', 'center', bold=True, size=28), w.text(d['subject'], 'center', bold=True, size=28)]
    out += [w.text(('Kính gửi: ' if n == 0 else '') + name + '.', 'center') for n, name in enumerate(d['addressees'])]
    numbered = '<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>'
    for title, paragraphs in d['sections']:
        out.append(w.text(title, 'left', 'Heading1', numbered % 0, bold=True))
        for n, text in enumerate(paragraphs):
            out.append(w.text(text, 'both', 'BodyText', numbered % 1 if n % 4 == 3 else '<w:ind w:firstLine="567"/>'))
    out.append(w.paragraph(w.run('Danh sách gồm %d cá nhân.' % len(d['nominees'])) + NOTE))
    rows = [[w.text(title, 'center', bold=True, size=24) for title in TITLES]]
    for n, values in enumerate(d['nominees']):
        rows.append([w.text(text, 'left', size=24) for text in [str(n + 1)] + values])
    out += [w.table(WIDTHS, rows), w.text('Kính đề nghị xem xét, quyết định./.', more='<w:ind w:firstLine="567"/>'), foot(w, d)]
    return ''.join(out) + ('<w:sectPr><w:headerReference w:type="default" r:id="rId7"/><w:footerReference w:type="default" r:id="rId8"/>'
                           '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/></w:sectPr>')


def styles(large):
    """What Word writes into every file; in one of ten also the table styles that a template brought along."""
    out = ['<w:docDefaults><w:rPrDefault><w:rPr>%s<w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults><w:latentStyles w:count="376">' % FONTS]
    out += ['<w:lsdException w:name="List Sample %d" w:uiPriority="%d" w:qFormat="1"/>' % (n, n % 99) for n in range(376)]
    out.append('</w:latentStyles><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>')
    out.append('<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>')
    for name in ['BodyText'] + ['Heading%d' % n for n in range(1, 10)]:
        out.append('<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority '
                   'w:val="9"/><w:qFormat/><w:rsid w:val="00A71C44"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/></w:pPr><w:rPr>%s'
                   '<w:szCs w:val="28"/></w:rPr></w:style>' % (name, name.lower(), FONTS))
    sides = ''.join('<w:%s w:val="single" w:sz="8" w:space="0" w:color="4F81BD" w:themeColor="accent1"/>' % side for side in ('top', 'left', 'bottom', 'right'))
    parts = ''.join('<w:tblStylePr w:type="%s"><w:rPr><w:b/><w:bCs/></w:rPr><w:tblPr/><w:tcPr><w:tcBorders>%s</w:tcBorders></w:tcPr></w:tblStylePr>' % (
        part, sides) for part in ('firstRow', 'lastRow', 'firstCol', 'lastCol', 'band1Vert', 'band1Horz'))
    out += ['<w:style w:type="table" w:styleId="TableSample%d"><w:name w:val="Table Sample %d"/><w:uiPriority w:val="60"/><w:tblPr><w:tblBorders>%s'
            '</w:tblBorders></w:tblPr>%s</w:style>' % (n, n, sides, parts) for n in range(120 if large else 2)]
    return root('styles', ''.join(out))


def numbering():
    level = ('<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%%d."/><w:lvlJc w:val="left"/><w:pPr><w:ind '
             'w:left="%d" w:hanging="360"/></w:pPr></w:lvl>')
    formats = ['upperRoman', 'decimal', 'lowerLetter']
    lists = ''.join('<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>%s</w:abstractNum>' % (
        n, ''.join(level % (k, formats[(n + k) % 3], k + 1, 360 * k) for k in range(9))) for n in range(6))
    return root('numbering', lists + ''.join('<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>' % (n + 1, n) for n in range(6)))


def notes(w, kind):
    own = '<w:%s w:id="2">%s</w:%s>' % (kind, w.text('Danh sách đã được công khai theo quy định.', size=20), kind) if kind == 'footnote' else ''
    lines = ''.join('<w:%s w:type="%s" w:id="%d"><w:p><w:r><w:%s/></w:r></w:p></w:%s>' % (kind, name, n, name, kind)
                    for n, name in enumerate(('separator', 'continuationSeparator')))
    return root(kind + 's', lines + own)


def root(name, content):
    return XML + '<w:%s%s mc:Ignorable="w14">%s</w:%s>' % (name, SPACES, content, name)


def write(d, path):
    w = Writer(d['r'], d['word'])
    page = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar '
            'w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    contents = dict(styles=styles(d['r'].random() < .1), numbering=numbering(),
                    settings=root('settings', '<w:rsids>%s</w:rsids>' % ''.join('<w:rsid w:val="00%06X"/>' % (n * 7919) for n in range(120))),
                    fontTable=root('fonts', '<w:font w:name="Times New Roman"><w:charset w:val="00"/></w:font>'), footnotes=notes(w, 'footnote'),
                    endnotes=notes(w, 'endnote'), header=root('hdr', w.paragraph(page, 'center')), footer=root('ftr', w.paragraph('', 'left')))
    relations = ''.join('<Relationship Id="rId%d" Type="%s%s" Target="%s.xml"/>' % (n + 1, RELATION, part, part) for n, part in enumerate(PARTS))
    package = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    types = ''.join('<Override PartName="/word/%s.xml" ContentType="%s"/>' % (part, TYPE % part) for part in PARTS) + \
        '<Override PartName="/word/document.xml" ContentType="%s"/>' % (TYPE % 'document.main')
    files = [('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
              '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>%s</Types>' % types),
             ('_rels/.rels', package % ('<Relationship Id="rId1" Type="%sofficeDocument" Target="word/document.xml"/>' % RELATION)),
             ('word/document.xml', root('document', '<w:body>%s</w:body>' % body(w, d))), ('word/_rels/document.xml.rels', package % relations)]
    files += [('word/%s.xml' % part, contents[part]) for part in PARTS]
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, content in files:
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
