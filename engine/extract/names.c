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
	"cử nhân", "chuẩn đô đốc", "đô đốc", "ts. bs", "nhà giáo", NULL };

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

static bool
word_in(const char *word, const char *const *list)
{
	while (*list && (**list != *word || strcmp(*list, word) != 0))
		list++;
	return *list != NULL;
}

/* Words of bodies that are given names too: "Nguyễn Đăng Khoa", "Bùi Trường Sơn". */
static const char *const given_names[] = { "trường", "khoa", "ban", "năm", "điều", "tỉnh", "đảng",
	"phòng", "lưu", "sở", "bộ", "trưởng", "tổng", "huyện", NULL };
/* Family names that open the names of bodies: "Công đoàn Trường". */
static const char *const not_first[] = { "công", "đoàn", "nông", "lâm", "quản", "viên", "văn",
	NULL };

/* The text in small letters, a space around each word, without those words that are a name's here:
 * behind a family name, or the family Lưu. */
static char *
without_given_names(const char *text)
{
	g_autofree char *lower = text_lower(text);
	g_auto(GStrv) words = g_strsplit(lower, " ", -1);
	guint n = g_strv_length(words);
	bool family = n >= 3 && word_in(words[0], family_names) && !word_in(words[0], not_first);
	GString *out = g_string_new(" ");
	for (guint i = 0; i < n; i++) {
		bool own = family &&
			(i > 0 ? word_in(words[i], given_names)
			       : strcmp(words[0], "lưu") == 0 && strcmp(words[1], "vt") != 0);
		g_string_append(out, own ? "" : words[i]);
		g_string_append_c(out, ' ');
	}
	return g_string_free(out, FALSE);
}

static bool
begins_foreign(const char *words)
{
	for (size_t i = 0; not_names[i]; i++) {
		if (*not_names[i] != *words)
			continue;
		size_t size = strlen(not_names[i]);
		if (strncmp(words, not_names[i], size) == 0 && words[size] == ' ')
			return true;
	}
	return false;
}

/* Keys with a space around each word, so that whole words are found. */
static bool
has_foreign_word(const char *text)
{
	g_autofree char *padded = without_given_names(text);
	bool found = false;
	for (const char *p = strchr(padded, ' '); p && !found; p = strchr(p + 1, ' '))
		found = begins_foreign(p + 1);
	return found;
}

/* Behind "GS.TS ", "Đại tá ", "ThS. BS ": titles that may stand before a name. */
static const char *
after_titles(const char *text)
{
	for (bool again = true; again;) {
		again = false;
		g_autofree char *lower = text_lower(text);
		for (size_t i = 0; ranks[i]; i++) {
			size_t n = strlen(ranks[i]);
			if (*lower == *ranks[i] && strncmp(lower, ranks[i], n) == 0 &&
				(lower[n] == ' ' || lower[n] == '.')) {
				text += n;
				again = true;
				break;
			}
		}
		size_t n = strcspn(again ? "" : lower, " ");
		g_autofree char *word = g_strndup(lower, n);
		g_auto(GStrv) parts = g_strsplit_set(word, ".,", -1);
		bool all = n > 0 && !again;
		for (char **part = parts; *part && all; part++)
			all = !**part || word_in(*part, academic);
		/* "Đại", "Trung" alone begin names too */
		if (all &&
			(strchr(word, '.') ||
				!g_unichar_islower(g_utf8_get_char(g_utf8_next_char(text))) ||
				g_str_has_prefix(word, "th"))) {
			if (strlen(text) > n && (strchr(word, '.') || strlen(word) <= 6)) {
				text += n;
				again = true;
			}
		}
		text += strspn(text, " .,");
	}
	return text;
}

bool
has_family_name(const char *text)
{
	g_autofree char *plain = strip_address(text);
	g_autofree char *lower = text_lower(after_titles(plain));
	g_auto(GStrv) words = g_strsplit_set(lower, " \n\t", 2);
	if (!words[0])
		return false;
	/* "K’Mák", "H’Yim": the letter says as much as a family name */
	bool apart = strchr("hk", *words[0]) &&
		(words[0][1] == '\'' || g_str_has_prefix(words[0] + 1, "’"));
	return apart || word_in(words[0], family_names);
}

static bool
is_name_word(const char *word, bool caps)
{
	gunichar first = g_utf8_get_char(word);
	if (!g_unichar_isupper(first))
		return false;
	bool apart = false; /* behind the apostrophe of "H’Yim" */
	for (const char *p = g_utf8_next_char(word); *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool mark = c == '\'' || c == 0x2019 || c == '-';
		if (!mark && (!g_unichar_isalpha(c) || (!caps && !g_unichar_islower(c) && !apart)))
			return false;
		apart = mark;
	}
	return text_length(word) <= 9;
}

bool
is_person_name(const char *text)
{
	g_autofree char *plain = strip_address(text);
	const char *name = after_titles(plain);
	size_t length = text_length(name);
	if (length < 3 || length > 45)
		return false;
	bool caps = text_is_caps(name);
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	int n = 0;
	for (char **word = words; *word; word++, n++)
		if (!is_name_word(*word, caps))
			return false;
	/* "K’Mák" is a whole name */
	bool apart = n == 1 && (strchr(name, '\'') || strstr(name, "’"));
	return (n >= 2 || apart) && n <= 6 && (!caps || has_family_name(name)) &&
		!has_foreign_word(name);
}

char *
strip_address(const char *text)
{
	static const char *const addresses[] = { "ông/bà", "ông (bà)", "đồng chí", "các ông",
		"các bà", "ông:", "bà:", "ông", "bà", "đ/c", "anh", "chị", "đc", "ô.", "b.", "thầy",
		"cô", NULL };
	bool any = false;
	for (size_t i = 0; addresses[i] && !any; i++)
		any = letters_may_begin(text, addresses[i]);
	if (!any)
		return g_strdup(text);
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
		return g_strdup(rest + gap);
	}
	return g_strdup(text);
}
