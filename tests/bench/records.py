"""What the bench's documents say: record(i) is a submission of an invented office with its list of nominees, the same
for the same i everywhere. Lists have 5 to 200 rows, most are short; some documents have much prose."""
import random

FAMILY = 'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Lương'.split()
MIDDLE = 'Văn Thị Hữu Đức Ngọc Minh Quang Thanh Xuân Thu Kim Bảo Gia Hồng Công Đình Khánh Tuấn Bích Thùy'.split()
GIVEN = ('An Ánh Bình Cường Dũng Đạt Đông Giang Hà Hải Hạnh Hằng Hiếu Hòa Hùng Hương Lan Linh Long Mai Nam Nga Nhung Oanh '
         'Phong Phúc Quân Quyên Sơn Tâm Thảo Thắng Thủy Toàn Trang Trung Tú Tuyết Uyên Vân Vinh Yến').split()
PLACES = ['An Phú', 'Hà Trung', 'Bình Khê', 'Tân Lâm', 'Phước Điền', 'Sơn Hạ']
OFFICES = [('Sở Tài nguyên và Môi trường', 'STNMT', 'GIÁM ĐỐC'), ('Sở Nội vụ', 'SNV', 'GIÁM ĐỐC'), ('Sở Y tế', 'SYT', 'GIÁM ĐỐC'),
           ('Sở Giáo dục và Đào tạo', 'SGDĐT', 'GIÁM ĐỐC'), ('Chi cục Quản lý đất đai', 'CCQLĐĐ', 'CHI CỤC TRƯỞNG'),
           ('Trung tâm Quan trắc môi trường', 'TTQT', 'GIÁM ĐỐC'), ('Ban Quản lý các khu công nghiệp', 'BQL', 'TRƯỞNG BAN')]
POSTS = ['Trưởng phòng', 'Phó Trưởng phòng', 'Chuyên viên', 'Chuyên viên chính', 'Phó Giám đốc Trung tâm', 'Kế toán trưởng',
         'Giáo viên', 'Bác sĩ điều trị', 'Văn thư', 'Kỹ sư', 'Tổ trưởng chuyên môn', 'Công chức địa chính']
UNITS = ['Văn phòng', 'Phòng Tổ chức cán bộ', 'Phòng Kế hoạch - Tài chính', 'Phòng Đo đạc và Bản đồ', 'Thanh tra Sở',
         'Trung tâm Công nghệ thông tin', 'Trường Trung học phổ thông Phước Điền', 'Bệnh viện Đa khoa Tân Lâm']
AWARDS = ['Chiến sĩ thi đua cơ sở', 'Lao động tiên tiến', 'Chiến sĩ thi đua cấp tỉnh', 'Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh',
          'Giấy khen', 'Tập thể lao động xuất sắc', 'Huân chương Lao động hạng Ba']
DEEDS = ['hoàn thành xuất sắc nhiệm vụ năm {y}', 'tham mưu ban hành {n} văn bản đúng tiến độ', 'giải quyết {m} hồ sơ, không có hồ sơ trễ hạn',
         'có sáng kiến được công nhận tại Quyết định số {n}/QĐ-HĐSK ngày {d}/{k}/{y}', 'vận động ủng hộ quỹ vì người nghèo {m} triệu đồng',
         'số hóa {m} hồ sơ lưu trữ của đơn vị', 'hướng dẫn {n} đồng nghiệp sử dụng phần mềm quản lý văn bản']
