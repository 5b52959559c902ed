"""Two award dossiers: a complete one (Chi cục Quản lý đất đai) and one with papers missing."""
import sheets
from dispatches import AN_PHU, signed
from nd30 import CENTRE, Paper
from sheets import Sheet

SO = ('SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG',)
CHI_CUC = ('CHI CỤC QUẢN LÝ ĐẤT ĐAI',)
CSTD, GIAY_KHEN = 'Chiến sĩ thi đua cơ sở', 'Giấy khen'
SUBJECT = ('Về việc đề nghị tặng Giấy khen và công nhận danh hiệu', 'Chiến sĩ thi đua cơ sở năm 2026')
REGISTRY, SURVEY = 'Phòng Đăng ký và Cấp giấy chứng nhận', 'Phòng Đo đạc và Bản đồ'
OFFICE = 'Phòng Hành chính - Tổng hợp'

COLLECTIVE = (REGISTRY, 'Chi cục Quản lý đất đai',
              'Hoàn thành số hóa 126.400 hồ sơ đất đai, vượt 18% kế hoạch; tỷ lệ giải quyết hồ sơ đúng hạn đạt 99,2%',
              GIAY_KHEN)
PEOPLE = (  # name, born, position, unit, achievement, award, votes of 7
    ('Nguyễn Thị Thu Hà', 1984, 'Trưởng phòng', REGISTRY,
     'Chủ trì sáng kiến “Quy trình đối soát tự động dữ liệu đất đai với dữ liệu dân cư”, rút ngắn thời gian giải quyết '
     'hồ sơ từ 10 ngày còn 06 ngày', CSTD, 7),
    ('Phạm Quốc Bảo', 1990, 'Chuyên viên', REGISTRY,
     'Trực tiếp xử lý 3.215 hồ sơ cấp giấy chứng nhận, không có hồ sơ trễ hạn', GIAY_KHEN, 7),
    ('Đỗ Minh Tuấn', 1987, 'Phó Trưởng phòng', SURVEY,
     'Hoàn thành trước hạn 02 tháng việc đo đạc, chỉnh lý bản đồ địa chính của 05 xã', GIAY_KHEN, 6),
    ('Võ Thị Kim Ngân', 1993, 'Chuyên viên', OFFICE,
     'Tham mưu cắt giảm 03 thủ tục hành chính nội bộ; vận hành tốt hệ thống quản lý văn bản', GIAY_KHEN, 7),
    ('Hoàng Văn Khải', 1979, 'Nhân viên kỹ thuật', SURVEY,
     'Bảo đảm an toàn thiết bị đo đạc, hỗ trợ 42 đợt ngoại nghiệp tại vùng sâu, vùng xa', GIAY_KHEN, 6),
)
LIST_TITLES = ('STT', 'Họ và tên', 'Năm sinh', 'Chức vụ', 'Đơn vị', 'Thành tích', 'Hình thức đề nghị')
LAW = ('Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;',
       'Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong '
       'lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, khen thưởng;')


