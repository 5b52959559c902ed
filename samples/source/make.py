#!/usr/bin/env python3
"""Writes samples/inbox again. Needed only by who changes the samples; the files are kept in the tree.

Uses LibreOffice (DOCX to PDF), pdftoppm, cjpeg and qpdf, and the Tinos font (fonts-croscore): the
metric twin of Times New Roman that has every Vietnamese letter. Same sources, same bytes, as long as
these tools stay the same.
"""
import base64
import os
import re
import shutil
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

sys.dont_write_bytecode = True
import dispatches  # noqa: E402
import dossiers
import images
from ooxml import write_zip

HERE = os.path.dirname(os.path.abspath(__file__))
INBOX = os.path.join(os.path.dirname(HERE), 'inbox')
DOSSIER = 'ho-so-khen-thuong-cc-qldd'


def run(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options).stdout


def put(name, data):
    path = os.path.join(INBOX, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(data)


def docx(paper):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, 'a.docx')
        paper.save(path)
        with open(path, 'rb') as f:
            return f.read()


def pdf(paper):
    """The paper through LibreOffice; dates and identifiers made constant, lengths kept."""
    with tempfile.TemporaryDirectory() as scratch:
        paper.save(os.path.join(scratch, 'a.docx'))
        run('soffice', '-env:UserInstallation=file://%s/profile' % scratch, '--headless', '--convert-to', 'pdf',
            '--outdir', scratch, os.path.join(scratch, 'a.docx'))
        with open(os.path.join(scratch, 'a.pdf'), 'rb') as f:
            data = f.read()
    data = re.sub(rb"/CreationDate\(D:\d{14}", b'/CreationDate(D:20261102080000', data)
    zeros = lambda m: re.sub(rb'[0-9A-F]', b'0', m.group(0)[4:]).join((b'/ID ', b''))
    data = re.sub(rb'/ID \[ ?<[0-9A-F]{32}>\s*<[0-9A-F]{32}> ?\]', zeros, data)
    return re.sub(rb'/DocChecksum /[0-9A-F]{32}', b'/DocChecksum /' + b'0' * 32, data)


def with_file(data, suffix, command):
    """Runs command(in, out) over bytes and returns the bytes it wrote."""
    with tempfile.TemporaryDirectory() as scratch:
        source, target = os.path.join(scratch, 'in' + suffix), os.path.join(scratch, 'out' + suffix)
        with open(source, 'wb') as f:
            f.write(data)
        run(*command(source, target))
        with open(target, 'rb') as f:
            return f.read()


def picture(data, dpi):
    """The first page of a PDF as PPM."""
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, 'a.pdf')
        with open(path, 'wb') as f:
            f.write(data)
        return run('pdftoppm', '-r', str(dpi), '-f', '1', '-l', '1', path)


def jpeg(ppm, quality):
    return run('cjpeg', '-quality', str(quality), input=ppm)


def scanned(data):
    page = images.scan(picture(data, 130), 0.7, 'scan')
    width, height, _, _ = images.read_ppm(page)
    return images.image_pdf(jpeg(page, 45), width, height)


def locked(data):
    """AES-128, since it can be made the same each time; the password is "matkhau"."""
    return with_file(data, '.pdf', lambda source, target: (
        'qpdf', '--static-id', '--static-aes-iv', '--encrypt', 'matkhau', 'chu-so-huu', '128', '--use-aes=y', '--',
        source, target))


