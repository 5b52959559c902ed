/* Names of bodies, recognised by the words that they begin and end with. */
#include "extract/marks.h"

#include "base/text.h"
#include "extract/pattern.h"

#include <glib.h>
#include <string.h>

typedef const char *const Words[];

bool
starts_organ(const char *line, bool *ret_sure)
{
	static const Words sure = { "ubnd", "ủy ban", "sở", "bộ", "cục", "tổng cục", "tập đoàn",
		"tổng công ty", "công ty", "trung tâm", "trường", "đại học", "học viện",
		"bệnh viện", "chi cục", "phòng", "hội đồng", "đảng bộ", "đảng ủy", "tỉnh ủy",
		"thành ủy", "huyện ủy", "chi bộ", "thanh tra", "tòa án", "viện kiểm sát", "kho bạc",
		"ngân hàng", "chi nhánh", "bảo hiểm", "công an", "văn phòng", "quốc hội",
		"chính phủ", "thủ tướng", "chủ tịch nước", "tỉnh đoàn", "liên đoàn", "ban quản lý",
		"ban chỉ đạo", "ban tổ chức", "ban tuyên giáo", "ban dân vận", "ban chấp hành",
		"ban thường vụ", "khoa", "vụ", "hđnd", "nhà xuất bản", "quỹ", "liên hiệp",
		"bộ chỉ huy", "bộ tư lệnh", "hợp tác xã", "doanh nghiệp", "viện", "mặt trận",
		"ban dân tộc", "ban tiếp công dân", "ban nội chính", "ban pháp chế", "ban kinh tế",
		"ban văn hóa", "xí nghiệp", "nhà máy", "trạm", "đội", "hạt", "tổ", "cđcs", "bch",
		"bql", "ttyt", "mttq", "bưu điện", "điện lực", "kiểm toán", "tạp chí",
		"hội liên hiệp", "hội nông dân", "hội cựu", "hội chữ thập đỏ", "hội khuyến học",
		"hiệp hội", "liên minh", "vườn quốc gia", "ban chỉ huy", "đồn biên phòng", "bộ đội",
		"ban cán sự", "ban xây dựng", "tiểu ban", "quân khu", "sư đoàn", "trung đoàn",
		"lữ đoàn", "thành đoàn", "huyện đoàn", "đại đội", "nhà thiếu nhi", "ban chấp hành",
		"đoàn thanh niên", "cảng", "cảng vụ", "thuế", "thống kê", "hải quan", "khu quản lý",
		"khu bảo tồn", "khu di tích", "phân viện", "phân hiệu", "nông trường", "lâm trường",
		"nhà văn hóa", "đảng đoàn", "ban điều hành", "ban vận động", "ban giám hiệu",
		"cụm thi đua", "khối thi đua", "hải đoàn", "tiểu đoàn", "binh đoàn", "quân chủng",
		"quân đoàn", "binh chủng", "bộ tham mưu", "trại giam", "câu lạc bộ", "liên đội",
		"chi đoàn", "liên chi đoàn", "phân xưởng", "tổng liên đoàn", "cơ quan",
		"thường trực", "nhà khách", "ban giám đốc", "đoàn đại biểu", NULL };
	static const Words unsure = { "viễn thông", "hội", "ban", "đoàn", "công đoàn", "báo", "đài",
		"thư viện", "bảo tàng", "nhà hát", "chi hội", NULL };
	/* words of other meanings, and places, that open with one of them */
	static const Words others = { "khoa học", "khoa giáo", "tổ chức", "tổ quốc", "quỹ đất",
		"phòng chống", "phòng, chống", "phòng thủ", "phòng cháy", "phòng không", "phòng vệ",
		"phòng ngừa", "sở hữu", "báo chí", "hội nhập", "hội nghị", "hội an", "đoàn kết",
		"trường sơn", "trường sa", "trạm tấu", "vụ việc", "viện trợ", "ban mê", "thuế quan",
		"đài loan", NULL };
	*ret_sure = false;
	if (starts_with_word(line, others))
		return false;
	*ret_sure = starts_with_word(line, sure);
	return *ret_sure || starts_with_word(line, unsure);
}

