"""Lists as Excel writes them: shared strings, styles, merged titles, ruled cells."""
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Of STYLES' cellXfs, by number.
PLAIN, ISSUER, MOTTO, TITLE, NOTE, HEADER, CENTRED, TEXT = range(8)
STYLES = '''<styleSheet xmlns="%s"><fonts count="4"><font><sz val="12"/><name val="Times New Roman"/></font>
<font><b/><sz val="12"/><name val="Times New Roman"/></font><font><b/><sz val="14"/><name val="Times New Roman"/></font>
<font><i/><sz val="12"/><name val="Times New Roman"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>
<fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">
<xf fontId="0"/><xf fontId="0"><alignment horizontal="center"/></xf><xf fontId="1"><alignment horizontal="center"/></xf>
<xf fontId="2"><alignment horizontal="center"/></xf><xf fontId="3"><alignment horizontal="center"/></xf>
<xf fontId="1" borderId="1"><alignment horizontal="center" wrapText="1"/></xf>
<xf fontId="0" borderId="1"><alignment horizontal="center"/></xf><xf fontId="0" borderId="1"><alignment wrapText="1"/></xf>
</cellXfs></styleSheet>''' % MAIN


class Sheet:
    def __init__(self, name, widths):
        self.name, self.widths = name, widths
        self.strings, self.rows, self.merges = [], {}, []

    def put(self, address, value, style=PLAIN):
        """At "B5"; over more than one cell at "B5:D5"."""
        first, _, last = address.partition(':')
        if last:
            self.merges.append(address)
        row = int(first.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
        if isinstance(value, str):
            if value not in self.strings:
                self.strings.append(value)
            cell = '<c r="%s" s="%d" t="s"><v>%d</v></c>' % (first, style, self.strings.index(value))
        else:
            cell = '<c r="%s" s="%d"><v>%s</v></c>' % (first, style, value)
        self.rows.setdefault(row, []).append(cell)

    def members(self):
        """The parts of the workbook, by name."""
        columns = ''.join('<col min="%d" max="%d" width="%s" customWidth="1"/>' % (n, n, w)
                          for n, w in enumerate(self.widths, 1))
        rows = ''.join('<row r="%d">%s</row>' % (n, ''.join(cells)) for n, cells in sorted(self.rows.items()))
        merges = ''.join('<mergeCell ref="%s"/>' % m for m in self.merges)
        sheet = ('<worksheet xmlns="%s"><cols>%s</cols><sheetData>%s</sheetData><mergeCells count="%d">%s</mergeCells>'
                 '<pageSetup paperSize="9" orientation="landscape"/></worksheet>'
                 % (MAIN, columns, rows, len(self.merges), merges))
        strings = ''.join('<si><t>%s</t></si>' % escape(s) for s in self.strings)
        types = ''.join('<Override PartName="/xl/%s" ContentType="application/vnd.openxmlformats-officedocument.'
                        'spreadsheetml.%s+xml"/>' % pair
                        for pair in (('workbook.xml', 'sheet.main'), ('worksheets/sheet1.xml', 'worksheet'),
                                     ('styles.xml', 'styles'), ('sharedStrings.xml', 'sharedStrings')))
        relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        relation = '<Relationship Id="rId%d" Type="' + OFFICE + '/%s" Target="%s"/>'
        parts = {
            '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>%s</Types>' % types,
            '_rels/.rels': relations % (relation % (1, 'officeDocument', 'xl/workbook.xml')),
            'xl/workbook.xml': '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="%s" sheetId="1" r:id="rId1"/></sheets>'
            '</workbook>' % (MAIN, OFFICE, escape(self.name)),
            'xl/_rels/workbook.xml.rels': relations % ''.join(relation % item for item in (
                (1, 'worksheet', 'worksheets/sheet1.xml'), (2, 'styles', 'styles.xml'),
                (3, 'sharedStrings', 'sharedStrings.xml'))),
            'xl/worksheets/sheet1.xml': sheet,
            'xl/styles.xml': STYLES,
            'xl/sharedStrings.xml': '<sst xmlns="%s">%s</sst>' % (MAIN, strings),
        }
        return {name: (DECLARATION + text).encode() for name, text in parts.items()}