EDXML = '''<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From><edXML:OrganId>H99.05</edXML:OrganId><edXML:OrganizationInCharge>UBND tỉnh An Phú</edXML:OrganizationInCharge><edXML:OrganName>Sở Nội vụ</edXML:OrganName><edXML:OrganAdd>02 đường Hùng Vương, phường An Hòa, tỉnh An Phú</edXML:OrganAdd><edXML:Email>vanthu.snv@anphu.example</edXML:Email></edXML:From>
        <edXML:To><edXML:OrganId>H99.12</edXML:OrganId><edXML:OrganizationInCharge>UBND tỉnh An Phú</edXML:OrganizationInCharge><edXML:OrganName>Sở Tài nguyên và Môi trường</edXML:OrganName></edXML:To>
        <edXML:Code><edXML:CodeNumber>2187</edXML:CodeNumber><edXML:CodeNotation>SNV-TĐKT</edXML:CodeNotation></edXML:Code>
        <edXML:PromulgationInfo><edXML:Place>An Phú</edXML:Place><edXML:PromulgationDate>2026/11/18</edXML:PromulgationDate></edXML:PromulgationInfo>
        <edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeDetail>0</edXML:TypeDetail><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
        <edXML:Subject>V/v hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2026</edXML:Subject>
        <edXML:Content></edXML:Content>
        <edXML:SignerInfo><edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence><edXML:Position>PHÓ GIÁM ĐỐC</edXML:Position><edXML:FullName>Hồ Thị Bích Liên</edXML:FullName></edXML:SignerInfo>
        <edXML:DueDate>2026/12/15</edXML:DueDate>
        <edXML:ToPlaces><edXML:Place>Như trên</edXML:Place><edXML:Place>Hội đồng Thi đua - Khen thưởng tỉnh (để b/c)</edXML:Place><edXML:Place>Giám đốc, các Phó Giám đốc Sở</edXML:Place><edXML:Place>Lưu: VT, TĐKT</edXML:Place></edXML:ToPlaces>
        <edXML:OtherInfo><edXML:Priority>0</edXML:Priority><edXML:SphereOfPromulgation></edXML:SphereOfPromulgation><edXML:TyperNotation></edXML:TyperNotation><edXML:PromulgationAmount>1</edXML:PromulgationAmount><edXML:PageAmount>{pages}</edXML:PageAmount><edXML:Appendixes/></edXML:OtherInfo>
        <edXML:DocumentId>H99.05,2026/11/18,2187/SNV-TĐKT</edXML:DocumentId>
      </edXML:MessageHeader>
      <edXML:TraceHeaderList>
        <edXML:TraceHeader><edXML:OrganId>H99.05</edXML:OrganId><edXML:Timestamp>2026/11/18 15:42:10</edXML:Timestamp></edXML:TraceHeader>
        <edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType><edXML:BussinessDocReason>Văn bản điện tử mới</edXML:BussinessDocReason><edXML:Paper>0</edXML:Paper><edXML:StaffInfo><edXML:Department>Văn phòng</edXML:Department><edXML:Staff>Đinh Thị Hoài</edXML:Staff></edXML:StaffInfo></edXML:Bussiness>
      </edXML:TraceHeaderList>
    </edXML:edXMLHeader>
    <edXML:edXMLBody>
      <edXML:edXMLManifest version="1.0">
        <edXML:Reference><edXML:ContentId>cid:1</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType><edXML:AttachmentName>{name}</edXML:AttachmentName><edXML:Description></edXML:Description></edXML:Reference>
      </edXML:edXMLManifest>
    </edXML:edXMLBody>
  </edXML:edXMLEnvelope>
  <AttachmentEncoded>
    <Attachment><ContentId>cid:1</ContentId><AttachmentName>{name}</AttachmentName><ContentType>application/pdf</ContentType><ContentTransferEncoded>{data}</ContentTransferEncoded></Attachment>
  </AttachmentEncoded>
</edXML>
'''


def edxml(data):
    return EDXML.format(pages=len(re.findall(rb'/Type/Page[^s]', data)), name=escape('2187_SNV-TDKT.pdf'),
                        data=base64.b64encode(data).decode()).encode()


def zipped(members):
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, 'a.zip')
        write_zip(path, members)
        with open(path, 'rb') as f:
            return f.read()


# An archive with nothing in it: the format is what nobody here reads.
RAR = bytes.fromhex('526172211a0701003392b5e50a01050600050101808000') + bytes(24)


def main():
    shutil.rmtree(INBOX, ignore_errors=True)
    sand = docx(dispatches.sand())
    put('cong-van-4512-ubnd-kt.docx', sand)
    put('cong-van-4512-gui-lai.docx', sand)
    put('cong-van-4530-ubnd-th.pdf', pdf(dispatches.report()))
    put('cong-van-2187-snv-tdkt.edxml', edxml(pdf(dispatches.awards())))
    put('cong-van-215-ubnd-xa-quet.pdf', scanned(pdf(dispatches.commune())))
    put('cong-van-88-mtx-co-mat-khau.pdf', locked(pdf(dispatches.company())))
    whole = docx(dispatches.inspection())
    put('bao-cao-61-ttqt-tai-ve-do.docx', whole[:len(whole) * 6 // 10])
    page = images.scan(picture(pdf(dispatches.company('Tinos')), 60), -2.3, 'photo', paper=225, noise=20)
    put('van-ban-chup-anh.jpg', jpeg(page, 50))
    put('ho-so-nen.rar', RAR)
    put(DOSSIER + '/01-to-trinh.docx', docx(dossiers.proposal()))
    put(DOSSIER + '/02-danh-sach-trich-ngang.docx', docx(dossiers.short_list()))
    put(DOSSIER + '/03-bien-ban-hop-hoi-dong.pdf', pdf(dossiers.minutes()))
    put(DOSSIER + '/04-bctt-nguyen-thi-thu-ha.docx', docx(dossiers.report_ha()))
    put(DOSSIER + '/05-bctt-pham-quoc-bao.pdf', pdf(dossiers.report_bao()))
    put(DOSSIER + '/06-qd-1287-cong-nhan-sang-kien.pdf', pdf(dossiers.initiative()))
    put('ho-so-ttqt-thieu-giay-to.zip', zipped({
        'to-trinh-58.docx': docx(dossiers.centre_proposal()), 'danh-sach.xlsx': zipped(dossiers.centre_list().members())}))


if __name__ == '__main__':
    main()