REASONS = ['phong trào thi đua yêu nước', 'công tác cải cách hành chính', 'thành tích công tác', 'công tác chuyển đổi số', 'phong trào “Xanh - Sạch - Đẹp”']
PROSE = ['Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ '
         'quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng;',
         'Trong năm {y}, tập thể lãnh đạo, công chức, viên chức và người lao động của đơn vị đã đoàn kết, chủ động khắc phục khó khăn, '
         'hoàn thành {n}/{n} chỉ tiêu được giao, trong đó có {k} chỉ tiêu vượt kế hoạch từ {d}% trở lên.',
         'Công tác cải cách hành chính tiếp tục được đẩy mạnh: tiếp nhận {m} hồ sơ, giải quyết trước hạn và đúng hạn đạt 9{k},{d}%; '
         'mức độ hài lòng của người dân, tổ chức tăng {k} bậc so với năm trước.',
         'Ngày {d} tháng {k} năm {y}, Hội đồng Thi đua - Khen thưởng đã họp, xem xét từng trường hợp và bỏ phiếu kín; các cá nhân có tên trong '
         'danh sách đều đạt tỷ lệ đồng ý từ 90% trở lên.',
         'Kinh phí khen thưởng dự kiến {n}.{m}.000 đồng, trích từ quỹ thi đua, khen thưởng của đơn vị theo quy định hiện hành.',
         'Các cá nhân được đề nghị khen thưởng chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước; không trong thời '
         'gian xem xét, thi hành kỷ luật; không có đơn thư khiếu nại, tố cáo.',
         'Đề nghị các đơn vị trực thuộc công khai danh sách trong thời gian {d} ngày làm việc, tổng hợp ý kiến gửi về Văn phòng trước ngày '
         '{d} tháng {k} năm {y} để hoàn thiện hồ sơ trình cấp có thẩm quyền.']
HEADINGS = ['KẾT QUẢ THỰC HIỆN NHIỆM VỤ', 'CÔNG TÁC THI ĐUA, KHEN THƯỞNG', 'TIÊU CHUẨN VÀ THỦ TỤC', 'DANH SÁCH ĐỀ NGHỊ', 'KIẾN NGHỊ']


def person(r):
    return ' '.join([r.choice(FAMILY)] + r.sample(MIDDLE, r.choice((1, 1, 1, 2))) + [r.choice(GIVEN)])


def say(r, text):
    return text.format(y=r.randint(2022, 2026), n=r.randint(11, 99), m=r.randint(101, 999), d=r.randint(10, 28), k=r.randint(1, 9))


def rows(r):
    """Half of the lists have at most a dozen names; one in twenty has more than a hundred."""
    return round(5 * 40 ** r.random() ** 1.7)


def nominee(r):
    deeds = '; '.join(say(r, deed) for deed in r.sample(DEEDS, r.randint(1, 4)))
    return [person(r), '%02d/%02d/%d' % (r.randint(1, 28), r.randint(1, 12), r.randint(1966, 2001)), r.choice(POSTS), r.choice(UNITS),
            r.choice(AWARDS), deeds[0].upper() + deeds[1:] + '.']


def record(i):
    r = random.Random(7919 * i + 5)
    office, sign, head = r.choice(OFFICES)
    place, year = r.choice(PLACES), r.randint(2023, 2026)
    sections = [(title, [say(r, r.choice(PROSE)) for _ in range(r.randint(1, 3) + r.choice((0, 0, 1, 2, 6)))])
                for title in r.sample(HEADINGS, r.choice((2, 3, 5)))]
    return dict(r=r, office=office, parent='Ủy ban nhân dân tỉnh ' + place, place=place, number=r.randint(1, 2999), symbol='TTr-' + sign,
                day=r.randint(1, 28), month=r.randint(1, 12), year=year, subject='Về việc đề nghị khen thưởng %s năm %d' % (r.choice(REASONS), year),
                addressees=['Chủ tịch Ủy ban nhân dân tỉnh ' + place, 'Hội đồng Thi đua - Khen thưởng tỉnh'][:r.randint(1, 2)],
                sections=sections, nominees=[nominee(r) for _ in range(rows(r))], title=head, deputy=r.random() < .4, signer=person(r),
                recipients=['Như trên', 'Sở Nội vụ (để biết)', 'Lưu: VT, TCCB'], form=r.randrange(4), word=r.random() < .7)
