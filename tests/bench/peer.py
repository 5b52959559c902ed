"""The text of DOCX files as Python programs get it: peer.py lxml|docx FILE…"""
import sys
import zipfile

W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'


def by_lxml(path):
    from lxml import etree
    root = etree.fromstring(zipfile.ZipFile(path).read('word/document.xml'))
    return '\n'.join(''.join(text.text or '' for text in paragraph.iter(W + 't')) for paragraph in root.iter(W + 'p'))


def by_docx(path):
    import docx
    document = docx.Document(path)
    lines = [paragraph.text for paragraph in document.paragraphs]
    return '\n'.join(lines + ['\t'.join(cell.text for cell in row.cells) for table in document.tables for row in table.rows])


for name in sys.argv[2:]:
    if len({'lxml': by_lxml, 'docx': by_docx}[sys.argv[1]](name)) < 100:
        sys.exit(name + ': no text')
