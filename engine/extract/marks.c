/* Lines of official documents, recognised by their words: word lists and small patterns by hand.
 * Names of bodies are in marks_organ.c. */
#include "extract/marks.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/pattern.h"

#include <glib.h>
#include <string.h>

typedef const char *const Words[];

char *
letters_only(const char *text)
{
	g_autofree char *bare = text_bare_key(text);
	GString *out = g_string_new(NULL);
	for (const char *p = bare; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalnum(g_utf8_get_char(p)))
			g_string_append_unichar(out, g_utf8_get_char(p));
	return g_string_free(out, FALSE);
}

/* The line starts with one of the words (in small letters), and a word ends there. Most lines begin
 * like none of them, and are not worth folding. */
bool
starts_with_word(const char *line, const char *const *words)
{
	words = letters_find_begin(line, words);
	if (!*words)
		return false;
	char key[MATCH_SHORT + 8], word[MATCH_SHORT + 8];
	match_key_short(line, key);
	for (; *words; words++) {
		if (!letters_may_begin(key, *words))
			continue;
		match_key_short(*words, word);
		size_t n = strlen(word);
		if (strncmp(key, word, n) == 0 && !letter_is_alpha(letter_at(key + n)))
			return true;
	}
	return false;
}

bool
is_one_of(const char *line, const char *const *words)
{
	char key[MATCH_SHORT + 8], word[MATCH_SHORT + 8];
	words = letters_find_begin(line, words);
	if (!*words || strlen(line) > MATCH_SHORT)
		return false;
	match_key_short(line, key);
	for (; *words; words++) {
		if (!letters_may_begin(key, *words))
			continue;
		match_key_short(*words, word);
		if (strcmp(key, word) == 0)
			return true;
	}
	return false;
}

/* --- head --- */

/* The letters and digits of the line, plain and small, begin with `letters` (or are just them). The
 * same as asking letters_only(), but it ends at the first that differs. */
static bool
matches_letters(const char *line, const char *letters, bool whole)
{
	for (; *line; line = letter_next(line)) {
		gunichar c = letter_at(line);
		if (c < 0x80 ? !g_ascii_isalnum((char)c) : !g_unichar_isalnum(c))
			continue;
		if (!*letters)
			return !whole;
		gunichar plain = letter_base(c == 0xd0 ? 0x110 : c);
		if (plain != (unsigned char)*letters++)
			return false;
	}
	return *letters == '\0';
}

bool
is_motto(const char *line)
{
	static const Words marks = { "conghoaxahoichunghia", "doclaptudohanhphuc",
		"dangcongsanvietnam", NULL };
	/* half a line, when the cell was narrow */
	static const Words halves = { "conghoaxahoi", "chunghiavietnam", "doclaptudo", NULL };
	static const Words starts = { "conghoaxahoi", "chunghia", "doclap", "dangcongsan", NULL };
	if (!*letters_find_begin(line, starts) || strlen(line) > 200)
		return false;
	for (size_t i = 0; marks[i]; i++)
		if (matches_letters(line, marks[i], false))
			return true;
	for (size_t i = 0; halves[i]; i++)
		if (matches_letters(line, halves[i], true))
			return true;
	return false;
}

bool
is_union_name(const char *line)
{
	return matches_letters(line, "doantncshochiminh", true) ||
		matches_letters(line, "doanthanhniencongsanhochiminh", true);
}

bool
is_rule_line(const char *line)
{
	bool any = false;
	for (const char *p = line; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isalnum(c))
			return false;
		any |= !g_unichar_isspace(c);
	}
	return any || text_is_blank(line);
}

bool
wants_number(const char *line)
{
	static const Words ends = { "năm", "tháng", "ngày", "số", "học", "đoạn", "đợt", "quý", "-",
		NULL };
	g_autofree char *key = match_key(line);
	const char *last = strrchr(key, ' ');
	last = last ? last + 1 : key;
	return g_str_has_suffix(key, "-") || is_one_of(last, ends);
}

/* What signing software and gateways print over a page. */
static bool
is_overlay(const char *line)
{
	static const Words starts = { "ký bởi", "người ký", "ký số bởi", "ngày ký", "thời gian ký",
		"giờ ký", "email:", "cơ quan:", "signed by", "signature not verified",
		"signature valid", "digitally signed", "date:", "reason:", "location:", "số eof",
		"cổng thông tin điện tử chính phủ", "chinhphu.vn", "được ký bởi",
		"chức vụ:", "chứng thư", "tổ chức:", "mã số thuế", "ký ngày", NULL };
	return starts_with_word(line, starts);
}

