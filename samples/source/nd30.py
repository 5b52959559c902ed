"""The forms of Nghị định 30/2020/NĐ-CP, Phụ lục I, laid out with ooxml.Docx."""
from ooxml import Docx

CENTRE, JUSTIFY = 'center', 'both'
HEAD_MM = (72, 93)


class Paper(Docx):
    """A document of an office: head, body, foot."""
    body_size = 14

    def line(self, text, **style):
        return self.par(text, align=CENTRE, **style)

    def head(self, organ, number, place_date, parent=(), subject=(), priority=None, widths=HEAD_MM):
        """Ô 1 to 4, and ô 5b (V/v) and 10b (urgency) where a công văn has them."""
        left = [self.line(line, size=12) for line in parent]
        left += [self.line(line, size=12, b=True) for line in organ[:-1]]
        left.append(self.line(organ[-1], size=12, b=True, extra=self.rule(24, 15)))
        right = [self.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', size=12, b=True),
                 self.line('Độc lập - Tự do - Hạnh phúc', size=13, b=True, extra=self.rule(56, 16))]
        under = [self.line(number, size=13, before=8)]
        under += [self.line(line, size=12, before=6 * (n == 0)) for n, line in enumerate(subject)]
        rows = [[''.join(left), ''.join(right)],
                [''.join(under), self.line(place_date, size=14 if widths[1] > 90 else 13, i=True, before=8)]]
        self.add(self.table(widths, rows))
        if priority:
            self.add(self.par(size=4), self.frame(priority, sum(widths)))

    def frame(self, text, width):
        """A mark of urgency in its red frame, 20 × 8 mm for KHẨN, under ô 5b (table cells keep the frame tight)."""
        left = 26
        sides = ''.join('<w:%s w:val="single" w:sz="12" w:space="0" w:color="FF0000"/>' % s
                        for s in ('top', 'left', 'bottom', 'right'))
        mark = self.line(text, size=14, b=True, color='FF0000', before=2, after=2)
        xml = self.table((left, 22, width - left - 22), [[self.par(), mark, self.par()]])
        at = xml.index('</w:tcPr>', xml.index('</w:tc>'))
        return xml[:at] + '<w:tcBorders>%s</w:tcBorders>' % sides + xml[at:]

    def kind(self, name, subject, rule_mm=45):
        """Ô 5a: the type in capitals, the subject, a rule."""
        self.add(self.line(name, b=True, before=12))
        lines = subject if isinstance(subject, (list, tuple)) else [subject]
        for line in lines[:-1]:
            self.add(self.line(line, b=True))
        self.add(self.line(lines[-1], b=True, after=12, extra=self.rule(rule_mm, 18)))

    def to(self, *names):
        """Ô 9a: one addressee on the line, several one below the other."""
        if len(names) == 1:
            self.add(self.line('Kính gửi: ' + names[0], before=12, after=8))
            return
        rows = [[self.par('Kính gửi:', align='right', before=12), self.par(before=12)]]
        rows += [[self.par(), self.par('- %s%s' % (name, '.' if name == names[-1] else ';'))] for name in names]
        self.add(self.table((50, 115), rows), self.par(size=6))

    def text(self, *paragraphs, **style):
        """Ô 6: justified, first line 1.27 cm, at least 6 pt between paragraphs."""
        for paragraph in paragraphs:
            self.add(self.par(paragraph, **{**dict(align=JUSTIFY, first=12.7, before=6, size=self.body_size), **style}))

    def bases(self, *lines):
        self.text(*lines, i=True)

    def article(self, name, text):
        self.text([(name + ' ', {'b': True}), (text, {})])

    def foot(self, recipients, authority, name, signature=None, widths=(78, 87), before=10, note=None):
        """Ô 9b beside ô 7: the last recipient is "Lưu"; `authority` the lines above the signature."""
        left = self.par('Nơi nhận:', size=12, b=True, i=True) if recipients else self.par()
        left += ''.join(self.par('- %s%s' % (line, '.' if line == recipients[-1] else ';'), size=11)
                        for line in recipients)
        right = ''.join(self.line(line, size=14, b=True) for line in authority)
        right += self.line(note, i=True) if note else ''
        pictures = ''.join(self.image(*picture) for picture in signature or ())
        right += self.par(extra=pictures) + self.par() * (4 if signature else 3) + self.line(name, b=True)
        self.add(self.par(size=before), self.table(widths, [[left, right]]))

    def two_signers(self, left, right, widths=(82, 83)):
        """A foot with two hands: (lines, name) and (lines, name)."""
        cells = []
        for lines, name in (left, right):
            cells.append(''.join(self.line(line, b=True) for line in lines) + self.par() * 3 + self.line(name, b=True))
        self.add(self.par(size=10), self.table(widths, [cells]))

    def grid(self, widths, titles, rows, size=12, aligns=None):
        """A ruled table; a row that is a plain string pair (number, text) is a group heading."""
        aligns = aligns or [CENTRE] + ['left'] * (len(titles) - 1)
        out = [[self.line(t, b=True, size=size, before=2, after=2) for t in titles]]
        for row in rows:
            if len(row) == 2 and len(titles) > 2:
                out.append([self.line(row[0], b=True, size=size), (self.par(row[1], b=True, size=size), len(titles) - 1)])
                continue
            cells = [self.par(str(cell), align=align, size=size, before=2, after=2)
                     for cell, align in zip(row, aligns)]
            out.append(cells)
        self.add(self.table(widths, out, borders=True, header_rows=1))