bool
wants_more(const char *line)
{
	static const Words ends = { "và", "của", "thuộc", "các", "cấp", "tỉnh", "huyện",
		"thành phố", "phố", "tại", "về", "cho", "vì", "-", ",", "trong", "với", "theo",
		"nhân dân", "ban quản lý", "bưu chính", "quản lý", "quản trị", "cửa khẩu",
		"quân sự", NULL };
	g_autofree char *key = match_key(line);
	size_t n = strlen(key);
	for (size_t i = 0; ends[i]; i++) {
		char end[MATCH_SHORT + 8];
		match_key_short(ends[i], end);
		size_t m = strlen(end);
		if (n >= m && strcmp(key + n - m, end) == 0 &&
			(n == m || key[n - m - 1] == ' ' || m == 1))
			return true;
	}
	return false;
}

bool
is_generic_organ(const char *line)
{
	static const Words words = { "văn phòng", "thanh tra", "công đoàn", "cđcs",
		"công đoàn cơ sở", "đảng ủy", "đảng bộ", "chi bộ", "ban chấp hành", "bch",
		"ban thường vụ", "ban thường trực", "ban chỉ đạo", "trường", "trung tâm", "công ty",
		"tổng công ty", "tập đoàn", "cục", "chi cục", "tổng cục", "bệnh viện",
		"bệnh viện đa khoa", "viện", "phòng", "ban", "công an", "bộ chỉ huy quân sự",
		"ban chỉ huy quân sự", "bộ chỉ huy", "ban quản lý dự án", "ủy ban kiểm tra",
		"ban tổ chức", "đoàn", "hội", "khoa", "quỹ", "hội đồng thi đua - khen thưởng",
		"hội đồng thi đua, khen thưởng", "hội đồng tđkt", "hội đồng thi đua khen thưởng",
		"hội đồng sáng kiến", "hội đồng trường", "hội đồng quản trị", "hội đồng thành viên",
		"hội đồng quản lý", "hội đồng học viện", "ban giám hiệu", "ban giám đốc",
		"ủy ban mặt trận", "trạm y tế", "liên hiệp các hội", "văn phòng thường trực",
		"cơ quan thường trực", "bộ phận thường trực", "văn phòng điều phối",
		"ban thường trực ủy ban", "hội đồng nhân dân", "ủy ban nhân dân", NULL };
	return is_one_of(line, words);
}

bool
parts_word(const char *before, const char *line)
{
	/* second half, first halves */
	static const char *const halves[][9] = {
		{ "ban", "ủy", "uỷ" },
		{ "phòng", "quốc", "dự", "văn", "biên" },
		{ "hội", "quốc", "xã", "hiệp", "đại", "giáo" },
		{ "khoa", "đa", "bách", "chuyên", "nha", "sản" },
		{ "vụ", "nhiệm", "dịch", "nghiệp", "thường", "công", "nội", "phục" },
		{ "viện", "bệnh", "học", "thư" },
		{ "trường", "môi", "thị", "hiện" },
		{ "bộ", "cán", "đảng", "chi", "tiến" },
		{ "đoàn", "tập", "công", "binh", "sư", "lữ" },
		{ "đội", "quân", "đại", "tiểu" },
		{ "sở", "cơ", "trụ" },
		{ "báo", "thông", "cảnh", "dự" },
	};
	g_autofree char *key = match_key(before);
	const char *last = strrchr(key, ' ');
	if (g_str_has_suffix(key, "phú quốc")) /* an island, not half of "quốc phòng" */
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(halves); i++) {
		const char *const second[] = { halves[i][0], NULL };
		if (starts_with_word(line, second))
			return is_one_of(last ? last + 1 : key, halves[i] + 1);
	}
	return false;
}

bool
continues_line(const char *line)
{
	static const Words starts = { "và", "của", "thuộc", "tại", "cấp", "tỉnh", "huyện",
		"thành phố", "tp", "xã", "phường", "quận", "thị xã", "việt nam", "đặc khu",
		"thị trấn", "khu vực", "huyện", "trung ương", "số", "-", NULL };
	return starts_with_word(line, starts) || *line == '-';
}