bool
is_noise(const char *line)
{
	if (is_rule_line(line) || is_overlay(line))
		return true;
	size_t digits = strspn(line, "0123456789- ");
	return line[digits] == '\0' && digits <= 5;
}

/* "Huế, ngày 08/8/2025": place, comma and nothing behind the date. */
static bool
is_short_place_date(const char *line)
{
	const char *comma = strchr(line, ',');
	if (!comma || comma == line || comma - line > 50 || !letter_is_upper(letter_at(line)))
		return false;
	const char *p = comma + 1 + strspn(comma + 1, " ");
	if (g_str_has_prefix(p, "ngày"))
		p += strlen("ngày") + strspn(p + strlen("ngày"), " ");
	size_t day = strspn(p, "0123456789");
	p += day;
	size_t sign = strspn(p, "/-.");
	size_t month = strspn(p + sign, "0123456789");
	size_t again = strspn(p + sign + month, "/-.");
	size_t year = strspn(p + sign + month + again, "0123456789");
	p += sign + month + again + year;
	return day > 0 && day < 3 && sign == 1 && month > 0 && month < 3 && again == 1 &&
		year == 4 && p[strspn(p, " .")] == '\0';
}

/* Has the words ngày, tháng, năm in this order, and little beside numbers between them. */
bool
is_place_date(const char *line)
{
	if (is_short_place_date(line))
		return true;
	/* "năm" keeps its n and m however it is written */
	if (text_length(line) > 90 || !strpbrk(line, "nN") || !strpbrk(line, "mM"))
		return false;
	g_autofree char *key = match_key(line);
	const char *day = strstr(key, "ngày"), *month = day ? strstr(day, "tháng") : NULL;
	const char *year = month ? strstr(month, "năm") : NULL;
	if (!year || strpbrk(key, ";:"))
		return false;
	for (const char *p = day + strlen("ngày"); p < month; p = g_utf8_next_char(p))
		if (letter_is_alpha(letter_at(p)))
			return false;
	if (memchr(key, '/', (size_t)(day - key)))
		return false;
	const char *rest = year + strlen("năm");
	size_t tail = 0;
	for (const char *p = rest; *p; p = g_utf8_next_char(p))
		tail += letter_is_alpha(letter_at(p));
	return tail <= 2 && text_length(key) - text_length(day) <= 45 &&
		!g_str_has_prefix(key, "(");
}

/* "/KH-UBND", "15/TB-PUS": a notation behind a slash, with or without a number. */
static bool
has_notation(const char *line)
{
	const char *slash = line + strspn(line, " 0123456789.…_");
	while (*slash && !g_ascii_isalnum(*slash) && *slash != '/')
		slash = g_utf8_next_char(slash);
	if (*slash != '/')
		return false;
	size_t upper = 0, lower = 0;
	for (const char *p = slash + 1; *p; p = g_utf8_next_char(p)) {
		upper += letter_is_upper(letter_at(p));
		lower += letter_is_lower(letter_at(p));
	}
	return upper >= 2 && upper >= lower && text_length(line) <= 40;
}

/* "Luật số: 63/2025/QH15", "Bản án số: …": what the National Assembly, its committee and courts
 * issue names itself before the number. */
static const char *
after_named_kind(const char *line)
{
	static const Words kinds = { "luật", "bộ luật", "nghị quyết", "pháp lệnh", "lệnh", "bản án",
		NULL };
	const char *number = starts_with_word(line, kinds) ? strstr(line, " số") : NULL;
	return number && number - line < 20 ? number + 1 : line;
}

bool
is_number_line(const char *line)
{
	line = after_named_kind(line);
	bool named = match_begins(line, "số") && text_length(line) <= 60;
	g_autofree char *key = named ? match_key(line) : NULL;
	const char *after = named ? key + strlen("số") : NULL;
	if (after) {
		bool colon = after[strspn(after, " ")] == ':';
		after += strspn(after, " :");
		if (*after == '\0' || (colon && text_length(after) <= 40 && !strchr(after, ',')))
			return true;
		/* "TRUNG TÂM … / SỐ 6 - CHI NHÁNH MIỀN NAM": a body's number, words follow it */
		const char *dash = strchr(after, '/') ? NULL : strchr(after, '-');
		if (!colon && dash && g_str_has_prefix(line, "SỐ") &&
			strchr(dash + 1 + strspn(dash + 1, " "), ' '))
			return false;
		if (g_ascii_isdigit(*after) || strpbrk(after, "/…._") != NULL)
			return !is_place_date(line) &&
				(strpbrk(after, "/-") || text_length(after) <= 8);
	}
	return has_notation(line);
}

