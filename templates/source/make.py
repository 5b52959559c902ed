#!/usr/bin/env python3
"""Writes the DOCX templates again: python3 templates/source/make.py (standard library only).

The forms are those of Nghị định 30/2020/NĐ-CP, Phụ lục I and III, laid out with the toolkit of the
samples. Who wants another form edits the .docx in Word: this script is only how the first one was made.
"""
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / 'samples/source'))

from nd30 import CENTRE, Paper  # noqa: E402
from ooxml import NS, XML, write_zip  # noqa: E402

RED = 'C00000'
# Who is in the list: those who passed the vote, or have the award; @list-number is their place in it.
LISTED = 'nominee[@list-number]'
GIAY_KHEN = LISTED + "[award='giay-khen']"
TITLE = LISTED + "[award='chien-si-thi-dua-co-so']"
DIRECTOR = "office/post[@id='giam-doc']"
TEST = 'VĂN BẢN THỬ NGHIỆM, KHÔNG CÓ GIÁ TRỊ'
DATE = ("{% if decision/@issued-date %}{{ office/place }}, {{ date-long(decision/@issued-date) }}{% else %}"
        "{{ office/place }}, ngày       tháng       năm {{ year(today()) }}{% end %}")
COUNT = "{{ pad(count(%s[group='%s']), 2) }} %s"


class Form(Paper):
    """A paper with holes: no runs cut up, a mark of tests on every page, no number on the first."""

    def run(self, text, **style):
        bits = [bit for bit in text.split('\t')]
        inner = '<w:tab/>'.join('<w:t xml:space="preserve">%s</w:t>' % bit.replace('&', '&amp;').replace('<', '&lt;')
                                for bit in bits)
        return '<w:r>%s%s</w:r>' % (self.run_properties(**style), inner)

    def document(self):
        return super().document().replace('<w:headerReference', '<w:headerReference w:type="first" r:id="rIdFirst"/>'
                                          '<w:headerReference', 1)

    def parts(self):
        parts = super().parts()
        mark = (self.par("{% if @test='yes' %}", align=CENTRE) + self.par(TEST, align=CENTRE, size=10, b=True, color=RED)
                + self.par('{% end %}', align=CENTRE))
        header = parts['word/header1.xml']
        parts['word/header1.xml'] = header.replace('</w:hdr>', mark + '</w:hdr>')
        parts['word/header2.xml'] = XML + '<w:hdr %s>%s%s</w:hdr>' % (NS, mark, self.par(size=2))
        parts['word/_rels/document.xml.rels'] = parts['word/_rels/document.xml.rels'].replace(
            '</Relationships>', '<Relationship Id="rIdFirst" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/header" Target="header2.xml"/></Relationships>')
        parts['[Content_Types].xml'] = parts['[Content_Types].xml'].replace(
            '</Types>', '<Override PartName="/word/header2.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.header+xml"/></Types>')
        parts['docProps/core.xml'] = parts['docProps/core.xml'].replace('Admin', 'Vanthu')
        return parts

    def tag(self, text):
        self.add(self.par(text))

    def draft_mark(self):
        self.tag("{% if @draft='yes' %}")
        self.add(self.par('DỰ THẢO', b=True, size=14, color=RED))
        self.tag('{% end %}')

    def office_head(self, number, place_date, subject=()):
        """The head of the office itself: its parent above it where it has one."""
        left = (self.par('{% if office/parent-organ-name %}', align=CENTRE)
                + self.line('{{ upper(office/parent-organ-name) }}', size=12) + self.par('{% end %}', align=CENTRE)
                + self.line('{{ upper(office/organ-name) }}', size=12, b=True, extra=self.rule(24, 30)))
        right = (self.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', size=12, b=True)
                 + self.line('Độc lập - Tự do - Hạnh phúc', size=13, b=True, extra=self.rule(56, 16)))
        under = self.line(number, size=13, before=14) + ''.join(self.line(s, size=12, before=4) for s in subject)
        self.add(self.table((74, 93), [[left, right], [under, self.line(place_date, size=13, i=True, before=14)]]))

    def signed(self, recipients, title, name):
        left = self.par('Nơi nhận:', size=12, b=True, i=True)
        left += ''.join(self.par(line, size=11) for line in recipients)
        right = ''.join(self.line(line, b=True) for line in title.split('|')) + self.par() * 4 + self.line(name, b=True)
        self.add(self.par(size=10), self.table((78, 87), [[left, right]]))


