/* Names of people: what can be one, and what stands before it. */
#include "base/letter.h"
#include "base/text.h"
#include "extract/types.h"

#include <string.h>

/* Seen often enough to be evidence; a name without one of them may still be a name. */
static const char *const family_names[] = {
	"nguyễn",
	"trần",
	"lê",
	"phạm",
	"hoàng",
	"huỳnh",
	"phan",
	"vũ",
	"võ",
	"đặng",
	"bùi",
	"đỗ",
	"hồ",
	"ngô",
	"dương",
	"lý",
	"đinh",
	"trương",
	"đoàn",
	"đào",
	"hà",
	"mai",
	"tô",
	"trịnh",
	"cao",
	"lương",
	"lưu",
	"tạ",
	"tăng",
	"thái",
	"châu",
	"chu",
	"quách",
	"phùng",
	"tống",
	"vương",
	"đàm",
	"doãn",
	"đồng",
	"giàng",
	"sùng",
	"vàng",
	"thào",
	"ninh",
	"nghiêm",
	"khổng",
	"kim",
	"la",
	"lâm",
	"mã",
	"ma",
	"ngọc",
	"ông",
	"ôn",
	"tôn",
	"trà",
	"từ",
	"tiêu",
	"ung",
	"văn",
	"viên",
	"vi",
	"xa",
	"danh",
	"thạch",
	"lò",
	"cầm",
	"quàng",
	"mạc",
	"kiều",
	"thân",
	"triệu",
	"nông",
	"bế",
	"âu",
	"xồng",
	"hứa",
	"lại",
	"lục",
	"mạnh",
	"nhữ",
	"phí",
	"quản",
	"khuất",
	"khúc",
	"bạch",
	"biện",
	"cù",
	"cấn",
	"cung",
	"diệp",
	"điêu",
	"đậu",
	"đới",
	"giáp",
	"hàn",
	"hầu",
	"hồng",
	"kha",
	"lã",
	"liễu",
	"lỗ",
	"lộc",
	"mẫn",
	"mông",
	"ngụy",
	"ngũ",
	"nhan",
	"sơn",
	"sầm",
	"tào",
	"thẩm",
	"thi",
	"thiều",
	"tòng",
	"trang",
	"triều",
	"uông",
	"y",
	"h'",
	"a",
	"k'",
	"ksor",
	"rơ",
	"siu",
	"lộ",
	"chẩu",
	"chảo",
	"bàn",
	"đổng",
	"hạ",
	"vừ",
	"hờ",
	"và",
	"mùa",
	"tráng",
	"thào",
	"cứ",
	"lầu",
	"già",
	"mẩu",
	"đèo",
	"tẩn",
	"phàn",
	"lường",
	"quảng",
	"hạng",
	"chử",
	"ngân",
	"vi",
	"kha",
	"lang",
	"cụt",
	"moong",
	"lữ",
	"sa",
	"đường",
	"bành",
	"công",
	"tưởng",
	"tiết",
	"trình",
	"vòng",
	"chướng",
	"thượng",
	"tất",
	"khiếu",
	"tôn",
	"nguyên",
	"nghị",
	"điểu",
	"niê",
	"rcom",
	"rmah",
	"êban",
	"ayun",
	"puih",
	"bling",
	"coor",
	"alăng",
	"zơrâm",
	"pơloong",
	"bríu",
	"arất",
	"blúp",
	"kpă",
	"lừu",
	"chíu",
	"pờ",
	"khoàng",
	"vù",
	"nhâm",
	"tề",
	"khương",
	"lô",
	"ong",
	"nghê",
	"kră",
	"cil",
	"liêng",
	"cà",
	"mào",
	"lù",
	"ly",
	"thò",
	"cháng",
	"sình",
	"phàng",
	"sồng",
	"chẻo",
	"chau",
	"néang",
	"đàng",
	"nay",
	"zơ",
	"bhling",
	"bnướch",
	"riah",
	"ating",
	NULL,
};

static const char *const academic[] = { "gs", "pgs", "ts", "ths", "th.s", "thạc", "bs", "bác", "ks",
	"cn", "bscki", "bsckii", "bsck", "ckii", "cki", "ts.bs", "pgs.ts", "gs.ts", "gs.tskh",
	"tskh", "bscc", "bsnt", "ncs", "gvc", "gvcc", "ls", "dscki", "dsckii", "lg", "dsck", "ds",
	"dược", "kts", "nsnd", "nsưt", "ttưt", "ngưt", "pgs.ts.bs", "ts.bs.", "ths.bs", "luật",
	"ngnd", "ttnd", "pts", "đại", "thượng", "trung", "thiếu", "tiến", "giáo", "sĩ", "sỹ", "sư",
	"tá", "tướng", "úy", "phó", "cử", "nhân", NULL };
