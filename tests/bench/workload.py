#!/usr/bin/python3
"""The bench's own documents, the same on every machine: workload.py FOLDER DOCX XML PDF (how many of each).

FOLDER/docx, FOLDER/xml, and FOLDER/pages: texts that build/bench-draw makes PDFs from. At a thousand, document.xml has a
mean of about 177 KB and a median of about 100 KB, a message about 27 KB, a PDF about ten pages.
"""
import base64
import os
import random
import sys
from xml.sax.saxutils import escape

import records
import word


def tags(values):
    return ''.join('<e:%s>%s</e:%s>' % (name, value if isinstance(value, Raw) else escape(str(value)), name) for name, value in values)


class Raw(str):
    """XML already."""


def message(d):
    """A dispatch of the national document exchange whose list stands in the body; one in four brings a file along."""
    head = tags([('From', Raw(tags([('OrganId', '000.01.%02d.H99' % (d['number'] % 90)), ('OrganName', d['office']), ('OrganAdd', d['place'])]))),
                 ('To', Raw(tags([('OrganId', '000.00.01.H99'), ('OrganName', d['parent'])]))),
                 ('Code', Raw(tags([('CodeNumber', d['number']), ('CodeNotation', d['symbol'])]))),
                 ('PromulgationInfo', Raw(tags([('Place', d['place']), ('PromulgationDate', '%d/%02d/%02d' % (d['year'], d['month'], d['day']))]))),
                 ('DocumentType', Raw(tags([('Type', 6), ('TypeName', 'Tờ trình')]))), ('Subject', d['subject']),
                 ('Content', ' '.join(text for _, texts in d['sections'] for text in texts)),
                 ('SignerInfo', Raw(tags([('Position', d['title']), ('FullName', d['signer'])]))),
                 ('ToPlaces', Raw(''.join(tags([('Place', name)]) for name in d['recipients'])))])
    names = ['HoTen', 'NgaySinh', 'ChucVu', 'DonVi', 'DanhHieu', 'ThanhTich']
    rows = ''.join('      <CaNhan stt="%d">\n%s      </CaNhan>\n' % (n + 1, ''.join(
        '        <%s>%s</%s>\n' % (name, escape(value), name) for name, value in zip(names, row))) for n, row in enumerate(d['nominees']))
    data = random.Random(d['number']).randbytes(d['number'] * 8) if d['number'] % 4 == 0 else b''
    attached = '  <e:Attachment><e:AttachmentName>phu-luc.bin</e:AttachmentName><e:ContentTransferEncoded>%s</e:ContentTransferEncoded></e:Attachment>\n' % \
        base64.encodebytes(data).decode() if data else ''
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<e:edXML xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016">\n <e:edXMLEnvelope>\n  <e:edXMLHeader>'
            '<e:MessageHeader>%s</e:MessageHeader></e:edXMLHeader>\n  <e:edXMLBody>\n    <DanhSachDeNghi>\n%s    </DanhSachDeNghi>\n  </e:edXMLBody>\n%s'
            ' </e:edXMLEnvelope>\n</e:edXML>\n' % (head, rows, attached))


def pages(d):
    """What tests/bench/draw.c lays out: an instruction a line, its values behind tabs."""
    date = '%s, ngày %02d tháng %02d năm %d' % (d['place'], d['day'], d['month'], d['year'])
    out = [('two', '', d['parent'].upper(), 'b', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'), ('two', 'b', d['office'].upper(), 'b', 'Độc lập - Tự do - Hạnh phúc'),
           ('two', '', 'Số: %d/%s' % (d['number'], d['symbol']), 'i', date), ('mid', 'b', 'TỜ TRÌNH'), ('mid', 'b', d['subject']),
           ('mid', '', 'Kính gửi: ' + '; '.join(d['addressees']) + '.')]
    for title, texts in d['sections']:
        out += [('mid', 'b', title)] + [('par', '', text) for text in texts]
    out += [('table', '25', '75', '62', '68', '75', '70', '110'), ('row', 'b') + tuple(word.TITLES)]
    out += [('row', '', str(n + 1)) + tuple(values) for n, values in enumerate(d['nominees'])]
    out += [('par', '', 'Kính đề nghị xem xét, quyết định./.'), ('two', 'b', 'Nơi nhận:', 'b', ('KT. ' if d['deputy'] else '') + d['title'])]
    out += [('two', '', '- %s;' % name, 'b', 'PHÓ ' + d['title'] if d['deputy'] and n == 0 else '') for n, name in enumerate(d['recipients'])]
    return '\n'.join('\t'.join(line) for line in out + [('two', '', '', 'b', d['signer'])]) + '\n'


def main():
    folder, counts = sys.argv[1], [int(n) for n in sys.argv[2:5]]
    for kind in ('docx', 'xml', 'pages'):
        os.makedirs(os.path.join(folder, kind))
    for i in range(counts[0]):
        word.write(records.record(i), os.path.join(folder, 'docx', '%04d.docx' % i))
    for kind, count, write in (('xml', counts[1], message), ('pages', counts[2], pages)):
        for i in range(count):
            with open(os.path.join(folder, kind, '%04d.%s' % (i, {'xml': 'edxml', 'pages': 'txt'}[kind])), 'w', encoding='utf-8') as out:
                out.write(write(records.record(i)))


main()
