"""The dispatches of the samples: invented offices and people of the invented province An Phú."""
from images import seal, signature
from nd30 import Paper

UBND = ('ỦY BAN NHÂN DÂN', 'TỈNH AN PHÚ')
AN_PHU = 'An Phú, ngày %s năm 2026'


def signed(seed, x=20, y=4):
    """Signature in blue, the seal over a third of it on the left (NĐ 30, Phụ lục I)."""
    return ((signature(seed), 40, 16, x + 12, y + 2), (seal(), 30, 30, x - 10, y - 3))


def sand(font='Times New Roman'):
    """UBND tỉnh, 4512/UBND-KT: a task with a deadline for the Sở."""
    d = Paper('4512-UBND-KT', font, title='V/v tăng cường quản lý hoạt động khai thác cát, sỏi lòng sông')
    d.head(UBND, 'Số: 4512/UBND-KT', AN_PHU % '16 tháng 11',
           subject=('V/v tăng cường quản lý hoạt động', 'khai thác cát, sỏi lòng sông'))
    d.to('Sở Tài nguyên và Môi trường', 'Công an tỉnh', 'Ủy ban nhân dân các xã, phường')
    d.text(
        'Thời gian qua, công tác quản lý nhà nước về khoáng sản trên địa bàn tỉnh đã có nhiều chuyển biến tích cực. '
        'Tuy nhiên, tình trạng khai thác cát, sỏi lòng sông trái phép vẫn diễn ra tại một số đoạn sông Phú Giang, nhất '
        'là vào ban đêm và các ngày nghỉ, gây sạt lở bờ sông, ảnh hưởng đến đời sống của Nhân dân.',
        'Thực hiện Luật Địa chất và khoáng sản ngày 29 tháng 11 năm 2024; xét đề nghị của Sở Tài nguyên và Môi trường '
        'tại Tờ trình số 312/TTr-STNMT ngày 09 tháng 11 năm 2026 về việc kiểm tra hoạt động khai thác cát, sỏi lòng '
        'sông, Ủy ban nhân dân tỉnh có ý kiến như sau:',
        '1. Sở Tài nguyên và Môi trường chủ trì, phối hợp với Công an tỉnh và Ủy ban nhân dân các xã, phường có sông '
        'Phú Giang chảy qua kiểm tra việc chấp hành pháp luật của các tổ chức, cá nhân được cấp phép khai thác; tổng '
        'hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 04 tháng 12 năm 2026.',
        '2. Công an tỉnh chỉ đạo các đơn vị nghiệp vụ tăng cường tuần tra, kiểm soát trên sông; xử lý nghiêm các '
        'trường hợp khai thác, vận chuyển, tập kết cát, sỏi không có nguồn gốc hợp pháp.',
        '3. Ủy ban nhân dân các xã, phường thực hiện trách nhiệm bảo vệ khoáng sản chưa khai thác trên địa bàn; công '
        'khai đường dây nóng để Nhân dân phản ánh, tố giác hành vi vi phạm.',
        'Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, địa phương phản ánh về Sở Tài nguyên và '
        'Môi trường để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét, quyết định./.')
    d.foot(('Như trên', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Chánh Văn phòng, các Phó Chánh Văn phòng UBND tỉnh',
            'Cổng Thông tin điện tử tỉnh', 'Lưu: VT, KT (02)'),
           ('TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'), 'Đặng Quang Thành')
    return d