def proposal(font='Times New Roman'):
    """Tờ trình 45/TTr-CCQLĐĐ, with the nominees in a table."""
    d = Paper('45-TTr-CCQLDD', font, title='Tờ trình 45/TTr-CCQLĐĐ')
    d.head(CHI_CUC, 'Số: 45/TTr-CCQLĐĐ', AN_PHU % '16 tháng 11', parent=SO)
    d.kind('TỜ TRÌNH', SUBJECT)
    d.to('Hội đồng Thi đua - Khen thưởng Sở Tài nguyên và Môi trường')
    d.bases(*LAW, 'Căn cứ Công văn số 1105/STNMT-VP ngày 06 tháng 4 năm 2026 của Sở Tài nguyên và Môi trường về việc '
            'phát động phong trào thi đua “Làm giàu, làm sạch dữ liệu đất đai” năm 2026;',
            'Căn cứ Biên bản số 09/BB-HĐTĐKT ngày 12 tháng 11 năm 2026 của Hội đồng Thi đua - Khen thưởng Chi cục Quản lý '
            'đất đai về việc xét khen thưởng năm 2026.')
    d.text('Chi cục Quản lý đất đai kính trình Hội đồng Thi đua - Khen thưởng Sở Tài nguyên và Môi trường xem xét, đề nghị '
           'Giám đốc Sở tặng Giấy khen cho 01 tập thể, 04 cá nhân và công nhận danh hiệu Chiến sĩ thi đua cơ sở cho 01 cá '
           'nhân đã có thành tích xuất sắc trong phong trào thi đua năm 2026, cụ thể như sau:')
    rows = [('I', 'TẬP THỂ'), (1, COLLECTIVE[0], '', COLLECTIVE[1], COLLECTIVE[3]), ('II', 'CÁ NHÂN')]
    rows += [(n, p[0], p[2], p[3], p[5]) for n, p in enumerate(PEOPLE, 1)]
    d.add(d.par(size=6))
    d.grid((14, 45, 30, 45, 31), ('STT', 'Họ và tên, tên tập thể', 'Chức vụ', 'Đơn vị', 'Hình thức đề nghị'), rows)
    d.text('Các cá nhân, tập thể nêu trên không trong thời gian xem xét kỷ luật, không có đơn thư khiếu nại, tố cáo đang '
           'được xác minh.',
           'Hồ sơ gửi kèm gồm: danh sách trích ngang; biên bản họp Hội đồng Thi đua - Khen thưởng Chi cục; báo cáo thành '
           'tích; quyết định công nhận sáng kiến.',
           'Kính đề nghị Hội đồng Thi đua - Khen thưởng Sở xem xét, quyết định./.')
    d.foot(('Như trên', 'Văn phòng Sở', 'Lãnh đạo Chi cục', 'Lưu: VT, HCTH'), ('CHI CỤC TRƯỞNG',), 'Nguyễn Hữu Phước')
    return d


def minutes(font='Tinos'):
    """Biên bản 09/BB-HĐTĐKT of the unit's council, with the count of votes (NĐ 30, Mẫu 1.9)."""
    d = Paper('09-BB-HDTDKT', font, title='Biên bản 09/BB-HĐTĐKT')
    d.body_size = 13
    d.head(('HỘI ĐỒNG THI ĐUA -', 'KHEN THƯỞNG'), 'Số: 09/BB-HĐTĐKT', '', parent=CHI_CUC)
    d.kind('BIÊN BẢN', ('Họp Hội đồng Thi đua - Khen thưởng Chi cục Quản lý đất đai', 'xét khen thưởng năm 2026'))
    d.text('Thời gian bắt đầu: 08 giờ 00 phút, ngày 12 tháng 11 năm 2026.',
           'Địa điểm: Phòng họp số 2, trụ sở Chi cục Quản lý đất đai, phường An Hòa.',
           'Thành phần tham dự: 07/07 thành viên Hội đồng.',
           'Chủ trì: Ông Nguyễn Hữu Phước, Chi cục trưởng, Chủ tịch Hội đồng.',
           'Thư ký: Bà Lý Thị Mỹ Linh, Chuyên viên Phòng Hành chính - Tổng hợp.',
           'Nội dung:', '1. Thư ký Hội đồng báo cáo tóm tắt thành tích của 01 tập thể và 05 cá nhân được các phòng bình '
           'xét, đề nghị khen thưởng.',
           '2. Hội đồng thảo luận, thống nhất các trường hợp đủ điều kiện và bỏ phiếu kín. Số phiếu phát ra: 07; số phiếu '
           'thu về: 07; số phiếu hợp lệ: 07. Kết quả như sau:')
    def row(n, name, award, yes):
        return n, name, award, '%02d' % yes, '%02d' % (7 - yes), '07', '%s%%' % ('100' if yes == 7 else '85,7')
    rows = [row(1, COLLECTIVE[0], COLLECTIVE[3], 7)]
    rows += [row(n, p[0], p[5], p[6]) for n, p in enumerate(PEOPLE, 2)]
    d.add(d.par(size=6))
    d.grid((13, 45, 36, 16, 17, 22, 16), ('STT', 'Họ và tên, tên tập thể', 'Hình thức, danh hiệu đề nghị', 'Đồng ý',
                                          'Không đồng ý', 'Tổng số thành viên', 'Tỷ lệ'), rows,
           aligns=[CENTRE, 'left', 'left'] + [CENTRE] * 4)
    d.text('3. Hội đồng thống nhất đề nghị Giám đốc Sở Tài nguyên và Môi trường tặng Giấy khen cho 01 tập thể, 04 cá nhân '
           'và công nhận danh hiệu Chiến sĩ thi đua cơ sở cho 01 cá nhân nêu trên.',
           'Cuộc họp kết thúc vào 10 giờ 15 phút, ngày 12 tháng 11 năm 2026./.')
    d.two_signers((('THƯ KÝ',), 'Lý Thị Mỹ Linh'), (('CHỦ TỌA',), 'Nguyễn Hữu Phước'))
    d.add(d.par('Nơi nhận:', size=12, b=True, i=True, before=4), d.par('- Văn phòng Sở;', size=11),
          d.par('- Lưu: VT, Hồ sơ.', size=11))
    return d