def decision():
    d = Form('quyet-dinh', title='Quyết định khen thưởng')
    d.draft_mark()
    d.office_head("Số: {% if decision/@code-number %}{{ decision/@code-number }}{% else %}          {% end %}/QĐ-{{ office/notation }}", DATE)
    d.add(d.line('QUYẾT ĐỊNH', b=True, before=16))
    about = ("Về việc {% if GK %}tặng Giấy khen{% end %}{% if GK and CS %} và {% end %}{% if CS %}công nhận danh hiệu "
             "Chiến sĩ thi đua cơ sở{% end %} năm\u00a0{{ year(arrival/arrival-date) }}")
    d.add(d.line(about.replace('GK', GIAY_KHEN).replace('CS', TITLE), b=True, after=12, extra=d.rule(50, 36)))
    d.add(d.line('{{ upper(%s/@title) }} {{ upper(office/organ-name) }}' % DIRECTOR, b=True, before=6, after=6))
    d.bases(
        'Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;',
        'Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong '
        'lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng;')
    d.tag("{% if review/event[@kind='vote'] %}")
    d.bases("Căn cứ kết quả họp ngày {{ date-short(review/event[@kind='vote'][last()]/@at) }} của {{ office/council/@name }};")
    d.tag('{% end %}')
    d.tag("{% for document[@role='to-trinh'] %}")
    d.bases("Xét Tờ trình số {{ default(code-number, '…') }}/{{ default(code-notation, '…') }} "
            "{% if string(issued-date) %}{{ date-long(issued-date) }} {% end %}của "
            "{{ organ(organ-name) }};")
    d.tag('{% end %}')
    d.bases('Theo đề nghị của Thường trực {{ office/council/@name }}.')
    d.add(d.line('QUYẾT ĐỊNH:', b=True, before=12, after=6))
    d.tag('{%% if %s %%}' % GIAY_KHEN)
    d.article('Điều 1.', ("Tặng Giấy khen của {{ title }} {{ office/organ-name }} cho "
                          "{% if GK[group='collective'] %}CO{% end %}{% if GK[group='collective'] and GK[group!='collective'] %}"
                          ", {% end %}{% if GK[group='individual'] %}IN{% end %}{% if GK[group='household'] and "
                          "GK[group!='household'] %}, {% end %}{% if GK[group='household'] %}HO{% end %} đã có thành tích "
                          "trong công tác năm {{ year(arrival/arrival-date) }} (có danh sách kèm theo).")
              .replace('CO', COUNT % (GIAY_KHEN, 'collective', 'tập thể')).replace('IN', COUNT % (GIAY_KHEN, 'individual', 'cá nhân'))
              .replace('HO', COUNT % (GIAY_KHEN, 'household', 'hộ gia đình')).replace('GK', GIAY_KHEN)
              .replace('{{ title }}', '{{ %s/@title }}' % DIRECTOR))
    d.tag('{% end %}')
    d.tag('{%% if %s %%}' % TITLE)
    d.article('{%% if %s %%}Điều 2.{%% else %%}Điều 1.{%% end %%}' % GIAY_KHEN,
              'Công nhận danh hiệu Chiến sĩ thi đua cơ sở năm {{ year(arrival/arrival-date) }} cho '
              '{{ pad(count(%s), 2) }} cá nhân (có danh sách kèm theo).' % TITLE)
    d.tag('{% end %}')
    both = '%s and %s' % (GIAY_KHEN, TITLE)
    d.article('{%% if %s %%}Điều 3.{%% else %%}Điều 2.{%% end %%}' % both,
              'Mức tiền thưởng thực hiện theo quy định hiện hành, trích từ Quỹ thi đua, khen thưởng của {{ office/organ-name }}.')
    d.article('{%% if %s %%}Điều 4.{%% else %%}Điều 3.{%% end %%}' % both,
              'Chánh Văn phòng, Thủ trưởng các đơn vị có liên quan và các tập thể, cá nhân có tên trong danh sách chịu trách '
              'nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký./.')
    d.signed(("{%% if %s %%}- Như Điều 4;{%% else %%}- Như Điều 3;{%% end %%}" % both, '- {{ office/council/@name }};', '- Lưu: VT, HĐTĐKT.'),
             '{{ upper(%s/@title) }}' % DIRECTOR, '{{ %s/@holder-name }}' % DIRECTOR)
    annex(d)
    return d


