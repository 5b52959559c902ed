"""Paragraphs and tables in, a DOCX as Word writes it out (standard library only).

Word cuts text into runs wherever somebody edited, and leaves rsids and proofing marks behind. The
samples do the same, from a generator seeded with the file's name, so that the bytes never change.
"""
import random
import zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NS = (W + ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
      ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
      ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
      ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
      ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
      ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
      ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
      ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"')
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EMU_MM = 36000
TWIP_MM = 1440 / 25.4


def twips(mm):
    return round(mm * TWIP_MM)


class Docx:
    def __init__(self, name, font='Times New Roman', landscape=False, margins=(20, 20, 30, 15), title=''):
        self.name, self.font, self.title = name, font, title
        self.landscape, self.margins = landscape, margins
        self.rand = random.Random(name)
        self.rsids = ['00%06X' % self.rand.randrange(0x100000, 0xFFFFFF) for _ in range(5)]
        self.body, self.images, self.shapes, self.numbered = [], [], 0, False

    # --- text -----------------------------------------------------------------------------------
    def rsid(self):
        return self.rand.choice(self.rsids)

    def run_properties(self, b=False, i=False, u=False, size=14, color=None):
        return ('<w:rPr>' + ('<w:b/><w:bCs/>' if b else '') + ('<w:i/><w:iCs/>' if i else '')
                + ('<w:color w:val="%s"/>' % color if color else '')
                + '<w:sz w:val="%d"/><w:szCs w:val="%d"/>' % (size * 2, size * 2)
                + ('<w:u w:val="single"/>' if u else '') + '<w:lang w:val="vi-VN"/></w:rPr>')

    def run(self, text, **style):
        """One stretch of text; long ones fall apart into several runs, some in proofing marks."""
        properties = self.run_properties(**style)
        words, out = text.split(' '), []
        while words:
            n = self.rand.choice((2, 5, 9, 30)) if len(words) > 3 else len(words)
            part, words = ' '.join(words[:n]) + (' ' if words[n:] else ''), words[n:]
            bits = part.split('\t')
            inner = '<w:tab/>'.join('<w:t xml:space="preserve">%s</w:t>' % escape(bit) if bit else ''
                                    for bit in bits)
            piece = '<w:r w:rsidR="%s">%s%s</w:r>' % (self.rsid(), properties, inner)
            if self.rand.random() < 0.12:
                kind = self.rand.choice(('spell', 'gram'))
                piece = '<w:proofErr w:type="%sStart"/>%s<w:proofErr w:type="%sEnd"/>' % (kind, piece, kind)
            out.append(piece)
        return ''.join(out)

    def par(self, text='', align='left', first=0, before=0, after=0, left=0, hanging=0, keep=False,
            line=None, extra='', number=False, **style):
        """`text`: a string, or a list of (text, style) for mixed emphasis; `extra` goes in as it is."""
        pieces = text if isinstance(text, list) else ([(text, {})] if text else [])
        indent = ''.join(' w:%s="%d"' % (k, twips(v)) for k, v in
                         (('left', left), ('firstLine', first), ('hanging', hanging)) if v)
        properties = ('<w:pPr>' + ('<w:keepNext/>' if keep else '')
                      + ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if number else '')
                      + '<w:spacing w:before="%d" w:after="%d"%s/>' % (
                          before * 20, after * 20, ' w:line="%d" w:lineRule="auto"' % round(line * 240) if line else '')
                      + ('<w:ind%s/>' % indent if indent else '')
                      + ('<w:jc w:val="%s"/>' % align if align != 'left' else '')
                      + self.run_properties(**style) + '</w:pPr>')
        self.numbered |= number
        runs = ''.join(self.run(t, **{**style, **s}) for t, s in pieces)
        return '<w:p w:rsidR="%s" w:rsidRDefault="%s">%s%s%s</w:p>' % (
            self.rsid(), self.rsids[0], properties, extra, runs)

    def add(self, *xml):
        self.body.extend(xml)

    # --- drawings -------------------------------------------------------------------------------
    def rule(self, width_mm, below_pt):
        """The thin line under Tiêu ngữ, the organ or the subject, as Word 2010 and later draw it."""
        self.shapes += 1
        n, width, top = self.shapes, round(width_mm * EMU_MM), round(below_pt * 12700)
        return ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
                '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="25165%04d" '
                'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
                '<wp:positionH relativeFrom="column"><wp:align>center</wp:align></wp:positionH>'
                '<wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV>'
                '<wp:extent cx="%d" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
                '<wp:docPr id="%d" name="Straight Connector %d"/><wp:cNvGraphicFramePr/>'
                '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
                '<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="0"/></a:xfrm>'
                '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
                '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
                '</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>'
                '<v:line id="Line %d" style="position:absolute;z-index:%d" from="0,%gpt" to="%gpt,%gpt"/>'
                '</w:pict></mc:Fallback></mc:AlternateContent></w:r>'
                % (n, top, width, n, n, width, n, n, below_pt, width_mm * 72 / 25.4, below_pt))

    def image(self, png, width_mm, height_mm, x_mm, y_mm, inline=False):
        """A picture floating over the text (seal, signature), or standing in the line."""
        self.images.append(png)
        n, cx, cy = len(self.images), round(width_mm * EMU_MM), round(height_mm * EMU_MM)
        graphic = ('<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
                   '<pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="image%d.png"/><pic:cNvPicPr/></pic:nvPicPr>'
                   '<pic:blipFill><a:blip r:embed="rIdImage%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
                   '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm>'
                   '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
                   % (100 + n, n, n, cx, cy))
        head = '<wp:extent cx="%d" cy="%d"/>' % (cx, cy)
        name = '<wp:docPr id="%d" name="Picture %d"/><wp:cNvGraphicFramePr/>' % (100 + n, n)
        if inline:
            return '<w:r><w:drawing><wp:inline>%s%s%s</wp:inline></w:drawing></w:r>' % (head, name, graphic)
        return ('<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
                'relativeHeight="25166%04d" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
                '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>%d</wp:posOffset>'
                '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>%d</wp:posOffset></wp:positionV>'
                '%s<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>%s%s</wp:anchor></w:drawing></w:r>'
                % (n, round(x_mm * EMU_MM), round(y_mm * EMU_MM), head, name, graphic))

    # --- tables ---------------------------------------------------------------------------------
    def table(self, widths_mm, rows, borders=False, header_rows=0):
        """`rows`: lists of cells; a cell is paragraph XML, or (paragraph XML, columns it spans)."""
        grid = ''.join('<w:gridCol w:w="%d"/>' % twips(w) for w in widths_mm)
        style = '<w:tblStyle w:val="TableGrid"/>' if borders else ''
        margin = 100 if borders else 28
        out = ['<w:tbl><w:tblPr>%s<w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
               '<w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar>'
               '<w:tblLook w:val="04A0"/></w:tblPr><w:tblGrid>%s</w:tblGrid>'
               % (style, twips(sum(widths_mm)), margin, margin, grid)]
        for n, row in enumerate(rows):
            properties = '<w:cantSplit/>' + ('<w:tblHeader/>' if n < header_rows else '')
            out.append('<w:tr w:rsidR="%s"><w:trPr>%s</w:trPr>' % (self.rsid(), properties))
            column = 0
            for cell in row:
                xml, span = cell if isinstance(cell, tuple) else (cell, 1)
                width = twips(sum(widths_mm[column:column + span]))
                out.append('<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s%s</w:tcPr>%s</w:tc>' % (
                    width, '<w:gridSpan w:val="%d"/>' % span if span > 1 else '',
                    '<w:vAlign w:val="center"/>' if borders else '', xml))
                column += span
            out.append('</w:tr>')
        return ''.join(out) + '</w:tbl>'

    # --- the package ----------------------------------------------------------------------------
    def document(self):
        width, height = (16838, 11906) if self.landscape else (11906, 16838)
        top, bottom, left, right = (twips(m) for m in self.margins)
        return (XML + '<w:document %s><w:body>%s<w:sectPr w:rsidR="%s"><w:headerReference w:type="default" '
                'r:id="rIdHeader"/><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" '
                'w:left="%d" w:header="%d" w:footer="400" w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr>'
                '</w:body></w:document>' % (NS, ''.join(self.body) + self.last_paragraph(), self.rsids[0], width, height,
                                            ' w:orient="landscape"' if self.landscape else '',
                                            top, right, bottom, left, twips(10)))

    def last_paragraph(self):
        """Word never ends a body with a table."""
        return self.par(size=1, line=0.1) if self.body[-1].endswith('</w:tbl>') else ''

    def styles(self):
        font = 'w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"'.format(self.font)
        border = ''.join('<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>' % side
                         for side in ('top', 'left', 'bottom', 'right', 'insideH', 'insideV'))
        return (XML + '<w:styles %s><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts %s/><w:sz w:val="28"/>'
                '<w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
                '<w:pPrDefault/></w:docDefaults>'
                '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
                '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority '
                'w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
                '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
                '<w:tblPr><w:tblBorders>%s</w:tblBorders></w:tblPr></w:style>'
                '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
                '<w:pPr><w:jc w:val="center"/></w:pPr></w:style></w:styles>' % (W, font, border))

    def parts(self):
        field = ''.join('<w:r><w:rPr><w:sz w:val="26"/></w:rPr>%s</w:r>' % x for x in (
            '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE   \\* MERGEFORMAT </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>', '<w:t>2</w:t>', '<w:fldChar w:fldCharType="end"/>'))
        kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        links = [('rIdStyles', 'styles', 'styles.xml'), ('rIdSettings', 'settings', 'settings.xml'),
                 ('rIdFonts', 'fontTable', 'fontTable.xml'), ('rIdHeader', 'header', 'header1.xml')]
        links += [('rIdNumbering', 'numbering', 'numbering.xml')] if self.numbered else []
        links += [('rIdImage%d' % n, 'image', 'media/image%d.png' % n) for n in range(1, len(self.images) + 1)]
        main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml'
        types = [('/word/document.xml', main % 'document.main')] + [
            ('/word/' + target, main % name) for _, name, target in links if name != 'image'] + [
            ('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
            ('/docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml')]
        rels = XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
        rel = '<Relationship Id="%s" Type="%s" Target="%s"/>'
        parts = {
            '[Content_Types].xml': XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="png" ContentType="image/png"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/>%s</Types>' % ''.join(
                '<Override PartName="%s" ContentType="%s"/>' % t for t in types),
            '_rels/.rels': rels % (
                rel % ('rId1', kind + 'officeDocument', 'word/document.xml')
                + rel % ('rId2', 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
                         'docProps/core.xml')
                + rel % ('rId3', kind + 'extended-properties', 'docProps/app.xml')),
            'word/document.xml': self.document(),
            'word/_rels/document.xml.rels': rels % ''.join(rel % (i, kind + n, t) for i, n, t in links),
            'word/styles.xml': self.styles(),
            'word/settings.xml': XML + '<w:settings %s><w:zoom w:percent="100"/><w:proofState w:spelling="clean"/>'
            '<w:defaultTabStop w:val="720"/><w:compat><w:compatSetting w:name="compatibilityMode" '
            'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:rsids><w:rsidRoot w:val="%s"/>%s'
            '</w:rsids></w:settings>' % (W, self.rsids[0], ''.join('<w:rsid w:val="%s"/>' % r for r in self.rsids)),
            'word/fontTable.xml': XML + '<w:fonts %s><w:font w:name="%s"><w:family w:val="roman"/></w:font></w:fonts>'
            % (W, self.font),
            'word/header1.xml': XML + '<w:hdr %s><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>%s</w:p></w:hdr>' % (NS, field),
            'docProps/core.xml': XML + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>%s</dc:title>'
            '<dc:creator>Admin</dc:creator></cp:coreProperties>' % escape(self.title),
            'docProps/app.xml': XML + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><Application>Microsoft Office Word</Application></Properties>',
        }
        if self.numbered:
            parts['word/numbering.xml'] = XML + (
                '<w:numbering %s><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText '
                'w:val="%%1"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
                'w:val="0"/></w:num></w:numbering>' % W)
        for n, png in enumerate(self.images, 1):
            parts['word/media/image%d.png' % n] = png
        return parts

    def save(self, path):
        write_zip(path, self.parts())


def write_zip(path, parts):
    """A ZIP whose bytes depend on nothing but its contents."""
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2026, 11, 2, 8, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            z.writestr(info, data.encode() if isinstance(data, str) else data)