def short_list(font='Times New Roman'):
    """Danh sách trích ngang, landscape as offices print it."""
    d = Paper('danh-sach-trich-ngang', font, landscape=True, margins=(20, 15, 20, 20), title='Danh sách trích ngang')
    d.add(d.table((100, 157), [[
        d.line(SO[0], size=12) + d.line(CHI_CUC[0], size=12, b=True, extra=d.rule(24, 15)),
        d.line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', size=12, b=True)
        + d.line('Độc lập - Tự do - Hạnh phúc', size=13, b=True, extra=d.rule(56, 16))]]))
    d.add(d.line('DANH SÁCH TRÍCH NGANG', b=True, before=12),
          d.line('Đề nghị tặng Giấy khen và công nhận danh hiệu Chiến sĩ thi đua cơ sở năm 2026', b=True),
          d.line('(Kèm theo Tờ trình số 45/TTr-CCQLĐĐ ngày 16 tháng 11 năm 2026 của Chi cục Quản lý đất đai)', i=True,
                 after=8))
    rows = [('I', 'TẬP THỂ'), (1, COLLECTIVE[0], '', '', COLLECTIVE[1], COLLECTIVE[2], COLLECTIVE[3]), ('II', 'CÁ NHÂN')]
    rows += [(n,) + p[:6] for n, p in enumerate(PEOPLE, 1)]
    d.grid((14, 41, 15, 30, 44, 83, 30), LIST_TITLES, rows, size=11,
           aligns=[CENTRE, 'left', CENTRE, 'left', 'left', 'left', 'left'])
    d.text('Danh sách gồm 01 tập thể và 05 cá nhân./.')
    d.two_signers((('NGƯỜI LẬP DANH SÁCH',), 'Lý Thị Mỹ Linh'), (('CHI CỤC TRƯỞNG',), 'Nguyễn Hữu Phước'), (128, 129))
    return d


def achievements(key, title, person, life, tasks, done, titles, forms, font):
    """Báo cáo thành tích of one person, after Mẫu số 05 of NĐ 152/2025."""
    d = Paper(key, font, title='Báo cáo thành tích: ' + person)
    d.add(d.par('Mẫu số 05', align='right', size=12, b=True))
    d.head(CHI_CUC, '', AN_PHU % '10 tháng 11', parent=SO)
    d.kind('BÁO CÁO THÀNH TÍCH', title)
    d.text([('I. SƠ LƯỢC LÝ LỊCH', {'b': True})])
    d.text(*('- ' + line for line in life), before=3)
    d.text([('II. THÀNH TÍCH ĐẠT ĐƯỢC', {'b': True})])
    d.text([('1. Quyền hạn, nhiệm vụ được giao hoặc đảm nhận', {'b': True})])
    d.text(*tasks)
    d.text([('2. Thành tích đạt được của cá nhân', {'b': True})])
    d.text(*done)
    d.text([('III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG', {'b': True})])
    for label, column, rows in (('1. Danh hiệu thi đua', 'Danh hiệu thi đua', titles),
                                ('2. Hình thức khen thưởng', 'Hình thức khen thưởng', forms)):
        d.text([(label, {'b': True})], keep=True, after=4)
        d.grid((18, 52, 95), ('Năm', column, 'Số, ngày, tháng, năm của quyết định; cơ quan ban hành quyết định'), rows,
               aligns=[CENTRE, 'left', 'left'])
    d.two_signers((('THỦ TRƯỞNG ĐƠN VỊ', 'XÁC NHẬN, ĐỀ NGHỊ'), 'Nguyễn Hữu Phước'),
                  (('NGƯỜI BÁO CÁO', 'THÀNH TÍCH'), person))
    return d