bool
is_subject_line(const char *line)
{
	static const Words starts = { "v/v", "về việc", "vv", NULL };
	return starts_with_word(*line == '(' ? line + 1 : line, starts);
}

bool
is_addressee_line(const char *line)
{
	/* poor fonts part the letters: "Kí nh gử i" */
	if (*line != 'K')
		return false;
	g_autofree char *letters = text_length(line) <= 400 ? letters_only(line) : g_strdup("");
	/* without its colon "Kính trình" opens the last sentence of a proposal */
	const char *colon = strchr(line, ':');
	bool submitted = g_str_has_prefix(letters, "kinhtrinh") && colon && colon - line < 20;
	return (submitted || g_str_has_prefix(letters, "kinhgui")) &&
		g_unichar_isupper(g_utf8_get_char(line));
}

bool
is_recipients_line(const char *line)
{
	static const Words starts = { "nơi nhận", NULL };
	/* where an applicant brings his papers */
	static const Words others = { "nơi nhận hồ sơ", "nơi nhận kết quả", "nơi nhận đơn",
		"nơi nhận báo giá", "nơi nhận thư", "nơi nhận hàng", "nơi nhận tiền", NULL };
	return starts_with_word(line, starts) && text_length(line) <= 200 &&
		!starts_with_word(line, others);
}

bool
is_basis_line(const char *line)
{
	static const Words starts = { "căn cứ", "xét", "theo đề nghị", "thực hiện", "để triển khai",
		"chiếu theo", "trên cơ sở", NULL };
	return starts_with_word(after_bullet(line), starts);
}

bool
is_urgency(const char *line)
{
	static const Words words = { "khẩn", "thượng khẩn", "hỏa tốc", "hỏa tốc hẹn giờ", NULL };
	return is_one_of(line, words) && text_is_caps(line);
}

bool
is_secrecy(const char *line)
{
	static const Words words = { "mật", "tối mật", "tuyệt mật", NULL };
	return is_one_of(line, words) && text_is_caps(line);
}

bool
is_circulation(const char *line)
{
	static const Words words = { "xem xong trả lại", "lưu hành nội bộ", "tài liệu thu hồi",
		NULL };
	return is_one_of(line, words) && text_is_caps(line);
}

bool
is_contact(const char *line)
{
	static const Words starts = { "địa chỉ", "điện thoại", "đt", "đt/fax", "tel", "fax",
		"email", "e-mail", "website", "web", "mst", "mã số thuế", "hotline", NULL };
	return starts_with_word(line, starts) && (strchr(line, ':') || strpbrk(line, "0123456789"));
}

bool
is_draft_mark(const char *line)
{
	static const Words words = { "dự thảo", NULL };
	return starts_with_word(line, words) && text_length(line) <= 30;
}

bool
is_copy_mark(const char *line)
{
	static const Words words = { "sao y", "sao lục", "trích sao", "bản sao", NULL };
	return starts_with_word(line, words) && text_length(line) <= 40;
}

bool
is_appendix_title(const char *line)
{
	static const Words starts = { "phụ lục", "(kèm theo", "(ban hành kèm theo",
		"kèm theo quyết định", NULL };
	if (!starts_with_word(line, starts))
		return false;
	return *line == '(' || text_length(line) <= 40;
}

/* --- signature block --- */

static const struct {
	const char *key, *prefix;
} authority_prefixes[] = {
	{ "tm.", "TM." },
	{ "t/m", "TM." },
	{ "t.m", "TM." },
	{ "tm ", "TM." },
	{ "tuq.", "TUQ." },
	{ "tuq ", "TUQ." },
	{ "kt.", "KT." },
	{ "k/t", "KT." },
	{ "kt ", "KT." },
	{ "tl.", "TL." },
	{ "t/l", "TL." },
	{ "tl ", "TL." },
	{ "q.", "Q." },
};

static int
prefix_at(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(authority_prefixes); i++)
		if (g_str_has_prefix(key, authority_prefixes[i].key))
			return (int)i;
	return -1;
}

bool
is_authority_line(const char *line)
{
	gunichar first = letter_at(line);
	if (first < 0x80 && !strchr("tkqTKQ", (int)first))
		return false;
	g_autofree char *key = text_lower(line);
	return prefix_at(key) >= 0 && text_length(line) <= 100;
}