def report(font='Tinos'):
    """UBND tỉnh, 4530/UBND-TH, KHẨN, signed by order (TL.)."""
    d = Paper('4530-UBND-TH', font, title='V/v chuẩn bị nội dung báo cáo tổng kết năm 2026')
    d.head(UBND, 'Số: 4530/UBND-TH', AN_PHU % '19 tháng 11', priority='KHẨN',
           subject=('V/v chuẩn bị nội dung báo cáo', 'tổng kết công tác năm 2026'))
    d.to('Sở Tài nguyên và Môi trường')
    d.text(
        'Căn cứ Chương trình công tác năm 2026 của Ủy ban nhân dân tỉnh; để kịp thời chuẩn bị tài liệu phục vụ Hội nghị '
        'tổng kết công tác năm 2026, triển khai nhiệm vụ năm 2027, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu Sở Tài nguyên '
        'và Môi trường thực hiện các nội dung sau:',
        '1. Báo cáo kết quả thực hiện các chỉ tiêu về tài nguyên và môi trường được giao tại Kế hoạch số 02/KH-UBND ngày '
        '05 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh về thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026; nêu '
        'rõ chỉ tiêu đạt, chưa đạt, nguyên nhân và giải pháp.',
        '2. Đề xuất nhiệm vụ trọng tâm, chỉ tiêu chủ yếu và danh mục dự án dự kiến triển khai trong năm 2027.',
        '3. Gửi báo cáo về Ủy ban nhân dân tỉnh (qua Văn phòng Ủy ban nhân dân tỉnh, kèm tệp tin điện tử) chậm nhất ngày '
        '27 tháng 11 năm 2026 để tổng hợp.',
        'Yêu cầu Giám đốc Sở Tài nguyên và Môi trường nghiêm túc triển khai thực hiện, bảo đảm chất lượng và thời gian '
        'quy định./.')
    d.foot(('Như trên', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh (để b/c)', 'Lưu: VT, TH'),
           ('TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG'), 'Bùi Đức Nhân', signed('4530'))
    return d


def awards(font='Tinos'):
    """Sở Nội vụ, 2187/SNV-TĐKT: travels inside the edXML message."""
    d = Paper('2187-SNV-TDKT', font, title='V/v hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2026')
    d.head(('SỞ NỘI VỤ',), 'Số: 2187/SNV-TĐKT', AN_PHU % '18 tháng 11', parent=('UBND TỈNH AN PHÚ',),
           subject=('V/v hướng dẫn tổng kết công tác', 'thi đua, khen thưởng năm 2026'))
    d.to('Các sở, ban, ngành tỉnh', 'Ủy ban nhân dân các xã, phường')
    d.text(
        'Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 '
        'của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng '
        'dẫn thi hành một số điều của Luật Thi đua, khen thưởng, Sở Nội vụ hướng dẫn các cơ quan, đơn vị, địa phương '
        'tổng kết công tác thi đua, khen thưởng năm 2026 như sau:',
        '1. Đánh giá kết quả thực hiện phong trào thi đua “An Phú chung sức xây dựng chính quyền số” và các phong trào '
        'thi đua chuyên đề; việc bình xét, đề nghị khen thưởng bảo đảm công khai, chính xác, kịp thời, chú trọng tập thể '
        'nhỏ và người lao động trực tiếp.',
        '2. Hồ sơ đề nghị khen thưởng gồm: tờ trình; báo cáo thành tích; biên bản bình xét thi đua; quyết định công nhận '
        'sáng kiến đối với danh hiệu yêu cầu có sáng kiến.',
        '3. Báo cáo tổng kết và hồ sơ đề nghị khen thưởng gửi về Sở Nội vụ trước ngày 15 tháng 12 năm 2026.',
        'Đề nghị các cơ quan, đơn vị, địa phương quan tâm triển khai thực hiện./.')
    d.foot(('Như trên', 'Hội đồng Thi đua - Khen thưởng tỉnh (để b/c)', 'Giám đốc, các Phó Giám đốc Sở',
            'Lưu: VT, TĐKT'), ('KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'), 'Hồ Thị Bích Liên', signed('2187'))
    return d


def commune(font='Tinos'):
    """UBND xã Phú Lâm, 215/UBND-KT: goes through the scanner, no text is left."""
    d = Paper('215-UBND-KT', font)
    d.head(('ỦY BAN NHÂN DÂN', 'XÃ PHÚ LÂM'), 'Số: 215/UBND-KT', 'Phú Lâm, ngày 17 tháng 11 năm 2026',
           subject=('V/v đề nghị hướng dẫn thu gom', 'chất thải rắn sinh hoạt'))
    d.to('Sở Tài nguyên và Môi trường tỉnh An Phú')
    d.text(
        'Thực hiện Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020, Ủy ban nhân dân xã Phú Lâm đã tổ chức phân loại, thu '
        'gom chất thải rắn sinh hoạt tại 07/09 thôn trên địa bàn xã.',
        'Tuy nhiên, tại 02 thôn vùng cao, đơn vị thu gom chưa bố trí được điểm tập kết do đường hẹp, xe chuyên dùng không '
        'vào được. Ủy ban nhân dân xã đề nghị Sở Tài nguyên và Môi trường hướng dẫn phương án thu gom phù hợp và cho ý '
        'kiến về việc đặt điểm tập kết tạm tại thôn Phú Sơn.',
        'Rất mong nhận được ý kiến của quý Sở trước ngày 30 tháng 11 năm 2026 để xã tổ chức thực hiện./.')
    d.foot(('Như trên', 'TT. Đảng ủy, HĐND xã (b/c)', 'Chủ tịch, các PCT UBND xã', 'Lưu: VT, KT'),
           ('TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'), 'Lâm Văn Tài', signed('215'))
    return d


def company(font='Tinos'):
    """A company's letter; it is locked with a password afterwards."""
    d = Paper('88-CV-MTX', font)
    d.head(('CÔNG TY CỔ PHẦN', 'MÔI TRƯỜNG XANH AN PHÚ'), 'Số: 88/CV-MTX', AN_PHU % '18 tháng 11',
           subject=('V/v nộp báo cáo công tác', 'bảo vệ môi trường năm 2026'))
    d.to('Sở Tài nguyên và Môi trường tỉnh An Phú')
    d.text('Công ty Cổ phần Môi trường Xanh An Phú gửi Sở Tài nguyên và Môi trường Báo cáo công tác bảo vệ môi trường '
           'năm 2026 của Nhà máy xử lý chất thải Phú Tân (tệp tin kèm theo).',
           'Kính đề nghị Sở xem xét, tiếp nhận./.')
    d.foot(('Như trên', 'Lưu: VT, KT'), ('GIÁM ĐỐC',), 'Trịnh Xuân Phong')
    return d


def inspection(font='Times New Roman'):
    """A report whose file breaks off in the middle."""
    d = Paper('61-BC-TTQT', font)
    d.head(('TRUNG TÂM QUAN TRẮC', 'MÔI TRƯỜNG'), 'Số: 61/BC-TTQT', AN_PHU % '13 tháng 11',
           parent=('SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG',))
    d.kind('BÁO CÁO', 'Kết quả quan trắc môi trường không khí tháng 10 năm 2026')
    for n in range(1, 13):
        d.text('%d. Kết quả quan trắc tại điểm K%02d: các thông số nằm trong giới hạn cho phép.' % (n, n))
    d.foot(('Giám đốc Sở (để b/c)', 'Lưu: VT'), ('GIÁM ĐỐC',), 'Tạ Đình Khôi')
    return d