def report_ha(font='Times New Roman'):
    return achievements(
        'bctt-nguyen-thi-thu-ha', ('Đề nghị công nhận danh hiệu', 'Chiến sĩ thi đua cơ sở năm 2026'), 'Nguyễn Thị Thu Hà',
        ('Họ và tên: Nguyễn Thị Thu Hà', 'Sinh ngày, tháng, năm: 12/8/1984\t\tGiới tính: Nữ',
         'Quê quán: xã Phú Thành, tỉnh An Phú', 'Trú quán: phường An Hòa, tỉnh An Phú',
         'Đơn vị công tác: Phòng Đăng ký và Cấp giấy chứng nhận, Chi cục Quản lý đất đai', 'Chức vụ: Trưởng phòng',
         'Trình độ chuyên môn, nghiệp vụ: Thạc sĩ Quản lý đất đai', 'Học hàm, học vị, danh hiệu, giải thưởng: Không'),
        ('Phụ trách chung công tác đăng ký, cấp giấy chứng nhận quyền sử dụng đất; chủ trì xây dựng, làm giàu, làm sạch cơ '
         'sở dữ liệu đất đai của tỉnh.',),
        ('Năm 2026, tôi được xếp loại hoàn thành xuất sắc nhiệm vụ. Phòng do tôi phụ trách tiếp nhận 18.742 hồ sơ, giải '
         'quyết đúng hạn 99,2%, không có hồ sơ bị khiếu nại đúng.',
         'Chủ trì sáng kiến “Quy trình đối soát tự động dữ liệu đất đai với dữ liệu dân cư”, được công nhận tại Quyết '
         'định số 1287/QĐ-STNMT ngày 30 tháng 10 năm 2026 của Giám đốc Sở Tài nguyên và Môi trường; rút ngắn thời gian '
         'giải quyết hồ sơ từ 10 ngày còn 06 ngày làm việc.',
         'Tích cực hưởng ứng phong trào thi đua “Làm giàu, làm sạch dữ liệu đất đai” năm 2026; hướng dẫn nghiệp vụ cho '
         '62 công chức cấp xã.'),
        ((2024, 'Lao động tiên tiến', 'Quyết định số 15/QĐ-STNMT ngày 08/01/2025 của Giám đốc Sở Tài nguyên và Môi trường'),
         (2025, 'Lao động tiên tiến', 'Quyết định số 21/QĐ-STNMT ngày 12/01/2026 của Giám đốc Sở Tài nguyên và Môi trường')),
        ((2024, 'Giấy khen', 'Quyết định số 402/QĐ-STNMT ngày 20/12/2024 của Giám đốc Sở Tài nguyên và Môi trường'),), font)