char *
authority_of(const char *line)
{
	g_autofree char *lower = text_lower(line);
	GString *out = g_string_new(NULL);
	const char *p = lower;
	for (int i = prefix_at(p); i >= 0; i = prefix_at(p)) {
		g_string_append_printf(
			out, "%s%s", out->len ? " " : "", authority_prefixes[i].prefix);
		p += strlen(authority_prefixes[i].key);
		p += strspn(p, " .");
	}
	return g_string_free(out, FALSE);
}

/* "HẠT TRƯỞNG", "TRUNG ĐOÀN TRƯỞNG": the head of whatever stands before the word. */
static bool
is_heads_post(const char *line)
{
	static const Words others = { "tăng", "sinh", NULL };
	static const Words head = { "trưởng", NULL };
	const char *word = line, *space = strchr(line, ' ');
	for (int i = 0; space && i < 2; i++, word = space + 1, space = strchr(word, ' '))
		if (starts_with_word(space + 1, head))
			return !starts_with_word(word, others) && text_is_caps(line);
	return false;
}

bool
is_position_line(const char *line)
{
	static const Words posts = { "chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc",
		"tổng giám đốc", "phó tổng giám đốc", "bộ trưởng", "thứ trưởng", "cục trưởng",
		"phó cục trưởng", "chi cục trưởng", "phó chi cục trưởng", "trưởng", "phó trưởng",
		"phó", "chánh", "hiệu trưởng", "phó hiệu trưởng", "viện trưởng", "phó viện trưởng",
		"vụ trưởng", "tổng cục trưởng", "thủ tướng", "phó thủ tướng", "chủ nhiệm",
		"phó chủ nhiệm", "tổng thanh tra", "tổng biên tập", "bí thư", "phó bí thư",
		"phó chánh", "thống đốc", "tổng thư ký", "thư ký", "chủ tọa", "chủ trì",
		"người ghi", "kế toán", "kiểm toán trưởng", "ủy viên", "thường trực", "đội trưởng",
		"trạm trưởng", "tổ trưởng", "quyền", "phụ trách", "thủ trưởng", "đại diện",
		"người lập", "người báo cáo", "xác nhận", "tổng kiểm toán", "chính ủy", "tư lệnh",
		"chỉ huy trưởng", "giám đốc sở", "hiệu phó", "ban giám đốc", "người ký",
		"người viết", "người đề nghị", "thẩm phán", "kiểm sát viên", "chấp hành viên",
		"hội trưởng", "đoàn trưởng", "quyền giám đốc", "q.", "chính trị viên",
		"chủ doanh nghiệp", "người đại diện", "người ủy quyền", "tham mưu trưởng",
		"tổng tham mưu trưởng", "quản đốc", "giám thị", NULL };
	return text_length(line) <= 120 &&
		(is_authority_line(line) || starts_with_word(line, posts) || is_heads_post(line));
}

bool
is_chair(const char *line)
{
	static const Words chairs = { "chủ tọa", "chủ trì", "chủ tịch hội đồng", "chủ tọa hội nghị",
		"chủ trì cuộc họp", "chủ trì hội nghị", "chủ tịch", "tm. hội đồng", NULL };
	return starts_with_word(line, chairs);
}

/* --- bullets and numbers --- */

static bool
is_bullet(gunichar c)
{
	return c == '-' || c == '+' || c == '*' || c == 0x2022 || c == 0x2013 || c == 0x2014 ||
		c == 0x2010 || c == 0x2011 || c == 0xb7 || c == 0x25cf || c == 0x25aa ||
		c == 0xf0b7 || c == 0xf02d;
}

bool
has_bullet(const char *line)
{
	return *line && is_bullet(g_utf8_get_char(line));
}

const char *
after_bullet(const char *line)
{
	if (!has_bullet(line))
		return line;
	const char *p = g_utf8_next_char(line);
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

const char *
after_item_number(const char *line, char **ret_number)
{
	size_t n = strspn(line, "0123456789");
	if (n == 0)
		n = strspn(line, "IVX");
	if (n == 0 && *line && strchr("abcdeghiklmnopqrstuvxy", *line))
		n = 1;
	if (n == 0 && g_str_has_prefix(line, "đ"))
		n = strlen("đ");
	const char *end = line + n;
	if (n == 0 || n > 5 || (*end != '.' && *end != ')') || g_ascii_isdigit(end[1]))
		return line;
	if (ret_number)
		*ret_number = g_strndup(line, n);
	for (end++; *end == ' ' || *end == '\t';)
		end++;
	return end;
}