static const char *const ranks[] = { "đại tá", "đại tướng", "đại úy", "thượng tá", "thượng tướng",
	"thượng úy", "trung tá", "trung tướng", "trung úy", "thiếu tá", "thiếu tướng", "thiếu úy",
	"thạc sĩ", "tiến sĩ", "bác sĩ", "kỹ sư", "luật sư", "giáo sư", "phó giáo sư", "dược sĩ",
	"cử nhân", "chuẩn đô đốc", "phó đô đốc", "đô đốc", "ts. bs", "nhà giáo", "luật gia",
	"kiến trúc sư", "nhà báo", "nhà văn", "nghệ sĩ", "họa sĩ", "viện sĩ", "lương y", "linh mục",
	"mục sư", "hòa thượng", "thượng tọa", "đại đức", "ni sư", "ni trưởng", NULL };

/* Words of bodies and posts: a person's name has none of them. */
static const char *const not_names[] = { "phòng", "sở", "ban", "ủy", "công ty", "trung tâm",
	"trường", "bệnh viện", "tập thể", "cá nhân", "đơn vị", "giám đốc", "chủ tịch", "trưởng",
	"phó", "văn phòng", "hội đồng", "viễn thông", "cục", "nơi nhận", "kính gửi", "lưu",
	"như trên", "căn cứ", "quyết định", "tổng", "khoa", "tổ chức", "chi nhánh", "ngân hàng",
	"thành phố", "việt nam", "huyện", "tỉnh", "thư ký", "nhân viên", "chuyên viên", "bộ",
	"danh sách", "họ và tên", "họ tên", "đã ký", "ký tên", "kính trình", "chi cục", "thi đua",
	"khen thưởng", "phụ lục", "hà nội", "cộng", "tổng cộng", "người", "đảng", "điều", "ghi chú",
	"quốc hội", "đại học", "học viện", "tài nguyên", "môi trường", "ngày", "tháng", "năm", "số",
	"vnpt", "hộ gia đình", "gia đình", "xác nhận", NULL };

/* Words of bodies that are given names too: "Nguyễn Đăng Khoa", "Bùi Trường Sơn". */
static const char *const given_names[] = { "trường", "khoa", "ban", "năm", "điều", "tỉnh", "đảng",
	"phòng", "lưu", "sở", "bộ", "trưởng", "tổng", "huyện", NULL };
/* Family names that open the names of bodies, and what follows there: "Công đoàn Trường". */
static const char *const not_first[] = { "công", "nông", "lâm", "quản", "viên", "văn", NULL };
static const char *const not_second[] = { "ty", "đoàn", "an", "trình", "thương", "trường", "nghiệp",
	"dân", "thôn", "lý", "trị", "chức", "phòng", "thư", "hóa", "hoá", "bộ", NULL };

/* The text in small letters, with spaces for those words that are a name's here: behind a family
 * name, or the family Lưu. */
static char *
without_given_names(const char *text)
{
	char *lower = text_lower(text), *p = strchr(lower, ' ');
	if (!p)
		return lower;
	size_t first = (size_t)(p - lower), second = strcspn(p + 1, " ");
	bool body = g_str_has_prefix(lower, "đoàn ") ||
		(text_in_list(lower, first, not_first) && text_in_list(p + 1, second, not_second));
	if (body || !p[1 + second] || !text_in_list(lower, first, family_names))
		return lower;
	if (g_str_has_prefix(lower, "lưu ") && !g_str_has_prefix(lower, "lưu vt "))
		memset(lower, ' ', first);
	for (size_t size; *p; p += size) {
		size = strcspn(++p, " ");
		if (text_in_list(p, size, given_names))
			memset(p, ' ', size);
	}
	return lower;
}

/* How long the word is if the text begins with it, and a word ends there; else 0. */
static size_t
begins_with(const char *text, const char *word, const char *ends)
{
	size_t n = 0;
	while (word[n] && word[n] == text[n])
		n++;
	return !word[n] && strchr(ends, text[n]) ? n : 0;
}

static size_t
begins_with_any(const char *text, const char *const *words, const char *ends)
{
	for (; *words; words++) {
		size_t n = **words == *text ? begins_with(text, *words, ends) : 0;
		if (n)
			return n;
	}
	return 0;
}