def report_bao(font='Tinos'):
    return achievements(
        'bctt-pham-quoc-bao', 'Đề nghị tặng Giấy khen năm 2026', 'Phạm Quốc Bảo',
        ('Họ và tên: Phạm Quốc Bảo', 'Sinh ngày, tháng, năm: 03/02/1990\t\tGiới tính: Nam',
         'Quê quán: phường An Hòa, tỉnh An Phú', 'Trú quán: xã Phú Tân, tỉnh An Phú',
         'Đơn vị công tác: Phòng Đăng ký và Cấp giấy chứng nhận, Chi cục Quản lý đất đai', 'Chức vụ: Chuyên viên',
         'Trình độ chuyên môn, nghiệp vụ: Kỹ sư Quản lý đất đai', 'Học hàm, học vị, danh hiệu, giải thưởng: Không'),
        ('Thẩm tra hồ sơ đăng ký biến động, cấp đổi giấy chứng nhận của 14 xã, phường; trực bộ phận một cửa theo lịch '
         'phân công.',),
        ('Năm 2026, tôi được xếp loại hoàn thành tốt nhiệm vụ; trực tiếp xử lý 3.215 hồ sơ, không có hồ sơ trễ hạn.',
         'Trong đợt cao điểm của phong trào thi đua “Làm giàu, làm sạch dữ liệu đất đai”, tôi cùng đồng nghiệp rà soát, '
         'chuẩn hóa 21.600 thửa đất, hoàn thành trước kế hoạch 25 ngày.',
         'Hướng dẫn công chức địa chính của 06 xã sử dụng phần mềm đăng ký đất đai; biên soạn sổ tay 12 tình huống thường '
         'gặp khi tiếp nhận hồ sơ, được Chi cục phổ biến đến các phòng.',
         'Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước, nội quy của cơ quan; tích cực tham gia '
         'các hoạt động của Công đoàn và Đoàn Thanh niên.'),
        ((2025, 'Lao động tiên tiến', 'Quyết định số 21/QĐ-STNMT ngày 12/01/2026 của Giám đốc Sở Tài nguyên và Môi trường'),),
        (('-', 'Không', ''),), font)


def initiative(font='Tinos'):
    """Quyết định 1287/QĐ-STNMT recognising initiatives."""
    d = Paper('1287-QD-STNMT', font, title='Quyết định 1287/QĐ-STNMT')
    d.head(SO, 'Số: 1287/QĐ-STNMT', AN_PHU % '30 tháng 10', parent=('UBND TỈNH AN PHÚ',))
    d.kind('QUYẾT ĐỊNH', 'Về việc công nhận sáng kiến cấp cơ sở năm 2026')
    d.add(d.line('GIÁM ĐỐC SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG', b=True, before=4, after=6))
    d.bases('Căn cứ Quyết định số 36/2025/QĐ-UBND ngày 20 tháng 6 năm 2025 của Ủy ban nhân dân tỉnh An Phú quy định chức '
            'năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Tài nguyên và Môi trường;',
            'Căn cứ Nghị định số 13/2012/NĐ-CP ngày 02 tháng 3 năm 2012 của Chính phủ ban hành Điều lệ Sáng kiến;',
            'Căn cứ Biên bản số 03/BB-HĐSK ngày 27 tháng 10 năm 2026 của Hội đồng Sáng kiến Sở Tài nguyên và Môi trường;',
            'Theo đề nghị của Chánh Văn phòng Sở.')
    d.add(d.line('QUYẾT ĐỊNH:', b=True, before=8))
    d.article('Điều 1.', 'Công nhận 02 sáng kiến cấp cơ sở năm 2026, gồm:')
    d.add(d.par(size=6))
    d.grid((14, 75, 40, 36), ('STT', 'Tên sáng kiến', 'Tác giả', 'Đơn vị'), (
        (1, 'Quy trình đối soát tự động dữ liệu đất đai với dữ liệu dân cư', 'Nguyễn Thị Thu Hà',
         'Chi cục Quản lý đất đai'),
        (2, 'Bản đồ cảnh báo sớm điểm sạt lở bờ sông trên điện thoại', 'Cao Bá Hùng', 'Phòng Môi trường')))
    d.article('Điều 2.', 'Sáng kiến được công nhận là căn cứ để xét danh hiệu thi đua, hình thức khen thưởng theo quy định '
              'và chỉ được sử dụng một lần.')
    d.article('Điều 3.', 'Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Sở, Trưởng các phòng, Thủ trưởng các '
              'đơn vị trực thuộc Sở và các cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.')
    d.foot(('Như Điều 3', 'Giám đốc, các Phó Giám đốc Sở', 'Lưu: VT, VP'), ('GIÁM ĐỐC',), 'Lê Văn An', signed('1287'))
    return d