def annex(d):
    d.add('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
    d.draft_mark()
    d.add(d.line('DANH SÁCH', b=True))
    d.add(d.line('Tập thể, cá nhân được khen thưởng năm {{ year(arrival/arrival-date) }}', b=True))
    d.add(d.line("(Kèm theo Quyết định số {% if decision/@code-number %}{{ decision/@code-number }}{% else %}          {% end %}/QĐ-{{ office/notation }} "
                 "{% if decision/@issued-date %}{{ date-long(decision/@issued-date) }}{% else %}ngày       tháng       năm "
                 "{{ year(today()) }}{% end %} của {{ title }} {{ office/organ-name }})"
                 .replace('{{ title }}', '{{ %s/@title }}' % DIRECTOR), i=True, size=13, after=10))
    widths = (12, 40, 40, 29, 44)
    rows = [[d.line(t, b=True, size=12, before=2, after=2) for t in
             ('Số TT', 'Tên tập thể, cá nhân', 'Chức vụ, đơn vị', 'Hình thức, danh hiệu', 'Thành tích')]]
    roman, parts = 'I II III'.split(), (('collective', 'TẬP THỂ'), ('individual', 'CÁ NHÂN'), ('household', 'HỘ GIA ĐÌNH'))
    for number, (group, label) in zip(roman, parts):
        some = LISTED + "[group='%s']" % group
        place = "{% if string(position) %}{{ position }}, {% end %}{% if string(unit) %}{{ unit }}{% end %}"
        rows.append([d.line('{%% if %s %%}%s' % (some, number), b=True, size=12),
                     (d.par(label + '{% end %}', b=True, size=12), 4)])
        rows.append([d.line('{%% for %s %%}{{ @list-number }}' % some, size=12),
                     d.par('{{ name }}', size=12, before=2, after=2), d.par(place, size=12, before=2, after=2),
                     d.par('{{ award-name }}', size=12, before=2, after=2),
                     d.par('{% if string(achievement) %}{{ achievement }}{% end %}{% end %}', size=12, before=2, after=2)])
    d.add(d.table(widths, rows, borders=True, header_rows=1))
    d.add(d.par('Danh sách này có {{ pad(count(%s), 2) }} trường hợp./.' % LISTED, i=True, size=12, before=6))


def supplement():
    d = Form('yeu-cau-bo-sung', title='Yêu cầu bổ sung hồ sơ')
    d.draft_mark()
    d.office_head('Số:          /{{ office/notation }}-HĐTĐKT', DATE,
                  subject=('V/v bổ sung hồ sơ đề nghị', 'khen thưởng'))
    last = "review/event[@kind='return'][last()]"
    proposal = "document[@role='to-trinh']"
    d.add(d.line('Kính gửi: {{ organ(%s/organ-name) }}' % proposal, before=14, after=8))
    d.text("{{ office/organ-name }} nhận được {% for document[@role='to-trinh'][1] %}Tờ trình số "
           "{{ default(code-number, '…') }}/{{ default(code-notation, '…') }}{% if string(issued-date) %} "
           "{{ date-long(issued-date) }}{% end %} của {{ organ(organ-name) }}{% if string(subject) %} "
           "{{ subject }}{% end %}{% end %} (số đến {{ default(arrival/arrival-number, '…') }}).",
           'Qua kiểm tra, {{ office/council/@name }} có ý kiến như sau: {{ %s/@reason }}.' % last,
           'Đề nghị bổ sung:')
    d.tag('{%% for %s/missing %%}' % last)
    d.text('{{ index() }}. {{ . }};')
    d.tag('{% end %}')
    d.tag('{% if due/@at %}')
    d.text('Giấy tờ bổ sung gửi về {{ office/organ-name }} trước {{ date-long(due/@at) }}. Tên tệp hoặc thư mục bắt đầu bằng '
           'mã hồ sơ {{ @id }} để được ghép đúng hồ sơ. Quá thời hạn trên, hồ sơ chưa đủ sẽ được trả lại.')
    d.tag('{% end %}')
    d.text('{{ office/organ-name }} thông báo để đơn vị biết, thực hiện./.')
    d.signed(('- Như trên;', '- Lưu: VT, HĐTĐKT.'), "TL. {{ upper(%s/@title) }}|{{ upper(office/post[@id='chanh-van-phong']/@title) }}" % DIRECTOR,
             "{{ office/post[@id='chanh-van-phong']/@holder-name }}")
    return d


def main():
    for name, form in (('quyet-dinh', decision()), ('yeu-cau-bo-sung', supplement())):
        write_zip(TOP / 'templates/award' / (name + '.docx'), form.parts())


if __name__ == '__main__':
    main()