static bool
has_foreign_word(const char *text)
{
	g_autofree char *words = without_given_names(text);
	bool found = false;
	for (const char *p = words; *p && !found; p += *p == ' ') {
		found = begins_with_any(p, not_names, " ") > 0;
		p += strcspn(p, " ");
	}
	return found;
}

/* All parts of "gs.ts" are known. */
static bool
is_academic(const char *word, size_t size)
{
	for (size_t i = 0, n; i < size; i += n + 1) {
		n = strcspn(word + i, ".,");
		n = MIN(n, size - i);
		if (n && !text_in_list(word + i, n, academic))
			return false;
	}
	return size > 0;
}

/* How long the title is that the text, in small letters too, begins with; 0 = none. */
static size_t
title_size(const char *text, const char *lower)
{
	size_t rank = begins_with_any(lower, ranks, " .,");
	if (rank)
		return rank;
	size_t n = strcspn(lower, " ");
	if (strlen(text) <= n || !is_academic(lower, n))
		return 0;
	if (memchr(lower, '.', n))
		return n;
	/* "Đại", "Trung" alone begin names too */
	bool apart = !letter_is_lower(letter_at(letter_next(text))) ||
		g_str_has_prefix(lower, "th");
	return apart && n <= 6 ? n : 0;
}

/* Behind "GS.TS ", "Đại tá ", "ThS. BS ": titles that may stand before a name. Nobody has more; a line
 * of nothing else would be read as often as it has words. */
static const char *
after_titles(const char *text)
{
	enum { TITLES_MAX = 8 };
	size_t n = 1;
	for (int i = 0; n && i < TITLES_MAX; i++) {
		g_autofree char *lower = text_lower(text);
		n = title_size(text, lower);
		text += n;
		text += strspn(text, " .,");
	}
	return text;
}

bool
has_family_name(const char *text)
{
	g_autofree char *lower = text_lower(after_titles(after_address(text)));
	/* "K’Mák", "H’Yim": the letter says as much as a family name */
	bool apart = *lower && strchr("hk", *lower) &&
		(lower[1] == '\'' || g_str_has_prefix(lower + 1, "’"));
	return apart || text_in_list(lower, strcspn(lower, " \n\t"), family_names);
}

static bool
is_name_word(const char *word, size_t size, bool caps)
{
	if (!letter_is_upper(letter_at(word)))
		return false;
	bool apart = false; /* behind the apostrophe of "H’Yim" */
	size_t length = 1;
	for (const char *p = letter_next(word); p < word + size; p = letter_next(p), length++) {
		gunichar c = letter_at(p);
		bool mark = c == '\'' || c == 0x2019 || c == '-';
		if (!mark && (!letter_is_alpha(c) || (!caps && !letter_is_lower(c) && !apart)))
			return false;
		apart = mark;
	}
	return length <= 9;
}

bool
is_person_name(const char *text)
{
	const char *name = after_titles(after_address(text));
	size_t length = text_length(name);
	if (length < 3 || length > 45)
		return false;
	bool caps = text_is_caps(name), more = true;
	int n = 0;
	for (const char *word = name; more; n++) {
		size_t size = strcspn(word, " ");
		if (!is_name_word(word, size, caps))
			return false;
		more = word[size] != '\0';
		word += size + 1;
	}
	/* "K’Mák" is a whole name */
	bool apart = n == 1 && (strchr(name, '\'') || strstr(name, "’"));
	return (n >= 2 || apart) && n <= 6 && (!caps || has_family_name(name)) &&
		!has_foreign_word(name);
}

const char *
after_address(const char *text)
{
	static const char *const addresses[] = { "ông/bà", "ông (bà)", "đồng chí", "các ông",
		"các bà", "ông:", "bà:", "ông", "bà", "đ/c", "anh", "chị", "đc", "ô.", "b.", "thầy",
		"cô", NULL };
	if (!*letters_find_begin(text, addresses))
		return text;
	g_autofree char *lower = text_lower(text);
	for (size_t i = 0; addresses[i]; i++) {
		size_t n = strlen(addresses[i]);
		if (strncmp(lower, addresses[i], n) != 0)
			continue;
		const char *rest = text + n;
		size_t gap = strspn(rest, " .:");
		/* "Ông Thị Mai" is a family name when what follows is too short for one */
		if (gap == 0 || !strchr(rest + gap, ' '))
			continue;
		return rest + gap;
	}
	return text;
}