# --- the dossier with papers missing ----------------------------------------------------------------
CENTRE_NAME = ('TRUNG TÂM QUAN TRẮC', 'MÔI TRƯỜNG')
CENTRE_PEOPLE = (
    ('Trương Thị Mai Anh', 1991, 'Quan trắc viên', 'Phòng Phân tích thí nghiệm',
     'Hoàn thành 1.120 mẫu phân tích, không có mẫu sai số vượt ngưỡng', GIAY_KHEN),
    ('Huỳnh Tấn Lộc', 1985, 'Trưởng phòng', 'Phòng Quan trắc hiện trường',
     'Chủ trì lắp đặt 06 trạm quan trắc tự động, tiết kiệm 420 triệu đồng', CSTD),
    ('Lê Ngọc Quỳnh Như', 1996, 'Viên chức', 'Phòng Hành chính - Kế hoạch',
     'Số hóa toàn bộ hồ sơ lưu trữ giai đoạn 2016 - 2025 của Trung tâm', GIAY_KHEN),
)


def centre_proposal(font='Times New Roman'):
    d = Paper('58-TTr-TTQT', font, title='Tờ trình 58/TTr-TTQT')
    d.head(CENTRE_NAME, 'Số: 58/TTr-TTQT', AN_PHU % '18 tháng 11', parent=SO)
    d.kind('TỜ TRÌNH', SUBJECT)
    d.to('Hội đồng Thi đua - Khen thưởng Sở Tài nguyên và Môi trường')
    d.bases(*LAW[:1], LAW[1][:-1] + '.')
    d.text('Trung tâm Quan trắc môi trường kính trình Hội đồng Thi đua - Khen thưởng Sở Tài nguyên và Môi trường xem xét, '
           'đề nghị Giám đốc Sở tặng Giấy khen cho 02 cá nhân và công nhận danh hiệu Chiến sĩ thi đua cơ sở cho 01 cá nhân '
           'có thành tích xuất sắc trong năm 2026 (có danh sách kèm theo).',
           'Báo cáo thành tích và biên bản họp, Trung tâm sẽ gửi bổ sung sau.',
           'Kính đề nghị Hội đồng Thi đua - Khen thưởng Sở xem xét, quyết định./.')
    d.foot(('Như trên', 'Lưu: VT, HCKH'), ('KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'), 'Kiều Thanh Bình')
    return d


def centre_list():
    """Danh sách of the centre, an Excel file as its clerk keeps it."""
    s = Sheet('Danh sách', (6, 24, 10, 18, 30, 52, 26))
    s.put('A1:C1', SO[0], sheets.ISSUER)
    s.put('E1:G1', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', sheets.MOTTO)
    s.put('A2:C2', ' '.join(CENTRE_NAME), sheets.MOTTO)
    s.put('E2:G2', 'Độc lập - Tự do - Hạnh phúc', sheets.MOTTO)
    s.put('A4:G4', 'DANH SÁCH', sheets.TITLE)
    s.put('A5:G5', 'Cá nhân đề nghị tặng Giấy khen và công nhận danh hiệu Chiến sĩ thi đua cơ sở năm 2026', sheets.MOTTO)
    s.put('A6:G6', '(Kèm theo Tờ trình số 58/TTr-TTQT ngày 18 tháng 11 năm 2026 của Trung tâm Quan trắc môi trường)',
          sheets.NOTE)
    for column, title in zip('ABCDEFG', LIST_TITLES):
        s.put(column + '8', title, sheets.HEADER)
    for n, person in enumerate(CENTRE_PEOPLE, 1):
        for column, value in zip('ABCDEFG', (n,) + person):
            s.put('%s%d' % (column, n + 8), value, sheets.CENTRED if column in 'AC' else sheets.TEXT)
    s.put('F14:G14', 'KT. GIÁM ĐỐC', sheets.MOTTO)
    s.put('F15:G15', 'PHÓ GIÁM ĐỐC', sheets.MOTTO)
    s.put('F20:G20', 'Kiều Thanh Bình', sheets.MOTTO)
    return s
